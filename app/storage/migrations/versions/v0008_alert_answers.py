"""Answers to alerts: owners, notices, silences, outcomes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

#: A moment in UTC, and a key that counts up (SQLite only counts on its own INTEGER).
INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make five tables; what was acknowledged so far is its writer's own."""
    op.create_table(
        "acknowledgement_terms",
        sa.Column("acknowledgement_id", KEY, nullable=False),
        sa.Column("owner", sa.String(length=128), nullable=False),
        sa.Column("beyond", sa.Float(precision=53), nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledgement_id"],
            ["acknowledgement.id"],
            name=op.f("fk_acknowledgement_terms_acknowledgement_id_acknowledgement"),
        ),
        sa.PrimaryKeyConstraint("acknowledgement_id", name=op.f("pk_acknowledgement_terms")),
    )
    op.create_table(
        "alert_action",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("alert_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_action_alert_id_alert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_action")),
    )
    op.create_index("ix_alert_action_alert", "alert_action", ["alert_id", "id"], unique=False)
    op.create_table(
        "alert_notice",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("alert_id", KEY, nullable=True),
        sa.Column("silence_id", KEY, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=True),
        sa.Column("observed", sa.Date(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("recipient", sa.String(length=128), nullable=False),
        sa.Column("hidden", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_notice_alert_id_alert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_alert_notice_key")),
    )
    op.create_table(
        "alert_silence",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("matchers", sa.Text(), nullable=False),
        sa.Column("start", INSTANT, nullable=False),
        sa.Column("end", INSTANT, nullable=False),
        sa.Column("author", sa.String(length=128), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_silence")),
    )
    op.create_table(
        "alert_silence_end",
        sa.Column("silence_id", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(
            ["silence_id"], ["alert_silence.id"], name=op.f("fk_alert_silence_end_silence_id_alert_silence")
        ),
        sa.PrimaryKeyConstraint("silence_id", name=op.f("pk_alert_silence_end")),
    )
