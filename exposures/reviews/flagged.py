"""The lines that count in flagged countries, apart by who owes them or where they are booked; once for all lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from exposures.reviews.cells import Cells
from exposures.reviews.places import Place, Places

#: By country, in order, the places of each subject or entity, in order; None: of lines that say none.
Parted = Mapping[str, Mapping[str | None, tuple[Place, ...]]]


@dataclass(frozen=True, eq=False)
class Flagged:
    """`places` are those of lines that can be listed, `cell` reads the lines of the book."""

    places: Places
    cell: Cells

    @cached_property
    def by_subject(self) -> Parted:
        """Apart by who owes."""
        return {country: self._parted(places, "subject") for country, places in self.places.by_country}

    @cached_property
    def by_entity(self) -> Parted:
        """Apart by booking entity."""
        return {country: self._parted(places, "booking_entity") for country, places in self.places.by_country}

    def _parted(self, places: Iterable[Place], column: str) -> Mapping[str | None, tuple[Place, ...]]:
        read, found = self.cell.reader(column), dict[str | None, list[Place]]()
        for place in places:
            found.setdefault(read(place.line), []).append(place)
        return {key: tuple(found[key]) for key in sorted(found, key=lambda key: (key is not None, key or ""))}
