"""`alerts silence|unsilence|silences|close|inbox`."""

import argparse
from datetime import UTC, datetime, time
from typing import Any

from alerts.notices import Silence
from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, iso_date
from app.i18n import gettext as _
from app.refusals import Misused
from app.storage.answers import Outcome as Ending
from app.storage.answers import StoredNotice
from app.wording import answers as words


def add(group: "Commands[argparse.ArgumentParser]") -> None:
    """The commands, in the group `alerts`."""
    silence = add_command(group, "silence", _silence, "tell nobody of alerts that fit; what they do goes on")
    silence.add_argument("matchers", nargs="+", metavar="NAME=TEXT", help="rule=E9, family=fx, severity=…, country=TR")
    silence.add_argument("--until", type=iso_date, required=True, metavar="DATE", help="until the end of that day")
    silence.add_argument("--comment", required=True, metavar="TEXT", help="why nobody needs to be told")
    end = add_command(group, "unsilence", _unsilence, "end a silence before its time")
    end.add_argument("id", type=int, metavar="NUMBER")
    end.add_argument("--reason", default="", metavar="TEXT")
    listing = add_command(group, "silences", _silences, "the silences that hold or will")
    listing.add_argument("--all", action="store_true", help="every silence there was")
    close = add_command(group, "close", _close, "say how an ended alert turned out; back-tests count it")
    close.add_argument("id", metavar="ID", help="as `alerts list` prints it: A-0001")
    close.add_argument("outcome", choices=[one.value for one in Ending])
    close.add_argument("--comment", default="", metavar="TEXT")
    inbox = add_command(group, "inbox", _inbox, "what was told, newest first")
    inbox.add_argument("--most", type=int, default=50, metavar="COUNT")


def _silence(program: Program, chosen: argparse.Namespace) -> Outcome:
    matchers = {}
    for text in chosen.matchers:
        name, equals, value = text.partition("=")
        if not equals:
            raise Misused("silences.matcher", text=text)
        matchers[name] = value
    until = datetime.combine(chosen.until, time.max, UTC)
    made = program.answering.silence(matchers, until, chosen.comment)
    return Outcome(_data(made), (f"S-{made.id}  {words.silence(made)}",))


def _unsilence(program: Program, chosen: argparse.Namespace) -> Outcome:
    ended = program.answering.end_silence(chosen.id, chosen.reason)
    return Outcome(_data(ended), (f"S-{ended.id}  {words.silence(ended)}",))


def _silences(program: Program, chosen: argparse.Namespace) -> Outcome:
    found = program.answering.silences(running=not chosen.all)
    lines = tuple(f"S-{one.id}  {words.silence(one)}" for one in found)
    return Outcome({"silences": [_data(one) for one in found]}, lines or (_("Nothing is silenced."),))


def _close(program: Program, chosen: argparse.Namespace) -> Outcome:
    action = program.answering.close(chosen.id, Ending(chosen.outcome), chosen.comment)
    data = {"id": chosen.id, "outcome": action.value, "who": action.who, "at": action.at, "comment": action.comment}
    text = _("{id}: {outcome}.").format(id=chosen.id, outcome=words.outcome(action.value))
    return Outcome(data, (text,))


def _inbox(program: Program, chosen: argparse.Namespace) -> Outcome:
    found = program.answering.inbox(chosen.most)
    lines = tuple(
        f"{one.at:%Y-%m-%d %H:%M}Z  {_about(one):8}  {words.told(one.kind)}  {words.hidden(one.hidden)}".rstrip()
        for one in found
    )
    return Outcome({"notices": [_notice(one) for one in found]}, lines or (_("Nothing was told yet."),))


def _about(one: StoredNotice) -> str:
    if one.alert:
        return f"A-{one.alert:04d}"
    if one.key.startswith("letter/"):  # a risk notice that nobody answered
        return one.key.split("/")[1]
    return f"S-{one.silence}" if one.silence else "-"


def _notice(one: StoredNotice) -> dict[str, Any]:
    return {
        "key": one.key,
        "about": _about(one),
        "told": one.kind,
        "severity": one.severity,
        "observed": one.observed,
        "at": one.at,
        "recipient": one.recipient or None,
        "hidden": one.hidden or None,
    }


def _data(one: Silence) -> dict[str, Any]:
    return {
        "id": one.id,
        "matchers": dict(one.matchers),
        "start": one.start,
        "end": one.end,
        "author": one.author,
        "comment": one.comment,
        "ended": one.ended,
    }
