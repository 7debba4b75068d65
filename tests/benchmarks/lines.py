"""The lines page over a million lines: `.venv/bin/python -m tests.benchmarks.lines [LINES] [--workspace DIR]`.

What a person waits for, with the program's own window and workers: a book is stored in a workspace (kept with
`--workspace`, and found there again); another process, which knows nothing yet, opens the window on another page and
then clicks. Each figure is from the click, or the key, to the painted table; the wait that the filter adds on purpose
(until no key was pressed for a moment) is in it. Beside it stands what bare pandas needs for the same on a frame in
memory (the named baseline). Wall and processor seconds of all threads, because shared machines lie; nothing is
asserted. Wanted at a million: open 1 s, sort 0.5 s, filter 0.2 s, a frame 16.7 ms.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))
FRAME = 1 / 60
DAY = date(2026, 5, 22)
FRAMES, RUNS = 240, 3
SORTS = (("drawn",), ("counterparty",), ("maturity",), ("country_name", "counterparty"), ("entity", "rating", "drawn"))
#: What the columns of the table are called in a frame of lines.
BARE = {
    "counterparty": "counterparty_name", "country_name": "country", "drawn": "outstanding", "entity": "booking_entity",
}  # fmt: skip
NEEDLES = ("t", "tr", "tra", "trading", "客户 12", "turkey london", "500.0", "2026-0")


def store(folder: Path, count: int) -> None:
    """A workspace with one book of so many lines."""
    from app import bootstrap
    from app.paths import Workspace
    from tests.benchmarks import stored
    from tests.benchmarks.frames import lines

    with bootstrap.open_program(folder) as program:
        if program.surveying.batches():
            return
    stored.store(Workspace(folder).database, DAY, lines(count))
    held = Workspace(folder)
    snapshot = sum(file.stat().st_size for file in held.snapshots.iterdir())
    print(
        f"{count:,} lines: database {held.database.stat().st_size / 2**20:.0f} MB, snapshot {snapshot / 2**20:.0f} MB"
    )


class Watch:
    """Does what a person does, and lets the window work until what was waited for stands there, painted."""

    def __init__(self) -> None:
        from PySide6.QtWidgets import QApplication

        self.application = QApplication.instance() or QApplication([])
        self.begin()

    def begin(self) -> None:
        """The click."""
        self._wall, self._spent = time.perf_counter(), time.process_time()

    def since(self) -> tuple[float, float]:
        """Wall and processor seconds since the click."""
        return time.perf_counter() - self._wall, time.process_time() - self._spent

    def wait(self, there: Callable[[], bool], table: Any = None) -> tuple[float, float]:
        """Run the event loop until it is there and drawn."""
        while not there():
            self.application.processEvents()
            time.sleep(0.001)  # as the event loop sleeps; the workers have the processor
        if table is not None:
            table.viewport().repaint()
        return self.since()


def tell(name: str, times: Sequence[tuple[float, float]], bare: Callable[[], Any] | None = None) -> None:
    """One line of the table: the median by wall, and what pandas needs."""
    wall, spent = sorted(times)[len(times) // 2]
    text = f"{name:52}{wall:9.3f}{spent:9.3f}"
    if bare is not None:
        begun, before = time.perf_counter(), time.process_time()
        bare()
        text += f"{time.perf_counter() - begun:10.3f}{time.process_time() - before:9.3f}"
    print(text, flush=True)


def look(folder: Path) -> None:
    """What the other process does: open the window, click, sort, filter, scroll."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app import bootstrap
    from ui.state import LAST_PAGE, State
    from ui.window import Window

    with tempfile.TemporaryDirectory() as scrap, bootstrap.open_program(folder) as program:
        watch = Watch()
        state = State(Path(scrap) / "window.ini")
        state.put(LAST_PAGE, "sources")
        window = Window(program, state)
        window.resize(1366, 768)
        window.show()
        watch.wait(lambda: not window.tasks.busy())
        # The window has looked at the newest book by then, for its badges: it is read and added up again from disk.
        program.surveying._books.clear()
        watch.begin()
        window.open("exposures")
        page: Any = window.pages["exposures"]
        table = page.lines.table
        tell("click on the page, until its lines are painted", [watch.wait(lambda: table.rows.rowCount() > 0, table)])
        tell("  until the totals of the lines", [watch.wait(lambda: page.lines._totals.text().startswith("Drawn "))])
        tell("  until the matrix, the limits and the finding", [watch.wait(lambda: page.matrix._exposures is not None)])
        watch.wait(lambda: not window.tasks.busy())
        window.open("sources")
        watch.begin()
        window.open("exposures")
        page.refresh(None)
        watch.wait(lambda: not window.tasks.busy(), table)
        tell("back on the page, everything asked again", [watch.since()])
        watch.begin()
        page.show_target(country="TR")
        there = lambda: page.lines._lines.choice.country == "TR"  # noqa: E731
        tell("the lines of one country", [watch.wait(there, table)])
        page.show_target(country=None)
        watch.wait(lambda: not window.tasks.busy(), table)
        kept = arrange(watch, page, table)
        watch.wait(lambda: not window.tasks.busy())
        scroll(watch, table)
        watch.begin()
        table.selectAll()
        done = watch.wait(lambda: page.lines._totals.text()[:1].isdigit())
        tell("select everything, until its totals", [done])
        table.clearSelection()
        watch.wait(lambda: not window.tasks.busy())
        print(f"memory after all of it, with the book in it twice, {peak():.0f} MB at its peak")
        compare(program.surveying.book().claims, kept)
        window.close()


def start(folder: Path) -> None:
    """The window opens on the page itself, while all that it does at its start is under way beside it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app import bootstrap
    from ui.state import LAST_PAGE, State
    from ui.window import Window

    with tempfile.TemporaryDirectory() as scrap, bootstrap.open_program(folder) as program:
        watch = Watch()
        state = State(Path(scrap) / "window.ini")
        state.put(LAST_PAGE, "exposures")
        window = Window(program, state)
        window.resize(1366, 768)
        window.show()
        page: Any = window.pages["exposures"]
        table = page.lines.table
        done = watch.wait(lambda: table.rows.rowCount() > 0, table)
        tell("the program starts on the page: window and lines", [done])
        tell("  until the matrix, the limits and the finding", [watch.wait(lambda: page.matrix._exposures is not None)])
        tell("  until everything else is at rest", [watch.wait(lambda: not window.tasks.busy())])
        print(f"memory with the page open {peak():.0f} MB at its peak", flush=True)
        window.close()


def arrange(watch: Watch, page: Any, table: Any) -> list[tuple[str, list[tuple[float, float]], Any]]:
    """Sort and filter as a person does; gives back what to compare with pandas."""
    idle: list[bool] = []
    table.rows.arranging.connect(lambda under_way: idle.append(not under_way))

    def arranged(work: Callable[[], Any]) -> tuple[float, float]:
        idle.clear()
        watch.begin()
        work()
        return watch.wait(lambda: bool(idle) and idle[-1], table)

    kept: list[tuple[str, list[tuple[float, float]], Any]] = []
    for keys in SORTS:
        wanted = [(key, key == "drawn") for key in keys]
        name = f"sort by {', '.join(keys)}"
        kept.append((f"{name}, the first time", [arranged(lambda wanted=wanted: table.rows.sort_by(wanted))], keys))
    again = [arranged(lambda: table.rows.sort_by([("counterparty", False)])) for _ in range(RUNS)]
    kept.append(("sort by counterparty again", again, None))
    table.rows.sort_by(())
    watch.wait(lambda: not page.context.tasks.busy())
    for needle in NEEDLES:
        typed = [arranged(lambda needle=needle: page.lines.filter.setText(needle))]
        kept.append((f"filter {needle}", typed, needle))
    arranged(lambda: page.lines.filter.setText(""))
    return kept


def compare(claims: pd.DataFrame, kept: list[tuple[str, list[tuple[float, float]], Any]]) -> None:
    """The sorts and filters beside those of bare pandas."""
    texts = claims["counterparty_name"]
    for name, times, what in kept:
        bare = None
        if isinstance(what, tuple):
            columns = [BARE.get(key, key) for key in what]
            bare = lambda columns=columns: claims.sort_values(columns)  # noqa: E731
        elif what is not None:
            bare = lambda what=what: texts.str.contains(what, case=False, regex=False)  # noqa: E731
        tell(name, times, bare)


def scroll(watch: Watch, table: Any) -> None:
    """Frames while the wheel turns, and while the bar is dragged."""
    watch.wait(lambda: table.rows.rowCount() == table.rows.total_rows)
    bar = table.verticalScrollBar()
    for word, step in (("by the wheel", 3), ("by dragging the bar", table.rows.rowCount() // FRAMES)):
        bar.setValue(0)
        frames = []
        for _ in range(FRAMES):
            watch.begin()
            bar.setValue(bar.value() + step)
            watch.application.processEvents()
            frames.append(watch.since())
        walls, spents = (np.sort([frame[place] for frame in frames]) * 1000 for place in (0, 1))
        late = int((walls > FRAME * 1000).sum())
        print(
            f"scroll {word}: median {np.median(walls):.1f} ms, 99 % within {walls[int(FRAMES * 0.99)]:.1f} ms "
            f"(processor {np.median(spents):.1f} and {spents[int(FRAMES * 0.99)]:.1f}); {late} of {FRAMES} frames late"
        )


def peak() -> float:
    """The most memory that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("lines", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--child", choices=("look", "start"), help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.child:
        {"look": look, "start": start}[given.child](given.workspace)
        return
    with tempfile.TemporaryDirectory() as scrap:
        folder = given.workspace or Path(scrap) / "workspace"
        store(folder, given.lines)
        print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)
        print(f"{'':52}{'wall s':>9}{'cpu s':>9}{'pandas s':>10}{'cpu s':>9}", flush=True)
        again = [sys.executable, "-m", "tests.benchmarks.lines", "--workspace", str(folder), "--child"]
        for child in ("start", "look"):
            subprocess.run([*again, child], check=True, cwd=REPOSITORY)


if __name__ == "__main__":
    main()
