"""The bank's own settings in the store; what is not stored has the declared default."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.settings import Setting
from app.storage import audit
from app.storage.tables.workspace import setting


def read(connection: Connection, room: str, declared: tuple[Setting, ...]) -> dict[str, Any]:
    """Every declared key of a room ("reviews") with what is stored for it, or its default."""
    stored = {row.key: json.loads(row.value) for row in connection.execute(select(setting))}
    return {one.key: stored.get(f"{room}.{one.key}", one.default) for one in declared}


def put(connection: Connection, room: str, declared: Setting, value: Any, *, at: datetime, who: str) -> None:
    """Store a value; raises TypeError where it is not of the declared kind. The old value stays in the audit trail."""
    if not isinstance(value, declared.kind):
        raise TypeError(f"{declared.key} needs a {declared.kind.__name__}")
    key, text = f"{room}.{declared.key}", json.dumps(value, ensure_ascii=False, sort_keys=True)
    before = connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar_one_or_none()
    if before is None:
        connection.execute(setting.insert().values(key=key, value=text))
    else:
        connection.execute(setting.update().where(setting.c.key == key).values(value=text))
    audit.record(connection, at=at, who=who, action="setting.put", subject=key, before=before, after=text)


def clear(connection: Connection, room: str, declared: Setting, *, at: datetime, who: str) -> None:
    """Forget a value, so that the declared default counts again; nothing happens where none is stored."""
    key = f"{room}.{declared.key}"
    before = connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar_one_or_none()
    if before is not None:
        connection.execute(setting.delete().where(setting.c.key == key))
        audit.record(connection, at=at, who=who, action="setting.clear", subject=key, before=before, after=None)
