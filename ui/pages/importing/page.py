"""Import: one file on its way into the book, in four steps; nothing is stored before the last."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QSizePolicy

from app.events import BookChanged, Event
from app.i18n import gettext as _
from app.i18n import pgettext
from app.jobs import Cancelled, Job
from app.services.importing import Ending, Outcome
from app.storage.books import Batch
from app.wording import book as book_words
from app.wording import preview as preview_words
from exposures.mapping import Mapping
from ui.pages.importing import work
from ui.pages.importing.changes import ChangesCard
from ui.pages.importing.check import ColumnsCard, ReconciliationCard
from ui.pages.importing.choose import ChooseCard, HistoryCard
from ui.pages.importing.decision import DecisionBar
from ui.pages.importing.findings import Findings
from ui.pages.importing.issues import IssuesCard
from ui.pages.importing.match import MatchForm
from ui.pages.importing.password import Password
from ui.pages.importing.steps import Steps
from ui.pages.importing.working import WorkCard
from ui.pages.page import Context, Page
from ui.tasks import Lane, Task
from ui.widgets.text import label

CHOOSE, MATCH, CHECK, DONE = range(4)


class ImportPage(Page):
    """From a workbook to the book, with everything that is wrong shown before anything is stored."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.outcome: Outcome | None = None
        self.step = CHOOSE
        self._mapping: Mapping | None = None
        self._password = Password(self, self._read)
        self._task: Task | None = None
        self._storing = False
        self.steps = Steps()
        self._sample = label("sample")
        self._sample.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.header.add(self._sample)
        self.body.addWidget(self.steps)
        self.working = WorkCard()
        self.progress = self.working.progress
        self.progress.cancelled.connect(self._cancel)
        self.body.addWidget(self.working)
        self.choose, self.history = ChooseCard(context.state), HistoryCard(context.state)
        self.columns_card, self.issues = ColumnsCard(context.state), IssuesCard(context.state)
        self.reconciliation, self.changes = ReconciliationCard(context.state), ChangesCard(context.state)
        self._grid = grid = self.columns()
        grid.addWidget(self.choose, 0, 0, 1, 5)
        grid.addWidget(self.history, 0, 5, 1, 7)
        grid.addWidget(self.columns_card, 1, 0, 1, 3)
        grid.addWidget(self.issues, 1, 3, 1, 9)
        grid.addWidget(self.reconciliation, 2, 0, 1, 7)
        grid.addWidget(self.changes, 2, 7, 1, 5)
        self.bar = DecisionBar()
        self.reason, self.again, self.commit = self.bar.reason, self.bar.again, self.bar.commit
        self.body.addWidget(self.bar)
        self.reason.textChanged.connect(self._offer)
        self.bar.cancel.clicked.connect(self._start_over)
        self.bar.back.clicked.connect(lambda: self._go(CHOOSE))
        self.again.clicked.connect(self._read)
        self.commit.clicked.connect(self._commit)
        self.choose.chosen.connect(self._read)
        self.history.undo_wanted.connect(self._undo)
        self.history.opened.connect(self._open_batch)
        self.history.approve_wanted.connect(self._approve)
        self.columns_card.edit_wanted.connect(self._match)
        self.findings = Findings(self.issues, context, self, lambda: (self.choose.file, self._password.given))
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
        self.steps.fill([_("Choose file"), _("Match columns"), _("Check"), pgettext("step", "Done")])
        self.progress.retranslate()
        for card in (self.choose, self.history, self.columns_card, self.issues, self.reconciliation, self.changes):
            card.retranslate()
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

    def _go(self, step: int) -> None:
        self.step = step
        self.steps.go(step if step != DONE else DONE + 1)
        choosing = step in (CHOOSE, DONE)
        for card in (self.choose, self.history):
            card.setVisible(choosing)
        for card in (self.columns_card, self.issues):
            card.setVisible(not choosing)
        for card in (self.reconciliation, self.changes):
            card.setVisible(step == CHECK)
        self.bar.setVisible(not choosing)
        for row, share in enumerate((1, 0, 0) if choosing else (0, 1, 0) if step == MATCH else (0, 10, 9)):
            self._grid.setRowStretch(row, share)
        self._scope()

    def _scope(self) -> None:
        outcome = self.outcome
        if outcome is None:
            self.header.scope.setText("")
            return
        self.header.scope.setText(
            preview_words.scope(outcome.file_name, outcome.sheet, outcome.rows_read, outcome.reporting_date)
        )

    def _show_history(self, found: tuple[list[Batch], list[str], date]) -> None:
        batches, layouts, today = found
        self.history.show_history(batches)
        self.choose.offer(layouts, today)

    @Slot()
    def _read(self) -> None:
        """Preview the chosen file in a worker; what was shown stays until the answer is there."""
        file = self.choose.file
        if file is None or self._task is not None:
            return
        self.choose.clear_error()
        task = partial(work.preview, self.context.program, self._source(file, self.choose.reporting_date))
        title = _("Reading {file}").format(file=file.name)
        self._begin(title, task, self._checked, self._not_read, Lane.READ)

    def _source(self, file: Path, day: date) -> work.Source:
        mapping = self._mapping or self.choose.layout_box.currentData()
        return work.Source(file, day, mapping, self.choose.rates, self._password.given)

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
        self.columns_card.show_outcome(outcome)
        self.issues.show_outcome(outcome)
        self.reconciliation.show_outcome(outcome)
        self.changes.show_outcome(outcome)
        self._go(MATCH if outcome.ending is Ending.BLOCKED else CHECK)
        self._offer()

    def _not_read(self, error: Exception) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self.context.done(_("Cancelled: nothing was stored"))
        else:
            self._go(CHOOSE)
            self._password.ask_after(error, self.choose.file)
            self.choose.show_error(error, (_("Choose another file"), self.choose.place.choose.click))
        self._offer()

    def _offer(self) -> None:
        """Say what the primary button would do, and why it cannot where it cannot."""
        if self.outcome is not None:
            self.bar.offer(self.outcome, self._task is None)

    @Slot()
    def _commit(self) -> None:
        file, outcome = self.choose.file, self.outcome
        if file is None or outcome is None or self._task is not None:
            return
        reason = self.reason.text().strip() or None if outcome.taken_by is not None else None
        task = partial(work.store, self.context.program, self._source(file, outcome.reporting_date), reason)
        self._begin(_("Importing {file}").format(file=file.name), task, self._stored, self._not_stored, Lane.WRITE)

    def _stored(self, outcome: Outcome) -> None:
        self._end()
        if outcome.ending is Ending.BLOCKED:
            self._checked(outcome)
            return
        text = book_words.ending(outcome.ending.value, outcome.batch)
        undo = outcome.ending is Ending.IMPORTED
        self.context.done(text, _("Undo") if undo else "", self._undo if undo else None)
        self._forget()
        self._go(DONE)
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
        self.ask(partial(work.take_back, self.context.program), self._undone, lane=Lane.WRITE)

    def _undone(self, batch: Batch) -> None:
        self.context.done(_("Import undone: batch {batch} is withdrawn").format(batch=batch.id))
        self._go(CHOOSE)

    @Slot(object)
    def _approve(self, batch: int) -> None:
        self.ask(partial(work.approve, self.context.program, batch), self._approved, lane=Lane.WRITE)

    def _approved(self, batch: Batch) -> None:
        self.context.done(_("Batch {batch} is the book of its date").format(batch=batch.id))

    def _forget(self) -> None:
        self.outcome = self._mapping = self._password.given = None
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
        if self.outcome is None:
            return
        form = MatchForm(self.outcome, self)
        form.finished.connect(partial(self._matched, form))
        form.open()

    def _matched(self, form: MatchForm, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._mapping = form.mapping()
            self._read()
        form.deleteLater()

    @Slot(object)
    def _open_batch(self, batch: int) -> None:
        self.context.open("exposures", batch=batch)
