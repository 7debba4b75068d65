"""What a book is split into: whose country counts, what is counted, and one row of a split."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from exposures.allocation import COMPONENTS
from exposures.sums import added


class Basis(StrEnum):
    """Whose country counts: who owes, or where the risk ends (BIS consolidated statistics)."""

    IMMEDIATE = "immediate"
    GUARANTOR = "guarantor"


class Measure(StrEnum):
    """What is counted of a line (CALCULATIONS 1.4): D and M; X = D + f·U + f·C + M; X + P."""

    DRAWN = "drawn"
    DRAWN_UNDRAWN = "drawn_undrawn"
    WITH_PENDING = "with_pending"

    @property
    def components(self) -> tuple[str, ...]:
        """The columns that the measure adds up."""
        return COMPONENTS[: {"drawn": 3, "drawn_undrawn": 5, "with_pending": 6}[self.value]]


class Dimension(StrEnum):
    """What a book can be split by."""

    COUNTRY = "country"
    COUNTERPARTY = "counterparty"
    GROUP = "group"
    ENTITY = "entity"
    INSTRUMENT = "instrument"
    SECTOR = "sector"
    RATING = "rating"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Position:
    """One row of a split book, in the book's currency, unrounded.

    `key` is the country, counterparty, entity …; None where the lines do not say. `amounts` has every component.
    """

    key: str | None
    name: str | None
    lines: int
    amounts: Mapping[str, Decimal]
    not_converted: int = 0

    def amount(self, measure: Measure = Measure.DRAWN_UNDRAWN) -> Decimal:
        """D, X or X + P."""
        return added(self.amounts[part] for part in measure.components)

    @property
    def outstanding(self) -> Decimal:
        """Drawn principal."""
        return self.amounts["outstanding"]

    @property
    def undrawn(self) -> Decimal:
        """Committed and not drawn."""
        return self.amounts["undrawn"]

    @property
    def pending(self) -> Decimal:
        """In approval, or approved and not signed."""
        return self.amounts["pending"]


@dataclass(frozen=True, slots=True)
class NotConverted:
    """The lines in a currency without a rate: how many, and their X in that currency (None: currency missing)."""

    currency: str | None
    lines: int
    amount: Decimal | None
