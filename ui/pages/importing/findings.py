"""What is wrong, taken elsewhere: a cell's address to Excel's name box, the list into a workbook."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from app.i18n import gettext as _
from app.i18n import ngettext
from app.jobs import Job
from app.wording import formats
from ui.pages.importing.issues import IssuesCard
from ui.pages.importing.sheet import SheetCard
from ui.pages.page import Context, Page
from ui.tables.exporting import sheet, write


class Findings(QObject):
    """Hears the card's wishes; writes in a worker of the page."""

    def __init__(
        self,
        card: IssuesCard,
        sheet_card: SheetCard,
        context: Context,
        page: Page,
        source: Callable[[], tuple[Path | None, str | None]],
    ) -> None:
        super().__init__(page)
        self._source = source  # the file that was read, and its password
        card.mark_wanted.connect(self.ask_where_to_mark)
        self._card, self._context, self._page = card, context, page
        card.export_wanted.connect(self.ask_where)
        sheet_card.copied.connect(self._tell_copied)

    @Slot(str)
    def _tell_copied(self, cell: str) -> None:
        self._context.done(_("{cell} copied: paste it into Excel’s name box").format(cell=cell))

    @Slot()
    def ask_where_to_mark(self) -> None:
        """Ask for a file, and write the sheet with its faulty cells marked into it."""
        if (outcome := self._card.outcome) is None:
            return
        stem = Path(outcome.file_name).stem
        name, _kind = QFileDialog.getSaveFileName(
            self._page, _("Mark the faulty cells"), f"{stem}-marked.xlsx", _("Excel workbook (*.xlsx)")
        )
        if name:
            self.mark_into(Path(name))

    def mark_into(self, place: Path) -> None:
        """Write the sheet that was read, its faulty cells marked, in a worker."""
        outcome, (file, password) = self._card.outcome, self._source()
        if outcome is None or file is None:
            return

        def work(job: Job) -> int:
            return self._context.program.importing.mark(outcome, file, place, password, job)

        self._page.ask(work, partial(self._marked, place))

    def _marked(self, place: Path, count: int) -> None:
        text = ngettext("{n} cell marked in {file}", "{n} cells marked in {file}", count)
        self._context.done(text.format(n=formats.number(count), file=place.name))

    @Slot()
    def ask_where(self) -> None:
        """Ask for a file, and write the list into it."""
        if (outcome := self._card.outcome) is None:
            return
        stem = Path(outcome.file_name).stem
        name, _kind = QFileDialog.getSaveFileName(
            self._page, _("Export what is wrong"), f"{stem}-issues.xlsx", _("Excel workbook (*.xlsx)")
        )
        if name:
            self.write_to(Path(name))

    def write_to(self, place: Path) -> None:
        """Write the list of what is wrong into a workbook, in a worker."""
        if (outcome := self._card.outcome) is None:
            return
        made = sheet(
            self._card.table.rows,
            _("Issues"),
            _("What is wrong in {file}").format(file=outcome.file_name),
            answer=self._card.answer.text(),
            facts=[(_("Reporting date"), formats.day(outcome.reporting_date)), (_("Sheet"), outcome.sheet)],
        )
        sample = self._context.sample

        def work(_job: Job) -> Any:
            return write(place, (made,), sample=sample)

        self._page.ask(work, partial(self._written, place))

    def _written(self, place: Path, _notes: Any) -> None:
        self._context.done(_("List written to {file}").format(file=place.name))
