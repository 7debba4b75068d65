"""Some rows of a sheet as they stand in the file: its first ones, and those about which there is something to say."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from alerts.finding import Finding
from exposures.cells import Cells, column_letters
from exposures.columns import text_of
from exposures.issues import Issue, Severity

#: Rows from the top, and rows with something to say, that are shown at most.
FIRST, NAMED = 60, 1_000
#: Rows shown above and below one with something to say.
_AROUND = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet: its number as people count, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What can be shown of a sheet; `count` rows of data are in the file."""

    sheet: str = ""
    letters: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    header_row: int = 0
    rows: tuple[Row, ...] = ()
    count: int = 0

    def holds(self, sheet: str, row: int) -> bool:
        """Whether that row of that sheet can be shown."""
        return sheet == self.sheet and any(item.number == row for item in self.rows)

    def problems(self, issues: Iterable[Issue]) -> int:
        """How much must be mended or looked at in this sheet."""
        return sum(issue.sheet == self.sheet and issue.severity is not Severity.INFO for issue in issues)


def excerpt(cells: Cells, issues: Iterable[Issue]) -> Excerpt:
    """The first rows of a table, and the rows of issues with their neighbours, the gravest first, as many as fit."""
    wanted = set(range(min(FIRST, cells.count)))
    place_of = {int(number): place for place, number in enumerate(cells.rows.tolist())}
    grave = sorted((issue for issue in issues if issue.sheet == cells.sheet and issue.cell), key=_gravity)
    named = dict.fromkeys(row_of(issue) for issue in grave)
    for number in islice((number for number in named if number in place_of), NAMED):
        place = place_of[number]
        wanted |= set(range(max(0, place - _AROUND), min(cells.count, place + _AROUND + 1)))
    rows = [
        Row(number, tuple(_text(cells, place, number, column) for column in range(len(cells.headers))))
        for place in sorted(wanted)
        for number in (int(cells.rows[place]),)
    ]
    letters = tuple(column_letters(column) for column in range(len(cells.headers)))
    return Excerpt(cells.sheet, letters, cells.headers, cells.header_row, tuple(rows), cells.count)


def answer(shown: Excerpt) -> Finding:
    """What stands in the sheet? How many of its rows can be seen here."""
    values = {"rows": len(shown.rows), "count": shown.count, "first": min(FIRST, shown.count)}
    if not shown.rows:
        return Finding("import.sheet.none", values)
    return Finding("import.sheet.all" if len(shown.rows) == shown.count else "import.sheet.some", values)


def row_of(issue: Issue) -> int:
    """The row of an issue's cell; 0 where it names none."""
    digits = issue.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdigit() else 0


def _gravity(issue: Issue) -> int:
    return ("error", "warning", "info").index(issue.severity.value)


def _text(cells: Cells, place: int, number: int, column: int) -> str:
    return cells.errors.get((number, column)) or text_of(cells.columns[column][place])
