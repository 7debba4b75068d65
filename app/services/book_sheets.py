"""The other sheets of a workbook beside the one with the lines: more lines, and tables that fill them in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.services import layouts
from exposures import headers, importing, sheets
from exposures.cells import Workbook
from exposures.imported import Imported
from exposures.mapping import Mapping as Layout
from exposures.rates import Rate
from exposures.sheets import Part


def with_others(
    workbook: Workbook, main: Part, known: Mapping[str, Layout], on: date, given_rates: Sequence[Rate]
) -> Imported:
    """What was read of the main sheet, with what other sheets add; those that are not read are told."""
    parts, tables, read = [main], [], {main.cells.sheet}
    for sheet in workbook.sheets:
        what = sheets.role(sheet.name)
        if what is None or sheet.name == main.cells.sheet or not sheet.visible:
            continue
        cells = headers.find_table(sheet)
        if cells is None:
            continue
        if what in (sheets.Role.COUNTERPARTIES, sheets.Role.RATINGS):
            tables.append(cells)
            read.add(sheet.name)
        elif sheets.role(main.cells.sheet) in sheets.OF_LINES:
            layout = sheets.layout_of(cells, layouts.recognised_or_proposed(cells, known, sheet.name))
            if layout is not None:
                found = importing.read_lines(cells, layout, on, given_rates)
                parts.append(Part(cells, layout, found))
                read.add(sheet.name)
    whole = sheets.put_together(parts)
    for table in tables:
        whole = sheets.fill(whole, table)
    return replace(whole, issues=(*whole.issues, *sheets.told(workbook.names, read)))
