"""Countries from stored observations to score, flags and readings."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from alerts.rule import Band, Comparison, Rule
from app import bootstrap
from app.bootstrap import Program
from app.refusals import Refused
from app.series.catalogue import SERIES
from app.series.series import Batch
from app.storage import observations
from app.storage.observations import Fetch
from tests.conftest import Clock

TODAY = date(2026, 5, 26)


def store(program: Program, series_id: str, values: dict[date, float]) -> None:
    with program.database.write() as connection:
        key = observations.log(connection, Fetch("test", series_id, program.clock(), "stored"))
        batch = Batch(series_id, "test", tuple(sorted(values.items())), SERIES[series_id].unit)
        observations.store(connection, batch, program.clock(), key)


def weekdays(last: date, count: int) -> list[date]:
    days, day = [], last
    while len(days) < count:
        if day.weekday() < 5:
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]


def turkey(program: Program) -> None:
    """CALCULATIONS 7: d250 16 %, d20 8.5 %, reserves −9 %, cover 3.6, 34.15 %, −1.9, 38.1, real +4.4, debt 46."""
    days = weekdays(TODAY - timedelta(days=1), 251)
    last = 45.82
    rates = dict.fromkeys(days, last / 1.085)  # 20 observations before the last: d20 = 8.5 %
    rates[days[0]] = last / 1.16  # 250 before: d250 = 16 %
    rates[days[-1]] = last
    store(program, "FX_TRY", rates)
    store(program, "RESERVES_TR", {date(2025, 3, 31): 100_000.0, date(2026, 3, 31): 91_000.0})
    store(program, "IMPORT_COVER_TR", {date(2024, 12, 31): 3.6})
    store(program, "STDEBT_RESERVES_TR", {date(2024, 12, 31): 171 / 58.4 * 100})
    store(program, "CURRENT_ACCOUNT_TR", {date(2024, 12, 31): -1.9})
    store(program, "CPI_TR", {date(2026, 3, 31): 38.1})
    store(program, "POLICY_RATE_TR", {date(2026, 4, 23): 42.5})
    store(program, "EXTERNAL_DEBT_GNI_TR", {date(2024, 12, 31): 46.0})


@pytest.fixture
def seen(program: Program) -> Program:
    turkey(program)
    return program


def test_turkey_from_the_store_has_the_score_of_the_document(seen: Program):
    found = seen.profiling.country("TR").score
    assert round(found.value or 0, 1) == Decimal("65.9")
    assert (found.coverage, found.state.value) == (95, "warning")
    assert [part.input.id for part in found.lacking] == ["spread"]
    assert found.part("real_rate").figure is not None
    # a derived figure takes the oldest date of its inputs: CPI of March, not the rate of April
    assert found.part("real_rate").figure.date == date(2026, 3, 31)  # type: ignore[union-attr]


def test_the_rules_read_the_score_that_the_page_shows(seen: Program):
    (readings,) = [one for one in seen.assessing.readings({"SCORE"}, seen.clock()) if len(one)]
    value = seen.profiling.country("TR").score.value
    assert readings.metric.labels == {"country": "TR"}
    assert readings.values[-1] == pytest.approx(float(value or 0), abs=1e-8)
    assert readings.dates[-1].item() == date(2026, 5, 25)


def test_a_score_of_the_past_uses_what_was_known_then(seen: Program, clock: Clock):
    asked, before = clock(), seen.profiling.country("TR").score.value
    clock.advance(days=1)
    store(seen, "CPI_TR", {date(2026, 4, 30): 20.0})
    assert seen.profiling.country("TR").score.value != before
    then = seen.profiling.country("TR", asked)
    assert then.score.value == before
    (readings,) = [one for one in seen.assessing.readings({"SCORE"}, clock()) if len(one)]
    assert readings.values[-1] == pytest.approx(float(before or 0), abs=1e-8)  # no rate since: nothing new to read


def test_flags_alerts_levels_and_book_of_the_past_are_those_of_then(seen: Program, clock: Clock):
    rate = seen.profiling.country("TR").rate.value or 0.0
    rule = Rule("DEAR", "FX", SERIES["FX_TRY"].unit, "fx", critical=Band(Comparison.AT_LEAST, rate * 1.2), keep=1)
    seen.monitoring.set_rule(rule, "for the test")
    then = clock()
    before = seen.profiling.country("TR", then)
    clock.advance(days=1)
    store(seen, "FX_TRY", {date(2026, 5, 26): rate * 1.3})
    level = seen.levelling.propose("TR", "high", "the lira")
    seen.monitoring.evaluate()
    now = seen.profiling.country("TR")
    assert [one.id for one in now.proposals] == [level.id]
    assert "DEAR" in {one.rule.id for one in now.alerts}
    assert now.flag is not None
    assert "DEAR" in str(now.flag)
    past = seen.profiling.country("TR", then)
    assert past.proposals == () == before.proposals
    assert "DEAR" not in {one.rule.id for one in past.alerts}
    assert "DEAR" not in str(past.flag)
    assert past.rate.value == rate


def test_what_is_not_there_is_said_and_never_zero(program: Program):
    seen = program.profiling.country("Chile")
    assert (seen.code, seen.score.value, seen.score.coverage) == ("CL", None, 0)
    assert seen.scored.case == "score.none"
    assert seen.fx.case == "fx.no_data"
    assert seen.known.case == "indicators.none"
    assert seen.staked.case == "stake.no_book"
    spread = next(one for one in seen.indicators if one.concept == "spread")
    assert (spread.value, spread.status.value, spread.absence) == (None, "missing", "no_free_source")


def test_the_banks_own_formula_counts_and_a_broken_one_is_refused(seen: Program):
    shipped = seen.profiling.country("TR").score.value
    text = Path("app/countries/score.toml").read_text("utf-8")
    seen.workspace.score_formula.write_text(text.replace("weight = 15", "weight = 0", 1), "utf-8")
    own = seen.profiling.country("TR").score
    assert own.part("fx_250").share is None
    # (6,260 − 960)/80 = 66.25
    assert round(own.value or 0, 2) == Decimal("66.25")
    assert own.value != shipped
    seen.workspace.score_formula.write_text("nonsense", "utf-8")
    with pytest.raises(Refused) as refused:
        seen.profiling.country("TR")
    assert refused.value.code == "country.bad_formula"


def test_score_and_approved_level_flag_a_country(tmp_path: Path, clock: Clock):
    with bootstrap.open_program(tmp_path / "w", clock=clock, user="chen") as maker:
        turkey(maker)
        assert maker.flagging.now().of("ZA") is None
        proposal = maker.levelling.propose("ZA", "high", "Reserves halved, capital controls in force.")
        assert maker.flagging.now().of("ZA") is None  # not in force yet
        with pytest.raises(Refused) as refused:
            maker.levelling.decide(proposal.id, True)
        assert refused.value.code == "persons.same_person"
        turkish = maker.flagging.now().of("TR")
        assert turkish is not None
        assert {"policy", "score"} <= {cause.key for cause in turkish.causes}
    with bootstrap.open_program(tmp_path / "w", clock=clock, user="wu") as checker:
        assert checker.levelling.decide(proposal.id, True).approver == "wu"
        flag = checker.flagging.now().of("ZA")
        assert flag is not None
        assert (flag.tier.value, [cause.key for cause in flag.causes]) == ("A", ["level"])
        assert checker.profiling.country("ZA").level is not None


def test_the_policy_list_is_the_banks_file(program: Program):
    shipped = Path("exposures/em_set.toml").read_text("utf-8")
    own = shipped.replace('policy_list = ["AR", "TR", "CL"]', 'policy_list = ["ZA"]')
    program.workspace.em_set.write_text(own, "utf-8")
    assert [flag.country for flag in program.flagging.now().flags] == ["ZA"]
    program.workspace.em_set.write_text(own.replace("policy_list", "policy"), "utf-8")
    with pytest.raises(Refused) as refused:
        program.flagging.now()
    assert (refused.value.code, refused.value.values["detail"]) == ("country.bad_set", "policy_list")
