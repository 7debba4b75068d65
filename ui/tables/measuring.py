"""How wide a column has to be."""

from ui.tables.column import Column
from ui.tables.drawing import Drawing
from ui.tables.model import TableModel

#: Rows looked at to find how wide a column's contents are.
SAMPLE = 200


def measured(rows: TableModel, drawing: Drawing, column: Column, heading: int) -> int:
    """The width at which neither the heading, which needs so much, nor the contents of the first rows are cut."""
    shown = list(range(min(rows.rowCount(), SAMPLE)))
    if rows.totals is not None:
        shown.append(rows.total_row)
    width = max((drawing.content_width(rows, row, column) for row in shown), default=0)
    return max(width, heading)
