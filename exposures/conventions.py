"""What a whole column says about how its texts are written: day or month first, point or comma for decimals."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from exposures import amounts
from exposures.coded import Objects

_ONE_MARK = re.compile(r"[0-9]+([.,])([0-9]+)")


class DayOrder(StrEnum):
    """Which comes first where the year stands last; what a layout may say under `date_format` too."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


def _texts(column: Sequence[Any] | Objects) -> set[str]:
    if str not in set(map(type, column)):  # a column of numbers has a hundred thousand of them
        return set()
    return {unicodedata.normalize("NFKC", value).strip() for value in column if isinstance(value, str)}


def day_order(column: Sequence[Any] | Objects) -> DayOrder | None:
    """Day or month first, where at least one date of the column can be only one of them and none the other.

    None where nothing tells, or the column contradicts itself: then each doubtful cell is asked about.
    """
    found: set[DayOrder] = set()
    for text in _texts(column):
        if parts := amounts.year_last(text):
            first, second, _ = parts
            if first > 12 >= second:
                found.add(DayOrder.DAY_FIRST)
            elif second > 12 >= first:
                found.add(DayOrder.MONTH_FIRST)
    return found.pop() if len(found) == 1 else None


def is_doubtful(value: object) -> bool:
    """Whether a cell is a text such as 1.234 or 12,345, which is another number by the other decimal mark."""
    if not isinstance(value, str) or not (found := _ONE_MARK.fullmatch(_bare(value))):
        return False
    whole = _bare(value).partition(found[1])[0]
    return len(found[2]) == 3 and len(whole) <= 3 and whole != "0"


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().strip(" ()+-%￥¥$€£")
    return plain.replace(" ", "").replace("\u00a0", "")


def decimal_mark(column: Sequence[Any] | Objects, usual: str) -> tuple[str, bool]:
    """The decimal mark of a column's text numbers, and whether it is certain; `usual` where nothing tells.

    1.234,56 and 7,5 have a comma, 1,234.56 and 7.5 a point; 1.234 alone could be either.
    """
    votes = {".": 0, ",": 0}
    doubtful = False
    for text in _texts(column):
        plain = _bare(text)
        points, commas = plain.count("."), plain.count(",")
        if points and commas:
            last = "." if plain.rfind(".") > plain.rfind(",") else ","
            if plain.count(last) == 1:
                votes[last] += 1
        elif points > 1 or commas > 1:
            votes["," if points else "."] += 1
        elif found := _ONE_MARK.fullmatch(plain):
            if is_doubtful(plain):
                doubtful |= found[1] == "." or usual == ","
            else:
                votes[found[1]] += 1
    if votes["."] and votes[","]:
        return usual, False
    if votes["."] or votes[","]:
        return ("." if votes["."] else ","), True
    return usual, not doubtful
