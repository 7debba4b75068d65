"""Setting a document as PDF. Words travel as data and never as markup: what looks like an instruction is text."""

import json
import os
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from app.i18n import gettext as _
from app.reports import charts, fonts
from app.reports.palette import STATES
from app.wording.formats import day, number, percent
from app.wording.report.document import Cell, Chart, Column, Document, Kind, Marked, Section, Table
from app.wording.reporting import in_millions, no_value

_RIGHT = (Kind.FIGURE, Kind.MONEY, Kind.COUNT, Kind.PERCENT)
#: A cell of more letters may go over to the next page.
_LONGEST_WHOLE = 500
#: So many letters without a place to break at may be broken anywhere.
_LONG_WORD = re.compile(r"[A-Za-z0-9_.@=:+]{19,}")
_BREAK = "\u200b"
#: The blank between a figure and its unit, and between the parts of a date.
_WITH_UNIT = re.compile(r"(?<=\d) (?=(?:%|bp|m|bn|tn)(?!\w))|(?<=[A-Z]{3}) (?=\d)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def write(path: Path, document: Document, made: datetime) -> int:
    """Write the PDF, whole or not at all; returns its pages.

    Raises OSError where the file cannot be written, Refused "report.no_font" without a Chinese font.
    """
    set_pages = render(document, made)
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_bytes(set_pages)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return pages(set_pages)


def render(document: Document, made: datetime) -> bytes:
    """The PDF's bytes; `made` is the time it says of itself."""
    result = _compiler(document).compile(format="pdf", timestamp=_second(made))
    assert isinstance(result, bytes)
    return result


def pictures(document: Document, made: datetime, dots: float) -> list[bytes]:
    """Every page as a PNG of `dots` per inch, to be looked at before it is written."""
    result = _compiler(document).compile(format="png", ppi=dots, timestamp=_second(made))
    assert result is not None
    return [result] if isinstance(result, bytes) else list(result or ())


def _second(made: datetime) -> datetime:
    """The instant as a PDF holds it; the engine refuses parts of a second."""
    return made.replace(microsecond=0)


def _compiler(document: Document) -> typst.Compiler:
    found = fonts.find()
    template = files("app.reports").joinpath("templates/report.typ").read_bytes()
    data = json.dumps(_plain(document, found), ensure_ascii=False)
    return typst.Compiler(template, font_paths=found.known, sys_inputs={"document": data})


def pages(pdf: bytes) -> int:
    """How many pages a PDF that was set here has."""
    counts = [int(found) for found in re.findall(rb"/Type\s*/Pages.*?/Count\s+(\d+)", pdf, re.DOTALL)]
    return max(counts, default=0)


def _plain(document: Document, found: fonts.Fonts) -> dict[str, Any]:
    language, _dot, region = document.language.partition("_")
    return {
        "title": document.title,
        "day": document.day,
        "facts": _pairs(document.facts),
        "mark": document.mark,
        "mark_meaning": document.mark_meaning,
        "dates": document.dates,
        "contents": _text(document.contents),
        "page": _("Page {page} of {pages}").format(page="{page}", pages="{pages}"),
        "language": language,
        "region": region or None,
        "fonts": found.families,
        "states": STATES,
        "sections": [_section(section, found) for section in document.sections],
    }


def _section(section: Section, found: fonts.Fonts) -> dict[str, Any]:
    return {
        "title": _text(section.title),
        "answer": _text(section.answer),
        "state": section.state,
        "facts": _pairs(section.facts),
        "wide": section.wide,
        "charts": [_chart(chart, found, wide=section.wide) for chart in section.charts],
        "tables": [_table(table) for table in section.tables],
    }


def _chart(chart: Chart, found: fonts.Fonts, *, wide: bool) -> dict[str, Any]:
    drawn = charts.draw(chart, found.files, found.families, wide=wide)
    return {"title": _text(chart.title), "note": _text(chart.note), "svg": drawn}


def _table(table: Table) -> dict[str, Any]:
    totals = [table.totals.get(place) for place in range(len(table.columns))] if table.totals else []
    return {
        "heading": _text(table.heading),
        "columns": [
            {
                "header": _header(column),
                "right": column.kind in _RIGHT,
                # A date is as wide as it is: it never goes over two lines.
                "share": None if column.kind is Kind.DATE else column.share,
            }
            for column in table.columns
        ],
        "rows": [_row(table.columns, row) for row in table.rows],
        "totals": _row(table.columns, totals, total=True) if totals else None,
        "empty": table.empty,
    }


def _header(column: Column) -> str:
    return _text(f"{column.header}\n{in_millions(column.currency)}" if column.kind is Kind.MONEY else column.header)


def _row(columns: Sequence[Column], row: Sequence[Cell], *, total: bool = False) -> dict[str, Any]:
    cells = [_cell(column, value, total=total) for column, value in zip(columns, row, strict=True)]
    return {"cells": cells, "whole": all(len(cell["text"]) < _LONGEST_WHOLE for cell in cells)}


def _cell(column: Column, value: Cell, *, total: bool) -> dict[str, Any]:
    if isinstance(value, Marked):
        return {"text": _text(value.text), "state": value.state}
    return {"text": "" if total and value is None else _text(_shown(column, value)), "state": ""}


def _shown(column: Column, value: Cell) -> str:
    match value:
        case None:
            return no_value()
        case str():
            return value
        case Decimal() if column.kind is Kind.MONEY:
            return number(value / 10**6, 1)
        case Decimal() | int() if column.kind is Kind.PERCENT:
            return percent(value)
        case Decimal() | int():
            return number(value)
        case date():
            return day(value).replace(" ", "\u00a0")
    raise TypeError(f"no form on paper for {type(value).__name__}")


def _pairs(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(_text(label), _text(value)) for label, value in pairs]


def _text(text: str) -> str:
    """Without what no font has a letter for; a figure stays with its unit, a very long word may be broken."""
    held = _WITH_UNIT.sub("\u00a0", _CONTROL.sub("", text))
    return _LONG_WORD.sub(lambda found: _BREAK.join(re.findall(".{1,6}", found[0])), held)
