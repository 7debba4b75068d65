"""Ladder, classes and reserves as the rules read them: one reading of each book, known since its settings stand."""

from datetime import date, timedelta
from pathlib import Path

from app.bootstrap import Program
from app.settings import BANK_SETTINGS
from app.storage import settings
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
