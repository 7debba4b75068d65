"""A look at a binary workbook (.xlsb) for what its reader loses: error cells, hidden rows, merges, extent.

Record numbers and layouts: [MS-XLSB] 2.3 and 2.4.
"""

import struct
from collections.abc import Iterator

from app.refusals import Refused
from app.spreadsheets.biff import ERRORS
from app.spreadsheets.scan import Scan
from exposures.cells import Place, Range

_ROW_HEADER, _CELL_ERROR, _FORMULA_ERROR, _COLUMN, _MERGE = 0, 3, 11, 60, 176
_SHEET, _BOOK, _COMMENT = 156, 153, 635
_VALUED = frozenset(range(2, 12))
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_383


def entries(file: str, content: bytes) -> list[tuple[str, str, bool]]:
    """Name, relation and whether people see it of every sheet that a binary workbook part lists."""
    found = []
    try:
        for kind, record in _records(content):
            if kind == _SHEET:
                state = struct.unpack_from("<I", record)[0]
                relation, after = _text(record, 8)
                found.append((_text(record, after)[0], relation, state == 0))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Refused("importing.damaged", file=file, error=str(error)) from None
    return found


def counts_from_1904(content: bytes) -> bool:
    """Whether the workbook counts its days from 1904."""
    return any(kind == _BOOK and len(record) and record[0] & 1 for kind, record in _records(content))


def comments(content: bytes) -> int:
    """How many comments a part holds at cells beneath the first row; one that makes no sense holds none more."""
    found = 0
    try:
        for kind, record in _records(content):
            found += kind == _COMMENT and struct.unpack_from("<I", record, 4)[0] > 0
    except (struct.error, IndexError):
        pass
    return found


def scan_binary_sheet(name: str, visible: bool, file: str, content: bytes) -> Scan:
    """Look through one sheet part; Refused importing.damaged where the records make no sense."""
    try:
        return _scan(name, visible, content)
    except (struct.error, IndexError) as error:
        raise Refused("importing.damaged", file=file, error=f"{name}: {error}") from None


def _scan(name: str, visible: bool, content: bytes) -> Scan:
    row = cells = last_row = 0
    last_column = -1
    errors: list[tuple[Place, str]] = []
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    merged: list[Range] = []
    for kind, record in _records(content):
        if kind == _ROW_HEADER:
            row = struct.unpack_from("<I", record)[0] + 1
            if record[11] & 0x10:
                hidden_rows.add(row)
        elif kind in _VALUED:
            column = struct.unpack_from("<I", record)[0]
            if row > _LAST_ROW or column > _LAST_COLUMN:
                raise IndexError(f"row {row}, column {column}")
            cells, last_row, last_column = cells + 1, max(last_row, row), max(last_column, column)
            if kind in (_CELL_ERROR, _FORMULA_ERROR):
                errors.append(((row, column), ERRORS.get(record[8], "#ERROR")))
        elif kind == _COLUMN:
            first, last = struct.unpack_from("<II", record)
            if struct.unpack_from("<H", record, 16)[0] & 1:
                hidden_columns |= set(range(first, min(last, _LAST_COLUMN) + 1))
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", record)
            merged.append((top + 1, left, bottom + 1, right))
    return Scan(
        name, visible, cells, last_row, last_column, tuple(errors), frozenset(), frozenset(hidden_rows),
        frozenset(hidden_columns), tuple(merged),
    )  # fmt: skip


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(content)
    while at < end:
        kind = content[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (content[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        for _ in range(4):
            part = content[at]
            at += 1
            size |= (part & 0x7F) << shift
            shift += 7
            if not part & 0x80:
                break
        yield kind, content[at : at + size]
        at += size


def _text(record: bytes, at: int) -> tuple[str, int]:
    """A counted text of two-byte characters, and where the next part begins."""
    count = struct.unpack_from("<I", record, at)[0]
    end = at + 4 + 2 * count
    return record[at + 4 : end].decode("utf-16-le"), end
