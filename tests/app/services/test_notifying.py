"""How people are reached, the channels' standing, and the test message against a real mail server."""

from datetime import time
from typing import Any

import pytest

from alerts.quiet_hours import QuietHours
from alerts.rule import Severity
from app.bootstrap import Program
from app.refusals import Misused, Refused
from app.services.subscribing import quiet_hours
from app.storage import audit
from app.storage.outbox import Channel, Reader
from app.wording.sentences import refusal, sentence
from tests.app.notifications.servers import HOST, Postbox, closed_port, mail_server, webhook


def set_up_mail(program: Program, port: int) -> None:
    for key, value in (
        ("mail_server", HOST),
        ("mail_port", str(port)),
        ("mail_security", "none"),
        ("mail_sender", "tide@bank.example"),
        ("timeout_seconds", "1"),
    ):
        program.configuring.set(f"notifications.{key}", value)


def test_nothing_is_set_up(program: Program) -> None:
    standing = program.notifying.standing()
    assert [one.state for one in standing.channels] == ["off", "off"]
    assert sentence(standing.finding).startswith("Nobody is told outside this window")
    for channel in Channel:
        with pytest.raises(Refused, match=r"notifications\.off"):
            program.notifying.test(channel)


def test_a_test_mail_arrives_or_says_why_not(program: Program) -> None:
    postbox = Postbox()
    with mail_server(postbox) as port:
        set_up_mail(program, port)
        with pytest.raises(Refused, match=r"notifications\.no_address"):
            program.notifying.test(Channel.MAIL)
        assert program.notifying.standing().finding.case == "notifications.no_reader"
        me = program.notifying.standing()
        assert me.readers == ()
        program.subscribing.set_reader(Reader(program.user, "me@bank.example", "zh_CN"))
        assert sentence(program.notifying.test(Channel.MAIL)) == "Mail: the test was handed over."
    assert [mail["To"] for mail in postbox.mails] == ["me@bank.example"]
    with pytest.raises(Refused) as caught:
        program.notifying.test(Channel.MAIL)
    assert "The server cannot be reached." in refusal(caught.value)[0]
    assert program.notifying.queue() == ()


def test_a_test_of_the_webhook(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEWATCH_KEY_WEBHOOK", "s3")
    bodies: list[bytes] = []

    def answer(_headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        bodies.append(body)
        return 200, {}

    with webhook(answer) as url:
        program.configuring.set("notifications.webhook_url", url)
        program.notifying.test(Channel.WEBHOOK)
    assert b'"kind":"test"' in bodies[0]
    (hook,) = [one for one in program.notifying.standing().channels if one.channel is Channel.WEBHOOK]
    assert (hook.state, hook.where) == ("ok", url)
    assert hook.secret is not None


def test_secrets_go_to_the_safe_only(program: Program) -> None:
    with pytest.raises(Refused, match=r"credentials\.no_safe"):
        program.notifying.keep_secret(Channel.MAIL, "pass word ä")
    with pytest.raises(Refused, match=r"credentials\.none"):
        program.notifying.remove_secret(Channel.MAIL)


def test_a_reader_is_kept_and_audited(program: Program) -> None:
    night = QuietHours(time(22), time(7), "Asia/Shanghai")
    wanted = Reader("WU ", " wu@bank.example ", "zh_CN", ("fx",), Severity.CRITICAL, False, night, False)
    kept = program.subscribing.set_reader(wanted)
    assert program.subscribing.reader("wu") == kept
    assert (kept.person, kept.email, kept.quiet) == ("wu", "wu@bank.example", night)
    program.subscribing.set_reader(Reader("wu"))
    assert program.subscribing.reader("wu").quiet is None
    with program.database.read() as connection:
        trail = audit.trail(connection, subject="person wu")
    assert [row["action"] for row in trail] == ["reader.set", "reader.set"]


@pytest.mark.parametrize(
    ("reader", "code"),
    [
        (Reader("wu", "wu"), "notifications.bad_address"),
        (Reader("wu", "wu@bank.example\nBcc: x@evil.example"), "notifications.bad_address"),
        (Reader("wu", "a@b.example,c@d.example"), "notifications.bad_address"),
        (Reader("wu", language="de"), "notifications.bad_language"),
        (Reader("wu", families=("weather",)), "notifications.bad_family"),
    ],
)
def test_readers_that_are_refused(program: Program, reader: Reader, code: str) -> None:
    with pytest.raises(Misused) as caught:
        program.subscribing.set_reader(reader)
    assert caught.value.code == code
    assert all(refusal(caught.value))


@pytest.mark.parametrize(
    ("hours", "zone", "expected"),
    [
        ("", "nowhere", None),
        ("22:00-07:00", "Asia/Shanghai", QuietHours(time(22), time(7), "Asia/Shanghai")),
        ("22:30 – 7:05", "UTC", QuietHours(time(22, 30), time(7, 5), "UTC")),
        ("22:00-22:00", "UTC", "notifications.bad_hours"),
        ("late", "UTC", "notifications.bad_hours"),
        ("22:00-07:00", "Mars/Olympus", "notifications.bad_zone"),
    ],
)
def test_quiet_hours_as_people_write_them(hours: str, zone: str, expected: Any) -> None:
    if isinstance(expected, str):
        with pytest.raises(Misused) as caught:
            quiet_hours(hours, zone)
        assert caught.value.code == expected
    else:
        assert quiet_hours(hours, zone) == expected


def test_where_notices_may_be_posted(program: Program) -> None:
    for wrong in ("http://bank.example/hook", "ftp://bank.example", "bank.example", "https://"):
        with pytest.raises(Misused, match=r"configuring\.bad_value"):
            program.configuring.set("notifications.webhook_url", wrong)
    program.configuring.set("notifications.webhook_url", f"http://127.0.0.1:{closed_port()}/")
    with pytest.raises(Refused) as caught:
        program.notifying.test(Channel.WEBHOOK)
    assert caught.value.values["fault"] == "no_secret"
