"""What an alert and a list of alerts say: every case."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alerts.alert import Acknowledgement, Alert, Transition, finding, standing, summary, working_days
from alerts.finding import Finding
from alerts.monitor import Kind, Phase
from alerts.rule import Severity
from tests.alerts.timeline import rule

NOW = datetime(2026, 5, 26, 8, 31, tzinfo=UTC)
FRIDAY = date(2026, 5, 22)


def _told(kind: Kind) -> Transition:
    return Transition(kind, FRIDAY, -5.2, -5, Severity.CRITICAL, NOW - timedelta(days=4), 1, NOW)


FIRING = Alert(
    id="A-0001",
    rule=rule("<", -3, -5, recovery=-2, critical_recovery=-4),
    labels={"country": "TR"},
    phase=Phase.FIRING,
    severity=Severity.CRITICAL,
    unit="percent",
    value=-6.1,
    observed=date(2026, 5, 25),
    threshold=-5,
    clears_at=-4,
    episode=date(2026, 5, 21),
    since=FRIDAY,
    since_known=datetime(2026, 5, 22, 9, 2, tzinfo=UTC),
    resolved=None,
    passed=None,
    needed=None,
    stale=False,
    fault=None,
    acknowledgement=None,
    history=(_told(Kind.FIRED),),
)
SEEN = Acknowledgement("Chen Li", NOW, "seen", None, None)
PENDING = replace(FIRING, phase=Phase.PENDING, severity=None, passed=2, needed=3, history=(_told(Kind.PENDING),))
RECOVERING = replace(FIRING, phase=Phase.RECOVERING, history=(_told(Kind.FIRED), _told(Kind.RECOVERING)))
RESOLVED = replace(FIRING, phase=Phase.NORMAL, resolved=FRIDAY, history=(_told(Kind.FIRED), _told(Kind.RESOLVED)))

ANEW = Transition(Kind.REVISED, None, None, None, None, None, 1, NOW)


@pytest.mark.parametrize(
    ("alert", "case"),
    [
        (FIRING, "alerts.firing"),
        (PENDING, "alerts.pending"),
        (RECOVERING, "alerts.recovering"),
        (replace(FIRING, stale=True), "alerts.stale"),
        (replace(FIRING, phase=Phase.ERROR, fault="alerts.lack.unit"), "alerts.error"),
        (RESOLVED, "alerts.resolved"),
        (replace(RESOLVED, history=(_told(Kind.PENDING), _told(Kind.LAPSED))), "alerts.lapsed"),
        (replace(RESOLVED, phase=Phase.NO_DATA, history=(_told(Kind.FIRED), _told(Kind.NO_DATA))), "alerts.lost"),
        (replace(RESOLVED, history=(_told(Kind.FIRED), ANEW)), "alerts.withdrawn"),
    ],
)
def test_what_one_alert_says(alert: Alert, case: str) -> None:
    said = summary(alert)
    assert said.case == case
    assert (said.values["value"], said.values["threshold"], said.values["clears_at"]) == (-6.1, -5, -4)
    assert said.values["upward"] is False


def test_what_a_list_says() -> None:
    assert finding([], NOW) == Finding("alerts.none", {"firing": 0, "critical": 0, "others": 0})
    assert finding([RESOLVED], NOW).case == "alerts.none"
    assert finding([PENDING, RECOVERING], NOW) == Finding(
        "alerts.none_firing", {"firing": 0, "critical": 0, "others": 2}
    )
    seen = replace(FIRING, acknowledgement=SEEN)
    assert finding([seen, PENDING], NOW) == Finding(
        "alerts.all_acknowledged", {"firing": 1, "critical": 1, "others": 1}
    )
    warning = replace(FIRING, severity=Severity.WARNING)
    # Known on Friday the 22nd; today is Tuesday the 26th: Monday and Tuesday lie between.
    assert finding([seen, FIRING, warning, warning, warning], NOW) == Finding(
        "alerts.unacknowledged", {"firing": 5, "critical": 2, "others": 0, "days": 2}
    )
    dropped = replace(FIRING, acknowledgement=replace(SEEN, dropped="raised"))
    assert finding([dropped], NOW).case == "alerts.unacknowledged"


def test_a_lost_figure_does_not_stop_the_firing() -> None:
    broken = replace(FIRING, phase=Phase.ERROR, fault="alerts.lack.readings")
    assert broken.fires
    assert not replace(RECOVERING, phase=Phase.ERROR, fault="alerts.lack.readings").fires
    assert not PENDING.fires
    assert replace(RECOVERING, history=(*RECOVERING.history, ANEW)).recovering


def test_working_days_leave_out_the_weekend() -> None:
    assert working_days(FRIDAY, FRIDAY) == 0
    assert working_days(FRIDAY, date(2026, 5, 24)) == 0
    assert working_days(FRIDAY, date(2026, 5, 25)) == 1
    assert working_days(date(2026, 5, 27), FRIDAY) == 0


def test_why_an_acknowledgement_no_longer_stands() -> None:
    assert standing(False, None, NOW) is None
    assert standing(False, NOW + timedelta(seconds=1), NOW) is None
    assert standing(False, NOW, NOW) == "expired"
    assert standing(True, NOW + timedelta(days=1), NOW) == "raised"
