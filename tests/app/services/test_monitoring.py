"""Evaluating, keeping history, acknowledging: over readings given by the test, then over the real published series."""

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.alert import Alert
from alerts.finding import Finding
from alerts.metric import Metric, Reading, Readings
from alerts.monitor import Kind, Phase
from alerts.rule import Band, Comparison, Rule, Severity
from app.bootstrap import Program, open_program
from app.events import AlertsChanged, Event
from app.refusals import Misused, Refused
from app.services.monitoring import Monitoring
from app.storage import alerts as stored
from app.storage import audit
from tests.app.services.workbooks import write_csv
from tests.conftest import Clock

START = date(2026, 5, 1)
USE = Rule(
    "U",
    "use",
    "percent",
    "limits",
    warning=Band(Comparison.AT_LEAST, 80, recovery=75),
    critical=Band(Comparison.AT_LEAST, 90, recovery=85),
    keep=1,
)


class Given:
    """Readings a test sets: values by labels from START on, each known at 18:00 of its day."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[date, float | None]] = {}
        self.unit = "percent"
        self.twice = False

    def say(self, country: str, *values: float | None) -> None:
        rows = self.rows.setdefault(country, {})
        for value in values:
            rows[START + timedelta(days=len(rows))] = value

    def readings(self, metric_ids: Collection[str], as_of: datetime) -> Iterator[Readings]:
        for country, rows in self.rows.items() if "use" in metric_ids else ():
            metric = Metric("use", self.unit, {"country": country} if country else {})
            known = [
                Reading(metric, day, value, datetime(day.year, day.month, day.day, 18, tzinfo=UTC))
                for day, value in rows.items()
            ]
            columns = Readings.of(metric, [reading for reading in known if reading.known_from <= as_of])
            yield from [columns] * (2 if self.twice else 1)


@pytest.fixture
def given_readings() -> Given:
    return Given()


@pytest.fixture
def monitoring(program: Program, given_readings: Given) -> Monitoring:
    return _monitoring(program, given_readings)


def _monitoring(program: Program, source: Given) -> Monitoring:
    made = Monitoring(program.database, program.events, program.clock, "Chen Li", [source])
    made.set_rule(USE, "for the test")
    return made


def _kinds(alert: Alert) -> list[Kind]:
    return [told.kind for told in alert.history]


def test_an_alert_from_first_hit_to_its_end(monitoring: Monitoring, given_readings: Given) -> None:
    given_readings.say("TR", 70, 82)
    monitoring.evaluate()
    (alert,) = monitoring.alerts()
    assert (alert.id, alert.phase, alert.severity, alert.value) == ("A-0001", Phase.FIRING, Severity.WARNING, 82)
    assert (alert.threshold, alert.clears_at, alert.observed) == (80, 75, date(2026, 5, 2))
    assert alert.since_known == datetime(2026, 5, 2, 18, tzinfo=UTC)
    assert alert.labels == {"country": "TR"}
    given_readings.say("TR", 92, 84, 70)
    monitoring.evaluate()
    (alert,) = monitoring.alerts()
    assert (alert.phase, alert.passed, alert.needed) == (Phase.RECOVERING, 0, 1)
    given_readings.say("TR", 71)
    monitoring.evaluate()
    (alert,) = monitoring.alerts()
    assert (alert.open, alert.phase, alert.resolved) == (False, Phase.NORMAL, date(2026, 5, 6))
    assert _kinds(alert) == [Kind.FIRED, Kind.RAISED, Kind.LOWERED, Kind.RECOVERING, Kind.RESOLVED]
    given_readings.say("TR", 95)
    monitoring.evaluate()
    assert [(one.id, one.open) for one in monitoring.alerts()] == [("A-0002", True), ("A-0001", False)]


def test_evaluating_again_does_nothing_and_tells_nobody(
    monitoring: Monitoring, given_readings: Given, program: Program
) -> None:
    heard: list[Event] = []
    program.events.subscribe(heard.append)
    given_readings.say("TR", 70, 95, None)
    assert monitoring.evaluate().transitions == 1
    before = monitoring.alerts()
    assert heard == [AlertsChanged()]
    assert monitoring.evaluate().transitions == 0
    assert (monitoring.alerts(), heard) == (before, [AlertsChanged()])


def test_one_rule_makes_an_alert_for_every_set_of_labels(monitoring: Monitoring, given_readings: Given) -> None:
    given_readings.say("TR", 85)
    given_readings.say("AR", 95)
    given_readings.say("CL", 20)
    monitoring.evaluate()
    assert [(alert.labels["country"], alert.severity) for alert in monitoring.alerts()] == [
        ("AR", Severity.CRITICAL),
        ("TR", Severity.WARNING),
    ]


def test_what_is_no_longer_read_is_not_resolved(monitoring: Monitoring, given_readings: Given) -> None:
    given_readings.say("TR", 85)
    monitoring.evaluate()
    saved, given_readings.rows = given_readings.rows, {}
    monitoring.evaluate()
    (alert,) = monitoring.alerts()
    assert (alert.phase, alert.stale) == (Phase.FIRING, True)
    given_readings.rows = saved
    monitoring.evaluate()
    assert not monitoring.alerts()[0].stale


def test_a_revision_is_evaluated_anew_and_logged(monitoring: Monitoring, given_readings: Given) -> None:
    given_readings.say("TR", 70, 85, 86)
    monitoring.evaluate()
    monitoring.acknowledge("A-0001", "known")
    given_readings.rows["TR"][START] = 81.0
    done = monitoring.evaluate()
    (alert,) = monitoring.alerts()
    # The running episode begins a day earlier now; it keeps its number and the acknowledgement.
    assert (alert.id, alert.episode, alert.acknowledged) == ("A-0001", START, True)
    assert (_kinds(alert), done.transitions) == ([Kind.FIRED, Kind.REVISED], 1)
    given_readings.rows["TR"][START] = 79.0
    monitoring.evaluate()
    (alert,) = monitoring.alerts()
    assert alert.episode == date(2026, 5, 2)
    given_readings.rows["TR"] |= {date(2026, 5, 2): 60.0, date(2026, 5, 3): 61.0}
    monitoring.evaluate()
    # By the revised figures it never fired; who acknowledged it still finds it, and what ended it.
    (alert,) = monitoring.alerts()
    assert (alert.id, alert.open, alert.resolved) == ("A-0001", False, date(2026, 5, 26))
    assert (_kinds(alert)[0], _kinds(alert)[-1]) == (Kind.FIRED, Kind.REVISED)
    assert alert.acknowledgement is not None


def test_nothing_that_was_stored_is_ever_taken_away(
    monitoring: Monitoring, given_readings: Given, program: Program
) -> None:
    given_readings.say("TR", 70, 85, 86)
    monitoring.evaluate()
    before = _rows(program)
    given_readings.rows["TR"][START] = 95.0
    monitoring.evaluate()
    assert _rows(program)[: len(before)] == before
    assert len(_rows(program)) > len(before)


def _rows(program: Program) -> list[tuple[object, ...]]:
    with program.database.read() as connection:
        return [tuple(row) for row in connection.execute(stored.alert_event.select())]


def test_an_edited_rule_is_replayed(monitoring: Monitoring, given_readings: Given) -> None:
    given_readings.say("TR", 70, 85, 86)
    monitoring.evaluate()
    assert USE.warning is not None
    edited = monitoring.set_rule(replace(USE, warning=replace(USE.warning, hold=5), critical=None), "wait longer")
    assert edited.version == 2
    monitoring.evaluate()
    (alert,) = monitoring.alerts()
    # C23: firing goes back to pending; C25: text and numbers never split an episode.
    assert (alert.id, alert.phase, alert.passed, alert.needed) == ("A-0001", Phase.PENDING, 1, 5)
    assert Kind.RULE_CHANGED in _kinds(alert)


def test_a_new_rationale_is_a_new_version_of_the_same_alert(monitoring: Monitoring, given_readings: Given) -> None:
    given_readings.say("TR", 70, 85)
    monitoring.evaluate()
    monitoring.set_rule(replace(USE, rationale="better words"), "better words")
    monitoring.evaluate()
    (alert,) = monitoring.alerts()
    assert (alert.id, alert.rule.version, alert.episode) == ("A-0001", 2, date(2026, 5, 2))


def test_two_figures_under_one_name_are_an_error_and_not_two_alerts(
    monitoring: Monitoring, given_readings: Given
) -> None:
    given_readings.say("TR", 85)
    monitoring.evaluate()
    given_readings.twice = True
    done = monitoring.evaluate()
    lacks = {one.rule.id: one.lack for one in done.not_evaluable}
    assert lacks["U"] == Finding("alerts.lack.duplicate", {"metric": "use", "scope": "country=TR"})
    (alert,) = monitoring.alerts()
    assert (alert.phase, alert.fault, alert.fires) == (Phase.ERROR, "alerts.lack.duplicate", True)
    given_readings.twice = False
    monitoring.evaluate()
    assert monitoring.alerts()[0].phase is Phase.FIRING


def test_another_unit_than_the_rule_is_written_in(monitoring: Monitoring, given_readings: Given) -> None:
    given_readings.say("TR", 85)
    given_readings.unit = "ratio"
    done = monitoring.evaluate()
    lacks = {one.rule.id: one.lack for one in done.not_evaluable}
    assert lacks["U"].case == "alerts.lack.unit"
    assert done.alerts == ()


def test_rules_without_figures_are_listed_with_what_they_lack(monitoring: Monitoring) -> None:
    lacks = {one.rule.id: one.lack for one in monitoring.not_evaluable()}
    assert lacks["E9"] == Finding("alerts.lack.readings", {"metric": "FX"})
    assert "L7" not in lacks  # switched off


def test_looking_back_leaves_no_trace(monitoring: Monitoring, given_readings: Given, program: Program) -> None:
    given_readings.say("TR", 85, 95, 60, 60)
    monitoring.evaluate()
    before = (_rows(program), monitoring.alerts())
    done = monitoring.evaluate(date(2026, 5, 2))
    assert (done.stored, done.transitions) == (False, 0)
    assert [(alert.id, alert.severity, alert.value) for alert in done.alerts] == [("A-0001", Severity.CRITICAL, 95)]
    assert (_rows(program), monitoring.alerts()) == before


def test_catching_up_day_by_day_ends_where_one_evaluation_does(
    monitoring: Monitoring, given_readings: Given, program: Program, tmp_path: Path, clock: Clock
) -> None:
    given_readings.say("TR", 70, 85, None, 95, 84, 70, 83, 60, 60, 91)
    for place in range(10):
        monitoring.evaluate(START + timedelta(days=place))
    with open_program(tmp_path / "other", clock=clock) as other:
        at_once = _monitoring(other, given_readings)
        at_once.evaluate()
        assert _told(at_once.alerts(None)) == _told(monitoring.alerts(None))


def _told(alerts: Sequence[Alert]) -> list[tuple[object, ...]]:
    return [
        (alert.id, alert.phase, alert.severity, alert.value, alert.episode, alert.resolved, _kinds(alert))
        for alert in alerts
    ]


def test_a_clock_that_was_set_back_hides_nothing(monitoring: Monitoring, given_readings: Given, clock: Clock) -> None:
    given_readings.say("TR", 70, 85)
    monitoring.evaluate()
    clock.now = datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert monitoring.evaluate().stored
    assert monitoring.alerts()[0].phase is Phase.FIRING


def test_acknowledging_needs_a_reason_and_is_audited(
    monitoring: Monitoring, given_readings: Given, program: Program
) -> None:
    given_readings.say("TR", 85)
    monitoring.evaluate()
    with pytest.raises(Refused, match=r"alerts\.reason_missing"):
        monitoring.acknowledge("A-0001", "  ")
    with pytest.raises(Misused, match=r"alerts\.unknown"):
        monitoring.acknowledge("A-0009", "x")
    with pytest.raises(Refused, match=r"alerts\.until_past"):
        monitoring.acknowledge("A-0001", "x", date(2026, 5, 1))
    alert = monitoring.acknowledge("a-1", "Rate decision on Thursday.", date(2026, 5, 28))
    note = alert.acknowledgement
    assert note is not None
    assert (note.who, note.reason, note.dropped) == ("Chen Li", "Rate decision on Thursday.", None)
    with program.database.read() as connection:
        (row,) = audit.trail(connection, subject="A-0001")
    assert (row["action"], row["who"], row["reason"]) == ("alert.acknowledge", "Chen Li", note.reason)


def test_an_acknowledgement_ends_when_it_gets_worse_and_stays_when_it_gets_better(
    monitoring: Monitoring, given_readings: Given
) -> None:
    given_readings.say("TR", 95)
    monitoring.evaluate()
    assert monitoring.acknowledge("A-0001", "seen").acknowledged
    given_readings.say("TR", 84)
    monitoring.evaluate()
    assert monitoring.alerts()[0].acknowledged
    given_readings.say("TR", 92)
    monitoring.evaluate()
    note = monitoring.alerts()[0].acknowledgement
    assert note is not None
    assert note.dropped == "raised"
    assert monitoring.acknowledge("A-0001", "seen again").acknowledged


def test_an_acknowledgement_ends_with_its_time(monitoring: Monitoring, given_readings: Given, clock: Clock) -> None:
    given_readings.say("TR", 95)
    monitoring.evaluate()
    monitoring.acknowledge("A-0001", "seen", datetime(2026, 5, 28, 18, tzinfo=UTC))
    clock.now = datetime(2026, 5, 28, 17, 59, tzinfo=UTC)
    assert monitoring.alerts()[0].acknowledged
    clock.now = datetime(2026, 5, 28, 18, tzinfo=UTC)
    note = monitoring.alerts()[0].acknowledgement
    assert note is not None
    assert note.dropped == "expired"


def test_only_what_fires_can_be_acknowledged(monitoring: Monitoring, given_readings: Given) -> None:
    given_readings.say("TR", 95, 60, 60)
    monitoring.evaluate()
    with pytest.raises(Refused, match=r"alerts\.not_firing"):
        monitoring.acknowledge("A-0001", "late")


def test_the_list_says_what_waits(monitoring: Monitoring, given_readings: Given) -> None:
    # Firing since Fri 22 May, today is Tue 26 May: two working days after it.
    given_readings.say("TR", *[70.0] * 21, 95)
    monitoring.evaluate()
    assert monitoring.finding() == Finding(
        "alerts.unacknowledged", {"firing": 1, "critical": 1, "others": 0, "days": 2}
    )


def test_evidence_is_what_the_rule_saw(monitoring: Monitoring, given_readings: Given) -> None:
    given_readings.say("TR", 70, 85)
    given_readings.say("AR", 10, 20)
    monitoring.evaluate()
    evidence = monitoring.evidence("A-0001")
    assert (evidence.values.tolist(), evidence.unit, evidence.observed_unit) == ([70, 85], "percent", "percent")
    given_readings.rows = {}
    with pytest.raises(Refused, match=r"alerts\.no_evidence"):
        monitoring.evidence("A-0001")


def test_resolved_alerts_leave_the_list_after_thirty_days(
    monitoring: Monitoring, given_readings: Given, clock: Clock
) -> None:
    given_readings.say("TR", 95, 60, 60)
    monitoring.evaluate()
    clock.now = datetime(2026, 6, 2, 1, tzinfo=UTC)
    assert len(monitoring.alerts()) == 1
    clock.now = datetime(2026, 6, 3, 1, tzinfo=UTC)
    assert monitoring.alerts() == ()
    assert len(monitoring.alerts(None)) == 1


def test_shipped_rules_come_once_and_an_edited_one_stays(monitoring: Monitoring) -> None:
    first = {rule.id: rule for rule in monitoring.rules()}
    mine = monitoring.set_rule(replace(first["L1"], owner="Wu Fang"), "owner named")
    again = {rule.id: rule for rule in monitoring.rules()}
    assert (mine.version, again["L1"]) == (2, mine)
    assert {rule.version for rule in again.values()} == {1, 2}
    with pytest.raises(Refused, match=r"alerts\.reason_missing"):
        monitoring.set_rule(mine, "")


def test_a_switched_off_rule_shows_no_open_alert(monitoring: Monitoring, given_readings: Given) -> None:
    given_readings.say("TR", 95)
    monitoring.evaluate()
    monitoring.set_rule(replace(USE, enabled=False), "too loud")
    monitoring.evaluate()
    assert monitoring.alerts() == ()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([60.0, 78.0, 82.0, 88.0, 95.0, None]), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.sampled_from([60.0, 82.0, 95.0])), max_size=3),
)
def test_live_with_revisions_equals_replay_from_scratch(
    tmp_path_factory: pytest.TempPathFactory, values: list[float | None], revisions: list[tuple[int, float]]
) -> None:
    clock, source = Clock(), Given()
    with open_program(tmp_path_factory.mktemp("live"), clock=clock) as live:
        one = _monitoring(live, source)
        for place, value in enumerate(values):
            source.say("TR", value)
            for at, revised in revisions:
                if at == place and at > 0:
                    source.rows["TR"][START + timedelta(days=at // 2)] = revised
            one.evaluate()
        with open_program(tmp_path_factory.mktemp("scratch"), clock=clock) as scratch:
            other = _monitoring(scratch, source)
            other.evaluate()
            assert _timelines(live) == _timelines(scratch)
            running = [[alert.phase for alert in of.alerts() if alert.open] for of in (one, other)]
            assert running[0] == running[1]


def _timelines(program: Program) -> dict[tuple[str, str], list[object]]:
    with program.database.read() as connection:
        lines = stored.timelines(connection)
        states = {key: standing.state for key, standing in stored.standings(connection).items()}
    return {key: [states[key], *[noted.event for noted, _ in lines.get(key, ())]] for key in states}


def test_a_country_limit_fires_and_a_higher_one_ends_it(program: Program, tmp_path: Path, clock: Clock) -> None:
    """1,842 of 2,000 is 92.1 %: critical; of 3,000 it is 61.4 %."""
    program.limiting.set("TR", Decimal(2000), "USD")
    book = write_csv(tmp_path / "book.csv", "1,Ege,TR,loan,USD,1800,42")
    program.importing.commit(book, date(2026, 5, 15))
    (alert,) = [one for one in program.monitoring.alerts() if one.rule.id == "X1"]
    assert (alert.rule.id, alert.labels, alert.severity) == ("X1", {"country": "TR"}, Severity.CRITICAL)
    assert (alert.value, alert.threshold) == (pytest.approx(92.1), 90)
    assert alert.observed == date(2026, 5, 15)
    program.monitoring.acknowledge(alert.id, "Limit is being raised.")
    clock.advance(hours=1)
    program.limiting.set("TR", Decimal(3000), "USD")
    (alert,) = [one for one in program.monitoring.alerts() if one.rule.id == "X1"]
    assert (alert.open, alert.resolved) == (False, date(2026, 5, 26))


@pytest.mark.shared
def test_the_sofr_jumps_of_september_2019(program: Program, clock: Clock, shared_data: Path) -> None:
    """SOFR file: 2.20 on the 13th, 2.43 on the 16th, 5.25 on the 17th, 2.55 on the 18th."""
    program.refreshing.take_in(shared_data / "fred")
    jumps = [alert for alert in program.monitoring.alerts(None) if alert.rule.id == "L2"]
    (september,) = [alert for alert in jumps if alert.episode == date(2019, 9, 16)]
    assert [(told.kind, told.observed, told.value) for told in september.history] == [
        (Kind.FIRED, date(2019, 9, 16), 23),
        (Kind.RESOLVED, date(2019, 9, 18), -270),
    ]
    assert september.severity is Severity.CRITICAL
    evidence = program.monitoring.evidence(september.id)
    seen = dict(zip(evidence.dates.tolist(), evidence.values.tolist(), strict=True))
    assert seen[date(2019, 9, 17)] == 282
    # From 2021-05 the target range is stored: no day on which the Committee moved it fires.
    rows = (shared_data / "fred" / "DFEDTARU.csv").read_text().splitlines()[1:]
    tops = [(date.fromisoformat(row.split(",")[0]), row.split(",")[1]) for row in rows]
    moves = {day for (_, before), (day, top) in pairwise(tops) if before != top}
    assert len(moves) > 15
    fired = {told.observed for alert in jumps for told in alert.history if told.kind is Kind.FIRED}
    assert not moves & fired


def test_two_processes_evaluate_at_once_and_nothing_is_stored_twice(
    program: Program, given_readings: Given, clock: Clock
) -> None:
    given_readings.say("TR", *[60.0, 85.0, 95.0, 60.0, 60.0] * 40)
    clock.now = datetime(2027, 1, 1, tzinfo=UTC)
    first = _monitoring(program, given_readings)
    with open_program(program.workspace.root, clock=clock) as other, ThreadPoolExecutor(4) as pool:
        second = Monitoring(other.database, other.events, clock, "Wu Fang", [given_readings])
        done = list(pool.map(lambda one: one.evaluate(), [first, second] * 4))
    assert sorted(one.transitions for one in done) == [0] * 7 + [160]  # fired, raised, recovering, resolved: 4 × 40
    assert len(_rows(program)) == 160
    assert len(first.alerts(None)) == 40
