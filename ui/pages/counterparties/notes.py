"""Dated notes on a counterparty: what stands, the form of another one, and taking one back with a reason."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.i18n import pgettext
from app.storage.hand import Note
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.reason import Reason
from ui.widgets.text import label


class NotesForm(QDialog):
    """`written(counterparty, day, text)`, `withdrawn(number, reason)`; `members` are the names by number."""

    written = Signal(str, object, str)
    withdrawn = Signal(int, str)

    def __init__(
        self,
        name: str,
        notes: Sequence[Note],
        members: Mapping[str, str],
        today: date,
        chosen: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("notes")
        self.setWindowTitle(_("Notes on {name}").format(name=name))
        self._number: int | None = None
        self.table = TableView(
            (
                Column("day", lambda: _("Day"), Kind.DATE, priority=0),
                Column("text", lambda: _("Note"), stretch=1, width=220, priority=0, note="text"),
                Column("whose", lambda: _("Counterparty"), priority=2, quiet=True),
                Column("who", lambda: pgettext("note", "Written by"), priority=1),
            ),
            title=_("Notes"),
            name="counterparties.notes",
        )
        self.table.setMinimumSize(620, 150)
        self.table.setAccessibleName(_("Notes, the newest first"))
        self.reason = Reason()
        self.reason.setAccessibleName(_("Why it is withdrawn"))
        self.reason.setPlaceholderText(_("Why it is withdrawn"))
        self.withdraw_button = QPushButton(_("Withdraw note"))
        self.whose, self.day, self.text = QComboBox(), QDateEdit(), Reason()
        for key, text in members.items():
            self.whose.addItem(text, key)
        self.day.setDate(QDate(today.year, today.month, today.day))
        self.day.setMaximumDate(self.day.date())
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.write_button, close = QPushButton(_("Write note")), QPushButton(_("Close"))
        self.write_button.setProperty("k", "primary")
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        fields = ((_("Counterparty"), self.whose), (_("Day"), self.day), (_("Note"), self.text))
        for row, (text, field) in enumerate(fields):
            field.setAccessibleName(text)
            grid.addWidget(label("label", text), row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
        taking, buttons = QHBoxLayout(), QHBoxLayout()
        taking.addWidget(self.reason, 1)
        taking.addWidget(self.withdraw_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.write_button)
        explained = label("small", _("A note counts in no figure. One that is withdrawn stays on record."))
        explained.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("headline", _("What should the next reader know of {name}?").format(name=name)))
        column.addWidget(explained)
        column.addWidget(self.table)
        column.addLayout(taking)
        column.addLayout(grid)
        column.addLayout(buttons)
        close.clicked.connect(self.reject)
        self.write_button.clicked.connect(self._write)
        self.withdraw_button.clicked.connect(self._withdraw)
        self.text.done.connect(self._write)
        self.reason.done.connect(self._withdraw)
        self.text.textChanged.connect(self._offer)
        self.reason.textChanged.connect(self._offer)
        self.table.selected.connect(self._chosen)
        self.table.rows.load(
            {
                "day": [one.day for one in notes],
                "text": [one.text for one in notes],
                "whose": [members.get(one.subject, one.subject) for one in notes],
                "who": [one.who for one in notes],
            },
            keys=[one.id for one in notes],
        )
        for widget in (self.table, self.reason, self.withdraw_button):
            widget.setVisible(bool(notes))
        if chosen is not None:
            self.table.select(chosen)
            self._chosen(chosen)
        self._offer()
        self.text.setFocus()

    @Slot(object)
    def _chosen(self, key: object) -> None:
        self._number = key if isinstance(key, int) else None
        self._offer()

    @Slot()
    def _offer(self) -> None:
        self.write_button.setEnabled(bool(self.text.toPlainText().strip()) and self.whose.count() > 0)
        self.withdraw_button.setEnabled(self._number is not None and bool(self.reason.toPlainText().strip()))

    @Slot()
    def _write(self) -> None:
        if self.write_button.isEnabled():
            on = self.day.date()
            day = date(on.year(), on.month(), on.day())
            self.written.emit(str(self.whose.currentData()), day, self.text.toPlainText().strip())
            self.accept()

    @Slot()
    def _withdraw(self) -> None:
        if self._number is not None and self.withdraw_button.isEnabled():
            self.withdrawn.emit(self._number, self.reason.toPlainText().strip())
            self.accept()
