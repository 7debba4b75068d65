"""Channels, readers and messages in words: how they stand, why one was not delivered, what is in the way."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording.formats import dated_moment, moment, number, together

Values = Mapping[str, Any]


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


def standing(of: str) -> str:
    """How a channel stands."""
    return {
        "off": pgettext("channel", "Not set up"),
        "ok": pgettext("channel", "Works"),
        "waiting": pgettext("channel", "Messages wait"),
        "failing": pgettext("channel", "Does not deliver"),
    }[of]


def standing_line(values: Values) -> str:
    """A channel in a line: where it leads, what waits, what failed, when it last delivered."""
    parts = [_("{channel}: {state}").format(channel=channel(values["channel"]), state=standing(values["state"]))]
    if values["where"]:
        parts.append(values["where"])
    if values["waiting"] or values["dead"]:
        parts.append(backlog(values["waiting"], values["dead"]))
    if values["last"] is not None:
        parts.append(_("last sent {at}").format(at=dated_moment(values["last"])))
    if values["fault"]:
        parts.append(fault(values["fault"], values["detail"] or ""))
    return _("; ").join(parts)


def backlog(waiting: int, dead: int) -> str:
    """What a channel still has to deliver."""
    parts = []
    if waiting:
        parts.append(_("{count} waiting").format(count=number(waiting)))
    if dead:
        parts.append(ngettext("{count} dead letter", "{count} dead letters", dead).format(count=number(dead)))
    return _("; ").join(parts)


def delivered(count: int) -> str:
    """What a round of sending did."""
    if not count:
        return _("Nothing was due")
    return ngettext("{count} message went out", "{count} messages went out", count).format(count=number(count))


def reader_line(values: Values) -> str:
    """How a person is reached, in a line."""
    parts = [values["email"] or _("no address"), language_name(values["language"])]
    names = [family(one) for one in values["families"]]
    parts.append(_(", ").join(names) if names else _("all families"))
    if values["least"] == "critical":
        parts.append(_("critical only"))
    if not values["ends"]:
        parts.append(_("no ends"))
    if values["quiet"]:
        parts.append(quiet(values["quiet"], values["zone"], breaks=values["critical_breaks"]))
    return _("; ").join(parts)


def family(of: str) -> str:
    """A family of rules."""
    return {
        "fx": _("Exchange rates"),
        "reserves": pgettext("family", "Reserves"),
        "prices": _("Prices"),
        "external": _("External balance and debt"),
        "spread": _("Spreads"),
        "flows": _("Flows"),
        "limits": _("Limits"),
        "data": _("Data"),
        "score": _("Score"),
        "fed_reserves": _("Fed reserves"),
        "corridor": _("Corridor"),
        "on_rrp_treasury": _("ON RRP and Treasury account"),
        "broad_dollar": _("Broad dollar"),
    }[of]


def quiet(hours: str, zone: str, *, breaks: bool) -> str:
    """Quiet hours in words."""
    text = (
        _("quiet {hours} ({zone}), critical comes through") if breaks else _("quiet {hours} ({zone}), for everything")
    )
    return text.format(hours=hours.replace("-", "\u2013"), zone=zone)


def language_name(of: str) -> str:
    """A language's own name."""
    return {"en": "English", "zh_CN": "简体中文"}[of]


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
