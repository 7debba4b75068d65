"""Use of group and counterparty limits as the rules read it: one reading of each book, from when both were known."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from app.bootstrap import Program
from exposures.limits import Scope
from exposures.metrics import LIMIT_METRICS
from tests.conftest import Clock

HEAD = "line id,counterparty id,counterparty,group,country,currency,outstanding\n"


def test_readings_of_groups_and_counterparties(program: Program, tmp_path: Path, clock: Clock) -> None:
    """700 + 400 of 1,000 is 110 %, in the next book 90 %; C1 alone 700 of 800 is 87.5 %, then 62.5 %."""
    assert list(program.gauging.readings(LIMIT_METRICS, clock.now)) == []
    for day, first in ((date(2026, 5, 1), 700), (date(2026, 5, 8), 500)):
        (tmp_path / f"{day}.csv").write_text(
            f"{HEAD}1,C1,Ege,G1,TR,USD,{first}\n2,C2,Ege Enerji,G1,CL,USD,400\n", "utf-8"
        )
        if first == 700:
            program.limiting.set("G1", Decimal(1000), "USD", Scope.GROUP)
            program.limiting.set("C1", Decimal(800), "USD", Scope.COUNTERPARTY)
        program.importing.commit(tmp_path / f"{day}.csv", day)
    found = {row.metric.key: row for row in program.gauging.readings(LIMIT_METRICS, clock.now)}
    values = {row.metric.id: row.values.tolist() for row in found.values()}
    assert values["group_utilisation"] == [110, 90]
    assert values["counterparty_utilisation"] == [87.5, 62.5]
    assert values["group_headroom"] == [-100, 100]
    (group,) = (row for row in found.values() if row.metric.id == "group_utilisation")
    assert group.metric.labels == {"group": "G1"}
    assert group.dates.tolist() == [date(2026, 5, 1), date(2026, 5, 8)]
    assert not np.isnat(np.asarray(group.known_from, dtype="datetime64[us]")).any()
