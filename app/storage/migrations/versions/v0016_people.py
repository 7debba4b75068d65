"""Persons who left, and passwords that an administrator gave out for one use."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add two columns; everybody who is written down works here, and every password is its person's own."""
    with op.batch_alter_table("person", recreate="never") as table:
        table.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("password", recreate="never") as table:
        table.add_column(sa.Column("once", sa.Boolean(), nullable=True))
