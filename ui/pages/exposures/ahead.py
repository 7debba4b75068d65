"""The lines of a long book, shown before anything else of it is worked out: they need no country of risk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.bootstrap import Program
from app.jobs import Job
from app.storage.books import Batch
from exposures.book import Book
from ui.pages.exposures.book_lines import Lines, fetch_lines
from ui.pages.exposures.columns import words
from ui.pages.exposures.survey import Choice, firing
from ui.tables.arranging import LONG


@dataclass(frozen=True)
class ShownLines:
    """Lines with their words in the reader's language; `alerts` is what fires by country or region."""

    lines: Lines
    cells: Mapping[str, Any]
    alerts: Mapping[str, str]


@dataclass(frozen=True)
class Ahead:
    """The lines of a book whose totals are still being added up, and the books to choose from, newest first."""

    batch: Batch
    batches: tuple[Batch, ...]
    shown: ShownLines


def fetch_shown(book: Book, choice: Choice, alerts: Mapping[str, str], job: Job) -> ShownLines:
    """The lines behind a cell, ready for their table."""
    lines = fetch_lines(book, choice, job)
    job.check()
    return ShownLines(lines, words(lines, alerts), alerts)


def fetch_ahead(program: Program, choice: Choice, known: int | None, job: Job) -> Ahead | None:
    """The lines of the book that is to be shown; None where there is nothing to hurry: the book is short, or is the one
    that stands on the page already (`known`), or a cell is pinned, whose lines depend on where the risk ends.
    """
    batches = {batch.id: batch for batch in program.surveying.batches()}
    batch = batches.get(choice.batch or 0, next(reversed(batches.values()), None))
    if batch is None or batch.id == known or batch.imported <= LONG or choice.country is not None or choice.column:
        return None
    book = program.surveying.book(batch.id)
    job.check()
    return Ahead(batch, tuple(reversed(batches.values())), fetch_shown(book, choice, firing(program), job))
