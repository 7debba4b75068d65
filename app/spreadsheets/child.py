"""One spawned child process with limits of memory and time, in which files of unknown origin are read.

The file's reader may abort the process, ask for half a terabyte or never come back; all of it stays in the child.
The child imports neither Qt nor what its parent holds open: it gets a function and arguments by pickle, sets its own
limits first, and ends when its parent ends.
"""

import gc
import logging
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from app import logs
from app.jobs import Cancelled, Job
from app.refusals import Misused, Refused
from app.spreadsheets import memory

_log = logging.getLogger(__name__)
_MANY_ROWS = 100_000
_SECONDS = 600.0
#: Ends that a file may have prepared for its reader.
_OF_THE_READER = ("importing.out_of_memory", "importing.reader_failed")
_GRACE = 3.0  # seconds a cancelled child has to give back what it holds
#: A child starts empty on every system. Tests that are not about the child fork it from a process that has imported the
#: program already: a second each.
processes: Any = multiprocessing.get_context("spawn")
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")  # each thread reserves address space


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of address space at first, the most `allow_rows` may raise it to, and seconds of wall time.

    numpy, pandas, SQLAlchemy and the readers together reserve 0.2 GB before the first cell (measured).
    """

    memory: int = 1_500 * 2**20
    ceiling: int = 4 * 2**30
    seconds: float = _SECONDS

    @classmethod
    def of(cls, size: int) -> "Limits":
        """For a file of so many bytes: a book of a million lines (150 MB) on a busy machine takes its time."""
        return cls(seconds=max(_SECONDS, 10.0 * size / 2**20))


def run(
    function: Callable[..., Any],
    *arguments: Any,
    job: Job | None = None,
    limits: Limits | None = None,
    ahead: Path | None = None,
) -> Any:
    """Call `function(*arguments, job=...)` in a child process and give back what it returns.

    `function` is a top-level function of an importable module; arguments and result are pickled. Progress it reports
    reaches `job`; `job.cancel()` makes its next `job.report` or `job.check` raise Cancelled in the child, and ends it
    where none comes soon. Raises what the child raised where that is Refused, Misused or Cancelled; any other end is
    a Refused (importing.out_of_memory, importing.out_of_time, importing.reader_died, importing.reader_failed).

    `ahead` is a workbook that is read while `function` is still being imported and has the guard look at it
    (`app.spreadsheets.ahead`). A child that ends before `guarded` was called in it is none of that file's guard: it is
    run once more without.
    """
    job, limits = job or Job(), limits or Limits()
    payload = pickle.dumps((function, arguments))
    if ahead is not None:
        with suppress(_Unguarded):
            return _run(payload, ahead, job, limits)
        _log.info("The reader ended before the guard had looked; once more, the guard first")
    return _run(payload, None, job, limits)


class _Unguarded(Exception):
    """The child ended before the guard had looked at the file that was read ahead."""


def _run(payload: bytes, ahead: Path | None, job: Job, limits: Limits) -> Any:
    """One child, from its start to its answer."""
    job.check()
    from_child, to_parent = processes.Pipe(duplex=False)
    from_parent, to_child = processes.Pipe(duplex=False)
    child = processes.Process(target=_serve, args=(payload, ahead, limits, to_parent, from_parent), daemon=True)
    child.start()
    to_parent.close()
    from_parent.close()
    try:
        return _listen(child, from_child, to_child, job, limits, guarded=ahead is None)
    finally:
        if child.is_alive():
            child.kill()
        child.join()
        child.close()
        from_child.close()
        to_child.close()


def _listen(
    child: Any, from_child: Connection, to_child: Connection, job: Job, limits: Limits, *, guarded: bool
) -> Any:
    """Pass progress on until the child answers, dies, or runs out of time."""
    deadline = time.monotonic() + limits.seconds
    cancelled_at: float | None = None
    settled = False
    while True:
        if wait([from_child], timeout=0.05):
            try:
                kind, content = from_child.recv()
            except EOFError:
                if not guarded:
                    raise _Unguarded from None
                child.join(5)
                raise _death(child.exitcode) from None
            if kind == "progress":
                with suppress(Cancelled):  # asked below, so that the child can still answer that it had finished
                    job.report(*content)
            elif kind == "guarded":
                guarded = True
            elif kind == "settling":  # where a cancel came first it is told below
                if settled := cancelled_at is None and not _is_cancelled(job):
                    to_child.send("settled")
            elif kind == "result":
                return content
            elif not guarded and content[1] in _OF_THE_READER:
                raise _Unguarded
            else:
                raise _failure(*content)
        now = time.monotonic()
        if cancelled_at is None and not settled and _is_cancelled(job):
            cancelled_at = now
            to_child.send("cancel")
        if cancelled_at is not None and now - cancelled_at > _GRACE:
            raise Cancelled
        if now > deadline:
            raise Refused("importing.out_of_time", seconds=limits.seconds)


def _is_cancelled(job: Job) -> bool:
    try:
        job.check()
    except Cancelled:
        return True
    return False


def _failure(kind: str, code: str, values: dict[str, Any]) -> BaseException:
    match kind:
        case "refused":
            return Refused(code, **values)
        case "misused":
            return Misused(code, **values)
        case "cancelled":
            return Cancelled()
    _log.error("The import's process failed:\n%s", logs.Code(values.get("trace", "")))
    return Refused(code, error=values["error"])


def _death(exit_code: int | None) -> Refused:
    """A child that ended without an answer."""
    number = -exit_code if exit_code is not None and exit_code < 0 else 0
    name = signal.Signals(number).name if number in {s.value for s in signal.Signals} else str(exit_code)
    return Refused("importing.reader_died", signal=name)


# In the child from here on.


class _ChildJob(Job):
    """Reports go through the pipe."""

    def __init__(self, to_parent: Connection) -> None:
        super().__init__(lambda phase, done, total: to_parent.send(("progress", (phase, done, total))))


_limits: Limits | None = None
_answers: Connection | None = None
_heard = threading.Event()


def allow_rows(rows: int) -> None:
    """Called inside the child once the number of rows is known: above 100,000 the memory limit goes to the ceiling."""
    if _limits is not None and rows > _MANY_ROWS:
        memory.limit(_limits.ceiling, _limits.ceiling)


def guarded() -> None:
    """Called inside the child once the guard let the file pass: whatever ends the child now is told as it is."""
    if _answers is not None:
        _answers.send(("guarded", None))


def settle(job: Job) -> None:
    """Called inside the child before what it stored is there for all: a cancel is heard now or comes too late.

    The parent is asked, so that it never ends a child that commits, and never says of what was stored that it was not.
    """
    job.check()
    if _answers is not None:
        _answers.send(("settling", None))
        _heard.wait()
        job.check()


def _serve(payload: bytes, ahead: Path | None, limits: Limits, to_parent: Connection, from_parent: Connection) -> None:
    """The child's whole life."""
    global _limits, _answers
    _limits, _answers = limits, to_parent
    for name in _ONE_THREAD:
        os.environ[name] = "1"
    _be_silent()
    memory.keep_what_is_freed()
    memory.limit(limits.memory, limits.ceiling)
    job = _ChildJob(to_parent)
    threading.Thread(target=_watch_parent, args=(from_parent, job), daemon=True).start()
    answer: tuple[str, Any]
    gc.disable()  # cells hold no rings, and looking for some among millions takes a tenth of the time
    try:
        if ahead is not None:
            from app.spreadsheets.ahead import begin

            begin(ahead)
        function, arguments = pickle.loads(payload)  # noqa: S301 - made by our own parent
        answer = ("result", function(*arguments, job=job))
    except Misused as error:
        answer = ("failure", ("misused", error.code, error.values))
    except Refused as error:
        answer = ("failure", ("refused", error.code, error.values))
    except Cancelled:
        answer = ("failure", ("cancelled", "", {}))
    except MemoryError:
        answer = ("failure", ("refused", "importing.out_of_memory", {"megabytes": limits.memory // 2**20}))
    except BaseException as error:  # noqa: BLE001 - calamine's PanicException is no Exception
        said = {"error": f"{type(error).__name__}: {error}"[:500], "trace": logs.traceback_of(error)}
        answer = ("failure", ("failed", "importing.reader_failed", said))
    try:
        to_parent.send(answer)
    except MemoryError:
        to_parent.send(("failure", ("refused", "importing.out_of_memory", {"megabytes": limits.memory // 2**20})))
    to_parent.close()


def _watch_parent(from_parent: Connection, job: Job) -> None:
    """Cancel when asked to; end at once when the parent is gone (its end of the pipe closes)."""
    while True:
        try:
            if from_parent.recv() == "cancel":
                job.cancel()
            _heard.set()
        except (EOFError, OSError):
            os._exit(3)


def _be_silent() -> None:
    """A reader's panic writes to stderr, which belongs to the program; no core file either."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nothing, stream)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
