"""Simulating over a workspace: starts, ladders of holdings, scenarios on record, what an episode without data says."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.bootstrap import Program
from app.liquidity.caps import BILLION
from app.liquidity.holdings import Holding, SecurityType
from app.liquidity.scenario import AmpleUnit, Scenario
from app.refusals import Misused, Refused
from app.series.series import Batch
from app.storage import audit, holdings, observations
from app.storage.database import Database

#: Wednesdays; USD millions, GDP and ON RRP in billions.
FIRST, SECOND = date(2022, 6, 1), date(2022, 6, 8)
LEVELS = {
    "WALCL": 8_900_000.0,
    "TREAST": 5_770_000.0,
    "WSHOMCB": 2_707_000.0,
    "WRESBAL": 3_300_000.0,
    "RRPONTSYD": 2_000.0,
    "TLAACBW027SBOG": 22_000.0,
}


def store(database: Database, levels: dict[str, float], *days: date) -> None:
    at = datetime(2022, 6, 10, tzinfo=UTC)
    with database.write() as connection:
        for id, value in levels.items():
            observations.store(connection, Batch(id, "fredgraph", tuple((day, value) for day in days)), at)


@pytest.fixture
def filled(program: Program) -> Program:
    store(program.database, LEVELS, FIRST, SECOND)
    store(program.database, {"GDP": 25_000.0}, date(2022, 4, 1))
    return program


def test_a_start_needs_its_four_lines(filled: Program) -> None:
    store(filled.database, {"WALCL": 8_890_000.0}, date(2022, 6, 15))
    assert filled.simulating.starts() == (SECOND, FIRST)
    with pytest.raises(Refused) as refused:
        filled.simulating.simulate(Scenario(), 6, date(2022, 6, 15))
    assert refused.value.values["missing"] == ("treasuries", "mbs", "reserves")
    assert filled.simulating.simulate(Scenario(), 6).simulation.start.on == SECOND


def test_from_what_was_known_then(filled: Program) -> None:
    # The H.4.1 of 8 June came out on the 9th; the Treasuries of 1 June are revised on the 20th.
    with filled.database.write() as connection:
        revised = Batch("TREAST", "fredgraph", ((FIRST, 5_760_000.0),))
        observations.store(connection, revised, datetime(2022, 6, 20, tzinfo=UTC))
    before = datetime(2022, 6, 5, tzinfo=UTC)
    assert filled.simulating.starts(before) == (FIRST,)
    then = filled.simulating.simulate(Scenario(), 3, as_of=before).simulation.start
    assert (then.on, then.position.treasuries) == (FIRST, 5_770 * BILLION)
    now = filled.simulating.simulate(Scenario(), 3, FIRST).simulation.start
    assert now.position.treasuries == 5_760 * BILLION
    with pytest.raises(Refused, match=r"runoff\.no_data"):
        filled.simulating.simulate(Scenario(), 3, as_of=datetime(2022, 5, 1, tzinfo=UTC))


def test_nothing_to_begin_from(program: Program) -> None:
    with pytest.raises(Refused, match=r"runoff\.no_data"):
        program.simulating.simulate(Scenario(), 6)


def test_the_floor_is_measured_by_gdp_or_by_bank_assets(filled: Program) -> None:
    by_gdp = filled.simulating.simulate(Scenario(), 6, FIRST)
    assert by_gdp.simulation.ample == 2_250 * BILLION  # 9 % of 25,000
    banks = replace(Scenario(), ample=Decimal(10), ample_unit=AmpleUnit.BANK_ASSETS)
    assert filled.simulating.simulate(banks, 6, FIRST).simulation.ample == 2_200 * BILLION
    assert set(by_gdp.past) == {"total_assets", "reserves", "on_rrp"}
    assert by_gdp.past["reserves"].values.tolist() == [3_300.0]


def test_holdings_of_the_date_are_the_ladder_and_old_ones_are_not(filled: Program) -> None:
    def held(as_of: date) -> Holding:
        return Holding(as_of, "912828XX1", SecurityType.NOTE_BOND, date(2022, 6, 30), Decimal(7 * BILLION))

    with filled.database.write() as connection:
        holdings.store(connection, [held(date(2022, 5, 11))], datetime(2022, 5, 12, tzinfo=UTC))
    assert filled.simulating.simulate(Scenario(), 1, FIRST).holdings_as_of is None  # three weeks old
    with filled.database.write() as connection:
        holdings.store(connection, [held(date(2022, 5, 25))], datetime(2022, 5, 26, tzinfo=UTC))
    course = filled.simulating.simulate(Scenario(), 1, FIRST)
    assert course.holdings_as_of == date(2022, 5, 25)
    assert course.simulation.months[0].coupons == 7 * BILLION
    profile = filled.simulating.maturities(date(2022, 5, 20))
    assert profile is not None
    assert profile.as_of == date(2022, 5, 11)


def test_a_scenario_is_saved_replaced_and_removed_on_record(program: Program) -> None:
    simulating = program.simulating
    simulating.save(Scenario(), " Base ")
    simulating.save(replace(Scenario(), treasury_cap=Decimal(30)), "Base")
    assert simulating.scenario("Base").treasury_cap == 30
    assert [one.scenario.name for one in simulating.scenarios()] == ["Base"]
    assert simulating.remove("Base").treasury_cap == 30
    assert simulating.scenarios() == ()
    with program.database.read() as connection:
        rows = audit.trail(connection, subject="scenario Base")
    assert [row["action"] for row in rows] == ["runoff.save", "runoff.save", "runoff.remove"]
    assert rows[1]["before"] == rows[0]["after"]
    for wrong in (lambda: simulating.scenario("Base"), lambda: simulating.remove("Base"),
                  lambda: simulating.save(Scenario(), "  ")):  # fmt: skip
        with pytest.raises(Misused):
            wrong()


def test_an_episode_without_data_is_refused_and_left_out_of_the_proof(filled: Program) -> None:
    with pytest.raises(Refused) as refused:
        filled.simulating.backtest("QT1")
    assert refused.value.values["start"] == date(2017, 10, 4)
    proof = filled.simulating.proof()
    assert (proof.tests, proof.fan.percent, proof.finding.case) == ((), (), "backtest.none")


def test_saved_scenarios_side_by_side(filled: Program) -> None:
    filled.simulating.save(Scenario(treasury_cap=Decimal(0), agency_cap=Decimal(0)), "Still")
    filled.simulating.save(Scenario(ample=Decimal(13)), "Soon")
    courses, finding = filled.simulating.compare(["Still", "Soon"], 12, FIRST)
    assert [course.simulation.scenario.name for course in courses] == ["Still", "Soon"]
    assert (finding.case, finding.values["names"]) == ("compare.first", ("Soon",))
