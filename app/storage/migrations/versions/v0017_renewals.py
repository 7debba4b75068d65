"""A line of the book gains the line that it replaces, and the day from which its facility can be used."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the columns; lines stored before say nothing there."""
    with op.batch_alter_table("line_version", recreate="never") as table:
        table.add_column(sa.Column("replaces_line_id", sa.Text(), nullable=True))
        table.add_column(sa.Column("available_from", sa.Date(), nullable=True))
