"""Words for persons and their roles."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording.formats import day, hour, number

Values = Mapping[str, Any]


def role_label(role: str) -> str:
    """What a person may do."""
    return {
        "viewer": _("viewer"),
        "officer": _("officer"),
        "approver": _("approver"),
        "administrator": _("administrator"),
    }[role]


def role_about(role: str) -> str:
    """What a person of a role may do, in a line."""
    return {
        "viewer": _("Looks at everything, changes nothing."),
        "officer": _("Imports, decides, proposes, acknowledges and signs: the first step of everything."),
        "approver": _("An officer who also does the second step of what others did first, and sets limits."),
        "administrator": _("An approver who also keeps persons, sources, secrets and the bank's settings."),
    }[role]


def doing(action: str) -> str:
    """What an action of the audit trail is, after "may not": "import a book"."""
    return {
        "book.import": _("import a book"),
        "book.undo": _("undo an import"),
        "book.approve": _("approve a book"),
        "book.return": _("return a book"),
        "limits.set": _("set a limit"),
        "limits.import": _("import limits"),
        "limits.withdraw": _("withdraw a limit"),
        "limits.ask_excess": _("ask for an excess"),
        "limits.approve_excess": _("approve an excess"),
        "limits.decline_excess": _("decline an excess"),
        "level.propose": _("propose a level"),
        "level.approve": _("approve a level"),
        "level.return": _("return a level"),
        "entry.enter": _("enter a figure"),
        "entry.import": _("import figures"),
        "entry.accept": _("accept a figure"),
        "entry.return": _("return a figure"),
        "flag.release": _("release a flag"),
        "hand.propose": _("flag or list something by hand"),
        "hand.approve": _("approve an entry by hand"),
        "hand.return": _("return an entry by hand"),
        "note.add": _("write a note"),
        "note.withdraw": _("withdraw a note"),
        "attachment.add": _("attach a file"),
        "alert.acknowledge": _("acknowledge an alert"),
        "alert.outcome": _("close an alert"),
        "silence.start": _("silence alerts"),
        "silence.end": _("end a silence"),
        "rule.set": _("change a rule"),
        "check.decide": _("decide a step of the check"),
        "check.sign": _("sign the check"),
        "check.countersign": _("counter-sign the check"),
        "pack.write": _("write the pack"),
        "reviews.approved": _("confirm a decision"),
        "reviews.returned": _("return a decision"),
        "notice.draft": _("draft a notice"),
        "notice.approved": _("approve a notice"),
        "notice.returned": _("return a notice"),
        "template.propose": _("propose the text of a notice"),
        "template.approve": _("release the text of a notice"),
        "template.return": _("return the text of a notice"),
        "notice.handed": _("hand a notice over"),
        "notice.acknowledged": _("record an acknowledgement"),
        "notice.replied": _("record a reply"),
        "reader.set": _("change how somebody is reached"),
        "outbox.retry": _("retry a dead letter"),
        "outbox.drop": _("drop a dead letter"),
        "secret.keep": _("keep a secret"),
        "secret.remove": _("remove a secret"),
        "scenario.save": _("save a scenario"),
        "scenario.delete": _("delete a scenario"),
        "setting.put": _("change a setting"),
        "setting.clear": _("change a setting"),
        "source.settings": _("change a source"),
        "source.key_set": _("change a source's key"),
        "source.key_removed": _("change a source's key"),
        "series.accept_unit": _("accept a change of unit"),
        "person.add": _("write somebody down"),
        "person.role": _("change a role"),
        "person.left": _("say that somebody left"),
        "person.back": _("say that somebody is back"),
        "password.reset": _("reset a password"),
        "absence.set": _("set an absence"),
        "absence.end": _("end an absence"),
    }.get(action, _("work on review items") if action.startswith("reviews.") else _("do this"))


def needs(action: str, role: str, needed: str) -> str:
    """Why a button is grey for a person of this role."""
    who = {
        "viewer": _("A viewer"),
        "officer": _("An officer"),
        "approver": _("An approver"),
        "administrator": _("An administrator"),
    }[role]
    return _("{who} may not {doing}; it takes a role of {needed}.").format(
        who=who, doing=doing(action), needed=role_label(needed)
    )


def asking(code: str, minutes: int) -> str:
    """Whether approvals ask for a password here."""
    return {
        "set": _("Approvals ask for your password, again after {minutes} minutes without one."),
        "none": _("Approvals ask for a password and you have none yet: set one first."),
        "once": _("Your password was reset: at the next approval you say the one you were given, and set your own."),
        "alone": _("Approvals ask you for no password: you are not among the persons yet."),
        "off": _("Approvals ask for no password: an administrator switched it off."),
    }[code].format(minutes=minutes)


def asking_now(code: str, minutes: int, until: datetime | None) -> str:
    """Whether approvals ask for a password, and until when the one that was said counts."""
    if code != "set":
        return asking(code, minutes)
    if until is None:
        text = _(
            "The next approval asks for your password, which then counts until {minutes} minutes pass without one."
        )
        return text.format(minutes=number(minutes))
    text = _("You said your password: it counts until {time}, and each approval starts the {minutes} minutes anew.")
    return text.format(time=hour(until), minutes=number(minutes))


def password_label(code: str) -> str:
    """How a person's password for approvals stands."""
    return {
        "set": pgettext("password", "set"),
        "none": pgettext("password", "none yet"),
        "once": pgettext("password", "for one use"),
    }[code]


def away_line(person: str, deputy: str, first: date, last: date) -> str:
    """An absence in a line."""
    text = _("{person} is away from {first} to {last}; {deputy} stands in.")
    return text.format(person=person, deputy=deputy, first=day(first), last=day(last))


def as_deputy(names: Sequence[str]) -> str:
    """What a message to a deputy says of itself; `names` of who is away."""
    return _("as deputy of {names}").format(names=_(", ").join(names))


SENTENCES: dict[str, Callable[[Values], str]] = {
    "people.alone": lambda _values: _(
        "You work here alone: what needs a second person cannot be confirmed, and waits."
    ),
    "people.one_approver": lambda v: _(
        "Only {person} may do the second step, so nobody can confirm what {person} does first."
    ).format(**v),
    "people.nobody_today": lambda v: ngettext(
        "The {count} person who may do the second step is away today.",
        "All {count} persons who may do the second step are away today.",
        v["approvers"],
    ).format(count=number(v["approvers"])),
    "people.no_password": lambda v: ngettext(
        "{count} of {all} persons who may approve has no password yet and sets it at the first approval.",
        "{count} of {all} persons who may approve have no password yet and set it at the first approval.",
        v["without"],
    ).format(count=number(v["without"]), all=number(v["approvers"])),
    "people.away": lambda v: ngettext(
        "{count} of {all} persons is away today, with a deputy.",
        "{count} of {all} persons are away today, each with a deputy.",
        v["away"],
    ).format(count=number(v["away"]), all=number(v["all"])),
    "people.fine": lambda v: _("{all} persons work here; {approvers} of them may do the second step.").format(
        all=number(v["all"]), approvers=number(v["approvers"])
    ),
}

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
    "persons.role_needed": lambda v: (
        needs(v["action"], v["role"], v["needed"]),
        _("Somebody with that role does it, or an administrator changes yours: tidewatch persons role ID ROLE."),
    ),
    "password.asked": lambda _values: (
        _("An approval needs your password."),
        _("Say it in the window, or on a command line that can ask: tidewatch persons password shows how it stands."),
    ),
    "password.none": lambda v: (
        _("{person} has not set a password yet, and an approval needs one.").format(**v),
        _("Set it: tidewatch persons password, or in the window under File."),
    ),
    "password.once": lambda _values: (
        _("An administrator reset your password: the one you were given must be changed before an approval counts."),
        _("Set your own: in the window under File, Password of approvals, or tidewatch persons password."),
    ),
    "password.same": lambda _values: (
        _("The new password is the one there was."),
        _("Choose another one."),
    ),
    "password.wrong": lambda _values: (
        _("That is not the password."),
        _("Try again; an administrator can reset it: tidewatch persons reset-password ID."),
    ),
    "password.differs": lambda _values: (
        _("The two are not the same."),
        _("Nothing was changed; try again."),
    ),
    "password.no_terminal": lambda _values: (
        _("A password is asked at a terminal, and there is none."),
        _("Do it in the window, or in a terminal where somebody can type."),
    ),
    "password.bad": lambda v: (
        _("A password has {least} to {most} characters.").format(**v),
        _("A sentence that you remember is better than a word."),
    ),
    "password.bad_idle": lambda v: (
        _("{minutes} is no number of minutes from 1 to 1440.").format(**v),
        _("For example: tidewatch persons passwords --idle 15."),
    ),
    "password.not_written_down": lambda v: (
        _("{person} is not written down here, so nothing asks for a password.").format(**v),
        _("An administrator writes persons down: tidewatch persons add ID NAME."),
    ),
    "persons.own_deputy": lambda v: (
        _("{person} cannot stand in for themselves.").format(**v),
        _("Name another person."),
    ),
    "persons.absence_overlaps": lambda v: (
        _("{person} is away from {first} to {last} already.").format(
            person=v["person"], first=day(v["first"]), last=day(v["last"])
        ),
        _("End that absence first, or choose other days."),
    ),
    "persons.absence_days": lambda v: (
        _("{last} is before {first}.").format(first=day(v["first"]), last=day(v["last"])),
        _("Give the first day, then the last."),
    ),
    "persons.no_absence": lambda v: (
        _("No absence {number} holds or will.").format(**v),
        _("See: tidewatch persons absences."),
    ),
    "persons.absence_over": lambda v: (
        _("{last} is over.").format(last=day(v["last"])),
        _("Give a last day that is today or later."),
    ),
    "persons.deputy_away": lambda v: (
        _("{person} is away from {first} to {last} and cannot stand in.").format(
            person=v["person"], first=day(v["first"]), last=day(v["last"])
        ),
        _("Name another deputy, or other days."),
    ),
    "persons.stands_in": lambda v: (
        _("{person} stands in for {other} from {first} to {last}.").format(
            person=v["person"], other=v["other"], first=day(v["first"]), last=day(v["last"])
        ),
        _("Give {other} another deputy first: withdraw that absence and enter it anew.").format(other=v["other"]),
    ),
    "persons.is_deputy": lambda v: (
        _("{person} stands in, or will, for {other}.").format(**v),
        _("Give {other} another deputy first: withdraw absence {number} and enter it anew.").format(**v),
    ),
    "persons.has_left": lambda v: (
        _("{person} works here no longer.").format(**v),
        _("An administrator can take the person back: tidewatch persons return ID."),
    ),
    "persons.not_left": lambda v: (
        _("{person} works here.").format(**v),
        _("Nothing was changed."),
    ),
}
