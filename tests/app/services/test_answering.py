"""Notices, silences, acknowledgements with terms, escalation, outcomes: over readings given by the test."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.bootstrap import Program
from app.refusals import Misused, Refused
from app.services.answering import Answering
from app.services.monitoring import Monitoring
from app.storage import audit
from app.storage.answers import Outcome
from tests.app.services.test_monitoring import USE, Given
from tests.conftest import Clock

RULE = replace(USE, keep=0, owner="Wu Fang", escalate_to="Chen Li", escalate_hours=4)


@pytest.fixture
def given_readings() -> Given:
    return Given()


@pytest.fixture
def monitoring(program: Program, given_readings: Given) -> Monitoring:
    made = Monitoring(program.database, program.events, program.clock, "li", [given_readings])
    made.set_rule(RULE, "for the test")
    return made


@pytest.fixture
def answering(program: Program, monitoring: Monitoring) -> Answering:
    return Answering(program.database, program.events, program.clock, "li", monitoring)


def _told(answering: Answering) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.recipient, one.hidden) for one in reversed(answering.inbox())]


def test_what_is_new_is_told_and_history_is_not(
    monitoring: Monitoring, answering: Answering, given_readings: Given
) -> None:
    # Years of past evaluated for the first time come to one notice: it fires now.
    given_readings.say("TR", 85, 70, 70, 70, 70, 70, 70, 70, 70, 70, 85)
    monitoring.evaluate()
    assert _told(answering) == [("fired", "Wu Fang", "")]
    given_readings.say("TR", 95, 86, 84, 70, 70, 70)
    monitoring.evaluate()
    # Raised is told, lowered is not, the end is.
    assert [kind for kind, _, _ in _told(answering)] == ["fired", "raised", "resolved"]
    assert monitoring.evaluate().transitions == 0
    assert len(_told(answering)) == 3


def test_a_revision_tells_what_it_comes_to(monitoring: Monitoring, answering: Answering, given_readings: Given) -> None:
    given_readings.say("TR", 70, 70, 70)
    monitoring.evaluate()
    last = max(given_readings.rows["TR"])
    given_readings.rows["TR"][last] = 92.0
    monitoring.evaluate()
    given_readings.rows["TR"][last] = 70.0
    monitoring.evaluate()
    assert [kind for kind, _, _ in _told(answering)] == ["fired", "resolved"]


def test_flapping_is_told_once_and_the_problem_that_remains(
    monitoring: Monitoring, answering: Answering, given_readings: Given, clock: Clock
) -> None:
    clock.now = datetime(2026, 7, 1, tzinfo=UTC)
    given_readings.say("TR", 70)
    monitoring.evaluate()
    for value in [85.0, 70.0] * 6 + [85.0] * 20:
        given_readings.say("TR", value)
        monitoring.evaluate()
    kinds = [kind for kind, _, _ in _told(answering)]
    assert kinds == ["fired", "resolved", "fired", "resolved", "fired", "flapping", "remains"]


def test_a_silence_hides_and_tells_again_at_its_end(
    monitoring: Monitoring, answering: Answering, given_readings: Given, clock: Clock
) -> None:
    """C16: the state goes on, only the notice is hidden; when the silence is over it is told at once."""
    clock.now = datetime(2026, 5, 26, 9, tzinfo=UTC)
    made = answering.silence({"country": "TR"}, clock.now + timedelta(days=10), "audited today")
    given_readings.say("TR", 85)
    given_readings.say("AR", 85)
    monitoring.evaluate()
    assert sorted(_told(answering)) == [("fired", "Wu Fang", ""), ("fired", "Wu Fang", f"silence:{made.id}")]
    silenced = answering.silenced(monitoring.alerts())
    assert [monitoring.alert(id).labels["country"] for id in silenced] == ["TR"]
    # A day before the end its author is reminded, once.
    clock.advance(days=9, hours=1)
    monitoring.acknowledge(next(a.id for a in monitoring.alerts() if a.labels["country"] == "AR"), "seen")
    answering.attend()
    assert answering.attend() == 0
    assert ("silence_ends", "li", "") in _told(answering)
    clock.advance(days=1)
    answering.attend()
    assert _told(answering)[-1][0] == "escalated" or ("remains", "Wu Fang", "") in _told(answering)
    assert ("remains", "Wu Fang", "") in _told(answering)
    assert answering.attend() == 0
    assert answering.silences(running=True) == ()


def test_a_silence_ends_early_by_hand(answering: Answering, clock: Clock, program: Program) -> None:
    made = answering.silence({"rule": "U"}, clock.now + timedelta(days=2), "known")
    ended = answering.end_silence(made.id, "wrong one")
    assert ended.until == clock.now
    assert answering.silences(running=True) == ()
    with pytest.raises(Refused, match=r"silences\.over"):
        answering.end_silence(made.id, "again")
    with pytest.raises(Misused, match=r"silences\.unknown"):
        answering.end_silence(99, "")
    with program.database.read() as connection:
        actions = [row["action"] for row in audit.trail(connection, subject=f"S-{made.id}")]
    assert actions == ["silence.start", "silence.end"]


@pytest.mark.parametrize(
    ("matchers", "days", "comment", "code"),
    [
        ({}, 1, "x", "silences.no_matcher"),
        ({"rule": " "}, 1, "x", "silences.no_matcher"),
        ({"rule": "U"}, 1, " ", "silences.comment_missing"),
        ({"rule": "U"}, 0, "x", "silences.end_past"),
        ({"rule": "U"}, 91, "x", "silences.too_long"),
    ],
)
def test_silences_that_are_refused(
    answering: Answering, clock: Clock, matchers: dict[str, str], days: int, comment: str, code: str
) -> None:
    with pytest.raises(Refused) as error:
        answering.silence(matchers, clock.now + timedelta(days=days), comment)
    assert error.value.code == code


def test_an_acknowledgement_carries_an_owner_and_a_value(
    monitoring: Monitoring, answering: Answering, given_readings: Given, clock: Clock
) -> None:
    given_readings.say("TR", 82)
    monitoring.evaluate()
    with pytest.raises(Refused, match=r"alerts\.beyond_already"):
        monitoring.acknowledge("A-0001", "known", beyond=81.0)
    alert = monitoring.acknowledge("A-0001", "limit is being raised", owner="Wu Fang", beyond=86.0)
    assert alert.acknowledgement is not None
    assert (alert.acknowledgement.owner, alert.acknowledgement.who) == ("Wu Fang", "li")
    given_readings.say("TR", 86)
    monitoring.evaluate()
    assert monitoring.alert("A-0001").acknowledged
    # Beyond it for one observation is enough, also when the next one is back.
    clock.advance(hours=1)
    given_readings.say("TR", 87, 83)
    monitoring.evaluate()
    note = monitoring.alert("A-0001").acknowledgement
    assert note is not None
    assert note.dropped == "beyond"
    answering.attend()
    assert ("expired", "Wu Fang", "") in _told(answering)
    clock.advance(hours=1)
    assert monitoring.acknowledge("A-0001", "once more").acknowledged


def test_an_acknowledgement_that_ends_is_told_again_and_escalates_after_its_time(
    monitoring: Monitoring, answering: Answering, given_readings: Given, clock: Clock
) -> None:
    given_readings.say("TR", 85)
    monitoring.evaluate()
    monitoring.acknowledge("A-0001", "until tomorrow", clock.now + timedelta(hours=10))
    clock.advance(hours=9)
    assert answering.attend() == 0
    clock.advance(hours=2)
    assert answering.attend() == 1
    assert [kind for kind, _, _ in _told(answering)] == ["fired", "expired"]
    # Four hours after the acknowledgement ended the second person is told, once.
    clock.advance(hours=3)
    answering.attend()
    answering.attend()
    assert _told(answering)[-1] == ("escalated", "Chen Li", "")
    assert len(_told(answering)) == 3


def test_nobody_is_bothered_while_it_is_acknowledged(
    monitoring: Monitoring, answering: Answering, given_readings: Given, clock: Clock
) -> None:
    given_readings.say("TR", 85)
    monitoring.evaluate()
    monitoring.acknowledge("A-0001", "known")
    clock.advance(days=5)
    assert answering.attend() == 0


def test_how_an_alert_turned_out(monitoring: Monitoring, answering: Answering, given_readings: Given) -> None:
    given_readings.say("TR", 85)
    monitoring.evaluate()
    with pytest.raises(Refused, match=r"alerts\.still_open"):
        answering.close("A-0001", Outcome.FALSE)
    given_readings.say("TR", 70)
    monitoring.evaluate()
    answering.close("A-0001", Outcome.FALSE, "holiday")
    answering.close("A-0001", Outcome.KNOWN, "after all")
    assert answering.outcomes("U") == {Outcome.TRUE: 0, Outcome.FALSE: 0, Outcome.KNOWN: 1}
    assert [one.value for one in answering.actions("A-0001")] == ["false", "known"]


def test_two_rules_of_one_country_are_told_apart(
    monitoring: Monitoring, answering: Answering, given_readings: Given
) -> None:
    monitoring.set_rule(replace(RULE, id="V"), "second")
    given_readings.say("TR", 85)
    monitoring.evaluate()
    assert len(_told(answering)) == 2
