"""Every branch of the simulator's answers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.liquidity.runoff import PayDown
from app.liquidity.runoff_answer import answer, compare, pace, second
from app.liquidity.scenario import AmpleUnit, Scenario, Split
from tests.app.liquidity.runoffs import run, start

D = Decimal
#: 60 a month from reserves alone, of 3,000; nothing else moves.
STEADY = Scenario(
    name="steady", treasury_cap=D(60), agency_cap=D(0), purchases=D(0), coupons_due=D(5),
    split=Split(D(100), D(0), D(0)),
    ample=D(2_700), ample_unit=AmpleUnit.BILLIONS, notes=D(0), growth=D(0),
)  # fmt: skip


def test_crossed() -> None:
    found = answer(run(STEADY))
    # 3,000 − 60 × 5 = 2,700 is not below; the sixth month is November 2026
    assert (found.case, found.values["place"], found.values["month"]) == ("runoff.crossed", 6, date(2026, 11, 1))


def test_stays_above_with_the_narrowest_room() -> None:
    found = answer(run(STEADY, 3))
    assert (found.case, found.values["above"], found.values["lowest"]) == ("runoff.stays_above", 120, 2_820)
    assert found.values["lowest_month"] == date(2026, 8, 1)


def test_already_below() -> None:
    found = answer(run(replace(STEADY, ample=D(3_100))))
    assert (found.case, found.values["gap"]) == ("runoff.already_below", 100)


def test_exhausted_where_no_floor_catches_it_first() -> None:
    found = answer(run(replace(STEADY, ample=D(0), ample_unit=AmpleUnit.GDP), 12, start(reserves=100), gdp=None))
    assert (found.case, found.values["place"]) == ("runoff.exhausted", 2)


def test_no_floor_without_gdp() -> None:
    found = answer(run(replace(STEADY, ample_unit=AmpleUnit.GDP), 3, gdp=None))
    assert (found.case, found.values["unit"]) == ("runoff.no_floor", "percent_of_gdp")


@pytest.mark.parametrize("line", ["on_rrp", "tga"])
def test_a_line_that_empties_leaves_the_rest_to_reserves(line: str) -> None:
    shares = {"reserves": D(40), "on_rrp": D(0), "tga": D(0)} | {line: D(60)}
    found = second(run(replace(STEADY, split=Split(**shares)), 4, start(**{line: 60})))
    # 36 a month: 36, then 24; afterwards reserves carry all of it
    assert found is not None
    assert (found.case, found.values["place"], found.values["share"]) == (f"runoff.{line}_empty", 2, 100)


def test_growth_and_nothing_to_add() -> None:
    grows = second(run(replace(STEADY, treasury_cap=D(0), purchases=D(30)), 2))
    assert grows is not None
    assert (grows.case, grows.values["amount"]) == ("runoff.grows", 60)
    assert second(run(STEADY, 2)) is None


@pytest.mark.parametrize(
    ("changes", "case", "run_off"),
    [
        ({}, "pace.full", 120),
        ({"coupons_due": D(1)}, "pace.short", 79.6),  # 1 % of 4,000, then of 3,960
        ({"treasury_cap": D(0)}, "pace.none", 0),
        ({"treasury_cap": D(0), "purchases": D(10)}, "pace.grows", -20),
    ],
)
def test_pace(changes: dict[str, Decimal], case: str, run_off: float) -> None:
    found = pace(run(replace(STEADY, **changes), 2))
    assert (found.case, found.values["run_off"]) == (case, pytest.approx(run_off))


def test_principal_counts_as_agency() -> None:
    found = pace(run(replace(STEADY, treasury_cap=D(0), agency_cap=D(20)), 1, pay_down=PayDown(D(2), measured=True)))
    assert (found.values["agency"], found.values["treasuries"]) == (20, 0)


def test_comparing() -> None:
    slow = run(replace(STEADY, name="slow", treasury_cap=D(10)))
    fast = run(replace(STEADY, name="fast", treasury_cap=D(100)))
    steady = run(STEADY)
    assert compare([steady]).case == "compare.one"
    first = compare([slow, steady, fast])
    # 3,000 − 100 × 4 = 2,600 in September
    assert (first.case, first.values["names"], first.values["month"]) == ("compare.first", ("fast",), date(2026, 9, 1))
    assert first.values["crossing"] == 2
    assert compare([steady, steady]).case == "compare.together"
    none = compare([slow, run(replace(STEADY, name="still", treasury_cap=D(0)))])
    assert (none.case, none.values["name"], none.values["reserves"]) == ("compare.none_crosses", "slow", 2_880)
