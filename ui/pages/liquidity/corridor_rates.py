"""The tab "Rate corridor": rates with their target band, spreads, turns of months and quarters, the facility above."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

import numpy as np

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.liquidity.dated_events import Kind as EventKind
from app.liquidity.rates import IORB_BEGAN, SRF_RATE, Rates
from app.liquidity.tracks import Track
from app.spreadsheets.workbook import SheetContent
from app.wording import formats
from app.wording.origin import Origin, each_row
from app.wording.sentences import sentence
from app.wording.tracking import track_label, turn_label
from ui.charts import saving
from ui.charts.chart import Chart
from ui.charts.parts import Line, Moment, Pane
from ui.pages.liquidity.drawn import line_of, of_track
from ui.pages.liquidity.panel import AskingCard, Panel, flexible, notes
from ui.pages.page import Context
from ui.tables.column import Column, Kind
from ui.tables.origin import exported, sheet, tell, told
from ui.tables.view import TableView

_TURNS = 12


def _rates(as_of: datetime | None, program: Program, _job: Job) -> Rates:
    return program.tracking.rates(as_of)


def _band(low: Track, high: Track, first: np.datetime64, last: np.datetime64) -> list[Line]:
    """The target range: its two edges, and a soft ground between them."""
    dates = np.intersect1d(low.dates, high.dates)
    dates = dates[(dates >= first) & (dates <= last)]
    if not len(dates):
        return []
    edges = [track.take(np.isin(track.dates, dates)) for track in (low, high)]
    made = [line_of(edge, colour="text3", decimals=2, suffix=" %", step=True) for edge in edges]
    return [made[0], replace(made[1], fan=(edges[0].values, edges[1].values))]


class RatesCard(AskingCard):
    """Rates in percent above, spreads in basis points below, one cursor; the two IORB regimes are two lines."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "rates")
        self.chart = flexible(
            Chart(ranges=("1y", "5y", "all"), chosen="1y", ranges_apart=True, marked=(EventKind.QUARTER_END,))
        )
        self.corner.addWidget(self.chart.ranges)
        self.body.addWidget(self.chart, 1)

    def work(self) -> Callable[[Program, Job], Rates]:
        return partial(_rates, self.as_of)

    def words(self) -> None:
        self.ask(_("Is the corridor holding?"))
        self.chart.title = _("Rate corridor")
        self.chart.sample = self.context.sample
        self.chart.retranslate()

    def draw(self, shown: Rates) -> None:
        tracks = shown.tracks
        market = [tracks[id] for id in ("SOFR", "EFFR") if len(tracks[id])]
        if not market:
            self.show_nothing(_("No rates yet"), _("SOFR, EFFR and IORB belong here."))
            return
        self.show_content()
        self.say(sentence(shown.finding))
        last = max(track.dates[-1] for track in market)
        first = min(track.dates[0] for track in market)
        lines = [line_of(track, decimals=2, suffix=" %") for track in market]
        for id in ("IORB", "IOER", "RRPONTSYAWARD", SRF_RATE):
            if id not in tracks:
                continue
            known = tracks[id].take((tracks[id].dates <= last) & (tracks[id].dates >= first))
            if id == "IOER":  # it ended the day before: two lines, so that the break is seen
                known = known.take(known.dates < np.datetime64(IORB_BEGAN))
            if len(known):
                lines.append(line_of(known, decimals=2, suffix=" %", step=True))
        lines += _band(tracks["DFEDTARL"], tracks["DFEDTARU"], first, last)
        spreads = [
            line_of(tracks[id], name, colour, sign=True, suffix=" bp")
            for id, name, colour in (
                ("SOFR_IORB", _("SOFR less IORB"), "reserves"),
                ("EFFR_IORB", _("EFFR less IORB"), "treasuries_and_total_assets"),
            )
            if len(tracks[id])
        ]
        panes = [Pane(tuple(lines), unit="%", weight=3)]
        if spreads:
            panes.append(Pane(tuple(spreads), unit=_("bp"), from_zero=True, weight=2))
        if shown.srf is not None and len(shown.srf):
            panes.append(Pane((line_of(shown.srf, decimals=1),), unit=_("USD bn"), from_zero=True, weight=1))
        moments = [Moment(IORB_BEGAN, _("IORB for IOER"))] if first < np.datetime64(IORB_BEGAN) <= last else []
        self.chart.show_panes(*panes, moments=moments, note=_("% and bp; dotted lines: quarter-ends"))

    def sheets(self) -> list[SheetContent]:
        return [] if not self.chart.panes else [self.chart.sheet("rates", self.answer.text())]


class TurnsCard(AskingCard):
    """What money cost at the last month- and quarter-ends, the latest rates, and whether the facility was used."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "turns")
        number = partial(Column, kind=Kind.NUMBER)
        self.latest = TableView(
            (
                Column("rate", lambda: _("Rate"), stretch=1, priority=0, note="notes"),
                number("percent", lambda: "%", decimals=2, priority=0, note="notes"),
                number("spread", lambda: _("Over IORB\nbp"), sign=True, priority=0, note="notes"),
                Column("on", lambda: _("Date"), kind=Kind.DATE, priority=1),
                exported("source", lambda: _("Source")),
                exported("known", lambda: _("Known from")),
            ),
            title="latest",
            row="dense",
            whole=True,
            selectable=False,
            name="rates.latest",
        )
        self.turns = TableView(
            (
                Column("turn", lambda: _("Turn"), stretch=1, priority=0),
                number("spread", lambda: _("SOFR − IORB\nbp"), sign=True, priority=1),
                number("jump", lambda: _("Jump\nbp"), decimals=1, sign=True, priority=0, note="notes"),
            ),
            title="turns",
            row="dense",
            selectable=False,
            name="rates.turns",
        )
        self.body.addWidget(self.latest)
        self.body.addWidget(self.turns, 1)

    def work(self) -> Callable[[Program, Job], Rates]:
        return partial(_rates, self.as_of)

    def words(self) -> None:
        self.ask(_("What happens at the turn of month and quarter?"))
        self.latest.setAccessibleName(_("Latest rates"))
        self.turns.setAccessibleName(self.question.text())

    def draw(self, shown: Rates) -> None:
        if not shown.spreads and not shown.turns:
            self.show_nothing(_("No rates yet"), sentence(shown.turning))
            return
        self.show_content()
        self.say(sentence(shown.turning))
        self.latest.rows.load(
            {
                "rate": [track_label(row.id) for row in shown.spreads],
                "percent": [row.rate for row in shown.spreads],
                "spread": [row.spread for row in shown.spreads],
                "on": [row.on for row in shown.spreads],
                "notes": [_("source {source}").format(source=row.source) for row in shown.spreads],
                "source": [row.source for row in shown.spreads],
                "known": [_known(shown.tracks[row.id]) for row in shown.spreads],
            },
            keys=[row.id for row in shown.spreads],
        )
        tell(self.latest, Origin(each_row(), each_row(), each_row(), _("% and bp, as the headings say")))
        self.latest.restyle()
        last = list(reversed(shown.turns[-_TURNS:]))
        self.turns.rows.load(
            {
                "turn": [turn_label(turn.kind, turn.on) for turn in last],
                "spread": [turn.spread for turn in last],
                "jump": [turn.jump for turn in last],
                "notes": [
                    _("against {usual} bp on the five days before").format(
                        usual=formats.number(turn.usual, 1, sign=True)
                    )
                    for turn in last
                ],
            },
            keys=[turn.on.isoformat() for turn in last],
        )
        self.turns.restyle()
        tracks = shown.tracks
        sources = _("Sources: {sources}.").format(sources=_joined_sources(tracks))
        tell(self.turns, Origin(_joined_sources(tracks), each_row(), _known(tracks["SOFR"]) or "–", _("bp")))
        self.add_note(notes(formats.together([sentence(shown.facility), sources])))

    def sheets(self) -> list[SheetContent]:
        shown: Rates | None = self.shown
        if shown is None or not shown.turns:
            return []
        headers = [_("Date"), _("Turn"), _("SOFR less IORB, bp"), _("Five days before, bp"), _("Jump, bp")]
        rows = [[t.on, turn_label(t.kind, t.on), t.spread, t.usual, t.jump] for t in shown.turns]
        title, origin = self.question.text(), told(self.turns)
        facts = () if origin is None else origin.facts()
        turns = saving.sheet_of(headers, rows, "turns", title, answer=self.answer.text(), facts=facts)
        return [turns, sheet(self.latest, "latest", self.latest.accessibleName())]


def _joined_sources(tracks: Mapping[str, Track]) -> str:
    return _(", ").join(dict.fromkeys(t.source for t in (tracks["SOFR"], tracks["IORB"]) if t.source))


def _known(track: Track) -> str | None:
    """Since when the last value was known."""
    return of_track(track, "").known_from if len(track) else None


class RatesPanel(Panel):
    """Chart and turns side by side."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.rates, self.turns = RatesCard(context), TurnsCard(context)
        self.place(self.rates, 0, 0, 8)
        self.place(self.turns, 0, 8, 4)
