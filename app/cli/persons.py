"""`persons list`, `persons add`, `persons role`: who works with the workspace."""

import argparse

from app.bootstrap import Program
from app.cli import passwords
from app.cli.command import Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.storage.persons import Person, Role
from app.wording.persons import role_label

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
    passwords.add(group)


def _list(program: Program, _arguments: argparse.Namespace) -> Outcome:
    acting = program.staffing.acting()
    everybody = program.staffing.persons()
    data = {"persons": [_plain(person) for person in everybody], "acting": acting.id}
    lines = [f"{person.id:<24} {person.name:<32} {role_label(person.role.value)}" for person in everybody]
    lines.append(_("You work here as {person}.").format(person=acting.name))
    return Outcome(data | passwords.plain(program), (*lines, passwords.told(program)))


def _add(program: Program, arguments: argparse.Namespace) -> Outcome:
    return _said(program.staffing.add(arguments.id, arguments.name, Role(arguments.role)))


def _role(program: Program, arguments: argparse.Namespace) -> Outcome:
    return _said(program.staffing.change_role(arguments.id, Role(arguments.role)))


def _said(person: Person) -> Outcome:
    text = _("{person}: {role}").format(person=person.name, role=role_label(person.role.value))
    return Outcome(_plain(person), (text,))


def _plain(person: Person) -> dict[str, object]:
    return {"id": person.id, "name": person.name, "role": person.role.value, "since": person.since}
