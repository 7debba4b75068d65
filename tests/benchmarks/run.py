"""How far the program is from the bare library beneath it: `.venv/bin/python tests/benchmarks/run.py [--shared DIR]`.

Prints one table; nothing is asserted, because shared machines lie. Medians of RUNS.
"""

import argparse
import csv
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))
RUNS = 3
BOOK = "books/IBRD_loans_snapshot_converted.xlsx"


def timed(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median seconds."""
    spans = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        spans.append(time.perf_counter() - began)
    return statistics.median(spans)


def import_of_a_book(shared: Path) -> tuple[float, float]:
    """9,012 rows through guard, child, mapping, checks and storage, against calamine's bare reading."""
    from python_calamine import CalamineWorkbook

    from app import bootstrap

    def program_import() -> None:
        with tempfile.TemporaryDirectory() as folder, bootstrap.open_program(Path(folder)) as program:
            program.importing.commit(shared / BOOK, date(2023, 5, 31), mapping="IBRD Statement of Loans")

    def bare() -> None:
        workbook = CalamineWorkbook.from_path(str(shared / BOOK))
        workbook.get_sheet_by_index(0).to_python()

    return timed(program_import), timed(bare)


def refresh_from_a_folder(shared: Path) -> tuple[float, float]:
    """Every downloaded FRED file recognised, guarded and stored, against csv.reader over the same files."""
    from app import bootstrap

    def program_refresh() -> None:
        with tempfile.TemporaryDirectory() as folder, bootstrap.open_program(Path(folder)) as program:
            program.refreshing.take_in(shared / "fred")

    def bare() -> None:
        for path in sorted((shared / "fred").glob("*.csv")):
            with path.open(encoding="utf-8") as file:
                [
                    (date.fromisoformat(row[0]), float(row[1]))
                    for row in list(csv.reader(file))[1:]
                    if row[1] not in ("", ".")
                ]

    return timed(program_refresh), timed(bare)


def thousand_rules(labels: int = 10, days: int = 6_500) -> tuple[list[object], list[object], list[float]]:
    """1,000 rules of every kind that reads one figure, 10 countries over 25 years of days, and each rule's line."""
    import numpy as np

    from alerts.conditions import Change, Count, Crossing, Level, PercentChange, Percentile, ZScore
    from alerts.metric import Metric, Readings
    from alerts.rule import Band, Comparison, Rule

    dates = np.arange(days).astype("datetime64[D]")
    known, assumed = dates.astype("datetime64[us]"), np.zeros(days, bool)
    several = []
    for label in range(labels):
        moves = np.random.default_rng(label).normal(0, 0.006, days)
        metric = Metric("x", "unit", {"country": f"L{label}"})
        several.append(Readings(metric, dates, 100 * np.exp(np.cumsum(moves)), known, assumed))
    kinds = (
        lambda n: (Level(), 90.0 + n % 40),
        lambda n: (Change(n % 20 + 1), 2.0 + n % 5),
        lambda n: (PercentChange(n % 20 + 1, "dollar_rise"), 2.0 + n % 5),
        lambda n: (PercentChange(n % 20 + 1), 2.0 + n % 5),
        lambda n: (Count(n % 10 + 1, ">", 100.0), float(n % 10 + 1)),
        lambda n: (Crossing("either", 100.0), 1.0),
        lambda n: (ZScore(250, "value", n % 20 + 1), 2.0),
        lambda n: (Percentile(250, "level"), 90.0),
    )
    rules, lines = [], []
    for number in range(1000):
        condition, line = kinds[number % len(kinds)](number)
        bands = (Band(Comparison.AT_LEAST, line, hold=number % 3), Band(Comparison.AT_LEAST, line * 1.5))
        rules.append(Rule(f"B{number}", "x", "unit", "fx", condition, *bands, keep=number % 2))
        lines.append(line)
    return rules, several, lines


def rules_over_decades() -> tuple[float, float]:
    """1,000 rules back-tested over 25 years of days, against a vectorised pandas comparison each. Wanted: 10 s."""
    import pandas as pd

    from alerts.backtest import back_test

    rules, several, lines = thousand_rules()
    columns = [pd.Series(one.values) for one in several]

    def program_rules() -> None:
        for number, rule in enumerate(rules):
            several[number % 10].computed.clear()
            back_test(rule, several[number % 10])

    def bare() -> None:
        for number, line in enumerate(lines):
            column = columns[number % 10]
            (column / column.shift(5) * 100 - 100 >= line).sum()

    return timed(program_rules, runs=1), timed(bare)


def live_tick() -> tuple[float, float]:
    """One new day for 1,000 rules × 10 countries: the past is as it was, the step, what is kept. Wanted: 0.5 s.

    The baseline compares the last rows in pandas.
    """
    from datetime import UTC, datetime

    import pandas as pd

    from alerts.metric import Readings
    from alerts.monitor import advance
    from alerts.standing import goes_on, replay, standing_after

    rules, several, lines = thousand_rules(days=1_500)
    instant = datetime(2026, 5, 26, tzinfo=UTC)
    before = [[replay(rule, one.first(len(one) - 1), instant)[0] for one in several] for rule in rules]

    def tick() -> None:
        fresh = [Readings(one.metric, one.dates, one.values, one.known_from, one.assumed) for one in several]
        for rule, standings in zip(rules, before, strict=True):
            for standing, one in zip(standings, fresh, strict=True):
                assert goes_on(standing, rule, one)
                state, events = advance(standing.state, one, rule)
                standing_after(rule, one, state, standing.steps + len(events), instant)

    frame = pd.DataFrame({one.metric.scope: one.values for one in several})

    def bare() -> None:
        for line in lines:
            (frame.iloc[-1] / frame.iloc[-6] * 100 - 100 >= line).sum()

    return timed(tick), timed(bare)


def pages(_shared: Path) -> list[tuple[str, float]]:
    """Each page of the sample workspace, from the click until it has come to rest."""
    from PySide6.QtWidgets import QApplication

    from app import bootstrap
    from app.cli.main import main as command_line
    from ui.pictures import settle
    from ui.state import State
    from ui.window import Window

    application = QApplication.instance() or QApplication([])
    found = []
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        command_line(["demo", "--workspace", str(workspace), "--json"])
        with bootstrap.open_program(workspace) as program:
            window = Window(program, State(Path(folder) / "window.ini"))
            window.resize(1440, 900)
            window.show()
            settle(window)
            for page in list(window.entries):

                def opened(page: str = page) -> None:
                    window.open(page)
                    settle(window)

                found.append((f"page {page}, first opening", timed(opened, runs=1)))
            found += [(f"Fed liquidity, {tab}: click to paint", seconds) for tab, seconds in tabs(window)]
            window.close()
    application.processEvents()
    return found


def tabs(window: object) -> list[tuple[str, float]]:
    """Each tab of Fed liquidity from the click until everything is painted; the balance sheet also a second time."""
    from PySide6.QtWidgets import QApplication

    from ui.pictures import settle

    window.open("liquidity")  # type: ignore[attr-defined]
    settle(window)  # type: ignore[arg-type]
    page = window.pages["liquidity"]  # type: ignore[attr-defined]

    def clicked(tab: str) -> None:
        page._buttons[tab].click()
        settle(window)  # type: ignore[arg-type]
        window.grab()  # type: ignore[attr-defined]
        QApplication.processEvents()

    found = [(tab, timed(partial(clicked, tab), runs=1)) for tab in [*list(page._buttons)[1:], "balance"]]
    page.balance.statement.ask_again()
    found.append(("balance, other dates", timed(lambda: clicked("balance"), runs=1)))
    return found


def main() -> int:
    """Print the table."""
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--shared", type=Path, default=REPOSITORY.parent / "shared" / "data")
    shared = chosen.parse_args().shared
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows: list[tuple[str, float, float | None]] = []
    if shared.is_dir():
        rows.append(("import of 9,012 rows, against bare calamine", *import_of_a_book(shared)))
        rows.append(("refresh from 18 files, against bare csv", *refresh_from_a_folder(shared)))
    else:
        print(f"no real data in {shared}; only the pages are timed", file=sys.stderr)
    rows.append(("1,000 rules × 25 years of days back-tested, against pandas", *rules_over_decades()))
    rows.append(("a live tick, 1,000 rules × 10 countries, against pandas", *live_tick()))
    from tests.benchmarks import charts

    rows += charts.compare()
    stdout, sys.stdout = sys.stdout, sys.stderr  # what the demonstration prints is no part of the table
    try:
        rows += [(name, seconds, None) for name, seconds in pages(shared)]
    finally:
        sys.stdout = stdout
    print(f"{'':62}{'ours, s':>10}{'bare, s':>10}{'ratio':>8}")
    for name, ours, bare in rows:
        other = f"{bare:10.3f}{ours / bare:8.1f}" if bare else ""
        print(f"{name:62}{ours:10.3f}{other}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
