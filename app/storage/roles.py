"""Who may do what: one table from action to the least role, asked by the audit trail before it writes a row.

Every mutation records its action in its own unit of work, so nothing can be stored that the acting person may not do,
whichever service, command or page it came from.
"""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from app.refusals import Refused
from app.storage import persons
from app.storage.persons import Person, Role, person_id

#: The order of the roles: each may do what the ones before may.
ORDER: tuple[Role, ...] = (Role.VIEWER, Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR)

#: The least role of every action in the audit trail [choice].
LEAST: Mapping[str, Role] = {
    # The program does these by itself, whoever has it open; a backup is restored where nobody may be known yet.
    **dict.fromkeys(
        ("check.run", "check.addendum", "reviews.generate", "workspace.restore", "sample.claim"), Role.VIEWER
    ),
    **dict.fromkeys(("password.set", "password.wrong"), Role.VIEWER),  # one's own
    **dict.fromkeys(("book.import", "book.undo", "series.accept_unit"), Role.OFFICER),
    **dict.fromkeys(("entry.enter", "entry.import", "level.propose", "scenario.save", "scenario.delete"), Role.OFFICER),
    **dict.fromkeys(("alert.acknowledge", "alert.outcome", "silence.start", "silence.end", "rule.set"), Role.OFFICER),
    **dict.fromkeys(("check.decide", "check.sign"), Role.OFFICER),
    **dict.fromkeys(
        (
            *("reviews.assigned", "reviews.decided", "reviews.line_decided", "reviews.commented", "reviews.sent"),
            *("reviews.finished", "reviews.undone", "hand.propose", "note.add", "note.withdraw", "attachment.add"),
        ),
        Role.OFFICER,
    ),
    **dict.fromkeys(("absence.set", "absence.end", "reader.set", "outbox.retry", "outbox.drop"), Role.OFFICER),
    **dict.fromkeys(("notice.draft", "notice.handed", "notice.acknowledged", "notice.replied"), Role.OFFICER),
    **dict.fromkeys(("notice.approved", "notice.returned"), Role.APPROVER),
    "template.propose": Role.OFFICER,
    **dict.fromkeys(("template.approve", "template.return"), Role.APPROVER),
    **dict.fromkeys(("secret.keep", "secret.remove"), Role.ADMINISTRATOR),
    **dict.fromkeys(("supplied.import", "supplied.undo", "sector.review", "limits.ask_excess"), Role.OFFICER),
    **dict.fromkeys(("book.approve", "book.return", "entry.accept", "entry.return"), Role.APPROVER),
    **dict.fromkeys(("level.approve", "level.return", "check.countersign", "flag.release"), Role.APPROVER),
    **dict.fromkeys(("reviews.approved", "reviews.returned", "hand.approve", "hand.return"), Role.APPROVER),
    **dict.fromkeys(
        ("pack.write", "reviews.take_workbook", "reviews.undo_workbook", "reviews.filled_in"), Role.OFFICER
    ),
    **dict.fromkeys(("limits.set", "limits.withdraw", "limits.import"), Role.APPROVER),
    **dict.fromkeys(("limits.approve_excess", "limits.decline_excess"), Role.APPROVER),
    **dict.fromkeys(("person.add", "person.role", "person.left", "person.back", "password.reset"), Role.ADMINISTRATOR),
    **dict.fromkeys(("setting.put", "setting.clear"), Role.ADMINISTRATOR),
    **dict.fromkeys(("source.settings", "source.key_set", "source.key_removed"), Role.ADMINISTRATOR),
}
#: What an action needs that the table does not name: nobody who only looks changes anything.
_OTHERWISE = Role.OFFICER
#: The steps of a second person that count once they are taken: a password is asked for them.
APPROVALS = frozenset(
    {
        *("book.approve", "entry.accept", "level.approve", "check.countersign", "reviews.approved", "hand.approve"),
        *("limits.approve_excess", "notice.approved", "template.approve"),
    }
)


def least(action: str) -> Role:
    """The least role that an action needs."""
    return LEAST.get(action, _OTHERWISE)


def may(role: Role, action: str) -> bool:
    """Whether a role is enough for an action: one cell of the matrix."""
    return ORDER.index(role) >= ORDER.index(least(action))


def acting(connection: Connection, account: str) -> Person:
    """The person who acts under an account.

    Until somebody is written down as administrator, whoever works here is one, so that no desk locks itself out; after
    that an account that nobody wrote down is an officer's. Who left may look on, whatever the role was.
    """
    id = person_id(account)
    known = persons.persons(connection)
    administered = any(person.role is Role.ADMINISTRATOR for person in known)
    unknown = Person(id, account, Role.OFFICER if administered else Role.ADMINISTRATOR)
    found = next((person for person in known if person.id == id), unknown)
    return found if found.left is None else replace(found, role=Role.VIEWER)


def require(connection: Connection, account: str, action: str) -> None:
    """Refused "persons.role_needed" where the person's role is not enough for the action."""
    person = acting(connection, account)
    if not may(person.role, action):
        raise Refused(
            "persons.role_needed",
            person=person.name,
            role=person.role.value,
            needed=least(action).value,
            action=action,
        )
