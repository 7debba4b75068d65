"""What a year of weekly books costs: `.venv/bin/python tests/benchmarks/history.py [LINES [WEEKS]]`.

52 books of 100,000 lines, 2 % of which change from week to week, are stored one after the other. Prints bytes on disk
(database and snapshots) after the first and after the last, and how long the newest, a middle and the oldest book take
to open: with their snapshots, and from SQL alone. Nothing is asserted, because shared machines lie.
"""

import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))
CHANGED = 0.02


def size(folder: Path) -> int:
    """Bytes of every file in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def timed(work: Callable[[], object]) -> float:
    """Seconds; the better of two."""
    spans = []
    for _ in range(2):
        began = time.perf_counter()
        work()
        spans.append(time.perf_counter() - began)
    return min(spans)


def main(count: int = 100_000, weeks: int = 52) -> None:
    """Print sizes and times."""
    from app.storage import books, drafts, schema, snapshots
    from app.storage.database import Database
    from app.storage.drafts import Draft
    from tests.benchmarks.frames import lines, next_week

    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        frame, numbers, first, kept = lines(count), [], (), []
        for week in range(weeks):
            database = Database(f"sqlite:///{folder / 'tidewatch.sqlite'}")  # its log is written back when it closes
            schema.prepare(database)
            draft = Draft(
                reporting_date=date(2025, 5, 30) + timedelta(weeks=week), file_name="book.xlsx", sha256="0" * 64,
                rates_sha256="", mapping_name="benchmark", mapping_text="", fingerprint="", sheet="Book",
                tolerance=Decimal(0), user="benchmark", at=datetime(2026, 5, 26, tzinfo=UTC), rows_read=count,
                not_counted=0, lines=frame, quarantined=pd.DataFrame(),
            )  # fmt: skip
            with database.write() as connection:
                numbers.append(drafts.add(connection, draft))
            with database.read() as connection:
                began = time.perf_counter()
                snapshots.keep(connection, numbers[-1])
                kept.append(time.perf_counter() - began)
            database.close()
            first = first or (size(folder), size(folder / "snapshots"))
            frame = next_week(frame, CHANGED, week)
        whole = size(folder)
        print(f"{weeks} books of {count:,} lines, {CHANGED:.0%} changed a week")
        print(f"  one book   {first[0] / 2**20:8.1f} MB, of which snapshot {first[1] / 2**20:.1f}")
        print(f"  all books  {whole / 2**20:8.1f} MB, of which snapshots {size(folder / 'snapshots') / 2**20:.1f}")
        print(f"  ratio      {whole / first[0]:8.2f}")
        print(f"  snapshot kept in {kept[0]:.2f} s (first), {kept[-1]:.2f} s (last)")
        database = Database(f"sqlite:///{folder / 'tidewatch.sqlite'}")
        asked = {"newest": numbers[-1], "middle": numbers[weeks // 2], "oldest": numbers[0]}

        def opened(number: int) -> pd.DataFrame:
            with database.read() as connection:
                return books.lines(connection, number)

        for word, number in asked.items():
            print(f"  {word:7} opens in {timed(lambda number=number: opened(number)):.3f} s")  # type: ignore[misc]
        for word, number in asked.items():
            shutil.rmtree(folder / "snapshots")
            began = time.perf_counter()
            opened(number)
            print(f"  {word:7} made again from SQL in {time.perf_counter() - began:.2f} s")
        database.close()


if __name__ == "__main__":
    main(*[int(text) for text in sys.argv[1:]])
