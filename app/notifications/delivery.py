"""What every channel shares: a letter to send, why it could not be, and how long to wait before the next attempt."""

import random
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

#: The first wait, doubled each time up to the longest [choice].
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
#: A receiver that asks for more is asked again all the same.
LONGEST_ASKED = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along."""

    name: str
    kind: str  # "application/pdf"
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out at once: one message, or several as a digest.

    `key` names this letter; `keys` are those of the messages in it, by which a receiver recognises what it has had.
    """

    key: str
    keys: tuple[str, ...]
    to: str  # an address; empty on a webhook
    subject: str
    text: str
    html: str
    body: bytes  # what a webhook posts
    attachments: tuple[Attachment, ...] = ()


class Undelivered(Exception):
    """A letter did not arrive, as far as one can know.

    `permanent`: the receiver will never take this letter. `everywhere`: nothing can be sent on this channel now.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        permanent: bool = False,
        everywhere: bool = False,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail
        self.permanent, self.everywhere, self.retry_after = permanent, everywhere, retry_after


class Session(Protocol):
    """An open way to the receiver; raises Undelivered."""

    def send(self, letter: Letter) -> None:
        """Hand a letter over: when this returns the receiver has said that it has it."""


class Way(Protocol):
    """A channel as it is configured."""

    def open(self) -> AbstractContextManager[Session]:
        """Reach the receiver, ready to send; raises Undelivered."""


def wait(failures: int, dice: random.Random, asked: timedelta | None = None) -> timedelta:
    """How long to wait after so many failures in a row (from 1): exponential, with half of it left to chance.

    Never shorter than the receiver `asked` for (Retry-After), which counts up to a day.
    """
    doubled: timedelta = FIRST_WAIT * 2 ** min(max(failures, 1) - 1, 20)
    span = min(doubled, LONGEST_WAIT)
    drawn = span * (0.5 + 0.5 * dice.random())
    return max(drawn, min(asked, LONGEST_ASKED)) if asked is not None else drawn


def clipped(text: str, most: int = 300) -> str:
    """What a server said, on one line and of bearable length."""
    return " ".join(_printable(text))[:most]


def _printable(text: str) -> Iterator[str]:
    for word in text.split():
        yield "".join(char for char in word if char.isprintable())
