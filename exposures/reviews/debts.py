"""The liabilities of a book: what the bank owes to each country or region, with its control total."""

from collections.abc import Collection, Iterator
from decimal import Decimal

import pandas as pd

from exposures import allocation, instalments
from exposures.currencies import from_minor
from exposures.reviews.cells import Cells
from exposures.reviews.item import Action, Amounts, ItemLine
from exposures.reviews.review_list import ControlTotal, Part, ReviewBook
from exposures.reviews.run_off import Held, Offer, Use, plan_of
from exposures.sums import EXACT, added

NOTHING = Decimal(0)


class Debts:
    """The lines that say "liability"; `supplied` is False where the book has none, `total` is their sum.

    Lines without a rate are in no sum; they stand in the control total.
    """

    def __init__(self, review: ReviewBook) -> None:
        self.book = review.book
        owed = self.book.debts.reset_index(drop=True)
        drawn = allocation.amounts(owed, "outstanding") + allocation.amounts(owed, "accrued_interest")
        days = (owed["maturity"] - pd.Timestamp(self.book.reporting_date)).dt.days
        self.lines = owed.assign(drawn=drawn, days=days)
        #: One value of `lines`; None where it is missing.
        self.cell = Cells.of(self.lines)
        self._plans = instalments.before_maturity(self.lines, self.book.reporting_date)
        self.supplied = bool(len(owed))
        rates = {code: self.book.rate(code) is not None for code in owed["currency"].dropna().unique().tolist()}
        self._converted = self.lines[owed["currency"].map(rates).fillna(False).to_numpy(dtype=bool)]
        self.total = self._sum(self._converted)

    def of_country(self, country: str) -> Iterator[Held]:
        """What is owed to a country or region."""
        return self._held(self._converted[(self._converted["country"] == country).to_numpy(dtype=bool)])

    def of_currency(self, currency: str) -> Iterator[Held]:
        """What is owed in a currency, to whomever."""
        return self._held(self._converted[(self._converted["currency"] == currency).to_numpy(dtype=bool)])

    def item_line(self, offered: Offer, use: Use | None) -> ItemLine:
        """A debt that runs off or that is not to be renewed, as it stands beneath an item."""
        line = offered.held.line
        maturity, row = self.cell(line, "maturity"), self.cell(line, "source_row")
        return ItemLine(
            str(self.cell(line, "line_id")),
            self.cell(line, "product") or "",
            self.cell(line, "instrument") or "other",
            str(self.cell(line, "currency")),
            Amounts(offered.held.drawn),
            None if maturity is None else maturity.date(),
            None,
            None,
            None,
            Action.RUN_OFF if use is None else Action(use.means.value),
            "" if row is None else f"{self.cell(line, 'source_sheet') or ''}!{int(row)}",
            side="liability",
            run_off=offered.run_off,
            gives=NOTHING if use is None else use.amount,
        )

    def control(self, listed: Collection[str]) -> ControlTotal:
        """Every liability in one part: of a country on the list, of another, or without a rate."""
        here = self._converted["country"].isin(sorted(listed)).to_numpy(dtype=bool)
        lost = len(self.lines) - len(self._converted)
        parts = (
            self._part("items", self._converted[here]),
            self._part("other_countries", self._converted[~here]),
            Part("not_converted", lost, 0, None),
        )
        return ControlTotal(parts, len(self.lines), self.total)

    def _part(self, case: str, lines: pd.DataFrame) -> Part:
        return Part(case, len(lines), int(lines["counterparty_name"].nunique()), self._sum(lines))

    def _sum(self, lines: pd.DataFrame) -> Decimal:
        """Summed in minor units per currency, then converted."""
        by_currency = lines.groupby("currency", sort=True)["drawn"].sum()
        return added(self._money(int(minor), str(code)) for code, minor in by_currency.items())

    def _money(self, minor: int, currency: str) -> Decimal:
        rate = self.book.rate(currency)
        if rate is None:
            raise ValueError(f"no rate for {currency}")
        return EXACT.multiply(from_minor(minor, currency), rate)

    def _held(self, lines: pd.DataFrame) -> Iterator[Held]:
        for line, drawn in zip(lines.index.tolist(), lines["drawn"].tolist(), strict=True):
            days, revolving = self.cell(line, "days"), self.cell(line, "revolving")
            amount = self._money(drawn, str(self.cell(line, "currency")))
            yield Held(
                line,
                amount,
                days=None if days is None else int(days),
                instrument=self.cell(line, "instrument") or "other",
                revolving=None if revolving is None else bool(revolving),
                owed=True,
                plan=plan_of(self._plans.get(line, ()), amount, drawn) if self._plans else (),
            )
