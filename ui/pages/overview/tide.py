"""The card "Is the tide going out?": three lines through the years and four tiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.liquidity.overview import Tide
from app.liquidity.overview import Tile as TileData
from app.liquidity.tracks import Track, scaled
from app.wording import formats
from app.wording.liquidity import tile_label, unit_label
from app.wording.sentences import sentence
from ui.charts.chart import Chart
from ui.charts.parts import Pane, Period
from ui.pages.liquidity.drawn import line_of, of_track
from ui.pages.page import Context
from ui.tables.origin import tell
from ui.widgets.card import Card
from ui.widgets.text import rule
from ui.widgets.tile import Tile

#: The colours of the chart's lines, in the order of `Tide.lines`, and of the tiles' small lines.
LINES = ("total_assets_line", "reserves", "on_rrp")
SPARKS = {"total_assets": "total_assets_line", "reserves": "reserves", "on_rrp": "on_rrp", "sofr_iorb": "single_series"}
#: How much of a figure's past its small line shows.
SPARK_YEARS = 2


@dataclass(frozen=True)
class Shown:
    """The card's data: the answer with its tiles, and the histories behind lines and tiles."""

    tide: Tide
    histories: Mapping[str, Track]


def fetch(program: Program, _job: Job) -> Shown:
    """The tide and every history it draws."""
    tide = program.watching.tide()
    wanted = dict.fromkeys((*tide.lines, *(tile.series for tile in tide.tiles)))
    return Shown(tide, program.tracking.tracks(wanted))


def billions(history: Track) -> Track:
    """A history in USD billions where it is an amount, else as it is."""
    return scaled(history, "USD billions", 0.001) if history.unit == "USD millions" else history


class TideCard(Card):
    """The Fed's balance sheet at a glance."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: Shown | None = None
        self._link: QPushButton = self.add_link()
        self._link.clicked.connect(partial(context.open, "liquidity"))
        self.chart = Chart(ranges=("5y", "10y", "all"), chosen="10y", ranges_apart=True)
        self.chart.ranges.hide()
        self.chart.sample = context.sample
        self.chart.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.chart.setMinimumHeight(200)
        self.tiles = [Tile(meaning) for meaning in SPARKS.values()]
        beside = QVBoxLayout()
        beside.setSpacing(0)
        for place, tile in enumerate(self.tiles):
            if place:
                beside.addWidget(rule(strong=True))
                beside.addSpacing(6)
            beside.addWidget(tile)
            if place < len(self.tiles) - 1:
                beside.addStretch(1)
        beside.addStretch(0)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.chart, 58)
        row.addLayout(beside, 42)
        self.body.addLayout(row, 1)

    def ask_again(self) -> None:
        """Fetch the tide."""
        work = partial(fetch, self._context.program)
        self._context.tasks.run(self, work, self.show_tide, self._failed, about="tide")

    def show_tide(self, shown: Shown) -> None:
        """Show the tide."""
        self._shown = shown
        self.clear_error()
        self._render()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Is the tide going out?"))
        self._link.setText(_("Open Fed liquidity"))
        self.chart.title = self.question.text()
        self.chart.retranslate()
        self._render()

    def _render(self) -> None:
        if self._shown is None:
            return
        tide, histories = self._shown.tide, self._shown.histories
        if all(tile.value is None for tile in tide.tiles):
            run = self._context.commands.run
            self.show_empty(
                "liquidity",
                _("No Federal Reserve data yet"),
                _("Fetch what was released, or take in files that someone downloaded."),
                (_("Refresh"), partial(run, "data.refresh")),
                (_("Take in files…"), partial(run, "data.take_in")),
            )
            return
        self.show_content()
        self.say(sentence(tide.finding))
        names = (_("Assets"), _("Reserves"), _("ON RRP"))
        self.chart.show_panes(
            Pane(
                tuple(
                    line_of(billions(histories[id]), name, colour)
                    for name, id, colour in zip(names, tide.lines, LINES, strict=True)
                    if len(histories[id].dates)
                ),
                unit=_("USD bn"),
                from_zero=True,
            ),
            # a run-off that began after the last figure has nothing to stand beneath
            periods=[
                Period(first, last, _("Run-off"))
                for first, last in tide.runoffs
                if any(len(each.dates) and np.datetime64(first) <= each.dates[-1] for each in histories.values())
            ],
            note=_("USD bn"),
        )
        for tile, data in zip(self.tiles, tide.tiles, strict=True):
            self._fill(tile, data, histories[data.series])

    def _fill(self, tile: Tile, data: TileData, history: Track) -> None:
        figure = None if data.value is None else formats.number(data.value, 0 if data.unit == "bp" else 1)
        note = sentence(data.note) if data.note is not None else ""
        since = history.dates[-1] - np.timedelta64(365 * SPARK_YEARS, "D") if len(history.dates) else None
        course = history.values if since is None else history.values[history.dates >= since]
        tile.fill(tile_label(data.id, data.series), figure, unit_label(data.unit), note, course)
        if len(history):
            tell(tile, of_track(history, unit_label(data.unit)))
        tile.freshness.show_date(formats.short_day(data.date) if data.date else "", _("late") if data.stale else "")

    def _failed(self, error: Exception) -> None:
        self.show_error(error, (_("Try again"), self.ask_again))
