"""What a table tells of its figures: source, day, known from, unit; in copies, exports and tooltips, and read aloud."""

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtWidgets import QWidget

from app.spreadsheets.workbook import SheetContent
from app.wording.origin import Origin
from ui.tables import exporting
from ui.tables.column import Column
from ui.tables.view import TableView

_KEPT = "origin"
_NO_ROOM = 10_000


def tell(shown: QWidget, origin: Origin) -> None:
    """From now on a table, or any other part of a page, says this of its figures: as tooltip (where a cell has none of
    its own), to screen readers, in what is copied, and in what `sheet` makes of it.
    """
    shown.setProperty(_KEPT, origin)
    shown.setAccessibleDescription(origin.text())
    if isinstance(shown, TableView):
        shown.context = origin.text()
        shown.viewport().setToolTip(origin.text("\n"))
    else:
        shown.setToolTip(origin.text("\n"))


def exported(id: str, header: Callable[[], str]) -> Column:
    """A column that no screen has room for: it stands in what is copied and exported."""
    return Column(id, header, width=_NO_ROOM, priority=99, quiet=True)


def told(shown: QWidget) -> Origin | None:
    """What is said of the figures; None while nobody said it."""
    return cast("Origin | None", shown.property(_KEPT))


def sheet(
    table: TableView, name: str, title: str, *, answer: str = "", facts: Sequence[tuple[str, str]] = ()
) -> SheetContent:
    """A sheet of a workbook with the rows as shown, and what the table says of its figures."""
    origin = told(table)
    return exporting.sheet(
        table.rows, name, title, answer=answer, facts=[*facts, *(origin.facts() if origin is not None else ())]
    )
