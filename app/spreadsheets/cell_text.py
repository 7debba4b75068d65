"""Texts as cells hold them: what a workbook can keep of one, and how wide it stands."""

import re
import unicodedata
from functools import lru_cache

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

#: What a cell and the name of a sheet can hold.
LONGEST_TEXT = 32_767
LONGEST_NAME = 31
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")
#: What XML forbids beside the control characters that openpyxl refuses: halves of surrogate pairs, non-characters.
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


@lru_cache(maxsize=20_000)
def display_width(text: str) -> int:
    """How many columns of a fixed grid the longest line of a text takes; a Chinese character takes two."""
    if text.isascii():
        return max(map(len, text.split("\n")))
    wide = ("W", "F", "A")
    lines = text.split("\n")
    return max(sum(2 if unicodedata.east_asian_width(letter) in wide else 1 for letter in line) for line in lines)


def clean(text: str) -> str:
    """The text without characters that a workbook cannot hold, and no longer than one cell."""
    if text.isprintable():
        return text[:LONGEST_TEXT]
    held: str = _NOT_XML.sub("", ILLEGAL_CHARACTERS_RE.sub("", text))
    return held[:LONGEST_TEXT]


def widest(texts: set[str]) -> int:
    """The display width of the widest; only those are looked at closely that can be it."""
    found = 0
    for text in texts:
        if 2 * len(text) > found:
            found = max(found, display_width(text))
    return found


def lines_in(text: str, width: int) -> int:
    """How many lines a text takes in a wrapped cell of so many columns."""
    if 2 * len(text) <= width and "\n" not in text:
        return 1
    return sum(-(-max(1, display_width(part)) // width) for part in text.split("\n"))


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that a sheet may bear and that is not yet `taken`, to which it is added."""
    base = _FORBIDDEN_IN_NAME.sub(" ", clean(name)).strip("' ")[:LONGEST_NAME] or "Sheet"
    found, number = base, 1
    while found.casefold() in taken:
        number += 1
        found = f"{base[: LONGEST_NAME - 4]} ({number})"
    taken.add(found.casefold())
    return found
