"""What a list's criteria depend on, as it is set, and every change of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Changed:
    """A version of a parameter: who set it when, from what to what ("": blank, or as shipped)."""

    at: datetime
    who: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a list: `key` is a setting's, `entry` the part of it ("": all of it).

    `value` and `shipped` are as a person writes them, "" where blank; `changes` are oldest first.
    """

    key: str
    entry: str
    value: str
    shipped: str
    changes: tuple[Changed, ...]

    @property
    def name(self) -> str:
        """What it is called: "reviews.minimum_amount", "reviews.marks/l2.share"."""
        return f"{self.key}/{self.entry}" if self.entry else self.key
