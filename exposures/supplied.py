"""What the bank supplies beside its book: claims between others, capital, soundness of banks, reviewed sectors.

All of it is optional and dated; nothing of it is ever estimated. What is not supplied is not known.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

#: Kinds of links between others.
LINK_KINDS = ("claim", "control", "guarantee")
#: Figures of a bank, in the order in which they are shown: amounts of one currency, then percents.
BANK_FIGURES = ("cet1", "sovereign", "rwa", "non_performing", "liquid", "fx_loans", "equity")
#: Figures of a banking system, in percent.
SYSTEM_FIGURES = ("capital", "non_performing", "liquid", "fx_loans", "roll_over")


@dataclass(frozen=True, slots=True)
class Link:
    """A claim, control or guarantee between two others, by id or name; `amount` in major units of `currency`."""

    kind: str
    source: str
    target: str
    amount: Decimal | None
    currency: str | None
    date: date
    origin: str


@dataclass(frozen=True, slots=True)
class Capital:
    """The capital or equity buffer of a counterparty, by id or name."""

    counterparty: str
    amount: Decimal
    currency: str
    date: date
    origin: str


@dataclass(frozen=True, slots=True)
class Soundness:
    """Figures of a bank (by id or name) or of a banking system (by country); what is missing is not in `figures`."""

    subject: str
    figures: Mapping[str, Decimal]
    date: date
    origin: str
    rating: str | None = None


@dataclass(frozen=True, slots=True)
class SectorReview:
    """A borrower's sector as somebody reviewed it, from what, and when."""

    subject: str
    sector: str
    origin: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Supplied:
    """Everything that was supplied; sectors by borrower key."""

    links: tuple[Link, ...] = ()
    capital: tuple[Capital, ...] = ()
    banks: tuple[Soundness, ...] = ()
    systems: tuple[Soundness, ...] = ()
    sectors: Mapping[str, SectorReview] = field(default_factory=dict)


#: Nothing was supplied.
NOTHING_SUPPLIED = Supplied()
