"""The card in the middle: what the alert says, its chart with the lines it crossed, and what happened."""

from dataclasses import replace

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from alerts import conditions
from alerts.alert import Alert, summary
from alerts.rule import Severity
from app.i18n import gettext as _
from app.services.monitoring import Evidence
from app.wording import alerts as words
from app.wording import formats
from app.wording.origin import Origin, each_row, since
from app.wording.sentences import sentence
from ui.charts.chart import Chart
from ui.charts.parts import Band, Level, Line, Moment, Pane
from ui.pages.alerts.seen import Detail, feeds, mark
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.badge import Badge
from ui.widgets.card import Card
from ui.widgets.text import label

_SCALE = {"USD millions": (1000.0, "")}
#: How many events are shown, the newest.
_NEWEST = 4


class EvidenceCard(Card):
    """One alert's evidence."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._detail: Detail | None = None
        self.badge = Badge()
        self._title = label("headline")
        self._since = label("small")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.badge)
        head.addWidget(self._title, 1)
        self.corner.addWidget(self._since)
        self.body.addLayout(head)
        self._says = label("body")
        self._says.setWordWrap(True)
        self._says.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.body.addWidget(self._says)
        self.chart = Chart(ranges=("1m", "4m", "1y", "5y"), chosen="4m")
        self.body.addWidget(self.chart, 1)
        self.table = TableView(
            (
                Column("when", lambda: _("Date"), Kind.DATE, priority=0),
                Column("event", lambda: _("Event"), Kind.SEVERITY, detail="word", priority=0),
                Column("value", lambda: _("Value"), priority=1),
                Column("detail", lambda: _("Detail"), quiet=True, stretch=1, priority=1, note="detail"),
                Column("known", lambda: _("Known from"), quiet=True, priority=9),
            ),
            title="",
            whole=True,
            selectable=False,
            name="alerts.events",
            state=state,
        )
        self.body.addWidget(self.table)
        self._rule = label("caption")
        self._rule.setWordWrap(True)
        self._rule.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.body.addWidget(self._rule)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What is the evidence?"))
        self.chart.retranslate()
        self.table.setAccessibleName(_("What happened, newest first"))
        if self._detail is not None:
            self.show_detail(self._detail)

    def show_nothing(self) -> None:
        """No alert is chosen."""
        self._detail = None
        self._since.clear()
        self.show_empty("alerts", _("No alert is chosen"), _("Choose one on the left to see its evidence."))

    def show_detail(self, detail: Detail) -> None:
        """Show one alert."""
        self._detail = detail
        alert = detail.alert
        self.show_content()
        self.badge.show_state(mark(alert), words.severity(alert.severity) if alert.fires else words.phase(alert.phase))
        self._title.setText(words.title(alert.rule, alert.labels))
        self._says.setText(sentence(summary(alert)))
        self._since.setText(_("since {day}").format(day=formats.day(alert.since)))
        self.chart.setVisible(detail.evidence is not None)
        if detail.evidence is not None:
            self.chart.title = words.title(alert.rule, alert.labels)
            panes = panes_of(alert, detail.evidence, detail.traced.source)
            self.chart.unrevised = "" if detail.evidence.published else "computed"
            self.chart.show_panes(*panes, moments=[Moment(alert.since, "")], note=words.metric(alert.rule))
        self._show_events(alert, detail.traced.source)
        text = _("Rule {rule}, version {version}. {why}").format(
            rule=alert.rule.id, version=alert.rule.version, why=_(alert.rule.rationale) if alert.rule.rationale else ""
        )
        lists = ", ".join(feeds(alert.rule.family))
        fed = _("Feeds the lists {lists}.").format(lists=lists) if lists and alert.open else ""
        self._rule.setText(formats.together(part for part in (text.strip(), fed) if part))

    def _show_events(self, alert: Alert, source: str) -> None:
        told = list(reversed(alert.history))[:_NEWEST]
        self.table.rows.load(
            {
                "when": [one.observed or one.at.date() for one in told],
                "event": [_mark_of(one.severity) for one in told],
                "word": [words.severity(one.severity) if one.severity else _("Note") for one in told],
                "value": [words.amount(one.value, alert.unit) if one.value is not None else None for one in told],
                "detail": [words.event(one, alert.unit) for one in told],
                "known": [None if one.known_from is None else since(one.known_from) for one in told],
            }
        )
        tell(self.table, Origin(source, each_row(), each_row(), each_row()))


def _mark_of(severity: Severity | None) -> str:
    return "nodata" if severity is None else severity.value


def _suffix(unit: str) -> str:
    """What follows a figure on an axis and in a legend, as the language writes it."""
    template = {"percent": _("{number} %"), "basis points": _("{number} bp")}.get(unit, "{number}")
    return template.format(number="")


def panes_of(alert: Alert, evidence: Evidence, source: str = "") -> list[Pane]:
    """The condition against its lines, and beneath it the figure itself where the condition is a change of it.

    `source` names where the figures come from.
    """
    scale, _same = _SCALE.get(evidence.unit, (1.0, ""))
    suffix = _suffix(evidence.unit)
    change = bool(alert.rule.condition.change_over)
    values = evidence.values / scale
    condition = Line(
        words.title(alert.rule, alert.labels),
        evidence.dates,
        values,
        decimals=_decimals(values, evidence.unit),
        sign=change,
        suffix=suffix,
        end=mark(alert) if alert.open else "",
        source=source,
        known_from=evidence.known_from,
        first=None if evidence.first is None else evidence.first / scale,
    )
    panes = [
        Pane(
            (condition,),
            unit=_unit(evidence.unit),
            bands=bands_of(alert, scale),
            levels=_levels(alert, scale),
            weight=2,
        )
    ]
    if change:
        scale_below, _same = _SCALE.get(evidence.observed_unit, (1.0, ""))
        observed = evidence.observed / scale_below
        inverted = alert.rule.family == "fx"
        name = words.title(
            replace(alert.rule, condition=conditions.Level()), alert.labels
        )  # the figure, not its change
        panes.append(
            Pane(
                (
                    Line(
                        _("{figure}, axis inverted").format(figure=name) if inverted else name,
                        evidence.dates,
                        observed,
                        decimals=_decimals(observed, evidence.observed_unit),
                        suffix=_suffix(evidence.observed_unit),
                        source=source,
                        known_from=evidence.known_from,
                        first=None if evidence.observed_first is None else evidence.observed_first / scale_below,
                    ),
                ),
                unit=_unit(evidence.observed_unit),
                inverted=inverted,
            )
        )
    return panes


def _unit(unit: str) -> str:
    return "USD bn" if unit in ("USD millions", "USD billions") else unit


def _decimals(values: np.ndarray, unit: str) -> int:
    if unit in ("percent", "basis points"):
        return 1
    known = np.abs(values[np.isfinite(values)])
    top = float(known.max()) if len(known) else 0.0
    return 0 if top >= 1000 else 1 if top >= 20 else 2


def bands_of(alert: Alert, scale: float = 1.0) -> tuple[Band, ...]:
    """The soft grounds beyond the rule's lines, each labelled with its line."""
    lines = [(severity, band) for severity, band in alert.rule.bands if band is not None]
    found = []
    for severity, band in lines:
        at = band.threshold / scale
        others = [
            other.threshold / scale for kind, other in lines if kind is Severity.CRITICAL and kind is not severity
        ]
        end = others[0] if others else None
        word = _("{severity}, {line}").format(
            severity=words.severity(severity), line=words.amount(band.threshold, alert.unit)
        )
        low, high = (at, end) if band.comparison.upward else (end, at)
        found.append(Band(low, high, severity.value, word, at))
    return tuple(found)


def _levels(alert: Alert, scale: float) -> tuple[Level, ...]:
    if alert.clears_at is None or alert.clears_at == alert.threshold or not alert.open:
        return ()
    line = words.amount(alert.clears_at, alert.unit)
    return (Level(alert.clears_at / scale, _("Clears at {line}").format(line=line)),)
