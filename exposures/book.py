"""A book: what the bank is owed and owes on one reporting date, added up exactly.

Amounts inside are int64 in the minor unit of each line's currency; sums are taken per currency in minor units and
only then multiplied by the book's dated rate, as `Decimal`. A line whose currency has no rate is "not converted":
counted and listed, never added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

import numpy as np
import pandas as pd

from exposures import allocation, netting, rates
from exposures.allocation import COMPONENTS, FACTORS, Allocation, Factors
from exposures.countries import NO_COUNTRY
from exposures.currencies import from_minor
from exposures.lines import counterparty_keys, live
from exposures.matrix import Matrix, tied
from exposures.sums import EXACT, added, exact_sums


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


_LABELS = {"group": "group_id", "entity": "booking_entity", "sector": "sector", "rating": "rating"}


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


@dataclass(frozen=True, eq=False)
class Book:
    """One book as it stands in the store.

    `lines` has the columns of DTYPES; `rates` are units of a currency for one US dollar, already chosen for the
    reporting date; `tolerance` is the amount, in a line's own currency, up to which a line is not live.
    """

    reporting_date: date
    batch: int
    lines: pd.DataFrame
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    currency: str = "USD"
    tolerance: Decimal = Decimal(0)
    factors: Factors = FACTORS

    def rate(self, currency: str | None) -> Decimal | None:
        """What one unit of `currency` is worth in the book's currency; None without a rate."""
        return rates.worth(currency, self.currency, self.rates)

    def convert(self, minor: int, currency: str) -> Decimal | None:
        """An amount in minor units as the book's currency; None without a rate."""
        rate = self.rate(currency)
        return None if rate is None else EXACT.multiply(from_minor(minor, currency), rate)

    @cached_property
    def claims(self) -> pd.DataFrame:
        """The asset side: lines that say `liability` are left out."""
        return self.lines[(self.lines["side"] != "liability").to_numpy()]

    @cached_property
    def allocated(self) -> Allocation:
        """Every claim on the guarantor basis (CALCULATIONS 2); a difference in total is a fault and raises."""
        return allocation.allocate(self.claims, self.reporting_date, self.factors, self._market)

    @cached_property
    def _immediate(self) -> Allocation:
        return allocation.immediate(self.claims, self.factors, self._market)

    @cached_property
    def _market(self) -> allocation.Minor:
        """M of every claim after netting."""
        owed_to_us = (self.lines["side"] != "liability").to_numpy()
        market: allocation.Minor = netting.netted(self.lines, self.rates, self.currency)[owed_to_us]
        return market

    def pieces(self, basis: Basis) -> pd.DataFrame:
        """Every claim's amounts by country: columns line (place in `claims`), country, via and COMPONENTS."""
        return (self.allocated if basis is Basis.GUARANTOR else self._immediate).pieces

    @property
    def has_guarantor_basis(self) -> bool:
        """False where no line carries what section 2 needs; both bases are then the same and the screen says so."""
        return self.allocated.possible

    @cached_property
    def live(self) -> pd.Series:
        """Which claims are live (CALCULATIONS 1.5), by the index of `claims`."""
        return live(self.claims, self.tolerance)

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

    def by_entity(self) -> tuple[Position, ...]:
        """The claims by booking entity."""
        return self.split(Dimension.ENTITY)

    def total(self, measure: Measure = Measure.DRAWN_UNDRAWN, *, entity: str | None = None) -> Decimal:
        """Everything that could be converted, in the book's currency; the same on both bases."""
        converted, _ = self._converted(self._labelled(Basis.IMMEDIATE, entity), [])
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
        converted, _ = self._converted(self._labelled(basis, entity), ["country", "instrument"])
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
        pieces = self._labelled(basis, entity)
        if country == NO_COUNTRY:
            pieces = pieces[pieces["country"].isna().to_numpy()]
        elif country is not None:
            pieces = pieces[(pieces["country"] == country).to_numpy()]
        if instrument in ("undrawn", "pending"):
            pieces = pieces[(pieces[instrument] != 0).to_numpy()]
        elif instrument is not None:
            pieces = pieces[(pieces["instrument"].fillna("other") == instrument).to_numpy()]
        found = self.claims.iloc[np.sort(pieces["line"].unique())]
        return found[self.live.loc[found.index].to_numpy()] if live_only else found

    def not_converted(self) -> tuple[NotConverted, ...]:
        """The claims that stand in no total, by currency."""
        pieces = self._immediate.pieces.assign(currency=self._column("currency", self._immediate.pieces))
        found = []
        for (code,), sums, count in exact_sums(pieces, ["currency"], Measure.DRAWN_UNDRAWN.components):
            if self.rate(code) is None:
                found.append(NotConverted(code, count, None if code is None else from_minor(sum(sums), code)))
        return tuple(found)

    @cached_property
    def _splits(self) -> dict[tuple[Dimension, Basis, str | None], tuple[Position, ...]]:
        """A book never changes, so it is split once each way."""
        return {}

    def _split(self, dimension: Dimension, basis: Basis, entity: str | None) -> tuple[Position, ...]:
        pieces = self._labelled(basis, entity)
        label = dimension.value
        named = pieces[pieces["counterparty_name"].notna().to_numpy()].drop_duplicates("counterparty", keep="last")
        names = dict(zip(named["counterparty"], named["counterparty_name"].astype(str), strict=True))
        positions = []
        lines = pieces.groupby(label, dropna=False)["line"].nunique()
        converted, missing = self._converted(pieces, [label])
        for key, count in lines.items():
            code = None if pd.isna(key) else str(key)
            name = names.get(code) if dimension is Dimension.COUNTERPARTY else code
            amounts = converted.get((code,), dict.fromkeys(COMPONENTS, Decimal(0)))
            positions.append(Position(code, name, int(count), amounts, missing.get((code,), 0)))
        return tuple(sorted(positions, key=lambda position: (-position.amount(), position.key or "\uffff")))

    def _column(self, name: str, pieces: pd.DataFrame) -> pd.Series:
        column = counterparty_keys(self.claims) if name == "counterparty" else self.claims[name]
        return pd.Series(column.to_numpy()[pieces["line"].to_numpy()], index=pieces.index, dtype="str")

    def _labelled(self, basis: Basis, entity: str | None) -> pd.DataFrame:
        pieces = self.pieces(basis)
        labels = {name: self._column(name, pieces) for name in ("counterparty", "counterparty_name", "instrument")}
        labels |= {name: self._column(column, pieces) for name, column in _LABELS.items()}
        labels["whole"] = pd.Series("", index=pieces.index, dtype="str")
        labelled = pieces.assign(currency=self._column("currency", pieces), **labels)
        return labelled if entity is None else labelled[(labelled["entity"] == entity).to_numpy()]

    def _converted(
        self, pieces: pd.DataFrame, by: Sequence[str]
    ) -> tuple[dict[tuple[str | None, ...], dict[str, Decimal]], dict[tuple[str | None, ...], int]]:
        """Component sums by key in the book's currency, and by key the lines that have no rate."""
        sums: dict[tuple[str | None, ...], dict[str, Decimal]] = {}
        missing: dict[tuple[str | None, ...], int] = {}
        for keys, minor, count in exact_sums(pieces, [*by, "currency"], COMPONENTS):
            *key, currency = keys
            if self.rate(currency) is None or currency is None:
                missing[tuple(key)] = missing.get(tuple(key), 0) + count
                continue
            row = sums.setdefault(tuple(key), dict.fromkeys(COMPONENTS, Decimal(0)))
            for name, amount in zip(COMPONENTS, minor, strict=True):
                if amount:
                    row[name] = EXACT.add(row[name], self.convert(amount, currency) or Decimal(0))
        return sums, missing
