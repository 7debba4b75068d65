"""What waits today: every case of the finding, and the sentences made from it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from alerts.alert import Acknowledgement, Alert, Transition
from alerts.monitor import Kind as Event
from alerts.monitor import Phase
from alerts.rule import Band, Comparison, Rule, Severity
from app.bootstrap import Program
from app.services import attending
from app.services.attending import Duty, Kind, counts, first_duty
from app.wording.sentences import sentence

NOW = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)
RULE = Rule(
    "B1",
    "country_utilisation",
    "percent",
    "limits",
    warning=Band(Comparison.AT_LEAST, 80),
    critical=Band(Comparison.AT_LEAST, 90),
)


def alert(country: str = "TR", severity: Severity | None = Severity.CRITICAL, **changed: object) -> Alert:
    """A firing alert of one country."""
    known = datetime(2026, 5, 22, 18, tzinfo=UTC)
    fired = Transition(Event.FIRED, date(2026, 5, 22), 92.0, 90.0, severity, known, 1, known)
    made = Alert(
        "A-0001",
        RULE,
        {"country": country},
        Phase.FIRING,
        severity,
        "percent",
        92.0,
        date(2026, 5, 22),
        90.0,
        90.0,
        date(2026, 5, 22),
        date(2026, 5, 22),
        known,
        None,
        None,
        None,
        False,
        None,
        None,
        (fired,),
    )
    return replace(made, **changed)


def test_the_gravest_alert_comes_before_everything_else():
    duties = (Duty(Kind.ALERT, "critical", alert=alert()), Duty(Kind.BOOK, "todo"))
    assert sentence(first_duty(duties, evaluated=True)) == "First: Turkey, country limit (critical)."


@pytest.mark.parametrize(
    ("duty", "said"),
    [
        (
            Duty(Kind.REVIEWS, "warning", items=9, overdue=2),
            "Start with the review lists: 2 items are overdue.",
        ),
        (Duty(Kind.REVIEWS, "todo", items=1), "No alert waits; 1 review item needs a decision."),
        (Duty(Kind.BOOK, "todo"), "Start with the book: none is imported yet."),
        (
            Duty(Kind.CALENDAR, "warning"),
            "Correct the bank's table of release days first; while it stands nothing is fetched.",
        ),
    ],
)
def test_without_an_alert_the_first_duty_is_named(duty, said):
    assert sentence(first_duty((duty,), evaluated=True)) == said


def test_nothing_to_do_is_told_apart_from_nothing_known():
    assert first_duty((), evaluated=True).case == "today.nothing"
    assert first_duty((), evaluated=False).case == "today.nothing_known"


def test_only_firing_alerts_without_acknowledgement_wait():
    taken = Acknowledgement("li", NOW, "seen", None, None)
    duties = tuple(
        attending._duties(
            [
                alert(severity=Severity.WARNING, id="A-2"),
                alert(id="A-1"),
                alert(id="A-3", acknowledgement=taken),
                alert(id="A-4", resolved=date(2026, 5, 25)),
            ],
            [],
            None,
            0,
            date(2026, 5, 26),
            (),
        )
    )
    assert [duty.alert.id for duty in duties if duty.alert] == ["A-1", "A-2"]
    assert duties[-1].kind is Kind.BOOK


def test_an_empty_workspace_has_one_duty_and_no_figures(program: Program):
    today = program.attending.today()
    assert [duty.kind for duty in today.duties] == [Kind.BOOK]
    assert program.attending.countries().finding.case == "country.no_book"
    assert counts(today) == {}


def test_the_counts_of_the_navigation_are_those_of_the_duties():
    today = attending.Today(
        first_duty((), evaluated=True),
        (Duty(Kind.ALERT, "critical", alert=alert()), Duty(Kind.REVIEWS, "todo", items=23)),
        (),
        (),
    )
    assert counts(today) == {"alerts": (1, "critical"), "reviews": (23, "")}


def test_of_equally_grave_alerts_the_first_country_of_the_card_comes_first():
    """The Overview's two cards begin with the same country; gravity goes before it, age after it."""
    late = alert("CL", id="A-1", since=date(2026, 5, 1))
    first = alert("TR", id="A-2", since=date(2026, 5, 20))
    fed = alert(id="A-3", labels={}, since=date(2026, 4, 1))
    mild = alert("TR", Severity.WARNING, id="A-4")
    found = attending._duties([late, fed, mild, first], [], None, 0, date(2026, 5, 26), ("TR", "CL"))
    assert [duty.alert.id for duty in found if duty.alert] == ["A-2", "A-1", "A-3", "A-4"]
