"""The book's claims measured line by line for the review lists: what is owed, what falls due, where the risk ends."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.book import Basis, Book, Measure
from exposures.labels import Codes, Labels
from exposures.lines import counterparty_keys
from exposures.reviews.item import Amounts
from exposures.reviews.review_list import ReviewBook

#: X = D + f·U + f·C + M, in the columns of Book.pieces.
X_PARTS = list(Measure.DRAWN_UNDRAWN.components)
COVERING = ("collateral", "guarantee")


@dataclass(frozen=True, eq=False)
class Claims:
    """The asset side of one book, one row per line counted from 0, amounts in each line's own minor unit.

    `lines`: columns of FIELDS and subject (who owes; "" where the book does not say), drawn, undrawn, x, covered,
    days (to maturity, NaN: undated), live, converted. `places`: line, country, immediate (bool), guarantor (X that
    ends there), one row for every country that counts for a line.
    """

    book: Book
    version: str
    source: str
    lines: pd.DataFrame
    places: pd.DataFrame
    has_cover: bool
    _columns: dict[str, tuple[Any, Any, str]] = field(default_factory=dict, repr=False)
    #: Several lists ask for the same lines.
    _amounts: dict[tuple[int, int], Amounts] = field(default_factory=dict, repr=False)

    @property
    def reporting_date(self) -> date:
        """The date of the book; days run from it."""
        return self.book.reporting_date

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The lines that can be listed: live and with a rate."""
        return self.lines[(self.lines["live"] & self.lines["converted"]).to_numpy(dtype=bool)]

    @cached_property
    def place_countries(self) -> Labels:
        """The country of every row of `places`."""
        return Labels.of(self.places["country"])

    def subjects_in(self, mask: npt.NDArray[np.bool_]) -> int:
        """How many subjects the marked lines have."""
        codes, known = self._subjects
        return int(np.count_nonzero(np.bincount(codes[mask], minlength=known)))

    def total_in(self, mask: npt.NDArray[np.bool_]) -> Decimal:
        """X of the marked lines, all converted, in the reporting currency, unrounded."""
        currency, x = self.book.labels("currency"), self.lines["x"].to_numpy()
        sums = pd.Series(x[mask]).groupby(currency.codes[mask], sort=True).sum()
        return sum((self.money(minor, currency.values[code]) for code, minor in sums.items()), Decimal(0))

    @cached_property
    def _subjects(self) -> tuple[Codes, int]:
        owing = self.book.labels("counterparty")
        return owing.codes, len(owing.values) + 1

    def money(self, minor: int, currency: object) -> Decimal:
        """An amount of a converted line in the reporting currency."""
        amount = self.book.convert(int(minor), str(currency))
        if amount is None:
            raise ValueError(f"no rate for {currency}")
        return amount

    def total(self, lines: pd.DataFrame, column: str = "x") -> Decimal:
        """The sum of a column over converted lines, in the reporting currency, unrounded."""
        sums = lines.groupby("currency", sort=True)[column].sum()
        return sum((self.money(minor, currency) for currency, minor in sums.items()), Decimal(0))

    def total_at(self, positions: Iterable[int], column: str = "x") -> Decimal:
        """The same of some lines by their positions: of few lines a frame costs more than the sum."""
        sums: dict[str, int] = {}
        for position in positions:
            currency = str(self.cell(position, "currency"))
            sums[currency] = sums.get(currency, 0) + int(self.cell(position, column))
        return sum((self.money(sums[currency], currency) for currency in sorted(sums)), Decimal(0))

    def scaled(self, lines: pd.DataFrame, column: str = "drawn") -> pd.Series:
        """A column of converted lines on one common scale, exact to the reporting minor unit: debtors of several
        currencies can be compared with themselves.
        """
        minor = lines[column].to_numpy(dtype=np.int64)
        codes, known = pd.factorize(lines["currency"])
        amounts = np.zeros(len(minor), dtype=np.int64)
        for code, currency in enumerate(known):
            rate, mine = self.money(10**6, currency) / 10**4, np.flatnonzero(codes == code)
            amounts[mine] = _whole(minor[mine], rate)
        return pd.Series(amounts, index=lines.index, dtype="int64")

    def cell(self, position: int, column: str) -> Any:
        """One value of `lines`; None where it is missing. Plain arrays: a row of a frame costs far more."""
        if column not in self._columns:
            values, missing = self.lines[column], self.lines[column].isna().to_numpy(dtype=bool)
            if values.dtype.kind in "iufb" and not isinstance(values.dtype, np.dtype):  # pandas' own, with gaps
                plain = values.array.to_numpy(dtype=values.dtype.numpy_dtype, na_value=values.dtype.type(0))
            else:
                plain = values.to_numpy()
            self._columns[column] = plain, missing, plain.dtype.kind
        plain, missing, kind = self._columns[column]
        if missing[position]:
            return None
        value = plain[position]
        if kind == "O":
            return value
        return pd.Timestamp(value) if kind == "M" else value.item()

    def amounts(self, position: int, guarantor: int) -> Amounts:
        """One line's amounts; `guarantor` is the part of its X that ends in the country asked about."""
        if (position, guarantor) not in self._amounts:
            self._amounts[position, guarantor] = self._amounts_of(position, guarantor)
        return self._amounts[position, guarantor]

    def _amounts_of(self, position: int, guarantor: int) -> Amounts:
        currency, days = self.cell(position, "currency"), self.cell(position, "days")
        drawn = self.money(self.cell(position, "drawn"), currency)
        cover = self.money(self.cell(position, "covered"), currency) if self.has_cover else None
        return Amounts(
            drawn,
            self.money(self.cell(position, "undrawn"), currency),
            self.money(self.cell(position, "x"), currency),
            self.money(guarantor, currency),
            drawn if days is not None and days <= 30 else Decimal(0),
            drawn if days is not None and days <= 90 else Decimal(0),
            cover,
        )


def _whole(minor: npt.NDArray[np.int64], rate: Decimal) -> npt.NDArray[np.int64]:
    """Amounts times a rate, rounded half to even as decimals are: by floats of 64 bits, and as decimals where these
    come near a half.
    """
    products = minor.astype(np.longdouble) * np.longdouble(str(rate))
    whole = np.rint(products)
    slack = np.abs(products) * 2.0**-50 + 2.0**-30
    found: npt.NDArray[np.int64] = whole.astype(np.int64)
    for at in np.flatnonzero(np.abs(np.abs(products - whole) - 0.5) <= slack).tolist():
        found[at] = int((rate * int(minor[at])).to_integral_value())
    return found


#: A book of a million lines takes seconds to measure, and every list asks for it.
_MEASURED: WeakKeyDictionary[ReviewBook, Claims] = WeakKeyDictionary()


def measure(review: ReviewBook) -> Claims:
    """Every claim of a book, measured once for all lists."""
    if review not in _MEASURED:
        _MEASURED[review] = _measured(review)
    return _MEASURED[review]


def _measured(review: ReviewBook) -> Claims:
    book = review.book
    lines = book.claims.reset_index(drop=True)
    owed = book.pieces(Basis.IMMEDIATE).groupby("line", sort=True).sum(numeric_only=True)
    owed = owed.reindex(range(len(lines)), fill_value=0)
    ended = book.pieces(Basis.GUARANTOR)
    ended = ended.assign(x=ended[X_PARTS].sum(axis=1))
    covering = ended[ended["via"].isin(COVERING).to_numpy()]
    covered = covering.groupby("line")["x"].sum().reindex(range(len(lines)), fill_value=0)
    days = (lines["maturity"] - pd.Timestamp(book.reporting_date)).dt.days
    rates = {code: book.rate(code) is not None for code in lines["currency"].dropna().unique().tolist()}
    lines = lines.assign(
        subject=counterparty_keys(lines).fillna("").to_numpy(),
        drawn=(owed["outstanding"] + owed["accrued_interest"]).to_numpy(),
        x=owed[X_PARTS].sum(axis=1).to_numpy(),
        undrawn=owed["undrawn"].to_numpy(),
        covered=covered.to_numpy(),
        days=days.to_numpy(dtype="float64", na_value=np.nan),
        live=book.live.to_numpy(dtype=bool),
        converted=lines["currency"].map(rates).fillna(False).to_numpy(dtype=bool),
    )
    has_cover = bool(
        lines[["collateral_kind", "collateral_value", "guarantor_name", "guarantor_country"]].notna().any().any()
    )
    return Claims(book, review.version, review.source, lines, _places(lines, ended), has_cover)


def _places(lines: pd.DataFrame, ended: pd.DataFrame) -> pd.DataFrame:
    owing = pd.DataFrame(
        {"line": lines.index, "country": lines["country"].to_numpy(), "immediate": True, "guarantor": 0}
    )
    ending = pd.DataFrame(
        {"line": ended["line"], "country": ended["country"], "immediate": False, "guarantor": ended["x"]}
    )
    both = pd.concat([owing, ending], ignore_index=True)
    both = both[both["country"].notna().to_numpy()]
    return both.groupby(["line", "country"], as_index=False, sort=True).agg({"immediate": "any", "guarantor": "sum"})
