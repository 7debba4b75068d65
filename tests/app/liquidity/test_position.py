"""The start of a simulation from the lines that are known on a Wednesday."""

from datetime import UTC, date, datetime

import pytest

from app.liquidity.position import start
from app.refusals import Refused
from app.series.series import Basis, Observation

ON = date(2022, 5, 18)
#: H.4.1 of 18 May 2022, USD millions; RRPONTSYD is in billions.
LEVEL = {
    "WALCL": 8_945_898.0,
    "TREAST": 5_768_021.0,
    "WSHOMCB": 2_733_823.0,
    "WRESBAL": 3_356_400.0,
    "RRPONTSYD": 1_973.373,
}


def level(**more: float) -> dict[str, Observation]:
    known = datetime(2022, 5, 19, tzinfo=UTC)
    return {id: Observation(ON, value, known, Basis.ASSUMED, "t") for id, value in (LEVEL | more).items()}


def test_what_the_named_lines_leave_closes_both_sides() -> None:
    found = start(ON, level())
    position = found.position
    assert position.closes
    assert position.total_assets == 8_945_898_000_000
    assert position.on_rrp == 1_973_373_000_000
    assert position.other_assets == (8_945_898 - 5_768_021 - 2_733_823) * 10**6
    assert position.unknown == ("tga", "notes", "foreign_rrp")
    assert found.bills is None
    assert found.series["reserves"] == "WRESBAL"


def test_a_wednesday_level_goes_before_the_week_average() -> None:
    found = start(ON, level(WRBWFRBL=3_297_142.0, WDTGAL=866_726.0, WTREGEN=1.0, WSHOBL=326_044.0))
    assert found.position.reserves == 3_297_142_000_000
    assert found.position.tga == 866_726_000_000
    assert found.bills == 326_044_000_000
    assert found.position.closes


def test_without_a_needed_line_it_says_which() -> None:
    given = level()
    del given["TREAST"], given["WRESBAL"]
    with pytest.raises(Refused) as refused:
        start(ON, given)
    assert refused.value.values == {"date": ON, "missing": ("treasuries", "reserves")}
