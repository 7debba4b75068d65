"""A look at a sheet's XML for what its reader loses: error cells, formulas never computed, hidden rows, merges, extent.

Two ways that must agree: expressions over blocks of bytes for the XML that Excel and its like write, and an XML parser
for anything unusual (name-space prefixes, cells without addresses, comments, other encodings).
"""

import re
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import IO
from xml.parsers import expat

from app.refusals import Refused
from app.spreadsheets import ahead, places
from exposures.cells import Place, Range

_BLOCK = 4 * 2**20
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_383
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_UNUSUAL = re.compile(rb"<\w+:(?:c|row|sheetData|worksheet)\b|<!--|<!\[CDATA\[|<c>|<c [^>]*'|<c\s*[\n\t]|<row [^>]*'")
_CELL = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})[0-9]+"')
_ANY_CELL = re.compile(rb"<c[ >/]")
_ROW = re.compile(rb'<row\b[^>]*?\br="([0-9]+)"')
_ANY_ROW = re.compile(rb"<row\b")
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="([0-9]+)"')
_ERROR = re.compile(rb'<c (?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})([0-9]+)"[^>]*?(?:/>|>(.*?)</c>)', re.DOTALL)
_UNCACHED = re.compile(rb'<c (?![^>]*/>)[^>]*?\br="([A-Z]{1,3})([0-9]+)"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*</c>')
_EMPTY_CACHED = re.compile(
    rb'<c (?![^>]*\bt="str")(?![^>]*/>)[^>]*?\br="([A-Z]{1,3})([0-9]+)"[^>]*>\s*'
    rb"<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)\s*</c>"
)
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_MERGE = re.compile(rb'<mergeCell\b[^>]*?\bref="([A-Z]{1,3})([0-9]+):([A-Z]{1,3})([0-9]+)"')
_COLUMN = re.compile(rb'<col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_DIMENSION = re.compile(rb'<dimension\b[^>]*?\bref="(?:[A-Z]{1,3}[0-9]+:)?([A-Z]{1,3})([0-9]+)"')
_EDGE = re.compile(rb'\b(min|max)="([0-9]+)"')


@dataclass(frozen=True)
class Scan:
    """What stands in a sheet: rows from 1, columns from 0; `last_column` -1 where there is no cell."""

    name: str
    visible: bool = True
    cells: int = 0
    last_row: int = 0
    last_column: int = -1
    errors: tuple[tuple[Place, str], ...] = ()
    uncached: frozenset[Place] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Range, ...] = ()
    valued: int = 0  # cells with something between their tags, where the look can tell
    dimension: tuple[int, int] | None = None  # last row and column as the sheet itself claims
    comments: int = 0  # at cells below the first row, in forms that keep them with the sheet


def scan_sheet(name: str, visible: bool, file: str, stream: IO[bytes]) -> Scan:
    """Look through one sheet part; raises Refused where it has a document type or is no XML."""
    head = stream.read(_BLOCK)
    unusual = head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:64] or (b'encoding="' in head[:200] and (
        b"utf-8" not in head[:200].lower()
    ))  # fmt: skip
    if not unusual:
        with closing(_blocks(head, stream)) as blocks:
            found = _scan_blocks(name, visible, file, blocks)
        if found is not None:
            return found
    stream.seek(0)
    return parse_sheet(name, visible, file, stream)


def column_index(letters: str) -> int:
    """A is 0, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _blocks(head: bytes, stream: IO[bytes]) -> Generator[bytes]:
    """Pieces that end before a row begins, so that no cell is cut."""
    rest = head
    with closing(_pieces(stream)) as pieces:
        for piece in pieces:
            cut = rest.rfind(b"<row")
            if cut > 0:
                yield rest[:cut]
                rest = rest[cut:]
            rest += piece
    yield rest


def _pieces(stream: IO[bytes]) -> Generator[bytes]:
    """What follows in the stream; the next piece is unpacked while one is looked at, if no reader needs that core."""
    if ahead.is_reading():
        yield from iter(partial(stream.read, _BLOCK), b"")
        return
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(stream.read, _BLOCK)
        while piece := coming.result():
            coming = beside.submit(stream.read, _BLOCK)
            yield piece


def _scan_blocks(name: str, visible: bool, file: str, blocks: Iterator[bytes]) -> Scan | None:
    """The quick way, or None where the XML is not of the usual form."""
    cells = last_row = 0
    last_column = -1
    errors: list[tuple[Place, str]] = []
    uncached: set[Place] = set()
    hidden: set[int] = set()
    hidden_columns: set[int] = set()
    merged: list[Range] = []
    size, ended, valued = 0, False, 0
    dimension: tuple[int, int] | None = None
    for block in blocks:
        if b"<!" in block and _DOCTYPE.search(block):
            raise Refused("importing.document_type", file=file, part=name)
        size, ended = size + len(block), block.rstrip().endswith(b"</worksheet>")
        seen = places.look(block) or _matched(block)
        if seen is None:
            return None
        if not size - len(block) and (claimed := _DIMENSION.search(block)):
            dimension = (int(claimed[2]), column_index(claimed[1].decode()))
        cells, last_column, last_row = cells + seen[0], max(last_column, seen[1]), max(last_row, seen[2])
        valued += block.count(b"</v></c>") + block.count(b"</is></c>")
        if b't="e"' in block:
            for letters, row, content in _ERROR.findall(block):
                value = _VALUE.search(content)
                errors.append(((int(row), column_index(letters.decode())), value[1].decode() if value else "#ERROR"))
        if b"<f" in block:
            for pattern in (_UNCACHED, _EMPTY_CACHED):
                uncached |= {(int(row), column_index(letters.decode())) for letters, row in pattern.findall(block)}
        if b"hidden=" in block:
            hidden |= {int(row) for row in _HIDDEN_ROW.findall(block)}
            for column in _COLUMN.findall(block):
                edges = {key: int(value) for key, value in _EDGE.findall(column)}
                hidden_columns |= set(range(edges[b"min"] - 1, min(edges[b"max"], _LAST_COLUMN + 1)))
        for left, top, right, bottom in _MERGE.findall(block) if b"<mergeCell" in block else ():
            merged.append((int(top), column_index(left.decode()), int(bottom), column_index(right.decode())))
    if not ended or (not cells and size > 4096):
        return None  # cut short, or not empty and yet no cell seen: the parser shall say
    if last_row * (last_column + 1) > 20 * (cells + 1_000):
        return None  # wide and thin: count valued cells only, exactly
    return Scan(
        name, visible, cells, last_row if cells else 0, last_column, tuple(errors),
        frozenset(uncached), frozenset(hidden), frozenset(hidden_columns), tuple(merged), valued, dimension,
    )  # fmt: skip


def _matched(block: bytes) -> tuple[int, int, int] | None:
    """As `places.look`, for attributes in any order."""
    addressed, rows = _CELL.findall(block), _ROW.findall(block)
    if _UNUSUAL.search(block) or len(addressed) != len(_ANY_CELL.findall(block)):
        return None
    if len(rows) != len(_ANY_ROW.findall(block)):
        return None
    last_column = max((column_index(letters.decode()) for letters in set(addressed)), default=-1)
    return len(addressed), last_column, max(map(int, rows), default=0)


class _Parser:
    """The exact way: an event for every element, whatever its prefix; only cells with content count."""

    def __init__(self, file: str, name: str) -> None:
        self.file, self.name = file, name
        self.cells = self.row = self.last_row = 0
        self.valued_cells = 0
        self.dimension: tuple[int, int] | None = None
        self.column = self.last_column = -1
        self.errors: list[tuple[Place, str]] = []
        self.uncached: set[Place] = set()
        self.hidden: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[Range] = []
        self.kind, self.formula, self.valued, self.text, self.in_value = "", False, False, "", False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
                self.column = -1
                if attributes.get("hidden") in ("1", "true"):
                    self.hidden.add(self.row)
            case "c":
                self._place(attributes.get("r", ""))
                self.kind, self.formula, self.valued, self.text = attributes.get("t", "n"), False, False, ""
            case "f":
                self.formula = True
            case "v" | "is":
                self.in_value, self.valued = True, self.valued or self.kind in ("str", "inlineStr")
            case "dimension":
                if found := re.fullmatch(r"(?:[A-Z]+[0-9]+:)?([A-Z]{1,3})([0-9]+)", attributes.get("ref", "")):
                    self.dimension = (int(found[2]), column_index(found[1]))
            case "mergeCell":
                self._merge(attributes.get("ref", ""))
            case "col" if attributes.get("hidden") in ("1", "true"):
                last = min(int(attributes["max"]), _LAST_COLUMN + 1)
                self.hidden_columns |= set(range(int(attributes["min"]) - 1, last))

    def end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "v" | "is":
                self.in_value = False
            case "c":
                place = (self.row, self.column)
                if self.kind == "e":
                    self.errors.append((place, self.text or "#ERROR"))
                elif self.formula and not (self.valued or self.text):
                    self.uncached.add(place)
                self.valued_cells += bool(self.text or self.valued)
                if self.text or self.formula:
                    self.cells += 1
                    self.last_row = max(self.last_row, self.row)
                    self.last_column = max(self.last_column, self.column)

    def data(self, text: str) -> None:
        if self.in_value:
            self.text += text[: 64 - len(self.text)]

    def doctype(self, *_: object) -> None:
        raise Refused("importing.document_type", file=self.file, part=self.name)

    def _place(self, reference: str) -> None:
        found = re.fullmatch(r"\$?([A-Za-z]{1,3})\$?([0-9]+)", reference)
        if reference and not found:
            raise Refused("importing.damaged", file=self.file, error=f"{self.name}!{reference}")
        self.column = column_index(found[1].upper()) if found else self.column + 1
        self.row = int(found[2]) if found else self.row
        if self.row > _LAST_ROW or self.column > _LAST_COLUMN:
            raise Refused("importing.damaged", file=self.file, error=f"{self.name}!{reference}")

    def _merge(self, reference: str) -> None:
        found = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]+):\$?([A-Z]{1,3})\$?([0-9]+)", reference)
        if found:
            self.merged.append((int(found[2]), column_index(found[1]), int(found[4]), column_index(found[3])))


def parse_sheet(name: str, visible: bool, file: str, stream: IO[bytes]) -> Scan:
    """The exact way through a sheet part."""
    seen = _Parser(file, name)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = seen.start, seen.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = seen.data, seen.doctype
    try:
        while block := stream.read(2**20):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, KeyError) as error:
        raise Refused("importing.damaged", file=file, error=f"{name}: {error}") from None
    return Scan(
        name, visible, seen.cells, seen.last_row, seen.last_column, tuple(seen.errors), frozenset(seen.uncached),
        frozenset(seen.hidden), frozenset(seen.hidden_columns), tuple(seen.merged), seen.valued_cells, seen.dimension,
    )  # fmt: skip
