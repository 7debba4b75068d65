"""The audit trail becomes a chain: what is there is chained in its order, and marked as chained later."""

import hashlib
import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

#: A moment in UTC, and a key that counts up (SQLite only counts on its own INTEGER).
INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_AUDIT = sa.table(
    "audit",
    sa.column("id", KEY),
    sa.column("at", INSTANT),
    *(sa.column(name, sa.Text()) for name in ("who", "action", "subject", "before", "after", "reason")),
    *(sa.column(name, sa.Text()) for name in ("program_version", "data", "previous", "hash")),
    sa.column("chained_later", sa.Boolean()),
)
_CONTENT = ("who", "action", "subject", "before", "after", "reason", "program_version")


def upgrade() -> None:
    """Add the columns, chain every row to the one before, and make the tables of the chain's end."""
    with op.batch_alter_table("audit") as table:
        table.add_column(sa.Column("data", sa.Text(), nullable=True))
        table.add_column(sa.Column("chained_later", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("previous", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("hash", sa.String(length=64), nullable=True))
    end = _chain(op.get_bind())
    with op.batch_alter_table("audit") as table:
        table.alter_column("chained_later", existing_type=sa.Boolean(), nullable=False)
        table.alter_column("previous", existing_type=sa.String(length=64), nullable=False)
        table.alter_column("hash", existing_type=sa.String(length=64), nullable=False)
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("row", KEY, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    if end is not None:
        op.bulk_insert(head, [end])
    op.create_table(
        "audit_anchor",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("occasion", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=256), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("row", KEY, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=True),
        sa.Column("signature", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_anchor")),
    )


def _chain(connection: sa.Connection) -> dict[str, object] | None:
    """Chain what is there, as `app.storage.audit_chain` did in this version; returns the head, None without rows."""
    rows = connection.execute(sa.select(_AUDIT).order_by(_AUDIT.c.id)).all()
    previous, changes = "0" * 64, []
    for row in rows:
        content = {name: row._mapping[name] for name in _CONTENT}
        content |= {"at": _instant(row.at), "data": None, "chained_later": True}
        said = json.dumps(["tidewatch-audit-1", previous, content], sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256(said.encode("ascii")).hexdigest()
        changes.append({"key": row.id, "before_it": previous, "its": digest})
        previous = digest
    if not changes:
        return None
    update = _AUDIT.update().where(_AUDIT.c.id == sa.bindparam("key"))
    update = update.values(chained_later=True, previous=sa.bindparam("before_it"), hash=sa.bindparam("its"))
    connection.execute(update, changes)
    return {"id": 1, "rows": len(rows), "row": rows[-1].id, "hash": previous}


def _instant(moment: datetime) -> str:
    zoned = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return zoned.isoformat(timespec="microseconds")
