"""Silences: who hides what until when, how many firing alerts that hides now, and ending one before its time."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import answers, formats
from ui.pages.notifications.seen import Seen
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card


class SilencesCard(Card):
    """What is silenced, and until when? `ended(number, reason)`."""

    ended = Signal(int, str)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self.table = TableView(
            (
                Column("what", lambda: _("What"), Kind.TWO_LINE, detail="comment", note="whole", stretch=1, width=150,
                       priority=1),
                Column("until", lambda: _("Until"), Kind.TWO_LINE, detail="author", note="author", width=110,
                       priority=0),
                Column("hides", lambda: _("Hides"), Kind.NUMBER, note="alerts", priority=0),
            ),
            title="", row="two_line", name="notifications.silences", state=state,
        )  # fmt: skip
        self.reason, self.end = QLineEdit(), QPushButton()
        self.end.setProperty("k", "small")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.reason, 1)
        row.addWidget(self.end)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row)
        self.end.clicked.connect(self._end)
        self.reason.returnPressed.connect(self._end)
        self.reason.textChanged.connect(self._offer)
        self.table.selected.connect(self._offer)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What is silenced, and until when?"))
        self.table.setAccessibleName(_("Silences that hold or will"))
        self.end.setText(_("End now"))
        self.add_note(_("Its author is reminded before a silence ends; what still fires is told then."))
        self.reason.setPlaceholderText(_("Why it ends before its time"))
        self.reason.setAccessibleName(self.reason.placeholderText())
        if self._seen is not None:
            self.show_seen(self._seen)

    def show_seen(self, seen: Seen) -> None:
        """Show what holds or will, newest first."""
        self._seen = seen
        silences = seen.silences
        if silences:
            self.show_content()
            hidden = sum(len(seen.hides.get(one.id, ())) for one in silences)
            text = ngettext("{count} firing alert is hidden now.", "{count} firing alerts are hidden now.", hidden)
            self.say(text.format(count=formats.number(hidden)))
        else:
            self.show_empty(
                "alerts",
                _("Nothing is silenced"),
                _("An alert is silenced from its own page, with a reason and an end; what it does goes on."),
            )
        kept = self.table.current
        self.table.rows.load(
            {
                "what": [answers.matchers(one) for one in silences],
                "comment": [one.comment for one in silences],
                "whole": [answers.silence(one) for one in silences],
                "until": [formats.moment(one.until) for one in silences],
                "author": [one.author for one in silences],
                "hides": [float(len(seen.hides.get(one.id, ()))) for one in silences],
                "alerts": ["\n".join(seen.hides.get(one.id, ())) for one in silences],
            },
            keys=[one.id for one in silences],
        )
        if silences and (kept is None or not self.table.select(kept)):
            self.table.select(silences[0].id)
        self._offer()

    @Slot()
    def _offer(self, _key: object = None) -> None:
        self.end.setEnabled(self.table.current is not None and bool(self.reason.text().strip()))

    @Slot()
    def _end(self) -> None:
        if self.end.isEnabled() and isinstance(self.table.current, int):
            self.ended.emit(self.table.current, self.reason.text().strip())
            self.reason.clear()
