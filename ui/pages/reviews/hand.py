"""Flagging and listing by hand: what waits for a second person, what holds, and the form of another one."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateEdit,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import gettext as _
from app.storage.persons import person_id
from app.wording import by_hand as words
from app.wording.review_terms import list_name
from exposures.reviews.by_hand import LISTS, HandEntry
from exposures.reviews.hand_subjects import KINDS, Subject
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.text import label

#: How far ahead the last day is proposed.
_AHEAD = timedelta(days=30)


class HandForm(QDialog):
    """`proposed(tier or list, subject, country, reason, source, until)`, `decided(number, approve, reason)`.

    `offer_wanted(list)` asks for what can be put on a list; it is handed to `offer`.
    """

    proposed = Signal(str, str, str, str, str, object)
    decided = Signal(int, bool, str)
    offer_wanted = Signal(str)

    def __init__(self, entries: Sequence[HandEntry], user: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hand")
        self.setWindowTitle(_("By hand"))
        self._entries, self._user = {one.id: one for one in entries}, person_id(user)
        self.table = TableView(
            (
                Column("state", lambda: _("State"), Kind.SEVERITY, detail="word", priority=0),
                Column("what", lambda: _("Entry"), stretch=1, priority=0),
                Column("who", lambda: _("Proposed by"), priority=0),
            ),
            title=_("Entries by hand"),
            name="reviews.hand",
        )
        self.table.setMinimumSize(680, 150)
        self.kind, self.subject, self.reason, self.source = QComboBox(), QLineEdit(), QLineEdit(), QLineEdit()
        for tier, text in (
            ("A", _("Flag a country or region: A, act")),
            ("B", _("Flag a country or region: B, watch")),
        ):
            self.kind.addItem(text, tier)
        for code in LISTS:
            self.kind.addItem(_("Put on {list} {name}").format(list=code, name=list_name(code)), code)
        self._offered: dict[str, Subject] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.subject.setCompleter(completer)
        self.until = QDateEdit(QDate((today + _AHEAD).year, (today + _AHEAD).month, (today + _AHEAD).day))
        self.until.setMinimumDate(QDate(today.year, today.month, today.day))
        self.until.setCalendarPopup(True)
        self.until.setDisplayFormat("yyyy-MM-dd")
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        texts = (_("What"), _("Which"), _("Reason"), _("Source"), _("Last day"))
        fields = (self.kind, self.subject, self.reason, self.source, self.until)
        self.about = label("caption")
        self.about.setWordWrap(True)
        for row, (text, field) in enumerate(zip(texts, fields, strict=True)):
            field.setAccessibleName(text)
            grid.addWidget(label("label", text), row + (row > 1), 0)
            grid.addWidget(field, row + (row > 1), 1)
        grid.addWidget(self.about, 2, 1)
        grid.setColumnStretch(1, 1)
        self._why = label("caption")
        self._why.setWordWrap(True)
        self.approve_button, self.return_button = QPushButton(_("Approve entry")), QPushButton(_("Return entry"))
        self.propose_button, close = QPushButton(_("Propose entry")), QPushButton(_("Close"))
        self.propose_button.setProperty("k", "primary")
        self.approve_button.clicked.connect(self._approve)
        self.return_button.clicked.connect(self._return)
        self.propose_button.clicked.connect(self._propose)
        close.clicked.connect(self.reject)
        deciding, buttons = QHBoxLayout(), QHBoxLayout()
        deciding.addWidget(self._why, 1)
        deciding.addWidget(self.return_button)
        deciding.addWidget(self.approve_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.propose_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("headline", _("What do we add by hand?")))
        column.addWidget(self.table)
        column.addLayout(deciding)
        column.addLayout(grid)
        column.addLayout(buttons)
        self.table.selected.connect(self._chosen)
        self.table.rows.load(
            {
                "state": [{None: "pending", True: "done", False: "nodata"}[one.approved] for one in entries],
                "word": [words.state(one) for one in entries],
                "what": [words.about(one) for one in entries],
                "who": [one.who for one in entries],
            },
            keys=[one.id for one in entries],
        )
        for field in (self.subject, self.reason, self.source):
            field.textChanged.connect(self._offer)
        self.kind.currentIndexChanged.connect(self._ask_offer)
        self._offer()
        self._ask_offer()
        self._chosen(entries[0].id if entries else None)
        if entries:
            self.table.select(entries[0].id)
        self.kind.setFocus()

    def offer(self, list_id: str, found: Sequence[Subject]) -> None:
        """Offer what can be put on a list while its name is typed."""
        if list_id != self.kind.currentData():
            return
        self._offered = {words.called(list_id, one): one for one in found}
        self._names.setStringList(list(self._offered))
        if not found:
            self.about.setText(words.nothing(list_id))

    @Slot()
    def _ask_offer(self) -> None:
        """Say what the chosen list is about, and ask for what of the book can be put on it."""
        kind = str(self.kind.currentData())
        self._offered = {}
        self._names.setStringList([])
        if kind in LISTS:
            self.about.setText(_("{list} is about: {kinds}.").format(list=kind, kinds=words.kinds(KINDS[kind])))
            self.offer_wanted.emit(kind)
        else:
            self.about.setText(_("A country or region by its code or name, such as TR or Turkey."))

    @Slot(object)
    def _chosen(self, number: int | None) -> None:
        one = self._entries.get(number or 0)
        waits = one is not None and one.approved is None
        own = one is not None and person_id(one.who) == self._user
        for button in (self.approve_button, self.return_button):
            button.setEnabled(waits and not own)
        text = _("It counts once another person approved it, from the next making of the lists on.")
        self._why.setText(_("You proposed it; another person has to confirm it.") if waits and own else text)

    @Slot()
    def _offer(self) -> None:
        given = (self.subject.text().strip(), self.reason.text().strip(), self.source.text().strip())
        self.propose_button.setEnabled(all(given))
        self.propose_button.setToolTip("" if all(given) else _("Which, reason and source are needed."))

    @Slot()
    def _propose(self) -> None:
        on = self.until.date()
        until = date(on.year(), on.month(), on.day())
        kind = str(self.kind.currentData())
        written = self.subject.text().strip()
        meant = next((one for name, one in self._offered.items() if name.casefold() == written.casefold()), None)
        subject, country = (written, "") if meant is None else (meant.key, meant.country)
        self.proposed.emit(kind, subject, country, self.reason.text(), self.source.text(), until)
        self.accept()

    @Slot()
    def _approve(self) -> None:
        self.decided.emit(self.table.current, True, "")
        self.accept()

    @Slot()
    def _return(self) -> None:
        if not self.reason.text().strip():
            self._why.setText(_("To return an entry, write why into the field Reason."))
            self.reason.setFocus()
            return
        self.decided.emit(self.table.current, False, self.reason.text())
        self.accept()
