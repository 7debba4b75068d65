"""Forms of what the bank gives beside its book: sheets that were supplied, and the reviewed sectors of borrowers."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.storage.supplied import SuppliedVersion
from app.wording import formats, terms
from app.wording import supplied as words
from exposures.exposure import SECTORS
from exposures.reviews.sectors import Borrower
from ui.tables.column import Column, Kind
from ui.tables.filter_box import FilterBox
from ui.tables.view import TableView
from ui.widgets.text import label


class SuppliedForm(QDialog):
    """What is supplied, from which file, by whom and when. `taken(path)`, `template(path)`, `undone(kind)`."""

    taken = Signal(object)
    template = Signal(object)
    undone = Signal(str)

    def __init__(self, found: Sequence[SuppliedVersion], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Supplied beside the book"))
        self.table = TableView(
            (
                Column("table", lambda: _("What"), stretch=1, priority=0),
                Column("rows", lambda: _("Rows"), Kind.NUMBER, priority=0),
                Column("file", lambda: _("File"), stretch=1, width=120, priority=1),
                Column("who", lambda: _("By"), priority=1),
                Column("at", lambda: _("When"), priority=0),
            ),
            title=_("What is supplied beside the book"),
            name="reviews.supplied",
        )
        self.table.setMinimumSize(620, 150)
        self.table.rows.load(
            {
                "table": [words.table(one.kind) for one in found],
                "rows": [len(one.rows) for one in found],
                "file": [one.file for one in found],
                "who": [one.who for one in found],
                "at": [formats.dated_moment(one.at) for one in found],
            },
            keys=[one.kind for one in found],
        )
        said = (
            _("An import replaces what it has of each kind; the earlier one can be had back.")
            if found
            else _("Nothing is supplied yet. Write an empty workbook, fill in what is known with its date and source.")
        )
        self.take_button = QPushButton(_("Import sheets"))
        self.take_button.setProperty("k", "primary")
        self.template_button, self.undo_button = QPushButton(_("Empty workbook")), QPushButton(_("Go back by one"))
        self.undo_button.setEnabled(bool(found))
        close = QPushButton(_("Close"))
        self.take_button.clicked.connect(self._take)
        self.template_button.clicked.connect(self._template)
        self.undo_button.clicked.connect(self._undo)
        close.clicked.connect(self.reject)
        if found:
            self.table.select(found[0].kind)
        buttons = (close, self.undo_button, self.template_button, self.take_button)
        _frame(self, _("Supplied beside the book"), said, (self.table,), buttons)

    def _take(self) -> None:
        place, _kind = QFileDialog.getOpenFileName(
            self, _("Import sheets"), "", _("Workbooks and text tables (*.xlsx *.xls *.ods *.csv)")
        )
        if place:
            self.taken.emit(Path(place))
            self.accept()

    def _template(self) -> None:
        place, _kind = QFileDialog.getSaveFileName(
            self, _("Empty workbook"), "supplied.xlsx", _("Excel workbook (*.xlsx)")
        )
        if place:
            self.template.emit(Path(place))
            self.accept()

    def _undo(self) -> None:
        kind = self.table.current
        if kind is not None:
            self.undone.emit(kind)
            self.accept()


class SectorsForm(QDialog):
    """Borrowers with the sector that counts for them. `reviewed(borrower, sector, source)`."""

    reviewed = Signal(str, str, str)

    def __init__(self, found: Sequence[Borrower], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Sectors of borrowers"))
        self._found = {one.key: one for one in found}
        self.table = TableView(
            (
                Column("name", lambda: _("Borrower"), stretch=1, width=150, priority=0, note="key"),
                Column("country", lambda: _("Country or region"), priority=1),
                Column("sector", lambda: _("Sector"), priority=0),
                Column("standing", lambda: _("Where it is from"), stretch=1, width=150, priority=0, note="standing"),
            ),
            title=_("Borrowers with their sector"),
            name="reviews.sectors",
        )
        self.table.setMinimumSize(760, 300)
        self.filter = FilterBox(self.table)
        self.filter.retranslate()
        # Who is called like a bank and was not reviewed comes first: there is something to do.
        order = sorted(
            found, key=lambda one: (not (one.like_a_bank and one.sector is None), one.country or "", one.name)
        )
        self.table.rows.load(
            {
                "name": [one.name for one in order],
                "key": [one.key for one in order],
                "country": [terms.country(one.country) for one in order],
                "sector": [words.sector(one.sector) for one in order],
                "standing": [words.standing(one) for one in order],
            },
            keys=[one.key for one in order],
        )
        self.sector, self.source = QComboBox(), QLineEdit()
        for code in SECTORS:
            self.sector.addItem(words.sector(code), code)
        self.sector.setAccessibleName(_("Sector"))
        self.source.setAccessibleName(_("Source"))
        self.source.setPlaceholderText(_("Source, such as the licence register"))
        self.fault = label("fault")
        self.set_button, close = QPushButton(_("Set sector")), QPushButton(_("Close"))
        self.set_button.setProperty("k", "primary")
        self.set_button.clicked.connect(self._set)
        close.clicked.connect(self.reject)
        self.table.selected.connect(self._chosen)
        row = QHBoxLayout()
        row.addWidget(self.sector)
        row.addWidget(self.source, 1)
        said = _("A borrower is a bank as somebody reviewed it, else as the book says. A name alone never decides.")
        _frame(
            self, _("Sectors of borrowers"), said, (self.filter, self.table, row, self.fault), (close, self.set_button)
        )
        self.set_button.setEnabled(bool(order))
        if order:
            self.table.select(order[0].key)
            self._chosen(order[0].key)

    def _chosen(self, key: str) -> None:
        one = self._found[key]
        known = one.sector or ("bank" if one.like_a_bank else "corporate")
        self.sector.setCurrentIndex(max(0, self.sector.findData(known)))
        self.source.setText(one.reviewed.origin if one.reviewed is not None else "")

    def _set(self) -> None:
        key = self.table.current
        if not self.source.text().strip():
            self.fault.setText(_("Say where the sector comes from."))
            self.source.setFocus()
        elif key is not None:
            self.reviewed.emit(key, str(self.sector.currentData()), self.source.text().strip())
            self.accept()


def _frame(
    form: QDialog, title: str, text: str, parts: Sequence[QWidget | QHBoxLayout], buttons: Sequence[QPushButton]
) -> None:
    """Headline, what it is for, the parts, and the buttons."""
    explained = label("small", text)
    explained.setWordWrap(True)
    foot = QHBoxLayout()
    foot.addStretch(1)
    for button in buttons:
        foot.addWidget(button)
    column = QVBoxLayout(form)
    column.setContentsMargins(20, 16, 20, 16)
    column.setSpacing(10)
    column.addWidget(label("headline", title))
    column.addWidget(explained)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part, 1 if isinstance(part, TableView) else 0, Qt.AlignmentFlag(0))
        else:
            column.addLayout(part)
    column.addLayout(foot)
