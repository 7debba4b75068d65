"""`risk g51`: claims and liabilities by country in 万元, in the shape of the return G51."""

import argparse
from pathlib import Path

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command
from app.i18n import gettext as _
from app.refusals import Refused
from app.spreadsheets import g51 as sheets
from app.spreadsheets.workbook import write_workbook
from app.wording import formats, terms
from app.wording import g51 as words
from app.wording.sentences import sentence
from exposures import g51
from exposures.g51 import Row


def add(group: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command to the group of risk."""
    made = add_command(group, "g51", show, "claims and liabilities by country in 10,000 renminbi, in the shape of G51")
    made.add_argument("--output", metavar="FILE.xlsx", help="write it into a workbook too")


def show(program: Program, chosen: argparse.Namespace) -> Outcome:
    """The table."""
    batch, found = program.stressing.g51()
    if found is None:
        raise Refused("risk.no_renminbi", date=batch.reporting_date)
    written = None
    if chosen.output:
        written = Path(chosen.output)
        if written.exists():
            raise Refused("book.template_exists", file=written.name)
        content = sheets.sheet(found, batch.reporting_date, batch.file_name)
        mark = _("SAMPLE") if program.sample else ""
        write_workbook(
            written, [content], mark=mark, page_text=_("Page {page} of {pages}").format(page="&P", pages="&N")
        )
    said = sentence(g51.finding(found))
    data = {
        "reporting_date": batch.reporting_date,
        "unit": "CNY 10000",
        "finding": said,
        "rows": [_row(row) for row in found.rows],
        "total": _row(found.total),
        "ties": found.ties,
        "not_converted": found.not_converted,
        "file": None if written is None else str(written),
    }
    lines = [said]
    for row in (*found.rows, found.total):
        name = _("Total") if row is found.total else terms.country(row.country)
        figures = (g51.wan(row.immediate), g51.wan(row.guarantor), g51.wan(row.liabilities))
        lines.append(f"{name:<32}" + "".join(f"{formats.number(value or 0, 2):>18}" for value in figures))
    return Outcome(data, (*lines, *words.notes(found)))


def _row(row: Row) -> dict[str, object]:
    return {"country": row.country, "level": row.level} | {name: g51.wan(getattr(row, name)) for name in words.COLUMNS}
