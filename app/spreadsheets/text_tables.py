"""CSV files as banks write them: encoding, delimiter and decimal mark found from the content."""

import codecs
import csv
import io
import re
from pathlib import Path

from app.refusals import Refused
from exposures.cells import Sheet
from exposures.issues import Issue, Rule, Severity

_NAMES = {"utf-8-sig": "UTF-8", "gb18030": "GB18030", "utf-16": "UTF-16", "big5hkscs": "Big5", "cp1252": "Windows-1252"}
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_ALONE = re.compile(rb"(?<=[ -~])[\x80-\xff](?=[ -~\r\n])")
_DELIMITERS = ",;\t|"
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_COMMA_DECIMAL = re.compile(r"-?\(?\d{1,3}(?:\.\d{3})*,\d{1,2}\)?|-?\d+,\d{1,2}")
_POINT_DECIMAL = re.compile(r"-?\(?\d{1,3}(?:,\d{3})*\.\d+\)?|-?\d+\.\d{1,2}|-?\d{1,3}(?:,\d{3}){2,}")


def read_text_table(path: Path) -> tuple[Sheet, Issue]:
    """The one sheet of a CSV file, named after the file, and how the file was read. Raises Refused.

    Every cell is text, blank ones None.
    """
    text, encoding = _decode(path)
    delimiter = _delimiter(text)
    csv.field_size_limit(1_000_000)
    rows: list[list[str | None]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if len(rows) >= _MOST_ROWS or len(row) > _MOST_COLUMNS:
                raise Refused("importing.too_many_rows", file=path.name, most=_MOST_ROWS)
            rows.append([cell if cell and not cell.isspace() else None for cell in row])
    except csv.Error as error:
        raise Refused("importing.broken_csv", file=path.name, line=reader.line_num, error=str(error)) from None
    decimal_mark = _decimal_mark(rows, delimiter)
    said = {"encoding": encoding, "delimiter": delimiter, "decimal_mark": decimal_mark}
    return Sheet(path.stem, rows, decimal_mark=decimal_mark, parted=True), Issue(
        path.stem, "", Rule.TEXT_FORM, Severity.INFO, values=said
    )


def _is_western(content: bytes) -> bool:
    """Whether most bytes beyond ASCII stand alone between letters, as accents do: Peña is no Chinese.

    A Chinese character has two such bytes, or one and then a letter or digit; a text of them has few of the latter.
    """
    alone = len(_ALONE.findall(content))
    return alone > 0 and 4 * alone > 3 * len(_BEYOND_ASCII.findall(content))


def _is_big5(content: bytes) -> bool:
    try:
        content.decode("big5hkscs")
    except UnicodeDecodeError:
        return False
    return True


def _decode(path: Path) -> tuple[str, str]:
    """UTF-8 with or without mark, UTF-16 with mark, else GB18030, or Big5 or Windows-1252 where it cannot be that."""
    content = path.read_bytes()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        raise Refused("importing.not_text", file=path.name)
    elif _is_western(content):
        encodings = ["utf-8-sig", "cp1252"]
    else:
        encodings = ["utf-8-sig", "gb18030", "big5hkscs"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(ord(c) < 32 and c not in "\t\r\n\f" for c in text[:100_000]):
            continue
        if encoding == "gb18030" and _PRIVATE.search(text) and _is_big5(content):
            continue  # Big5 read as GB18030 is full of characters that nobody has defined
        return text, _NAMES[encoding]
    raise Refused("importing.not_text", file=path.name)


def _delimiter(text: str) -> str:
    """The one that cuts the first lines into the most columns, equally many on most lines."""
    lines = [line for line in text[:200_000].splitlines()[:200] if line.strip()]
    best, best_score = ",", 0.0
    for candidate in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=candidate)]
        except csv.Error:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        score = (usual - 1) * widths.count(usual) / max(1, len(widths))
        if score > best_score:
            best, best_score = candidate, score
    return best


def _decimal_mark(rows: list[list[str | None]], delimiter: str) -> str:
    """A comma only where amounts show it and none shows a point; the delimiter cannot be it unless quoted."""
    commas = points = 0
    for row in rows[:2_000]:
        for cell in row:
            if cell is not None and cell[-1].isdigit():
                commas += bool(_COMMA_DECIMAL.fullmatch(cell.strip()))
                points += bool(_POINT_DECIMAL.fullmatch(cell.strip()))
    return "," if commas > points else "."
