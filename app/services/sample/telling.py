"""How the sample bank is reached, and what its outbox holds: one letter nobody could deliver, some that went out.

A sample workspace sends nothing: its clock stands still, and its addresses belong to nobody (RFC 2606).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from alerts.notices import Silence, Told
from alerts.quiet_hours import QuietHours
from alerts.rule import Severity
from app import i18n
from app.settings import NOTIFICATION_SETTINGS
from app.storage import absences, answers, outbox, passwords, persons, settings
from app.storage.database import Database
from app.storage.outbox import WEBHOOK, Attempt, Channel, Content, Message, Reader, State
from app.storage.persons import Person, Role

_SETTINGS = {
    "mail_server": "mail.bank.example",
    "mail_sender": "tidewatch@bank.example",
    "webhook_url": "https://risk.bank.example/tidewatch",
    "timeout_seconds": 2,
}
_READERS = (
    Reader("wu fang", "wu.fang@bank.example", "zh_CN", quiet=QuietHours(time(22), time(7), "Asia/Shanghai")),
    Reader("chen li", "chen.li@bank.example", "en", ("fx", "limits"), Severity.CRITICAL, False),
    Reader("zhao min", "zhao.min@bank.example", "zh_CN"),
)
_TITLES = {
    "fx": {"en": "Turkish Lira, 5-observation change", "zh_CN": "土耳其里拉，5 次观测变化"},
    "limits": {"en": "Turkey, limit use with pending", "zh_CN": "土耳其，含待批的限额使用"},
}
_COMMENT = "The move of this week is known; the home view is looked at every morning"
#: Hours ago, channel, recipient, what about, what of it, how grave, how it went.
_LETTERS = (
    (50, Channel.MAIL, "wu fang", "fx", Told.FIRED, Severity.WARNING, ""),
    (50, Channel.WEBHOOK, WEBHOOK, "fx", Told.FIRED, Severity.WARNING, ""),
    (26, Channel.MAIL, "wu fang", "limits", Told.FIRED, Severity.WARNING, ""),
    (26, Channel.MAIL, "zhao min", "limits", Told.FIRED, Severity.WARNING, "550 5.1.1 no such user"),
    (26, Channel.WEBHOOK, WEBHOOK, "limits", Told.FIRED, Severity.WARNING, ""),
    (3, Channel.MAIL, "chen li", "fx", Told.RAISED, Severity.CRITICAL, ""),
)


#: Who works in the sample bank. Nobody administers it, so that whoever opens it may try everything.
_PERSONS = (
    Person("chen li", "Chen Li", Role.OFFICER),
    Person("sun yi", "Sun Yi", Role.VIEWER),
    Person("wu fang", "Wu Fang", Role.APPROVER),
    Person("zhao min", "Zhao Min", Role.APPROVER),
)
#: No Argon2id hash, and so nobody's password.
_NO_PASSWORD = "sample"  # noqa: S105


def enter(database: Database, clock: Callable[[], datetime], user: str) -> None:
    """Set up the channels and persons, and store the letters; done again it changes nothing."""
    now = clock()
    declared = {one.key: one for one in NOTIFICATION_SETTINGS}
    with database.write() as connection:
        if outbox.readers(connection):
            return
        for key, value in _SETTINGS.items():
            settings.put(connection, "notifications", declared[key], value, at=now, who=user)
        for reader in _READERS:
            outbox.put_reader(connection, reader)
        _enter_persons(connection, now, user)
        wanted = {"rule": "E2", "country": "CN"}
        silence = Silence(0, wanted, now - timedelta(days=1), now + timedelta(days=6), "wu fang", _COMMENT)
        answers.add_silence(connection, silence, now - timedelta(days=1))
        for place, (hours, channel, to, about, told, severity, refused) in enumerate(_LETTERS):
            at = now - timedelta(hours=hours)
            message = Message(
                outbox.key_of("sample", str(place)), channel, to, Content.ALERT, severity,
                _facts(about, told, severity), at, at,
            )  # fmt: skip
            outbox.add(connection, [message])
            stored = outbox.find(connection, message.key)
            assert stored is not None
            after = replace(
                stored, state=State.SENT, sent_at=at + timedelta(seconds=40), sent_in=stored.key, attempts=1
            )
            if refused:
                after = replace(stored, state=State.DEAD, fault="recipient_refused", detail=refused, attempts=1)
                after = replace(after, failing_since=at)
            attempt = Attempt(at + timedelta(seconds=40), after.state.value, after.fault, after.detail)
            outbox.put(connection, after, attempt)


def _enter_persons(connection: Connection, now: datetime, user: str) -> None:
    """Everybody, with an absence that holds; those who may approve have set a password, but one."""
    since, today = now - timedelta(days=200), now.date()
    for person in _PERSONS:
        persons.add(connection, person, since)
    passwords.put(connection, "zhao min", _NO_PASSWORD, since)
    passwords.put(connection, "wu fang", _NO_PASSWORD, since)
    absences.add(connection, "zhao min", "wu fang", today - timedelta(days=1), today + timedelta(days=3), user, since)
    absences.add(connection, "chen li", "zhao min", today + timedelta(days=10), today + timedelta(days=14), user, since)


def _facts(about: str, told: Told, severity: Severity) -> dict[str, object]:
    value, line, unit = {"fx": ("−6.1 %", "−5 %", "percent"), "limits": ("86 %", "80 %", "percent")}[about]
    return {
        "told": told.value,
        "rule": "E9" if about == "fx" else "X1",
        "rule_version": 1,
        "family": about,
        "labels": {"country": "TR"},
        "severity": severity.value,
        "unit": unit,
        "words": {name: {"title": _TITLES[about][name], "value": value, "line": line} for name in i18n.LANGUAGES},
    }
