"""What the lists of claims in flagged countries share: who is flagged, which lines count there, how a list ends."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from alerts.finding import Finding
from exposures.flags import LIMIT_WATCH, CountryFlag, LimitStanding, limit_reason
from exposures.reason import Reason, Value
from exposures.reviews import control
from exposures.reviews.beneath import Beneath
from exposures.reviews.claims import There
from exposures.reviews.control import Positions
from exposures.reviews.item import Action, Amounts, Priority, Proposal
from exposures.reviews.measuring import measure
from exposures.reviews.places import Place as Place
from exposures.reviews.review_list import ControlTotal, Grounds, ListResult, NotAssessable, ranked

NOTHING = Decimal(0)


class Screen:
    """One making of a list: `places` are the live lines with a rate in flagged countries, on either basis."""

    def __init__(self, grounds: Grounds) -> None:
        self.grounds, self.settings, self.today = grounds, grounds.settings, grounds.today
        self.claims = measure(grounds.book)
        #: One value of a line; None where it is missing.
        self.cell = self.claims.cell
        #: A line as it stands beneath an item.
        self.line = self.claims.item_line
        self.reported = self.claims.reporting_date
        self.flags = {flag.country: flag for flag in grounds.flags if flag.causes}
        self.flagged = self.claims.flagged(frozenset(self.flags))
        self.places = self.flagged.places
        self.missing: list[NotAssessable] = []
        self.shown: set[int] = set()
        self._due: dict[Priority, date] = {}

    @property
    def counted(self) -> pd.DataFrame:
        """The lines that can be listed, as a frame."""
        return self.claims.counted

    # ------------------------------------------------------------------ lines

    def amounts(self, ending: Iterable[tuple[int, int]]) -> dict[int, Amounts]:
        """Every line's amounts; `ending` gives each line with the part of its X that ends in the country."""
        return self.claims.amounts_of(ending)

    def there(self, places: tuple[Place, ...]) -> There:
        """What lines that count in one country come to; several lists ask about the same ones."""
        known = self.claims.there
        if id(places) not in known:  # they are kept, so that no others take their number
            by_line = self.amounts((place.line, place.guarantor) for place in places)
            known[id(places)] = There(places, by_line, total(by_line.values()))
        return known[id(places)]

    def beneath(self, rows: Iterable[tuple[int, Amounts, Action]]) -> Beneath:
        """Lines by what each is for: the largest first."""
        return Beneath(sorted(rows, key=lambda row: -row[1].immediate), self.claims.told)

    def money(self, position: int, column: str) -> Decimal:
        """A money field of a line in the reporting currency; what is not given adds nothing."""
        return NOTHING if self.cell(position, column) is None else self.claims.worth(position, column)

    def entities(self, lines: Collection[int]) -> tuple[str, ...]:
        """Where lines are booked."""
        return tuple(sorted(set(map(self.cell.reader("booking_entity"), lines)) - {None, ""}))

    def owner(self, lines: Collection[int]) -> str | None:
        """Who owns them: by the owner table, else the one relationship manager they all have."""
        managers = sorted(set(map(self.cell.reader("relationship_owner"), lines)) - {None, ""})
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
        left_out: Sequence[tuple[str, Positions]],
        empty: Finding,
        shown: Positions | None = None,
    ) -> ListResult:
        """Items in the order given, the control total of the whole book, and `empty` where there are none.

        `shown` are the lines of the items where the list has them otherwise than one by one.
        """
        items = ranked(made)
        parts = control.parts(
            self.claims,
            self.settings.em_set,
            shown=self.shown if shown is None else shown,
            listed=sum((item.amounts.immediate for item in items), NOTHING),
            adjusted="shown_twice",
            left_out=[*self.grounds.added(list_id), *left_out],
        )
        excluded = tuple(part for part in parts if part.case not in ("items", "shown_twice"))
        total = ControlTotal(parts, self.claims.book.count, self.claims.whole)
        left = control.summary(self.claims, self.flags, self.settings.em_set)
        missing = tuple(dict.fromkeys(self.missing))
        return ListResult(list_id, items, excluded, left, missing, total, criteria, None if items else empty)

    def of_subject(self) -> Iterable[tuple[str, str, tuple[Place, ...]]]:
        """Country, who owes, and what it owes there, in that order."""
        parted = self.flagged.by_subject
        return ((country, subject or "", places) for country in parted for subject, places in parted[country].items())

    def of_entity(self, nowhere: set[int]) -> Iterator[tuple[str, str, tuple[Place, ...]]]:
        """Country, booking entity, and what it has there; lines without one are noted, and added to `nowhere`."""
        for country, parted in self.flagged.by_entity.items():
            for entity, places in parted.items():
                if entity is None:
                    nowhere.update(place.line for place in places)
                    self.miss("", "", "entity", "no_booking_entity", country)
                else:
                    yield country, entity, places


def total(amounts: Collection[Amounts]) -> Amounts:
    """Their sum."""
    cover = [one.cover for one in amounts if one.cover is not None]
    return Amounts(
        sum([one.drawn for one in amounts], NOTHING),
        sum([one.undrawn for one in amounts], NOTHING),
        sum([one.immediate for one in amounts], NOTHING),
        sum([one.guarantor for one in amounts], NOTHING),
        sum([one.due_30 for one in amounts], NOTHING),
        sum([one.due_90 for one in amounts], NOTHING),
        sum(cover, NOTHING) if len(cover) == len(amounts) else None,
    )


def role_of(places: Collection[Place]) -> str:
    """Whether the country is the immediate one of these lines, the guarantor's, or both."""
    immediate, guarantor = any(place.immediate for place in places), any(place.guarantor for place in places)
    return "both" if immediate and guarantor else "guarantor" if guarantor else "immediate"


def first(values: Iterable[Any]) -> str | None:
    """The first that is given."""
    return next((str(value) for value in values if value is not None), None)


def _tightness(use: LimitStanding) -> Decimal:
    percent = use.utilisation_with_pending
    return Decimal("Infinity") if percent is None else percent
