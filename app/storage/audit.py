"""The audit trail: every mutation says who, when, what stood before and after, and why. Rows are only ever added."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from importlib.metadata import version
from typing import Any

from sqlalchemy import Connection, select

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
) -> int:
    """Write one row in the caller's unit of work and return its id.

    `action` is a code such as "book.import"; `before` and `after` are texts, or anything JSON can hold
    (decimals and dates are written as text); None means that nothing stood there.
    """
    row = audit.insert().values(
        at=at,
        who=who,
        action=action,
        subject=subject,
        before=_text(before),
        after=_text(after),
        reason=reason,
        program_version=version("tidewatch"),
    )
    key: int = connection.execute(row).inserted_primary_key[0]  # type: ignore[index]
    return key


def trail(connection: Connection, *, subject: str | None = None) -> list[Mapping[str, Any]]:
    """Every row, oldest first; with `subject` only those that speak of it."""
    query = select(audit).order_by(audit.c.id)
    if subject is not None:
        query = query.where(audit.c.subject == subject)
    return [dict(row._mapping) for row in connection.execute(query)]


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
