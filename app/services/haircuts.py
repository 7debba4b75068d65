"""What the bank takes off collateral, as the allocation of the book reads it."""

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import Connection

from app.settings import BANK_SETTINGS
from app.storage import settings
from exposures.allocation import FACTORS, Factors


def factors(connection: Connection) -> Factors:
    """The factors of every book, past ones too; securities move nothing until their haircut is set."""
    percent = settings.read(connection, "bank", BANK_SETTINGS)["securities_haircut"]
    return FACTORS if percent is None else replace(FACTORS, securities_haircut=Decimal(percent) / 100)
