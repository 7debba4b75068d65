"""Into the outbox: what is told of an alert, for each reader, in the unit of work in which it is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from alerts.inhibition import Firing, Inhibition, muted_by
from alerts.notices import Silence, Told
from alerts.rule import Rule, Severity
from app import i18n
from app.settings import NOTIFICATION_SETTINGS
from app.storage import answers, outbox, persons, settings
from app.storage.answers import StoredNotice
from app.storage.outbox import WEBHOOK, Channel, Content, Message, Reader
from app.wording import alerts as words
from app.wording import answers as answer_words

#: Labels that may name a client: left out of messages unless the bank lets them.
CLIENT_LABELS = frozenset({"counterparty", "group", "obligor", "client", "line"})


@dataclass(frozen=True, slots=True)
class Telling:
    """A notice and what it is about: an alert's rule, labels and figure, or a silence."""

    notice: StoredNotice
    rule: Rule | None = None
    labels: Mapping[str, str] | None = None
    value: float | None = None
    unit: str = ""
    silence: Silence | None = None


def settings_of(connection: Connection) -> dict[str, Any]:
    """The bank's settings of this room."""
    return settings.read(connection, "notifications", NOTIFICATION_SETTINGS)


def inhibitions(found: Mapping[str, Any]) -> tuple[Inhibition, ...]:
    """What the bank lets mute what."""
    return tuple(Inhibition(one["source"], one["target"], tuple(one.get("equal", ()))) for one in found["inhibitions"])


def hidden_by(
    silences: Iterable[Silence],
    muting: Sequence[Inhibition],
    firing: Iterable[Firing],
    about: tuple[Rule, Severity | None, Mapping[str, str]],
    now: datetime,
    *,
    over: bool = False,
) -> str:
    """Why nobody is told: the one decision for inbox, tray and outbox. "silence:3", "inhibited:RULE", or empty.

    An alert that is `over` is told though its cause mutes it; a silence hides that too.
    """
    rule, severity, labels = about
    for silence in silences:
        if silence.runs(now) and silence.fits(rule.id, rule.family, severity, labels):
            return f"silence:{silence.id}"
    cause = "" if over or not muting else muted_by(muting, firing, Firing(rule.id, labels))
    return f"inhibited:{cause}" if cause else ""


def post(connection: Connection, several: Iterable[Telling], now: datetime) -> int:
    """Store the notices that are new, and a message of each that is told for every reader; how many were new."""
    wanted = {one.notice.key: one for one in several}
    new = answers.add_notices(connection, (one.notice for one in wanted.values()))
    told = [(notice, wanted[notice.key]) for notice in new if not notice.hidden]
    if told:
        bank, people = settings_of(connection), outbox.readers(connection)
        names = {one.id: one.name for one in persons.persons(connection)}
        due = now + timedelta(seconds=bank["gather_seconds"])
        found = (
            _message(notice, about, channel, to, bank, now, due)
            for notice, about in told
            for channel, to in _receivers(notice, about, bank, people, names)
        )
        outbox.add(connection, found)
    return len(new)


def _receivers(
    notice: StoredNotice,
    about: Telling,
    bank: Mapping[str, Any],
    people: Mapping[str, Reader],
    names: Mapping[str, str],
) -> Iterable[tuple[Channel, str]]:
    """Whoever is named on the notice, everybody who wants its family and severity, and the bank's webhook."""
    family = "" if about.rule is None else about.rule.family
    named = persons.person_id(notice.recipient)
    if bank["mail_server"] and bank["mail_sender"]:
        for id, reader in people.items():
            meant = bool(named) and named in (id, persons.person_id(names.get(id, "")))
            wants = about.rule is not None and reader.wants(family, notice.severity)
            over = notice.kind in (Told.RESOLVED, Told.STEADY)
            if reader.email and (meant or wants) and (reader.resolved or not over):
                yield Channel.MAIL, id
    if bank["webhook_url"]:
        grave = notice.severity is Severity.CRITICAL or bank["webhook_least"] == "warning"
        if about.rule is None or (grave and (not bank["webhook_families"] or family in bank["webhook_families"])):
            yield Channel.WEBHOOK, WEBHOOK


def _message(
    notice: StoredNotice,
    about: Telling,
    channel: Channel,
    to: str,
    bank: Mapping[str, Any],
    now: datetime,
    due: datetime,
) -> Message:
    return Message(
        outbox.key_of(notice.key, channel.value, to),
        channel,
        to,
        Content.ALERT if about.rule is not None else Content.SILENCE,
        notice.severity,
        _facts(notice, about, names_clients=bank["client_names"]),
        now,
        due,
        notice.id,
    )


def _facts(notice: StoredNotice, about: Telling, *, names_clients: bool) -> dict[str, Any]:
    """All that the message will say, for programs in codes and for people in every language: it never changes."""
    facts: dict[str, Any] = {"told": notice.kind.value, "notice": notice.key, "recipient": notice.recipient}
    if about.rule is None or about.labels is None:
        if about.silence is None:
            return facts
        one = about.silence
        facts |= {"silence": f"S-{one.id}", "until": one.until.isoformat()}
        return facts | {"words": {language: _silence_words(one, language) for language in i18n.LANGUAGES}}
    rule, kept = about.rule, about.labels
    labels = dict(kept) if names_clients else {k: v for k, v in kept.items() if k not in CLIENT_LABELS}
    band = rule.band(notice.severity) if notice.severity is not None else None
    facts |= {
        "alert": f"A-{notice.alert:04d}" if notice.alert else None,
        "rule": rule.id,
        "rule_version": rule.version,
        "family": rule.family,
        "labels": labels,
        "severity": None if notice.severity is None else notice.severity.value,
        "observed": None if notice.observed is None else notice.observed.isoformat(),
        "value": _number(about.value),
        "unit": about.unit,
        "threshold": None if band is None else _number(band.threshold),
        "source": rule.source,
    }
    found = {}
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            found[language] = {
                "title": words.title(rule, labels),
                "value": words.amount(about.value, about.unit, sign=bool(rule.condition.change_over)),
                "line": "" if band is None else words.amount(band.threshold, about.unit),
            }
    return facts | {"words": found}


def _number(value: float | None) -> str | None:
    """A decimal without exponent, as every machine-readable answer of this program has it."""
    return None if value is None else format(Decimal(repr(float(value))), "f").removesuffix(".0")


def _silence_words(one: Silence, language: str) -> dict[str, str]:
    """The comment was written for colleagues and may name a client: it stays in the window."""
    with i18n.speaking(language):
        return {"title": answer_words.matchers(one), "value": "", "line": ""}
