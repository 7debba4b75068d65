"""Fields that a line of the book gains: instalments, repricing, netting, forwards, settlement, loss and review."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_MONEY = (
    "impairment",
    "income",
    "instalment_amount",
    "notional",
    "forward_bought",
    "forward_sold",
    "settlement_amount",
)
_DATES = ("next_instalment", "repricing_date", "settlement_date", "next_review")


def upgrade() -> None:
    """Add the columns; lines stored before say nothing there."""
    columns: list[sa.Column[Any]] = [
        sa.Column("parent_id", sa.Text(), nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in _MONEY),
        *(sa.Column(name, sa.Date(), nullable=True) for name in _DATES),
        sa.Column("instalment_months", sa.BigInteger(), nullable=True),
        sa.Column("netting_set", sa.Text(), nullable=True),
        sa.Column("netting_enforceable", sa.Boolean(), nullable=True),
        sa.Column("settlement_currency", sa.String(length=3), nullable=True),
        sa.Column("payment_versus_payment", sa.Boolean(), nullable=True),
        sa.Column("pd", sa.Float(precision=53), nullable=True),
        sa.Column("lgd", sa.Float(precision=53), nullable=True),
    ]
    with op.batch_alter_table("line_version", recreate="never") as table:
        for column in columns:
            table.add_column(column)
