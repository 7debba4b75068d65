"""A look at an old workbook (.xls, BIFF5 to BIFF8) for what its reader loses: error cells, hidden rows, merges, extent.

Record numbers and layouts: [MS-XLS] 2.3 and 2.4.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from app.refusals import Refused
from app.spreadsheets.scan import Scan
from exposures.cells import Place, Range

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _DATEMODE = 0x809, 0x0A, 0x2F, 0x85, 0x22
_ROW, _COLINFO, _MERGED, _EXTERNAL = 0x208, 0x7D, 0xE5, 0x1AE
_BOOLERR, _MULRK, _NOTE = 0x205, 0xBD, 0x1C
_FORMULAS = frozenset((0x06, 0x206, 0x406))
_VALUED = frozenset((0x203, 0x204, 0x27E, 0xFD, 0xD6, _BOOLERR, _MULRK, *_FORMULAS))
_SHEET, _MACROS = 0, (1, 6)  # kinds of a sheet: cells; Excel 4.0 macros, Visual Basic
#: Error values as a cell holds them ([MS-XLS] 2.5.10).
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


@dataclass
class OldBook:
    """The sheets in their order (those without cells too), and what is worth telling."""

    scans: list[Scan] = field(default_factory=list)
    macros: bool = False
    links: bool = False
    since_1904: bool = False


def is_encrypted(content: bytes) -> bool:
    """Whether a container holds an encrypted package, or an old workbook whose first records say so."""
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        if container.exists("EncryptedPackage"):
            return True
        stream = _stream(container)
    for count, (kind, _, _) in enumerate(_records(stream, 0)):
        if kind == _FILEPASS:
            return True
        if count > 8:
            break
    return False


def has_workbook(content: bytes) -> bool:
    """Whether a container holds an old workbook at all (and not a letter or a presentation)."""
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        return bool(_stream(container))


def scan_book(file: str, content: bytes) -> OldBook:
    """Look through every sheet; Refused importing.damaged where the records make no sense."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            stream = _stream(container)
        return _scan(stream)
    except (struct.error, IndexError, ValueError, OSError) as error:
        raise Refused("importing.damaged", file=file, error=str(error)) from None


def _stream(container: "olefile.OleFileIO") -> bytes:
    """The workbook's records; Excel 97 and later write Workbook, Excel 5 and 95 Book; some capitalise it."""
    names = {path[0].casefold(): path for path in container.listdir() if len(path) == 1}
    for name in ("workbook", "book"):
        if name in names:
            with container.openstream(names[name]) as stream:
                content: bytes = stream.read()
                return content
    return b""


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, offset and length of each record from `at` on."""
    end = len(stream)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4
        yield kind, at, min(length, end - at)
        at += length


def _scan(stream: bytes) -> OldBook:
    book = OldBook()
    if not stream:
        raise ValueError("no workbook in it")
    version = struct.unpack_from("<H", stream, 4)[0]
    sheets = []
    for kind, at, length in _records(stream, 0):
        if kind == _BOUNDSHEET:
            place, visibility, sort, count = struct.unpack_from("<IBBB", stream, at)
            if version >= 0x600:
                wide = stream[at + 7] & 1
                name = stream[at + 8 : at + 8 + count * (1 + wide)].decode("utf-16-le" if wide else "latin-1")
            else:
                name = stream[at + 7 : at + 7 + count].decode("latin-1")
            sheets.append((name, place, visibility & 3 == 0, sort))
        elif kind == _DATEMODE and length >= 2:
            book.since_1904 = stream[at] == 1
        elif kind == _EXTERNAL and length > 4:
            book.links |= struct.unpack_from("<H", stream, at + 2)[0] not in (0x0401, 0x3A01)
        elif kind == _EOF:
            break
    for name, place, visible, sort in sheets:
        book.macros |= sort in _MACROS
        book.scans.append(_sheet(stream, place, name, visible) if sort == _SHEET else Scan(name, visible))
    return book


def _sheet(stream: bytes, place: int, name: str, visible: bool) -> Scan:
    cells = last_row = depth = comments = 0
    last_column = -1
    errors: list[tuple[Place, str]] = []
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    merged: list[Range] = []
    for kind, at, length in _records(stream, place):
        if kind in _VALUED:
            row, column = struct.unpack_from("<HH", stream, at)
            if kind == _MULRK:
                first, column = column, struct.unpack_from("<H", stream, at + length - 2)[0]
                cells += column - first
            cells += 1
            last_row, last_column = max(last_row, row + 1), max(last_column, column)
            if kind == _BOOLERR and stream[at + 7]:
                errors.append(((row + 1, column), ERRORS.get(stream[at + 6], "#ERROR")))
            elif kind in _FORMULAS and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
                errors.append(((row + 1, column), ERRORS.get(stream[at + 8], "#ERROR")))
        elif kind == _ROW:
            if struct.unpack_from("<H", stream, at + 12)[0] & 0x20:
                hidden_rows.add(struct.unpack_from("<H", stream, at)[0] + 1)
        elif kind == _COLINFO:
            first, last, _, _, flags = struct.unpack_from("<5H", stream, at)
            if flags & 1:
                hidden_columns |= set(range(first, min(last, 255) + 1))
        elif kind == _MERGED:
            for number in range(struct.unpack_from("<H", stream, at)[0]):
                top, bottom, left, right = struct.unpack_from("<4H", stream, at + 2 + 8 * number)
                merged.append((top + 1, left, bottom + 1, right))
        elif kind == _NOTE:  # in Excel 5 a long one goes on in others, whose row is -1
            comments += 0 < struct.unpack_from("<H", stream, at)[0] < 0xFFFF
        elif kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
    return Scan(
        name, visible, cells, last_row, last_column, tuple(errors), frozenset(), frozenset(hidden_rows),
        frozenset(hidden_columns), tuple(merged), comments=comments,
    )  # fmt: skip
