"""`persons password|passwords|reset-password|away|absences|back`: passwords of approvals, and who stands in."""

import argparse
import getpass
import sys
from typing import Any

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, iso_date
from app.i18n import gettext as _
from app.refusals import Misused
from app.services.unlocking import Asking
from app.storage.absences import Absence
from app.wording.formats import dated_moment, day
from app.wording.persons import asking


def add(group: "Commands[argparse.ArgumentParser]") -> None:
    """The commands, in the group `persons`."""
    add_command(group, "password", _set, "set or change your password for approvals; it is asked, never given here")
    reset = add_command(group, "reset-password", _reset, "give somebody a password for one use; it is printed once")
    reset.add_argument("id", metavar="ID", help="as `persons list` prints it")
    whole = add_command(group, "passwords", _passwords, "whether approvals ask for a password, and how often")
    whole.add_argument("state", nargs="?", choices=("on", "off"), help="ask from now on, or no more")
    whole.add_argument(
        "--idle", type=int, metavar="MINUTES", help="ask again after so many minutes without an approval"
    )
    away = add_command(group, "away", _away, "somebody stands in for a person between two days, both counted")
    away.add_argument("id", metavar="ID")
    away.add_argument("deputy", metavar="DEPUTY")
    away.add_argument("first", type=iso_date, metavar="FIRST")
    away.add_argument("last", type=iso_date, metavar="LAST")
    add_command(group, "absences", _absences, "who is away, or will be, and who stands in")
    back = add_command(group, "back", _back, "end an absence before its last day")
    back.add_argument("number", type=int, metavar="NUMBER")


def can_ask() -> bool:
    """Whether somebody sits at the command line."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask(text: str) -> str:
    """A password, without showing it; Misused "password.no_terminal" where nobody can be asked."""
    if not can_ask():
        raise Misused("password.no_terminal")
    return getpass.getpass(text)


def unlock(program: Program) -> None:
    """Ask for the acting person's password, so that an approval goes through."""
    program.unlocking.unlock(ask(_("Password of {person}: ").format(person=program.staffing.acting().name)))


def plain(program: Program) -> dict[str, Any]:
    """How approvals are asked for, as other programs read it."""
    state = program.unlocking.state()
    return {"approvals": state.asking.value, "idle_minutes": state.idle_minutes, "unlocked_until": state.until}


def told(program: Program) -> str:
    """How approvals are asked for, in a sentence."""
    state = program.unlocking.state()
    return asking(state.asking.value, state.idle_minutes)  # what was said counts in the program where it was said


def _set(program: Program, _arguments: argparse.Namespace) -> Outcome:
    has = program.unlocking.state().asking in (Asking.SET, Asking.ONCE)
    old = ask(_("Password until now: ")) if has else ""
    new = ask(_("New password: "))
    if ask(_("New password again: ")) != new:
        raise Misused("password.differs")
    program.unlocking.set_password(new, old)
    return Outcome(plain(program), (_("The password is set."), told(program)))


def _reset(program: Program, arguments: argparse.Namespace) -> Outcome:
    given = program.unlocking.reset(arguments.id)
    text = _("For {person}, for one use: {password}").format(person=given.person.name, password=given.password)
    told = _("It is shown this once. Hand it over in person; the next approval asks for it and for a new one.")
    return Outcome({"person": given.person.id, "one_time_password": given.password}, (text, told))


def _passwords(program: Program, arguments: argparse.Namespace) -> Outcome:
    if arguments.idle is not None:
        program.unlocking.set_idle(arguments.idle)
    if arguments.state is not None:
        program.unlocking.switch(arguments.state == "on")
    return Outcome(plain(program), (told(program),))


def _away(program: Program, arguments: argparse.Namespace) -> Outcome:
    return _said([program.working.set_absence(arguments.id, arguments.deputy, arguments.first, arguments.last)])


def _absences(program: Program, _arguments: argparse.Namespace) -> Outcome:
    return _said(program.working.absences())


def _back(program: Program, arguments: argparse.Namespace) -> Outcome:
    ended, at = program.working.end_absence(arguments.number), program.clock()
    text = _("{number}: {deputy} stands in for {person} no longer; {who} ended it on {at} (it was {first} to {last}).")
    said = text.format(number=ended.id, deputy=ended.deputy, person=ended.person, who=program.user,
                       at=dated_moment(at), first=day(ended.first), last=day(ended.last))  # fmt: skip
    return Outcome({"absences": [_plain(ended) | {"ended_by": program.user, "ended_at": at}]}, (said,))


def _said(found: Any) -> Outcome:
    lines = tuple(_line(one) for one in found) or (_("Nobody is away."),)
    return Outcome({"absences": list(map(_plain, found))}, lines)


def _plain(one: Absence) -> dict[str, Any]:
    return {"number": one.id, "person": one.person, "deputy": one.deputy, "first": one.first, "last": one.last}


def _line(one: Absence) -> str:
    text = _("{number}: {deputy} stands in for {person} from {first} to {last}.")
    return text.format(number=one.id, deputy=one.deputy, person=one.person, first=day(one.first), last=day(one.last))
