"""What an import found and did, as every door shows it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from app.storage.evidence import Reconciled
from exposures.excerpt import Excerpt
from exposures.issues import Issue, packed, unpacked
from exposures.limits import LimitUse
from exposures.mapping import Mapping as Layout
from exposures.preview import Move


class Ending(StrEnum):
    """How an import ended."""

    IMPORTED = "imported"
    WAITING = "waiting"  # stored, and counted once a second person approves
    ALREADY = "already_imported"
    PREVIEWED = "previewed"  # nothing stored, as asked
    REJECTED = "rejected"  # nothing stored: a row or a control total was wrong, and all or nothing was asked for
    BLOCKED = "blocked"  # nothing stored: no line could be read


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its letters, header, the field it became (None: not imported) and first values.

    `suggested` is the field that the header may mean, for a person to confirm.
    """

    letters: str
    header: str
    field: str | None
    samples: tuple[str, ...]
    suggested: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Against the book it would follow: lines that are new, changed and gone; `base` is that book's batch.

    `moves` are the largest changes by counterparty in `currency`, `exceeded` the limits that would be broken anew.
    """

    base: int | None
    new: int
    changed: int
    gone: int
    currency: str = "USD"
    moves: tuple[Move, ...] = ()
    exceeded: tuple[LimitUse, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What an import found and did. `mapping_origin` is given, recognised or proposed.

    `taken_by` is the visible batch of the date that the file would have to supersede.
    """

    ending: Ending
    batch: int | None
    reporting_date: date
    file_name: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    mapping: Layout | None = None
    mapping_origin: str = ""
    columns: tuple[Column, ...] = ()
    rows_read: int = 0
    imported: int = 0
    quarantined: int = 0
    not_counted: int = 0
    issues: tuple[Issue, ...] = ()
    reconciliation: tuple[Reconciled, ...] = ()
    changes: Changes | None = None
    taken_by: int | None = None
    quarantined_rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    excerpts: tuple[Excerpt, ...] = ()  # of the sheet with the lines first, then of the others that belong to a book

    def __getstate__(self) -> dict[str, Any]:
        """For `pickle`: tens of thousands of issues are handed over by columns, in a third of the time."""
        return {**self.__dict__, "issues": packed(self.issues)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """What was handed over, as it was."""
        self.__dict__.update(state, issues=unpacked(state["issues"]))

    @property
    def excerpt(self) -> Excerpt:
        """Rows of the sheet with the lines."""
        return self.excerpts[0] if self.excerpts else Excerpt()
