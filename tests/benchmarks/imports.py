"""How long a book of 10,000, 100,000 or 1,000,000 lines takes from file to store, beside calamine's bare reading.

`.venv/bin/python -m tests.benchmarks.imports [10000 100000 …] [--runs 3]`: guard, read, map, validate and store in the
limited child, and in the same run what python-calamine alone needs for the file: the least of so many runs of each,
because other work on a shared machine only ever adds; seconds, ratio, peak memory of the child, and where time goes.
Nothing is asserted, because shared machines lie.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))
_BARE = (
    "import sys,time;from python_calamine import CalamineWorkbook as W;t=time.perf_counter();c=time.process_time();"
    "W.from_path(sys.argv[1]).get_sheet_by_index(0).to_python();"
    "print(time.perf_counter()-t,time.process_time()-c)"
)
#: The stages of an import, each with the phase whose first (0) or last (-1) report ends it; the answer follows.
STAGES = (
    ("start", "inspect", 0),
    ("guard", "inspect", -1),
    ("read", "read", -1),
    ("table", "checking", 0),
    ("map, validate", "storing", 0),
)


def bare(path: Path) -> tuple[float, float]:
    """Wall and processor seconds of calamine alone, in a process of its own, imports left out."""
    ran = subprocess.run([sys.executable, "-c", _BARE, str(path)], capture_output=True, text=True, check=True)
    wall, processor = ran.stdout.split()
    return float(wall), float(processor)


def whole(path: Path, folder: Path) -> tuple[float, float, int, dict[str, float]]:
    """Wall seconds of an import, processor seconds and peak bytes of its child (start and imports included), stages."""
    from app.jobs import Job
    from app.services import committing, layouts
    from app.services.committing import Task, digest
    from app.spreadsheets import child
    from app.storage import schema
    from app.storage.database import Database

    database = Database(f"sqlite:///{folder}/{path.stem}.db")
    schema.prepare(database)
    database.close()
    task = Task(
        path, date(2026, 5, 22), None, layouts.known(folder), None, None, None, True,
        database.url, digest(path), "", "benchmark", datetime.now(UTC),
    )  # fmt: skip
    told: dict[str, list[float]] = {}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    job = Job(lambda phase, _done, _total: told.setdefault(phase, []).append(time.perf_counter() - began))
    outcome = child.run(committing.work, task, job=job, limits=child.Limits.of(path.stat().st_size), ahead=path)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if not outcome.imported:
        raise SystemExit(f"{path.name}: {outcome.ending}")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    ends = [(name, told[phase][which]) for name, phase, which in STAGES] + [("store, answer", wall)]
    starts = [0.0, *(end for _, end in ends)]
    return wall, spent, after.ru_maxrss * 1024, {name: end - starts[at] for at, (name, end) in enumerate(ends)}


def main() -> int:
    """Print one line a size, and beneath it its stages."""
    from tests.benchmarks.books import write_book

    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    chosen.add_argument("--runs", type=int, default=3)
    given = chosen.parse_args()
    print(f"{'lines':>9} {'bare s':>8} {'import s':>9} {'ratio':>6} {'cpu ratio':>9} {'peak MB':>8}")
    for size in given.sizes:
        plain, done = [], []
        with tempfile.TemporaryDirectory() as folder:
            path = write_book(Path(folder) / f"book{size}.xlsx", size)
            for run in range(given.runs):
                place = Path(folder) / str(run)
                place.mkdir()
                plain.append(bare(path))
                done.append(whole(path, place))
        wall, _, _, stages = min(done, key=lambda one: one[0])
        bare_wall, bare_spent = (min(one[at] for one in plain) for at in range(2))
        spent, peak = min(one[1] for one in done), max(one[2] for one in done)
        print(
            f"{size:>9,} {bare_wall:>8.2f} {wall:>9.2f} {wall / bare_wall:>6.1f} {spent / bare_spent:>9.1f} "
            f"{peak / 2**20:>8.0f}"
        )
        print(f"{'':9} {', '.join(f'{name} {seconds:.2f}' for name, seconds in stages.items())}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
