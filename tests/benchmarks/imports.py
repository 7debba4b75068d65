"""How long a book of 10,000, 100,000 or 1,000,000 lines takes from file to store, beside calamine's bare reading.

`.venv/bin/python tests/benchmarks/imports.py [10000 100000 …]`: guard, read, map, validate and store in the limited
child, and in the same run what python-calamine alone needs for the file; seconds, ratio and peak memory of the child.
Nothing is asserted, because shared machines lie.
"""

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


def bare(path: Path) -> tuple[float, float]:
    """Wall and processor seconds of calamine alone, in a process of its own, imports left out."""
    ran = subprocess.run([sys.executable, "-c", _BARE, str(path)], capture_output=True, text=True, check=True)
    wall, processor = ran.stdout.split()
    return float(wall), float(processor)


def whole(path: Path, folder: Path) -> tuple[float, float, int]:
    """Wall seconds of an import, processor seconds and peak bytes of its child, start and imports included."""
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
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    outcome = child.run(committing.work, task)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if not outcome.imported:
        raise SystemExit(f"{path.name}: {outcome.ending}")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, spent, after.ru_maxrss * 1024


def main(sizes: list[int]) -> None:
    """Print one line a size."""
    from tests.benchmarks.books import write_book

    print(f"{'lines':>9} {'bare s':>8} {'import s':>9} {'ratio':>6} {'cpu ratio':>9} {'peak MB':>8}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = write_book(Path(folder) / f"book{size}.xlsx", size)
            (plain, plain_cpu), (wall, cpu, peak) = bare(path), whole(path, Path(folder))
            ratios = f"{wall / plain:>6.1f} {cpu / plain_cpu:>9.1f}"
            print(f"{size:>9,} {plain:>8.2f} {wall:>9.2f} {ratios} {peak / 2**20:>8.0f}")


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [10_000, 100_000])
