"""What the bank supplies beside its book: claims between others, capital, soundness, and reviewed sectors."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

#: A moment in UTC, and a key that counts up (SQLite only counts on its own INTEGER).
INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make two tables."""
    op.create_table(
        "supplied_table",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("file", sa.String(length=255), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplied_table")),
    )
    op.create_index("ix_supplied_table_kind", "supplied_table", ["kind", "id"], unique=False)
    op.create_table(
        "sector_review",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("subject", sa.String(length=256), nullable=False),
        sa.Column("sector", sa.String(length=16), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sector_review")),
    )
    op.create_index("ix_sector_review_subject", "sector_review", ["subject", "id"], unique=False)
