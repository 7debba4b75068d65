"""Backups: what could be brought back, the way back, a copy for another disk, and everything for other programs.

A page of its own and not a part of Sources: whether the figures arrive, and whether they could be lost, are two
questions.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QPushButton, QSizePolicy

from app import bootstrap
from app.bootstrap import Program
from app.events import BookChanged, Event, ScheduleChanged
from app.i18n import gettext as _
from app.jobs import Cancelled, Job
from app.services.backing_up import Backup
from app.services.exporting import Exported
from app.services.keeping import Copies, look_into
from app.services.restoring import Restored
from app.storage.archive import Manifest
from app.wording import backup as words
from ui.pages.backups.copy import CopyCard
from ui.pages.backups.listing import CopiesCard
from ui.pages.backups.restoring import RestoreDialog
from ui.pages.page import Context, Page
from ui.tasks import Lane, Task
from ui.widgets import icons
from ui.widgets.card import Card
from ui.widgets.text import label


class BackupsPage(Page):
    """The copies at the left, the chosen one and its way back at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._task: Task | None = None
        self.from_file = self.button()
        self.from_file.clicked.connect(self.restore_from_file)
        self.make = self.button("primary")
        self.make.clicked.connect(self.back_up)
        self.copies, self.copy, self.leaving = CopiesCard(context.state), CopyCard(), Card()
        self.export_all = QPushButton()
        self.export_all.clicked.connect(self.export)
        self._what = label("small")
        self._what.setWordWrap(True)
        self._what.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.leaving.body.addWidget(self._what)
        self.leaving.body.addWidget(self.export_all)
        grid = self.columns()
        grid.addWidget(self.copies, 0, 0, 2, 8)
        grid.addWidget(self.copy, 0, 8, 1, 4)
        grid.addWidget(self.leaving, 1, 8, 1, 4)
        grid.setRowStretch(0, 1)
        self.copies.chosen.connect(self.copy.show_copy)
        self.copies.work.cancelled.connect(self._cancel)
        self.copy.restore_wanted.connect(self.restore)

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Backups"))
        self.header.scope.setText(str(self.context.program.workspace.backups))
        self.from_file.setText(_("Restore from a file…"))
        self.make.setText(_("Back up now…"))
        self.make.setIcon(icons.icon("copy", "onAccent"))
        self.copies.retranslate()
        self.copy.retranslate()
        self.leaving.ask(_("How does everything leave for other programs?"))
        self._what.setText(
            _("Every table as CSV, all of them in one Excel workbook, and the settings, in a new folder of their own.")
        )
        self.export_all.setText(_("Export everything…"))
        self.export_all.setIcon(icons.icon("export"))

    def refresh(self, event: Event | None = None) -> None:
        """Read the copies again; the schedule and an undo make new ones."""
        if event is None or isinstance(event, ScheduleChanged | BookChanged):
            self.ask(partial(_copies, self.context.program), self._show, self._failed, about="copies")

    def show_target(self, **what: Any) -> None:
        """The commands of the menu: `act="back_up"`, "restore" or "export"."""
        acts = {"back_up": self.back_up, "restore": self.restore_from_file, "export": self.export}
        if (act := acts.get(what.get("act", ""))) is not None:
            act()

    # ------------------------------------------------------------------ showing

    def _show(self, found: Copies) -> None:
        self.copies.clear_error()
        if found.copies:
            self.copies.show_content()
        self.copies.show_copies(found)
        self.copy.show_copy(self.copies.current)
        if not found.copies:
            self.copies.show_empty(
                "copy",
                _("No copy yet"),
                _("The program makes one every bank working day while it runs. Write one now, best to another disk."),
            )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self.copies.show_error(error, (_("Try again"), self.refresh))

    # ------------------------------------------------------------------ doing

    @Slot()
    def back_up(self) -> None:
        """Write a copy where the person wants it; another disk is the place for it."""
        name = f"tidewatch-{self._today()}.zip"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Back up now"), name, _("Backup (*.zip)"))
        if chosen:
            work = partial(_back_up, self.context.program, Path(chosen))
            self._work(_("Backing up"), work, self._backed_up)

    def _backed_up(self, made: Backup) -> None:
        self.context.done(words.made(made.file.name, made.size, sum(made.manifest.rows.values())))

    @Slot()
    def restore_from_file(self) -> None:
        """Restore a backup that lies somewhere else."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Restore from a file"), "", _("Backup (*.zip)"))
        if chosen:
            self.restore(Path(chosen))

    @Slot(object)
    def restore(self, file: Path) -> None:
        """Read a backup whole, then ask where it is to go."""
        self._work(_("Reading the backup"), partial(_look_into, file), partial(self._ask_where, file))

    def _ask_where(self, file: Path, held: Manifest) -> None:
        program = self.context.program
        self.dialog = RestoreDialog(file, held, program.workspace.root, self)
        self.dialog.chosen.connect(partial(self._put, file))
        self.dialog.open()

    def _put(self, file: Path, folder: Path | None) -> None:
        if folder is None:
            self.context.replace(file)
        else:
            self._work(_("Restoring"), partial(_restore, folder, file), partial(self._restored, folder))

    def _restored(self, folder: Path, done: Restored) -> None:
        text = words.restored(str(folder), done.manifest.made_at, sum(done.manifest.rows.values()))
        self.context.done(text)
        self.copy.tell_restored(text, str(folder))

    @Slot()
    def export(self) -> None:
        """Ctrl+E: everything, into a folder of its own below the one that is chosen."""
        chosen = QFileDialog.getExistingDirectory(self, _("Export everything into a new folder below"))
        if chosen:
            folder = Path(chosen) / f"tidewatch-{self._today()}"
            self._work(_("Exporting everything"), partial(_export, self.context.program, folder), self._exported)

    def _exported(self, done: Exported) -> None:
        self.context.done(words.exported(str(done.folder), len(done.rows), sum(done.rows.values())))

    def _today(self) -> str:
        return self.context.program.clock().astimezone().date().isoformat()

    # ------------------------------------------------------------------ work that takes a while

    def _work(self, title: str, work: Callable[[Job], Any], then: Callable[[Any], None]) -> None:
        if self._task is not None:
            return  # one at a time; its Cancel stands above the table
        self._offer(idle=False)
        self.copies.work.begin(title)
        self._task = self.ask(work, partial(self._end, then), self._stopped, self._advance, Lane.WRITE)

    def _advance(self, phase: str, done: int, total: int) -> None:
        self.copies.work.advance(words.phase(phase), done, total)

    def _end(self, then: Callable[[Any], None], outcome: Any) -> None:
        self._rest()
        then(outcome)
        self.refresh(None)

    def _stopped(self, error: Exception) -> None:
        self._rest()
        if isinstance(error, Cancelled):
            self.context.done(_("Cancelled: nothing was written"))
        else:
            self.context.failed(error)

    def _rest(self) -> None:
        self._task = None
        self.copies.work.end()
        self._offer(idle=True)

    def _offer(self, *, idle: bool) -> None:
        for button in (self.make, self.from_file, self.export_all):
            button.setEnabled(idle)
        self.copy.restore.setEnabled(idle and self.copies.current is not None and self.copies.current.fault is None)

    @Slot()
    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()


def _copies(program: Program, job: Job) -> Copies:
    return program.keeping.copies(job)


def _look_into(file: Path, job: Job) -> Manifest:
    return look_into(file, job)


def _back_up(program: Program, file: Path, job: Job) -> Backup:
    return program.backing_up.back_up(file, job)


def _restore(folder: Path, file: Path, job: Job) -> Restored:
    return bootstrap.restore_workspace(folder, file, job=job)


def _export(program: Program, folder: Path, job: Job) -> Exported:
    return program.exporting.export_all(folder, job)
