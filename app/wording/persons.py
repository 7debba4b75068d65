"""Words for persons and their roles."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _

Values = Mapping[str, Any]


def role_label(role: str) -> str:
    """What a person may do."""
    return {
        "viewer": _("viewer"),
        "officer": _("officer"),
        "approver": _("approver"),
        "administrator": _("administrator"),
    }[role]


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "persons.same_person": lambda v: (
        _("{person} did the first step and cannot do the second.").format(**v),
        _("Somebody else must do it, under an account of their own."),
    ),
    "persons.nobody": lambda _values: (
        _("This step needs two named persons."),
        _("Do it under an account that has a name."),
    ),
    "persons.known": lambda v: (
        _("{person} is written down already.").format(**v),
        _("To change what a person may do: tidewatch persons role ID ROLE."),
    ),
    "persons.unknown": lambda v: (
        _("Nobody is written down as {person}.").format(**v),
        _("See: tidewatch persons list."),
    ),
    "persons.last_administrator": lambda v: (
        _("{person} is the only administrator.").format(**v),
        _("Make somebody else administrator first."),
    ),
    "persons.bad_id": lambda v: (
        _("A person's id is an account's name of 1 to {most} characters.").format(**v),
        _("Write it on one line."),
    ),
    "persons.bad_name": lambda v: (
        _("A person's name has 1 to {most} characters.").format(**v),
        _("Write it on one line."),
    ),
}
