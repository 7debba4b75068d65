"""Ladder, classes and reserves as the rules read them: one reading of each book, known since its settings stand."""

from datetime import date, timedelta
from pathlib import Path

from app.bootstrap import Program
from app.settings import BANK_SETTINGS
from app.storage import levels, settings
from exposures.structure_metrics import STRUCTURE_METRICS
from tests.conftest import Clock

HEAD = "line id,counterparty id,counterparty,country,currency,outstanding,maturity,loan class,days past due\n"


def put(program: Program, key: str, value: object, clock: Clock) -> None:
    declared = next(one for one in BANK_SETTINGS if one.key == key)
    with program.database.write() as connection:
        settings.put(connection, "bank", declared, value, at=clock.now, who="li.wei")


def test_every_figure_of_the_structure_is_a_metric(program: Program, tmp_path: Path, clock: Clock) -> None:
    assert list(program.structuring.readings(STRUCTURE_METRICS, clock.now)) == []
    for day, amount in ((date(2026, 5, 1), 70), (date(2026, 5, 8), 90)):
        file = tmp_path / f"{day}.csv"
        file.write_text(f"{HEAD}1,C1,Ege,TR,USD,{amount},2026-05-20,pass,1\n2,C2,Akar,CL,USD,10,2026-05-20,pass,0\n")
        program.importing.commit(file, day)
    found = {row.metric.key: row for row in program.structuring.readings(STRUCTURE_METRICS, clock.now)}
    assert {row.metric.id for row in found.values()} >= STRUCTURE_METRICS.keys() - {"group_share", "sector_share"}
    assert found["ladder_assets{bucket=days_30}"].values.tolist() == [80, 100]
    assert found["book_class_findings"].values.tolist() == [1, 1]
    assert found["reserve_gap_total"].values.tolist() != [0, 0]  # nothing is set: no data, which is not zero
    set_at = clock.now
    put(program, "net_capital", "300", clock)
    clock.now += timedelta(hours=1)
    found = {row.metric.key: row for row in program.structuring.readings({"country_capital_share"}, clock.now)}
    assert found["country_capital_share{country=TR}"].values.tolist() == [70 / 3, 30]
    # Before somebody set it nobody could know.
    before = set_at - timedelta(seconds=1)
    assert list(program.structuring.readings({"country_capital_share"}, before)) == []
    assert list(program.structuring.readings({"book_exposure"}, clock.now)) == []


def test_class_findings_by_the_banks_rules_are_known_since_rules_and_levels_stand(
    program: Program, tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "book.csv"
    file.write_text(f"{HEAD}1,C1,Ege,TR,USD,90,2026-05-20,pass,0\n2,C2,Akar,CL,USD,10,2026-05-20,pass,0\n")
    program.importing.commit(file, date(2026, 5, 8))
    cases = [f"class_findings{{case={case}}}" for case in ("below_level", "across_banks")]

    def known() -> list[list[float | None]]:
        found = {row.metric.key: row for row in program.structuring.readings({"class_findings"}, clock.now)}
        return [[None if value != value else value for value in found[case].values.tolist()] for case in cases]

    assert known() == [[None], [None]]  # blank is not "none found"
    put(program, "minimum_classes", {"high": "special_mention"}, clock)
    put(program, "late_across_banks", {"C1": "20", "C2": "20.1"}, clock)
    assert known() == [[None], [1]]  # nobody approved a level
    clock.now += timedelta(hours=1)
    with program.database.write() as connection:
        proposed = levels.propose(connection, "TR", "high", "Reserves fall", "li.wei", clock.now)
        levels.decide(connection, proposed.id, approved=True, who="wang.fang", at=clock.now, reason="")
    assert known() == [[1], [1]]
    before = clock.now - timedelta(seconds=1)
    assert list(program.structuring.readings({"class_findings"}, before)) == []
