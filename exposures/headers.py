"""Headers: where they stand in a sheet, what they and their units mean, and the table beneath them."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from exposures import currencies, synonyms
from exposures.cells import Cells, Sheet
from exposures.coded import Coded, CodedRows, code
from exposures.spelling import letters

_LOOK = 40  # rows in which headers are looked for
_UNITS: Mapping[str, int] = {
    "十亿": 9, "十億": 9, "bn": 9, "billion": 9, "billions": 9, "亿": 8, "億": 8,
    "千万": 7, "千萬": 7, "百万": 6, "百萬": 6,
    "mn": 6, "mm": 6, "mio": 6, "million": 6, "millions": 6, "m": 6, "万": 4, "萬": 4, "千": 3, "000": 3, "000s": 3,
    "k": 3, "thousand": 3, "thousands": 3, "tsd": 3,
}  # fmt: skip
_BRACKETS = re.compile(r"[(\[【<][^()\[\]【】<>]*[)\]】>]")
_TITLE_UNIT = re.compile(
    r"(?:单位|單位|货币单位|金额单位|unit|units|amounts? in|in|figures in)\s*[::]?\s*(.+)", re.IGNORECASE
)
_YUAN = ("元人民币", "元人民幣", "美元", "欧元", "歐元", "港元", "日元", "元", "圆")


@dataclass(frozen=True, slots=True)
class Header:
    """A header taken apart: its field (None: unknown), factor and currency where it names them."""

    text: str
    field: str | None
    factor: Decimal | None = None
    currency: str | None = None


def unit_of(text: str) -> tuple[Decimal | None, str | None]:
    """(factor, currency) that a unit such as 万元, USD mn or '000 names; (None, None) where it is no unit."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "").strip(" :.,;()[]")
    if not plain:
        return None, None
    factor: Decimal | None = None
    currency: str | None = None
    parts = re.findall(r"[a-z]+|[0-9,]+|[^\sa-z0-9,/]+", plain)
    for part in parts:
        bare = part.replace(",", "")
        if bare in _UNITS:
            factor = Decimal(10) ** _UNITS[bare]
        elif bare.isdigit() and set(bare) <= {"1", "0"} and bare.startswith("1"):
            factor = Decimal(bare)
        elif (code := currencies.resolve(bare)[0]) is not None:
            currency, factor = code, factor or Decimal(1)
        elif bare in ("of", "in", "unit", "units", "ccy", "yuan", "/"):
            continue
        else:
            scale, code = _chinese_unit(bare)
            if scale is None:
                return None, None
            factor, currency = scale, code or currency
    return factor, currency


def _chinese_unit(text: str) -> tuple[Decimal | None, str | None]:
    """万元 is 10,000 of the line's own currency; 百万美元 a million dollars; 人民币万元 says both."""
    code: str | None = None
    for name, named in (("人民币", "CNY"), ("人民幣", "CNY")):
        if text.startswith(name):
            text, code = text.removeprefix(name), named
    for money in _YUAN:
        if text.endswith(money):
            text = text.removesuffix(money)
            code = code or (currencies.resolve(money)[0] if money not in ("元", "圆") else None)
            break
    if text == "":
        return Decimal(1), code
    return (Decimal(10) ** _UNITS[text], code) if text in _UNITS else (None, None)


def parse(text: str) -> Header:
    """A header's field and unit: "贷款余额(万元)" is outstanding in 10,000s."""
    known = synonyms.header_fields()
    plain = unicodedata.normalize("NFKC", text)
    factor: Decimal | None = None
    currency: str | None = None
    for bracket in _BRACKETS.findall(plain):
        if unit_of(bracket[1:-1]) != (None, None):
            factor, currency = unit_of(bracket[1:-1])
            plain = plain.replace(bracket, " ")
    if letters(plain) not in known:
        for mark in (",", "-", "–", ":", " in ", "_", "/", "\n", " "):
            head, found, tail = plain.rpartition(mark)
            if found and letters(head) in known and unit_of(tail) != (None, None):
                plain = head
                factor, currency = unit_of(tail)
                break
    return Header(text, known.get(letters(plain)) or known.get(letters(text)), factor, currency)


def without_brackets(text: str) -> str:
    """The text without its bracketed parts."""
    return _BRACKETS.sub(" ", unicodedata.normalize("NFKC", text))


def title_unit(titles: Sequence[str]) -> tuple[Decimal | None, str | None]:
    """The unit that a title block names for the whole sheet ("单位:万元", "Amounts in USD million")."""
    for title in titles:
        for found in _TITLE_UNIT.findall(unicodedata.normalize("NFKC", title)):
            for candidate in (found, found.split("币种")[0], found.split(" ")[0], re.split(r"[;,,;))]", found)[0]):
                if unit_of(candidate) != (None, None):
                    return unit_of(candidate)
    return None, None


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
        joined.append(parts[-1] if parts and parse(parts[-1]).field else " ".join(parts))
    return joined
