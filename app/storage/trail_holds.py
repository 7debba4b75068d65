"""What stands in the store against the last word of the audit trail about it: settings, roles, files, notices, notes.

Whoever writes to the database past the program can change these without a step; here it shows.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from app.storage import facts
from app.storage.tables.notices import notice
from app.storage.tables.persons import person
from app.storage.tables.reviews import attachment, dated_note
from app.storage.tables.templates import notice_template
from app.storage.tables.workspace import audit, setting

#: The last of these actions says what a setting, and what a person's role, is.
_SETTING, _ROLE = ("setting.put", "setting.clear"), ("person.add", "person.role")


def text_digest(*texts: str) -> str:
    """The SHA-256 of texts, as the trail keeps it of a notice."""
    return hashlib.sha256(json.dumps(texts, ensure_ascii=False).encode()).hexdigest()


def altered(connection: Connection) -> Iterator[tuple[str, str]]:
    """What is not as the trail says, or gone: its subject in the trail, and who wrote that row."""
    wanted = (*_SETTING, *_ROLE, "attachment.add", "notice.draft", "note.add", "template.propose")
    query = select(audit.c.action, audit.c.subject, audit.c.who, audit.c.after).where(audit.c.action.in_(wanted))
    last: dict[str, Any] = {}
    files, notes, told = _rows(connection, attachment), _rows(connection, dated_note), _rows(connection, notice)
    texts = _rows(connection, notice_template)
    for row in connection.execute(query.order_by(audit.c.id)):
        if row.action in (*_SETTING, *_ROLE):
            last[row.subject] = row
            continue
        after = _said(row.after)
        match row.action:
            case "attachment.add":
                found, kept = files.get(after.get("number")), after.get("sha256")
                holds = found is not None and found.sha256 == kept
            case "note.add":
                found = notes.get(after.get("number"))
                holds = found is not None and found.text == after.get("text")
            case "template.propose":
                found, kept = texts.get(after.get("version")), after.get("texts", {})
                holds = found is not None and (found.english, found.chinese) == (kept.get("en"), kept.get("zh_CN"))
            case _:  # an earlier program kept no digest of a notice
                found = told.get(int(row.subject.removeprefix("notice ")))
                kept = after.get("digest")
                holds = found is not None and kept in (None, text_digest(found.heading, found.body))
        if not holds:
            yield row.subject, row.who
    settings = {row.key: row.value for row in connection.execute(select(setting))}
    persons = {f"person {row.id}": row.role for row in connection.execute(select(person))}
    unknown = settings.keys() - last.keys()
    if not facts.is_sample(connection):  # the persons of a sample were there before its trail
        unknown |= persons.keys() - last.keys()
    yield from ((subject, "") for subject in sorted(unknown))
    for subject, row in last.items():
        if row.action in _SETTING:
            holds = settings.get(subject) == (row.after if row.action == "setting.put" else None)
        else:
            holds = persons.get(subject) == _said(row.after).get("role")
        if not holds:
            yield subject, row.who


def _rows(connection: Connection, table: Table) -> dict[Any, Any]:
    return {row.id: row for row in connection.execute(select(table))}


def _said(text: str | None) -> Mapping[str, Any]:
    """What a row says; nothing where somebody wrote it past the program: the chain names such a row."""
    try:
        said = json.loads(text or "{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
