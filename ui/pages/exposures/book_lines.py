"""The lines behind a cell, as columns for a table: made beside the window, and added up exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from app.jobs import Job
from exposures.book import Book
from exposures.countries import NO_COUNTRY
from exposures.currencies import minor_units
from exposures.labels import Labels, sums
from exposures.sums import added
from ui.pages.exposures.survey import MILLION, Choice
from ui.tables.arranging import Cells
from ui.tables.coded import Coded, Numbered

_PARTS = ("outstanding", "undrawn")
#: What lines can be grouped by, as `Book.labels` calls it.
GROUPS = (
    *("counterparty", "group", "country", "entity", "instrument", "product"),
    *("currency", "guarantor_country", "rating", "loan_class"),
)


@dataclass(frozen=True, slots=True)
class Sum:
    """Lines added up: exact amounts in units of the book's currency, and the lines that have no rate."""

    lines: int
    drawn: Decimal
    undrawn: Decimal
    not_converted: int = 0


@dataclass(frozen=True)
class Lines:
    """The lines behind a cell as arrays for a table; amounts in millions of the book's currency, NaN without a rate.

    On the guarantor basis a line counts in a country only with the part that is owed there: `part` says where it does.
    `keys` are the places of the lines in `book.claims`, `minor` what counts of each, drawn and undrawn, in minor units
    of its currency.
    """

    choice: Choice
    book: Book
    arrays: Mapping[str, Cells]
    keys: np.ndarray
    minor: np.ndarray

    def added(self, places: np.ndarray | None = None) -> Sum:
        """All lines added up, or some by their places in the arrays."""
        return self._grouped([], places).get((), Sum(0, Decimal(0), Decimal(0)))

    def grouped(self, name: str, places: np.ndarray | None = None) -> dict[str | None, Sum]:
        """The lines added up by one of GROUPS, the largest first; None where they do not say."""
        found = self._grouped([name], places)
        order = sorted(found, key=lambda key: (-found[key].drawn, -found[key].undrawn, key[0] or "\uffff"))
        return {key[0]: found[key] for key in order}

    def within(self, name: str, key: str | None) -> np.ndarray:
        """Which lines belong to a group."""
        return self.book.labels(name).are(key)[self.keys]

    def _grouped(self, names: list[str], places: np.ndarray | None) -> dict[tuple[str | None, ...], Sum]:
        keys, minor = (self.keys, self.minor) if places is None else (self.keys[places], self.minor[places])
        labels = [self.book.labels(name).taken(keys) for name in (*names, "currency")]
        found: dict[tuple[str | None, ...], Sum] = {}
        for (*group, currency), amounts, count in sums(labels, minor, np.arange(len(keys))):
            key = tuple(group)
            worth = None if currency is None else [self.book.convert(amount, currency) for amount in amounts]
            drawn, undrawn = (None, None) if worth is None else worth
            before = found.get(key, Sum(0, Decimal(0), Decimal(0)))
            lost = count if drawn is None or undrawn is None else 0
            found[key] = Sum(
                before.lines + count,
                before.drawn if drawn is None else added((before.drawn, drawn)),
                before.undrawn if undrawn is None else added((before.undrawn, undrawn)),
                before.not_converted + lost,
            )
        return found


def fetch_lines(book: Book, choice: Choice, job: Job) -> Lines:
    """The lines behind a cell; a whole country where no column is named, the whole book without a country."""
    places = book.places_of(
        country=choice.country, instrument=choice.column or None, basis=choice.basis, entity=choice.entity
    )
    job.check()
    minor = _counted(book, choice)[places]
    whole = np.column_stack([_amounts(book, name)[places] for name in _PARTS])
    scale = _scale(book)[book.labels("currency").codes[places]]
    drawn, undrawn = (minor[:, place] * scale for place in (0, 1))
    job.check()
    # The largest first, also those of which only a part counts here; lines without a rate stand last.
    order = np.lexsort((-np.nan_to_num(whole[:, 1] * scale), -np.nan_to_num(whole[:, 0] * scale)))
    places, minor, whole, drawn, undrawn = places[order], minor[order], whole[order], drawn[order], undrawn[order]
    job.check()
    claims = book.claims
    country, guarantor = book.labels("country"), book.labels("guarantor_country")
    rows = pd.to_numeric(claims["source_row"]).to_numpy(dtype=float, na_value=np.nan)[places]
    maturity = claims["maturity"].to_numpy()[places].astype("datetime64[D]")
    soon = maturity <= np.datetime64(book.reporting_date) + np.timedelta64(30, "D")  # no day is not soon
    texts = {name: _coded(book.labels(column), places) for name, column in _TEXTS.items()}
    return Lines(
        choice,
        book,
        {
            **texts,
            "counterparty": texts["counterparty_name"].or_else(texts["counterparty"]),
            "guarantor": _where(texts["guarantor"], ~_same(guarantor, country, places)),
            "drawn": drawn,
            "undrawn": undrawn,
            "maturity": maturity,
            "late": claims["days_past_due"].to_numpy(dtype=float, na_value=np.nan)[places],
            "part": (minor != whole).any(axis=1),
            "due": Coded.flagged(soon & (drawn > 0), "warning"),
            "live": book.live.to_numpy()[places],
            "source": Numbered(texts["source_sheet"], rows, "{word}!{number}"),
        },
        places,
        minor,
    )


_TEXTS = {
    "counterparty_name": "counterparty_name", "counterparty": "counterparty", "group": "group", "country": "country",
    "entity": "entity", "instrument": "instrument", "product": "product", "currency": "currency",
    "guarantor": "guarantor_country", "rating": "rating", "loan_class": "loan_class", "source_sheet": "source_sheet",
}  # fmt: skip


def _counted(book: Book, choice: Choice) -> np.ndarray:
    """What counts of each claim in the country of a cell, drawn and undrawn, in minor units."""
    pieces = book.pieces(choice.basis)
    if choice.country is not None:
        pieces = pieces[(pieces["country"].fillna(NO_COUNTRY) == choice.country).to_numpy()]
    lines, amounts = pieces["line"].to_numpy(), pieces[list(_PARTS)].to_numpy(dtype="int64")
    counted = np.zeros((len(book.claims), len(_PARTS)), "int64")
    if len(lines) < 2 or (lines[1:] > lines[:-1]).all():
        counted[lines] = amounts
    else:
        held = pd.DataFrame(amounts).groupby(lines).sum()
        counted[held.index.to_numpy()] = held.to_numpy()
    return counted


def _amounts(book: Book, name: str) -> np.ndarray:
    return book.claims[name].fillna(0).to_numpy(dtype="int64")


def _scale(book: Book) -> np.ndarray:
    """What turns minor units into millions of the book's currency, by the currency's label; NaN without a rate."""
    found = []
    for code in book.labels("currency").values:
        rate = book.rate(code)
        found.append(np.nan if rate is None else float(rate) / 10 ** minor_units(code) / MILLION)
    return np.array([*found, np.nan])


def _coded(labels: Labels, places: np.ndarray) -> Coded:
    codes = labels.codes[places]
    return Coded(np.where(codes == len(labels.values), np.int32(-1), codes), labels.values)


def _where(cells: Coded, kept: np.ndarray) -> Coded:
    return Coded(np.where(kept, cells.codes, np.int32(-1)), cells.words)


def _same(one: Labels, other: Labels, places: np.ndarray) -> np.ndarray:
    """Which lines say the same in two columns; two that say nothing do not."""
    known = {value: place for place, value in enumerate(other.values)}
    meant = np.array([*(known.get(value, -1) for value in one.values), -1])
    return meant[one.codes[places]] == other.codes[places]
