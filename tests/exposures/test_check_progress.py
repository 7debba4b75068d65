"""How far a check is: every case, from decisions made by hand (CALCULATIONS 13: the day is as bad as its worst)."""

from datetime import UTC, datetime

import pytest

from exposures.check_progress import progress
from exposures.checking import Decided, Verdict

STEPS = ("data", "corridor", "currencies")
AT = datetime(2026, 5, 26, 1, 0, tzinfo=UTC)


def decided(step: str, decision: Verdict, verdict: Verdict = Verdict.FINE) -> Decided:
    return Decided(step, verdict, decision, "", "li", AT)


ALL = [decided("data", Verdict.FINE), decided("corridor", Verdict.ACT), decided("currencies", Verdict.ACT)]


@pytest.mark.parametrize(
    ("decisions", "maker", "checker", "needs", "late", "case"),
    [
        ([], None, None, False, 0, "none"),
        (ALL[:1], None, None, False, 0, "open"),
        (ALL, None, None, False, 0, "ready"),
        (ALL, "li", None, True, 0, "with_checker"),
        (ALL, "li", "wu", True, 0, "signed"),
        (ALL, "li", None, False, 0, "signed"),
        (ALL, "li", "wu", True, 2, "late_evidence"),
    ],
)
def test_where_a_check_stands(decisions, maker, checker, needs, late, case) -> None:
    assert progress(STEPS, decisions, maker, checker, needs, late).case == f"check.progress.{case}"


def test_the_first_of_the_worst_decisions_is_the_cause() -> None:
    found = progress(STEPS, list(reversed(ALL)), None, None, False)
    assert (found.values["verdict"], found.values["step"], found.values["place"]) == ("act", "corridor", 2)


def test_what_is_counted_adds_up_to_the_steps() -> None:
    found = progress(STEPS, ALL[:2], None, None, False).values
    assert (found["fine"], found["watch"], found["act"], found["open"]) == (1, 0, 1, 1)


def test_nothing_decided_has_no_verdict() -> None:
    found = progress(STEPS, [], None, None, False).values
    assert (found["verdict"], found["place"], found["open"]) == (None, None, 3)
