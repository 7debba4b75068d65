"""What the lists of claims in flagged countries share: who is flagged, which lines count there, how a list ends."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pandas as pd

from alerts.finding import Finding
from exposures.flags import LIMIT_WATCH, CountryFlag, LimitStanding, limit_reason
from exposures.reason import Reason, Value
from exposures.reviews import control
from exposures.reviews.claims import measure
from exposures.reviews.item import Action, Amounts, ItemLine, Priority, Proposal
from exposures.reviews.review_list import ControlTotal, Grounds, ListResult, NotAssessable

NOTHING = Decimal(0)


class Screen:
    """One making of a list: `places` are the live lines with a rate in flagged countries, on either basis."""

    def __init__(self, grounds: Grounds) -> None:
        self.grounds, self.settings, self.today = grounds, grounds.settings, grounds.today
        self.claims = measure(grounds.book)
        #: One value of a line; None where it is missing.
        self.cell = self.claims.cell
        self.reported = self.claims.reporting_date
        self.counted = control.counted(self.claims)
        self.flags = {flag.country: flag for flag in grounds.flags if flag.causes}
        places = self.claims.places
        here = places["line"].isin(self.counted.index) & places["country"].isin(self.flags.keys())
        self.places = places[here.to_numpy(dtype=bool)]
        self.missing: list[NotAssessable] = []
        self.shown: set[int] = set()
        self._due: dict[Priority, date] = {}

    # ------------------------------------------------------------------ lines

    def amounts(self, ending: Iterable[tuple[int, int]]) -> dict[int, Amounts]:
        """Every line's amounts; `ending` gives each line with the part of its X that ends in the country."""
        return {line: self.claims.amounts(line, minor) for line, minor in ending}

    def line(self, position: int, amounts: Amounts, action: Action, gives: Decimal | None = None) -> ItemLine:
        """A line as it stands beneath an item; `gives` is by how much the action brings it down."""
        maturity, days, row = (self.cell(position, name) for name in ("maturity", "days_past_due", "source_row"))
        return ItemLine(
            str(self.cell(position, "line_id")),
            self.cell(position, "product") or "",
            self.cell(position, "instrument") or "other",
            str(self.cell(position, "currency")),
            amounts,
            None if maturity is None else maturity.date(),
            self.cell(position, "loan_class"),
            None,
            None if days is None else int(days),
            action,
            "" if row is None else f"{self.cell(position, 'source_sheet') or ''}!{int(row)}",
            gives=gives,
        )

    def money(self, position: int, column: str) -> Decimal:
        """A money field of a line in the reporting currency; what is not given adds nothing."""
        minor = self.cell(position, column)
        return NOTHING if minor is None else self.claims.money(int(minor), self.cell(position, "currency"))

    def entities(self, lines: Collection[int]) -> tuple[str, ...]:
        """Where lines are booked."""
        return tuple(sorted({str(name) for line in lines if (name := self.cell(line, "booking_entity"))}))

    def owner(self, lines: Collection[int]) -> str | None:
        """Who owns them: by the owner table, else the one relationship manager they all have."""
        managers = sorted({str(name) for line in lines if (name := self.cell(line, "relationship_owner"))})
        return self.owner_of(managers, self.entities(lines))

    def owner_of(self, managers: Sequence[str], entities: Sequence[str]) -> str | None:
        """Who owns lines with these relationship managers, booked there."""
        owners = self.settings.owners
        named = [owners[name] for name in (*managers, *entities) if name in owners]
        return named[0] if named else managers[0] if len(managers) == 1 else None

    # ------------------------------------------------------------------ reasons

    def reason(
        self, metric: str, family: str, value: Value, mark: Value, unit: str, points: int = 0, **labels: str
    ) -> Reason:
        """A reason that the book itself gives, dated by it."""
        return Reason(metric, family, value, mark, unit, self.reported, self.claims.version, points, labels)

    def why_flagged(self, flag: CountryFlag, own: Sequence[Reason] = ()) -> tuple[Reason, ...]:
        """Why the country is flagged, without the limit where the item's own reasons already speak of it."""
        told = any(reason.metric == "limit_country" for reason in own)
        return tuple(reason for reason in flag.reasons if not (told and reason.metric.startswith("limit_")))

    def limit_of(self, country: str) -> LimitStanding | None:
        """The country's tightest limit."""
        mine = [use for use in self.grounds.limits if (use.scope, use.subject) == ("country", country)]
        return max(mine, key=_tightness, default=None)

    def tight_limit(self, limit: LimitStanding | None) -> tuple[Reason, ...]:
        """The limit as a reason where it is at its critical mark."""
        if limit is None or not limit.at_least(LIMIT_WATCH):
            return ()
        return (limit_reason(limit, "limit_country", "limit", LIMIT_WATCH),)

    def miss(self, subject: str, name: str, family: str, why: str, value: str = "") -> None:
        """Note what could not be judged."""
        self.missing.append(NotAssessable(subject, name, family, why, value))

    # ------------------------------------------------------------------ the list

    def due(self, priority: Priority) -> date:
        """When an item of that priority is due."""
        if priority not in self._due:
            self._due[priority] = self.settings.calendar.add(self.today, self.settings.due_days[priority])
        return self._due[priority]

    def result(
        self,
        list_id: str,
        made: Iterable[Proposal],
        criteria: tuple[Finding, ...],
        left_out: Sequence[tuple[str, Collection[int]]],
        empty: Finding,
    ) -> ListResult:
        """Items in the order given, the control total of the whole book, and `empty` where there are none."""
        items = tuple(replace(item, rank=rank) for rank, item in enumerate(made, start=1))
        parts = control.parts(
            self.claims,
            self.settings.em_set,
            shown=self.shown,
            listed=sum((item.amounts.immediate for item in items), NOTHING),
            adjusted="shown_twice",
            left_out=[*self.grounds.added(list_id), *left_out],
        )
        excluded = tuple(part for part in parts if part.case not in ("items", "shown_twice"))
        total = ControlTotal(parts, len(self.claims.book.lines), self.claims.book.total())
        left = control.summary(self.claims, self.flags, self.settings.em_set)
        missing = tuple(dict.fromkeys(self.missing))
        return ListResult(list_id, items, excluded, left, missing, total, criteria, None if items else empty)

    def of_country(self) -> Iterable[tuple[str, pd.DataFrame]]:
        """The places of each flagged country that has any."""
        return ((str(country), places) for country, places in self.places.groupby("country", sort=True))


def total(amounts: Iterable[Amounts]) -> Amounts:
    """Their sum."""
    return sum(amounts, Amounts(cover=NOTHING))


class Place(NamedTuple):
    """A line that counts in a country: its position, whether who owes is there, and the part of X that ends there."""

    line: int
    immediate: bool
    guarantor: int


def listed(places: pd.DataFrame) -> Iterator[Place]:
    """The rows of `Screen.places` as plain values: of few rows a frame costs more than what is done with it."""
    return map(Place, *(places[name].tolist() for name in ("line", "immediate", "guarantor")))


def role_of(places: Iterable[Place]) -> str:
    """As `role`."""
    held = tuple(places)
    immediate, guarantor = any(place.immediate for place in held), any(place.guarantor for place in held)
    return "both" if immediate and guarantor else "guarantor" if guarantor else "immediate"


def role(places: pd.DataFrame) -> str:
    """Whether the country is the immediate one of these lines, the guarantor's, or both."""
    immediate, guarantor = bool(places["immediate"].any()), bool(places["guarantor"].any())
    return "both" if immediate and guarantor else "guarantor" if guarantor else "immediate"


def first(values: Iterable[Any]) -> str | None:
    """The first that is given."""
    return next((str(value) for value in values if value is not None), None)


def _tightness(use: LimitStanding) -> Decimal:
    percent = use.utilisation_with_pending
    return Decimal("Infinity") if percent is None else percent
