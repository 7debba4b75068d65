"""Rows that are no lines: totals, headers repeated on every page, notes under the table."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

import numpy as np

from exposures.amounts import number_of
from exposures.cells import Cells
from exposures.coded import Mask, Objects
from exposures.columns import text_of
from exposures.money import Amounts
from exposures.spelling import letters

_TOTAL = re.compile(
    r"\b(?:sub-?\s?|grand\s+)?totals?\b|\bsum\b|合\s*计|小\s*计|总\s*计|合\s*計|小\s*計|總\s*計|共\s*计|累\s*计|总\s*额",
    re.IGNORECASE,
)

#: How many earlier totals a total is held against.
_SUBTOTALS = 100
#: What every text has that says "total".
_TOTAL_WORDS = ("total", "sum", "计", "計", "额")
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Total:
    """A total row's figure beside what the rows above it add up to; `index` is its data row."""

    index: int
    column: int
    stated: Decimal
    computed: Decimal

    @property
    def agrees(self) -> bool:
        """Equal but for the noise of binary sums."""
        return abs(self.stated - self.computed) <= Decimal("0.005")


@dataclass(frozen=True)
class Others:
    """Which data rows are totals, repeated headers and notes."""

    totals: Mask
    headers: Mask
    notes: Mask

    @property
    def all(self) -> Mask:
        """Rows that are not counted."""
        return self.totals | self.headers | self.notes


def find_others(cells: Cells, id_column: int | None, mapped: Sequence[int], money: Sequence[int]) -> Others:
    """Sort out the rows that are no lines; `mapped` are the columns read, `money` those of them with amounts.

    A total has no identifier (or the word itself there), its word in the first text, at most one text more, and an
    amount. A note has a single text and nothing else. A repeated header says in its columns what the header says.
    """
    count = cells.count
    totals, headers, notes = (np.zeros(count, dtype=bool) for _ in range(3))
    if not count or not mapped:
        return Others(totals, headers, notes)
    marked = {place[0] for place in (*cells.errors, *cells.uncached)}
    lead = id_column if id_column is not None else mapped[0]
    name = letters(cells.headers[lead])
    numbered = not _DIGITS.isdisjoint(name)
    count_of = np.zeros(count, dtype=np.int64)
    for column in range(len(cells.columns)):
        count_of += cells.coded(column).filled
    ids = cells.coded(lead)
    like_header, like_total = _kinds_of_ids(ids.values, name, numbered=numbered)
    doubtful = (count_of == 1) | (ids.codes < 0) | like_header[ids.codes] | like_total[ids.codes]
    for index in np.flatnonzero(doubtful).tolist():
        if like_header[ids.codes[index]] and ids.codes[index] >= 0 and _repeats(cells, index, mapped):
            headers[index] = True
        elif count_of[index] == 1 and int(cells.rows[index]) not in marked:
            only = next(column[index] for column in cells.columns if column[index] is not None)
            notes[index] = isinstance(only, str) and number_of(only) is None
        elif ids.codes[index] < 0 or like_total[ids.codes[index]]:
            totals[index] = _is_total(cells, index, money)
    return Others(totals, headers, notes)


def _kinds_of_ids(values: Objects, name: str, *, numbered: bool) -> tuple[Mask, Mask]:
    """Which of the identifiers say what the header says, and which say "total"; one place more for the blank ones."""
    header, total = (np.zeros(len(values) + 1, dtype=bool) for _ in range(2))
    texts = [value if isinstance(value, str) else "" for value in values]
    # Most numbers of lines have a digit, most headers none.
    for place in [place for place, text in enumerate(texts) if numbered or _DIGITS.isdisjoint(text)]:
        header[place] = bool(texts[place]) and letters(texts[place]) == name
    whole = "\n".join(texts).casefold()
    if any(word in whole for word in _TOTAL_WORDS):
        total[:-1] = [bool(_TOTAL.search(text)) for text in texts]
    return header, total


def _repeats(cells: Cells, index: int, mapped: Sequence[int]) -> bool:
    same = [letters(text_of(cells.columns[column][index])) == letters(cells.headers[column]) for column in mapped]
    return sum(same) >= max(2, len(mapped) // 2)


def _is_total(cells: Cells, index: int, money: Sequence[int]) -> bool:
    texts = [value for column in cells.columns if isinstance(value := column[index], str) and number_of(value) is None]
    if not texts or not _TOTAL.search(texts[0]):
        return False
    if len(texts) > 2 and not (_TOTAL.fullmatch(texts[0].rstrip(": \uff1a")) and len(texts) <= 4):
        return False  # the line of a company called Total, perhaps, whose number is missing
    row = int(cells.rows[index])
    return any(
        cells.columns[column][index] is not None or (row, column) in cells.errors or (row, column) in cells.uncached
        for column in money
    )


def check_totals(cells: Cells, others: Others, money: Mapping[int, Amounts]) -> list[Total]:
    """Each figure of each total row against the rows since the last total, or since whichever earlier one is nearest.

    A subtotal counts the rows since another subtotal, a total of subtotals those since another of its own kind.
    """
    found: list[Total] = []
    if not others.totals.any():
        return found
    skipped = others.all
    with localcontext(prec=60):
        for column in sorted(money):
            whole = Decimal(0)
            before = [whole]  # what the rows above each total came to
            for index in range(cells.count):
                number = money[column].number(index)
                if others.totals[index]:
                    if number is not None:
                        # The last one first: of equals the nearest rows. Of thousands of subtotals those at hand.
                        sums = [whole - earlier for earlier in (*before[:-_SUBTOTALS:-1], before[0])]
                        found.append(Total(index, column, number, min(sums, key=lambda held: abs(number - held))))
                    before.append(whole)
                elif not skipped[index] and number is not None:
                    whole += number
    return found
