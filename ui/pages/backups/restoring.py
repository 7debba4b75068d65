"""Restoring asks where to: into a folder of its own, or in the place of this workspace. Escape changes nothing."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import gettext as _
from app.storage.archive import Manifest
from app.wording import formats
from ui.widgets.text import label

_WIDTH = 460


class RestoreDialog(QDialog):
    """One backup and its two ways back. `chosen(folder)`: of a new workspace, or None for this one's place."""

    chosen = Signal(object)

    def __init__(self, file: Path, held: Manifest, workspace: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("restore")
        self._workspace = workspace
        made = formats.dated_moment(held.made_at)
        self.setWindowTitle(_("Restore the copy of {moment}").format(moment=made))
        rows = formats.number(sum(held.rows.values()))
        about = _("{file}: {rows} rows, written by Tidewatch {version}.").format(
            file=file.name, rows=rows, version=held.program
        )
        self.aside, self.here = QRadioButton(_("Into a new folder")), QRadioButton(_("In the place of this workspace"))
        self.aside.setChecked(True)
        self.place = QLineEdit(str(_beside(workspace, held.made_at)))
        self.place.setAccessibleName(_("New folder"))
        self.place.setMinimumWidth(_WIDTH - 90)
        self.browse = QPushButton(_("Choose…"))
        where = QHBoxLayout()
        where.setContentsMargins(24, 0, 0, 0)
        where.addWidget(self.place, 1)
        where.addWidget(self.browse)
        self.what = label("small")
        self.act, self.keep = QPushButton(), QPushButton(_("Leave everything as it is"))
        self.act.setProperty("k", "primary")
        self.keep.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self.act, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.keep, QDialogButtonBox.ButtonRole.RejectRole)
        title, told = label("headline", self.windowTitle()), label("small", about)
        for text in (title, told, self.what):
            text.setWordWrap(True)
            text.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for part in (title, told, self.aside):
            column.addWidget(part)
        column.addLayout(where)
        column.addWidget(self.here)
        column.addWidget(self.what)
        column.addSpacing(4)
        column.addWidget(buttons)
        self.aside.toggled.connect(self._say)
        self.place.textChanged.connect(self._say)
        self.browse.clicked.connect(self._browse)
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        self._say()

    @property
    def folder(self) -> Path | None:
        """Where a new workspace is to stand; None: the backup takes this workspace's place."""
        return Path(self.place.text().strip()) if self.aside.isChecked() else None

    @Slot()
    def _say(self) -> None:
        folder = self.folder
        for part in (self.place, self.browse):
            part.setEnabled(folder is not None)
        self.act.setText(_("Replace this workspace") if folder is None else _("Restore into the folder"))
        usable = True
        if folder is None:
            text = _(
                "{workspace} becomes what it was then. What it holds now is kept among its copies, so this can be "
                "taken back. The window closes and opens again; no other program may have the workspace open."
            ).format(workspace=self._workspace)
        elif not self.place.text().strip() or not folder.is_absolute():
            text, usable = _("Name the folder with its whole path."), False
        elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            text, usable = _("This folder is not empty. Name a new or an empty one."), False
        else:
            text = _("This workspace stays as it is, and open. The other one can be opened beside it.")
        self.what.setText(text)
        self.act.setEnabled(usable)
        self.adjustSize()  # a dialog that is shown does not grow with wrapped words by itself

    @Slot()
    def _choose(self) -> None:
        folder = self.folder
        self.accept()
        self.chosen.emit(folder)

    @Slot()
    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("New folder"), str(self._workspace.parent))
        if name:
            self.place.setText(name)


def _beside(workspace: Path, made_at: datetime) -> Path:
    """A folder beside the workspace that says which day it holds, and is not there yet."""
    stem = f"{workspace.name}-{made_at.astimezone():%Y-%m-%d}"
    names = [stem, *(f"{stem}-{number}" for number in range(2, 100))]
    return next(folder for name in names if not (folder := workspace.absolute().with_name(name)).exists())
