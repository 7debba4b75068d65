"""A long table being written beside the window: how far it is, Cancel, and one line of what came of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot

from app.i18n import gettext as _
from app.jobs import Cancelled
from app.wording import formats
from ui.pages.page import Context
from ui.tables.streaming import Stream
from ui.tasks import Task
from ui.widgets.notice import ProgressStrip


class ExportStrip(ProgressStrip):
    """`ask` runs work beside the window, as `Page.ask`; `changed` tells that an export begins or has ended."""

    changed = Signal()

    def __init__(self, context: Context, ask: Callable[..., Task]) -> None:
        super().__init__()
        self._context, self._ask = context, ask
        self._task: Task | None = None
        self.cancelled.connect(self._stop)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether a table is being written."""
        return self._task is not None

    def write(self, stream: Stream, place: Path, title: str, done: str) -> None:
        """Write the table, whole or not at all; `done` is said when it is there."""
        self.begin(_("Writing the lines into {file}").format(file=place.name))
        work = partial(stream.write, place, title)
        self._task = self._ask(work, partial(self._written, done), self._failed, self._tell)
        self.changed.emit()

    def _tell(self, _phase: str, done: int, total: int) -> None:
        values = {"done": formats.number(done), "total": formats.number(total)}
        text = _("{done} of {total} lines") if done < total else _("{total} lines; the workbook is being closed")
        self.advance(text.format(**values), done, total)

    @Slot()
    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _rest(self) -> None:
        self._task = None
        self.end()
        self.changed.emit()

    def _written(self, done: str, _notes: Any) -> None:
        self._rest()
        self._context.done(done)

    def _failed(self, error: Exception) -> None:
        self._rest()
        if isinstance(error, Cancelled):
            self._context.done(_("Cancelled: nothing was written"))
        else:
            self._context.failed(error)
