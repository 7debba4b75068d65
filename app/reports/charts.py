"""Charts of a report as SVG, in the colours of the visual system; the words in them stay words (searchable).

matplotlib is imported when the first chart is drawn, never at start-up: it takes over a second.
"""

import io
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.reports.palette import AXIS, CAPTION, GRID, INK, LINES, PAST, SECONDARY, STATES
from app.wording.formats import percent
from app.wording.report.document import Bar, BarChart, Chart, LineChart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Inches on an A4 page, upright and on its side; the height of a line chart, of a bar and of what frames the bars.
_WIDTH, _WIDE_WIDTH, _LINE_HEIGHT, _BAR_HEIGHT, _FRAME_HEIGHT = 7.0, 10.2, 2.35, 0.27, 0.62
_SIZE = 8.0
#: Bars end here, in percent; a limit that is broken further has its figure beside it.
_FURTHEST = 125.0


def draw(chart: Chart, font_files: Sequence[Path], families: Sequence[str], *, wide: bool = False) -> str:
    """The chart as an SVG of `families`; `font_files` are theirs, to measure by."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    measured = [_known_font(str(file)) for file in font_files]
    style: Any = {  # matplotlib types its keys one by one
        "font.family": measured,
        "font.size": _SIZE,
        "svg.fonttype": "none",
        "svg.hashsalt": "tidewatch",
        "axes.unicode_minus": True,
        "text.parse_math": False,  # "$" is a dollar
    }
    width = _WIDE_WIDTH if wide else _WIDTH
    with mpl.rc_context(style):
        height = _LINE_HEIGHT if isinstance(chart, LineChart) else _FRAME_HEIGHT + _BAR_HEIGHT * len(chart.bars)
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
        _frame(axes)
        if isinstance(chart, LineChart):
            _lines(axes, chart)
        else:
            _bars(axes, chart)
        _legend(figure, axes)
        out = io.StringIO()
        figure.set_canvas(FigureCanvasSVG(figure))
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": "Tidewatch"})
    drawn = out.getvalue()
    for name, family in zip(measured, families, strict=True):
        # A collection of fonts is known to matplotlib by its first face, to the engine by each.
        drawn = drawn.replace(f"'{name}'", f"'{family}'")
    return drawn


def _known_font(file: str) -> str:
    from matplotlib import font_manager

    found = next((font.name for font in font_manager.fontManager.ttflist if font.fname == file), None)
    if found is None:
        font_manager.fontManager.addfont(file)
        found = font_manager.fontManager.ttflist[-1].name
    return found


def _frame(axes: "Axes") -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(AXIS)
    axes.tick_params(colors=CAPTION, length=0, labelsize=_SIZE)
    axes.set_axisbelow(True)


def _lines(axes: "Axes", chart: LineChart) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.grid(axis="y", color=GRID, linewidth=0.8)
    for number, period in enumerate(chart.periods):
        span: Any = np.array(period, "datetime64[D]")  # it takes dates, its types do not say so
        axes.axvspan(*span, color=PAST, zorder=0, linewidth=0, label=chart.period if not number else None)
    for line in chart.lines:
        axes.plot(line.dates, line.values, color=LINES[line.role], linewidth=1.3, label=line.name)
    low, high = axes.get_ylim()
    for band in chart.bands:
        low, high = min(low, band.edge), max(high, band.edge)
    room = (high - low) * 0.06
    low, high = (low if low == 0 else low - room), high + room
    for band in chart.bands:
        _words, edge, soft = STATES[band.severity]
        end = high if band.upward else low
        axes.axhspan(min(band.edge, end), max(band.edge, end), color=soft, zorder=0, linewidth=0)
        axes.axhline(band.edge, color=edge, linewidth=0.9, linestyle=(0, (4, 2)), label=band.name)
    axes.set_ylim(low, high)
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(FuncFormatter(_tick))
    _months(axes, chart)
    axes.set_title(chart.unit, loc="left", fontsize=_SIZE, color=CAPTION, pad=4)


def _months(axes: "Axes", chart: LineChart) -> None:
    """Dates as 2026 or 2026-05, which both languages read."""
    from matplotlib.dates import AutoDateLocator, DateFormatter

    first = min(line.dates[0] for line in chart.lines)
    last = max(line.dates[-1] for line in chart.lines)
    span: timedelta = (last - first).item()
    axes.set_xlim(first, last)
    locator: Any = AutoDateLocator  # without types
    formatter: Any = DateFormatter
    axes.xaxis.set_major_locator(locator(minticks=4, maxticks=9))
    form = "%Y" if span > timedelta(days=1500) else "%Y-%m" if span > timedelta(days=150) else "%Y-%m-%d"
    axes.xaxis.set_major_formatter(formatter(form))


def _bars(axes: "Axes", chart: BarChart) -> None:
    from matplotlib.ticker import FixedLocator

    places = np.arange(len(chart.bars))
    for place, bar in zip(places, chart.bars, strict=True):
        _bar(axes, float(place), bar)
    # Two bars nobody sees, for the legend.
    axes.barh([0], [0], color=CAPTION, label=chart.used)
    axes.barh([0], [0], color=CAPTION, alpha=0.4, label=chart.pending)
    for share, severity, name in chart.marks:
        axes.axvline(share, color=STATES[severity][1], linewidth=0.9, linestyle=(0, (4, 2)), label=name)
    axes.set_yticks(places, [bar.name for bar in chart.bars], color=INK)
    axes.set_xlim(0, _FURTHEST + 10)
    axes.set_ylim(len(chart.bars) - 0.4, -0.6)
    axes.xaxis.set_major_locator(FixedLocator([0, 20, 40, 60, 80, 100, 120]))
    axes.xaxis.set_major_formatter(lambda value, _place: percent(float(value), 0))


def _bar(axes: "Axes", place: float, bar: Bar) -> None:
    colour = STATES[bar.state][1]
    used = min(bar.share, _FURTHEST)
    axes.barh(place, used, height=0.55, color=colour)
    axes.barh(place, min(bar.pending, _FURTHEST - used), left=used, height=0.55, color=colour, alpha=0.4)
    end = min(bar.share + bar.pending, _FURTHEST)
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
    axes.text(end + 1.5, place, bar.text, va="center", color=SECONDARY, fontsize=_SIZE, bbox=ground)


def _legend(figure: "Figure", axes: "Axes") -> None:
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles,
        labels,
        loc="outside lower left",
        ncols=max(1, min(5, len(labels))),
        frameon=False,
        fontsize=_SIZE,
        labelcolor=SECONDARY,
        handlelength=1.6,
    )


def _tick(value: float, _place: float) -> str:
    whole = abs(value - round(value)) < 1e-9
    return f"{value:,.0f}".replace("-", "\u2212") if whole else f"{value:,.1f}".replace("-", "\u2212")
