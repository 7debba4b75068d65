"""One spawned child process with limits of memory and time, in which files of unknown origin are read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.jobs import Job


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of address space at first, the most `allow_rows` may raise it to, and seconds of wall time."""

    memory: int = 1_500 * 2**20
    ceiling: int = 4 * 2**30
    seconds: float = 600.0


def run(function: Callable[..., Any], *arguments: Any, job: Job | None = None, limits: Limits | None = None) -> Any:
    """Call `function(*arguments, job=...)` in a child process and give back what it returns.

    `function` is a top-level function of an importable module; arguments and result are pickled. Progress it reports
    reaches `job`; `job.cancel()` makes its next `job.report` or `job.check` raise Cancelled in the child. Raises what
    the child raised where that is Refused, Misused or Cancelled; any other end of the child is a Refused
    (importing.out_of_memory, importing.out_of_time, importing.reader_died, importing.reader_failed).
    """
    raise NotImplementedError


def allow_rows(rows: int) -> None:
    """Called inside the child once the number of rows is known: above 100,000 the memory limit goes to the ceiling."""
