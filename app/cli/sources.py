"""`sources list`, `sources switch`, `sources key set|remove|test`: where figures come from, and how."""

import argparse
import getpass
import sys

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.services.provider import Provider
from app.services.sourcing import BY_HAND
from app.wording import sourcing
from app.wording.formats import moment, number, together
from app.wording.sentences import refusal, sentence


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the commands on the command line."""
    group = add_group(commands, "sources", "Where the figures come from: hosts, keys, switches, what failed.")
    add_command(group, "list", _list, "Every source: its host, its key, its switch, its last outcome, its attribution.")
    switch = add_command(group, "switch", _switch, "Ask a source, or ask it no more.")
    switch.add_argument("id", metavar="ID", help="as `sources list` prints it")
    switch.add_argument("state", choices=("on", "off"))
    keys = add_group(group, "key", "The key of a source that wants one; it is kept in the system's safe.")
    for name, run, text in (
        ("set", _set_key, "Put a key into the system's safe; it is asked for, or read from standard input."),
        ("remove", _remove_key, "Take a key out of the system's safe."),
        ("test", _test_key, "Ask the source one small question with the key; nothing is stored."),
    ):
        add_command(keys, name, run, text).add_argument("id", metavar="ID", help="as `sources list` prints it")


def _list(program: Program, _chosen: argparse.Namespace) -> Outcome:
    standing = program.sourcing.standing()
    data: dict[str, object] = {"finding": standing.finding.case, "sources": [_plain(one) for one in standing.providers]}
    lines = [sentence(standing.finding)]
    if standing.calendar is not None:
        data["calendar_fault"] = refusal(standing.calendar)[0]
        lines.append(together(refusal(standing.calendar)))
    for one in standing.providers:
        lines += _lines(one)
    return Outcome(data, tuple(lines))


def _plain(one: Provider) -> dict[str, object]:
    return {
        "id": one.id,
        "name": sourcing.source_name(one.id),
        "host": one.host or None,
        "enabled": None if one.settings is None else one.settings.enabled,
        "key_needed": one.key is not None and one.key.needed,
        "key_present": one.kept is not None,
        "key_from": None if one.kept is None else one.kept.place.value,
        "stands_in_for": one.stands_in,
        "state": one.state,
        "answered_at": one.answered_at,
        "series": len(one.carried),
        "faults": [sourcing.cause(fault)[0] for fault in one.faults],
        "attribution": one.attribution or None,
    }


def _lines(one: Provider) -> list[str]:
    said = [sourcing.state(one.state)[1]]
    if one.answered_at is not None:
        said.append(_("answered {at}").format(at=moment(one.answered_at)))
    said.append(_("{count} series").format(count=number(len(one.carried))))
    if one.key is not None:
        said.append(sourcing.key_words(one.kept.place.value if one.kept else None))
    if one.stands_in is not None:
        said.append(_("stands in for {source}").format(source=one.stands_in))
    name = one.id if one.id != BY_HAND else "-"
    lines = [f"{name:12} {one.host or '-':32} {sourcing.source_name(one.id)}: {_(', ').join(said)}"]
    lines += [f"{'':12} {together(sourcing.cause(fault))}" for fault in one.faults]
    if one.attribution:
        lines.append(f"{'':12} {one.attribution}")
    return lines


def _switch(program: Program, chosen: argparse.Namespace) -> Outcome:
    settings = program.sourcing.switch(chosen.id, chosen.state == "on")
    text = _("{source} is asked.") if settings.enabled else _("{source} is not asked any more; its old data stays.")
    data = {"id": chosen.id, "enabled": settings.enabled}
    return Outcome(data, (text.format(source=sourcing.source_name(chosen.id)),))


def _set_key(program: Program, chosen: argparse.Namespace) -> Outcome:
    """A key on the command line would stand in the shell's history: it is asked for instead."""
    program.sourcing.wants_key(chosen.id)
    prompt = _("Key of {source}: ").format(source=sourcing.source_name(chosen.id))
    key = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
    program.sourcing.keep_key(chosen.id, key.strip())
    text = _("The key of {source} is in the system's safe. Test it: tidewatch sources key test {id}")
    return Outcome(
        {"id": chosen.id, "key_present": True}, (text.format(source=sourcing.source_name(chosen.id), id=chosen.id),)
    )


def _remove_key(program: Program, chosen: argparse.Namespace) -> Outcome:
    program.sourcing.remove_key(chosen.id)
    text = _("The key of {source} is removed.").format(source=sourcing.source_name(chosen.id))
    return Outcome({"id": chosen.id, "key_present": False}, (text,))


def _test_key(program: Program, chosen: argparse.Namespace) -> Outcome:
    found = program.sourcing.test_key(chosen.id)
    return Outcome({"id": chosen.id, "case": found.case, "newest": found.values["day"]}, (sentence(found),))
