"""The table in the shape of G51: the worked book of CALCULATIONS 2 at 7 yuan a dollar, by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposures.country_risk import ReserveSettings, country_risks
from exposures.g51 import finding, table, wan
from tests.exposures.lines import ELIGIBLE, book, line, section_2

D = Decimal
YUAN = {"CNY": D(7)}


def test_worked_book_on_both_bases() -> None:
    """§2: TR 125 immediate, 80 guarantor; in yuan times 7. Liabilities beside, never netted."""
    debt = line("L", "TR", side="liability", outstanding=30, instrument="deposit")
    found = table(book(*section_2(), debt, rates=YUAN))
    assert found is not None
    rows = {row.country: row for row in found.rows}
    assert (rows["TR"].immediate, rows["TR"].guarantor, rows["TR"].liabilities) == (875, 560, 210)
    assert (rows["TR"].on_balance, rows["TR"].off_balance) == (735, 140)
    assert (rows["TR"].outward, rows["TR"].inward) == (665, 350)  # 95 to DE out, 50 of the London branch in
    assert (rows["DE"].immediate, rows["DE"].guarantor) == (0, 665)
    assert (found.total.immediate, found.total.guarantor, found.ties) == (1715, 1715, True)


def test_sectors_and_the_short_end() -> None:
    found = table(
        book(
            line("1", "TR", sector="bank", outstanding=1, maturity=date(2027, 5, 22)),
            line("2", "TR", sector="central_bank", outstanding=2, maturity=date(2027, 5, 23)),
            line("3", "TR", outstanding=4),
            line("4", "TR", sector="corporate", outstanding=8, pending=100, maturity=date(2026, 5, 1)),
            rates=YUAN,
        )
    )
    assert found is not None
    (row,) = found.rows
    assert (row.bank, row.sovereign, row.other) == (7, 14, 84)  # what is pending is no claim yet
    assert row.short == 63  # 365 days are within a year, 366 are not, undated is not, overdue is


def test_amounts_are_ten_thousands_to_two_decimals() -> None:
    assert wan(D("123456789.00")) == D("12345.68")
    assert wan(D(50)) == D("0.00")
    assert wan(D(150)) == D("0.02")
    assert wan(None) is None


def test_reserves_stand_beside_in_yuan() -> None:
    rows = book(line("1", "TR", outstanding=80), rates=YUAN)
    settings_of = ReserveSettings({"relatively_high": D(20)}, {"TR": D(12)})
    risks = country_risks({"TR": D(80)}, {"TR": "relatively_high"}, settings_of, "CN")
    found = table(rows, {row.country: row for row in risks.rows})
    assert found is not None
    assert (found.rows[0].level, found.rows[0].required, found.rows[0].held) == ("relatively_high", 112, 84)


def test_without_a_rate_of_the_yuan_there_is_no_table() -> None:
    assert table(book(line("1", "TR", outstanding=80))) is None
    assert finding(None).case == "book.g51.no_rate"


def test_lines_without_a_rate_are_counted() -> None:
    found = table(book(line("1", "TR", "TRY", outstanding=80),
                       line("2", "TR", "TRY", side="liability", outstanding=80), rates=YUAN))  # fmt: skip
    assert found is not None
    assert (found.rows, found.not_converted) == ((), 2)


@pytest.mark.parametrize(("sides", "case"), [((), "empty"), (("asset",), "claims"), (("asset", "liability"), "both")])
def test_findings(sides: tuple[str, ...], case: str) -> None:
    rows = [line(side, "TR", side=side, outstanding=10_000) for side in sides]
    assert finding(table(book(*rows, rates=YUAN))).case == f"book.g51.{case}"


@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(st.sampled_from(["TR", "CL", None]), st.integers(0, 1000), st.sampled_from([None, "DE", "TR"])),
        max_size=6,
    )
)
def test_both_bases_have_the_same_total(rows: list[tuple[str | None, int, str | None]]) -> None:
    lines = [
        line(str(place), country, outstanding=amount, guarantor_country=cover, guarantee_percent=50.0, **ELIGIBLE)
        for place, (country, amount, cover) in enumerate(rows)
    ]
    found = table(book(*lines, rates=YUAN))
    assert found is not None
    assert found.ties
    assert found.total.immediate == sum(amount for _, amount, _ in rows) * 7
