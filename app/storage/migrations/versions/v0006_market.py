"""The Fed's holdings security by security, and the Treasury's cash by category."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

#: A moment in UTC, and a key that counts up (SQLite only counts on its own INTEGER).
INSTANT = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "soma_holding",
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("known_from", INSTANT, nullable=False),
        sa.Column("cusip", sa.String(length=16), nullable=False),
        sa.Column("security_type", sa.String(length=16), nullable=False),
        sa.Column("maturity", sa.Date()),
        sa.Column("par", sa.BigInteger(), nullable=False),
        sa.Column("inflation_compensation", sa.BigInteger(), nullable=False),
        sa.Column("coupon", sa.String(length=16)),
        sa.Column("fetch_id", KEY),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetch.id"], name=op.f("fk_soma_holding_fetch_id_fetch")),
        sa.PrimaryKeyConstraint("as_of", "known_from", "cusip", name=op.f("pk_soma_holding")),
    )
    op.create_table(
        "treasury_flow",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("known_from", INSTANT, nullable=False),
        sa.Column("direction", sa.String(length=16), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("fetch_id", KEY),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetch.id"], name=op.f("fk_treasury_flow_fetch_id_fetch")),
        sa.PrimaryKeyConstraint("date", "known_from", "direction", "category", name=op.f("pk_treasury_flow")),
    )
