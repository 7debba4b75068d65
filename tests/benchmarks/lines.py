"""The lines page over a million lines: `.venv/bin/python tests/benchmarks/lines.py [LINES]`.

Opening from the snapshot on disk to the painted table, then sorting, filtering, adding up, grouping, scrolling and
copying, each beside what bare pandas needs for the same (the named baseline). Wall and processor seconds, because
shared machines lie; nothing is asserted. Wanted at a million: open 1 s, sort 0.5 s, filter 0.2 s, a frame 16.7 ms.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))
FRAME = 1 / 60


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Wall and processor seconds, and what was made."""
    wall, spent = time.perf_counter(), time.process_time()
    made = work()
    return time.perf_counter() - wall, time.process_time() - spent, made


def tell(name: str, work: Callable[[], Any], bare: Callable[[], Any] | None = None) -> Any:
    """One line of the table; gives back what was made."""
    wall, spent, made = timed(work)
    other = ""
    if bare is not None:
        bare_wall, bare_spent, _ = timed(bare)
        other = f"{bare_wall:10.3f}{bare_spent:9.3f}"
    print(f"{name:44}{wall:9.3f}{spent:9.3f}{other}", flush=True)
    return made


def main(count: int = 1_000_000) -> None:
    """Print the table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.jobs import Job
    from app.storage import columnar
    from exposures.book import Basis, Book
    from exposures.labels import Known
    from exposures.lines import DTYPES
    from tests.benchmarks.frames import RATES, lines
    from ui.pages.exposures.book_lines import fetch_lines
    from ui.pages.exposures.columns import columns, words
    from ui.pages.exposures.survey import Choice
    from ui.state import State
    from ui.tables.long import LongTable

    application = QApplication.instance() or QApplication([])
    folder = tempfile.TemporaryDirectory()
    file = Path(folder.name) / "1.columns"
    frame = lines(count)
    columnar.write(file, columnar.packed({}, {"versions": np.arange(count)}, frame))
    print(f"{count:,} lines; snapshot {file.stat().st_size / 2**20:.0f} MB")
    print(f"{'':44}{'wall s':>9}{'cpu s':>9}{'pandas s':>10}{'cpu s':>9}")

    def opened() -> Book:
        held = columnar.read(file).columns
        parts = {name: [(held.get(name), count)] for name in DTYPES}
        data = {name: columnar.joined(name, parts[name], count) for name in DTYPES}
        read = pd.DataFrame(data, copy=False)
        known = Known(read, lambda name: columnar.labels(parts[name], count))
        rates = {code: Decimal(rate) for code, rate in RATES.items()}
        return Book(date(2026, 5, 22), 1, read, rates, known=known)

    table = LongTable(columns(), title="Lines", name="benchmark", state=State(Path(folder.name) / "window.ini"))
    table.resize(1100, 500)
    table.show()

    def paint() -> None:
        table.viewport().repaint()

    def shown(found: Any) -> None:
        table.rows.load(words(found, {"TR": "critical"}), keys=found.keys)
        paint()

    book = tell("open the snapshot as a book", opened)
    tell("  country of risk of every line", lambda: book.pieces(Basis.GUARANTOR))
    found = tell("  its lines, first time", lambda: fetch_lines(book, Choice(), Job()))
    tell("  load the table and paint it", lambda: shown(found))
    tell("open the lines of a book that is known", lambda: shown(fetch_lines(book, Choice(), Job())))
    tell("open the lines of one country", lambda: shown(fetch_lines(book, Choice(country="TR"), Job())))
    shown(found)

    claims = book.claims
    by = {"counterparty": "counterparty_name", "country_name": "country", "drawn": "outstanding"}
    for keys in (("drawn",), ("counterparty",), ("country_name", "counterparty"), ("country_name", "entity", "drawn")):
        named = [by.get(key, "booking_entity") for key in keys]
        tell(
            f"sort by {', '.join(keys)}",
            lambda keys=keys: (table.rows.sort_by([(key, key == "drawn") for key in keys]), paint()),  # type: ignore[misc]
            lambda named=named: claims.sort_values(named),  # type: ignore[misc]
        )
    tell("sort again by drawn (kept)", lambda: (table.rows.sort_by([("drawn", True)]), paint()))
    for needle in ("trading", "客户 12", "turkey london", "500.0"):
        tell(
            f"filter {needle}",
            lambda needle=needle: (table.rows.filter_text(needle), paint()),  # type: ignore[misc]
            lambda needle=needle: claims["counterparty_name"].str.contains(needle, case=False, regex=False),  # type: ignore[misc]
        )
    table.rows.filter_text("")
    tell("totals of all lines, exact", found.added, lambda: claims.groupby("currency")["outstanding"].sum())
    half = table.rows.order[::2]
    tell("totals of half of the lines, exact", lambda: found.added(half))
    tell("group by country", lambda: found.grouped("country"), lambda: claims.groupby("country")["outstanding"].sum())
    tell("group by counterparty", lambda: found.grouped("counterparty"))
    bar = table.verticalScrollBar()
    for word, step in (
        ("by the wheel, three lines a frame", 3),
        ("by dragging the bar, another page a frame", count // 240),
    ):
        bar.setValue(0)
        frames = []
        for _ in range(240):
            bar.setValue(bar.value() + step)
            frames.append(timed(application.processEvents)[:2])
        walls, spents = (np.sort([frame[place] for frame in frames]) for place in (0, 1))
        print(
            f"scroll {word}: median {np.median(spents) * 1000:.1f} ms, 95 % within {spents[227] * 1000:.1f} ms of the "
            f"processor; over 16.7 ms: {int((spents > FRAME).sum())} by the processor, {int((walls > FRAME).sum())} by "
            "the clock, of 240"
        )
    table.selectAll()
    tell("totals of a selection of everything", lambda: found.added(table.places()))
    from ui.tables.copying import as_text

    tell("copy 100,000 lines with headers", lambda: as_text(table.rows, "Lines", "", table.rows.order[:100_000]))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:.0f} MB")
    table.close()
    folder.cleanup()


if __name__ == "__main__":
    main(*[int(text) for text in sys.argv[1:]])
