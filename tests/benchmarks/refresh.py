"""A first fill of 25 years from every source, the same again, and a day's increment, against a mirror on the loopback.

`.venv/bin/python -m tests.benchmarks.refresh [--years 25]`; prints seconds, requests and bytes beside what is allowed.
The mirror runs in a process of its own; its answers are made once before anything is timed.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.request import urlopen

from app import bootstrap
from app.credentials import variable
from tests.app.sources.mirror import KEY, point_to

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
SATURDAY, TUESDAY = datetime(2026, 11, 21, 6, tzinfo=UTC), datetime(2026, 11, 24, 6, tzinfo=UTC)
#: Seconds, and bytes.
ALLOWED = {"first fill": (60.0, None), "the same again": (None, None), "a day's increment": (3.0, 1_000_000)}


def ask(address: str) -> dict[str, int]:
    """A word with the mirror."""
    with urlopen(address) as answer:
        return dict(json.loads(answer.read()))


def fill(url: str, clock: list[datetime], folder: str) -> list[tuple[str, tuple[float, ...], int, dict[str, int]]]:
    """The three refreshes: name, seconds (in all; until everything is stored and the rules begin to look at it; of the
    processor), what was stored, what the mirror counted.
    """
    rows = []
    steps = (
        ("first fill", SATURDAY, FRIDAY),
        ("the same again", SATURDAY, FRIDAY),
        ("a day's increment", TUESDAY, MONDAY),
    )
    with bootstrap.open_program(Path(folder), clock=lambda: clock[0]) as program:
        told: list[float] = []  # when everything was stored, and the rules began to look at it
        program.events._listeners.insert(0, lambda _event: told.append(time.perf_counter()))
        point_to(url, program.workspace.sources)
        for name, now, until in steps:
            clock[0] = now
            ask(f"{url}/-/until?day={until}")
            began, ours = time.perf_counter(), time.process_time()
            report = program.refreshing.refresh()
            spans = (time.perf_counter() - began, (told[-1] if told else began) - began, time.process_time() - ours)
            rows.append((name, spans, report.added, ask(f"{url}/-/counts")))
            told.clear()
            for outcome in report.failed:
                print(f"  failed: {outcome.source} {outcome.resource} {outcome.error}", file=sys.stderr)
    return rows


def main() -> int:
    """Print the table; 1 where something took longer or more than is allowed."""
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--years", type=int, default=25)
    years = chosen.parse_args().years
    os.environ[variable("fred")] = KEY
    first = FRIDAY.replace(year=FRIDAY.year - years)
    command = [sys.executable, "-m", "tests.app.sources.mirror", str(first), str(FRIDAY)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as mirror:
        assert mirror.stdout is not None
        url = mirror.stdout.readline().strip()
        with tempfile.TemporaryDirectory() as folder:  # the mirror makes its answers
            fill(url, [SATURDAY], folder)
        with tempfile.TemporaryDirectory() as folder:
            rows = fill(url, [SATURDAY], folder)
            size = sum(file.stat().st_size for file in Path(folder).glob("tidewatch.sqlite*"))
        mirror.terminate()
    heads = f"{'seconds':>9}{'to store':>9}{'CPU':>7}{'requests':>10}{'same':>6}{'bytes':>14}{'stored':>10}"
    print(f"{f'{years} years of each source':34}{heads}")
    over = False
    for name, (seconds, storing, cpu), added, counts in rows:
        most, bytes_ = ALLOWED[name]
        over = over or (most is not None and seconds > most) or (bytes_ is not None and counts["bytes"] > bytes_)
        said = " / ".join(str(one) for one in (most and f"{most:g} s", bytes_ and f"{bytes_:,} B") if one)
        print(
            f"{name:34}{seconds:9.2f}{storing:9.2f}{cpu:7.2f}{counts['requests']:10}{counts['unchanged']:6}{counts['bytes']:14,}{added:10,}"
            f"   {said and 'allowed ' + said}"
        )
    print(f"database {size:,} bytes; most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
