"""How far the charts are from bare pyqtgraph, in the same run: drawing, moving, zooming, the cross-hair.

Run by `run.py`, or alone: `.venv/bin/python tests/benchmarks/charts.py`.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

RUNS = 3
#: Steps of a pan or a zoom; each is drawn.
STEPS = 12
SIZE = (1100, 560)


def _application() -> object:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    return QApplication.instance() or QApplication([])


def _drawn(widget: object) -> None:
    """Everything that waits is done and the widget is painted, whole."""
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    widget.grab()  # type: ignore[attr-defined]


def _timed(work: Callable[[], object]) -> float:
    spans = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        spans.append(time.perf_counter() - began)
    return statistics.median(spans)


def _walks(count: int, points: int, seed: int = 7) -> tuple[np.ndarray, list[np.ndarray]]:
    dates = np.datetime64("2001-01-01") + np.arange(points)
    random = np.random.default_rng(seed)
    return dates, [1000 + np.cumsum(random.normal(0, 1, points)) for _ in range(count)]


def _ours(dates: np.ndarray, values: list[np.ndarray]) -> object:
    from ui.charts.chart import Chart
    from ui.charts.parts import Line, Pane

    colours = ("reserves", "on_rrp", "treasury_account", "agency_mbs", "notes_and_other", "single_series")
    chart = Chart("benchmark", ranges=("1y", "all"))
    chart.resize(*SIZE)
    chart.show()
    lines = tuple(Line(str(n), dates, one, colours[n % len(colours)]) for n, one in enumerate(values))
    chart.show_panes(Pane(lines, unit="x"))
    return chart


def _bare(dates: np.ndarray, values: list[np.ndarray]) -> object:
    """The library as its own examples use it for many points: clipped, peaks kept, antialiased like ours."""
    import pyqtgraph as pg

    plot = pg.PlotWidget()
    plot.resize(*SIZE)
    plot.show()
    item = plot.getPlotItem()
    item.setDownsampling(auto=True, mode="peak")
    item.setClipToView(True)
    places = dates.astype("datetime64[D]").astype(float)
    for n, one in enumerate(values):
        item.plot(places, one, pen=pg.mkPen(n), antialias=len(one) < 50_000)
    return plot


def _view(widget: object) -> object:
    plots = getattr(widget, "_plots", None)
    return (plots[0] if plots else widget).getPlotItem().getViewBox()  # type: ignore[attr-defined,index]


def _move(widget: object, places: np.ndarray, *, zoom: bool) -> None:
    view, first, last = _view(widget), float(places[0]), float(places[-1])
    for step in range(STEPS):
        width = (last - first) * (0.8**step if zoom else 0.2)
        start = first + (0 if zoom else (last - first - width) * step / STEPS)
        view.setXRange(start, start + width, padding=0)  # type: ignore[attr-defined]
        _drawn(widget)


def compare() -> list[tuple[str, float, float]]:
    """(what, ours, bare) in seconds: a draw, a pan of STEPS, a zoom of STEPS, for each size."""
    _application()
    rows = []
    for name, count, points in (
        ("8 series × 25 years daily", 8, 9_131),
        ("1 series of 1,000,000 points", 1, 1_000_000),
    ):
        dates, values = _walks(count, points)
        places = dates.astype("datetime64[D]").astype(float)
        made: dict[str, object] = {}

        def draw(kind: str, build: Callable[..., object], dates=dates, values=values, made=made) -> None:
            if (old := made.get(kind)) is not None:
                old.hide()  # type: ignore[attr-defined]
                old.deleteLater()  # type: ignore[attr-defined]
            made[kind] = build(dates, values)
            _drawn(made[kind])

        ours, bare = (_timed(lambda k=k, b=b: draw(k, b)) for k, b in (("ours", _ours), ("bare", _bare)))
        rows.append((f"chart, {name}: draw", ours, bare))
        for word, zoom in (("pan", False), ("zoom", True)):
            spans = [_timed(lambda w=made[k], z=zoom, p=places: _move(w, p, zoom=z)) for k in ("ours", "bare")]
            rows.append((f"chart, {name}: {word}, {STEPS} steps", spans[0], spans[1]))
        for widget in made.values():
            widget.hide()  # type: ignore[attr-defined]
            widget.deleteLater()  # type: ignore[attr-defined]
    return rows


def main() -> int:
    """Print the table."""
    for name, ours, bare in compare():
        print(f"{name:56}{ours:10.3f}{bare:10.3f}{ours / bare:8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
