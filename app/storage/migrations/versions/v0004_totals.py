"""The totals of a book, kept beside it so that the rules need not add it up again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

#: A key that counts up (SQLite only counts on its own INTEGER).
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; books that are already there are added up when they are asked for."""
    op.create_table(
        "book_totals",
        sa.Column("batch", KEY, nullable=False),
        sa.Column("arithmetic", sa.Integer(), nullable=False),
        sa.Column("totals", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_book_totals_batch_batch")),
        sa.PrimaryKeyConstraint("batch", name=op.f("pk_book_totals")),
    )
