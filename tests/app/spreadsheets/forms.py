"""The same table in the forms that a bank's departments use, written by independent hands: xlwt, and XML by hand."""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlwt

_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type='
    '"application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)


def write_xls(path: Path, rows: Iterable[Sequence[Any]], hidden: Iterable[int] = ()) -> Path:
    """An Excel 97 workbook with the sheet "Book"; `hidden` rows count from 1."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Book")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write(number, column, value, day)
            elif value == "#N/A":
                sheet.row(number).set_cell_error(column, "#N/A!")  # its own spelling
            elif value is not None:
                sheet.write(number, column, value)
    for number in hidden:
        sheet.row(number - 1).hidden = True
    book.save(str(path))
    return path


def _cell(value: Any) -> str:
    match value:
        case None:
            return "<table:table-cell/>"
        case bool():
            word = str(value).lower()
            return f'<table:table-cell office:value-type="boolean" office:boolean-value="{word}"/>'
        case int() | float():
            return f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'
        case date():
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
        case "#N/A":
            return (
                '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" '
                'calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
            )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def write_ods(path: Path, rows: Iterable[Sequence[Any]], hidden: Iterable[int] = (), sheet: str = "Book") -> Path:
    """An OpenDocument workbook; `hidden` rows count from 1."""
    unseen = set(hidden)
    body = "".join(
        f"<table:table-row{' table:visibility=' + quoteattr('collapse') if number in unseen else ''}>"
        + "".join(map(_cell, row))
        + "</table:table-row>"
        for number, row in enumerate(rows, 1)
    )
    end = "</office:spreadsheet></office:body></office:document-content>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", f"{_HEAD}<table:table table:name={quoteattr(sheet)}>{body}</table:table>{end}")
    return path
