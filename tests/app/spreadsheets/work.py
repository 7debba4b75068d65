"""What tests let a child process do."""

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from app.jobs import Job
from app.refusals import Misused, Refused
from app.spreadsheets import child
from app.spreadsheets.reading import read_workbook
from exposures.cells import Workbook


def read(path: Path, job: Job) -> Workbook:
    return read_workbook(path, job)


def abort(job: Job) -> None:
    os.abort()


def kill_itself(job: Job) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep(seconds: float, job: Job) -> str:
    job.report("sleeping", 0, 1)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.02)
        job.check()
    return "slept"


def deaf(seconds: float, job: Job) -> str:
    job.report("sleeping", 0, 1)
    time.sleep(seconds)
    return "done"


def eat(job: Job) -> None:
    held = []
    while True:
        held.append(bytearray(2**24))


def hold(megabytes: int, rows: int, job: Job) -> int:
    child.allow_rows(rows)
    return len(bytearray(megabytes * 2**20))


class PanicException(BaseException):
    """Like pyo3's: no Exception."""


def panic(job: Job) -> None:
    raise PanicException("index out of bounds")


def refuse(job: Job) -> None:
    raise Refused("importing.empty_file", file="x.csv")


def misuse(job: Job) -> None:
    raise Misused("importing.no_file", file="x.csv")


def count(steps: int, job: Job) -> int:
    for step in range(steps):
        job.report("counting", step, steps)
    return steps


def modules(job: Job) -> list[str]:
    import exposures.importing  # noqa: F401

    return sorted(sys.modules)


def environment(job: Job) -> dict[str, Any]:
    return {"pid": os.getpid(), "threads": os.environ.get("OPENBLAS_NUM_THREADS")}


def fail_on(cell: str, job: Job) -> None:
    raise ValueError(f"cell Lines!C7 holds {cell}")
