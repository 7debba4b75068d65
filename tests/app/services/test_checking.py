"""The daily check from run to signature: as known at its cut-off, frozen, never back-dated, late data as addenda."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import bootstrap
from app.bootstrap import Program
from app.events import CheckChanged, Event, SeriesChanged
from app.refusals import Misused, Refused
from app.series.catalogue import SERIES
from app.series.series import Batch
from app.settings import REVIEW_SETTINGS
from app.storage import audit, observations
from app.storage import settings as stored_settings
from app.storage.observations import Fetch
from app.wording import checking as words
from exposures.check import Check, Status
from exposures.checking import State, Verdict
from tests.app.services.workbooks import write_csv
from tests.conftest import Clock

FINE, WATCH, ACT = Verdict.FINE, Verdict.WATCH, Verdict.ACT
TUESDAY = date(2026, 5, 26)
CUT_OFF = datetime(2026, 5, 26, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai
#: Mondays to Fridays from 11 to 22 May.
DAYS = [date(2026, 5, 11) + timedelta(days=n) for n in range(12) if n % 7 < 5]
#: The rand comes from BIS alone, which has it out five days later: what should have been there is of the week before.
A_WEEK_BEFORE = [day - timedelta(days=7) for day in DAYS]
CALM = dict.fromkeys(DAYS, 43.02)
#: 43.02 → 45.82 over five observations: a value loss of 6.11 percent.
LIRA = CALM | {DAYS[-1]: 45.82}
STEPS = ("data", "fed_liquidity", "corridor", "currencies", "countries", "book", "open_work")


def store(program: Program, values: Mapping[date, float], series: str = "FX_TRY") -> None:
    """What a refresh does with what it fetched."""
    now = program.clock()
    with program.database.write() as connection:
        key = observations.log(connection, Fetch("officer", series, now, "stored"))
        batch = Batch(series, "officer", tuple(sorted(values.items())), SERIES[series].unit)
        observations.store(connection, batch, now, key)
    program.events.publish(SeriesChanged(frozenset({series})))


def verdicts(check: Check) -> dict[str, Verdict]:
    return {step.step: step.verdict for step in check.steps}


def decide_all(program: Program, check: Check, **chosen: Verdict) -> Check:
    for step in check.steps:
        decision = chosen.get(step.step, step.verdict)
        program.checking.decide(check.business_date, step.step, decision, "seen")
    return program.checking.check(check.business_date)


@pytest.fixture
def heard(program: Program) -> list[Event]:
    events: list[Event] = []
    program.events.subscribe(events.append)
    return events


def other(program: Program, clock: Clock, user: str) -> Program:
    return bootstrap.open_program(program.workspace.root, clock=clock, user=user)


def test_a_check_is_made_once_on_what_was_known_at_its_cut_off(
    program: Program, clock: Clock, heard: list[Event]
) -> None:
    store(program, LIRA)
    check = program.checking.run(TUESDAY)
    assert (check.business_date, check.cut_off, check.run_at) == (TUESDAY, CUT_OFF, clock.now)
    assert (check.status, check.late, check.verdict) == (Status.OPEN, False, None)
    assert check.undecided == STEPS
    assert verdicts(check)["currencies"] is ACT
    lira = next(row for row in check.evidence("currencies").rows if row.labels.get("rule") == "E9")
    assert (lira.state, round(float(str(lira.value)), 2), lira.date) == (State.CRITICAL, -6.11, DAYS[-1])
    assert lira.source == "officer"
    assert CheckChanged(TUESDAY) in heard
    clock.advance(hours=1)
    heard.clear()
    assert program.checking.run(TUESDAY) == check
    assert heard == []
    assert program.checking.today() == check
    with program.database.read() as connection:
        (row,) = audit.trail(connection, subject="check 2026-05-26")
    assert (row["action"], row["at"]) == ("check.run", check.run_at)


def test_what_became_known_after_the_cut_off_is_not_evidence(program: Program, clock: Clock) -> None:
    """At 08:20 the officer corrects Friday's rate: the check of the day saw the old one."""
    clock.now = CUT_OFF - timedelta(minutes=30)
    store(program, CALM)
    clock.now = CUT_OFF + timedelta(minutes=20)
    store(program, LIRA)
    clock.now = CUT_OFF + timedelta(minutes=31)
    assert verdicts(program.checking.run(TUESDAY))["currencies"] is WATCH
    clock.advance(days=1)
    assert verdicts(program.checking.run(TUESDAY + timedelta(days=1)))["currencies"] is ACT


@pytest.mark.parametrize(
    ("last", "missed", "state", "calls_for"),
    [
        (date(2026, 5, 20), 0, State.NORMAL, FINE),
        (date(2026, 5, 13), 1, State.LATE, WATCH),
        (date(2026, 5, 6), 2, State.STALE, ACT),
    ],
)
def test_a_stale_release_that_critical_rules_rest_on(
    program: Program, last: date, missed: int, state: State, calls_for: Verdict
) -> None:
    """Reserves come with the H.4.1 of Thursday, 16:30 in New York; by Tuesday that of 20 May should be there."""
    store(program, {last - timedelta(weeks=n): 6_700_000.0 for n in range(3)}, "WALCL")
    store(program, {last - timedelta(weeks=n): 3_100_000.0 for n in range(3)}, "WRESBAL")
    check = program.checking.run(TUESDAY)
    row = next(row for row in check.evidence("data").rows if row.labels.get("group") == "h41")
    assert (row.value, row.date, row.state, row.calls_for) == (missed, last, state, calls_for)


def test_a_release_is_as_old_as_the_oldest_that_a_critical_rule_reads(program: Program) -> None:
    store(program, {date(2026, 5, 20): 6_700_000.0}, "WALCL")
    store(program, {date(2026, 5, 6): 3_100_000.0}, "WRESBAL")
    check = program.checking.run(TUESDAY)
    row = next(row for row in check.evidence("data").rows if row.labels.get("group") == "h41")
    assert (row.date, row.calls_for) == (date(2026, 5, 6), ACT)


def test_a_book_imported_after_the_cut_off_is_the_next_days(program: Program, clock: Clock, tmp_path: Path) -> None:
    clock.now = CUT_OFF + timedelta(minutes=10)
    book = write_csv(tmp_path / "book.csv", "L1,Anadolu,TR,loan,USD,370000000,42000000")
    program.importing.commit(book, date(2026, 5, 22))
    clock.now = CUT_OFF + timedelta(minutes=31)
    today = program.checking.run(TUESDAY)
    assert [row.code for row in today.evidence("book").rows] == ["no_book"]
    clock.advance(days=1)
    next_day = program.checking.run(date(2026, 5, 27))
    assert next_day.snapshot.reporting_date == date(2026, 5, 22)
    assert {row.code for row in next_day.evidence("book").rows} >= {"no_limits", "without_limit", "maturities"}
    age = next(row for row in next_day.evidence("data").rows if row.code == "book_age")
    assert (age.value, age.source) == (5, "v1")


def test_the_lira_is_critical_the_officer_watches_and_another_person_agrees(program: Program, clock: Clock) -> None:
    store(program, LIRA)
    check = program.checking.run(TUESDAY)
    with pytest.raises(Refused) as caught:
        program.checking.decide(TUESDAY, "currencies", WATCH, " ")
    assert caught.value.code == "check.needs_comment"
    check = decide_all(program, check, currencies=WATCH, countries=WATCH)
    assert (check.verdict, check.needs_checker) == (WATCH, True)
    check = program.checking.sign(TUESDAY)
    assert (check.status, check.maker and check.maker.who) == (Status.WITH_CHECKER, program.user)
    with pytest.raises(Refused) as caught:
        program.checking.countersign(TUESDAY)
    assert caught.value.code == "persons.same_person"
    with other(program, clock, "wu fang") as second:
        check = second.checking.countersign(TUESDAY)
        assert (check.status, check.checker and check.checker.who) == (Status.SIGNED, "wu fang")
        with pytest.raises(Refused) as caught:
            second.checking.countersign(TUESDAY)
        assert caught.value.code == "check.signed"


def test_who_decided_a_step_cannot_countersign_it(program: Program, clock: Clock) -> None:
    store(program, LIRA)
    check = program.checking.run(TUESDAY)
    with other(program, clock, "wu fang") as second:
        second.checking.decide(TUESDAY, "currencies", FINE, "hedged")
        for step in check.steps:
            if step.step != "currencies":
                program.checking.decide(TUESDAY, step.step, step.verdict, "seen")
        program.checking.sign(TUESDAY)
        with pytest.raises(Refused) as caught:
            second.checking.countersign(TUESDAY)
    assert caught.value.code == "persons.same_person"


def test_nothing_milder_than_act_needs_no_second_person(program: Program) -> None:
    check = decide_all(program, program.checking.run(TUESDAY))
    assert not check.needs_checker
    assert program.checking.sign(TUESDAY).status is Status.SIGNED


def test_six_fine_one_act_is_act(program: Program) -> None:
    check = program.checking.run(TUESDAY)
    chosen = dict.fromkeys(STEPS, FINE) | {"corridor": ACT}
    assert decide_all(program, check, **chosen).verdict is ACT


def test_an_act_names_its_lists_and_owner(program: Program) -> None:
    program.checking.run(TUESDAY)
    with pytest.raises(Refused) as caught:
        program.checking.decide(TUESDAY, "corridor", ACT)
    assert caught.value.code == "check.needs_lists"
    check = program.checking.decide(TUESDAY, "corridor", ACT, "", ["L1", "L3"], "Chen Li")
    decided = check.decision("corridor")
    assert decided is not None
    assert (decided.lists, decided.owner, decided.who) == (("L1", "L3"), "Chen Li", program.user)


def test_a_decision_can_be_changed_until_the_page_is_signed(program: Program) -> None:
    check = program.checking.run(TUESDAY)
    program.checking.decide(TUESDAY, "corridor", ACT, "wait")
    program.checking.decide(TUESDAY, "corridor", WATCH, "calmer")
    with pytest.raises(Refused) as caught:
        program.checking.sign(TUESDAY)
    assert caught.value.code == "check.undecided"
    assert caught.value.values["steps"] == tuple(step for step in STEPS if step != "corridor")
    for step in check.undecided:
        if step != "corridor":
            program.checking.decide(TUESDAY, step, WATCH)
    signed = program.checking.sign(TUESDAY)
    assert signed.verdict is WATCH
    with pytest.raises(Refused) as caught:
        program.checking.decide(TUESDAY, "corridor", ACT, "no")
    assert caught.value.code == "check.signed"
    with pytest.raises(Refused) as caught:
        program.checking.sign(TUESDAY)
    assert caught.value.code == "check.signed"
    assert program.checking.check(TUESDAY) == signed
    with program.database.read() as connection:
        actions = [row["action"] for row in audit.trail(connection, subject="check 2026-05-26")]
    assert actions == ["check.run", *["check.decide"] * 8, "check.sign"]


def test_what_there_is_not_is_refused(program: Program, clock: Clock) -> None:
    checking = program.checking
    for call in (checking.check, checking.sign, checking.countersign):
        with pytest.raises(Misused) as unknown:
            call(TUESDAY)
        assert unknown.value.code == "check.unknown"
    clock.now = datetime(2026, 5, 26, 0, 29, tzinfo=UTC)
    with pytest.raises(Refused) as caught:
        checking.run(TUESDAY)
    assert caught.value.code == "check.too_early"
    assert caught.value.values["start"] == datetime(2026, 5, 26, 0, 30, tzinfo=UTC)
    clock.now = datetime(2026, 5, 26, 0, 30, tzinfo=UTC)
    checking.run(TUESDAY)
    with pytest.raises(Misused) as unknown:
        checking.decide(TUESDAY, "tea", FINE)
    assert unknown.value.code == "check.unknown_step"
    with pytest.raises(Refused) as caught:
        checking.countersign(TUESDAY)
    assert caught.value.code == "check.not_signed"


def test_the_banks_days(program: Program, clock: Clock) -> None:
    """1 October 2026 is a holiday; Saturday 10 October is worked for it (国务院办公厅, holidays of 2026)."""
    clock.now = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)
    for shut in (date(2026, 10, 1), date(2026, 10, 11)):
        with pytest.raises(Refused) as caught:
            program.checking.run(shut)
        assert caught.value.code == "check.not_business_day"
    assert program.checking.run(date(2026, 10, 10)).late


def test_the_hours_are_the_banks(program: Program, clock: Clock) -> None:
    zone = next(setting for setting in REVIEW_SETTINGS if setting.key == "time_zone")
    with program.database.write() as connection:
        stored_settings.put(connection, "reviews", zone, "America/New_York", at=clock.now, who="test")
    clock.now = datetime(2026, 5, 26, 12, 30, tzinfo=UTC)
    assert program.checking.run(TUESDAY).cut_off == datetime(2026, 5, 26, 12, 0, tzinfo=UTC)


def test_each_missed_day_gets_its_own_late_unsigned_check(program: Program, clock: Clock) -> None:
    """Run on Friday; the laptop sleeps until Wednesday 11:00. The lira falls in Monday's value, out on Tuesday."""
    friday = date(2026, 5, 22)
    clock.now = datetime(2026, 5, 22, 0, 31, tzinfo=UTC)
    program.checking.run(friday)
    assert program.checking.due() == ()
    clock.now = datetime(2026, 5, 27, 3, 0, tzinfo=UTC)
    store(program, CALM | {date(2026, 5, 25): 45.82})
    days = (date(2026, 5, 25), TUESDAY, date(2026, 5, 27))
    assert program.checking.due() == days
    for day in days:
        program.checking.run(day)
    assert program.checking.due() == ()
    made = [program.checking.check(day) for day in days]
    assert [check.late for check in made] == [True, True, True]
    assert [check.run_at for check in made] == [clock.now] * 3
    assert [check.cut_off.day for check in made] == [25, 26, 27]
    assert [verdicts(check)["currencies"] for check in made] == [WATCH, WATCH, ACT]
    assert [one.business_date for one in program.checking.missed()] == [friday, *days[:2]]
    decide_all(program, made[0])
    signed = program.checking.sign(days[0])
    assert signed.maker is not None
    # Never back-dated: the page carries the day it is for and the day on which it was signed.
    assert (signed.business_date, signed.maker.at) == (days[0], clock.now)
    assert [one.business_date for one in program.checking.missed()] == [friday, TUESDAY]


def test_a_day_that_was_never_run_is_missed_too(program: Program, clock: Clock) -> None:
    program.checking.run(TUESDAY)
    clock.advance(days=2)
    assert [(one.business_date, one.check is None) for one in program.checking.missed()] == [
        (TUESDAY, False),
        (date(2026, 5, 27), True),
    ]
    assert program.checking.due() == (date(2026, 5, 27), date(2026, 5, 28))


def test_a_new_workspace_owes_only_today(program: Program) -> None:
    assert (program.checking.due(), program.checking.missed()) == ((TUESDAY,), ())


def test_a_check_is_late_from_the_hour_by_which_it_is_decided(program: Program, clock: Clock) -> None:
    clock.now = datetime(2026, 5, 26, 1, 59, tzinfo=UTC)
    assert not program.checking.run(TUESDAY).late
    clock.now = datetime(2026, 5, 27, 2, 0, tzinfo=UTC)
    assert program.checking.run(date(2026, 5, 27)).late


def test_late_data_on_an_open_page_ask_for_the_decision_again(
    program: Program, clock: Clock, heard: list[Event]
) -> None:
    store(program, CALM)
    check = decide_all(program, program.checking.run(TUESDAY))
    assert check.undecided == ()
    clock.advance(minutes=40)
    heard.clear()
    store(program, dict(zip(A_WEEK_BEFORE, [13.0] * 9 + [14.0], strict=False)), "FX_ZAR")
    check = program.checking.check(TUESDAY)
    assert CheckChanged(TUESDAY) in heard
    # South Africa's critical alert makes it tier A as well.
    assert check.undecided == ("currencies", "countries")
    assert verdicts(check)["currencies"] is ACT
    addendum = check.addenda[0]
    assert [one.step.step for one in check.addenda] == ["currencies", "countries"]
    assert (addendum.at, addendum.on_page, check.open_addenda) == (clock.now, True, ())
    # What was first seen is still there.
    assert next(step for step in check.snapshot.steps if step.step == "currencies").verdict is WATCH
    with pytest.raises(Refused) as caught:
        program.checking.decide(TUESDAY, "currencies", FINE)
    assert caught.value.values["verdict"] == "act"
    for step in check.undecided:
        program.checking.decide(TUESDAY, step, ACT, "", ["L1"], "Chen Li")
    assert program.checking.sign(TUESDAY).status is Status.SIGNED
    assert program.checking.reexamine() == ()


def test_late_data_reopen_a_step_of_a_signed_page_as_an_addendum(program: Program, clock: Clock) -> None:
    store(program, CALM)
    decide_all(program, program.checking.run(TUESDAY))
    page = program.checking.sign(TUESDAY)
    clock.advance(minutes=40)
    store(program, dict(zip(A_WEEK_BEFORE, [13.0] * 9 + [14.0], strict=False)), "FX_ZAR")
    check = program.checking.check(TUESDAY)
    assert (check.steps, check.decisions, check.maker) == (page.steps, page.decisions, page.maker)
    assert check.status is Status.SIGNED
    assert [(one.step.step, one.step.verdict, one.status) for one in check.open_addenda] == [
        ("currencies", ACT, Status.OPEN),
        ("countries", ACT, Status.OPEN),
    ]
    with pytest.raises(Refused) as caught:
        program.checking.sign(TUESDAY)
    assert caught.value.code == "check.undecided"
    clock.advance(minutes=5)
    program.checking.decide(TUESDAY, "currencies", WATCH, "a holiday's rate")
    program.checking.decide(TUESDAY, "countries", ACT, "", ["L1"], "Chen Li")
    check = program.checking.sign(TUESDAY)
    assert [one.status for one in check.addenda] == [Status.WITH_CHECKER, Status.SIGNED]
    assert check.maker == page.maker
    with other(program, clock, "wu fang") as second:
        check = second.checking.countersign(TUESDAY)
    assert check.open_addenda == ()
    assert [one.who for one in (check.addenda[0].maker, check.addenda[0].checker) if one] == [program.user, "wu fang"]
    with pytest.raises(Refused) as caught:
        program.checking.decide(TUESDAY, "currencies", ACT, "again")
    assert caught.value.code == "check.signed"


def test_newer_late_data_take_the_place_of_what_nobody_signed(program: Program, clock: Clock) -> None:
    store(program, CALM)
    decide_all(program, program.checking.run(TUESDAY))
    program.checking.sign(TUESDAY)
    clock.advance(minutes=40)
    store(program, dict.fromkeys(DAYS, 900.0), "FX_CLP")
    clock.advance(minutes=40)
    store(program, dict.fromkeys(DAYS, 5.0), "FX_BRL")
    check = program.checking.check(TUESDAY)
    assert [one.step.step for one in check.addenda] == ["currencies", "currencies"]
    assert check.open_addenda == check.addenda[1:]
    program.checking.decide(TUESDAY, "currencies", WATCH)
    check = program.checking.sign(TUESDAY)
    assert (check.open_addenda, check.addenda[0].maker) == ((), None)
    with pytest.raises(Refused) as caught:
        program.checking.sign(TUESDAY)
    assert caught.value.code == "check.signed"


def test_a_counter_signature_of_an_addendum_does_not_need_one_on_the_page(program: Program, clock: Clock) -> None:
    """Wu Fang decided a step of the page, which needs no second person; the addendum does, and she may give it."""
    store(program, CALM)
    check = program.checking.run(TUESDAY)
    with other(program, clock, "wu fang") as second:
        second.checking.decide(TUESDAY, "corridor", WATCH)
        for step in check.steps:
            if step.step != "corridor":
                program.checking.decide(TUESDAY, step.step, step.verdict, "seen")
        program.checking.sign(TUESDAY)
        clock.advance(minutes=40)
        store(program, dict(zip(A_WEEK_BEFORE, [13.0] * 9 + [14.0], strict=False)), "FX_ZAR")
        program.checking.decide(TUESDAY, "currencies", WATCH, "a holiday's rate")
        program.checking.decide(TUESDAY, "countries", WATCH, "the same")
        program.checking.sign(TUESDAY)
        check = second.checking.countersign(TUESDAY)
    assert (check.checker, check.open_addenda) == (None, ())


def test_an_alert_that_came_and_went_since_the_last_signature_is_told(program: Program, clock: Clock) -> None:
    """Signed on Tuesday; the lira falls in Monday's value and is back in Wednesday's; the next check is Friday's."""
    store(program, CALM)
    decide_all(program, program.checking.run(TUESDAY))
    program.checking.sign(TUESDAY)
    clock.now = datetime(2026, 5, 29, 0, 31, tzinfo=UTC)
    store(program, {date(2026, 5, 25): 45.82, TUESDAY: 43.02, date(2026, 5, 27): 43.02})
    check = program.checking.run(date(2026, 5, 29))
    assert check.snapshot.covers_from == TUESDAY
    row = next(row for row in check.evidence("currencies").rows if row.labels.get("rule") == "E9")
    assert (row.state, row.calls_for, row.labels["meanwhile"]) == (State.NORMAL, WATCH, "critical")
    assert row.date == date(2026, 5, 27)


def test_data_that_were_not_known_at_the_cut_off_are_not_late(program: Program, clock: Clock) -> None:
    store(program, CALM)
    program.checking.run(TUESDAY)
    clock.advance(days=1)
    store(program, {date(2026, 5, 25): 45.82, TUESDAY: 45.82})
    assert program.checking.check(TUESDAY).addenda == ()


def test_a_day_signed_later_does_not_change_what_the_next_one_saw(program: Program, clock: Clock) -> None:
    store(program, CALM)
    monday = program.checking.run(date(2026, 5, 25))
    program.checking.run(TUESDAY)
    decide_all(program, monday)
    program.checking.sign(monday.business_date)
    clock.advance(minutes=40)
    store(program, {DAYS[-1]: 43.03})
    store(program, dict.fromkeys(DAYS, 900.0), "FX_CLP")
    assert [one.step.step for one in program.checking.check(TUESDAY).addenda] == ["currencies"]


def test_only_the_last_days_are_looked_at_again(program: Program, clock: Clock) -> None:
    store(program, CALM)
    program.checking.run(TUESDAY)
    clock.now = datetime(2026, 6, 3, 1, 0, tzinfo=UTC)  # six business days later
    store(program, dict(zip(A_WEEK_BEFORE, [13.0] * 9 + [14.0], strict=False)), "FX_ZAR")
    assert program.checking.check(TUESDAY).addenda == ()


def test_flags_are_new_until_somebody_has_signed_for_them(program: Program, clock: Clock) -> None:
    """AR, CL and TR stand on the policy list; the lira's critical alert makes TR tier A."""
    store(program, CALM)
    first = program.checking.run(TUESDAY)
    gained = [row.labels["country"] for row in first.evidence("countries").rows if row.code == "flag_gained"]
    assert (gained, verdicts(first)["countries"]) == (["AR", "CL", "TR"], WATCH)
    decide_all(program, first)
    program.checking.sign(TUESDAY)
    clock.advance(days=1)
    store(program, {date(2026, 5, 25): 45.82})
    second = program.checking.run(date(2026, 5, 27))
    assert second.snapshot.covers_from == TUESDAY
    clock.advance(days=1)
    third = program.checking.run(date(2026, 5, 28))
    rows = [(row.labels["country"], row.value) for row in third.evidence("countries").rows if row.code == "flag_gained"]
    assert rows == [("TR", "A")]
    assert verdicts(third)["countries"] is ACT


def test_work_that_is_overdue(program: Program, clock: Clock, tmp_path: Path) -> None:
    clock.now = datetime(2026, 5, 20, 3, 0, tzinfo=UTC)
    book = write_csv(tmp_path / "book.csv", "L1,Anadolu,TR,loan,USD,370000000,42000000")
    program.importing.commit(book, date(2026, 5, 19))
    program.reviewing.generate()
    (item,) = program.reviewing.lists()[0].items
    program.reviewing.assign(item.id, "Chen Li", date(2026, 5, 25))
    clock.now = datetime(2026, 5, 26, 0, 10, tzinfo=UTC)
    program.reviewing.assign(item.id, "Chen Li", date(2026, 6, 30))  # after the cut-off: the check does not know yet
    clock.now = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)
    row = program.checking.run(TUESDAY).evidence("open_work").rows[0]
    assert (row.labels["item"], row.labels["owner"], row.value, row.calls_for) == (item.id, "Chen Li", -1, WATCH)


def test_a_look_stores_nothing(program: Program, clock: Clock) -> None:
    store(program, LIRA)
    seen = program.checking.look(date(2026, 5, 27))
    assert seen.as_of == clock.now  # the cut-off of tomorrow is not there yet
    assert program.checking.checks() == []
    past = program.checking.look(date(2026, 5, 25))
    assert past.as_of == datetime(2026, 5, 25, 0, 0, tzinfo=UTC)


def test_two_programs_at_once_make_one_check(program: Program, clock: Clock) -> None:
    store(program, LIRA)
    with other(program, clock, "wu fang") as second, ThreadPoolExecutor(2) as pool:
        ours, theirs = pool.map(lambda one: one.checking.run(TUESDAY), (program, second))
    assert ours == theirs
    assert len(program.checking.checks()) == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    arriving=st.lists(
        st.tuples(
            st.sampled_from(["FX_TRY", "FX_ZAR", "FX_ARS"]),
            st.sampled_from(DAYS),
            st.floats(min_value=10, max_value=150),
            st.integers(min_value=1, max_value=3000),
        ),
        max_size=4,
    )
)
def test_a_signed_page_never_changes_whatever_arrives(
    tmp_path_factory: pytest.TempPathFactory, arriving: list[tuple[str, date, float, int]]
) -> None:
    clock = Clock()
    with bootstrap.open_program(tmp_path_factory.mktemp("w"), clock=clock) as program:
        store(program, CALM)
        decide_all(program, program.checking.run(TUESDAY))
        page = program.checking.sign(TUESDAY)
        for series, day, value, minutes in arriving:
            clock.advance(minutes=minutes)
            store(program, {day: value}, series)
            program.checking.reexamine()
            now = program.checking.check(TUESDAY)
            kept = (now.snapshot, now.steps, now.decisions, now.maker, now.checker, now.verdict, now.status)
            assert kept == (page.snapshot, page.steps, page.decisions, page.maker, None, page.verdict, page.status)
            # Looked at again, nothing is told twice.
            assert program.checking.reexamine() == ()
            assert len({addendum.step.facts for addendum in now.addenda}) == len(now.addenda)


@pytest.mark.shared
def test_september_2019_in_the_real_rates(program: Program, clock: Clock, shared_data: Path) -> None:
    """SOFR 2.43 % on the 16th and 5.25 % on the 17th; each comes out at 08:00 in New York on the next day."""
    assert program.refreshing.take_in(shared_data / "fred").failed == ()
    before = program.checking.look(date(2019, 9, 17))
    corridor = next(step for step in before.snapshot.steps if step.step == "corridor")
    jump = next(row for row in corridor.rows if row.labels.get("rule") == "L2")
    assert jump.date == date(2019, 9, 13)
    assert jump.calls_for is FINE
    after = program.checking.look(date(2019, 9, 19))
    corridor = next(step for step in after.snapshot.steps if step.step == "corridor")
    jump = next(row for row in corridor.rows if row.labels.get("rule") == "L2")
    assert (jump.date, jump.value, jump.state) == (date(2019, 9, 17), 282, State.CRITICAL)
    assert corridor.verdict is ACT
    end = program.checking.look(date(2019, 10, 2))
    corridor = next(step for step in end.snapshot.steps if step.step == "corridor")
    named = next(row for row in corridor.rows if row.code == "period_end")
    assert (named.value, named.date) == ("quarter_end", date(2019, 9, 30))


def test_a_broken_calendar_does_not_keep_the_check_from_running(program: Program, clock: Clock) -> None:
    """It runs with the public calendars, and its first step says so with file and line."""
    program.workspace.calendar.write_text("[XFED]\nshut = [2026-12-24\nopen = 3\n", encoding="utf-8")
    clock.now = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)
    check = program.checking.run(date(2026, 5, 26))
    (data,) = (step for step in check.steps if step.step == "data")
    (row,) = (row for row in data.rows if row.code == "calendar_unusable")
    assert (row.state, row.calls_for) == (State.FAILED, Verdict.WATCH)
    assert words.evidence(row) == "calendar.toml cannot be used (line 3); the public calendars were"
    assert words.value(row) == "not readable"
    program.workspace.calendar.unlink()
    assert program.checking.look(date(2026, 5, 26)).snapshot.steps[0].rows != data.rows
