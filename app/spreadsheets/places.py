"""Where cells and rows stand in a block of a sheet's XML of the usual form, looked at a whole block at a time."""

import re

import numpy as np
import numpy.typing as npt

_Bytes = npt.NDArray[np.uint8]
_Places = npt.NDArray[np.intp]
#: Bytes that the longest thing looked at has after its "<": a cell's tag up to the digit behind three letters.
_REACH = 16
#: What only ever stands in unusual XML, or in texts: quick to look for; where one is met, the expression decides.
_HINTS = (b"<!", b"'")
_NAME_SPACED = (b":c", b":row", b":sheetData", b":worksheet")
_UNUSUAL = re.compile(rb"<\w+:(?:c|row|sheetData|worksheet)\b|<!--|<!\[CDATA\[|<c [^>]*'|<row [^>]*'")


def look(block: bytes) -> tuple[int, int, int] | None:
    """(cells, last column, last row) of a block that cuts no tag; None where anything in it is not of the usual form.

    Usual is what Excel and its like write: every cell begins `<c r="J388"`, every row `<row r="388"`. Columns count
    from 0 (-1: no cell), rows from 1 (0: no row).
    """
    hinted = any(hint in block for hint in _HINTS) or (b":" in block and any(hint in block for hint in _NAME_SPACED))
    if hinted and _UNUSUAL.search(block):
        return None
    text: _Bytes = np.frombuffer(block + b" " * _REACH, dtype=np.uint8)
    tags = np.flatnonzero(text == ord("<"))
    first, second = text[tags + 1], text[tags + 2]
    cells = tags[(first == ord("c")) & ~_is_letter(second)]
    rows = tags[(first == ord("r")) & (second == ord("o"))]
    rows = rows[(text[rows + 3] == ord("w")) & ~_is_letter(text[rows + 4])]
    if not (_all_follow(text, cells, b'<c r="') and _all_follow(text, rows, b'<row r="')):
        return None
    column, row = _last_column(text, cells + 6), _last_row(text, rows + 8)
    return None if column is None or row is None else (len(cells), column, row)


def _is_letter(codes: _Bytes) -> npt.NDArray[np.bool_]:
    return (codes >= ord("a")) & (codes <= ord("z")) | (codes >= ord("A")) & (codes <= ord("Z"))


def _all_follow(text: _Bytes, places: _Places, wanted: bytes) -> bool:
    return all(bool((text[places + offset] == code).all()) for offset, code in enumerate(wanted))


def _last_column(text: _Bytes, places: _Places) -> int | None:
    """The largest column of addresses that begin at `places`: one to three capitals, then a digit."""
    if not len(places):
        return -1
    letters = [text[places + offset].astype(np.int32) - 64 for offset in range(4)]
    capital = [(letter >= 1) & (letter <= 26) for letter in letters]
    two = capital[1]
    three = two & capital[2]
    digits = np.where(three, letters[3], np.where(two, letters[2], letters[1])) + 64
    if not capital[0].all() or not ((digits >= ord("1")) & (digits <= ord("9"))).all():
        return None
    columns = letters[0]
    columns = np.where(two, columns * 26 + letters[1], columns)
    columns = np.where(three, columns * 26 + letters[2], columns)
    return int(columns.max()) - 1


def _last_row(text: _Bytes, places: _Places) -> int | None:
    """The largest number of those that begin at `places` and end at a quotation mark."""
    if not len(places):
        return 0
    numbers = np.zeros(len(places), dtype=np.int64)
    open_ = np.ones(len(places), dtype=bool)
    for offset in range(8):  # 1,048,576 has seven digits
        codes = text[places + offset]
        open_ &= codes != ord('"')
        if not open_.any():
            return int(numbers.max()) if offset else None
        if not ((codes >= ord("0")) & (codes <= ord("9")))[open_].all():
            return None
        numbers = np.where(open_, numbers * 10 + codes - ord("0"), numbers)
    return None
