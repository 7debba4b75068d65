"""The files that are attached to an item: taken in, and written out where a person says; none is ever opened here."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.storage.attachments import Attachment
from app.wording import formats
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.text import label

_KILO = 1024


class FilesForm(QDialog):
    """`added(path, comment)` to attach a file, `saved(number, path)` to write one out."""

    added = Signal(object, str)
    saved = Signal(int, object)

    def __init__(self, subject: str, files: Sequence[Attachment], most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("files")
        title = _("Files of {item}").format(item=subject)
        self.setWindowTitle(title)
        self._files = {one.id: one for one in files}
        self.table = TableView(
            (
                Column("name", lambda: _("File"), stretch=1, priority=0),
                Column("size", lambda: _("KB"), Kind.NUMBER, priority=0),
                Column("who", lambda: _("Attached by"), priority=1),
                Column("at", lambda: _("At"), priority=1),
                Column("comment", lambda: _("Comment"), stretch=1, priority=2),
            ),
            title=title,
            name="reviews.files",
        )
        self.table.setMinimumSize(620, 160)
        self.comment = QLineEdit()
        self.comment.setPlaceholderText(_("Comment on the next file"))
        self.comment.setAccessibleName(_("Comment on the next file"))
        text = _("A file is kept as it is and never opened or run here; up to {most} MB, no programs or scripts.")
        about = label("caption", text.format(most=formats.number(most)))
        self.attach_button, self.save_button, close = (
            QPushButton(text) for text in (_("Attach a file…"), _("Save as…"), _("Close"))
        )
        self.save_button.setEnabled(bool(files))
        self.attach_button.setProperty("k", "primary")
        self.attach_button.clicked.connect(self._attach)
        self.save_button.clicked.connect(self._save)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(about, 1)
        for button in (close, self.save_button, self.attach_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        for part in (label("headline", title), self.table, self.comment):
            column.addWidget(part)
        column.addLayout(buttons)
        self.table.rows.load(
            {
                "name": [one.name for one in files],
                "size": [one.size / _KILO for one in files],
                "who": [one.who for one in files],
                "at": [formats.moment(one.at) for one in files],
                "comment": [one.comment for one in files],
            },
            keys=[one.id for one in files],
        )
        if files:
            self.table.select(files[-1].id)

    @Slot()
    def _attach(self) -> None:
        place, _kind = QFileDialog.getOpenFileName(self, _("Attach a file"))
        if place:
            self.attach(Path(place))

    def attach(self, place: Path) -> None:
        """Attach this file with the comment as it is written."""
        self.added.emit(place, self.comment.text())
        self.accept()

    @Slot()
    def _save(self) -> None:
        one = self._files.get(self.table.current)
        if one is None:
            return
        place, _kind = QFileDialog.getSaveFileName(self, _("Save as"), one.name)
        if place:
            self.saved.emit(one.id, Path(place))
