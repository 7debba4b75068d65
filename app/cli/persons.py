"""`persons list|add|role|leave|return`: who works with the workspace."""

import argparse

from app.bootstrap import Program
from app.cli import passwords
from app.cli.command import Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.services.staffing import Member
from app.storage.persons import Person, Role
from app.wording.formats import day
from app.wording.persons import role_label
from app.wording.sentences import sentence

_ROLES = tuple(role.value for role in Role)


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group."""
    group = add_group(commands, "persons", "who works with this workspace, and in which role")
    add_command(group, "list", _list, "everybody who is written down, and you")
    new = add_command(group, "add", _add, "write somebody down")
    new.add_argument("id", metavar="ID", help="the name of the account the person works under")
    new.add_argument("name", metavar="NAME", help="the person's name")
    new.add_argument("--role", choices=_ROLES, default=Role.OFFICER.value, help="what the person may do")
    role = add_command(group, "role", _role, "give somebody another role")
    role.add_argument("id", metavar="ID", help="as `persons list` prints it")
    role.add_argument("role", choices=_ROLES, help="what the person may do from now on")
    leave = add_command(group, "leave", _leave, "somebody works here no longer; what the person did stays")
    leave.add_argument("id", metavar="ID", help="as `persons list` prints it")
    back = add_command(group, "return", _return, "somebody who left works here again, in the role of then")
    back.add_argument("id", metavar="ID", help="as `persons list` prints it")
    passwords.add(group)


def _list(program: Program, _arguments: argparse.Namespace) -> Outcome:
    staff = program.staffing.staff()
    data = {"persons": [_member(one) for one in staff.members], "acting": staff.acting.id, "answer": staff.finding.case}
    lines = [sentence(staff.finding), *(_line(one) for one in staff.members)]
    lines.append(_("You work here as {person}.").format(person=staff.acting.name))
    return Outcome(data | passwords.plain(program), (*lines, passwords.told(program)))


def _member(one: Member) -> dict[str, object]:
    away = one.away or one.next
    return _plain(one.person) | {
        "left": one.person.left,
        "last_seen": one.seen,
        "password": one.password,
        "deputy": None if away is None else away.deputy,
        "away_from": None if away is None else away.first,
        "away_to": None if away is None else away.last,
    }


def _line(one: Member) -> str:
    person, away = one.person, one.away or one.next
    role = role_label(person.role.value) if person.left is None else _("left")
    text = f"{person.id:<24} {person.name:<32} {role:<16}"
    if away is not None:
        told = _("away {first} to {last}, deputy {deputy}")
        text += told.format(first=day(away.first), last=day(away.last), deputy=away.deputy)
    return text.rstrip()


def _leave(program: Program, arguments: argparse.Namespace) -> Outcome:
    person = program.staffing.leave(arguments.id)
    text = _("{person} works here no longer; what was done under that name stays.").format(person=person.name)
    return Outcome(_plain(person), (text,))


def _return(program: Program, arguments: argparse.Namespace) -> Outcome:
    return _said(program.staffing.come_back(arguments.id))


def _add(program: Program, arguments: argparse.Namespace) -> Outcome:
    return _said(program.staffing.add(arguments.id, arguments.name, Role(arguments.role)))


def _role(program: Program, arguments: argparse.Namespace) -> Outcome:
    return _said(program.staffing.change_role(arguments.id, Role(arguments.role)))


def _said(person: Person) -> Outcome:
    text = _("{person}: {role}").format(person=person.name, role=role_label(person.role.value))
    return Outcome(_plain(person), (text,))


def _plain(person: Person) -> dict[str, object]:
    return {"id": person.id, "name": person.name, "role": person.role.value, "since": person.since}
