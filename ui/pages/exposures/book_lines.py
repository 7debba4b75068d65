"""The lines behind a cell, as columns for a table: made beside the window, and added up exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from app.jobs import Job
from exposures.allocation import COMPONENTS
from exposures.book import Basis, Book
from exposures.countries import NO_COUNTRY
from exposures.currencies import minor_units
from exposures.held import FILE
from exposures.labels import Labels, sums
from exposures.sums import added
from ui.pages.exposures.survey import MILLION, Choice
from ui.tables.arranging import Cells, in_order
from ui.tables.coded import Coded, Numbered

#: What is added up of a line: drawn, undrawn, what it may come to beside (guarantees, derivatives, repo), and pending.
_PARTS = (("outstanding", "accrued_interest"), ("undrawn",), ("contingent", "market_exposure"), ("pending",))
#: What lines can be grouped by, as `Book.labels` calls it.
GROUPS = (
    *("counterparty", "group", "country", "entity", "instrument", "product"),
    *("currency", "guarantor_country", "rating", "loan_class"),
)


@dataclass(frozen=True, slots=True)
class Sum:
    """Lines added up: exact amounts in units of the book's currency, and the lines that have no rate.

    `beside` are guarantees and letters of credit issued, derivatives and repo as they net.
    """

    lines: int
    drawn: Decimal
    undrawn: Decimal
    not_converted: int = 0
    beside: Decimal = Decimal(0)
    pending: Decimal = Decimal(0)


@dataclass(frozen=True)
class Lines:
    """The lines behind a cell as arrays for a table; amounts in millions of the book's currency, NaN without a rate.

    On the guarantor basis a line counts in a country only with the part that is owed there: `part` says where it does.
    `keys` are the places of the lines in `book.claims`, `minor` what counts of each, by _PARTS, in minor units of its
    currency; `order` puts the largest first, those without a rate last.
    """

    choice: Choice
    book: Book
    arrays: Mapping[str, Cells]
    keys: np.ndarray
    minor: np.ndarray
    order: np.ndarray

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
        return self._labels(name).are(key)

    def _labels(self, name: str) -> Labels:
        labels = self.book.labels(name)
        return labels if len(self.keys) == len(labels.codes) else labels.taken(self.keys)

    def _grouped(self, names: list[str], places: np.ndarray | None) -> dict[tuple[str | None, ...], Sum]:
        labels, minor = [self._labels(name) for name in (*names, "currency")], self.minor
        if places is not None:
            labels, minor = [label.taken(places) for label in labels], minor[places]
        found: dict[tuple[str | None, ...], Sum] = {}
        for (*group, currency), amounts, count in sums(labels, minor, np.arange(len(minor))):
            key = tuple(group)
            worth = [None if currency is None else self.book.convert(amount, currency) for amount in amounts]
            before = found.get(key, Sum(0, Decimal(0), Decimal(0)))
            held = (before.drawn, before.undrawn, before.beside, before.pending)
            drawn, undrawn, beside, pending = (
                was if more is None else added((was, more)) for was, more in zip(held, worth, strict=True)
            )
            lost = count if None in worth else 0
            found[key] = Sum(before.lines + count, drawn, undrawn, before.not_converted + lost, beside, pending)
        return found


def fetch_lines(book: Book, choice: Choice, job: Job) -> Lines:
    """The lines behind a cell; a whole country where no column is named, the whole book without a country."""
    places = book.places_of(
        country=choice.country, instrument=choice.column or None, basis=choice.basis, entity=choice.entity
    )
    job.check()
    # None: every line, whose columns are then those of the book, and nothing is copied
    some = None if len(places) == len(book.held) else places
    part, labels = book.held.taken(some), {name: book.labels(column) for name, column in _TEXTS.items()}
    if some is not None:
        labels = {name: found.taken(some) for name, found in labels.items()}
    job.check()
    minor = _counted(book, choice, some)
    whole = [sum(part.amounts(name) for name in names) for names in _PARTS[:2]]
    scale = _scale(book)[labels["currency"].codes]
    drawn, undrawn, beside, pending = (minor[:, place] * scale for place in range(len(_PARTS)))
    job.check()
    # The largest first, also those of which only a part counts here; lines without a rate stand last.
    largest, then = (-np.nan_to_num(amounts * scale) for amounts in whole)
    order = in_order(largest, then=then)
    job.check()
    maturity = part.days("maturity").astype("datetime64[D]")
    soon = maturity <= np.datetime64(book.reporting_date) + np.timedelta64(30, "D")  # no day is not soon
    texts = {name: _coded(found) for name, found in labels.items()}
    return Lines(
        choice,
        book,
        {
            **texts,
            "counterparty": texts["counterparty_name"].or_else(texts["counterparty"]),
            "guarantor": _where(texts["guarantor"], ~_same(labels["guarantor"], labels["country"])),
            "drawn": drawn,
            "undrawn": undrawn,
            "beside": _some(beside),
            "pending": _some(pending),
            "maturity": maturity,
            "late": part.ratios("days_past_due"),
            "part": (minor[:, 0] != whole[0]) | (minor[:, 1] != whole[1]),
            "due": Coded.flagged(soon & (drawn > 0), "warning"),
            "live": book.alive if some is None else book.alive[some],
            "source": Numbered(texts["source_sheet"], part.ratios("source_row"), "{word}!{number}"),
        },
        places,
        minor,
        order,
    )


_TEXTS = {
    "counterparty_name": "counterparty_name", "counterparty": "counterparty", "group": "group", "country": "country",
    "entity": "entity", "instrument": "instrument", "product": "product", "currency": "currency",
    "guarantor": "guarantor_country", "rating": "rating", "loan_class": "loan_class", "source_sheet": "source_sheet",
    "file": FILE, "replaces": "replaces_line_id",
}  # fmt: skip


def _counted(book: Book, choice: Choice, some: np.ndarray | None) -> np.ndarray:
    """What counts of each claim (of some, by their places) in the country of a cell, by _PARTS, in minor units.

    In the whole book all of a line counts, wherever it is owed.
    """
    pieces = book.allocation(choice.basis if choice.country is not None else Basis.IMMEDIATE)
    columns = [[COMPONENTS.index(name) for name in names] for names in _PARTS]
    amounts = [np.add.reduce([pieces.amounts[:, column] for column in part]) for part in columns]
    if choice.country is None:
        return np.array([part if some is None else part[some] for part in amounts]).T
    here = np.flatnonzero(pieces.country.are(None if choice.country == NO_COUNTRY else choice.country))
    lines = pieces.lines[here]
    counted = np.zeros((len(book.held), len(_PARTS)), "int64", order="F")
    for place, part in enumerate(amounts):
        np.add.at(counted[:, place], lines, part[here])
    return counted if some is None else counted[some]


def _scale(book: Book) -> np.ndarray:
    """What turns minor units into millions of the book's currency, by the currency's label; NaN without a rate."""
    found = []
    for code in book.labels("currency").values:
        rate = book.rate(code)
        found.append(np.nan if rate is None else float(rate) / 10 ** minor_units(code) / MILLION)
    return np.array([*found, np.nan])


def _some(amounts: np.ndarray) -> np.ndarray:
    """Without the noughts of lines that are of another kind."""
    return np.where(amounts == 0, np.nan, amounts)


def _coded(labels: Labels) -> Coded:
    return Coded(labels.codes, (*labels.values, None))


def _where(cells: Coded, kept: np.ndarray) -> Coded:
    return Coded(np.where(kept, cells.codes, np.int32(-1)), cells.words)


def _same(one: Labels, other: Labels) -> np.ndarray:
    """Which lines say the same in two columns; two that say nothing do not."""
    known = {value: place for place, value in enumerate(other.values)}
    meant = np.array([*(known.get(value, -1) for value in one.values), -1])
    return np.asarray(meant[one.codes] == other.codes)
