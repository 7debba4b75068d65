"""The table in the shape of the return G51 as a sheet of a workbook."""

from datetime import date

from app.i18n import gettext as _
from app.i18n import pgettext
from app.spreadsheets.workbook import Column, ColumnKind, SheetContent, SheetTable
from app.wording import formats, terms
from app.wording import g51 as words
from app.wording.countries import level
from app.wording.sentences import sentence
from exposures import g51
from exposures.g51 import Table


def sheet(found: Table, on: date, source: str) -> SheetContent:
    """Every country and the total in 万元; `source` says which book."""
    heads = [Column(_("Country or region")), Column(pgettext("country risk", "Level"))]
    heads += [
        Column(_("{name}, {unit}").format(name=words.column(name), unit=words.unit()), ColumnKind.MONEY)
        for name in words.COLUMNS
    ]
    rows = [
        [
            terms.country(row.country),
            level(row.level) if row.level else "",
            *(g51.wan(getattr(row, name)) for name in words.COLUMNS),
        ]
        for row in found.rows
    ]
    totals = {0: _("Total")} | {
        place: g51.wan(value)
        for place, name in enumerate(words.COLUMNS, 2)
        if (value := getattr(found.total, name)) is not None
    }
    facts = [
        (_("Reporting date"), formats.day(on)),
        (_("Source"), source),
        (_("Unit"), words.unit()),
        *((_("Note"), note) for note in words.notes(found)),
    ]
    title = _("Claims and liabilities by country or region, in the shape of G51")
    return SheetContent("G51", title, sentence(g51.finding(found)), facts, (SheetTable(heads, rows, totals=totals),))
