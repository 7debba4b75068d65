"""Import: one file on its way into the book, in four steps; nothing is stored before the last."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy

from app.events import BookChanged, Event
from app.i18n import gettext as _
from app.i18n import pgettext
from app.jobs import Cancelled, Job
from app.services.importing import Ending, Outcome
from app.storage.books import Batch
from app.wording import book as book_words
from app.wording import preview as preview_words
from ui.pages.importing import work
from ui.pages.importing.decision import DecisionBar
from ui.pages.importing.empty_book import EmptyBook
from ui.pages.importing.findings import Findings
from ui.pages.importing.manner import Manner
from ui.pages.importing.second_person import SecondPerson
from ui.pages.importing.stage import CHECK, CHOOSE, DONE, MATCH, Stage
from ui.pages.importing.steps import Steps
from ui.pages.importing.working import WorkCard
from ui.pages.page import Context, Page
from ui.tasks import Lane, Task
from ui.widgets.text import label


class ImportPage(Page):
    """From a workbook to the book, with everything that is wrong shown before anything is stored."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.outcome: Outcome | None = None
        self.step = CHOOSE
        self._task: Task | None = None
        self._storing = False
        self._approval = False
        self.steps = Steps()
        self._sample = label("sample")
        self._sample.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.header.add(self._sample)
        self.body.addWidget(self.steps)
        self.working = WorkCard()
        self.progress = self.working.progress
        self.progress.cancelled.connect(self._cancel)
        self.body.addWidget(self.working)
        self.stage = stage = Stage(self.columns(), context.state, self)
        self.choose, self.history, self.columns_card, self.issues = (
            stage.choose, stage.history, stage.columns, stage.issues,
        )  # fmt: skip
        self.reconciliation, self.changes, self.sheet = stage.reconciliation, stage.changes, stage.sheet
        self.bar = DecisionBar()
        self.reason, self.again, self.commit = self.bar.reason, self.bar.again, self.bar.commit
        self.body.addWidget(self.bar)
        self.reason.textChanged.connect(self._offer)
        self.bar.cancel.clicked.connect(self._start_over)
        self.bar.back.clicked.connect(lambda: self._go(CHOOSE))
        self.again.clicked.connect(self._read)
        self.guard(self.commit, "book.import")
        self.commit.clicked.connect(self._commit)
        self.choose.chosen.connect(self._read)
        self.history.undo_wanted.connect(self._undo)
        self.history.opened.connect(self._open_batch)
        self.columns_card.edit_wanted.connect(self._match)
        self.reconciliation.controls_wanted.connect(self._ask_controls)
        self.manner = Manner(self.choose, self)
        self.manner.changed.connect(self._read)
        self.empty_book = EmptyBook(self.choose, context, self)
        self.second_person = SecondPerson(self.history, context, self)
        self.findings = Findings(self.issues, self.sheet, context, self, self.manner.opened)
        self.apply_density()
        self._go(CHOOSE)

    # ------------------------------------------------------------------ the page protocol

    def apply_density(self) -> None:
        """At 1366 × 768 nothing scrolls."""
        super().apply_density()
        if hasattr(self, "bar"):
            self.bar.apply_density()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Import the book"))
        self._sample.setText(_("SAMPLE"))
        self._sample.setVisible(self.context.sample)
        self._fill_steps()
        self.progress.retranslate()
        self.stage.retranslate()
        self.bar.retranslate()
        self._scope()
        self._offer()

    def refresh(self, event: Event | None = None) -> None:
        """Ask for the history and the layouts again."""
        if event is None or isinstance(event, BookChanged):
            self.ask(partial(work.history, self.context.program), self._show_history, about="history")

    def show_target(self, **what: Any) -> None:
        """Read a file that somebody dropped on the window (`file=Path`)."""
        if "file" in what:
            self._start_over()
            self.choose.take(what["file"])

    def find(self) -> None:
        """Ctrl+F: filter what is wrong."""
        self.issues.filter.setFocus()

    def export(self) -> None:
        """Ctrl+E: the list of what is wrong."""
        self.findings.ask_where()

    # ------------------------------------------------------------------ steps

    def _fill_steps(self) -> None:
        second = [_("Second person")] if self._approval else []
        self.steps.fill([_("Choose file"), _("Match columns"), _("Check"), *second, pgettext("step", "Done")])

    def _go(self, step: int, *, waits: bool = False) -> None:
        """To a step; `waits`: a second person is asked before it is done."""
        self.step = step
        self.steps.go(step if step != DONE or waits else DONE + 2)
        self.stage.go(step)
        self.bar.setVisible(step in (MATCH, CHECK))
        self._scope()

    def _scope(self) -> None:
        outcome = self.outcome
        if outcome is None:
            self.header.scope.setText("")
            return
        self.header.scope.setText(
            preview_words.scope(outcome.file_name, outcome.sheet, outcome.rows_read, outcome.reporting_date)
        )

    def _show_history(self, found: work.Past) -> None:
        self._approval = found.approval
        self.history.approval.setChecked(found.approval)
        self._fill_steps()
        self.history.show_history(found.batches)
        self.choose.offer(found.layouts, found.today)

    @Slot()
    def _read(self) -> None:
        """Preview the chosen file in a worker; what was shown stays until the answer is there."""
        source = self.manner.source()
        if source is None or self._task is not None:
            return
        self.choose.clear_error()
        task = partial(work.preview, self.context.program, source)
        title = _("Reading {file}").format(file=source.file.name)
        self._begin(title, task, self._checked, self._not_read, Lane.READ)

    def _begin(
        self,
        title: str,
        work: Callable[[Job], Outcome],
        done: Callable[[Outcome], None],
        failed: Callable[[Exception], None],
        lane: Lane,
    ) -> None:
        self._task = self.context.tasks.run(self, work, done, failed, self.working.advance, lane)
        self._storing = lane is Lane.WRITE
        self.working.begin(title)
        self._offer()

    def _end(self) -> None:
        self._task = None
        self.working.end()

    @Slot()
    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _checked(self, outcome: Outcome) -> None:
        self._end()
        self.outcome = outcome
        self.stage.show_outcome(outcome)
        self._go(MATCH if outcome.ending is Ending.BLOCKED else CHECK)
        self._offer()

    def _not_read(self, error: Exception) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self.context.done(_("Cancelled: nothing was stored"))
        else:
            self._go(CHOOSE)
            self.manner.password.ask_after(error, self.choose.file)
            self.choose.show_error(error, (_("Choose another file"), self.choose.place.choose.click))
        self._offer()

    def _offer(self) -> None:
        """Say what the primary button would do, and why it cannot where it cannot."""
        if self.outcome is not None:
            self.bar.offer(self.outcome, self._task is None, self._approval)

    @Slot()
    def _commit(self) -> None:
        source, outcome = self.manner.source(), self.outcome
        if source is None or outcome is None or self._task is not None:
            return
        reason = self.reason.text().strip() or None if outcome.taken_by is not None else None
        source = replace(source, day=outcome.reporting_date)
        task = partial(work.store, self.context.program, source, reason)
        self._begin(
            _("Importing {file}").format(file=source.file.name), task, self._stored, self._not_stored, Lane.WRITE
        )

    def _stored(self, outcome: Outcome) -> None:
        self._end()
        if outcome.ending in (Ending.BLOCKED, Ending.REJECTED):
            self._checked(outcome)
            return
        text = book_words.ending(outcome.ending.value, outcome.batch)
        undo = outcome.ending is Ending.IMPORTED
        self.context.done(text, _("Undo") if undo else "", self._undo if undo else None)
        self._forget()
        self._go(DONE, waits=outcome.ending is Ending.WAITING)
        self.refresh(None)

    def _not_stored(self, error: Exception) -> None:
        self._end()
        self._offer()
        if isinstance(error, Cancelled):
            self.context.done(_("Cancelled: nothing was stored"))
        else:
            self.issues.show_error(error, (_("Read the file again"), self._read))

    @Slot()
    def _undo(self) -> None:
        if not self.allows("book.undo"):
            return
        self.ask(partial(work.take_back, self.context.program), self._undone, lane=Lane.WRITE)

    def _undone(self, batch: Batch) -> None:
        self.context.done(_("Import undone: batch {batch} is withdrawn").format(batch=batch.id))
        self._go(CHOOSE)

    def _forget(self) -> None:
        self.outcome = None
        self.manner.forget()
        self.stage.hide_sheet()
        self.choose.file = None
        self.reason.clear()
        self.issues.clear_error()
        self.choose.clear_error()

    @Slot()
    def _start_over(self) -> None:
        """Leave what is being read, as though it had never been asked for; what is being stored is only asked to stop,
        because whether it stopped in time has to be told.
        """
        if self._task is not None and not self._storing:
            self._task.abandon()
            self._end()
        self._cancel()
        self._forget()
        self._go(CHOOSE)

    @Slot()
    def _match(self) -> None:
        if self.outcome is not None:
            self.manner.ask_columns(self.outcome)

    @Slot()
    def _ask_controls(self) -> None:
        if self.outcome is not None:
            self.manner.ask_controls(self.outcome)

    @Slot(object)
    def _open_batch(self, batch: int) -> None:
        self.context.open("exposures", batch=batch)
