"""Figures that officers enter and a second person accepts, country-risk levels, and releases of flagged countries."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

#: A moment in UTC, and a key that counts up (SQLite only counts on its own INTEGER).
INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the five tables."""
    op.create_table(
        "series_entry",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("series_id", sa.String(length=32), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(precision=53), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("file", sa.String(length=255), nullable=True),
        sa.Column("cell", sa.String(length=64), nullable=True),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_entry")),
    )
    op.create_index("ix_series_entry_series", "series_entry", ["series_id", "date"], unique=False)
    op.create_table(
        "series_entry_decision",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["series_entry.id"], name=op.f("fk_series_entry_decision_entry_id_series_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_entry_decision")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_series_entry_decision_entry_id")),
    )
    op.create_table(
        "country_level",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("country", sa.String(length=8), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country_level")),
    )
    op.create_index(op.f("ix_country_level_country"), "country_level", ["country"], unique=False)
    op.create_table(
        "country_level_decision",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("level_id", KEY, nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["level_id"], ["country_level.id"], name=op.f("fk_country_level_decision_level_id_country_level")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country_level_decision")),
        sa.UniqueConstraint("level_id", name=op.f("uq_country_level_decision_level_id")),
    )
    op.create_table(
        "flag_release",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("country", sa.String(length=8), nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_release")),
        sa.UniqueConstraint("country", "episode", name="uq_flag_release_stay"),
    )
