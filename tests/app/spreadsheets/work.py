"""What tests let a child process do."""

import os
import random
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


def read_and_abort(path: Path, job: Job) -> None:
    read_workbook(path, job)
    os.abort()


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


def settle(before: float, after: float, job: Job) -> str:
    time.sleep(before)
    child.settle(job)
    job.report("settled", 1, 1)
    time.sleep(after)
    return "kept"


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


def read_spoilt(paths: list[Path], folder: Path, seed: int, count: int, job: Job) -> dict[str, int]:
    """Read `count` copies in which some bytes are other ones: how many ended in data, how many by each refusal."""
    chance = random.Random(seed)
    ended: dict[str, int] = {}
    for number in range(count):
        source = chance.choice(paths)
        content = bytearray(source.read_bytes())
        for _ in range(chance.choice((1, 3, 20))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.2:
            del content[chance.randrange(len(content)) :]
        spoilt = folder / f"{number}{source.suffix}"
        spoilt.write_bytes(bytes(content) or b"x")
        try:
            read_workbook(spoilt, job)
            how = "data"
        except Refused as error:
            how = error.code
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise RuntimeError(f"copy {number} of {source.name}, seed {seed}") from error
            how = "panic"  # the child says importing.reader_failed of it
        ended[how] = ended.get(how, 0) + 1
        spoilt.unlink()
    return ended
