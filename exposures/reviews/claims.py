"""The book's claims measured line by line for the review lists: what is owed, what falls due, where the risk ends."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from exposures.book import Basis, Book, Measure
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
    _columns: dict[str, list[Any]] = field(default_factory=dict, repr=False)

    @property
    def reporting_date(self) -> date:
        """The date of the book; days run from it."""
        return self.book.reporting_date

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

    def scaled(self, lines: pd.DataFrame, column: str = "drawn") -> pd.Series:
        """A column of converted lines on one common scale, exact to the reporting minor unit: debtors of several
        currencies can be compared with themselves.
        """
        rates = {code: self.money(10**6, code) for code in lines["currency"].unique()}
        amounts = [
            int((rates[code] * int(minor) / 10**4).to_integral_value())
            for code, minor in zip(lines["currency"], lines[column], strict=True)
        ]
        return pd.Series(amounts, index=lines.index, dtype="int64")

    def cell(self, position: int, column: str) -> Any:
        """One value of `lines`; None where it is missing. Plain lists: a row of a frame costs far more."""
        if column not in self._columns:
            values = self.lines[column]
            missing = values.isna().to_numpy()
            self._columns[column] = [None if gone else value for value, gone in zip(values, missing, strict=True)]
        return self._columns[column][position]

    def amounts(self, position: int, guarantor: int) -> Amounts:
        """One line's amounts; `guarantor` is the part of its X that ends in the country asked about."""
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


def measure(review: ReviewBook) -> Claims:
    """Every claim of a book, measured once for all lists."""
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
