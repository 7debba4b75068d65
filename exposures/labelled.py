"""The claims of a book by what they say: labels made once a column, and sums and places by them."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.allocation import COMPONENTS
from exposures.countries import NO_COUNTRY
from exposures.currencies import minor_units
from exposures.labels import Flags, Labels, sums
from exposures.sums import EXACT

Key = tuple[str | None, ...]
#: What a dimension is called in a line.
_COLUMNS = {"group": "group_id", "entity": "booking_entity"}


class Labelled:
    """Claims, never changed, with the labels that were asked for; pieces are those of `exposures.allocation`."""

    def __init__(
        self,
        claims: pd.DataFrame,
        rate: Callable[[str | None], Decimal | None],
        make: Callable[[str], Labels] | None = None,
    ) -> None:
        self._claims = claims
        self._rate = rate
        self._make = make or (lambda name: Labels.of(claims[name]))
        self._known: dict[str, Labels] = {}
        self._countries: dict[int, tuple[pd.DataFrame, Labels]] = {}

    def labels(self, name: str) -> Labels:
        """A column of the claims, or "counterparty" (the id, or else the name), "group", "entity", "whole"."""
        if name not in self._known:
            if name == "whole":
                self._known[name] = Labels(np.zeros(len(self._claims), dtype=np.int32), ("",))
            elif name == "counterparty":
                self._known[name] = self.labels("counterparty_id").or_else(self.labels("counterparty_name"))
            else:
                self._known[name] = self._make(_COLUMNS.get(name, name))
        return self._known[name]

    def countries(self, pieces: pd.DataFrame) -> Labels:
        """The country of every piece."""
        if id(pieces) not in self._countries:  # the frame is kept too, so that no other takes its number
            self._countries[id(pieces)] = pieces, Labels.of(pieces["country"])
        return self._countries[id(pieces)][1]

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

    def places(
        self, pieces: pd.DataFrame, country: str | None, instrument: str | None, entity: str | None
    ) -> npt.NDArray[np.intp]:
        """The places of the claims behind a cell; None: any, NO_COUNTRY: those that say none."""
        lines = pieces["line"].to_numpy()
        wanted: Flags = np.ones(len(lines), dtype=bool)
        if entity is not None:
            wanted &= self.labels("entity").are(entity)[lines]
        if country is not None:
            wanted &= self.countries(pieces).are(None if country == NO_COUNTRY else country)
        if instrument in ("undrawn", "pending"):
            wanted &= (pieces[instrument] != 0).to_numpy()
        elif instrument is not None:
            stated = self.labels("instrument")
            wanted &= (stated.are(instrument) | (stated.missing & (instrument == "other")))[lines]
        found = np.zeros(len(self._claims), dtype=bool)
        found[lines[wanted]] = True
        return np.flatnonzero(found)

    def converted(
        self, pieces: pd.DataFrame, entity: str | None, by: Sequence[str]
    ) -> tuple[dict[Key, dict[str, Decimal]], dict[Key, tuple[int, int]]]:
        """Component sums by key in the book's currency; and by key its lines, and those of them without a rate."""
        lines = pieces["line"].to_numpy()
        amounts = pieces[list(COMPONENTS)].to_numpy(dtype=np.int64)
        labels = [self.countries(pieces) if name == "country" else self.labels(name).taken(lines) for name in by]
        labels.append(self.labels("currency").taken(lines))
        if entity is not None:
            kept = np.flatnonzero(self.labels("entity").are(entity)[lines])
            labels, amounts, lines = [label.taken(kept) for label in labels], amounts[kept], lines[kept]
        found: dict[Key, dict[str, Decimal]] = {}
        counts: dict[Key, tuple[int, int]] = {}
        # A book has hundreds of thousands of counterparties: nothing in here is done twice.
        factors = {code: self._factor(code) for code in (*labels[-1].values, None)}
        multiply, add, zero = EXACT.multiply, EXACT.add, Decimal(0)
        for keys, minor, count in sums(labels, amounts, lines):
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

    def _factor(self, currency: str | None) -> Decimal | None:
        """What one minor unit of a currency is worth in the book's currency."""
        rate = self._rate(currency)
        return None if rate is None or currency is None else rate.scaleb(-minor_units(currency), EXACT)

    def by_currency(self, pieces: pd.DataFrame, components: Sequence[str]) -> list[tuple[str | None, int, int]]:
        """Each currency with its lines and the sum of some components in its minor units."""
        amounts = pieces[list(components)].to_numpy(dtype=np.int64)
        labels = [self.labels("currency").taken(pieces["line"].to_numpy())]
        return [(code, count, sum(minor)) for (code,), minor, count in sums(labels, amounts, pieces["line"].to_numpy())]
