"""What closes an item: the amount that a later book shows to have come down, or a reason that says something."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

#: Words that say nothing of what was achieved: no item closes on them alone.
_EMPTY_WORDS = frozenset(
    {
        "done",
        "ok",
        "okay",
        "yes",
        "closed",
        "finished",
        "completed",
        "complete",
        "完成",
        "已完成",
        "好",
        "是",
        "关闭",
        "已关闭",
    }
)


@dataclass(frozen=True, slots=True)
class Achieved:
    """By how much an item's exposure fell from one book to a later one, both at the later one's rates.

    Exchange rates alone achieve nothing. Amounts in the reporting currency, major units; `book` like "v32".
    """

    before: Decimal
    after: Decimal
    book: str
    reporting_date: date

    @property
    def amount(self) -> Decimal:
        """What came down; negative where it grew."""
        return self.before - self.after


@dataclass(frozen=True, slots=True)
class Closing:
    """What the owner says when an item is done: the amount that a later book shows, and a reason where it is short."""

    achieved: Achieved | None
    reason: str
    who: str
    at: datetime


def says_something(reason: str) -> bool:
    """Whether a reason is more than "done"."""
    text = reason.strip().strip(".!。！").casefold()
    least = 4 if any(ord(letter) > 0x2E7F for letter in text) else 10
    return len(text) >= least and text not in _EMPTY_WORDS


def lacking(closing: Closing, target: Decimal | None) -> str | None:
    """What an item still lacks to be closed, a code; None where nothing.

    "evidence": no later book, and no reason that says anything. "short": the later book shows less than the target,
    and nobody says why.
    """
    if says_something(closing.reason):
        return None
    if closing.achieved is None:
        return "evidence"
    wanted = target or Decimal(0)
    return "short" if closing.achieved.amount < wanted or closing.achieved.amount <= 0 else None
