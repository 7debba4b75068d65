"""What messages say: one alert, a digest of several, a test; and each in a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alerts.notices import Told
from alerts.rule import Severity
from app.i18n import gettext as _
from app.i18n import language, ngettext, pgettext
from app.wording import alerts, answers
from app.wording.formats import dated_moment, day, number
from app.wording.persons import as_deputy

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a mail: a heading and what is said beneath it, as pairs of a name and a text."""

    heading: str
    tone: str  # "critical", "warning", or empty
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail in words: the opening sentence, its things, and the closing sentences."""

    language: str
    subject: str
    opening: str
    lines: tuple[Line, ...]
    closing: tuple[str, ...]


def alert_mail(several: Sequence[tuple[str, Facts]]) -> Mail:
    """One message, or several as one digest (oldest first), as (key, facts), in the language spoken now."""
    lines = tuple(_line(key, facts) for key, facts in several)
    closing = (
        _("The inbox in Tidewatch is the record; this message only calls attention to it."),
        _("A message may come twice: then it carries the same key."),
    )
    if len(several) == 1:
        _key, facts = several[0]
        severity = Severity(facts["severity"]) if facts.get("severity") else None
        words = {"title": _title(facts), "told": answers.told(Told(facts["told"]))}
        subject = (
            _("[Tidewatch] {title}: {told}").format(**words)
            if severity is None
            else _("[Tidewatch] {severity}: {title}: {told}").format(severity=alerts.severity(severity), **words)
        )
        return Mail(language(), subject, _to_deputy(facts), lines, closing)
    critical = sum(facts.get("severity") == "critical" for _key, facts in several)
    count = len(several)
    subject = ngettext(
        "[Tidewatch] {count} notice, {critical} of them critical",
        "[Tidewatch] {count} notices, {critical} of them critical",
        count,
    ).format(count=number(count), critical=number(critical))
    return Mail(language(), subject, _standing(several), lines, closing)


def _to_deputy(facts: Facts) -> str:
    if not facts.get("deputy_of"):
        return ""
    return _("You receive this as deputy of {names}.").format(names=_(", ").join(facts["deputy_of"]))


def _standing(several: Sequence[tuple[str, Facts]]) -> str:
    """Of a digest: what it comes to now."""
    last = {facts.get("alert") or key: facts["told"] for key, facts in several}
    over = sum(told in (Told.RESOLVED, Told.STEADY) for told in last.values())
    return _("This could not go out when it happened. Of {count} alerts, {over} are over by now.").format(
        count=number(len(last)), over=number(over)
    )


def _line(key: str, facts: Facts) -> Line:
    words = facts["words"][language()] if "words" in facts else {"value": "", "line": ""}
    pairs = [(_("What happened"), answers.told(Told(facts["told"])))]
    if words["value"]:
        pairs.append((_("Value"), words["value"]))
    if words["line"]:
        pairs.append((pgettext("alert", "Line"), words["line"]))
    if facts.get("observed"):
        pairs.append((_("Observation"), day(date.fromisoformat(facts["observed"]))))
    if facts.get("due"):
        pairs.append((_("Due"), day(date.fromisoformat(facts["due"]))))
    if facts.get("until"):
        pairs.append((_("Until"), dated_moment(datetime.fromisoformat(facts["until"]))))
    if facts.get("rule"):
        text = _("{rule}, version {version}").format(rule=facts["rule"], version=facts["rule_version"])
        pairs.append((_("Rule"), text))
    if facts.get("alert"):
        pairs.append((_("Alert"), facts["alert"]))
    if facts.get("recipient"):
        pairs.append((pgettext("message", "For"), facts["recipient"]))
    if facts.get("deputy_of"):
        pairs.append((_("To you"), as_deputy(facts["deputy_of"])))
    pairs.append((pgettext("message", "Key"), key))
    return Line(_title(facts), facts.get("severity") or "", tuple(pairs))


def _title(facts: Facts) -> str:
    if "words" in facts:
        title: str = facts["words"][language()]["title"]
        return title
    return facts.get("silence") or ""


def trial_mail(key: str, who: str, at: datetime) -> Mail:
    """What is sent to try a channel."""
    pairs = ((_("Asked for by"), who), (_("At"), dated_moment(at)), (pgettext("message", "Key"), key))
    return Mail(
        language(),
        _("[Tidewatch] Test: mail arrives"),
        _("This is a test. Nothing has happened; mail from Tidewatch arrives."),
        (Line(_("Test"), "", pairs),),
        (),
    )


def about(facts: Facts, kind: str) -> str:
    """A message in a line: what it tells, of what."""
    if kind == "test":
        return _("Test")
    if kind == "notice":
        subject: str = facts["subject"]
        return subject
    return _("{title}: {told}").format(title=_title(facts), told=answers.told(Told(facts["told"])))
