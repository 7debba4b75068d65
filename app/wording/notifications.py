"""What messages say, why one could not be delivered, and what stands in the way of telling anybody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alerts.notices import Told
from alerts.rule import Severity
from app.i18n import gettext as _
from app.i18n import language, ngettext, pgettext
from app.wording import alerts, answers
from app.wording.formats import dated_moment, day, moment, number, together

Values = Mapping[str, Any]
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
        return Mail(language(), subject, "", lines, closing)
    critical = sum(facts.get("severity") == "critical" for _key, facts in several)
    count = len(several)
    subject = ngettext(
        "[Tidewatch] {count} notice, {critical} of them critical",
        "[Tidewatch] {count} notices, {critical} of them critical",
        count,
    ).format(count=number(count), critical=number(critical))
    return Mail(language(), subject, _standing(several), lines, closing)


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
    if facts.get("until"):
        pairs.append((_("Until"), dated_moment(datetime.fromisoformat(facts["until"]))))
    if facts.get("rule"):
        text = _("{rule}, version {version}").format(rule=facts["rule"], version=facts["rule_version"])
        pairs.append((_("Rule"), text))
    if facts.get("alert"):
        pairs.append((_("Alert"), facts["alert"]))
    if facts.get("recipient"):
        pairs.append((_("For"), facts["recipient"]))
    pairs.append((_("Key"), key))
    return Line(_title(facts), facts.get("severity") or "", tuple(pairs))


def _title(facts: Facts) -> str:
    if "words" in facts:
        title: str = facts["words"][language()]["title"]
        return title
    return facts.get("silence") or ""


def trial_mail(key: str, who: str, at: datetime) -> Mail:
    """What is sent to try a channel."""
    pairs = ((_("Asked for by"), who), (_("At"), dated_moment(at)), (_("Key"), key))
    return Mail(
        language(),
        _("[Tidewatch] Test: mail arrives"),
        _("This is a test. Nothing has happened; mail from Tidewatch arrives."),
        (Line(_("Test"), "", pairs),),
        (),
    )


def channel(of: str) -> str:
    """A channel's name."""
    return {"mail": _("Mail"), "webhook": _("Webhook")}[of]


def state(of: str) -> str:
    """How far a message has come."""
    return {
        "waiting": pgettext("message", "Waiting"),
        "sent": pgettext("message", "Sent"),
        "dead": pgettext("message", "Dead letter"),
        "dropped": pgettext("message", "Dropped"),
    }[of]


def about(facts: Facts, kind: str) -> str:
    """A message in a line: what it tells, of what."""
    if kind == "test":
        return _("Test")
    if kind == "notice":
        subject: str = facts["subject"]
        return subject
    return _("{title}: {told}").format(title=_title(facts), told=answers.told(Told(facts["told"])))


def held(values: Values) -> str:
    """Why a message waits though nothing failed; empty where nothing holds it."""
    if values["why"] == "quiet":
        return _("quiet hours until {at}").format(at=moment(values["until"]))
    if values["why"] == "silence":
        return _("silenced until {at}").format(at=dated_moment(values["until"]))
    if values["why"] == "off":
        return _("the channel is off")
    return ""


_FAULTS: dict[str, Callable[[], tuple[str, str]]] = {
    "unreachable": lambda: (
        _("The server cannot be reached."),
        _("Look at server and port, and whether this computer may connect to it."),
    ),
    "timeout": lambda: (
        _("The server did not answer in time."),
        _("It is tried again by itself; allow more time under notifications.timeout_seconds."),
    ),
    "certificate": lambda: (
        _("The server's certificate is not trusted."),
        _("Name the bank's certificates under notifications.ca_bundle."),
    ),
    "starttls_refused": lambda: (
        _("The server refuses to encrypt (STARTTLS), so nothing was sent."),
        _("Ask who runs it, or choose tls with its port."),
    ),
    "password_in_clear": lambda: (
        _("Without encryption no password is sent."),
        _("Choose starttls or tls, or take the account away."),
    ),
    "login_refused": lambda: (
        _("The server does not accept the account and its password."),
        _("Enter the password again."),
    ),
    "sender_refused": lambda: (
        _("The server does not let mail come from this address."),
        _("Choose an address that belongs to the account."),
    ),
    "recipient_refused": lambda: (
        _("The server refuses this recipient."),
        _("Correct the address, then retry."),
    ),
    "content_refused": lambda: (
        _("The server refuses this message."),
        _("See what it said, then retry or drop the message."),
    ),
    "put_off": lambda: (
        _("The server put the message off."),
        _("It is tried again by itself."),
    ),
    "cut": lambda: (
        _("The connection broke off; the message may have arrived."),
        _("It is sent again with the same key."),
    ),
    "answered": lambda: (
        _("The receiver did not take it."),
        _("See its answer beside this."),
    ),
    "no_secret": lambda: (
        _("The webhook has no secret to sign with."),
        _("Enter the secret that its receiver knows."),
    ),
    "no_address": lambda: (
        _("Nobody says any more where this reader is reached."),
        _("Enter an address, then retry."),
    ),
    "off": lambda: (
        _("The channel is not set up."),
        _("Enter its server first."),
    ),
    "gave_up": lambda: (
        _("It failed for too long."),
        _("Put right what stands beside it, then retry."),
    ),
    "fault": lambda: (
        _("The program failed while sending it."),
        _("See the log, then retry."),
    ),
}


def fault(code: str, detail: str = "") -> str:
    """Why a message was not delivered, what to do, and what the server said."""
    text = together(_FAULTS[code]())
    return _("{text} ({detail})").format(text=text, detail=detail) if detail else text


def _failing(values: Values) -> str:
    return _("{count} messages wait since {since}: {why}").format(
        count=number(values["waiting"]), since=dated_moment(values["since"]), why=_FAULTS[values["fault"]]()[0]
    )


SENTENCES: dict[str, Callable[[Values], str]] = {
    "notifications.off": lambda _values: _(
        "Nobody is told outside this window: neither a mail server nor a webhook is set up."
    ),
    "notifications.no_reader": lambda _values: _("Mail is set up, but no person has an address."),
    "notifications.dead": lambda v: ngettext(
        "{count} message could not be delivered and waits for you.",
        "{count} messages could not be delivered and wait for you.",
        v["dead"],
    ).format(count=number(v["dead"])),
    "notifications.failing": _failing,
    "notifications.waiting": lambda v: ngettext(
        "{count} message waits to go out; nothing failed.",
        "{count} messages wait to go out; nothing failed.",
        v["waiting"],
    ).format(count=number(v["waiting"])),
    "notifications.fine": lambda v: _("Everything that was told has gone out, last on {at}.").format(
        at=dated_moment(v["last"])
    ),
    "notifications.nothing_yet": lambda _values: _("Nothing had to be sent yet."),
    "notifications.tested": lambda v: _("{channel}: the test was handed over.").format(channel=channel(v["channel"])),
}

REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "notifications.off": lambda v: (
        _("{channel} is not set up.").format(channel=channel(v["channel"])),
        _("Enter its server and sender, or its address, first."),
    ),
    "notifications.no_address": lambda v: (
        _("{person} has no address.").format(person=v["person"]),
        _("Enter it first: tidewatch notifications reader {person} --email ADDRESS").format(person=v["person"]),
    ),
    "notifications.undelivered": lambda v: (
        _("The test did not arrive. {why}").format(why=_FAULTS[v["fault"]]()[0])
        + (_(" ({detail})").format(detail=v["detail"]) if v["detail"] else ""),
        _FAULTS[v["fault"]]()[1],
    ),
    "notifications.unknown": lambda v: (
        _("There is no message {key}.").format(key=v["key"]),
        _("See them with: tidewatch notifications list"),
    ),
    "notifications.not_dead": lambda v: (
        _("Message {key} is no dead letter.").format(key=v["key"]),
        _("It goes out by itself, or went out already."),
    ),
    "notifications.reason_missing": lambda _values: (
        _("A message is only dropped with a reason; nothing was stored."),
        _("Write in a sentence why it need not arrive."),
    ),
    "notifications.bad_address": lambda v: (
        _("{text} is no mail address.").format(text=v["text"]),
        _("Write for example: wu.fang@bank.example"),
    ),
    "notifications.bad_language": lambda v: (
        _("{text} is no language of this program.").format(text=v["text"]),
        _("Choose en or zh_CN."),
    ),
    "notifications.bad_hours": lambda v: (
        _("{text} are no quiet hours.").format(text=v["text"]),
        _("Write the beginning and a different end, such as 22:00-07:00."),
    ),
    "notifications.bad_zone": lambda v: (
        _("{text} is no time zone.").format(text=v["text"]),
        _("Write for example: Asia/Shanghai"),
    ),
    "notifications.bad_family": lambda v: (
        _("{text} is no family of rules.").format(text=v["text"]),
        _("Known: {known}.").format(known=_(", ").join(v["known"])),
    ),
}
