"""Normal forms in which texts are compared: width, capitals, accents and spaces do not count."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w%]+|_+")
_NOT_WORD_OR_END = re.compile(r"[^\w%\n]+|_+")


def spaced(text: str) -> str:
    """NFKC, case-folded, runs of space made one: the form in which identities are built."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


@lru_cache(maxsize=50_000)
def letters(text: str) -> str:
    """Only letters, digits and %, without accents: 'Côte d’Ivoire' is cotedivoire, '币 种' is 币种."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return _NOT_WORD.sub("", bare)


def all_letters(texts: Sequence[str]) -> list[str]:
    """`letters` of each text, in one go: a book has a hundred thousand names."""
    # A line feed joins with nothing, so that every text keeps its own end; `letters` drops those that it holds.
    whole = "\n".join(texts)
    if whole.count("\n") >= len(texts):
        whole = "\n".join(text.replace("\n", " ") for text in texts)
    whole = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", whole).casefold())
    if marks := "".join(c for c in set(whole) if unicodedata.combining(c)):
        whole = re.sub(f"[{re.escape(marks)}]", "", whole)
    return _NOT_WORD_OR_END.sub("", whole).split("\n") if texts else []
