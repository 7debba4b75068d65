"""The run ledger, the programs that keep the schedule, and persons."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

#: A moment in UTC, and a key that counts up (SQLite only counts on its own INTEGER).
INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ROLES = "role IN ('viewer', 'officer', 'approver', 'administrator')"


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=128), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.CheckConstraint(ROLES, name=op.f("ck_person_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "schedule_watch",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("began", INSTANT, nullable=False),
        sa.Column("last_seen", INSTANT, nullable=False),
        sa.Column("ended", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_watch")),
    )
    op.create_table(
        "schedule_run",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("job", sa.String(length=32), nullable=False),
        sa.Column("period", sa.String(length=64), nullable=False),
        sa.Column("due", INSTANT, nullable=False),
        sa.Column("as_of", INSTANT, nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("began", INSTANT, nullable=False),
        sa.Column("started", INSTANT, nullable=False),
        sa.Column("finished", INSTANT, nullable=True),
        sa.Column("holder", KEY, nullable=False),
        sa.Column("held_until", INSTANT, nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=True),
        sa.Column("outcome", sa.String(length=64), nullable=True),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("settled_by", KEY, nullable=True),
        sa.ForeignKeyConstraint(["holder"], ["schedule_watch.id"], name=op.f("fk_schedule_run_holder_schedule_watch")),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["schedule_run.id"], name=op.f("fk_schedule_run_settled_by_schedule_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_run")),
        sa.UniqueConstraint("job", "period", name=op.f("uq_schedule_run_job")),
    )
    op.create_index("ix_schedule_run_due", "schedule_run", ["due"], unique=False)
