"""The claims of a book by what they say: labels made once a column, and sums and places by them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from math import prod

import numpy as np
import numpy.typing as npt

from exposures.allocation import COMPONENTS, Allocation
from exposures.countries import NO_COUNTRY
from exposures.currencies import minor_units
from exposures.held import Held
from exposures.labels import Flags, Labels, sums
from exposures.sums import EXACT

Key = tuple[str | None, ...]
#: A key, the exact sums of COMPONENTS in minor units, and the number of lines.
_Sum = tuple[Key, tuple[int, ...], int]
#: What the figures of a page are split by, and the most combinations that are worth adding up beforehand.
_CUBE, _MOST = ("country", "instrument", "entity"), 50_000
_NOTHING = Decimal(0)
_ENTITY = _CUBE.index("entity")
#: What a dimension is called in a line.
_COLUMNS = {"group": "group_id", "entity": "booking_entity"}


class Labelled:
    """Claims, never changed, with what was asked of them before."""

    def __init__(self, claims: Held, rate: Callable[[str | None], Decimal | None]) -> None:
        self._claims = claims
        self._rate = rate
        self._known: dict[str, Labels] = {}
        self._cubes: dict[int, tuple[Allocation, list[_Sum]]] = {}

    def labels(self, name: str) -> Labels:
        """A column of the claims, or "counterparty" (the id, or else the name), "group", "entity", "whole"."""
        if name not in self._known:
            if name == "whole":
                self._known[name] = Labels(np.zeros(len(self._claims), dtype=np.int32), ("",))
            elif name == "counterparty":
                owing = self.labels("counterparty_id")
                unknown = owing.missing.any()  # the names of a long book take a while
                self._known[name] = owing.or_else(self.labels("counterparty_name")) if unknown else owing
            else:
                self._known[name] = self._claims.labels(_COLUMNS.get(name, name))
        return self._known[name]

    def count(self, name: str, entity: str | None) -> int:
        """How many different labels the claims have."""
        labels = self.labels(name)
        codes = labels.codes if entity is None else labels.codes[self.labels("entity").are(entity)]
        return int((np.bincount(codes, minlength=len(labels.values) + 1)[:-1] > 0).sum())

    def names(self, entity: str | None) -> dict[str | None, str | None]:
        """The name of every counterparty: the last that its lines give; None where none does."""
        owing, named = self.labels("counterparty"), self.labels("counterparty_name")
        wanted = ~named.missing
        if entity is not None:
            wanted &= self.labels("entity").are(entity)
        last = np.full(len(owing.values) + 1, len(named.values), dtype=np.int32)
        last[owing.codes[wanted]] = named.codes[wanted]
        found: dict[str | None, str | None] = {None: None}
        found.update((key, named.key(code)) for key, code in zip(owing.values, last.tolist(), strict=False))
        return found

    def largest(self, pieces: Allocation, components: Sequence[str], most: int) -> list[str]:
        """The names (or else ids) of the counterparties that owe most, the largest first.

        Put in order by floats, which is exact enough to choose what is offered; no figure is taken from here.
        """
        owing, named, currency = (self.labels(name) for name in ("counterparty", "counterparty_name", "currency"))
        factors = np.array([float(self._factor(code) or 0) for code in currency.values] + [0.0])
        amounts = np.zeros(len(pieces.lines))
        for name in components:
            amounts += pieces.amounts[:, COMPONENTS.index(name)]
        worth = np.bincount(owing.codes[pieces.lines], amounts * factors[currency.codes[pieces.lines]])
        order = np.argsort(-worth[: len(owing.values)], kind="stable")[:most]
        last = np.full(len(owing.values) + 1, len(named.values), dtype=np.int32)
        last[owing.codes[~named.missing]] = named.codes[~named.missing]
        return [named.key(int(last[place])) or owing.values[place] for place in order.tolist()]

    def places(
        self, pieces: Allocation, country: str | None, instrument: str | None, entity: str | None
    ) -> npt.NDArray[np.intp]:
        """The places of the claims behind a cell; None: any, NO_COUNTRY: those that say none."""
        lines = pieces.lines
        wanted: Flags = np.ones(len(lines), dtype=bool)
        if entity is not None:
            wanted &= self.labels("entity").are(entity)[lines]
        if country is not None:
            wanted &= pieces.country.are(None if country == NO_COUNTRY else country)
        if instrument in ("undrawn", "pending"):
            wanted &= pieces.amounts[:, COMPONENTS.index(instrument)] != 0
        elif instrument is not None:
            stated = self.labels("instrument")
            wanted &= (stated.are(instrument) | (stated.missing & (instrument == "other")))[lines]
        found = np.zeros(len(self._claims), dtype=bool)
        found[lines[wanted]] = True
        return np.flatnonzero(found)

    def converted(
        self, pieces: Allocation, entity: str | None, by: Sequence[str]
    ) -> tuple[dict[Key, dict[str, Decimal]], dict[Key, tuple[int, int]]]:
        """Component sums by key in the book's currency; and by key its lines, and those of them without a rate."""
        found: dict[Key, dict[str, Decimal]] = {}
        counts: dict[Key, tuple[int, int]] = {}
        # A book has hundreds of thousands of counterparties: nothing in here is done twice.
        factors = {code: self._factor(code) for code in (*self.labels("currency").values, None)}
        multiply, add, zero = EXACT.multiply, EXACT.add, Decimal(0)
        for keys, minor, count in self._sums(pieces, entity, by):
            key, factor = keys[:-1], factors[keys[-1]]
            known, missing = counts.get(key, (0, 0))
            counts[key] = known + count, missing + (count if factor is None else 0)
            if factor is None:
                continue
            row = found.get(key)
            if row is None:
                row = found[key] = dict.fromkeys(COMPONENTS, zero)
            for name, amount in zip(COMPONENTS, minor, strict=True):
                if amount:
                    worth = multiply(Decimal(amount), factor)
                    row[name] = add(row[name], worth) if row[name] else worth
        return found, counts

    def amounts(self, pieces: Allocation, by: str, components: Sequence[str]) -> dict[str | None, Decimal]:
        """What some components add up to by key in the book's currency, of what has a rate."""
        places = [COMPONENTS.index(name) for name in components]
        factors = {code: self._factor(code) for code in (*self.labels("currency").values, None)}
        found: dict[str | None, Decimal] = {}
        for (key, code), minor, _ in self._sums(pieces, None, [by]):
            factor, whole = factors[code], sum(minor[place] for place in places)
            if factor is not None:
                found[key] = EXACT.fma(Decimal(whole), factor, found.get(key, _NOTHING))
        return found

    def _sums(self, pieces: Allocation, entity: str | None, by: Sequence[str]) -> Iterable[_Sum]:
        """Exact sums by those dimensions and the currency.

        What every figure of a page is split by is added up once; a line of several pieces stands once in each country,
        so that what is not split by country is taken from it only where every line has one piece.
        """
        whole = set(by) <= {*_CUBE, "whole"} and ("country" in by or pieces.single)
        if whole and (cube := self._cube(pieces)) is not None:
            yield from _from_cube(cube, entity, by)
            return
        lines, amounts = pieces.lines, pieces.amounts
        labels = [self._of_pieces(pieces, name) for name in (*by, "currency")]
        if entity is not None:
            kept = np.flatnonzero(self.labels("entity").are(entity)[lines])
            labels, amounts, lines = [label.taken(kept) for label in labels], amounts[kept], lines[kept]
        yield from sums(labels, amounts, lines)

    def _of_pieces(self, pieces: Allocation, name: str) -> Labels:
        if name == "country":
            return pieces.country
        labels = self.labels(name)
        return labels.taken(pieces.lines) if pieces.moved else labels

    def _cube(self, pieces: Allocation) -> list[_Sum] | None:
        """The sums by all of _CUBE and the currency; None where that would be too many."""
        if id(pieces) not in self._cubes:  # the pieces are kept too, so that no others take their number
            labels = [self._of_pieces(pieces, name) for name in (*_CUBE, "currency")]
            if prod(len(label.values) + 1 for label in labels) > _MOST:
                return None
            self._cubes[id(pieces)] = pieces, list(sums(labels, pieces.amounts, pieces.lines))
        return self._cubes[id(pieces)][1]

    def _factor(self, currency: str | None) -> Decimal | None:
        """What one minor unit of a currency is worth in the book's currency."""
        rate = self._rate(currency)
        return None if rate is None or currency is None else rate.scaleb(-minor_units(currency), EXACT)

    def by_currency(self, pieces: Allocation, components: Sequence[str]) -> list[tuple[str | None, int, int]]:
        """Each currency with its lines and the sum of some components in its minor units."""
        places = [COMPONENTS.index(name) for name in components]
        return [
            (code, count, sum(minor[place] for place in places))
            for (code,), minor, count in self._sums(pieces, None, [])
        ]


def _from_cube(cube: list[_Sum], entity: str | None, by: Sequence[str]) -> Iterator[_Sum]:
    places = [None if name == "whole" else _CUBE.index(name) for name in by]
    found: dict[Key, tuple[tuple[int, ...], int]] = {}
    for keys, minor, count in cube:
        if entity is not None and keys[_ENTITY] != entity:
            continue
        key = (*("" if place is None else keys[place] for place in places), keys[-1])
        before = found.get(key)
        if before is not None:
            minor, count = tuple(map(int.__add__, before[0], minor)), before[1] + count
        found[key] = minor, count
    for key, (minor, count) in found.items():
        yield key, minor, count
