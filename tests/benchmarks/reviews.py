"""All review lists over one large book: `.venv/bin/python tests/benchmarks/reviews.py [LINES [FLAGGED…]]`.

Wall and processor seconds of every list, and the peak of memory; wanted for a million lines: 20 s and 4 GB. Flagged are
Turkey, Argentina and Egypt (a sixth of the lines) unless countries are named. Nothing is asserted.
"""

import resource
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))
TODAY = date(2026, 5, 26)


def main(count: int = 1_000_000, flagged: tuple[str, ...] = ("TR", "AR", "EG"), profiled: str = "") -> None:
    """Print a line a list."""
    from cProfile import Profile
    from pstats import Stats

    from exposures.book import Book
    from exposures.calendar import BankCalendar
    from exposures.flags import EmSet, FiringAlert, Tide, live_causes, update_flags
    from exposures.reviews import REVIEW_LISTS
    from exposures.reviews.collecting import put_off
    from exposures.reviews.review_list import Grounds, ReviewBook, ReviewSettings
    from tests.benchmarks.frames import RATES, lines, next_week

    frame = lines(count)
    rates = {code: Decimal(rate) for code, rate in RATES.items()}
    markets = EmSet(frozenset({"CN", "DE", "GB", "HK", "US"}), "CN", date(2024, 10, 22), "a list")
    causes = live_causes(markets, flagged, (), (), (), Tide(on=False), TODAY)
    flags = update_flags((), causes, TODAY, BankCalendar())
    alert = FiringAlert(
        "E9-TR", "fx", "critical", "fx.TRY.change5", -6.1, -5.0, "percent", date(2026, 5, 25), "A-1", {"country": "TR"}
    )
    grounds = Grounds(
        ReviewBook(Book(date(2026, 5, 22), 2, frame, rates), "v2", "book.xlsx"),
        flags,
        (alert,),
        (),
        ReviewSettings(em_set=markets, local_currencies={"TR": frozenset({"TRY"})}),
        TODAY,
        ReviewBook(Book(date(2025, 5, 23), 1, next_week(frame, 0.5, 1), rates), "v1", "before.xlsx"),
    )
    print(f"{count:,} lines, flagged {', '.join(flagged)}")
    began, spent = time.perf_counter(), time.process_time()
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
    print(f"  all {time.perf_counter() - began:9.2f} s {time.process_time() - spent:9.2f} s cpu")


if __name__ == "__main__":
    given = sys.argv[1:]
    by_name = [text for text in given[1:] if len(text) == 2 and text.isalpha()]
    main(
        int(given[0]) if given else 1_000_000,
        tuple(by_name) or ("TR", "AR", "EG"),
        next((text for text in given[1:] if text[1:].isdigit()), ""),
    )
