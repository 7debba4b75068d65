"""The cards "What is it made of?" and "Is the corridor holding?"."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.liquidity.overview import Composition, Corridor, Dates, Layer, Values
from app.liquidity.statement import Side
from app.liquidity.tracks import Track, scaled
from app.services.first_prints import on_dates
from app.wording import formats
from app.wording.liquidity import layer_label
from app.wording.sentences import sentence
from ui.charts.chart import Chart
from ui.charts.parts import Line, Moment, Pane
from ui.pages.liquidity.drawn import known_on
from ui.pages.liquidity.panel import flexible
from ui.pages.page import Context
from ui.widgets.card import Card
from ui.widgets.choice import Segments

#: The colour of each layer, the same on every page.
COLOURS = {
    "treasuries": "treasuries_and_total_assets",
    "mbs": "agency_mbs",
    "reserves": "reserves",
    "on_rrp": "on_rrp",
    "tga": "treasury_account",
    "notes": "notes_and_other",
    "rest": "remainder",
}


#: The spreads of the corridor's card, by their id there.
_SPREADS = {"sofr": "SOFR_IORB", "effr": "EFFR_IORB", "lower": "BOTTOM_IORB", "upper": "TOP_IORB"}


def _composition(
    program: Program, side: Side, as_of: datetime | None, _job: Job
) -> tuple[Composition, dict[str, Track]]:
    shown = program.watching.composition(side, as_of)
    return shown, program.tracking.tracks(["WALCL", *(id for layer in shown.layers for id in layer.series)], as_of)


def _corridor(program: Program, as_of: datetime | None, _job: Job) -> tuple[Corridor, dict[str, Track]]:
    return program.watching.corridor(as_of), program.tracking.tracks(_SPREADS.values(), as_of)


class CompositionCard(Card):
    """One side through the years, line upon line; with `fixed` it is always that side."""

    def __init__(self, context: Context, fixed: Side | None = None) -> None:
        super().__init__()
        self._fixed = fixed
        self._context = context
        self._shown: Composition | None = None
        self._tracks: dict[str, Track] = {}
        self._days: tuple[date, ...] = ()
        self.as_of: datetime | None = None
        self.side = Segments([Side.ASSETS.value, Side.LIABILITIES.value], fixed or Side.LIABILITIES.value)
        self.side.chosen.connect(self._choose)
        self.side.setVisible(fixed is None)
        self.corner.addWidget(self.side)
        self.large = self.add_link()
        self.large.clicked.connect(partial(context.open, "liquidity", tab="composition"))
        self.large.hide()
        self.chart = flexible(Chart(ranges=("5y", "10y", "all"), chosen="all", ranges_apart=True))
        self.corner.addWidget(self.chart.ranges)
        self.body.addWidget(self.chart, 1)

    def brief(self, on: bool) -> None:
        """Only the answer, and the way to the chart."""
        _brief(self, self.chart, self.large, on)
        self.side.setVisible(self._fixed is None and not on)

    def ask_again(self) -> None:
        """Fetch the side that is chosen."""
        work = partial(_composition, self._context.program, Side(self.side.current), self.as_of)
        self._context.tasks.run(self, work, self.show_composition, self._failed, about=f"composition {self._fixed}")

    def show_composition(self, shown: tuple[Composition, dict[str, Track]]) -> None:
        """Show a side, and where its figures come from."""
        self._shown, self._tracks = shown
        self.clear_error()
        self._render()

    def mark_days(self, days: Sequence[date]) -> None:
        """The two dates of the table above, as dotted lines."""
        self._days = tuple(days)
        self._render()

    def retranslate(self) -> None:
        """Set every text anew."""
        questions = {Side.ASSETS: _("What does the Fed hold?"), Side.LIABILITIES: _("What does the Fed owe?")}
        self.ask(questions[self._fixed] if self._fixed else _("What is it made of?"))
        self.side.fill([_("Assets"), _("Liabilities")])
        self.large.setText(_("Open composition"))
        self.chart.title = self.question.text()
        self.chart.retranslate()
        self._render()

    def _render(self) -> None:
        shown = self._shown
        if shown is None:
            return
        if not len(shown.dates):
            self.show_empty("liquidity", _("No history yet"), _("The weekly figures of the H.4.1 belong here."))
            return
        self.show_content()
        self.say(sentence(shown.finding))
        lines = tuple(self._line(shown, layer) for layer in shown.layers)
        whole = self._tracks["WALCL"]
        total = Line(
            _("Total"),
            shown.dates,
            shown.total,
            "single_series",
            source=whole.source,
            known_from=known_on(shown.dates, whole),
            first=_billions_first(whole, shown.dates),
        )
        half = len(self._days) > 1 and self._days[-1]
        self.chart.show_panes(
            Pane(lines, unit=_("USD bn"), stacked=True, total=total),
            moments=[Moment(day, formats.day(day), left=day == half) for day in self._days],
            note=_("USD bn, weekly"),
        )

    def _line(self, shown: Composition, layer: Layer) -> Line:
        """A layer; the rest is what the others leave of the total."""
        tracks = [self._tracks[id] for id in layer.series] or list(self._tracks.values())
        first = _billions_first(tracks[0], shown.dates) if layer.series else self._first_rest(shown)
        return Line(
            layer_label(layer.id),
            shown.dates,
            layer.values,
            COLOURS[layer.id],
            source=tracks[0].source if layer.series else _("total less the lines shown"),
            known_from=known_on(shown.dates, *tracks),
            first=first,
        )

    def _first_rest(self, shown: Composition) -> np.ndarray | None:
        """What the layers left of the total when each first came out; None where nothing was revised."""
        total = _billions_first(self._tracks["WALCL"], shown.dates)
        parts = {layer.id: layer for layer in shown.layers if layer.series}
        firsts = {id: _billions_first(self._tracks[part.series[0]], shown.dates) for id, part in parts.items()}
        if total is None and all(first is None for first in firsts.values()):
            return None
        rest: np.ndarray = shown.total if total is None else total
        for id, part in parts.items():
            first = firsts[id]
            rest = rest - (part.values if first is None else first)
        return rest

    @Slot(str)
    def _choose(self, _side: str) -> None:
        self.ask_again()

    def _failed(self, error: Exception) -> None:
        self.show_error(error, (_("Try again"), self.ask_again))


def _brief(card: Card, chart: Chart, large: QPushButton, on: bool) -> None:
    chart.setVisible(not on)
    chart.ranges.setVisible(not on)
    large.setVisible(on)
    card.updateGeometry()


def _billions_first(track: Track, dates: np.ndarray) -> np.ndarray | None:
    """A track's first prints on these dates in USD billions; None where it was never revised."""
    return on_dates(scaled(track, "USD billions", 0.001) if track.unit == "USD millions" else track, dates)


class CorridorCard(Card):
    """Money-market rates against IORB, in basis points."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: Corridor | None = None
        self.as_of: datetime | None = None
        self._tracks: dict[str, Track] = {}
        self.large = self.add_link()
        self.large.clicked.connect(partial(context.open, "liquidity", tab="rates"))
        self.large.hide()
        self.chart = flexible(Chart(ranges=("1y", "5y", "all"), chosen="1y", ranges_apart=True))
        self.corner.addWidget(self.chart.ranges)
        self.body.addWidget(self.chart, 1)

    def brief(self, on: bool) -> None:
        """Only the answer, and the way to the chart."""
        _brief(self, self.chart, self.large, on)

    def ask_again(self) -> None:
        """Fetch the corridor."""
        work = partial(_corridor, self._context.program, self.as_of)
        self._context.tasks.run(self, work, self.show_corridor, self._failed, about="corridor")

    def show_corridor(self, shown: tuple[Corridor, dict[str, Track]]) -> None:
        """Show the corridor, and where its figures come from."""
        self._shown, self._tracks = shown
        self.clear_error()
        self._render()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Is the corridor holding?"))
        self.large.setText(_("Open rate corridor"))
        self.chart.title = self.question.text()
        self.chart.retranslate()
        self._render()

    def _render(self) -> None:
        shown = self._shown
        if shown is None:
            return
        if not any(len(spread.dates) for spread in shown.spreads):
            self.show_empty("liquidity", _("No rates yet"), _("SOFR, EFFR and IORB belong here."))
            return
        self.show_content()
        self.say(sentence(shown.finding))
        note = _("bp against IORB; dotted lines: quarter-ends")
        if shown.iorb is not None:
            note = _("bp against IORB ({rate}); dotted lines: quarter-ends").format(rate=formats.percent(shown.iorb, 2))
        colours = ("reserves", "treasuries_and_total_assets", "treasury_account")
        lines = [
            self._line(spread.id.upper(), spread.id, spread.dates, spread.values, colour, step=False)
            for spread, colour in zip(shown.spreads, colours, strict=False)
        ]
        # The range is announced ahead; the chart ends where the rates do.
        last = max(spread.dates[-1] for spread in shown.spreads if len(spread.dates))
        for name, id, edge in ((_("Range low"), "lower", shown.lower), (_("Range high"), "upper", shown.upper)):
            known = edge.dates <= last
            if known.any():
                lines.append(self._line(name, id, edge.dates[known], edge.values[known], "text3", step=True))
        first = min(spread.dates[0] for spread in shown.spreads if len(spread.dates))
        self.chart.show_panes(
            Pane(tuple(lines), unit=_("bp")),
            moments=[Moment(day) for day in shown.quarter_ends if first <= np.datetime64(day) <= last],
            note=note,
        )

    def _line(self, name: str, id: str, dates: Dates, values: Values, colour: str, *, step: bool) -> Line:
        track = self._tracks[_SPREADS[id]]
        known = known_on(dates, track)
        return Line(name, dates, values, colour, sign=True, step=step, source=track.source, known_from=known)

    def _failed(self, error: Exception) -> None:
        self.show_error(error, (_("Try again"), self.ask_again))
