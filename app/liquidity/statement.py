"""The nouns of the Fed's two-sided table, shared by whoever computes, shows or exports it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from alerts.finding import Finding

UNIT = "USD millions"


class Side(StrEnum):
    """Which side of the table a line stands on; capital stands with the liabilities."""

    ASSETS = "assets"
    LIABILITIES = "liabilities"


class Role(StrEnum):
    """Whether a line is reported or summed, adds up with its sisters, stands beside them, or closes the side."""

    TOTAL = "total"
    LINE = "line"
    MEMO = "memo"
    BALANCING = "balancing"


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the date asked and, where asked, on `against`; amounts are whole USD millions, None is "no data".

    `share` and `against_share` are percent of the line's own side: of total assets, or of total liabilities.
    `status` is "reported", "computed", "not yet", "ended", "different definitions", or names what is missing; it is
    English for programs, `notes` and `missing` are for the reader.
    """

    id: str
    parent: str | None
    side: Side
    role: Role
    value: int | None
    against: int | None
    change: int | None
    share: float | None
    against_share: float | None
    source: str | None
    known_from: datetime | None
    status: str
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """The two-sided table on one date or two, its answer, and the remarks its figures need."""

    on: date
    against: date | None
    lines: tuple[Line, ...]
    finding: Finding
    notes: tuple[Finding, ...]
    closes: bool | None  # both sides on every date asked; None where a side cannot be closed

    def line(self, id: str) -> Line:
        """The line with that id."""
        return next(line for line in self.lines if line.id == id)

    def liabilities_and_capital(self) -> tuple[int | None, int | None, int | None]:
        """Value, against and change of the whole right side; None where either of its two parts has no data."""
        whole, capital = self.line("total_liabilities"), self.line("capital")

        def added(first: int | None, second: int | None) -> int | None:
            return None if first is None or second is None else first + second

        return (
            added(whole.value, capital.value),
            added(whole.against, capital.against),
            added(whole.change, capital.change),
        )
