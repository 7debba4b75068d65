"""A book: what the bank is owed and owes on one reporting date, added up exactly.

Amounts inside are int64 in the minor unit of each line's currency; sums are taken per currency in minor units and
only then multiplied by the book's dated rate, as `Decimal`. A line whose currency has no rate is "not converted":
counted and listed, never added.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures import allocation, netting, rates, renewals
from exposures.allocation import COMPONENTS, FACTORS, Allocation, Factors
from exposures.currencies import from_minor, minor_units
from exposures.held import Held, Places
from exposures.labelled import Labelled
from exposures.labels import Flags, Labels
from exposures.lines import live_flags
from exposures.matrix import Matrix, tied
from exposures.position import Basis, Dimension, Measure, NotConverted, Position
from exposures.renewals import Renewal
from exposures.sums import EXACT, added

__all__ = ["Basis", "Book", "Dimension", "Measure", "NotConverted", "Position"]


@dataclass(frozen=True, eq=False)
class Book:
    """One book as it stands in the store.

    `lines` has the columns of DTYPES; `rates` are units of a currency for one US dollar, already chosen for the
    reporting date; `tolerance` is the amount, in a line's own currency, up to which a line is not live. `known` are
    these very lines by columns, where somebody holds them so.
    """

    reporting_date: date
    batch: int
    lines: pd.DataFrame
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    currency: str = "USD"
    tolerance: Decimal = Decimal(0)
    factors: Factors = FACTORS
    known: Held | None = field(default=None, repr=False)

    def rate(self, currency: str | None) -> Decimal | None:
        """What one unit of `currency` is worth in the book's currency; None without a rate."""
        if currency not in self._worth:
            self._worth[currency] = rates.worth(currency, self.currency, self.rates)
        return self._worth[currency]

    def convert(self, minor: int, currency: str) -> Decimal | None:
        """An amount in minor units as the book's currency; None without a rate."""
        if currency not in self._minor_worth:
            rate = self.rate(currency)
            self._minor_worth[currency] = None if rate is None else rate.scaleb(-minor_units(currency), EXACT)
        worth = self._minor_worth[currency]
        return None if worth is None else EXACT.multiply(Decimal(int(minor)), worth)

    def labels(self, name: str) -> Labels:
        """A column of the claims by places in a list of its texts; "counterparty" is the id, else the name."""
        return self._labelled.labels(name)

    @cached_property
    def _worth(self) -> dict[str | None, Decimal | None]:
        return {}

    @cached_property
    def _minor_worth(self) -> dict[str, Decimal | None]:
        return {}

    @cached_property
    def _whole(self) -> Held:
        """Every line by columns; another book's where this one was made of it."""
        if self.known is None or ("lines" in self.__dict__ and not self.known.is_of(self.lines)):
            return Held.of(self.lines)
        return self.known

    @cached_property
    def _places(self) -> Places | None:
        """The places of the claims among the lines; None: all of them are."""
        owed: Flags = self._whole.labels("side").are("liability")
        return np.flatnonzero(~owed) if owed.any() else None

    @cached_property
    def held(self) -> Held:
        """The claims by columns: what needs no frame asks here."""
        return self._whole.taken(self._places)

    @cached_property
    def _labelled(self) -> Labelled:
        return Labelled(self.held, self.rate)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """The asset side: lines that say `liability` are left out."""
        if self._places is None:
            return self.lines.copy(deep=False)
        return self.lines.iloc[self._places] if "lines" in self.__dict__ else self.held.frame

    @cached_property
    def debts(self) -> pd.DataFrame:
        """The lines that say `liability`."""
        return self._whole.taken(np.flatnonzero(self._whole.labels("side").are("liability"))).frame

    @property
    def count(self) -> int:
        """How many lines it has, on both sides."""
        return len(self._whole)

    @cached_property
    def allocated(self) -> Allocation:
        """Every claim on the guarantor basis (CALCULATIONS 2); a difference in total is a fault and raises."""
        return allocation.allocate(self.held, self.reporting_date, self.factors, self._market, self._pending)

    @cached_property
    def _immediate(self) -> Allocation:
        return allocation.immediate(self.held, self.factors, self._market, self._pending)

    @cached_property
    def netted(self) -> allocation.Minor:
        """M of every line after netting, in minor units of its currency."""
        return netting.netted(self.lines, self.rates, self.currency)

    @cached_property
    def renewals(self) -> tuple[Renewal, ...]:
        """The lines that name another one which they replace, by their places in `lines`."""
        if self._whole.labels("replaces_line_id").missing.all():
            return ()
        return renewals.renewals(self.lines, self.rates, self.currency, self.factors, self.netted)

    @property
    def _market(self) -> allocation.Minor | None:
        """M of every claim after netting; None where the book names no netting set."""
        if self._whole.labels("netting_set").missing.all():
            return None
        return self.netted if self._places is None else self.netted[self._places]

    @property
    def _pending(self) -> allocation.Minor | None:
        """P of every claim with renewals counted by their increase; None where the book names none."""
        if not self.renewals:
            return None
        pending = renewals.counted(self.lines, self.renewals)
        return pending if self._places is None else pending[self._places]

    def allocation(self, basis: Basis) -> Allocation:
        """Every claim's amounts by country."""
        return self.allocated if basis is Basis.GUARANTOR else self._immediate

    def pieces(self, basis: Basis) -> pd.DataFrame:
        """The same as a frame: columns line (place in `claims`), country, via and COMPONENTS."""
        return self.allocation(basis).pieces

    @property
    def has_guarantor_basis(self) -> bool:
        """False where no line carries what section 2 needs; both bases are then the same and the screen says so."""
        return self.allocated.possible

    @cached_property
    def live(self) -> pd.Series:
        """Which claims are live (CALCULATIONS 1.5), by the index of `claims`."""
        return pd.Series(self.alive, index=self.claims.index)

    @cached_property
    def alive(self) -> Flags:
        """The same by the places of the claims."""
        return live_flags(self.held, self.tolerance)

    def split(
        self, dimension: Dimension, basis: Basis = Basis.IMMEDIATE, *, entity: str | None = None
    ) -> tuple[Position, ...]:
        """The claims by country, counterparty, …: largest X first; `entity` keeps one booking entity's lines.

        Only the split by country depends on the basis.
        """
        wanted = dimension, basis if dimension is Dimension.COUNTRY else Basis.IMMEDIATE, entity
        if wanted not in self._splits:
            self._splits[wanted] = self._split(*wanted)
        return self._splits[wanted]

    def by_country(self, basis: Basis = Basis.IMMEDIATE, *, entity: str | None = None) -> tuple[Position, ...]:
        """The claims by country or region."""
        return self.split(Dimension.COUNTRY, basis, entity=entity)

    def by_counterparty(self, *, entity: str | None = None) -> tuple[Position, ...]:
        """The claims by counterparty: its id, or its name where it has none."""
        return self.split(Dimension.COUNTERPARTY, entity=entity)

    def amounts(self, dimension: Dimension, measure: Measure = Measure.DRAWN_UNDRAWN) -> Mapping[str | None, Decimal]:
        """What the claims come to by counterparty, group, …: as `split` says, without its rows; immediate basis."""
        return self._labelled.amounts(self._immediate, dimension.value, measure.components)

    def counterparties(self, entity: str | None = None) -> int:
        """How many counterparties the claims name."""
        return self._labelled.count("counterparty", entity)

    def names(self) -> Mapping[str | None, str | None]:
        """The name of every counterparty; None where no line gives one."""
        return self._labelled.names(None)

    def largest_names(self, most: int) -> list[str]:
        """Who owes most by X, by name or else by id, the largest first."""
        return self._labelled.largest(self._immediate, Measure.DRAWN_UNDRAWN.components, most)

    def by_entity(self) -> tuple[Position, ...]:
        """The claims by booking entity."""
        return self.split(Dimension.ENTITY)

    def total(self, measure: Measure = Measure.DRAWN_UNDRAWN, *, entity: str | None = None) -> Decimal:
        """Everything that could be converted, in the book's currency; the same on both bases."""
        converted, _ = self._labelled.converted(self._immediate, entity, [])
        amounts = converted.get((), {})
        return added(amounts.get(part, Decimal(0)) for part in measure.components)

    def matrix(
        self,
        basis: Basis = Basis.IMMEDIATE,
        measure: Measure = Measure.DRAWN_UNDRAWN,
        *,
        entity: str | None = None,
    ) -> Matrix:
        """Country by instrument, as the Exposures page shows it; the largest country first."""
        converted, _ = self._labelled.converted(self.allocation(basis), entity, ["country", "instrument"])
        cells: dict[tuple[str | None, str], Decimal] = {}
        for (country, instrument), amounts in converted.items():
            drawn = {"outstanding", "accrued_interest", "market_exposure"}
            drawn |= {"contingent"} if measure is not Measure.DRAWN else set()
            parts = [(instrument or "other", added(amounts[part] for part in drawn))]
            parts += [(part, amounts[part]) for part in ("undrawn", "pending") if part in measure.components]
            for column, amount in parts:
                cells[country, column] = EXACT.add(cells.get((country, column), Decimal(0)), amount)
        return tied(cells)

    def lines_of(
        self,
        *,
        country: str | None = None,
        instrument: str | None = None,
        basis: Basis = Basis.IMMEDIATE,
        entity: str | None = None,
        live_only: bool = False,
    ) -> pd.DataFrame:
        """The claims behind a cell, NO_COUNTRY for the row without a country.

        A column "undrawn" or "pending" of the matrix means lines with such an amount.
        """
        places = self.places_of(country=country, instrument=instrument, basis=basis, entity=entity)
        if live_only:
            places = places[self.alive[places]]
        if len(places) == len(self.held):
            return self.claims
        return self.held.taken(places).frame

    def places_of(
        self,
        *,
        country: str | None = None,
        instrument: str | None = None,
        basis: Basis = Basis.IMMEDIATE,
        entity: str | None = None,
    ) -> npt.NDArray[np.intp]:
        """The places in `claims` of the lines behind a cell, as `lines_of`."""
        if country is instrument is entity is None:
            return np.arange(len(self.held))  # wherever the risk ends
        return self._labelled.places(self.allocation(basis), country, instrument, entity)

    def not_converted(self) -> tuple[NotConverted, ...]:
        """The claims that stand in no total, by currency."""
        rows = self._labelled.by_currency(self._immediate, Measure.DRAWN_UNDRAWN.components)
        return tuple(
            NotConverted(code, count, None if code is None else from_minor(minor, code))
            for code, count, minor in rows
            if self.rate(code) is None
        )

    @cached_property
    def _splits(self) -> dict[tuple[Dimension, Basis, str | None], tuple[Position, ...]]:
        """A book never changes, so it is split once each way."""
        return {}

    def _split(self, dimension: Dimension, basis: Basis, entity: str | None) -> tuple[Position, ...]:
        names = self._labelled.names(entity) if dimension is Dimension.COUNTERPARTY else None
        converted, counts = self._labelled.converted(self.allocation(basis), entity, [dimension.value])
        nothing = dict.fromkeys(COMPONENTS, Decimal(0))
        positions = [
            Position(key, key if names is None else names[key], lines, converted.get((key,), nothing), missing)
            for (key,), (lines, missing) in counts.items()
        ]
        return tuple(sorted(positions, key=lambda position: (-position.amount(), position.key or "\uffff")))
