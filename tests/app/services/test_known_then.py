"""What was known on a past day: series, stacks, the corridor, Treasury cash, countries; nothing of later gets in."""

from datetime import UTC, date, datetime

import pytest

from app.bootstrap import Program
from app.liquidity.statement import Side
from app.liquidity.treasury_flows import Direction, TreasuryFlow
from app.storage import treasury_flows
from tests.app.services.test_assessing import turkey
from tests.app.services.test_tracking import put
from tests.conftest import Clock

MONDAY, LATER = datetime(2026, 5, 18, 9, tzinfo=UTC), datetime(2026, 5, 25, 9, tzinfo=UTC)
BETWEEN = datetime(2026, 5, 20, tzinfo=UTC)
WEDNESDAY = date(2026, 5, 13)


def test_a_track_of_a_past_day_has_the_values_and_the_first_prints_of_then(program: Program) -> None:
    put(program, "WALCL", {WEDNESDAY: 6_700_000.0}, MONDAY)
    put(program, "WALCL", {WEDNESDAY: 6_700_900.0, date(2026, 5, 20): 6_690_000.0}, LATER)
    now, then = program.tracking.tracks(["WALCL"])["WALCL"], program.tracking.tracks(["WALCL"], BETWEEN)["WALCL"]
    assert now.values.tolist() == [6_700_900.0, 6_690_000.0]
    assert now.first is not None
    assert now.first.tolist() == [6_700_000.0, 6_690_000.0]
    assert then.values.tolist() == [6_700_000.0]
    assert then.first is None  # nothing had been revised yet
    assert program.watching.balance_sheet_dates(BETWEEN) == (WEDNESDAY,)


def test_stack_and_corridor_of_a_past_day_end_then(program: Program) -> None:
    for day, at in ((WEDNESDAY, MONDAY), (date(2026, 5, 20), LATER)):
        put(program, "WALCL", {day: 6_700_000.0}, at)
        put(program, "TREAST", {day: 4_200_000.0}, at)
        put(program, "SOFR", {day: 4.30}, at)
        put(program, "IORB", {day: 4.40}, at)
    assert program.watching.composition(Side.ASSETS, BETWEEN).dates.tolist() == [WEDNESDAY]
    assert len(program.watching.composition(Side.ASSETS).dates) == 2
    (sofr, _effr) = program.watching.corridor(BETWEEN).spreads
    assert sofr.dates.tolist() == [WEDNESDAY]


def test_treasury_cash_of_a_past_day_ends_then_and_says_since_when_it_was_known(program: Program) -> None:
    for day, at in ((date(2026, 5, 14), MONDAY), (date(2026, 5, 22), LATER)):
        with program.database.write() as connection:
            flow = TreasuryFlow(day, Direction.DEPOSIT, "Taxes", 100)
            treasury_flows.store(connection, [flow], at)
    then, now = program.tracking.cash_flows(30, as_of=BETWEEN), program.tracking.cash_flows(30)
    assert (then.last, then.total_in) == (date(2026, 5, 14), 100)
    assert (now.last, now.total_in) == (date(2026, 5, 22), 200)
    assert then.known_from is not None
    assert then.known_from <= BETWEEN < now.known_from  # type: ignore[operator]


def test_a_country_as_of_a_day_has_the_bank_s_day_and_nothing_of_the_next(program: Program, clock: Clock) -> None:
    turkey(program)
    clock.now = datetime(2026, 5, 26, 17, tzinfo=UTC)  # 27 May, 01:00 in Shanghai
    program.levelling.propose("TR", "high", "Capital controls.")
    day = date(2026, 5, 26)
    end = program.profiling.end_of(day)
    assert end == datetime(2026, 5, 26, 15, 59, 59, 999_999, tzinfo=UTC)
    clock.now = datetime(2026, 5, 28, tzinfo=UTC)
    then, after = (
        program.profiling.country("TR", end),
        program.profiling.country("TR", program.profiling.end_of(date(2026, 5, 27))),
    )
    assert (then.today, after.today) == (day, date(2026, 5, 27))
    assert not then.proposals
    assert len(after.proposals) == 1
    sinces = [cause.since for cause in then.flag.causes] if then.flag else []
    assert sinces
    assert max(sinces) <= day


def test_the_comparison_the_flows_and_the_home_side_of_a_past_day(program: Program, clock: Clock) -> None:
    put(program, "EM_FLOWS", {date(2026, 3, 31): -9.8}, MONDAY, "officer")
    put(program, "EM_FLOWS", {date(2026, 4, 30): 4.0}, LATER, "officer")
    put(program, "FX_CNY", {date(2026, 5, 14): 7.2}, MONDAY, "bis")
    put(program, "FX_CNY", {date(2026, 5, 22): 7.3}, LATER, "bis")
    turkey(program)
    clock.now = datetime(2026, 5, 28, tzinfo=UTC)
    assert [one.total for one in program.profiling.flows(BETWEEN).flows] == [-9.8]
    assert [one.total for one in program.profiling.flows().flows] == [-9.8, 4.0]
    assert program.profiling.home(BETWEEN).rate.value == pytest.approx(7.2)
    assert program.profiling.home().rate.value == pytest.approx(7.3)
    told = next(row for row in program.profiling.comparison().rows if row.code == "TR").told
    assert (told["fx"].on, told["fx"].source, told["fx"].series) == (date(2026, 5, 25), "test", "FX_TRY")
    then = program.profiling.comparison(BETWEEN)
    assert then.today == date(2026, 5, 20)
    assert all(one.known_from <= BETWEEN for row in then.rows for one in row.told.values())
