"""The outbox emptied: each reader for himself, again after a failure, as a digest after a backlog, held, given up.

C19 to C21 of the alert cases stand here; the ways fail as a test tells them, real servers are in app/notifications.
"""

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from alerts.notices import Told
from alerts.quiet_hours import QuietHours
from alerts.rule import Severity
from app import bootstrap
from app.bootstrap import Program
from app.events import NoticesChanged
from app.notifications.delivery import Letter, Undelivered
from app.refusals import Misused, Refused
from app.services.answering import Answering
from app.services.delivering import LEASE, Delivering
from app.services.monitoring import Monitoring
from app.services.posting import Telling, post
from app.storage import audit, outbox
from app.storage.answers import StoredNotice
from app.storage.outbox import Channel, Reader, State
from app.storage.persons import Role
from app.wording.sentences import sentence
from tests.app.services.test_monitoring import USE, Given
from tests.conftest import Clock

RULE = replace(USE, keep=0, owner="Wu Fang")


@dataclass
class Line:
    """A channel that a test can break: at opening, or at what it is given."""

    sent: list[Letter] = field(default_factory=list)
    closed: Undelivered | None = None
    refuses: dict[str, Undelivered] = field(default_factory=dict)  # by address
    opened: int = 0

    @contextmanager
    def open(self) -> Iterator["Line"]:
        self.opened += 1
        if self.closed is not None:
            raise self.closed
        yield self

    def send(self, letter: Letter) -> None:
        if letter.to in self.refuses:
            raise self.refuses[letter.to]
        self.sent.append(letter)

    def keys(self) -> list[str]:
        return [key for letter in self.sent for key in letter.keys]


@pytest.fixture
def mail() -> Line:
    return Line()


@pytest.fixture
def hook() -> Line:
    return Line()


@pytest.fixture
def delivering(program: Program, mail: Line, hook: Line) -> Delivering:
    program.configuring.set("notifications.mail_server", "mail.bank.example")
    program.configuring.set("notifications.mail_sender", "tide@bank.example")

    def ways(bank: Mapping[str, Any], _now: datetime) -> dict[Channel, Any]:
        return {Channel.MAIL: mail} | ({Channel.WEBHOOK: hook} if bank["webhook_url"] else {})

    return Delivering(program.database, program.events, program.clock, ways, random.Random(1))


@pytest.fixture
def given_readings() -> Given:
    return Given()


@pytest.fixture
def monitoring(program: Program, given_readings: Given) -> Monitoring:
    made = Monitoring(program.database, program.events, program.clock, "li", [given_readings])
    made.set_rule(RULE, "for the test")
    return made


def reader(program: Program, person: str = "wu", **more: Any) -> Reader:
    return program.subscribing.set_reader(Reader(person, f"{person}@bank.example", **more))


def tell(program: Program, *names: str, severity: Severity = Severity.WARNING, told: Told = Told.FIRED) -> None:
    """One notice each, as an evaluation would tell it."""
    now = program.clock()
    found = [
        Telling(
            StoredNotice(f"{name}/{now.isoformat()}", 0, told, severity, date(2026, 5, 26), now, ""),
            RULE,
            {"country": "TR"},
            85.0,
            "percent",
        )
        for name in names
    ]
    with program.database.write() as connection:
        post(connection, found, now)


def states(program: Program) -> list[str]:
    with program.database.read() as connection:
        return [one.state.value for one in reversed(outbox.messages(connection))]


def test_a_message_goes_out_once(program: Program, delivering: Delivering, mail: Line, clock: Clock) -> None:
    reader(program)
    tell(program, "a")
    assert delivering.deliver() == 0  # gathered for half a minute
    clock.advance(seconds=30)
    assert delivering.deliver() == 1
    assert delivering.deliver() == 0
    (letter,) = mail.sent
    assert letter.to == "wu@bank.example"
    assert letter.subject == "[Tidewatch] Warning: Turkey, use: Fires"
    assert "85 %" in letter.text
    assert letter.key in letter.text
    assert states(program) == ["sent"]
    program.notifying.deliver()  # the program's own: nothing is left for it
    assert sentence(program.notifying.standing().finding) == (
        "Everything that was told has gone out, last on 26 May 2026 00:31."
    )


def test_everybody_is_written_to_in_his_language(
    program: Program, delivering: Delivering, mail: Line, clock: Clock
) -> None:
    reader(program, "wu", language="zh_CN")
    reader(program, "li")
    tell(program, "a")
    clock.advance(minutes=1)
    assert delivering.deliver() == 2
    chinese, english = sorted(mail.sent, key=lambda letter: letter.to, reverse=True)
    assert 'lang="zh-CN"' in chinese.html
    assert 'lang="en"' in english.html
    assert chinese.key != english.key


def test_readers_choose_families_severity_and_ends(
    program: Program, delivering: Delivering, mail: Line, clock: Clock
) -> None:
    reader(program, "limits", families=("limits",))
    reader(program, "fx", families=("fx",))
    reader(program, "grave", least=Severity.CRITICAL)
    reader(program, "noends", resolved=False)
    tell(program, "a")
    tell(program, "b", severity=Severity.CRITICAL)
    tell(program, "c", told=Told.RESOLVED)
    clock.advance(minutes=1)
    delivering.deliver()
    counted = {letter.to.partition("@")[0]: 0 for letter in mail.sent}
    for letter in mail.sent:
        counted[letter.to.partition("@")[0]] += 1
    assert counted == {"limits": 3, "grave": 1, "noends": 2}


def test_whoever_is_named_is_told_whatever_he_chose(program: Program, delivering: Delivering, mail: Line) -> None:
    """The owner of a rule and the second person of an escalation, by id or by name."""
    program.staffing.add("chen", "Chen Li", next(one.role for one in program.staffing.persons()))
    reader(program, "chen", families=("fx",), least=Severity.CRITICAL)
    now = program.clock()
    notice = StoredNotice("k", 0, Told.ESCALATED, Severity.WARNING, None, now, "chen li")
    with program.database.write() as connection:
        post(connection, [Telling(notice, RULE, {"country": "TR"})], now - timedelta(minutes=1))
    assert delivering.deliver() == 1
    assert "Not acknowledged in time" in mail.sent[0].subject


def test_c19_what_happens_together_goes_out_together(
    program: Program, delivering: Delivering, mail: Line, clock: Clock
) -> None:
    """Two within the gathering time in one message, three later in another.

    A stated deviation: Alertmanager repeats the unchanged set after its repeat_interval; here an alert is told again
    by `repeat_hours`, and only while nobody acknowledged it.
    """
    program.configuring.set("notifications.digest_from", "2")
    reader(program)
    tell(program, "1")
    clock.advance(seconds=20)
    tell(program, "5")
    clock.advance(seconds=10)
    assert delivering.deliver() == 2
    assert len(mail.sent) == 1
    tell(program, "2", "3", "4")
    clock.advance(seconds=30)
    assert delivering.deliver() == 3
    assert [len(letter.keys) for letter in mail.sent] == [2, 3]
    clock.advance(hours=10)
    assert delivering.deliver() == 0


def test_c20_must_somebody_be_told_again(
    program: Program, monitoring: Monitoring, given_readings: Given, clock: Clock
) -> None:
    """The truth table of Alertmanager's dedup stage, as this program has it: by notice, not by group."""
    answering = Answering(program.database, program.events, program.clock, "li", monitoring)

    def told() -> list[str]:
        return [one.kind.value for one in reversed(answering.inbox())]

    program.configuring.set("notifications.repeat_hours", "10")
    given_readings.say("TR", 70)
    monitoring.evaluate()
    assert told() == []  # (b) nothing was sent, and only ends: no
    given_readings.say("TR", 85)
    monitoring.evaluate()
    assert told() == ["fired"]  # (a) nothing was sent, it fires: send
    clock.advance(hours=9)
    answering.attend()
    assert told() == ["fired"]  # (c) the same after nine: no
    clock.advance(hours=2)
    answering.attend()
    answering.attend()
    assert told() == ["fired", "remains"]  # (d) the same after eleven: send, once
    given_readings.say("CL", 85)
    monitoring.evaluate()
    assert told() == ["fired", "remains", "fired"]  # (e) a new one fires: send
    given_readings.say("TR", 70)
    monitoring.evaluate()
    # (f), (g) fewer fire: told as an end, which readers who want none do not get (test above).
    assert told() == ["fired", "remains", "fired", "resolved"]
    given_readings.say("CL", 70)
    monitoring.evaluate()
    assert told()[-1] == "resolved"  # (h) all are over: send


def test_c21_one_reader_fails_and_the_other_is_not_told_twice(
    program: Program, delivering: Delivering, mail: Line, clock: Clock
) -> None:
    reader(program, "good")
    reader(program, "bad")
    mail.refuses["bad@bank.example"] = Undelivered("put_off", "451 greylisted")
    tell(program, "a")
    clock.advance(seconds=30)
    assert delivering.deliver() == 1
    for _ in range(3):
        clock.advance(minutes=4)
        delivering.deliver()
    mail.refuses.clear()
    clock.advance(minutes=10)
    assert delivering.deliver() == 1
    assert [letter.to for letter in mail.sent] == ["good@bank.example", "bad@bank.example"]


def test_c17_and_c18_a_consequence_is_not_told_while_its_cause_fires(
    program: Program, monitoring: Monitoring, given_readings: Given, clock: Clock
) -> None:
    answering = Answering(program.database, program.events, program.clock, "li", monitoring)
    monitoring.set_rule(replace(RULE, id="V"), "the cause")
    muting = '[{"source": "V", "target": "U", "equal": ["country"]}]'
    program.configuring.set("notifications.inhibitions", muting)
    given_readings.say("TR", 85)
    monitoring.evaluate()

    def told() -> list[tuple[str, str]]:
        return sorted((one.key[0] if one.kind is not Told.REMAINS else "U", one.hidden) for one in answering.inbox())

    # Both fire at once: only the cause is told (C18); the state of the other goes on.
    assert told() == [("U", "inhibited:V"), ("V", "")]
    assert len([alert for alert in monitoring.alerts() if alert.fires]) == 2
    # The cause is over and the consequence still fires: it is told (C17).
    monitoring.set_rule(replace(RULE, id="V", enabled=False), "off")
    program.configuring.set("notifications.inhibitions", "[]")
    clock.advance(hours=1)
    answering.attend()
    assert ("U", "") in told()
    assert answering.attend() == 0


def test_c18_an_end_is_told_though_its_cause_ended_with_it(
    program: Program, monitoring: Monitoring, given_readings: Given
) -> None:
    answering = Answering(program.database, program.events, program.clock, "li", monitoring)
    monitoring.set_rule(replace(RULE, id="V"), "the cause")
    program.configuring.set("notifications.inhibitions", '[{"source": "V", "target": "U", "equal": ["country"]}]')
    given_readings.say("TR", 85)
    monitoring.evaluate()
    given_readings.say("TR", 70)
    monitoring.evaluate()
    ends = [(one.key[0], one.hidden) for one in answering.inbox() if one.kind is Told.RESOLVED]
    assert sorted(ends) == [("U", ""), ("V", "")]


def test_after_a_backlog_one_digest(program: Program, delivering: Delivering, mail: Line, clock: Clock) -> None:
    reader(program)
    mail.closed = Undelivered("unreachable", everywhere=True)
    for name in "abcdef":
        tell(program, name)
        clock.advance(minutes=40)
        delivering.deliver()
    finding = program.notifying.standing().finding
    assert finding.case == "notifications.failing"
    assert sentence(finding).endswith("The server cannot be reached.")
    mail.closed = None
    clock.advance(hours=2)
    assert delivering.deliver() == 6
    (digest,) = mail.sent
    assert len(digest.keys) == 6
    assert digest.subject == "[Tidewatch] 6 notices, 0 of them critical"
    assert "could not go out when it happened" in digest.text
    with program.database.read() as connection:
        assert {one.sent_in for one in outbox.messages(connection)} == {digest.key}


def test_a_new_message_does_not_shorten_the_wait_of_a_broken_server(
    program: Program, delivering: Delivering, mail: Line, clock: Clock
) -> None:
    reader(program)
    mail.closed = Undelivered("unreachable", everywhere=True)
    tell(program, "a")
    clock.advance(seconds=30)
    delivering.deliver()
    assert mail.opened == 1
    for name in "bcd":
        tell(program, name)
        clock.advance(seconds=3)
        delivering.deliver()
    assert mail.opened == 1
    clock.advance(minutes=5)
    delivering.deliver()
    assert mail.opened == 2


def test_a_broken_channel_is_asked_once_a_round_not_once_a_reader(
    program: Program, delivering: Delivering, mail: Line, clock: Clock
) -> None:
    for name in ("wu", "li", "chen"):
        reader(program, name)
    mail.closed = Undelivered("timeout", everywhere=True)
    tell(program, "a")
    clock.advance(minutes=1)
    delivering.deliver()
    assert mail.opened == 1


def test_the_receiver_says_when(program: Program, delivering: Delivering, mail: Line, clock: Clock) -> None:
    reader(program)
    mail.refuses["wu@bank.example"] = Undelivered("answered", "429", retry_after=timedelta(hours=2))
    tell(program, "a")
    clock.advance(minutes=1)
    delivering.deliver()
    mail.refuses.clear()
    clock.advance(minutes=119)
    assert delivering.deliver() == 0
    clock.advance(minutes=1)
    assert delivering.deliver() == 1


def test_dead_letters_are_seen_and_retried_by_hand_with_the_same_key(
    program: Program, delivering: Delivering, mail: Line, clock: Clock
) -> None:
    reader(program)
    mail.refuses["wu@bank.example"] = Undelivered("recipient_refused", "550 no such user", permanent=True)
    tell(program, "a")
    clock.advance(minutes=1)
    delivering.deliver()
    assert states(program) == ["dead"]
    (dead,) = program.notifying.queue((State.DEAD,))
    assert (dead.message.fault, dead.message.detail) == ("recipient_refused", "550 no such user")
    assert program.notifying.standing().finding.values == {"dead": 1}
    clock.advance(days=2)
    assert delivering.deliver() == 0
    mail.refuses.clear()
    program.notifying.retry(dead.message.key)
    assert delivering.deliver() == 1
    assert mail.keys() == [dead.message.key]
    outcomes = [one.outcome for one in program.notifying.attempts(dead.message.key)]
    assert outcomes == ["dead", "waiting", "sent"]
    with pytest.raises(Refused, match=r"notifications\.not_dead"):
        program.notifying.retry(dead.message.key)
    with pytest.raises(Misused, match=r"notifications\.unknown"):
        program.notifying.attempts("tw-0")
    with program.database.read() as connection:
        assert "outbox.retry" in [row["action"] for row in audit.trail(connection, subject=dead.message.key)]


def test_a_dead_letter_is_dropped_with_a_reason(
    program: Program, delivering: Delivering, mail: Line, clock: Clock
) -> None:
    reader(program)
    mail.refuses["wu@bank.example"] = Undelivered("content_refused", permanent=True)
    tell(program, "a")
    clock.advance(minutes=1)
    delivering.deliver()
    (dead,) = program.notifying.queue((State.DEAD,))
    with pytest.raises(Refused, match=r"notifications\.reason_missing"):
        program.notifying.drop(dead.message.key, " ")
    program.notifying.drop(dead.message.key, "told by telephone")
    assert states(program) == ["dropped"]
    assert program.notifying.attempts(dead.message.key)[-1].detail == "told by telephone"


def test_what_fails_for_three_days_is_given_up(
    program: Program, delivering: Delivering, mail: Line, clock: Clock
) -> None:
    reader(program)
    mail.closed = Undelivered("login_refused", everywhere=True)
    tell(program, "a")
    clock.advance(minutes=1)
    delivering.deliver()
    for _ in range(71):
        clock.advance(hours=1)
        delivering.deliver()
    assert states(program) == ["waiting"]
    clock.advance(hours=1)
    delivering.deliver()
    assert states(program) == ["dead"]


def test_quiet_hours_hold_and_then_send_and_critical_breaks_through(
    program: Program, delivering: Delivering, mail: Line, clock: Clock
) -> None:
    clock.now = datetime(2026, 5, 26, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai
    night = QuietHours(time(22), time(7), "Asia/Shanghai")
    reader(program, "wu", quiet=night)
    reader(program, "deep", quiet=night, critical_breaks=False)
    tell(program, "a")
    tell(program, "b", severity=Severity.CRITICAL)
    clock.advance(minutes=1)
    assert delivering.deliver() == 1
    assert [letter.to for letter in mail.sent] == ["wu@bank.example"]
    holds = [one.hold for one in program.notifying.queue((State.WAITING,))]
    assert {(hold.why, hold.until) for hold in holds if hold} == {("quiet", datetime(2026, 5, 26, 23, tzinfo=UTC))}
    clock.now = datetime(2026, 5, 26, 23, 0, tzinfo=UTC)
    assert delivering.deliver() == 3
    assert states(program) == ["sent"] * 4


def test_a_silence_holds_what_was_not_sent_yet(
    program: Program, delivering: Delivering, mail: Line, clock: Clock
) -> None:
    reader(program)
    tell(program, "a")
    program.answering.silence({"country": "TR"}, clock.now + timedelta(hours=5), "audited")
    clock.advance(minutes=1)
    assert delivering.deliver() == 0
    (queued,) = program.notifying.queue()
    assert queued.hold is not None
    assert queued.hold.why == "silence"
    clock.advance(hours=5)
    assert delivering.deliver() == 1


def test_what_is_hidden_is_never_queued(
    program: Program, monitoring: Monitoring, given_readings: Given, clock: Clock, delivering: Delivering
) -> None:
    assert delivering
    reader(program)
    program.answering.silence({"country": "TR"}, clock.now + timedelta(days=5), "audited")
    given_readings.say("TR", 85)
    given_readings.say("CL", 85)
    monitoring.evaluate()
    assert [one.message.facts["labels"] for one in program.notifying.queue()] == [{"country": "CL"}]


def test_two_programs_share_the_work(program: Program, delivering: Delivering, mail: Line, clock: Clock) -> None:
    """What another program is sending just now is left to it, until its lease is over: it may have died."""
    reader(program)
    tell(program, "a")
    clock.advance(minutes=1)
    with program.database.write() as connection:
        waiting = outbox.messages(connection)
        assert len(outbox.claim(connection, waiting, clock.now, clock.now + LEASE)) == 1
        assert outbox.claim(connection, waiting, clock.now, clock.now + LEASE) == ()
    assert delivering.deliver() == 0
    clock.advance(minutes=10)
    assert delivering.deliver() == 1


def test_killed_between_sending_and_writing_it_down(
    program: Program, delivering: Delivering, mail: Line, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message goes again, byte for byte with the same key."""
    reader(program)
    tell(program, "a", "b", "c", "d")
    clock.advance(minutes=1)
    with monkeypatch.context() as patch:
        patch.setattr(Delivering, "_arrived", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            delivering.deliver()
    assert states(program) == ["waiting"] * 4
    clock.advance(minutes=11)
    assert delivering.deliver() == 4
    first, second = mail.sent
    assert first == second
    assert len(first.keys) == 4


def test_the_webhook_gets_facts_and_no_names(
    program: Program, delivering: Delivering, hook: Line, clock: Clock
) -> None:
    program.configuring.set("notifications.webhook_url", "https://bank.example/hook")
    tell(program, "a")
    clock.advance(minutes=1)
    assert delivering.deliver() == 1
    (letter,) = hook.sent
    assert letter.body.startswith(b'{"digest":false,"key":"tw-')
    assert b'"labels":{"country":"TR"}' in letter.body
    assert b'"value":"85"' in letter.body
    assert b'"threshold":"80"' in letter.body


def test_client_names_only_where_the_bank_lets_them(
    program: Program, delivering: Delivering, hook: Line, clock: Clock
) -> None:
    program.configuring.set("notifications.webhook_url", "https://bank.example/hook")

    def say(key: str) -> None:
        now = program.clock()
        notice = StoredNotice(key, 0, Told.FIRED, Severity.WARNING, None, now, "")
        labels = {"country": "TR", "obligor": "Acme Lojistik"}
        with program.database.write() as connection:
            post(connection, [Telling(notice, RULE, labels, 1.0, "percent")], now)
        clock.advance(minutes=1)
        delivering.deliver()

    say("a")
    program.configuring.set("notifications.client_names", "true")
    say("b")
    assert [b"Acme" in letter.body for letter in hook.sent] == [False, True]


def test_a_reader_without_an_address_any_more(
    program: Program, delivering: Delivering, mail: Line, clock: Clock
) -> None:
    reader(program)
    tell(program, "a")
    program.subscribing.set_reader(Reader("wu"))
    clock.advance(minutes=1)
    assert delivering.deliver() == 0
    assert program.notifying.queue((State.DEAD,))[0].message.fault == "no_address"


@pytest.mark.logs("a letter could not be made")
def test_a_fault_of_ours_keeps_the_message(
    program: Program, delivering: Delivering, mail: Line, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader(program)
    tell(program, "a")
    clock.advance(minutes=1)
    monkeypatch.setattr("app.services.letters.letter", lambda *_: 1 / 0)
    assert delivering.deliver() == 0
    monkeypatch.undo()
    clock.advance(minutes=1)
    assert delivering.deliver() == 1


def test_whoever_watches_hears_that_something_went_out(program: Program, delivering: Delivering, clock: Clock) -> None:
    heard: list[object] = []
    program.events.subscribe(heard.append)
    reader(program)
    assert heard == [NoticesChanged()]
    tell(program, "a")
    clock.advance(minutes=1)
    delivering.deliver()
    delivering.deliver()
    assert heard == [NoticesChanged(), NoticesChanged()]


def test_a_thread_delivers_and_ends(program: Program, mail: Line) -> None:
    delivering = Delivering(
        program.database, program.events, program.clock, lambda _b, _n: {Channel.MAIL: mail}, random.Random(1)
    )
    delivering.start()
    delivering.stop()
    delivering.stop()


def test_the_tray_tells_what_the_inbox_tells(program: Program, clock: Clock) -> None:
    me = program.notifying.newest()
    assert me == 0
    tell(program, "a", "b")
    assert len(program.notifying.untold(0)) == 2
    assert program.notifying.untold(program.notifying.newest()) == ()
    # In quiet hours the bubble waits too, unless a critical alert may break them.
    zone = QuietHours(time(0), time(23, 59), "UTC")
    program.subscribing.set_reader(replace(program.subscribing.reader(), quiet=zone))
    assert program.notifying.untold(0) == ()
    tell(program, "c", severity=Severity.CRITICAL)
    assert len(program.notifying.untold(0)) == 3


@pytest.mark.parametrize(("day", "as_deputy"), [(25, False), (26, True), (28, True), (29, False)])
def test_a_deputy_is_told_from_the_first_day_to_the_last(
    program: Program, delivering: Delivering, mail: Line, clock: Clock, day: int, as_deputy: bool
) -> None:
    """Wu is away from 26 to 28 May, both counted, by the bank's day (Shanghai), which begins at 16:00 UTC."""
    for account, name in (("wu", "Wu Fang"), ("sun", "Sun Yi")):
        program.staffing.add(account, name, Role.APPROVER)
        reader(program, account, families=("limits",) if account == "wu" else ("fx",))
    program.working.set_absence("wu", "sun", date(2026, 5, 26), date(2026, 5, 28))
    clock.now = datetime(2026, 5, day, 1, tzinfo=UTC)
    tell(program, "a")
    clock.advance(minutes=1)
    assert delivering.deliver() == 1 + as_deputy
    letters = {letter.to: letter for letter in mail.sent}
    assert "deputy" not in letters["wu@bank.example"].text
    if as_deputy:
        text = letters["sun@bank.example"].text
        assert text.startswith("You receive this as deputy of Wu Fang.")
        assert "To you: as deputy of Wu Fang" in text


@pytest.mark.parametrize(("moment", "told"), [("25 15:59", 1), ("25 16:00", 2), ("28 15:59", 2), ("28 16:00", 1)])
def test_the_days_of_a_deputy_are_the_banks(
    program: Program, delivering: Delivering, mail: Line, clock: Clock, moment: str, told: int
) -> None:
    for account in ("wu", "sun"):
        program.staffing.add(account, account.title(), Role.APPROVER)
        reader(program, account, families=("limits",) if account == "wu" else ("fx",))
    program.working.set_absence("wu", "sun", date(2026, 5, 26), date(2026, 5, 28))
    day, _blank, hour = moment.partition(" ")
    clock.now = datetime.combine(date(2026, 5, int(day)), time.fromisoformat(hour), UTC)
    tell(program, "a")
    clock.advance(seconds=30)
    assert delivering.deliver() == told


def test_a_deputy_is_told_where_the_absent_person_is_named_and_once_where_both_are_told(
    program: Program, delivering: Delivering, mail: Line, clock: Clock
) -> None:
    """Named without an address of one's own; and a deputy who is told anyway gets one message, not two."""
    for account, name in (("wu", "Wu Fang"), ("sun", "Sun Yi")):
        program.staffing.add(account, name, Role.APPROVER)
    reader(program, "sun", families=("fx",))
    today = program.clock().date()
    program.working.set_absence("wu", "sun", today, today)
    now = program.clock()
    notice = StoredNotice("k", 0, Told.ESCALATED, Severity.WARNING, None, now, "Wu Fang")
    with program.database.write() as connection:
        post(connection, [Telling(notice, RULE, {"country": "TR"})], now - timedelta(minutes=1))
    assert delivering.deliver() == 1
    assert mail.sent[0].to == "sun@bank.example"
    (untold,) = program.notifying.untold(0)
    assert untold.deputy_of == ()  # who looks is not the deputy
    reader(program, "wu")
    reader(program, "sun")
    tell(program, "b")
    clock.advance(minutes=1)
    assert delivering.deliver() == 2
    assert all("deputy" not in letter.text for letter in mail.sent[1:]), "Sun is told of it anyway, in no one's place"
    with bootstrap.open_program(program.workspace.root, clock=clock, user="sun") as sun:
        assert [one.deputy_of for one in sun.notifying.untold(0)] == [(), ("Wu Fang",)]


def test_who_left_is_told_nothing_more(program: Program, delivering: Delivering, mail: Line, clock: Clock) -> None:
    program.staffing.add("wu", "Wu Fang", Role.APPROVER)
    reader(program)
    program.staffing.leave("wu")
    tell(program, "a")
    clock.advance(minutes=1)
    assert delivering.deliver() == 0
