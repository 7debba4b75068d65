"""What a line says, as thirty-two letters and digits: the same line twice is stored once.

Every field that says something adds a hash of its own under its name, so that the order of fields does not count and a
field that the program learns later changes no line without it. Where a line stood in its file does not count either.
"""

from collections.abc import Callable
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.util import hash_array

from app.storage.distinct import Distinct
from exposures.exposure import FIELDS

#: The first letter of every content made this way. Earlier programs wrote hexadecimal digits only, of another hash.
MARK = "w"
_LANES = ("low", "high")
_Words = npt.NDArray[np.uint64]


def content_hashes(lines: pd.DataFrame, texts: Distinct | None = None) -> list[str]:
    """A hash of every field of each line; `lines` are typed (`exposures.lines.typed`), `texts` those of that frame."""
    told = texts or Distinct(lines)
    lanes = [np.zeros(len(lines), dtype=np.uint64) for _ in _LANES]
    for item in FIELDS:
        column = lines[item.name]
        textual = column.dtype.kind == "O"
        given = told.of(item.name)[0] >= 0 if textual else column.notna().to_numpy(dtype=bool)
        if given.any():
            said = _texts(*told.of(item.name)) if textual else _numbers(column)
            for lane, name in zip(lanes, _LANES, strict=True):
                lane += np.where(given, said(f"{item.name} {name}"), np.uint64(0))
    whole = np.stack(lanes, axis=1).astype(">u8").tobytes().hex()
    return [MARK + whole[start + 1 : start + 32] for start in range(0, len(whole), 32)]


def _texts(codes: npt.NDArray[np.intp], texts: npt.NDArray[np.object_]) -> Callable[[str], _Words]:
    """A word for each text of a column under a name, another for the same text under another name."""

    def said(name: str) -> _Words:
        # Each text is hashed once, not in each line.
        words = hash_array(texts, hash_key=_key(name).hex(), categorize=False)
        return words[codes]  # type: ignore[no-any-return]

    return said


def _numbers(column: "pd.Series[object]") -> Callable[[str], _Words]:
    """As `_texts`, of numbers, days and flags."""
    if column.dtype.kind == "M":
        numbers = column.to_numpy().astype("datetime64[D]").astype(np.int64)
    elif column.dtype.kind == "f":
        numbers = (column.to_numpy(dtype=np.float64, na_value=0.0) + 0.0).view(np.int64)  # no negative zero
    else:
        numbers = column.to_numpy(dtype=np.int64, na_value=0)
    return lambda name: _mixed(numbers.view(np.uint64) + np.uint64(int.from_bytes(_key(name), "big")))


def _key(name: str) -> bytes:
    return blake2b(name.encode(), digest_size=8).digest()


def _mixed(words: _Words) -> _Words:
    """Steele and others' SplitMix64: neighbouring numbers become words that share nothing."""
    words = words + np.uint64(0x9E3779B97F4A7C15)
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return words ^ (words >> np.uint64(31))
