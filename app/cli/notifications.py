"""`notifications …`: who is told how, what waits, what could not be delivered, and a test."""

import argparse
import getpass
import sys
from dataclasses import replace
from typing import Any

from alerts.rule import FAMILIES, Severity
from app import i18n
from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.notifying import ChannelStanding, Queued
from app.services.subscribing import quiet_hours
from app.storage.outbox import Channel, Reader, State
from app.wording import letters
from app.wording import notifications as words
from app.wording.formats import dated_moment, number
from app.wording.sentences import sentence


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """The group."""
    group = add_group(commands, "notifications", "who is told outside the window, what waits, what did not arrive")
    add_command(group, "status", _status, "the channels, and whether people can be reached")
    listing = add_command(group, "list", _list, "what waits, was sent, or could not be delivered, newest first")
    listing.add_argument("--state", choices=[one.value for one in State], help="only messages in this state")
    listing.add_argument("--most", type=int, default=50, metavar="COUNT")
    add_command(group, "dead", _dead, "what could not be delivered and waits for a person, with why")
    again = add_command(group, "retry", _retry, "send dead letters again, with the same keys")
    again.add_argument("keys", nargs="*", metavar="KEY", help="as `notifications dead` prints it; none: all")
    drop = add_command(group, "drop", _drop, "a dead letter need not arrive any more")
    drop.add_argument("key", metavar="KEY")
    drop.add_argument("--reason", required=True, metavar="TEXT")
    show = add_command(group, "show", _show, "every attempt of a message")
    show.add_argument("key", metavar="KEY")
    add_command(group, "deliver", _deliver, "send now what is due; the program does so by itself while it runs")
    test = add_command(group, "test", _test, "send one message that says it is a test")
    test.add_argument("channel", choices=[one.value for one in Channel])
    test.add_argument("--person", metavar="ID", help="whose address; your own where nobody is named")
    add_command(group, "readers", _readers, "how everybody is reached")
    _add_reader(group)
    secret = add_group(group, "secret", "the mail password and the webhook's secret, in the system's safe")
    for name, run, text in (
        ("set", _set_secret, "put it into the safe; it is asked for, or read from standard input"),
        ("remove", _remove_secret, "take it out of the safe"),
    ):
        add_command(secret, name, run, text).add_argument("channel", choices=[one.value for one in Channel])


def _add_reader(group: "Commands[argparse.ArgumentParser]") -> None:
    reader = add_command(group, "reader", _reader, "say how a person is reached; what is not named stays as it is")
    reader.add_argument("person", metavar="ID", help="an account, as `persons list` prints it")
    reader.add_argument("--email", metavar="ADDRESS", help="an empty text: no mail")
    reader.add_argument("--language", choices=i18n.LANGUAGES)
    reader.add_argument("--families", metavar="NAMES", help=f"some of {','.join(FAMILIES)}; an empty text: all")
    reader.add_argument("--least", choices=[one.value for one in Severity], help="the mildest severity that is told")
    reader.add_argument("--ends", choices=("yes", "no"), help="whether ends of alerts are told")
    reader.add_argument("--quiet", metavar="HOURS", help="such as 22:00-07:00; an empty text: none")
    reader.add_argument("--zone", metavar="ZONE", help="of the quiet hours: Asia/Shanghai")
    reader.add_argument("--critical-breaks", choices=("yes", "no"), help="whether critical alerts come at any hour")


def _status(program: Program, _chosen: argparse.Namespace) -> Outcome:
    standing = program.notifying.standing()
    data = {"finding": standing.finding.case, "channels": [_channel(one) for one in standing.channels]}
    lines = [sentence(standing.finding), *(words.standing_line(one) for one in map(_values, standing.channels))]
    return Outcome(data, tuple(lines))


def _values(one: ChannelStanding) -> dict[str, Any]:
    secret = "" if one.secret is None else one.secret.place.value
    return _channel(one) | {"channel": one.channel.value, "last": one.last, "secret_from": secret}


def _channel(one: ChannelStanding) -> dict[str, Any]:
    return {
        "channel": one.channel,
        "state": one.state,
        "where": one.where or None,
        "secret_from": None if one.secret is None else one.secret.place.value,
        "waiting": one.waiting,
        "dead": one.dead,
        "last": one.last,
        "fault": one.fault or None,
        "detail": one.detail or None,
    }


def _list(program: Program, chosen: argparse.Namespace) -> Outcome:
    states = (State(chosen.state),) if chosen.state else ()
    found = program.notifying.queue(states, chosen.most)
    return Outcome({"messages": [_message(one) for one in found]}, _lines(found) or (_("Nothing had to be sent yet."),))


def _dead(program: Program, _chosen: argparse.Namespace) -> Outcome:
    found = program.notifying.queue((State.DEAD,), None)
    return Outcome({"messages": [_message(one) for one in found]}, _lines(found) or (_("There is no dead letter."),))


def _lines(found: tuple[Queued, ...]) -> tuple[str, ...]:
    return tuple(
        f"{one.message.key}  {dated_moment(one.message.at)}  {words.channel(one.message.channel.value)}: {one.to}  "
        f"{words.state(one.message.state.value)}  {letters.about(one.message.facts, one.message.kind.value)}  "
        f"{_why(one)}".rstrip()
        for one in found
    )


def _why(one: Queued) -> str:
    if one.hold is not None:
        return words.held({"why": one.hold.why, "until": one.hold.until})
    return words.fault(one.message.fault, one.message.detail) if one.message.fault else ""


def _message(one: Queued) -> dict[str, Any]:
    message = one.message
    return {
        "key": message.key,
        "channel": message.channel,
        "recipient": message.recipient,
        "to": one.to,
        "kind": message.kind,
        "severity": message.severity,
        "state": message.state,
        "at": message.at,
        "attempts": message.attempts,
        "next_at": message.next_at if message.state is State.WAITING else None,
        "held": None if one.hold is None else one.hold.why,
        "held_until": None if one.hold is None else one.hold.until,
        "fault": message.fault or None,
        "detail": message.detail or None,
        "sent_at": message.sent_at,
        "sent_in": message.sent_in,
        "facts": {name: value for name, value in message.facts.items() if name != "words"},
    }


def _retry(program: Program, chosen: argparse.Namespace) -> Outcome:
    keys = chosen.keys or [one.message.key for one in program.notifying.queue((State.DEAD,), None)]
    done = [program.notifying.retry(key).key for key in keys]
    text = ngettext("{count} message waits to go out again.", "{count} messages wait to go out again.", len(done))
    text = text.format(count=number(len(done)))
    return Outcome({"retried": done}, (text,))


def _drop(program: Program, chosen: argparse.Namespace) -> Outcome:
    dropped = program.notifying.drop(chosen.key, chosen.reason)
    return Outcome({"dropped": dropped.key}, (_("{key}: dropped.").format(key=dropped.key),))


def _show(program: Program, chosen: argparse.Namespace) -> Outcome:
    found = program.notifying.attempts(chosen.key)
    data = [
        {"at": one.at, "outcome": one.outcome, "fault": one.fault or None, "detail": one.detail, "who": one.who or None}
        for one in found
    ]
    lines = tuple(
        f"{dated_moment(one.at)}  {words.state(one.outcome)}  {one.who or '-'}  "
        f"{words.fault(one.fault, one.detail) if one.fault else one.detail}".rstrip()
        for one in found
    )
    return Outcome({"attempts": data}, lines or (_("Nothing was tried yet."),))


def _deliver(program: Program, _chosen: argparse.Namespace) -> Outcome:
    sent = program.notifying.deliver()
    text = ngettext("{count} message went out.", "{count} messages went out.", sent).format(count=number(sent))
    return Outcome({"sent": sent}, (text,))


def _test(program: Program, chosen: argparse.Namespace) -> Outcome:
    found = program.notifying.test(Channel(chosen.channel), chosen.person)
    return Outcome({"channel": chosen.channel, "case": found.case}, (sentence(found),))


def _readers(program: Program, _chosen: argparse.Namespace) -> Outcome:
    found = program.notifying.standing().readers
    lines = tuple(f"{one.person}  {name}  {words.reader_line(_reader_values(one))}" for one, name in found)
    data = [{"person": one.person, "name": name, **_reader_values(one)} for one, name in found]
    return Outcome({"readers": data}, lines or (_("Nobody has an address yet."),))


def _reader(program: Program, chosen: argparse.Namespace) -> Outcome:
    now = program.subscribing.reader(chosen.person)
    quiet = now.quiet
    if chosen.quiet is not None:
        zone = chosen.zone or (quiet.zone if quiet is not None else "Asia/Shanghai")
        quiet = quiet_hours(chosen.quiet, zone)
    elif chosen.zone is not None and quiet is not None:
        quiet = quiet_hours(f"{quiet.start:%H:%M}-{quiet.end:%H:%M}", chosen.zone)
    families = now.families
    if chosen.families is not None:
        families = tuple(part.strip() for part in chosen.families.split(",") if part.strip())
    kept = program.subscribing.set_reader(
        replace(
            now,
            email=now.email if chosen.email is None else chosen.email,
            language=chosen.language or now.language,
            families=families,
            least=Severity(chosen.least) if chosen.least else now.least,
            resolved=now.resolved if chosen.ends is None else chosen.ends == "yes",
            quiet=quiet,
            critical_breaks=now.critical_breaks if chosen.critical_breaks is None else chosen.critical_breaks == "yes",
        )
    )
    values = _reader_values(kept)
    return Outcome({"person": kept.person, **values}, (f"{kept.person}  {words.reader_line(values)}",))


def _reader_values(one: Reader) -> dict[str, Any]:
    quiet = one.quiet
    return {
        "email": one.email or None,
        "language": one.language,
        "families": list(one.families),
        "least": one.least.value,
        "ends": one.resolved,
        "quiet": None if quiet is None else f"{quiet.start:%H:%M}-{quiet.end:%H:%M}",
        "zone": None if quiet is None else quiet.zone,
        "critical_breaks": one.critical_breaks,
    }


def _set_secret(program: Program, chosen: argparse.Namespace) -> Outcome:
    """A secret on the command line would stand in the shell's history: it is asked for instead."""
    prompt = _("Secret of {channel}: ").format(channel=words.channel(chosen.channel))
    secret = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    program.notifying.keep_secret(Channel(chosen.channel), secret)
    return Outcome({"channel": chosen.channel, "kept": True}, (_("It is in the system's safe."),))


def _remove_secret(program: Program, chosen: argparse.Namespace) -> Outcome:
    program.notifying.remove_secret(Channel(chosen.channel))
    return Outcome({"channel": chosen.channel, "kept": False}, (_("It is removed."),))
