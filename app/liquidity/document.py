"""The source document's printed tables beside the program's figures: where they agree, and why not where they do not.

A printed amount agrees when the program's, rounded to the printed unit, is the same number.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from alerts.finding import Finding
from app.liquidity.statement import BalanceSheet, Line

#: What stands beside every printed figure.
LABEL = "source document"
#: The errata of the source document that the program knows, by their number.
ERRATA: tuple[int, ...] = tuple(range(1, 16))


class Verdict(StrEnum):
    """How a printed amount stands to the program's."""

    AGREES = "agrees"
    EXPLAINED = "explained"  # it differs, and an erratum says why
    DIFFERS = "differs"
    NO_DATA = "no data"


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of a printed table; amounts in the table's unit, shares in percent of the side; None is not printed."""

    id: str
    first: Decimal
    second: Decimal
    change: Decimal | None
    first_share: Decimal | None = None
    second_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A printed table: its unit, how many USD millions one of it is, its two dates."""

    id: str
    unit: str
    millions: int
    first: date
    second: date
    lines: tuple[Printed, ...]
    errata: tuple[int, ...]

    def line(self, id: str) -> Printed:
        """The printed line with that id."""
        return next(line for line in self.lines if line.id == id)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the document's text: two ends of a span, or one value over it."""

    id: str
    first: Decimal | None
    second: Decimal | None
    value: Decimal | None
    start: date
    end: date
    errata: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A printed line beside the program's; `ours_*` in the table's unit, unrounded."""

    printed: Printed
    ours_first: Decimal | None
    ours_second: Decimal | None
    ours_change: Decimal | None
    first: Verdict
    second: Verdict
    change: Verdict | None
    errata: tuple[int, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class Comparison:
    """A printed table beside the balance sheet of its dates."""

    table: Table
    lines: tuple[Compared, ...]
    finding: Finding
    errata: tuple[int, ...]


@cache
def _known() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("printed.toml").read_text("utf-8"))


def tables() -> tuple[Table, ...]:
    """Every printed table."""
    return tuple(_table(raw) for raw in _known()["tables"])


def table(id: str) -> Table:
    """The printed table with that number; KeyError where there is none."""
    found = {one.id: one for one in tables()}
    return found[id]


def figure(id: str) -> Figure:
    """A figure of the text; KeyError where there is none."""
    raw = _known()["figures"][id]
    first, second, value = (_decimal(raw.get(name)) for name in ("first", "second", "value"))
    return Figure(id, first, second, value, raw["from"], raw["to"], tuple(raw.get("errata", ())))


def figures() -> tuple[Figure, ...]:
    """Every figure of the text."""
    return tuple(figure(id) for id in _known()["figures"])


def compare(printed: Table, sheet: BalanceSheet) -> Comparison:
    """The printed table beside the sheet of `printed.second` against `printed.first`.

    Cases: document.no_data, document.agrees, document.explained, document.differs; each with how many of the amounts
    agree, are explained, differ, and have no figure here.
    """
    lines = tuple(_compared(printed, line, sheet.line(line.id)) for line in printed.lines)
    verdicts = [v for line in lines for v in (line.first, line.second, line.change) if v is not None]
    counts = {verdict.name.lower(): verdicts.count(verdict) for verdict in Verdict}
    values = {"table": printed.id, "amounts": len(verdicts), **counts}
    # A line that did not exist on a date is nought there by rule: that alone is no data.
    if not any(one.ours_first or one.ours_second for one in lines):
        case = "no_data"
    else:
        case = "differs" if counts["differs"] else "explained" if counts["explained"] else "agrees"
    used = sorted({number for line in lines for number in line.errata} | set(printed.errata))
    return Comparison(printed, lines, Finding(f"document.{case}", values), tuple(used))


def line_errata(id: str, column: int) -> tuple[int, ...]:
    """The errata of a line in a column of Table 1 (1 or 2)."""
    return tuple(number for number, of in _known()["notes"].get(id, ()) if of in (0, column))


def _compared(printed: Table, line: Printed, ours: Line) -> Compared:
    ends = tuple(_scaled(amount, printed.millions) for amount in (ours.against, ours.value, ours.change))
    errata = tuple(dict.fromkeys(line_errata(line.id, 1) + line_errata(line.id, 2))) if printed.id == "1" else ()
    verdicts = [
        _verdict(end, said, line_errata(line.id, column) if printed.id == "1" and column else ())
        for end, said, column in zip(ends, (line.first, line.second, line.change), (1, 2, 0), strict=True)
        if said is not None
    ]
    change = verdicts[2] if line.change is not None else None
    return Compared(line, ends[0], ends[1], ends[2], verdicts[0], verdicts[1], change, errata, ours)


def _verdict(ours: Decimal | None, said: Decimal, errata: tuple[int, ...]) -> Verdict:
    if ours is None:
        return Verdict.NO_DATA
    if ours.quantize(Decimal(1), rounding=ROUND_HALF_UP) == said:
        return Verdict.AGREES
    return Verdict.EXPLAINED if errata else Verdict.DIFFERS


def _scaled(amount: int | None, millions: int) -> Decimal | None:
    return None if amount is None else Decimal(amount) / millions


def _table(raw: Mapping[str, Any]) -> Table:
    lines = []
    for id, cells in raw["lines"].items():
        numbers = [_decimal(cell) for cell in cells]
        if len(numbers) == 4:
            first, first_share, second, second_share = numbers
            change = None
        else:
            first, second, change = numbers
            first_share = second_share = None
        assert first is not None
        assert second is not None
        lines.append(Printed(id, first, second, change, first_share, second_share))
    return Table(
        raw["id"], raw["unit"], raw["millions"], raw["first"], raw["second"], tuple(lines), tuple(raw["errata"])
    )


def _decimal(cell: float | str | None) -> Decimal | None:
    return None if cell is None or cell == "" else Decimal(str(cell))
