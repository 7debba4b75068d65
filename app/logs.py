"""The program's log: a file in the workspace that rotates. It names no client, whatever goes wrong.

A text may hold a cell of the bank's workbook, so none is written unless it is known to be the program's own: the
fixed text of our own log calls (a test sees to it that it is fixed), numbers, instants, codes, and places in the
code. What errors, warnings and other libraries say is left out; where they said it stays.
"""

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from time import gmtime

from app.refusals import Refused

NAME = "tidewatch.log"
#: How large a file grows (bytes), and how many older ones are kept.
LARGEST, KEPT = 1_000_000, 5
#: Whose steps are logged, not only their warnings.
OURS = ("alerts", "exposures", "app", "ui")


_LEFT_OUT = "[left out]"


class Code(str):
    """A text that the program made of its own words, and that may stand in the log: a period's key, a traceback."""

    __slots__ = ()


class WithoutValues(logging.Formatter):
    """Time (UTC), level, place and our own text; of an error its kind and where it was raised, never its values."""

    converter = gmtime  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """One record: ours with what may be said, another library's by its place alone."""
        told = logging.makeLogRecord(record.__dict__)
        told.exc_text = None
        if record.name.split(".")[0] not in OURS or not isinstance(record.msg, str):
            told.msg, told.args = f"{_LEFT_OUT} {record.filename}:{record.lineno} in {record.funcName}", ()
        elif isinstance(record.args, tuple):
            told.args = tuple(map(_sayable, record.args))
        elif record.args:
            told.msg, told.args = _LEFT_OUT, ()
        return super().format(told)

    def formatException(self, ei: object) -> str:  # noqa: N802 - the standard library's name
        """The frames and the kinds of an error and its causes."""
        error = ei[1] if isinstance(ei, tuple) else None
        return traceback_of(error) if isinstance(error, BaseException) else ""


def _sayable(value: object) -> object:
    """What may be said of an argument: a number, an instant, a code of ours; a class's or an error's name."""
    if isinstance(value, BaseException):
        return kind_of(value)
    if isinstance(value, type | Enum):
        return value.__qualname__ if isinstance(value, type) else value.name
    known = value is None or isinstance(value, bool | int | float | Decimal | date | time | timedelta | Code)
    return value if known else _LEFT_OUT


def kind_of(error: BaseException) -> str:
    """What sort of error it is: its class, and of a refusal its code; nothing of what it says."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{name} ({error.code})" if isinstance(error, Refused) else name


def traceback_of(error: BaseException) -> str:
    """Where an error and its causes were raised, the first cause first, without what they say."""
    parts = []
    for each in reversed(list(_chain(error))):
        frames = "".join(traceback.format_tb(each.__traceback__))
        parts.append(f"Traceback (most recent call last):\n{frames}{kind_of(each)}")
    return "\n\n".join(parts)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        yield now
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)


def keep(folder: Path) -> Callable[[], None]:
    """Write the log into `folder` from now on; returns the call that ends it. Without room or right it writes none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / NAME, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
    except OSError:
        return lambda: None
    handler.setFormatter(WithoutValues())
    root = logging.getLogger()
    root.addHandler(handler)
    before = {name: logging.getLogger(name).level for name in OURS}
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    logging.captureWarnings(True)

    def end() -> None:
        logging.captureWarnings(False)
        root.removeHandler(handler)
        handler.close()
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)

    return end


def last_lines(folder: Path, count: int = 200) -> list[str]:
    """The end of the log, oldest first; reaches into the file before where the newest is short."""
    lines: list[str] = []
    for name in (NAME, f"{NAME}.1"):
        with suppress(OSError):
            lines = (folder / name).read_text("utf-8", errors="replace").splitlines()[-count + len(lines) :] + lines
        if len(lines) >= count:
            break
    return lines[-count:]
