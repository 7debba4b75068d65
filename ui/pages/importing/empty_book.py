"""An empty workbook to be filled in, for whoever sends the book: its import asks nothing."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from app.i18n import gettext as _
from app.i18n import language
from app.jobs import Job
from app.services import templating
from ui.pages.importing.choose import ChooseCard
from ui.pages.page import Context, Page


class EmptyBook(QObject):
    """Hears the card's wish; writes in a worker of the page."""

    def __init__(self, card: ChooseCard, context: Context, page: Page) -> None:
        super().__init__(page)
        self._card, self._context, self._page = card, context, page
        card.template.clicked.connect(self._ask_where)

    @Slot()
    def _ask_where(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self._page, _("Write an empty book"), _("book.xlsx"), _("Excel workbook (*.xlsx)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # nothing is written over: that is refused
        )  # fmt: skip
        if name:
            self.write_to(Path(name))

    def write_to(self, place: Path) -> None:
        """Write it, in the language now spoken."""
        spoken = language()

        def work(_job: Job) -> None:
            templating.write(place, spoken)

        self._card.clear_error()
        self._page.ask(work, partial(self._written, place), self._card.show_error)

    def _written(self, place: Path, _nothing: None) -> None:
        self._context.done(_("Empty book written to {file}").format(file=place.name))
