"""The card on the right: what the rule would have said, live while its line moves."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider

from alerts.backtest import finding
from alerts.finding import Finding
from alerts.monitor import condition_values
from alerts.rule import Rule
from app.i18n import gettext as _
from app.i18n import pgettext
from app.services.ruling import Past, Tested, Tried
from app.wording import alerts as words
from app.wording import answers, formats, terms
from app.wording import rules as wording
from app.wording.origin import Origin, each_row
from app.wording.sentences import sentence
from ui.charts.chart import Chart
from ui.charts.parts import Band, Line, Moment, Pane
from ui.pages.rules.seen import Detail, all_episodes, loudest
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.text import label

_STEPS = 200
#: So many episodes are marked in the chart and listed.
_NEWEST = 60


class PastCard(Card):
    """What would it have said? `moved(threshold)` while the slider moves."""

    moved = Signal(float)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._tried: Tried | None = None
        self._past: Past | None = None
        self._range = (0.0, 1.0)
        self._judged: dict[str, int] = {}
        self._sources: Mapping[str, str] = {}
        self.chart = Chart(ranges=("1y", "5y", "all"), chosen="all", unrevised="as_known")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.valueChanged.connect(self._slid)
        self._line_word, self._line = label("label"), label("small")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._line_word)
        row.addWidget(self.slider, 1)
        row.addWidget(self._line)
        self.table = TableView(
            (
                Column("when", lambda: _("Fired"), Kind.DATE, priority=0, note="why"),
                Column("where", lambda: _("Where"), stretch=1, width=60, priority=2, note="why"),
                Column("value", lambda: _("Value"), priority=0),
                Column("worst", lambda: _("At worst"), strong=True, priority=1),
                Column("days", lambda: _("Days"), Kind.NUMBER, priority=1),
            ),
            title="", row="dense", selectable=False, name="rules.episodes", state=state,
        )  # fmt: skip
        self.table.setMinimumHeight(110)
        self._known = label("caption")
        self._known.setWordWrap(True)
        self._known.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.body.addWidget(self.chart, 3)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 2)
        self.body.addWidget(self._known)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What would it have said?"))
        self._line_word.setText(pgettext("threshold", "Line"))
        self.slider.setAccessibleName(_("The line of the milder severity"))
        self.table.setAccessibleName(_("Episodes, newest first"))
        self.chart.retranslate()
        if self._tried is not None:
            self.show_tried(self._tried)

    def show_nothing(self) -> None:
        """No rule is chosen."""
        self._tried = None
        self.show_empty("alerts", _("No rule is chosen"), _("Choose one on the left."))

    def show_detail(self, detail: Detail) -> None:
        """Show a rule's past, and put the slider where its line stands."""
        self._past = loudest(detail.tried)
        if self._past is not None:
            values = condition_values(self._past.readings, detail.rule)
            known = values[~np.isnan(values)]
            line = detail.rule.bands[0][1].threshold
            ends = (float(known.min()), float(known.max())) if len(known) else (line, line)
            self._range = (min(ends[0], line), max(ends[1], line, min(ends[0], line) + 1e-6))
            self._place(line)
        self._sources = detail.sources
        self._judged = {one.value: count for one, count in detail.outcomes.items() if count}
        self.show_tried(detail.tried)

    def show_tried(self, tried: Tried) -> None:
        """Show what a rule would have said; of several sets of labels the chart shows the one with most alerts."""
        self._tried = tried
        past = loudest(tried)
        if past is None:
            lack = tried.lack or Finding("backtest.no_values")
            self.say("")
            self.show_empty("liquidity", _("Nothing to test on"), sentence(lack))
            return
        self.show_content()
        self._past = past
        self.say(sentence(finding(past.test)))
        rule = tried.rule
        band = rule.bands[0][1]
        self._line.setText(words.amount(band.threshold, rule.unit, decimals=2))
        scale = 1000.0 if rule.unit == "USD millions" else 1.0
        values = condition_values(past.readings, rule) / scale
        name = words.title(rule, past.test.labels)
        source = self._sources.get(past.test.labels.get("country", ""), "")
        known = past.readings.known_from
        line = Line(name, past.readings.dates, values, decimals=1, source=source, known_from=known)
        self.chart.title = name
        fired = [Moment(one.fired, "") for one in past.test.episodes[-_NEWEST:]]
        unit = "USD bn" if scale > 1 else rule.unit
        self.chart.show_panes(Pane((line,), unit=unit, bands=_bands(rule, scale)), moments=fired, note="")
        rows = all_episodes(tried)[:_NEWEST]
        found = [test.episodes[place] for test, place in rows]
        sign = bool(rule.condition.change_over)
        self.table.rows.load(
            {
                "when": [one.fired for one in found],
                "where": [terms.country(one.labels["country"]) if "country" in one.labels else "" for one in found],
                "value": [words.amount(one.value, rule.unit, sign=sign) for one in found],
                "worst": [words.amount(one.worst, rule.unit, sign=sign) for one in found],
                "days": [float(one.days) for one in found],
                "why": [wording.episode(one, rule) for one in found],
            }
        )
        every = " + ".join(dict.fromkeys(text for text in self._sources.values() if text))
        tell(self.table, Origin(every, each_row(), _("each value as it was known then"), each_row()))
        said = [
            _("{outcome}: {count}").format(outcome=answers.outcome(one), count=n) for one, n in self._judged.items()
        ]
        self._known.setText(formats.together((wording.known(past.test), *said)))

    def show_test(self, tested: Tested) -> None:
        """The result of a file of rule tests, in the place of the answer."""
        failed = [one for one in tested.checked if not one.passed]
        if not failed:
            self.say(_("{file}: every expectation holds.").format(file=tested.path))
            return
        first = failed[0]
        text = _("{file}: {count} of {whole} expectations failed. {what}").format(
            file=tested.path, count=len(failed), whole=len(tested.checked), what=wording.expectation(first.expected)
        )
        self.say("\n".join((text, *wording.failure(first)[:3])))

    def _place(self, line: float) -> None:
        low, high = self._range
        self.slider.blockSignals(True)
        self.slider.setValue(round(_STEPS * (line - low) / (high - low)))
        self.slider.blockSignals(False)

    @Slot(int)
    def _slid(self, step: int) -> None:
        low, high = self._range
        self.moved.emit(round(low + (high - low) * step / _STEPS, 2))


def _bands(rule: Rule, scale: float) -> tuple[Band, ...]:
    """The grounds beyond the lines."""
    found = []
    lines = [(severity, band) for severity, band in rule.bands]
    for place, (severity, band) in enumerate(lines):
        at = band.threshold / scale
        end = lines[place + 1][1].threshold / scale if place + 1 < len(lines) else None
        low, high = (at, end) if band.comparison.upward else (end, at)
        found.append(Band(low, high, severity.value, words.severity(severity), at))
    return tuple(found)
