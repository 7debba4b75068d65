"""What the page does with what is supplied beside the book: forms, files and reviews, and what it says of them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from app.i18n import gettext as _
from app.i18n import language, ngettext
from app.jobs import Job
from app.storage.supplied import SuppliedVersion
from app.wording import formats
from exposures.reviews.sectors import Borrower
from ui.pages.page import Context
from ui.pages.reviews import work
from ui.pages.reviews.beside import SectorsForm, SuppliedForm
from ui.tasks import Lane


class BesideBook:
    """`ask` runs a piece of work and hands on its answer; the page's own."""

    def __init__(self, page: QWidget, context: Context, ask: Callable[..., Any]) -> None:
        self._page, self._context, self._ask = page, context, ask
        self._rights = context.commands.rights
        self.form: QDialog | None = None

    def name(self, sectors: QPushButton, supplied: QPushButton) -> None:
        """Set the texts of the page's two buttons anew."""
        sectors.setText(_("Sectors"))
        sectors.setToolTip(_("Review which borrowers are banks"))
        supplied.setText(_("Supply figures"))
        supplied.setToolTip(_("Claims between others, capital, soundness of banks"))

    def show_supplied(self) -> None:
        """Show what is supplied, to import more of it."""
        self._ask(partial(work.supplied, self._context.program), self._open_supplied)

    def show_sectors(self, countries: frozenset[str]) -> None:
        """Show the sectors of borrowers in these countries and regions, to review them."""
        self._ask(partial(work.borrowers, self._context.program, countries), self._open_sectors)

    def _open_supplied(self, found: tuple[SuppliedVersion, ...]) -> None:
        form = SuppliedForm(found, self._page)
        self._rights.guard(form.take_button, "supplied.import")
        self._rights.guard(form.undo_button, "supplied.undo")
        form.taken.connect(self._take)
        form.template.connect(self._template)
        form.undone.connect(self._undo)
        self._show(form)

    def _open_sectors(self, found: tuple[Borrower, ...]) -> None:
        form = SectorsForm(found, self._page)
        self._rights.guard(form.set_button, "sector.review")
        form.reviewed.connect(self._review)
        self._show(form)

    def _show(self, form: QDialog) -> None:
        self.form = form
        form.finished.connect(form.deleteLater)
        form.open()

    def _take(self, path: Path) -> None:
        def work_of(_job: Job) -> tuple[SuppliedVersion, ...]:
            return self._context.program.supplying.import_file(path, _job)

        self._ask(work_of, self._taken, lane=Lane.WRITE)

    def _taken(self, made: tuple[SuppliedVersion, ...]) -> None:
        rows = sum(len(one.rows) for one in made)
        text = ngettext("{n} row taken; make the lists again", "{n} rows taken; make the lists again", rows)
        self._context.done(text.format(n=formats.number(rows)))

    def _template(self, path: Path) -> None:
        def work_of(_job: Job) -> Path:
            self._context.program.supplying.write_template(path, language())
            return path

        self._ask(work_of, self._written)

    def _written(self, path: Path) -> None:
        self._context.done(_("Empty workbook written to {file}").format(file=path.name))

    def _undo(self, kind: str) -> None:
        def work_of(_job: Job) -> tuple[SuppliedVersion, ...]:
            return (self._context.program.supplying.undo(kind),)

        self._ask(work_of, self._taken, lane=Lane.WRITE)

    def _review(self, borrower: str, sector: str, source: str) -> None:
        def work_of(_job: Job) -> Any:
            return self._context.program.supplying.review_sectors([borrower], sector, source)

        self._ask(work_of, self._reviewed, lane=Lane.WRITE)

    def _reviewed(self, _made: Any) -> None:
        self._context.done(_("Sector set; make the lists again"))
