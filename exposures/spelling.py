"""Normal forms in which texts are compared: width, capitals, accents and spaces do not count."""

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w%]+|_+")


def spaced(text: str) -> str:
    """NFKC, case-folded, runs of space made one: the form in which identities are built."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


@lru_cache(maxsize=50_000)
def letters(text: str) -> str:
    """Only letters, digits and %, without accents: 'Côte d’Ivoire' is cotedivoire, '币 种' is 币种."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return _NOT_WORD.sub("", bare)
