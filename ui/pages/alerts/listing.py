"""The left-hand side: the alerts, those that wait for somebody first."""

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from alerts.alert import Alert
from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import alerts as words
from app.wording import formats
from app.wording.origin import Origin, each_row, since
from app.wording.sentences import sentence
from ui.pages.alerts.seen import Seen, mark, order
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.choice import Segments
from ui.widgets.text import label


class AlertsTable(TableView):
    """The list; A acknowledges and S silences, and mean so only while the list has the focus."""

    acknowledge = Signal()
    silence = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_A and not event.modifiers():
            self.acknowledge.emit()
        elif event.key() == Qt.Key.Key_S and not event.modifiers():
            self.silence.emit()
        else:
            super().keyPressEvent(event)


class ListCard(Card):
    """What is firing? `chosen(alert id)`."""

    chosen = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._alerts: list[Alert] = []
        self._seen: Seen | None = None
        self.part = Segments(["open", "done", "all"], "open")
        self.part.chosen.connect(self._filter)
        self._need = label("caption")
        self.corner.addWidget(self._need)
        self.table = AlertsTable(
            (
                Column("mark", lambda: "", Kind.TICK, priority=0),
                Column("title", lambda: _("Alert"), Kind.TWO_LINE, detail="says", note="whole", stretch=1, width=215,
                       priority=1),
                Column("since", lambda: _("Since"), Kind.DATE, short_date=True, quiet=True, priority=2),
                Column("observed", lambda: _("Observed"), Kind.DATE, quiet=True, priority=8),
                Column("known", lambda: _("Known from"), quiet=True, priority=9),
                Column("source", lambda: _("Source"), quiet=True, priority=9),
            ),
            title="",
            row="two_line",
            name="alerts.list",
            state=state,
        )  # fmt: skip
        self.body.addWidget(self.part, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.table, 1)
        self._lacks = label("caption")
        self._lacks.setWordWrap(True)
        self._lacks.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.body.addWidget(self._lacks)
        self.table.selected.connect(self.chosen)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What is firing?"))
        self.table.setAccessibleName(_("Alerts, those that wait for somebody first"))
        self.add_note(_("Up, Down to move. A acknowledges, S silences."))
        self._words()
        if self._seen is not None:
            self.show_seen(self._seen)

    def _words(self) -> None:
        done = sum(order(alert) >= 2 for alert in self._alerts)
        count = len(self._alerts)
        self.part.fill(
            [
                _("Open {count}").format(count=count - done),
                _("Done {count}").format(count=done),
                _("All {count}").format(count=count),
            ]
        )

    def show_seen(self, seen: Seen) -> None:
        """Show the list; the chosen alert stays chosen."""
        self._seen = seen
        self._alerts = sorted(seen.alerts, key=order)
        self._words()
        waiting = sum(order(alert) == 0 for alert in self._alerts)
        self._need.setText(ngettext("{n} needs you", "{n} need you", waiting).format(n=waiting) if waiting else "")
        kept = self.table.current
        titles = [words.title(alert.rule, alert.labels) for alert in self._alerts]
        says = [_line(alert) for alert in self._alerts]
        self.table.rows.load(
            {
                "mark": [mark(alert) for alert in self._alerts],
                "title": titles,
                "says": says,
                "whole": [f"{title}\n{line}" for title, line in zip(titles, says, strict=True)],
                "since": [alert.resolved or alert.since for alert in self._alerts],
                "observed": [alert.observed for alert in self._alerts],
                "known": [_known(alert) for alert in self._alerts],
                "source": [seen.sources.get(alert.id) for alert in self._alerts],
            },
            keys=[alert.id for alert in self._alerts],
        )
        tell(self.table, Origin(each_row(), each_row(), each_row(), each_row()))
        self._filter(self.part.current)
        lacking = len(seen.lacks)
        self._lacks.setText(
            ngettext(
                "{n} rule cannot be evaluated: no figures yet.",
                "{n} rules cannot be evaluated: no figures yet.",
                lacking,
            ).format(n=lacking)
            if lacking
            else ""
        )
        self._lacks.setToolTip("\n".join(f"{one.rule.id}: {sentence(one.lack)}" for one in seen.lacks))
        self._lacks.setVisible(bool(lacking))
        if kept is None or not self.table.select(kept):
            self.choose_first()

    def choose_first(self) -> None:
        """Choose the first alert in sight; tells None where there is none."""
        first = self.table.key(0)
        if first is None or not self.table.select(first):
            self.chosen.emit(None)

    def choose(self, alert_id: str) -> None:
        """Choose an alert, whatever part of the list it stands in."""
        if not self.table.select(alert_id):
            self.part.choose("all")
            self._filter("all")
            self.table.select(alert_id)

    @Slot(str)
    def _filter(self, part: str) -> None:
        wanted = [part == "all" or (order(alert) >= 2) == (part == "done") for alert in self._alerts]
        self.table.rows.filter_rows(np.array(wanted, bool))


def _known(alert: Alert) -> str | None:
    """Since when the last observation that moved it was known."""
    known = next((one.known_from for one in reversed(alert.history) if one.known_from is not None), alert.since_known)
    return None if known is None else since(known)


def _line(alert: Alert) -> str:
    """The second line of an alert: who took note where somebody did, its figure otherwise."""
    note = alert.acknowledgement
    if alert.fires and alert.acknowledged and note is not None:
        if note.until is not None:
            return _("Acknowledged until {day}").format(day=formats.short_day(note.until.date()))
        return _("Acknowledged by {who}").format(who=note.who)
    return words.row(alert)
