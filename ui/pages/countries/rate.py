"""The card "How fast is the currency falling?": the rate, and its change with the rules' marks."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy

from alerts.alert import Alert
from alerts.rule import Rule, Severity
from app.countries import indicators
from app.countries.indicators import LONG, SHORT, YEAR, Curve
from app.i18n import gettext as _
from app.i18n import pgettext
from app.liquidity.tracks import Track
from app.services.first_prints import aligned, printed
from app.services.profiles import Country
from app.storage.hand import Note
from app.wording import alerts as alert_words
from app.wording import formats
from app.wording.sentences import sentence
from ui.charts.chart import Chart
from ui.charts.parts import Band, Line, Moment, Pane
from ui.state import Setting, State
from ui.widgets.card import Card
from ui.widgets.choice import Segments

OVER = {"5": SHORT, "20": LONG, "250": YEAR}
TERMS = ("value", "dollar")
#: Letters of a note that are drawn at its mark.
_LABEL = 28
_OVER = Setting("countries/over", "5", tuple(OVER))
_TERMS = Setting("countries/terms", "value", TERMS)


class RateCard(Card):
    """The exchange rate, down is weaker, and over 5, 20 or 250 observations in value or as a rise of the dollar."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._shown: Country | None = None
        self._tracks: Mapping[str, Track] = {}
        self._notes: tuple[Note, ...] = ()
        self._state = state
        self.over = Segments(tuple(OVER), state.get(_OVER))
        self.terms = Segments(TERMS, state.get(_TERMS))
        self.chart = Chart(ranges=("4m", "1y", "5y"), chosen="4m", ranges_apart=True)
        self.chart.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        for part in (self.over, self.terms, self.chart.ranges):
            self.corner.addWidget(part)
        self.body.addWidget(self.chart, 1)
        self.over.chosen.connect(self._choose)
        self.terms.chosen.connect(self._choose)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("How fast is the currency falling?"))
        self.over.fill([_("5 obs."), _("20 obs."), _("250 obs.")])
        self.terms.fill([pgettext("currency", "Value"), _("Dollar")])
        self.chart.title = self.question.text()
        self.chart.retranslate()
        if self._shown is not None:
            self._render(self._shown)

    def show_rate(self, shown: Country, tracks: Mapping[str, Track], notes: Sequence[Note] = ()) -> None:
        """Show a country's currency; `tracks` carry its first prints, `notes` are marks on their days."""
        self._shown, self._tracks, self._notes = shown, tracks, tuple(notes)
        self._render(shown)

    def _render(self, shown: Country) -> None:
        of = shown.rate.course
        if not len(of):
            self.show_empty("liquidity", _("No exchange rate"), sentence(shown.fx))
            return
        self.show_content()
        self.say(sentence(shown.fx))
        count, dollar = OVER[self.over.current], self.terms.current == "dollar"
        rate = Curve(of, (shown.rate.series,))
        change = indicators.dollar_rise if dollar else indicators.value_change
        moved = change(rate, count)
        track = self._tracks.get(shown.rate.series)
        first = None if track is None else printed(of, track)
        moved_first = None if first is None else change(Curve(first, rate.series), count).points
        mark = _mark(shown.alerts, count)
        name = _("USD/{currency}, official, down is weaker").format(currency=shown.rate.series.removeprefix("FX_"))
        what = (
            _("Dollar rise over {count} observations") if dollar else _("Change in value over {count} observations")
        ).format(count=count)
        decimals = 2 if abs(float(of.values[-1])) < 1000 else 1
        source = shown.rate.source
        panes = [
            Pane(
                (
                    Line(
                        name,
                        of.dates,
                        of.values,
                        decimals=decimals,
                        end=mark,
                        source=source,
                        known_from=of.known_from,
                        first=None if first is None else first.values,
                    ),
                ),
                unit=shown.rate.unit,
                inverted=True,
                weight=3,
            )
        ]
        if len(moved.points):
            bands = _bands(shown.fx_rules, count, dollar=dollar)
            if bands:  # where the plot is low their own labels have no room
                marks = _(", ").join(band.label for band in bands)
                what = _("{what}: {marks}").format(what=what, marks=marks)
            line = Line(
                what,
                moved.points.dates,
                moved.points.values,
                decimals=1,
                sign=True,
                suffix=" %",
                end=mark,
                source=source,
                known_from=moved.points.known_from,
                first=aligned(moved.points, moved_first),
            )
            panes.append(Pane((line,), unit="%", bands=bands, weight=2))
        moments = [Moment(note.day, _short(note.text)) for note in self._notes]
        self.chart.show_panes(*panes, moments=moments, note=_terms_note(shown))

    @Slot(str)
    def _choose(self, _choice: str) -> None:
        self._state.put(_OVER, self.over.current)
        self._state.put(_TERMS, self.terms.current)
        if self._shown is not None:
            self._render(self._shown)


def _short(text: str) -> str:
    """A note as a mark's label; the whole of it stands in `notes list`."""
    return text if len(text) <= _LABEL else text[: _LABEL - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _terms_note(shown: Country) -> str:
    moves = shown.moves
    if moves is None or moves.value[LONG] is None or moves.rise[LONG] is None:
        return _("Local units for one dollar")
    if moves.crash:
        return _("20 observations: value {value}, dollar {rise}; the crash rule holds").format(
            value=formats.percent(moves.value[LONG], 1, sign=True), rise=formats.percent(moves.rise[LONG], 1, sign=True)
        )
    return _("20 observations: value {value}, dollar {rise}; no crash by the 25 % rule").format(
        value=formats.percent(moves.value[LONG], 1, sign=True), rise=formats.percent(moves.rise[LONG], 1, sign=True)
    )


def _mark(alerts: tuple[Alert, ...], over: int) -> str:
    """The gravest severity that fires about the currency over so many observations."""
    found = {
        one.severity.value
        for one in alerts
        if one.rule.family == "fx" and one.severity is not None and one.rule.condition.lookback == over
    }
    return "critical" if "critical" in found else "warning" if found else ""


def _bands(rules: tuple[Rule, ...], over: int, *, dollar: bool) -> tuple[Band, ...]:
    """The marks of the rules that watch this change."""
    measure = "dollar_rise" if dollar else "value"
    for one in rules:
        condition = one.condition
        if condition.lookback != over or getattr(condition, "measure", "") != measure:
            continue
        found = []
        for severity, band in one.bands:
            tone = "critical" if severity is Severity.CRITICAL else "warning"
            text = _("{severity} {mark}").format(
                severity=alert_words.severity(severity), mark=alert_words.amount(band.threshold, one.unit)
            )
            milder = one.critical if severity is Severity.WARNING else None
            end = None if milder is None else milder.threshold
            low, high = (band.threshold, end) if band.comparison.upward else (end, band.threshold)
            found.append(Band(low, high, tone, text, band.threshold))
        return tuple(found)
    return ()
