"""A look at an OpenDocument workbook (.ods) for what its reader loses: error cells, hidden rows, merges, extent."""

import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from app.refusals import Refused
from app.spreadsheets.scan import Scan
from exposures.cells import Place, Range

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_ERROR = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d+")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_383
_HIDDEN = ("collapse", "filter")


def scan_document(file: str, archive: zipfile.ZipFile) -> tuple[Scan, ...]:
    """Look through every sheet; Refused where it is encrypted, no workbook, damaged, or has a document type."""
    names = set(archive.namelist())
    if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
        raise Refused("importing.encrypted_document", file=file)
    if _CONTENT not in names:
        raise Refused("importing.no_workbook", file=file)
    seen = _Parser(file)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = seen.start, seen.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = seen.data, seen.doctype
    try:
        with archive.open(_CONTENT) as stream:
            while block := stream.read(2**20):
                parser.Parse(block, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, KeyError) as error:
        raise Refused("importing.damaged", file=file, error=f"{_CONTENT}: {error}") from None
    return tuple(sheet.scan() for sheet in seen.sheets)


@dataclass
class _Sheet:
    name: str
    visible: bool
    cells: int = 0
    last_row: int = 0
    last_column: int = -1
    errors: list[tuple[Place, str]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    comments: int = 0

    def scan(self) -> Scan:
        return Scan(
            self.name, self.visible, self.cells, self.last_row, self.last_column, tuple(self.errors), frozenset(),
            frozenset(self.hidden_rows), frozenset(self.hidden_columns), tuple(self.merged),
            comments=self.comments,
        )  # fmt: skip


class _Parser:
    """An event for every element; repeated rows and cells count as often as they stand for."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: list[_Sheet] = []
        self.style, self.hidden_styles = "", set[str]()
        self.row = self.row_repeat = self.column = self.listed = self.depth = 0
        self.cell: dict[str, str] | None = None
        self.text = ""
        self.in_text = self.in_comment = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "style:style":
                self.style = attributes.get("style:name", "")
            case "style:table-properties" if attributes.get("table:display") == "false":
                self.hidden_styles.add(self.style)
            case "table:table":
                self.depth += 1
                if self.depth == 1:
                    hidden = attributes.get("table:style-name", "") in self.hidden_styles
                    self.sheets.append(_Sheet(attributes.get("table:name", ""), not hidden))
                    self.row = self.listed = 0
            case "table:table-column" if self.depth == 1:
                repeat = int(attributes.get("table:number-columns-repeated", "1"))
                if attributes.get("table:visibility") in _HIDDEN:
                    last = min(self.listed + repeat, _LAST_COLUMN + 1)
                    self.sheets[-1].hidden_columns |= set(range(self.listed, last))
                self.listed += repeat
            case "table:table-row" if self.depth == 1:
                self.row_repeat, self.column = int(attributes.get("table:number-rows-repeated", "1")), 0
                if attributes.get("table:visibility") in _HIDDEN:
                    last = min(self.row + self.row_repeat, _LAST_ROW)
                    self.sheets[-1].hidden_rows |= set(range(self.row + 1, last + 1))
            case "table:table-cell" | "table:covered-table-cell" if self.depth == 1:
                self.cell, self.text = attributes, ""
            case "office:annotation" if self.depth == 1 and self.cell is not None:
                self.in_comment = True
                self.sheets[-1].comments += self.row > 0
            case "text:p" if self.depth == 1 and not self.in_comment:
                self.in_text = True

    def end(self, tag: str) -> None:
        match tag:
            case "table:table":
                self.depth -= 1
            case "table:table-row" if self.depth == 1:
                self.row += self.row_repeat
            case "table:table-cell" | "table:covered-table-cell" if self.depth == 1 and self.cell is not None:
                self._take(self.cell)
                self.cell = None
            case "office:annotation":
                self.in_comment = False
            case "text:p":
                self.in_text = False

    def data(self, text: str) -> None:
        if self.in_text and self.cell is not None:
            self.text += text[: 64 - len(self.text)]

    def doctype(self, *_: object) -> None:
        raise Refused("importing.document_type", file=self.file, part=_CONTENT)

    def _take(self, cell: dict[str, str]) -> None:
        sheet, row, column = self.sheets[-1], self.row + 1, self.column
        repeat = int(cell.get("table:number-columns-repeated", "1"))
        self.column += repeat
        down, across = (
            int(cell.get("table:number-rows-spanned", "1")),
            int(cell.get("table:number-columns-spanned", "1")),
        )
        if down > 1 or across > 1:
            sheet.merged.append((row, column, row + down - 1, column + across - 1))
        if not (self.text or "office:value-type" in cell):
            return
        sheet.cells += repeat * self.row_repeat
        sheet.last_row = max(sheet.last_row, self.row + self.row_repeat)
        sheet.last_column = max(sheet.last_column, self.column - 1)
        if sheet.last_row > _LAST_ROW or sheet.last_column > _LAST_COLUMN:
            raise ValueError(f"row {sheet.last_row}, column {sheet.last_column}")
        if cell.get("calcext:value-type") == "error" or ("table:formula" in cell and _ERROR.fullmatch(self.text)):
            places = [
                (row + y, column + x) for y in range(min(self.row_repeat, 1000)) for x in range(min(repeat, 1000))
            ]
            sheet.errors += [(place, self.text or "#ERROR") for place in places]
