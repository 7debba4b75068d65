"""The second person: asked for by a setting, decides on a book that waits."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.i18n import gettext as _
from app.jobs import Job
from app.storage.books import Batch
from ui.pages.importing import work
from ui.pages.importing.approval import ApprovalForm
from ui.pages.importing.choose import HistoryCard
from ui.pages.page import Context, Page
from ui.tasks import Lane


class SecondPerson(QObject):
    """Hears the wishes of the imports so far; works beside the window."""

    def __init__(self, history: HistoryCard, context: Context, page: Page) -> None:
        super().__init__(page)
        self._history, self._context, self._page = history, context, page
        history.approve_wanted.connect(self._open)
        history.approval.clicked.connect(self._switch)
        page.guard(history.approval, "setting.put")
        context.commands.rights.changed.connect(self._bar)
        self._bar()

    @Slot()
    def _bar(self) -> None:
        """A link in a table is no button: where the role is not enough for an undo, none is offered."""
        self._history.bar_undo(self._context.commands.rights.why_not("book.undo"))

    @Slot(object)
    def _open(self, number: int) -> None:
        """Ask for the decision on a book that waits."""
        batch = self._history.batch(number)
        if batch is None:
            return
        form = ApprovalForm(batch, self._context.program.user, self._page)
        form.setObjectName("approval")
        self._page.guard(form.back, "book.return")
        self._page.guard(form.yes, "book.approve")
        form.decided.connect(self._decide)
        form.finished.connect(form.deleteLater)
        form.open()

    @Slot(int, bool, str)
    def _decide(self, number: int, approve: bool, reason: str) -> None:
        task = partial(work.decide, self._context.program, number, approve, reason)
        self._page.ask(task, partial(self._decided, approve), self._history.show_error, lane=Lane.WRITE)

    def _decided(self, approve: bool, batch: Batch) -> None:
        self._history.clear_error()
        if approve:
            self._context.done(_("Batch {batch} is the book of its date").format(batch=batch.id))
        else:
            self._context.done(_("Batch {batch} is returned; it never counted").format(batch=batch.id))

    @Slot(bool)
    def _switch(self, on: bool) -> None:
        def switch(_job: Job) -> bool:
            self._context.program.approving.switch(on)
            return on

        self._page.ask(switch, self._switched, self._refused, lane=Lane.WRITE)

    def _switched(self, on: bool) -> None:
        self._history.clear_error()
        self._context.done(_("Every book now waits for a second person") if on else _("Books count once imported"))
        self._page.refresh()

    def _refused(self, error: Exception) -> None:
        self._history.approval.setChecked(not self._history.approval.isChecked())
        self._history.show_error(error)
