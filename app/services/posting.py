"""Into the outbox: what is told of an alert, for each reader, in the unit of work in which it is told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from alerts.inhibition import Firing, Inhibition, muted_by
from alerts.notices import Silence, Told
from alerts.rule import Rule, Severity
from app import i18n
from app.settings import NOTIFICATION_SETTINGS, REVIEW_SETTINGS
from app.storage import absences, answers, outbox, persons, settings
from app.storage.answers import StoredNotice
from app.storage.outbox import WEBHOOK, Channel, Content, Message, Reader
from app.wording import alerts as words
from app.wording import answers as answer_words

#: Labels that may name a client: left out of messages unless the bank lets them.
CLIENT_LABELS = frozenset({"counterparty", "group", "obligor", "client", "line"})


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A risk notice ("N-0001") of a list that was to be acknowledged, or else replied to, by `due`, and was not."""

    number: str
    list_id: str
    due: date
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """Who is there on the day of telling: readers and names by account, deputies by whom they stand in for."""

    readers: Mapping[str, Reader]
    names: Mapping[str, str]
    deputies: Mapping[str, str]
    left: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Addressed:
    """One message's channel and reader; `deputy_of` are the names of those on whose behalf it is told."""

    channel: Channel
    to: str
    deputy_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """A notice and what it is about: an alert's rule, labels and figure, a silence, or a letter without an answer."""

    notice: StoredNotice
    rule: Rule | None = None
    labels: Mapping[str, str] | None = None
    value: float | None = None
    unit: str = ""
    silence: Silence | None = None
    letter: Unanswered | None = None


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
        bank, known = settings_of(connection), _known(connection, now)
        due = now + timedelta(seconds=bank["gather_seconds"])
        found = (
            _message(notice, about, addressed, bank, now, due)
            for notice, about in told
            for addressed in _receivers(notice, about, bank, known)
        )
        outbox.add(connection, found)
    return len(new)


def _receivers(
    notice: StoredNotice,
    about: Telling,
    bank: Mapping[str, Any],
    known: _Known,
) -> Iterable[_Addressed]:
    """Whoever is named on the notice, everybody who wants its family and severity, the deputies of those who are away,
    and the bank's webhook.
    """
    family = "" if about.rule is None else about.rule.family
    if bank["mail_server"] and bank["mail_sender"]:
        found: dict[str, list[str]] = {}
        for id in sorted({*known.readers, *known.deputies}):
            meant, told = _told(notice, about, id, known)
            if told and _reachable(id, known):
                found.setdefault(id, [])
            deputy = known.deputies.get(id)
            # What a deputy is told anyway is only the absent person's where it names that person.
            if told and deputy is not None and _reachable(deputy, known):
                absent = found.setdefault(deputy, [])
                if meant or not _told(notice, about, deputy, known)[1]:
                    absent.append(known.names.get(id, id))
        yield from (_Addressed(Channel.MAIL, to, tuple(absent)) for to, absent in sorted(found.items()))
    if bank["webhook_url"]:
        grave = notice.severity is Severity.CRITICAL or bank["webhook_least"] == "warning"
        if about.rule is None or (grave and (not bank["webhook_families"] or family in bank["webhook_families"])):
            yield _Addressed(Channel.WEBHOOK, WEBHOOK)


def is_named(recipient: str, id: str, names: Mapping[str, str]) -> bool:
    """Whether a recipient, written as an account or as a name, is the person with that account."""
    named = persons.person_id(recipient)
    return bool(named) and named in (id, persons.person_id(names.get(id, "")))


def _told(notice: StoredNotice, about: Telling, id: str, known: _Known) -> tuple[bool, bool]:
    """Whether a person is named on the notice, and whether the person is told of it at all."""
    reader = known.readers.get(id, Reader(id))
    meant = is_named(notice.recipient, id, known.names)
    wants = bool(reader.email) and about.rule is not None and reader.wants(about.rule.family, notice.severity)
    over = notice.kind in (Told.RESOLVED, Told.STEADY)
    return meant, (meant or wants) and (reader.resolved or not over)


def _reachable(id: str, known: _Known) -> bool:
    reader = known.readers.get(id)
    return reader is not None and bool(reader.email) and id not in known.left


def _known(connection: Connection, now: datetime) -> _Known:
    today = now.astimezone(ZoneInfo(settings.read(connection, "reviews", REVIEW_SETTINGS)["time_zone"])).date()
    everybody = persons.persons(connection)
    return _Known(
        outbox.readers(connection),
        {one.id: one.name for one in everybody},
        absences.deputies(connection, today),
        frozenset(one.id for one in everybody if one.left is not None),
    )


def _message(
    notice: StoredNotice,
    about: Telling,
    addressed: _Addressed,
    bank: Mapping[str, Any],
    now: datetime,
    due: datetime,
) -> Message:
    facts = _facts(notice, about, names_clients=bank["client_names"])
    return Message(
        outbox.key_of(notice.key, addressed.channel.value, addressed.to),
        addressed.channel,
        addressed.to,
        _content(about),
        notice.severity,
        facts | ({"deputy_of": list(addressed.deputy_of)} if addressed.deputy_of else {}),
        now,
        due,
        notice.id,
    )


def _content(about: Telling) -> Content:
    if about.rule is not None:
        return Content.ALERT
    return Content.SILENCE if about.letter is None else Content.UNANSWERED


def _facts(notice: StoredNotice, about: Telling, *, names_clients: bool) -> dict[str, Any]:
    """All that the message will say, for programs in codes and for people in every language: it never changes."""
    facts: dict[str, Any] = {"told": notice.kind.value, "notice": notice.key, "recipient": notice.recipient}
    if about.rule is None or about.labels is None:
        if about.letter is not None:
            facts |= {"letter": about.letter.number, "list": about.letter.list_id, "due": about.letter.due.isoformat()}
            return facts | {"words": {language: _letter_words(about.letter, language) for language in i18n.LANGUAGES}}
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


def _letter_words(one: Unanswered, language: str) -> dict[str, str]:
    """Whom it went to may be a client: that stays in the window."""
    with i18n.speaking(language):
        title = answer_words.unanswered(one.number, one.list_id, one.due, acknowledged=one.acknowledged)
        return {"title": title, "value": "", "line": ""}


def _silence_words(one: Silence, language: str) -> dict[str, str]:
    """The comment was written for colleagues and may name a client: it stays in the window."""
    with i18n.speaking(language):
        return {"title": answer_words.matchers(one), "value": "", "line": ""}
