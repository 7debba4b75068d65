"""The daily check: its page, late evidence, decisions and signatures."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

#: A moment in UTC, and a key that counts up (SQLite only counts on its own INTEGER).
INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "daily_check",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("cut_off", INSTANT, nullable=False),
        sa.Column("run_at", INSTANT, nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_check")),
        sa.UniqueConstraint("business_date", name=op.f("uq_daily_check_business_date")),
    )
    op.create_table(
        "check_addendum",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("check_id", KEY, nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("on_page", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["daily_check.id"], name=op.f("fk_check_addendum_check_id_daily_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_addendum")),
    )
    op.create_index(op.f("ix_check_addendum_check_id"), "check_addendum", ["check_id"], unique=False)
    op.create_table(
        "check_decision",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("check_id", KEY, nullable=False),
        sa.Column("addendum_id", KEY, nullable=True),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("decision", sa.String(length=8), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("lists", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=128), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["daily_check.id"], name=op.f("fk_check_decision_check_id_daily_check")),
        sa.ForeignKeyConstraint(
            ["addendum_id"], ["check_addendum.id"], name=op.f("fk_check_decision_addendum_id_check_addendum")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_decision")),
    )
    op.create_index("ix_check_decision_check", "check_decision", ["check_id", "id"], unique=False)
    op.create_table(
        "check_signature",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("check_id", KEY, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["daily_check.id"], name=op.f("fk_check_signature_check_id_daily_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_signature")),
        sa.UniqueConstraint("check_id", "part", "role", name="uq_check_signature_part"),
    )
