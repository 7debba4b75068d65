"""The claims of a book as exposure reduction takes them: what of each line falls to a country, group or currency."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from exposures import instalments
from exposures.book import Basis, Measure
from exposures.classification import is_non_performing
from exposures.reviews import control
from exposures.reviews.claims import Claims
from exposures.reviews.item import Action, Amounts, ItemLine
from exposures.reviews.run_off import Held, Offer, Use, plan_of

#: Late by more days, or in stage 3: non-performing whatever its class says.
LATE_DAYS = 90
NOTHING = Decimal(0)


class Holdings:
    """The claims that have a rate; `lines` are the live ones, rows of Claims.lines.

    What is left on a line that is not live counts in the exposure, as it does against the limit, and is never listed.
    """

    def __init__(self, claims: Claims) -> None:
        self.claims = claims
        self.lines = control.counted(claims)
        self._rated = claims.lines.index[claims.lines["converted"].to_numpy(dtype=bool)]
        self._live = set(self.lines.index)
        self._pieces = {basis: self._of(basis) for basis in Basis}
        self._plans = instalments.before_maturity(claims.lines, claims.book.reporting_date)
        self._renewed = {str(one.replaces) for one in claims.book.renewals if one.new and one.old is not None}
        covered = claims.lines.index.isin(self._guaranteed())
        self._covered = set(claims.lines.index[covered])

    def of_country(self, country: str, basis: str, measure: str) -> Iterator[Held]:
        """What falls to a country or region on a limit's basis, by its measure (pending is never counted)."""
        pieces = self._pieces[Basis(basis)]
        pieces = pieces[(pieces["country"] == country).to_numpy()]
        moves = country if Basis(basis) is Basis.GUARANTOR else None
        return self._held(pieces, drawn_only=Measure(measure) is Measure.DRAWN, moves_from=moves)

    def of_group(self, group: str) -> list[Held]:
        """Everything that the members of a group owe."""
        mine = self.lines.index[(self.lines["group_id"] == group).to_numpy(dtype=bool)]
        return list(self._held(self._on(mine)))

    def of_currency(self, currency: str) -> Iterator[Held]:
        """What is drawn in a currency, wherever."""
        mine = self.lines.index[(self.lines["currency"] == currency).to_numpy(dtype=bool)]
        return self._held(self._on(mine), drawn_only=True)

    def listed(self, lines: Collection[int]) -> set[int]:
        """Those of these lines that are live."""
        return self._live.intersection(lines)

    def countries(self, line: int) -> set[str]:
        """The countries and regions that count for a line, on either basis."""
        places = self.claims.places
        return set(places.loc[(places["line"] == line).to_numpy(), "country"])

    def entities(self, lines: Collection[int]) -> tuple[str, ...]:
        """Where the lines are booked."""
        return tuple(sorted(map(str, self.lines.loc[sorted(lines), "booking_entity"].dropna().unique())))

    def amounts(self, lines: Collection[int]) -> Amounts:
        """The whole of these lines in the reporting currency; the guarantor amount is left to the caller."""
        mine, total = self.lines.loc[sorted(lines)], self.claims.total
        due = {days: mine[(mine["days"] <= days).to_numpy(dtype=bool)] for days in (30, 90)}
        return Amounts(
            total(mine, "drawn"), total(mine, "undrawn"), total(mine), NOTHING,
            total(due[30], "drawn"), total(due[90], "drawn"),
        )  # fmt: skip

    def item_line(self, offered: Offer, uses: Sequence[Use]) -> ItemLine:
        """A line that runs off or that an action touches, as it stands beneath an item."""
        line = offered.held.line
        best = max(uses, key=lambda use: use.amount, default=None)
        maturity, days, row = (self._cell(line, name) for name in ("maturity", "days_past_due", "source_row"))
        return ItemLine(
            str(self._cell(line, "line_id")),
            self._cell(line, "product") or "",
            self._cell(line, "instrument") or "other",
            str(self._cell(line, "currency")),
            self.claims.amounts(line, 0),
            None if maturity is None else maturity.date(),
            self._cell(line, "loan_class"),
            None,
            None if days is None else int(days),
            Action.RUN_OFF if best is None else Action(best.means.value),
            "" if row is None else f"{self._cell(line, 'source_sheet') or ''}!{int(row)}",
            run_off=offered.run_off,
            gives=sum((use.amount for use in uses), NOTHING),
            moves_to=offered.held.cover_from if best is not None and best.means.value == "cover" else None,
        )

    def _of(self, basis: Basis) -> pd.DataFrame:
        """Per line and country what is drawn (with derivative and repo exposure), undrawn and contingent."""
        pieces = self.claims.book.pieces(basis)
        pieces = pieces[pieces["line"].isin(self._rated).to_numpy()]
        pieces = pieces.assign(drawn=pieces["outstanding"] + pieces["accrued_interest"] + pieces["market_exposure"])
        columns = ["drawn", "undrawn", "contingent"]
        return pieces.groupby(["line", "country"], as_index=False, sort=True)[columns].sum()

    def _guaranteed(self) -> set[int]:
        pieces = self.claims.book.pieces(Basis.GUARANTOR)
        return set(pieces.loc[(pieces["via"] == "guarantee").to_numpy(), "line"])

    def _on(self, lines: pd.Index) -> pd.DataFrame:
        pieces = self._pieces[Basis.IMMEDIATE]
        return pieces[pieces["line"].isin(lines).to_numpy()]

    def _held(self, pieces: pd.DataFrame, *, drawn_only: bool = False, moves_from: str | None = None) -> Iterator[Held]:
        columns = [pieces[name].tolist() for name in ("line", "drawn", "undrawn", "contingent")]
        for line, drawn, undrawn, contingent in zip(*columns, strict=True):
            currency, days = self._cell(line, "currency"), self._cell(line, "days")
            owed = self.claims.money(drawn, currency)
            revolving = self._cell(line, "revolving")
            yield Held(
                line,
                owed,
                NOTHING if drawn_only else self.claims.money(undrawn, currency),
                NOTHING if drawn_only else self.claims.money(contingent, currency),
                None if days is None else int(days),
                self._cell(line, "instrument") or "other",
                None if revolving is None else bool(revolving),
                self._cell(line, "undrawn_kind"),
                line not in self._live or self.is_bad(line),
                *(self._cover(line, owed, moves_from) if moves_from else (NOTHING, None)),
                renewed=bool(self._renewed) and self._cell(line, "line_id") in self._renewed,
                plan=plan_of(self._plans.get(line, ()), owed, int(self._cell(line, "drawn"))),
            )

    def _cover(self, line: int, drawn: Decimal, country: str) -> tuple[Decimal, str | None]:
        """What a guarantor whom the line names abroad could take over, once the guarantee is made eligible."""
        abroad = self._cell(line, "guarantor_country")
        if abroad in (None, country) or self._cell(line, "country") != country or line in self._covered:
            return NOTHING, None
        percent, cap = self._cell(line, "guarantee_percent"), self._cell(line, "guarantee_cap")
        cover = drawn if percent is None else drawn * min(Decimal(repr(float(percent))), Decimal(100)) / 100
        if cap is not None:
            cover = min(cover, self.claims.money(int(cap), self._cell(line, "currency")))
        return max(NOTHING, cover), str(abroad)

    def is_bad(self, line: int) -> bool:
        """Whether a line is non-performing by its class, its days past due or its stage."""
        late, stage = self._cell(line, "days_past_due"), self._cell(line, "ifrs_stage")
        return (
            is_non_performing(self._cell(line, "loan_class"))
            or (late is not None and late > LATE_DAYS)
            or (stage is not None and stage >= 3)
        )

    def _cell(self, line: int, column: str) -> Any:
        return self.claims.cell(line, column)
