"""Columns of a million cells that hold few different ones: a place in a list of words for each row.

What has to be done with every word (folding, sorting, searching, translating) is done once a word, not once a row.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

#: Most columns that have a word at all have one in so many rows.
_FIRST = 1_000
_SHORT = np.iinfo("uint16").max


class Coded:
    """A column of texts: `codes` are places in `words`. Missing is a code of -1, or a word that is None.

    Read like a sequence of texts.
    """

    def __init__(self, codes: np.ndarray, words: Sequence[Any]) -> None:
        self.codes = codes
        self.words = words
        self._folded: list[str] | None = None
        self._ranks: np.ndarray | None = None

    @classmethod
    def flagged(cls, flags: np.ndarray, word: str) -> "Coded":
        """The word where a flag is set, nothing elsewhere."""
        return cls(flags.astype("int8") - 1, [word])

    @classmethod
    def of_days(cls, days: np.ndarray, word: Callable[[Any], str]) -> "Coded":
        """Days (datetime64, NaT where there is none) as their texts."""
        given = ~np.isnat(days)
        whole = days[given].astype("datetime64[D]")
        least, numbers = numbered_days(whole)
        some = np.zeros(int(numbers.max(initial=0)) + 1, bool)
        some[numbers] = True
        places = np.cumsum(some, dtype="int32") - 1
        found = np.full(len(days), -1, "int32")
        found[given] = places[numbers]
        known = least + np.flatnonzero(some[: len(some) if len(whole) else 0])
        return cls(found, [word(day) for day in known.tolist()])

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, place: int) -> Any:
        code = self.codes[place]
        return None if code < 0 else self.words[code]

    def mapped(self, change: Callable[[Any], Any]) -> "Coded":
        """The same rows with every word changed; a word that becomes None is missing from then on."""
        return Coded(self.codes, [None if word is None else change(word) for word in self.words])

    def or_else(self, other: "Coded") -> "Coded":
        """The other's word in rows where this one has none."""
        none = np.array([*(word is None for word in self.words), True])
        if not (lacks := none[self.codes]).any():
            return self
        codes = np.where(lacks, np.where(other.codes < 0, -1, other.codes + len(self.words)), self.codes)
        return Coded(codes.astype("int32"), [*self.words, *other.words])

    def taken(self, places: np.ndarray) -> "Coded":
        """The same of some rows."""
        return Coded(self.codes[places], self.words)

    @property
    def empty(self) -> bool:
        """Whether no row has a word."""
        some = np.array([*(word not in (None, "") for word in self.words), False])
        return not (bool(some[self.codes[:_FIRST]].any()) or bool(some[self.codes].any()))

    def sort_keys(self, rank: Callable[[Any], int] | None = None) -> tuple[np.ndarray, int]:
        """For each row the rank of its word, by `rank` or without case, and the rank of what is missing: the last."""
        if self._ranks is None:
            if rank is None:
                texts = self._texts()
                known = {
                    text: place for place, text in enumerate(sorted(text for text in dict.fromkeys(texts) if text))
                }
                ranks = [known.get(text, len(known)) for text in texts] + [len(known)]
            else:
                ranked = [rank(word) for word in self.words]
                last = max(ranked, default=0) + 1
                ranks = [
                    *(last if word in (None, "") else place for word, place in zip(self.words, ranked, strict=True)),
                    last,
                ]
            # numpy sorts short whole numbers by their digits, ten times as fast
            self._ranks = np.array(ranks, "uint16" if ranks[-1] < _SHORT else "int32")
        return self._ranks[self.codes], int(self._ranks[-1])

    def holding(self, needle: str) -> np.ndarray:
        """For each row whether its word holds the needle (casefolded)."""
        hits = np.fromiter((needle in text for text in self._texts()), bool, len(self.words))
        return np.append(hits, False)[self.codes] if hits.any() else np.zeros(len(self.codes), bool)

    def _texts(self) -> list[str]:
        if self._folded is None:
            self._folded = ["" if word is None else str(word).casefold() for word in self.words]
        return self._folded


def numbered_days(days: np.ndarray) -> tuple[np.datetime64, np.ndarray]:
    """The first of some days, and each as the number of days since."""
    least = days.min() if len(days) else np.datetime64(0, "D")
    return least, (days - least).astype("int64")


class Numbered:
    """A column of texts made from a word and a number, such as a sheet and its row; made only where one is shown."""

    def __init__(self, words: Coded, numbers: np.ndarray, form: str) -> None:
        self.words = words
        self.numbers = numbers  # float, NaN where there is none
        self._form = form

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, place: int) -> str | None:
        number = self.numbers[place]
        return None if number != number else self._form.format(word=self.words[place] or "", number=int(number))

    def taken(self, places: np.ndarray) -> "Numbered":
        """The same of some rows."""
        return Numbered(self.words.taken(places), self.numbers[places], self._form)

    @property
    def empty(self) -> bool:
        """Whether no row has a number."""
        return bool(np.isnan(self.numbers).all())

    def sort_keys(self) -> np.ndarray:
        """By word, then by number."""
        ranks, __ = self.words.sort_keys()
        return np.asarray(ranks.astype(float) * 2.0**32 + self.numbers)

    def holding(self, needle: str) -> np.ndarray:
        """For each row whether its word holds the needle, or its number is the needle."""
        found = self.words.holding(needle)
        return found | (self.numbers == float(needle)) if needle.isdecimal() else found
