"""Templates of risk notices: every version in both languages, and what a second person said of it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

#: A moment in UTC, and a key that counts up (SQLite only counts on its own INTEGER).
INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make two tables."""
    op.create_table(
        "notice_template",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("english", sa.Text(), nullable=True),
        sa.Column("chinese", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("maker", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("name IN ('institution', 'client')", name=op.f("ck_notice_template_name")),
        sa.CheckConstraint("(english IS NULL) = (chinese IS NULL)", name=op.f("ck_notice_template_both_languages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_template")),
    )
    op.create_index("ix_notice_template_name", "notice_template", ["name", "id"], unique=False)
    op.create_table(
        "notice_template_decision",
        sa.Column("template_id", KEY, autoincrement=False, nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("maker", sa.String(length=128), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("who <> maker", name=op.f("ck_notice_template_decision_two_persons")),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["notice_template.id"],
            name=op.f("fk_notice_template_decision_template_id_notice_template"),
        ),
        sa.PrimaryKeyConstraint("template_id", name=op.f("pk_notice_template_decision")),
    )
