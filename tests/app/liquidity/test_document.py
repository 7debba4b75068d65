"""What the source document prints, held against the typed tables, and compared with a sheet."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from app.liquidity import balance_sheet, document
from app.liquidity.document import Verdict
from app.series.series import Basis, Observation
from app.wording.errata import erratum
from app.wording.sentences import sentence

KNOWN = datetime(2022, 5, 19, 20, 30, tzinfo=UTC)


def level(on: date, values: dict[str, float]) -> dict[str, Observation]:
    return {id: Observation(on, value, KNOWN, Basis.ASSUMED, "ddp") for id, value in values.items()}


def test_the_program_carries_both_tables_as_printed(shared_data: Path) -> None:
    with (shared_data / "seed_tables.csv").open(encoding="utf-8") as file:
        typed = list(csv.DictReader(file))
    for table in document.tables():
        rows = {row["line"]: row for row in typed if row["table"] == table.id}
        assert [line.id for line in table.lines] == list(rows)
        for line in table.lines:
            row = rows[line.id]
            assert (line.first, line.second) == (Decimal(row["first"]), Decimal(row["second"]))
            assert line.change == (Decimal(row["printed_change"]) if row["printed_change"] else None)


def test_the_shares_of_reserves_are_those_of_the_text() -> None:
    # M4: reserves 4.5 % → 37.0 % of liabilities, which is the share of the levels as well
    table = document.table("1")
    line, whole = table.line("depository_deposits"), table.line("total_liabilities")
    assert (line.first_share, line.second_share) == (Decimal("4.5"), Decimal("37.0"))
    for level_, share, total in (
        (line.first, line.first_share, whole.first),
        (line.second, line.second_share, whole.second),
    ):
        assert round(level_ / total * 100, 1) == share


def test_an_amount_agrees_when_it_rounds_to_the_printed_one() -> None:
    table = document.table("1")
    second = level(table.second, {"WALCL": 8_945_898, "WSHOMCB": 2_733_400, "RESH4SO_N": 31_351})
    first = level(table.first, {"WALCL": 922_187, "RESH4SO_N": 66_750})
    compared = document.compare(table, balance_sheet.build(table.second, second, table.first, first))
    by_id = {one.printed.id: one for one in compared.lines}
    assert (by_id["total_assets"].first, by_id["total_assets"].second) == (Verdict.AGREES, Verdict.AGREES)
    assert by_id["mbs"].second is Verdict.DIFFERS  # 2,733.4 rounds to 2,733, printed is 2,734
    # erratum 15: the 9 of 2008 is not the line of the release, 66.750
    assert (by_id["other_assets"].first, by_id["other_assets"].ours_first) == (Verdict.EXPLAINED, Decimal("66.75"))
    assert by_id["capital"].first is Verdict.NO_DATA
    assert compared.finding.case == "document.differs"
    assert compared.errata == (1, 2, 3, 4, 7, 10, 11, 14, 15)


@pytest.mark.parametrize(
    ("assets", "other", "case"),
    [({}, {}, "no_data"), ({"WALCL": 922_187}, {}, "agrees"), ({"WALCL": 922_187}, {"RESH4SO_N": 1.0}, "explained")],
)
def test_cases_of_the_answer(assets: dict[str, float], other: dict[str, float], case: str) -> None:
    table = document.table("1")
    only = [line for line in table.lines if line.id in ("total_assets", "other_assets")]
    table = document.Table(table.id, table.unit, 1000, table.first, table.second, tuple(only), ())
    sheet = balance_sheet.build(table.second, level(table.second, {}), table.first, level(table.first, assets | other))
    finding = document.compare(table, sheet).finding
    assert finding.case == f"document.{case}"
    assert sentence(finding).startswith("Table 1")


def test_every_erratum_has_its_sentence_and_the_known_figures() -> None:
    # MISSION.md lists fifteen; a figure of each that must not change
    figures = {1: "922.187", 2: "2,272.9", 3: "25.18", 4: "1,821.8", 5: "leverage exposure", 6: "not sold", 7: "1,818"}
    figures |= {8: "80.41", 9: "17.5", 10: "0.1 bn", 11: "352", 12: "2018.11", 13: "35.4", 14: "28.438", 15: "66.750"}
    assert tuple(figures) == document.ERRATA
    for number, part in figures.items():
        assert part in erratum(number)


def test_figures_of_the_text_name_their_span() -> None:
    peak = document.figure("tga_peak")
    assert (peak.value, peak.start, peak.errata) == (Decimal(1780), date(2020, 9, 30), (4,))
    multiplier = document.figure("money_multiplier")
    assert (multiplier.first, multiplier.second) == (Decimal("4.47"), Decimal("3.38"))
    with pytest.raises(KeyError):
        document.table("3")
