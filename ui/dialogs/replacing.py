"""A backup takes the place of a workspace that no window has open: what it does, how far it is, and Cancel."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout

from app import bootstrap
from app.i18n import gettext as _
from app.jobs import Cancelled, Job
from app.services.restoring import Restored
from app.wording import backup as words
from app.wording import formats
from ui.tasks import Lane, Tasks
from ui.widgets.notice import ProgressStrip

_WIDTH = 420


class ReplacingDialog(QDialog):
    """Runs the restore in a worker. Afterwards `text` says what was done, or `error` why nothing was."""

    def __init__(self, workspace: Path, file: Path) -> None:
        super().__init__()
        self.setObjectName("replacing")
        self.setWindowTitle(_("Restoring {file}").format(file=file.name))
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        self.text = ""
        self.error: Exception | None = None
        self._workspace = workspace
        self.work = ProgressStrip()
        self.work.setMinimumWidth(_WIDTH)
        self.work.begin(_("{workspace} becomes what it was in {file}").format(workspace=workspace, file=file.name))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.addWidget(self.work)
        self.tasks = Tasks(self)
        self._task = self.tasks.run(
            self, partial(_replace, workspace, file), self._done, self._failed, self._advance, Lane.WRITE
        )
        self.work.cancelled.connect(self.reject)

    @Slot()
    def reject(self) -> None:
        """Cancel, or Escape: the work stops where it can, and the dialog closes when it has."""
        self._task.cancel()

    def _advance(self, phase: str, done: int, total: int) -> None:
        self.work.advance(words.phase(phase), done, total)

    def _done(self, restored: Restored) -> None:
        rows = sum(restored.manifest.rows.values())
        said = [words.restored(str(self._workspace), restored.manifest.made_at, rows)]
        if restored.replaced is not None:
            said.append(words.replaced(str(restored.replaced)))
        self.text = formats.together(said)
        self.accept()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.text = _("Cancelled: the workspace is as it was")
        else:
            self.error = error
        super().reject()


def put_in_place(workspace: Path, file: Path) -> ReplacingDialog:
    """Restore with the dialog in sight, and return it: it knows how that ended."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    quits = application.quitOnLastWindowClosed()
    application.setQuitOnLastWindowClosed(False)  # the window opens again after it
    dialog = ReplacingDialog(workspace, file)
    try:
        dialog.exec()
    finally:
        dialog.tasks.close()
        application.setQuitOnLastWindowClosed(quits)
    return dialog


def _replace(workspace: Path, file: Path, job: Job) -> Restored:
    return bootstrap.restore_workspace(workspace, file, replace=True, job=job)
