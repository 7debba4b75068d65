"""One store of limits of every scope, with temporary excesses that a second person approves."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

#: A moment in UTC, and a key that counts up (SQLite only counts on its own INTEGER).
INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and move the country limits over in the order in which they were set."""
    limits = op.create_table(
        "limit_version",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("within", sa.String(length=8), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False),
        sa.Column("measure", sa.String(length=16), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("batch", KEY, nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("user", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_limit_version_not_negative")),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_limit_version_batch_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limit_version")),
    )
    op.create_index("ix_limit_version_scope", "limit_version", ["scope", "id"], unique=False)
    before = sa.table(
        "country_limit",
        *(sa.column(name) for name in ("id", "country", "amount", "currency", "basis", "measure", "user")),
        sa.column("at", INSTANT),
    )
    rows = op.get_bind().execute(sa.select(before).order_by(before.c.id)).all()
    blank = {"within": "", "valid_from": None, "valid_to": None, "owner": "", "source": "", "batch": None}
    moved = [
        {"id": row.id, "scope": "country", "key": row.country, "withdrawn": False, **blank}
        | {name: getattr(row, name) for name in ("amount", "currency", "basis", "measure", "user", "at")}
        for row in rows
    ]
    if moved:
        op.bulk_insert(limits, moved)
    op.drop_index("ix_country_limit_country", table_name="country_limit")
    op.drop_table("country_limit")
    op.create_table(
        "limit_excess",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("within", sa.String(length=8), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_limit_excess_some")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limit_excess")),
    )
    op.create_table(
        "limit_excess_decision",
        sa.Column("excess_id", KEY, autoincrement=False, nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("maker", sa.String(length=128), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("who <> maker", name=op.f("ck_limit_excess_decision_two_persons")),
        sa.ForeignKeyConstraint(
            ["excess_id"], ["limit_excess.id"], name=op.f("fk_limit_excess_decision_excess_id_limit_excess")
        ),
        sa.PrimaryKeyConstraint("excess_id", name=op.f("pk_limit_excess_decision")),
    )
