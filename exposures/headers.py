"""Headers: where they stand in a sheet, what they and their units mean, and the table beneath them."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from exposures import synonyms, units
from exposures.cells import Cells, Sheet
from exposures.coded import Coded, CodedRows, code
from exposures.spelling import letters

_LOOK = 40  # rows in which headers are looked for
_BRACKETS = re.compile(r"[(\[【<][^()\[\]【】<>]*[)\]】>]")
_SPACE_OR_SCALE = re.compile(r"\s|[十百佰千仟万萬亿億]")
#: Units of what is no amount, which a row of units has beside those of amounts.
_OTHER_UNITS = frozenset({"%", "天", "日", "月", "个月", "個月", "年", "days", "months", "years", "bp", "pct"})


@dataclass(frozen=True, slots=True)
class Header:
    """A header taken apart: its field (None: unknown), factor and currency where it names them."""

    text: str
    field: str | None
    factor: Decimal | None = None
    currency: str | None = None


def parse(text: str) -> Header:
    """A header's field and unit: "贷款余额(万元)" is outstanding in 10,000s."""
    known = synonyms.header_fields()
    plain = unicodedata.normalize("NFKC", text)
    factor: Decimal | None = None
    currency: str | None = None
    for bracket in _BRACKETS.findall(plain):
        if (unit := units.unit_of(bracket[1:-1])) != units.NONE:
            factor, currency = unit[0] or factor, unit[1] or currency
            plain = plain.replace(bracket, " ")
    if letters(plain) not in known:
        for head, tail in _cuts(plain):
            if letters(head) in known and (unit := units.unit_of(tail)) != units.NONE:
                plain = head
                factor, currency = unit
                break
    return Header(text, known.get(letters(plain)) or known.get(letters(text)), factor, currency)


def _cuts(plain: str) -> Iterator[tuple[str, str]]:
    """Where a header may end and its unit begin: at a mark, at a space, or before 万 and its like."""
    for mark in (",", "-", "–", ":", " in ", "_", "/", "\n"):
        head, found, tail = plain.rpartition(mark)
        if found:
            yield head, tail
    for found_at in _SPACE_OR_SCALE.finditer(plain):
        yield plain[: found_at.start()], plain[found_at.start() :]


def without_brackets(text: str) -> str:
    """The text without its bracketed parts."""
    return _BRACKETS.sub(" ", unicodedata.normalize("NFKC", text))


def fingerprint(headers: Sequence[str]) -> str:
    """The same for two files whose headers are the same, spelling aside."""
    return hashlib.sha256("\n".join(letters(header) for header in headers).encode()).hexdigest()[:16]


def _text(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())


def find_header_row(sheet: Sheet, wanted: Collection[str] = ()) -> int:
    """The row (from 1) that holds the headers: most wanted headers, else most known ones, else the first full row.

    0 where the sheet has no row of two texts or more.
    """
    names = {letters(name) for name in wanted}
    best, best_row = 0.0, 0
    full, full_row = 0, 0
    for number, row in enumerate(sheet.rows[:_LOOK], 1):
        texts = [_text(value) for value in row if isinstance(value, str) and _text(value)]
        hits = {letters(text) for text in texts} & names if names else {parse(t).field for t in texts} - {None}
        score = len(hits) + 0.001 * len(texts)
        if len(hits) >= (1 if names else 2) and score > best:
            best, best_row = score, number
        if len(set(texts)) == len(texts) and len(texts) >= 2 and len(texts) > full * 1.5:
            full, full_row = len(texts), number
    return best_row or full_row


def find_table(sheet: Sheet, header_row: int = 0, wanted: Collection[str] = ()) -> Cells | None:
    """The table of a sheet: headers at `header_row` (0: found), merged header rows joined, blank rows left out.

    None where the sheet has no table (fewer than two texts in every row).
    """
    last = header_row or find_header_row(sheet, wanted)
    if not 0 < last <= len(sheet.rows):
        return None
    first = min([top for top, _, bottom, _ in sheet.merged if top <= last <= bottom], default=last)
    last = max([bottom for top, _, bottom, _ in sheet.merged if top == last and bottom - top <= 3], default=last)
    last = min(last, len(sheet.rows))
    if last == first and any(top == first - 1 == bottom and left < right for top, left, bottom, right in sheet.merged):
        above = [_text(value) for value in sheet.rows[first - 2]]
        first -= len([text for text in above if text]) > 1  # one merged text alone is a title
    headers = _join_headers(sheet, first, last)
    beneath = _row_of_units(sheet, last + 1)
    for column, unit in {**_units_above(sheet, first - 1), **beneath}.items():
        if column < len(headers) and parse(headers[column]).factor is None:
            headers[column] = f"{headers[column]} ({unit})".strip()
    last += bool(beneath)
    marked = {place[0] for place in (*sheet.errors, *sheet.uncached)}
    if isinstance(sheet.rows, CodedRows):
        coded, rows = _of_columns(sheet.rows, last, marked)
    else:
        coded, rows = _of_rows(sheet.rows, last, marked, len(headers))
    headers += [""] * (len(coded) - len(headers))
    return Cells(
        sheet=sheet.name,
        headers=tuple(headers),
        columns=tuple(column.cells() for column in coded),
        rows=rows,
        header_row=last,
        first_header_row=first,
        titles=tuple(_text(v) for row in sheet.rows[: first - 1] for v in row if isinstance(v, str) and _text(v)),
        errors=sheet.errors,
        uncached=sheet.uncached,
        hidden_rows=sheet.hidden_rows,
        hidden_columns=sheet.hidden_columns,
        merged=sheet.merged,
        decimal_mark=sheet.decimal_mark,
        parted=sheet.parted,
        since_1904=sheet.since_1904,
        known=dict(enumerate(coded)),
    )


_Numbers = npt.NDArray[np.int64]


def _of_columns(rows: CodedRows, last: int, marked: Collection[int]) -> tuple[list[Coded], _Numbers]:
    """The columns under the last header row without blank rows, and the numbers of their rows."""
    held = np.zeros(len(rows), dtype=bool)
    held[[number - 1 for number in marked if number <= len(rows)]] = True
    for column in rows.columns:
        held |= column.filled
    places = np.flatnonzero(held[last:]) + last
    return [column.take(places).pruned() for column in rows.columns], places.astype(np.int64) + 1


def _of_rows(rows: Sequence[list[Any]], last: int, marked: Collection[int], least: int) -> tuple[list[Coded], _Numbers]:
    """As `_of_columns`, of a sheet that is held by rows; at least as many columns as there are headers."""
    width = max([least, *(len(row) for row in rows[last:])])
    places = [n for n, row in enumerate(rows[last:], last + 1) if n in marked or any(map(_holds, row))]
    grid = np.empty((len(places), width), dtype=object)
    for index, number in enumerate(places):
        row = rows[number - 1]
        grid[index, : len(row)] = row
    return [code(np.ascontiguousarray(grid[:, column])) for column in range(width)], np.array(places, dtype=np.int64)


def _holds(value: Any) -> bool:
    return value is not None and value != "" and not (isinstance(value, str) and value.isspace())


def _join_headers(sheet: Sheet, first: int, last: int) -> list[str]:
    """The headers of rows first..last: what a merged cell says counts for every column under it."""
    width = max(len(row) for row in sheet.rows[first - 1 : last])
    grid = {(n, c): _text(v) for n in range(first, last + 1) for c, v in enumerate(sheet.rows[n - 1])}
    for top, left, bottom, right in sheet.merged:
        if first <= top and bottom <= last and (bottom > top or (top < last and right > left)):
            for row in range(top, bottom + 1):
                for column in range(left, min(right + 1, width)):
                    grid[row, column] = grid.get((top, left), "")
    joined = []
    for column in range(width):
        parts = list(dict.fromkeys(t for n in range(first, last + 1) if (t := grid.get((n, column), ""))))
        own = parse(parts[-1]) if parts else None
        if own is None or own.field is None:
            joined.append(" ".join(parts))
            continue
        above = "" if own.factor is not None else next((u for text in parts[-2::-1] if (u := _unit_in(text))), "")
        joined.append(f"{parts[-1]} ({above})" if above else parts[-1])
    return joined


def _unit_in(text: str) -> str:
    """The unit that a header over several columns names for all of them: its bracket, or itself; "" for none."""
    if units.in_words(text):
        return text
    found = (bracket[1:-1] for bracket in _BRACKETS.findall(unicodedata.normalize("NFKC", text)))
    return next((unit for unit in found if units.unit_of(unit) != units.NONE), "")


def _row_of_units(sheet: Sheet, number: int) -> dict[int, str]:
    """Column -> unit, of a row that has nothing but units of amounts (and of days and shares); else nothing."""
    if not 0 < number <= len(sheet.rows):
        return {}
    texts = {column: value for column, value in enumerate(sheet.rows[number - 1]) if _holds(value)}
    if not all(isinstance(value, str) for value in texts.values()):
        return {}
    bare = {column: unicodedata.normalize("NFKC", _text(value)).strip("()[]【】") for column, value in texts.items()}
    found = {column: text for column, text in bare.items() if units.in_words(text)}
    return found if all(column in found or text.casefold() in _OTHER_UNITS for column, text in bare.items()) else {}


def _units_above(sheet: Sheet, number: int) -> dict[int, str]:
    """As `_row_of_units`, of the row over the headers; a single unit there is the title's, for every amount."""
    found = _row_of_units(sheet, number)
    return found if len(found) > 1 else {}
