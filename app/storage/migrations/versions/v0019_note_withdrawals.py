"""A dated note can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table; notes that were written stay as they are."""
    op.create_table(
        "note_withdrawal",
        sa.Column("note_id", KEY, autoincrement=False, nullable=False),
        sa.Column("who", sa.String(length=128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["dated_note.id"], name=op.f("fk_note_withdrawal_note_id_dated_note")),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_note_withdrawal")),
    )
