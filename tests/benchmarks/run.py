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
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
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


def rules_over_decades() -> tuple[float, float]:
    """20 rules over 6,000 observations each, from the first one, against one vectorised pandas comparison each."""
    import numpy as np
    import pandas as pd

    from alerts.conditions import PercentChange
    from alerts.metric import Metric, Readings
    from alerts.monitor import State, advance
    from alerts.rule import Band, Comparison, Rule

    days = np.arange(6000).astype("datetime64[D]")
    levels = 100 + np.cumsum(np.random.default_rng(7).normal(0, 1, 6000))
    readings = Readings(Metric("x", "unit"), days, levels, days.astype("datetime64[us]"), np.zeros(6000, bool))
    bands = (Band(Comparison.AT_LEAST, line, hold=2, recovery=line / 2) for line in (1.0, 2.0))
    rule = Rule("B", "x", "percent", "fx", PercentChange(5, "dollar_rise"), *bands, keep=2)
    series = pd.Series(levels)

    def program_rules() -> None:
        for _ in range(20):
            advance(State(), readings, rule)

    def bare() -> None:
        for _ in range(20):
            (series / series.shift(5) * 100 - 100 >= 1).sum()

    return timed(program_rules), timed(bare)


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
            window.close()
    application.processEvents()
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
    rows.append(("20 rules over 6,000 observations, against pandas", *rules_over_decades()))
    stdout, sys.stdout = sys.stdout, sys.stderr  # what the demonstration prints is no part of the table
    try:
        rows += [(name, seconds, None) for name, seconds in pages(shared)]
    finally:
        sys.stdout = stdout
    print(f"{'':46}{'ours, s':>10}{'bare, s':>10}{'ratio':>8}")
    for name, ours, bare in rows:
        other = f"{bare:10.3f}{ours / bare:8.1f}" if bare else ""
        print(f"{name:46}{ours:10.3f}{other}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
