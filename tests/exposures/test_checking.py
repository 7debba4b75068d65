"""Verdicts and decisions of the daily check, with the worked examples of CALCULATIONS 13."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposures.check_policy import MARKS, InvalidPolicy, read_policy
from exposures.checking import (
    Decided,
    Evidence,
    State,
    StepEvidence,
    Verdict,
    answer,
    lacking,
    overall,
    reopened,
    step_evidence,
    worst,
)

AT = datetime(2026, 5, 26, 1, 0, tzinfo=UTC)
FINE, WATCH, ACT = Verdict.FINE, Verdict.WATCH, Verdict.ACT
TEXT = files("exposures").joinpath("daily_check.toml").read_text("utf-8")


def decided(decision: Verdict, verdict: Verdict = FINE, step: str = "currencies") -> Decided:
    return Decided(step, verdict, decision, "", "li", AT)


def row(calls_for: Verdict, state: State = State.INFO, **fields: object) -> Evidence:
    return Evidence("figure", state, calls_for, **fields)  # type: ignore[arg-type]


def test_the_lira_is_critical_and_the_officer_only_watches() -> None:
    """Lira critical → act; officer chooses watch → comment and counter-signature."""
    lira = step_evidence("currencies", [row(ACT, State.CRITICAL), row(FINE)])
    assert lira.verdict is ACT
    assert lacking(lira.verdict, WATCH, "  ") == "comment"
    assert lacking(lira.verdict, WATCH, "hedged since Friday") is None
    assert decided(WATCH, lira.verdict).needs_checker


def test_six_fine_and_one_act_is_act() -> None:
    assert overall([decided(FINE)] * 6 + [decided(ACT)]) is ACT


@given(st.lists(st.sampled_from(list(Verdict)), min_size=1), st.randoms())
def test_the_day_is_as_bad_as_its_worst_decision(decisions: list[Verdict], random: object) -> None:
    shuffled = list(decisions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    day = overall([decided(one) for one in shuffled])
    assert day in decisions
    order = ["fine", "watch", "act"]
    assert all(order.index(one) <= order.index(day) for one in decisions)


def test_nothing_is_said_of_the_day_before_the_first_decision() -> None:
    assert overall([]) is None
    assert worst([]) is FINE


@pytest.mark.parametrize(
    ("verdict", "decision", "needs_comment", "needs_checker"),
    [
        (FINE, FINE, False, False),
        (FINE, WATCH, False, False),
        (WATCH, FINE, True, False),
        (WATCH, WATCH, False, False),
        (ACT, FINE, True, True),
        (ACT, WATCH, True, True),
    ],
)
def test_what_a_milder_decision_needs(
    verdict: Verdict, decision: Verdict, needs_comment: bool, needs_checker: bool
) -> None:
    assert (lacking(verdict, decision, "") == "comment") is needs_comment
    assert lacking(verdict, decision, "because") is None
    assert decided(decision, verdict).needs_checker is needs_checker


@pytest.mark.parametrize("verdict", list(Verdict))
def test_an_act_names_lists_and_owner_or_says_why_none(verdict: Verdict) -> None:
    assert lacking(verdict, ACT, "") == "lists"
    assert lacking(verdict, ACT, "", ["L1"]) == "lists"
    assert lacking(verdict, ACT, "", ["L1"], "  ") == "lists"
    assert lacking(verdict, ACT, "", [], "Chen Li") == "lists"
    assert lacking(verdict, ACT, "", ["L1", "L3"], "Chen Li") is None
    assert lacking(verdict, ACT, "everything is in work already") is None
    assert not decided(ACT, verdict).needs_checker


def test_a_step_calls_for_what_its_worst_row_does_and_shows_it_first() -> None:
    rows = [row(FINE), row(WATCH, State.LATE), row(WATCH, State.WARNING), row(FINE, State.NORMAL)]
    step = step_evidence("corridor", rows)
    assert step.verdict is WATCH
    assert [one.state for one in step.rows] == [State.WARNING, State.LATE, State.NORMAL, State.INFO]


def test_each_answer_of_a_step() -> None:
    assert answer(step_evidence("fx", [])).case == "check.nothing"
    assert step_evidence("fx", []).verdict is WATCH
    assert answer(step_evidence("fx", [row(FINE)])).case == "check.fine"
    in_part = answer(step_evidence("countries", [row(FINE)], ["score"]))
    assert (in_part.case, in_part.values["missing"]) == ("check.fine_in_part", ("score",))
    assert answer(step_evidence("fx", [row(WATCH), row(FINE)])).case == "check.watch"
    acting = answer(step_evidence("fx", [row(ACT, State.CRITICAL), row(WATCH), row(WATCH)], ["score"]))
    assert acting.case == "check.act"
    assert (acting.values["act"], acting.values["watch"], acting.values["rows"]) == (1, 2, 3)
    assert acting.values["states"] == {"critical": 1, "info": 2}


@given(st.lists(st.sampled_from(list(Verdict))), st.lists(st.sampled_from(["score", "level"])))
def test_a_step_that_lacks_an_input_is_never_fine_in_silence(verdicts: list[Verdict], missing: list[str]) -> None:
    step = step_evidence("countries", [row(one) for one in verdicts], missing)
    if answer(step).case == "check.fine":
        assert not missing
        assert verdicts
        assert set(verdicts) == {FINE}


def test_only_other_evidence_opens_a_step_again() -> None:
    before = step_evidence(
        "currencies", [row(FINE, value=Decimal("-3.0"), date=date(2026, 5, 25), labels={"rule": "E9"})]
    )
    numbered = replace(before, rows=(replace(before.rows[0], labels={"rule": "E9", "alert": "A-0001"}),))
    moved = replace(before, rows=(replace(before.rows[0], value=Decimal("-6.1")),))
    dated = replace(before, rows=(replace(before.rows[0], date=date(2026, 5, 26)),))
    other = StepEvidence("data", FINE, ())
    assert reopened([before], [numbered], ["currencies"]) == ()
    assert reopened([before], [moved], ["currencies"]) == (moved,)
    assert reopened([before], [dated], ["currencies"]) == (dated,)
    assert reopened([before], [moved], ["corridor"]) == ()
    assert reopened([before], [before, other], ["currencies", "data"]) == (other,)


def test_the_shipped_policy() -> None:
    policy = read_policy(TEXT)
    assert (policy.cut_off, policy.start, policy.decide_by) == (time(8), time(8, 30), time(10))
    assert policy.countersign_by == time(11, 30)
    assert [step.id for step in policy.steps] == [
        "data",
        "fed_liquidity",
        "corridor",
        "currencies",
        "countries",
        "book",
        "open_work",
    ]
    assert {name: policy.mark(name) for name in MARKS} == {
        "book_age_watch": 7,
        "book_age_act": 10,
        "limit_watch": 80,
        "late_act": 90,
        "maturities": 5,
        "due_watch": 2,
    }
    assert all(mark.source for mark in policy.marks.values())
    assert {step.id for step in policy.steps if step.reopens} == {
        "fed_liquidity",
        "corridor",
        "currencies",
        "countries",
    }


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ("[hours]", "[hours", "file", "syntax"),
        ("[late]", "[lately]", "'late'", "missing_or_unknown"),
        ('rule = "book"', 'rule = "tea"', "book", "unknown_rule"),
        ('"corridor"]', '"corridors"]', "corridor", "unknown_family: corridors"),
        ('id = "book"', 'id = "data"', "step", "not_distinct"),
        ("cut_off = 08:00:00", "cut_off = 09:00:00", "hours", "order"),
        ("late_act =", "later_act =", "late_act", "missing_mark"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(old: str, new: str, place: str, problem: str) -> None:
    assert old in TEXT
    with pytest.raises(InvalidPolicy) as caught:
        read_policy(TEXT.replace(old, new, 1))
    assert (caught.value.place, caught.value.problem) == (place, problem)
