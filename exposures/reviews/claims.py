"""The book's claims measured line by line for the review lists: what is owed, what falls due, where the risk ends.

Everything is columns of int64 minor units; a Decimal is made of a line that an item names, and of a sum.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.book import Book, Measure
from exposures.classification import RANK
from exposures.labels import Flags, Labels
from exposures.reviews.cells import Cells
from exposures.reviews.claim_lines import ClaimLines
from exposures.reviews.flagged import Flagged
from exposures.reviews.item import Action, Amounts, ItemLine
from exposures.reviews.places import Place, Places
from exposures.sums import EXACT, SAFE_SUM, rounded_products

#: X = D + f·U + f·C + M, in the columns of Book.pieces.
X_PARTS = list(Measure.DRAWN_UNDRAWN.components)
COVERING = ("collateral", "guarantee")
NOTHING = Decimal(0)
#: Of fewer lines an array costs more than their sum.
_FEW = 50


class There(NamedTuple):
    """What lines that count in one country come to: each by its position, and together."""

    places: tuple[Place, ...]
    by_line: Mapping[int, Amounts]
    whole: Amounts


@dataclass(frozen=True, eq=False)
class Claims:
    """The asset side of one book, one row per line counted from 0, amounts in each line's own minor unit.

    `lines`: columns of FIELDS and subject (who owes; "" where the book does not say), drawn, undrawn, x, covered,
    days (to maturity, NaN: undated), live, converted, each made when it is asked for. `where` has a row for every
    country that counts for a line; `able` says which lines can be listed: live and with a rate.
    """

    book: Book
    version: str
    source: str
    lines: ClaimLines
    where: Places
    able: Flags
    has_cover: bool
    #: Several lists ask for the same lines, and where they count.
    _flagged: dict[frozenset[str], Flagged] = field(default_factory=dict, repr=False)
    _amounts: dict[tuple[int, int], Amounts] = field(default_factory=dict, repr=False)
    #: What the places of one subject or entity come to, by their own number.
    there: dict[int, There] = field(default_factory=dict, repr=False)

    @property
    def reporting_date(self) -> date:
        """The date of the book; days run from it."""
        return self.book.reporting_date

    @cached_property
    def cell(self) -> Cells:
        """One value of `lines` by position and column; None where it is missing."""
        return Cells(self.lines.plain)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The lines that can be listed, as a frame."""
        frame = self.lines.frame
        return frame if self.able.all() else frame[self.able]

    @property
    def measured(self) -> Mapping[str, npt.NDArray[Any]]:
        """Drawn, undrawn, x, covered, days, live and converted of every line."""
        return self.lines.measured

    @property
    def places(self) -> pd.DataFrame:
        """`where` as a frame: line, country, immediate (bool), guarantor (X that ends there)."""
        return self.where.frame

    def flagged(self, countries: frozenset[str]) -> Flagged:
        """The lines that can be listed in some countries."""
        if countries not in self._flagged:
            here = self.able[self.where.lines] & self.where.inside(countries)
            self._flagged[countries] = Flagged(self.where.where(here), self.cell)
        return self._flagged[countries]

    @cached_property
    def subjects(self) -> Labels:
        """Who owes each line."""
        return subjects(self.book)

    @cached_property
    def whole(self) -> Decimal:
        """X of the whole book, as the book itself adds it up."""
        return self.book.total()

    def subjects_in(self, mask: Flags) -> int:
        """How many subjects the marked lines have."""
        found = np.bincount(self.subjects.codes[mask], minlength=len(self.subjects.values))
        return int(np.count_nonzero(found))

    @cached_property
    def _by_currency(self) -> tuple[npt.NDArray[np.intp], list[str], npt.NDArray[np.intp], npt.NDArray[np.int64]]:
        """The lines with a currency in its order, the currencies, where each begins, and X in that order."""
        currency = self.book.labels("currency")
        order = np.argsort(currency.codes, kind="stable")
        order = order[: int(np.count_nonzero(~currency.missing))]
        codes = currency.codes[order]
        begins = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]][: len(codes)])
        names = [currency.values[code] for code in codes[begins].tolist()]
        x = self.measured["x"][order]
        if np.abs(x).sum(dtype=np.float64) >= SAFE_SUM:
            x = x.astype(object)  # Python's integers never overflow
        return order, names, begins, x

    def total_in(self, mask: Flags) -> Decimal:
        """X of the marked lines, all converted, in the reporting currency, unrounded."""
        order, names, begins, x = self._by_currency
        if not len(begins):
            return NOTHING
        kept = mask[order]
        sums, counts = np.add.reduceat(x * kept, begins).tolist(), np.add.reduceat(kept, begins, dtype=np.int64)
        found = zip(names, sums, counts.tolist(), strict=True)
        return sum((self.money(minor, currency) for currency, minor, lines in found if lines), NOTHING)

    def money(self, minor: int, currency: object) -> Decimal:
        """An amount of a converted line in the reporting currency."""
        amount = self.book.convert(int(minor), str(currency))
        if amount is None:
            raise ValueError(f"no rate for {currency}")
        return amount

    def total_at(self, positions: Collection[int], column: str = "x") -> Decimal:
        """The sum of a measured column over converted lines, in the reporting currency, unrounded."""
        if len(positions) < _FEW:
            return self._total_of_few(positions, column)
        at = np.fromiter(positions, dtype=np.int64, count=len(positions))
        currency = self.book.labels("currency")
        codes, amounts = currency.codes[at], self.measured[column][at]
        if np.abs(amounts).sum(dtype=np.float64) >= SAFE_SUM:
            return self._total_of_few(positions, column)  # Python's integers never overflow
        sums = ((currency.values[code], int(amounts[codes == code].sum())) for code in np.unique(codes).tolist())
        return sum((self.money(minor, code) for code, minor in sums), NOTHING)

    def _total_of_few(self, positions: Iterable[int], column: str) -> Decimal:
        sums: dict[str, int] = {}
        currency_of, amount_of = self.cell.reader("currency"), self.cell.reader(column)
        for position in positions:
            currency = currency_of(position)
            sums[currency] = sums.get(currency, 0) + amount_of(position)
        return sum((self.money(sums[currency], currency) for currency in sorted(sums)), NOTHING)

    def scaled_at(self, places: npt.NDArray[np.int64], column: str = "drawn") -> npt.NDArray[np.int64]:
        """A measured column of converted lines on one common scale, exact to the reporting minor unit: debtors of
        several currencies can be compared with themselves.
        """
        currency, minor = self.book.labels("currency"), self.measured[column][places]
        codes, amounts = currency.codes[places], np.zeros(len(places), dtype=np.int64)
        for code in np.unique(codes).tolist():
            rate, mine = self.money(10**6, currency.key(code)) / 10**4, np.flatnonzero(codes == code)
            amounts[mine] = rounded_products(minor[mine], rate)
        return amounts

    def ranks_at(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The classes of lines as `exposures.classification.class_ranks` has them."""
        labels = self.book.labels("loan_class")
        ranks = np.array([*(RANK.get(name, -1) for name in labels.values), -1], dtype=np.int64)
        found: npt.NDArray[np.int64] = ranks[labels.codes[places]]
        return found

    def amounts(self, position: int, guarantor: int) -> Amounts:
        """One line's amounts; `guarantor` is the part of its X that ends in the country asked about."""
        return self.amounts_of([(position, guarantor)])[position]

    def amounts_of(self, ending: Iterable[tuple[int, int]]) -> dict[int, Amounts]:
        """The same of many lines."""
        known, make, found = self._amounts, self._amounts_of, dict[int, Amounts]()
        for one in ending:
            amounts = known.get(one)
            if amounts is None:
                amounts = known[one] = make(*one)
            found[one[0]] = amounts
        return found

    @cached_property
    def worth_of(self) -> Callable[[int], Decimal]:
        """What one minor unit of a converted line is worth in the reporting currency."""
        currency = self.book.labels("currency")
        worths = [self.book.convert(1, code) for code in currency.values]
        found: Callable[[int], Decimal] = np.array([*worths, None], dtype=object)[currency.codes].item
        return found

    @cached_property
    def rough_worth(self) -> npt.NDArray[np.float64]:
        """The same of every line as a float, for what is only compared from afar; NaN without a rate."""
        currency = self.book.labels("currency")
        worths = [self.book.convert(1, code) for code in currency.values]
        return np.array([*(np.nan if one is None else float(one) for one in worths), np.nan])[currency.codes]

    @cached_property
    def _amounts_of(self) -> Callable[[int, int], Amounts]:
        """As `amounts`, with the columns at hand: some hundred thousand lines are asked for."""
        drawn_of, undrawn_of, x_of, covered_of, days_of = map(
            self.cell.reader, ("drawn", "undrawn", "x", "covered", "days")
        )
        worth_of, has_cover, multiply = self.worth_of, self.has_cover, EXACT.multiply

        def made(position: int, guarantor: int) -> Amounts:
            worth, days, x = worth_of(position), days_of(position), x_of(position)
            drawn, whole = multiply(Decimal(drawn_of(position)), worth), multiply(Decimal(x), worth)
            return Amounts(
                drawn,
                multiply(Decimal(undrawn_of(position)), worth),
                whole,
                whole if guarantor == x else multiply(Decimal(guarantor), worth),
                drawn if days is not None and days <= 30 else NOTHING,
                drawn if days is not None and days <= 90 else NOTHING,
                multiply(Decimal(covered_of(position)), worth) if has_cover else None,
            )

        return made

    def worth(self, position: int, column: str) -> Decimal:
        """A column of minor units of one converted line in the reporting currency."""
        return EXACT.multiply(Decimal(self.cell.reader(column)(position)), self.worth_of(position))

    def item_line(
        self,
        position: int,
        amounts: Amounts,
        action: Action,
        gives: Decimal | None = None,
        minimum: str | None = None,
    ) -> ItemLine:
        """A line as it stands beneath an item; `gives` is by how much the action brings it down, `minimum` the class
        that its checks call for.
        """
        cell = self.cell
        maturity, days, row = (cell(position, name) for name in ("maturity", "days_past_due", "source_row"))
        return ItemLine(
            str(cell(position, "line_id")),
            cell(position, "product") or "",
            cell(position, "instrument") or "other",
            str(cell(position, "currency")),
            amounts,
            None if maturity is None else maturity.date(),
            cell(position, "loan_class"),
            minimum,
            None if days is None else int(days),
            action,
            "" if row is None else f"{cell(position, 'source_sheet') or ''}!{int(row)}",
            gives=gives,
        )

    def told(self, row: tuple[Any, ...]) -> ItemLine:
        """The same of a row of what it takes."""
        return self.item_line(*row)


def subjects(book: Book) -> Labels:
    """Who owes each claim; "" where the book does not say."""
    owing = book.labels("counterparty")
    return owing.or_else(Labels(np.zeros(len(owing.codes), dtype=np.int32), ("",)))
