"""Amounts, dates and yes-or-no as cells hold them: exact, and None where a cell cannot be read."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

_PLAIN = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")
_EXPONENT = re.compile(r"([0-9]+(?:\.[0-9]*)?)[eE]([+-]?[0-9]{1,2})")
_LOOKS_LIKE = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})
_DROPPED = str.maketrans("", "", " \u00a0\u2009\u202f'\u2019_￥¥$€£\t")
_MINUSES = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-", "\ufe63": "-"})
#: Cells that say "nothing": no amount, no date.
DASHES = frozenset({"-", "--", "–", "—", "/", "\\", "n/a", "n.a.", "nil", "none", "无", "無", "不适用"})


def decimal_of(text: str, decimal_mark: str = ".") -> Decimal | None:
    """The number a text writes: separators, full-width digits, brackets or a trailing minus; None where it is none.

    Groups must be real groups of three (1,234,567; Chinese groups of four too), so that "1,23" is not read as 123.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_MINUSES).translate(_DROPPED)
    negative = False
    if plain.startswith("(") and plain.endswith(")"):
        plain, negative = plain[1:-1], True
    if plain.endswith("-"):
        plain, negative = plain[:-1], not negative
    if plain[:1] in ("-", "+"):
        plain, negative = plain[1:], negative != (plain[0] == "-")
    group = "," if decimal_mark == "." else "."
    whole, mark, rest = plain.partition(decimal_mark)
    if group in whole:
        head, *groups = whole.split(group)
        if not head or not (({len(part) for part in groups} <= {3} and len(head) <= 3) or
                            ({len(part) for part in groups} <= {4} and len(head) <= 4)):  # fmt: skip
            return None
        whole = head + "".join(groups)
    plain = whole + ("." + rest if mark else "")
    if exponent := _EXPONENT.fullmatch(plain):
        number = Decimal(exponent[1]).scaleb(int(exponent[2]))
    elif _PLAIN.fullmatch(plain):
        try:
            number = Decimal(plain)
        except InvalidOperation:
            return None
    else:
        return None
    return number.copy_negate() if negative else number


def meant_number(text: str, decimal_mark: str = ".") -> str:
    """What a text with look-alike letters may have meant ("12,5OO" is 12,500), or ""."""
    candidate = unicodedata.normalize("NFKC", text).strip().translate(_LOOKS_LIKE)
    if not any(c.isdigit() for c in text):
        return ""
    if decimal_of(candidate, decimal_mark) is not None:
        return candidate
    other = "," if decimal_mark == "." else "."
    if (number := decimal_of(candidate, other)) is not None:
        return format(number, "f").replace(".", decimal_mark)
    return ""


def number_of(value: object, decimal_mark: str = ".") -> Decimal | None:
    """The exact number in a cell; a float is the decimal its shortest form writes. None: it is no number."""
    match value:
        case bool():
            return None
        case int():
            return Decimal(value)
        case float():
            return Decimal(repr(value)) if value - value == 0 else None
        case str():
            return decimal_of(value, decimal_mark)
    return None


_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([AaPp][Mm])?\s*Z?$")
_NAMED = ("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%B %d, %Y", "%d/%b/%Y")


class Ambiguous(Exception):
    """03/04/2025: the third of April or the fourth of March; the layout must say."""


def year_last(text: str) -> tuple[int, int, int] | None:
    """The three numbers of a date such as 05/31/2023, in the order in which they stand; None for any other text."""
    found = _YEAR_LAST.fullmatch(_TIME.sub("", text))
    return None if found is None else (int(found[1]), int(found[2]), int(found[3]))


def date_of(text: str, date_format: str = "") -> date | None:
    """The day a text writes, by `date_format` where given (strptime, dmy or mdy); None where there is no such day.

    Raises Ambiguous where day and month could be either and no format says.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if date_format and date_format not in ("dmy", "mdy"):
        try:
            return datetime.strptime(plain, date_format).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            pass
    plain = _TIME.sub("", plain)
    if found := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(plain):
        first, second, year = (int(part) for part in found.groups())
        if date_format in ("dmy", "mdy"):
            return _day(year, second, first) if date_format == "dmy" else _day(year, first, second)
        if first > 12 or second > 12 or first == second:
            return _day(year, second, first) if first > 12 else _day(year, first, second)
        raise Ambiguous
    for form in _NAMED:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def date_from_serial(value: float) -> date | None:
    """The day of an Excel serial number (1900 system) between 1928 and 2119, or of 20260525; None otherwise."""
    if not float(value).is_integer():
        return None
    if 10_000 <= value <= 80_000:
        return date(1899, 12, 30) + timedelta(days=int(value))
    if 19_000_000 <= value <= 21_991_231:
        return _day(int(value) // 10_000, int(value) // 100 % 100, int(value) % 100)
    return None


_YES = frozenset(["yes", "y", "true", "t", "1", "是", "有", "√", "✓", "✔", "真", "对", "x"])
_NO = frozenset(["no", "n", "false", "f", "0", "否", "无", "無", "×", "✗", "假", "没有", "非"])


def flag_of(value: object) -> bool | None:
    """Yes or no, in English or Chinese; None where the cell says neither."""
    if isinstance(value, bool):
        return value
    text = repr(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip().casefold()
    return True if text in _YES else False if text in _NO else None
