"""All review lists over one large book: `.venv/bin/python -m tests.benchmarks.reviews [LINES [FLAGGED…] [L1]]`.

Two books, today's and that of a year ago, are stored and opened as the program does; then every list is made. Wall and
processor seconds of the opening and of every list, and the peak of memory; wanted for a million lines: 20 s and 4 GB.
Flagged are Turkey, Argentina and Egypt (a sixth of the lines) unless countries are named; a list that is named is
profiled. Nothing is asserted.
"""

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))

if TYPE_CHECKING:
    from exposures.reviews.review_list import ReviewBook

TODAY, REPORTED, YEAR_AGO = date(2026, 5, 26), date(2026, 5, 22), date(2025, 5, 23)


def store(path: Path, count: int) -> None:
    """Both books, the older one first; half of the lines owe another amount."""
    from tests.benchmarks import stored
    from tests.benchmarks.frames import lines, next_week

    frame = lines(count)
    stored.store(path, YEAR_AGO, next_week(frame, 0.5, 1))
    stored.store(path, REPORTED, frame)


def opened(path: Path) -> "tuple[ReviewBook, ReviewBook]":
    """Both books, today's first."""
    from app.storage import books
    from app.storage.database import Database
    from exposures.rates import in_force
    from exposures.reviews.review_list import ReviewBook
    from exposures.stored import stored

    database, found = Database(f"sqlite:///{path}"), []
    with database.read() as connection:
        for batch in books.batches(connection):
            rates = in_force(books.rates(connection, batch.id), batch.reporting_date)
            held = books.held(connection, batch.id)
            book = stored(batch.reporting_date, batch.id, held, rates, batch.tolerance)
            found.append(ReviewBook(book, f"v{batch.id}", batch.file_name))
    database.close()
    older, newer = sorted(found, key=lambda review: review.book.reporting_date)
    return newer, older


def make(path: Path, count: int, flagged: tuple[str, ...], profiled: str) -> None:
    """Print a line a list."""
    from cProfile import Profile
    from pstats import Stats

    from exposures.calendar import BankCalendar
    from exposures.flags import EmSet, FiringAlert, Tide, live_causes, update_flags
    from exposures.reviews import REVIEW_LISTS
    from exposures.reviews.collecting import put_off
    from exposures.reviews.review_list import Grounds, ReviewSettings

    markets = EmSet(frozenset({"CN", "DE", "GB", "HK", "US"}), "CN", date(2024, 10, 22), "a list")
    causes = live_causes(markets, flagged, (), (), (), Tide(on=False), TODAY)
    flags = update_flags((), causes, TODAY, BankCalendar())
    alert = FiringAlert(
        "E9-TR", "fx", "critical", "fx.TRY.change5", -6.1, -5.0, "percent", date(2026, 5, 25), "A-1", {"country": "TR"}
    )
    started, used = time.perf_counter(), time.process_time()
    book, year_ago = opened(path)
    grounds = Grounds(
        book,
        flags,
        (alert,),
        (),
        ReviewSettings(em_set=markets, local_currencies={"TR": frozenset({"TRY"})}),
        TODAY,
        year_ago,
    )
    print(f"{count:,} lines, flagged {', '.join(flagged)}")
    print(f"  open{time.perf_counter() - started:9.2f} s {time.process_time() - used:9.2f} s cpu")
    with put_off():  # as the program makes them
        for review_list in REVIEW_LISTS:
            wall, processor = time.perf_counter(), time.process_time()
            profile = Profile(time.process_time) if review_list.id == profiled else None
            if profile:
                profile.enable()
            found = review_list.build(grounds)
            if profile:
                profile.disable()
                Stats(profile).sort_stats("tottime").print_stats(25)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
            print(
                f"  {review_list.id:4}{time.perf_counter() - wall:9.2f} s {time.process_time() - processor:9.2f} s cpu "
                f"{len(found.items):>8,} items {memory:6.2f} GB",
                flush=True,
            )
    print(f"  all {time.perf_counter() - started:9.2f} s {time.process_time() - used:9.2f} s cpu")


def main(given: list[str]) -> None:
    """Store in a process of its own, so that the peak of memory is that of the lists."""
    numbers = [text for text in given if text.isdigit()]
    profiled = next((text for text in given if text[0] == "L" and text[1:].isdigit()), "")
    flagged = tuple(text for text in given if len(text) == 2 and text.isalpha()) or ("TR", "AR", "EG")
    count = int(numbers[0]) if numbers else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tidewatch.sqlite"
        subprocess.run([sys.executable, "-m", "tests.benchmarks.reviews", "--store", str(path), str(count)], check=True)
        make(path, count, flagged, profiled)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--store"]:
        store(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(sys.argv[1:])
