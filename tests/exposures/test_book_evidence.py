"""The daily check's book and open-work rows, branch by branch (CALCULATIONS 13); amounts in USD m."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pandas as pd
import pytest

from exposures.book_evidence import BookEvidence, book_rows, limit_rows, no_book, work_rows
from exposures.check_policy import read_policy
from exposures.checking import Evidence, State, Verdict, step_evidence
from exposures.class_rules import ClassRules
from exposures.limits import Limit, LimitState, LimitUse, assess
from exposures.reviews.item import Action, Amounts, ItemKey, Priority, Proposal, ReviewItem, Status
from exposures.reviews.measuring import measure
from tests.exposures.reviews.books import TODAY, book, line

POLICY = read_policy(files("exposures").joinpath("daily_check.toml").read_text("utf-8"))
FINE, WATCH, ACT = Verdict.FINE, Verdict.WATCH, Verdict.ACT
REPORTED = date(2026, 5, 22)


def use(used: int, pending: int = 0, limit: int | None = 120, country: str = "TR") -> LimitUse:
    amount = None if limit is None else Decimal(limit)
    stands = None if amount is None else Limit(country, amount, "USD")
    return LimitUse(country, stands, assess(amount, Decimal(used), Decimal(pending)))


def limits(*uses: LimitUse) -> list[Evidence]:
    return list(limit_rows(uses, REPORTED, "v31", POLICY))


@pytest.mark.parametrize(
    ("used", "pending", "limit", "value", "calls_for"),
    [
        (80, 20, 120, "83.33", WATCH),  # the worked example of CALCULATIONS 3: 100/120
        (95, 1, 120, "80.00", WATCH),  # exactly 80 %
        (95, 0, 120, None, FINE),  # 79.17 %: counted, not shown
        (120, 0, 120, "100.00", WATCH),  # exactly the limit is no breach
        (125, 0, 120, "104.17", ACT),  # the worked example on the immediate basis
        (110, 20, 120, "108.33", WATCH),  # expected, not active
    ],
)
def test_an_active_breach_acts_and_80_percent_with_pending_watches(
    used: int, pending: int, limit: int, value: str | None, calls_for: Verdict
) -> None:
    rows = limits(use(used, pending, limit))
    assert step_evidence("book", rows).verdict is calls_for
    shown = [row for row in rows if row.code == "limit"]
    if value is None:
        assert shown == []
    else:
        assert isinstance(shown[0].value, Decimal)
        assert (round(shown[0].value, 2), shown[0].warning, shown[0].critical) == (Decimal(value), 80, 100)


def test_exposure_under_a_limit_of_zero_is_a_breach() -> None:
    row = limits(use(5, 0, 0))[0]
    assert (row.state, row.calls_for, row.value) == (State.CRITICAL, ACT, None)
    assert limits(use(0, 5, 0))[0].calls_for is WATCH


def test_a_limit_that_cannot_be_compared_is_no_data() -> None:
    bare = use(50)
    unknown = replace(bare, use=replace(bare.use, state=LimitState.NOT_COMPARABLE, share=None, share_with_pending=None))
    row = limits(unknown)[0]
    assert (row.state, row.calls_for) == (State.NO_DATA, WATCH)


def test_countries_without_a_limit_are_counted_and_no_limit_at_all_is_no_data() -> None:
    rows = limits(use(50), use(10, limit=None, country="AR"), use(10, limit=None, country="CL"))
    assert [(row.code, row.value, row.calls_for) for row in rows] == [
        ("limits_within", 1, FINE),
        ("without_limit", 2, FINE),
    ]
    assert [(row.code, row.calls_for) for row in limits(use(10, limit=None))] == [
        ("no_limits", WATCH),
        ("without_limit", FINE),
    ]


def on_book(*lines: dict[str, Any], uses: Iterable[LimitUse] = (use(50),), known: Iterable[str] = ()) -> BookEvidence:
    return book_rows(measure(book(*lines)), uses, list(known), TODAY, POLICY)


def codes(found: BookEvidence) -> dict[str, Evidence]:
    return {row.code: row for row in found.rows}


GOOD = {"days_past_due": 0, "loan_class": "pass", "ifrs_stage": 1}


def test_a_good_book_is_fine() -> None:
    found = on_book(line("A", "c1", "TR", 10, **GOOD))
    assert step_evidence("book", found.rows).verdict is FINE
    assert (found.missing, found.late) == ((), ())
    assert codes(found)["class_findings"].value == 0


def test_a_debtor_newly_more_than_90_days_late_calls_for_an_act() -> None:
    late = {"loan_class": "substandard", "ifrs_stage": 3}
    lines = [
        line("A", "c1", "TR", 10, days_past_due=91, **late),
        line("B", "c1", "TR", 5, days_past_due=120, **late),
        line("C", "c2", "TR", 5, days_past_due=90, loan_class="special_mention", ifrs_stage=2),
    ]
    found = on_book(*lines)
    row = codes(found)["late_new"]
    assert (row.calls_for, row.value, row.unit, row.critical) == (ACT, 120, "days", 90)
    assert (row.labels["subject"], row.labels["counterparty"], row.labels["lines"]) == ("c1", "c1 A.Ş.", "2")
    assert found.late == ("A", "B")
    again = on_book(*lines, known=["A", "B"])
    assert step_evidence("book", again.rows).verdict is FINE
    assert codes(again)["late_known"].value == 2
    partly = on_book(*lines, known=["A"])
    assert (codes(partly)["late_new"].labels["lines"], codes(partly)["late_known"].value) == ("1", 1)


def test_a_repaid_line_is_late_no_more() -> None:
    found = on_book(line("A", "c1", "TR", 0, days_past_due=200), line("B", "c2", "TR", 1, **GOOD))
    assert found.late == ()


def test_a_line_without_a_rate_is_late_all_the_same() -> None:
    found = on_book(line("A", "c1", "TR", 10, days_past_due=91, currency="TRY"), line("B", "c2", "TR", 1, **GOOD))
    assert found.late == ("A",)


def test_class_findings_are_counted_by_case_and_not_judged() -> None:
    """Two lines 60 days late, still 正常 and stage 1: below the minimum (关注), and the stage is rebuttable."""
    bad = {"days_past_due": 60, "loan_class": "pass", "ifrs_stage": 1}
    found = on_book(line("A", "c1", "TR", 10, **bad), line("B", "c2", "TR", 10, **bad))
    shown = {row.labels["case"]: (row.value, row.calls_for) for row in found.rows if row.code == "class_finding"}
    assert shown == {"below_minimum": (2, FINE), "stage_1_late": (2, FINE)}


def test_class_findings_by_the_banks_own_rules_are_counted_too() -> None:
    """Turkey's level allows no 正常; c2 owes 30 % of its debt elsewhere more than 90 days late."""
    rules = ClassRules({"high": "special_mention"}, {"TR": "high"}, {"c2": Decimal(30)})
    reviewed = book(line("A", "c1", "TR", 10, **GOOD), line("B", "c2", "CL", 10, **GOOD))
    found = book_rows(measure(reviewed), (), (), TODAY, POLICY, rules)
    shown = {row.labels["case"]: row.value for row in found.rows if row.code == "class_finding"}
    assert shown == {"below_level": 1, "across_banks": 1}


def test_what_the_book_does_not_say_is_named() -> None:
    found = on_book(line("A", "c1", "TR", 10))
    assert found.missing == ("days_past_due", "loan_class")
    assert not {"class_findings", "class_finding", "late_new"} & codes(found).keys()


def test_the_next_five_days_maturities() -> None:
    """Today to 31 May: 2 + 3 of 12; yesterday's and 1 June's are left out, a repaid line has nothing to pay."""
    lines = [
        line("A", "c1", "TR", 2, maturity=pd.Timestamp("2026-05-26"), **GOOD),
        line("B", "c1", "TR", 3, maturity=pd.Timestamp("2026-05-31"), **GOOD),
        line("C", "c1", "TR", 4, maturity=pd.Timestamp("2026-06-01"), **GOOD),
        line("D", "c1", "TR", 1, maturity=pd.Timestamp("2026-05-25"), **GOOD),
        line("E", "c1", "TR", 2, **GOOD),
        line("F", "c1", "TR", 0, maturity=pd.Timestamp("2026-05-28")),
    ]
    row = codes(on_book(*lines))["maturities"]
    assert (row.value, row.unit, row.date) == (Decimal(5_000_000), "USD", date(2026, 5, 31))
    assert row.labels["lines"] == "2"


def test_without_a_book_the_step_is_watched() -> None:
    assert step_evidence("book", no_book().rows).verdict is WATCH


def item(
    number: int, due: date | None, priority: Priority = Priority.HIGH, status: Status = Status.PROPOSED
) -> ReviewItem:
    key = ItemKey("L1", f"c{number}", "TR", 1)
    proposal = Proposal(
        key, "Anadolu", "immediate", "B", (), None, (), 4, priority, 1, Action.REDUCE, None, None, Amounts(), ()
    )
    at = datetime(2026, 5, 20, tzinfo=UTC)
    return ReviewItem(f"L1-{number:04d}", proposal, status, "Chen Li", due, None, {}, at, at)


@pytest.mark.parametrize(
    ("due", "priority", "status", "calls_for"),
    [
        (date(2026, 5, 25), Priority.HIGH, Status.PROPOSED, ACT),  # overdue by a day
        (date(2026, 5, 25), Priority.MEDIUM, Status.PROPOSED, WATCH),
        (date(2026, 5, 26), Priority.HIGH, Status.PROPOSED, WATCH),  # due today is not overdue
        (date(2026, 5, 28), Priority.LOW, Status.PROPOSED, WATCH),  # two days
        (date(2026, 5, 29), Priority.HIGH, Status.PROPOSED, FINE),  # three
        (None, Priority.HIGH, Status.PROPOSED, FINE),
        (date(2026, 5, 1), Priority.HIGH, Status.CLOSED, FINE),
        (date(2026, 5, 1), Priority.HIGH, Status.IN_WORK, ACT),
    ],
)
def test_open_work(due: date | None, priority: Priority, status: Status, calls_for: Verdict) -> None:
    rows = work_rows([item(1, due, priority, status)], REPORTED, TODAY, POLICY)
    assert step_evidence("open_work", rows).verdict is calls_for
    assert rows[-1].value == (0 if status is Status.CLOSED else 1)
    if calls_for is not FINE:
        assert rows[0].labels["item"] == "L1-0001"
        assert rows[0].value == (due - TODAY).days  # type: ignore[operator]


def test_lists_that_were_never_made_are_no_data() -> None:
    (row,) = work_rows([], None, TODAY, POLICY)
    assert (row.code, row.calls_for) == ("lists_never_made", WATCH)
