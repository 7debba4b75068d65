"""The claims of a book as exposure reduction takes them: what of each line falls to a country, group or currency."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from exposures import instalments
from exposures.allocation import COMPONENTS, VIAS, Allocation
from exposures.book import Basis, Measure
from exposures.classification import is_non_performing
from exposures.labels import Flags
from exposures.reviews.claims import Claims
from exposures.reviews.item import Action, Amounts, ItemLine
from exposures.reviews.run_off import Held, Offer, Use, plan_of
from exposures.sums import EXACT

#: Late by more days, or in stage 3: non-performing whatever its class says.
LATE_DAYS = 90
NOTHING = Decimal(0)


def _plans(claims: Claims) -> dict[int, tuple[tuple[int, int], ...]]:
    if not claims.book.held.says("next_instalment"):
        return {}
    lines = claims.lines.some(instalments.FIELDS, np.arange(len(claims.lines)))
    return instalments.before_maturity(lines, claims.book.reporting_date)


class Holdings:
    """The claims that have a rate, by their positions in Claims.lines.

    What is left on a line that is not live counts in the exposure, as it does against the limit, and is never listed.
    """

    def __init__(self, claims: Claims) -> None:
        self.claims, self._cell = claims, claims.cell
        self._class, self._late, self._stage = map(claims.cell.reader, ("loan_class", "days_past_due", "ifrs_stage"))
        self._plans = _plans(claims)
        self._renewed = {str(one.replaces) for one in claims.book.renewals if one.new and one.old is not None}
        self._rated: Flags = claims.measured["converted"]
        ended = claims.book.allocation(Basis.GUARANTOR)
        self._covered = np.zeros(len(claims.lines), dtype=bool)
        self._covered[ended.lines[ended.via == VIAS.index("guarantee")]] = True

    def of_country(self, country: str, basis: str, measure: str) -> Iterator[Held]:
        """What falls to a country or region on a limit's basis, by its measure (pending is never counted)."""
        found = self.claims.book.allocation(Basis(basis))
        pieces = np.flatnonzero(found.country.are(country) & self._rated[found.lines])
        moves = country if Basis(basis) is Basis.GUARANTOR else None
        return self._held(found, pieces, drawn_only=Measure(measure) is Measure.DRAWN, moves_from=moves)

    def of_group(self, group: str) -> list[Held]:
        """Everything that the members of a group owe."""
        return list(self._owed(self.claims.book.labels("group").are(group)))

    def of_currency(self, currency: str) -> Iterator[Held]:
        """What is drawn in a currency, wherever."""
        return self._owed(self.claims.book.labels("currency").are(currency), drawn_only=True)

    def listed(self, lines: Iterable[int]) -> set[int]:
        """Those of these lines that are live."""
        able = self.claims.able.item
        return {line for line in lines if able(line)}

    def countries(self, held: Iterable[Held]) -> set[str]:
        """The countries and regions that count for lines, on either basis."""
        where = self.claims.where
        mine = np.isin(where.lines, [one.line for one in held])
        return {where.country.values[code] for code in np.unique(where.country.codes[mine]).tolist()}

    def entities(self, lines: Iterable[int]) -> tuple[str, ...]:
        """Where the lines are booked."""
        return tuple(sorted({*map(self._cell.reader("booking_entity"), lines)} - {None}))

    def amounts(self, lines: Collection[int]) -> Amounts:
        """The whole of these lines in the reporting currency; the guarantor amount is left to the caller."""
        total, days = self.claims.total_at, self._cell.reader("days")
        due = [[line for line in lines if (left := days(line)) is not None and left <= most] for most in (30, 90)]
        return Amounts(
            total(lines, "drawn"), total(lines, "undrawn"), total(lines), NOTHING,
            total(due[0], "drawn"), total(due[1], "drawn"),
        )  # fmt: skip

    def item_line(self, offered: Offer, uses: Sequence[Use]) -> ItemLine:
        """A line that runs off or that an action touches, as it stands beneath an item."""
        line = offered.held.line
        best = max(uses, key=lambda use: use.amount, default=None)
        action = Action.RUN_OFF if best is None else Action(best.means.value)
        gives = sum((use.amount for use in uses), NOTHING)
        return replace(
            self.claims.item_line(line, self.claims.amounts(line, 0), action, gives),
            run_off=offered.run_off,
            moves_to=offered.held.cover_from if best is not None and best.means.value == "cover" else None,
        )

    def _owed(self, lines: Flags, *, drawn_only: bool = False) -> Iterator[Held]:
        """Those of these lines that can be listed, where who owes them is."""
        found = self.claims.book.allocation(Basis.IMMEDIATE)
        said = ~found.country.missing
        return self._held(found, np.flatnonzero((lines & self.claims.able)[found.lines] & said), drawn_only=drawn_only)

    def _held(
        self,
        found: Allocation,
        pieces: npt.NDArray[np.intp],
        *,
        drawn_only: bool = False,
        moves_from: str | None = None,
    ) -> Iterator[Held]:
        """By line, what these pieces of it come to."""
        pieces = pieces[np.argsort(found.lines[pieces], kind="stable")]
        lines, amounts = found.lines[pieces], found.amounts[pieces]
        begins = np.flatnonzero(np.r_[True, lines[1:] != lines[:-1]][: len(lines)])
        if not len(begins):
            return
        undrawn_and_issued = (amounts[:, COMPONENTS.index(name)] for name in ("undrawn", "contingent"))
        parts = (amounts[:, :3].sum(axis=1), *undrawn_and_issued)
        at = lines[begins]
        columns = (
            at.tolist(),
            *(np.add.reduceat(part, begins).tolist() for part in parts),
            self.claims.able[at].tolist(),
            *(self._cell.column(name, at) for name in ("days", "instrument", "revolving", "undrawn_kind")),
        )
        worth_of, multiply, drawn_of = self.claims.worth_of, EXACT.multiply, self._cell.reader("drawn")
        for line, drawn, undrawn, contingent, able, days, instrument, revolving, kind in zip(*columns, strict=True):
            worth, plan = worth_of(line), self._plans.get(line)
            owed = multiply(Decimal(drawn), worth)
            yield Held(
                line,
                owed,
                NOTHING if drawn_only else multiply(Decimal(undrawn), worth),
                NOTHING if drawn_only else multiply(Decimal(contingent), worth),
                None if days is None else int(days),
                instrument or "other",
                None if revolving is None else bool(revolving),
                kind,
                not able or self.is_bad(line),
                *(self._cover(line, owed, moves_from) if moves_from else (NOTHING, None)),
                renewed=bool(self._renewed) and self._cell(line, "line_id") in self._renewed,
                plan=() if plan is None else plan_of(plan, owed, drawn_of(line)),
            )

    def _cover(self, line: int, drawn: Decimal, country: str) -> tuple[Decimal, str | None]:
        """What a guarantor whom the line names abroad could take over, once the guarantee is made eligible."""
        abroad = self._cell(line, "guarantor_country")
        if abroad in (None, country) or self._cell(line, "country") != country or self._covered[line]:
            return NOTHING, None
        percent, cap = self._cell(line, "guarantee_percent"), self._cell(line, "guarantee_cap")
        cover = drawn if percent is None else drawn * min(Decimal(repr(float(percent))), Decimal(100)) / 100
        if cap is not None:
            cover = min(cover, self.claims.money(int(cap), self._cell(line, "currency")))
        return max(NOTHING, cover), str(abroad)

    def is_bad(self, line: int) -> bool:
        """Whether a line is non-performing by its class, its days past due or its stage."""
        late, stage = self._late(line), self._stage(line)
        return (
            is_non_performing(self._class(line))
            or (late is not None and late > LATE_DAYS)
            or (stage is not None and stage >= 3)
        )
