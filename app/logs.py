"""The program's log: a file in the workspace that rotates. What errors say stays out of it: it may name clients."""

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from time import gmtime

from app.refusals import Refused

NAME = "tidewatch.log"
#: How large a file grows (bytes), and how many older ones are kept.
LARGEST, KEPT = 1_000_000, 5
#: Whose steps are logged, not only their warnings.
OURS = ("alerts", "exposures", "app", "ui")


class WithoutValues(logging.Formatter):
    """Time (UTC), level, place and text; of an error its kind and where it was raised, never its values."""

    converter = gmtime  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """One record; an error among its arguments is named by its kind, and a stack kept from another handler goes."""
        told = logging.makeLogRecord(record.__dict__)
        told.exc_text = None
        if isinstance(told.args, tuple):
            told.args = tuple(kind_of(one) if isinstance(one, BaseException) else one for one in told.args)
        if isinstance(told.msg, BaseException):
            told.msg = kind_of(told.msg)
        return super().format(told)

    def formatException(self, ei: object) -> str:  # noqa: N802 - the standard library's name
        """The frames and the kinds of an error and its causes."""
        error = ei[1] if isinstance(ei, tuple) else None
        return traceback_of(error) if isinstance(error, BaseException) else ""


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
