"""What the lines of a batch say, as one row of columns; earlier batches keep theirs in the rows of their lines."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table; nothing that is stored changes."""
    op.create_table(
        "batch_lines",
        sa.Column("batch", KEY, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batch.id"], name=op.f("fk_batch_lines_batch_batch")),
        sa.PrimaryKeyConstraint("batch", name=op.f("pk_batch_lines")),
    )
