"""The first step: which file, of which date, read how; and the imports so far."""

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import gettext as _
from app.i18n import language
from app.storage.books import Batch, Status
from app.wording import formats
from app.wording.sentences import sentence
from exposures import preview
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets import icons
from ui.widgets.card import Card
from ui.widgets.text import label, restyle

#: What a file dialog offers; the guard decides what is really read.
SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".txt", ".tsv")


class DropPlace(QFrame):
    """Where a file may be dropped; `dropped(Path)`."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("r", "well")
        self.setAcceptDrops(True)
        self.icon, self.text = QLabel(), label("headline")
        self.choose = QPushButton()
        self.choose.setProperty("k", "primary")
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 24, 20, 24)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(self.icon, 0, centre)
        column.addWidget(self.text, 0, centre)
        column.addWidget(self.choose, 0, centre)
        column.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file(event) is not None:
            event.acceptProposedAction()
            self.setProperty("over", True)
            restyle(self)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.setProperty("over", False)
        restyle(self)

    def dropEvent(self, event: QDropEvent) -> None:
        self.setProperty("over", False)
        restyle(self)
        if (file := _file(event)) is not None:
            event.acceptProposedAction()
            self.dropped.emit(file)


def _file(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


class ChooseCard(Card):
    """`chosen()` when a file was named and is to be read."""

    chosen = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self.file: Path | None = None
        self.rates: Path | None = None
        self.template = self.add_link()
        self.place = DropPlace()
        self.place.dropped.connect(self.take)
        self.place.choose.clicked.connect(self._choose)
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.layout_box = QComboBox()
        self._rates_name = label("small")
        self._rates_button = QPushButton()
        self._rates_button.setProperty("k", "small")
        self._rates_button.clicked.connect(self._choose_rates)
        self._words = [label("label") for _place in range(3)]
        self._hint = label("small")
        self._hint.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        rates = QHBoxLayout()
        rates.setSpacing(10)
        rates.addWidget(self._rates_button)
        rates.addWidget(self._rates_name, 1)
        for row, part in enumerate((self.day, self.layout_box)):
            grid.addWidget(self._words[row], row, 0)
            grid.addWidget(part, row, 1)
        grid.addWidget(self._words[2], 2, 0)
        grid.addLayout(rates, 2, 1)
        grid.setColumnStretch(1, 1)
        self.body.addWidget(self.place, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self._hint)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which book comes in?"))
        self.template.setText(_("Empty workbook"))
        self.template.setToolTip(_("A workbook to be filled in, with every column explained"))
        self.place.text.setText(_("Drop the workbook here"))
        self.place.icon.setPixmap(icons.pixmap("import", "text2", 26, self.devicePixelRatioF()))
        self.place.choose.setText(_("Choose a file"))
        for word, text in zip(self._words, (_("Reporting date"), _("Layout"), _("Exchange rates")), strict=True):
            word.setText(text)
        self.day.setAccessibleName(_("Reporting date"))
        self.day.setDisplayFormat("yyyy年M月d日" if language() == "zh_CN" else "d MMM yyyy")
        self.layout_box.setAccessibleName(_("Layout"))
        if self.layout_box.count():
            self.layout_box.setItemText(0, _("Recognise by the headers"))
        self._rates_button.setText(_("Choose rates…"))
        self._rates_name.setText(
            _("From the sheet “rates”, if there is one") if self.rates is None else self.rates.name
        )
        self._hint.setText(
            _(
                "Excel (.xlsx, .xlsm, .xlsb, .xls), OpenDocument (.ods) or text (.csv, .txt, .tsv). It is read in a "
                "process of its own; nothing is stored before you say so."
            )
        )

    def offer(self, layouts: list[str], today: date) -> None:
        """The layouts the program knows, and the day that is proposed as the book's date."""
        chosen = self.layout_box.currentData()
        self.layout_box.clear()
        self.layout_box.addItem(_("Recognise by the headers"), None)
        for name in layouts:
            self.layout_box.addItem(name, name)
        self.layout_box.setCurrentIndex(max(0, self.layout_box.findData(chosen)))
        if self.file is None:
            self.day.setDate(QDate(today.year, today.month, today.day))

    @property
    def reporting_date(self) -> date:
        """The book's date."""
        found = self.day.date()
        return date(found.year(), found.month(), found.day())

    @Slot(object)
    def take(self, file: Path) -> None:
        """Have this file read."""
        self.file = file
        self.chosen.emit()

    @Slot()
    def _choose(self) -> None:
        wanted = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the book’s workbook"), "", _("Workbooks and CSV ({patterns})").format(patterns=wanted)
        )
        if name:
            self.take(Path(name))

    @Slot()
    def _choose_rates(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self,
            _("Choose a file of exchange rates"),
            "",
            _("Workbooks and CSV ({patterns})").format(patterns=" ".join(f"*{suffix}" for suffix in SUFFIXES)),
        )
        self.rates = Path(name) if name else None
        self.retranslate()


class HistoryCard(Card):
    """Every import so far; `undo_wanted` for the last one that counts, `opened(batch)` to look at one."""

    undo_wanted = Signal()
    opened = Signal(object)
    approve_wanted = Signal(object)  # a waiting batch

    def __init__(self, state: State) -> None:
        super().__init__()
        self._batches: list[Batch] = []
        self._barred = ""
        self.approval = QCheckBox()
        self.corner.addWidget(self.approval)
        self.table = TableView(
            (
                Column("day", lambda: _("Reporting date"), Kind.DATE, strong=True, priority=0),
                Column("state", lambda: _("State"), Kind.SEVERITY, detail="word", priority=0),
                Column("file", lambda: _("File"), stretch=1, priority=1, note="file"),
                Column("lines", lambda: _("Lines"), Kind.NUMBER, priority=1),
                Column("aside", lambda: _("Set aside"), Kind.NUMBER, priority=2),
                Column("who", lambda: _("By"), quiet=True, priority=4),
                Column("at", lambda: _("Imported"), quiet=True, priority=3),
                Column("undo", lambda: "", Kind.LINK, priority=0),
            ),
            title="",
            name="import.history",
            state=state,
        )
        self.body.addWidget(self.table, 1)
        self.table.opened.connect(self.opened)
        self.table.link_opened.connect(self._undo)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What came in before?"))
        self.table.setAccessibleName(_("Imports, newest first"))
        self.approval.setText(_("A second person approves every book"))
        self.approval.setToolTip(_("A book that waits counts in no figure until somebody else approves it"))
        self.show_history(self._batches)

    def batch(self, number: int) -> Batch | None:
        """The import of that number."""
        return next((batch for batch in self._batches if batch.id == number), None)

    def show_history(self, batches: list[Batch]) -> None:
        """Show the imports, newest first."""
        self._batches = batches
        if not batches:
            self.show_empty("import", _("Nothing came in yet"), _("The imports will stand here, each with its undo."))
            return
        self.show_content()
        self.add_note(self._barred)
        newest = max((batch.reporting_date for batch in batches if batch.visible), default=None)
        waiting = sum(batch.status is Status.WAITING for batch in batches)
        self.say(sentence(preview.past(newest, len(batches), waiting)))
        last = next((batch.id for batch in batches if batch.visible), None)
        words = {
            Status.COMMITTED: ("done", _("In force")),
            Status.SUPERSEDED: ("nodata", _("Superseded")),
            Status.WITHDRAWN: ("nodata", _("Withdrawn")),
            Status.WAITING: ("pending", _("Awaits approval")),
        }
        self.table.rows.load(
            {
                "day": [batch.reporting_date for batch in batches],
                "state": [words[batch.status][0] for batch in batches],
                "word": [words[batch.status][1] for batch in batches],
                "file": [batch.file_name for batch in batches],
                "lines": [batch.imported for batch in batches],
                "aside": [batch.quarantined for batch in batches],
                "who": [batch.user for batch in batches],
                "at": [formats.moment(batch.at) for batch in batches],
                "undo": [
                    _("Undo")
                    if batch.id == last and not self._barred
                    else _("Decide")
                    if batch.status is Status.WAITING
                    else None
                    for batch in batches
                ],
            },
            keys=[batch.id for batch in batches],
        )

    def bar_undo(self, why: str) -> None:
        """Offer no undo, and say why the role is not enough for it; "" offers it."""
        self._barred = why
        self.show_history(self._batches)

    @Slot(object, str)
    def _undo(self, number: Any, _column: str) -> None:
        waiting = any(batch.id == number and batch.status is Status.WAITING for batch in self._batches)
        if waiting:
            self.approve_wanted.emit(number)
        else:
            self.undo_wanted.emit()
