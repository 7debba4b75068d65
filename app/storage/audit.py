"""The audit trail: every mutation says who, when, what stood before and after, and why. Rows are only ever added."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from typing import Any

from sqlalchemy import Connection, func, select

from app.storage import audit_chain, passwords, persons, roles
from app.storage.tables.workspace import audit


def record(
    connection: Connection,
    *,
    at: datetime,
    who: str,
    action: str,
    subject: str,
    before: Any = None,
    after: Any = None,
    reason: str | None = None,
    data: Any = None,
) -> int:
    """Write one row in the caller's unit of work, chain it to the row before, and return its id.

    `action` is a code such as "book.import"; `before` and `after` are texts, or anything JSON can hold
    (decimals and dates are written as text); None means that nothing stood there. `data` says which data it was done
    on, where the caller knows: {"batch": 3} or {"as_of": instant}.

    Refused "persons.role_needed" where `who` may not do it, "password.asked" where it is an approval and nobody said
    the password lately: then nothing of the unit of work is stored.
    """
    roles.require(connection, who, action)
    if action in roles.APPROVALS:
        passwords.refuse_locked(connection, who, at)
    row = {
        "at": at,
        "who": who,
        "action": action,
        "subject": subject,
        "before": _text(before),
        "after": _text(after),
        "reason": reason,
        "program_version": _program(),
        "data": _text(data),
        "chained_later": False,
    }
    return audit_chain.append(connection, row)


def trail(
    connection: Connection, *, subject: str | None = None, about: str | None = None, since: datetime | None = None
) -> list[Mapping[str, Any]]:
    """Every row, oldest first: of that `subject`, with `about` in its subject, or not older than `since`."""
    query = select(audit).order_by(audit.c.id)
    if subject is not None:
        query = query.where(audit.c.subject == subject)
    if about is not None:
        query = query.where(audit.c.subject.icontains(about, autoescape=True))
    if since is not None:
        query = query.where(audit.c.at >= since)
    return [dict(row._mapping) for row in connection.execute(query)]


def last_by(connection: Connection) -> dict[str, datetime]:
    """When each account last wrote a row, the program's own under it counted; by the account in small letters."""
    found: dict[str, datetime] = {}
    for row in connection.execute(select(audit.c.who, func.max(audit.c.at).label("at")).group_by(audit.c.who)):
        id = persons.person_id(row.who)
        found[id] = max(found.get(id, row.at), row.at)
    return found


@cache
def _program() -> str:
    return version("tidewatch")


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: Any) -> str:
    match value:
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
    raise TypeError(f"the audit trail cannot hold a {type(value).__name__}")
