"""What the System Open Market Account holds, security by security, as the New York Fed publishes it each week."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class SecurityType(StrEnum):
    """The kinds that mature on a day, then those that pay down."""

    BILL = "bill"
    NOTE_BOND = "note_bond"
    TIPS = "tips"
    FRN = "frn"
    AGENCY = "agency"
    MBS = "mbs"
    CMBS = "cmbs"


#: Treasuries whose maturing counts as a coupon maturity: the cap is filled with them first (NY Fed, 4 May 2022).
COUPONS: tuple[SecurityType, ...] = (SecurityType.NOTE_BOND, SecurityType.TIPS, SecurityType.FRN)
#: Every kind of Treasury.
TREASURIES: tuple[SecurityType, ...] = (SecurityType.BILL, *COUPONS)


@dataclass(frozen=True, slots=True)
class Holding:
    """One security on one Wednesday.

    `par` is the par or current face value and `inflation_compensation` what indexation has added, both in US dollars;
    `maturity` is None where the source names none; `coupon` is percent a year, a floating-rate note's is its spread.
    """

    as_of: date
    cusip: str
    security_type: SecurityType
    maturity: date | None
    par: Decimal
    inflation_compensation: Decimal = Decimal(0)
    coupon: Decimal | None = None

    @property
    def due(self) -> Decimal:
        """What is paid at maturity, in US dollars: par with its inflation compensation."""
        return self.par + self.inflation_compensation
