"""The committee pack from the window: what goes in, its pages as they will be, and the file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.i18n import LANGUAGES, language
from app.i18n import gettext as _
from app.jobs import Job
from app.services.packing import Chosen
from app.services.reporting import Reported
from app.wording import formats, terms
from app.wording import reviews as terms_of_lists
from exposures.reviews import REVIEW_LISTS
from ui.pages.page import Context, Page
from ui.tasks import Lane
from ui.widgets.choice import Segments
from ui.widgets.text import label

_CODE = Qt.ItemDataRole.UserRole
_CHECK, _FILES = "check", "files"
#: What stays free beside a page (px).
_EDGE = 8


class PackForm(QDialog):
    """`preview_wanted(Chosen, language)`, `write_wanted(Path, Chosen, language)`; `show_pages` shows what came."""

    preview_wanted = Signal(object, str)
    write_wanted = Signal(object, object, str)

    def __init__(
        self, flagged: Sequence[str], scenarios: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Committee pack"))
        self._pages: list[bytes] = []
        self._place = 0
        self.parts = QListWidget()
        self.parts.setAccessibleName(_("What goes into the pack"))
        self.parts.setMinimumSize(260, 300)
        self._add(_CHECK, "", _("Daily check"), chosen=True)
        for code in flagged:
            self._add("country", code, terms.country(code), chosen=True)
        for id, name in scenarios:
            self._add("scenario", id, _("Stress: {name}").format(name=name), chosen=False)
        for one in REVIEW_LISTS:
            name = _("{list} {name}").format(list=one.id, name=terms_of_lists.list_name(one.id))
            self._add("list", one.id, name, chosen=True)
        self._add(_FILES, "", _("Attached files, beside the pack"), chosen=False)
        self.speech = Segments(list(LANGUAGES), language())
        self.speech.fill([_("English"), _("Chinese")])
        self.page = QLabel()
        self.page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.page.setAccessibleName(_("Page of the preview"))
        self.paper = QScrollArea()
        self.paper.setWidget(self.page)
        self.paper.setWidgetResizable(True)
        self.paper.setMinimumSize(520, 380)
        self.note = label("caption", _("Nothing is anchored until the pack is written."))
        self.back_button, self.on_button = QPushButton(_("Page before")), QPushButton(_("Next page"))
        self.preview_button, self.write_button = QPushButton(_("Preview")), QPushButton(_("Write the pack"))
        close = QPushButton(_("Close"))
        self.write_button.setProperty("k", "primary")
        self.back_button.clicked.connect(self._back)
        self.on_button.clicked.connect(self._on)
        self.preview_button.clicked.connect(self._preview)
        self.write_button.clicked.connect(self._write)
        close.clicked.connect(self.reject)
        self.parts.itemChanged.connect(self._offer)
        self._lay_out(close)
        self.resize(1060, 640)
        self._offer()
        self._turn(0)

    def _lay_out(self, close: QPushButton) -> None:
        left = QVBoxLayout()
        left.addWidget(self.parts, 1)
        left.addWidget(self.speech)
        left.addWidget(self.preview_button)
        turning = QHBoxLayout()
        turning.addWidget(self.back_button)
        turning.addWidget(self.note, 1)
        turning.addWidget(self.on_button)
        right = QVBoxLayout()
        right.addWidget(self.paper, 1)
        right.addLayout(turning)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addLayout(left)
        middle.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.write_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("headline", _("Committee pack")))
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _add(self, kind: str, code: str, text: str, *, chosen: bool) -> None:
        item = QListWidgetItem(text)
        item.setData(_CODE, f"{kind} {code}")
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        self.parts.addItem(item)

    def chosen(self) -> Chosen:
        """What is ticked."""
        ticked = [
            str(item.data(_CODE)).partition(" ")
            for row in range(self.parts.count())
            if (item := self.parts.item(row)).checkState() is Qt.CheckState.Checked
        ]

        def of(kind: str) -> tuple[str, ...]:
            return tuple(code for found, _blank, code in ticked if found == kind)

        return Chosen(of("list"), of("country"), of("scenario"), bool(of(_CHECK)), bool(of(_FILES)))

    def show_pages(self, pages: list[bytes]) -> None:
        """Show the pages that came, from the first."""
        self._pages = pages
        self.preview_button.setEnabled(True)
        self._turn(0)

    @Slot()
    def _offer(self) -> None:
        some = replace(self.chosen(), files=False) != Chosen((), (), (), check=False)
        self.preview_button.setEnabled(some)
        self.write_button.setEnabled(some)

    def _turn(self, place: int) -> None:
        self._place = place
        last = len(self._pages) - 1
        self.back_button.setEnabled(place > 0)
        self.on_button.setEnabled(place < last)
        if not self._pages:
            self.page.setText(_("The preview shows every page as it will be printed."))
            return
        shown = QPixmap()
        shown.loadFromData(self._pages[place], "PNG")
        room = self.paper.viewport().width() - _EDGE
        self.page.setPixmap(shown.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation))
        self.note.setText(
            _("Page {page} of {pages}; nothing is anchored until the pack is written.").format(
                page=formats.number(place + 1), pages=formats.number(len(self._pages))
            )
        )

    @Slot()
    def _back(self) -> None:
        self._turn(self._place - 1)

    @Slot()
    def _on(self) -> None:
        self._turn(self._place + 1)

    @Slot()
    def _preview(self) -> None:
        self.preview_button.setEnabled(False)
        self.page.setText(_("The pages are being set."))
        self.preview_wanted.emit(self.chosen(), self.speech.current)

    @Slot()
    def _write(self) -> None:
        place, _kind = QFileDialog.getSaveFileName(
            self, _("Write the pack"), "pack.pdf", _("PDF (*.pdf);;Excel workbook (*.xlsx)")
        )
        if place:
            self.write_wanted.emit(Path(place), self.chosen(), self.speech.current)
            self.accept()


class PackDesk:
    """The page's button, and what follows when it is pressed."""

    def __init__(self, page: Page, context: Context) -> None:
        self._page, self._context = page, context
        self.button = page.button()
        self.button.clicked.connect(self.open)
        self.form: PackForm | None = None

    def retranslate(self) -> None:
        """Set every text anew."""
        self.button.setText(_("Pack"))
        self.button.setToolTip(_("The committee pack: check, countries, stress and lists as one file"))

    def open(self) -> None:
        """Ask what goes in."""

        def know(_job: Job) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
            program = self._context.program
            return program.packing.flagged(), [(one.id, one.scenario.name) for one in program.stressing.scenarios()]

        self._page.ask(know, self._show)

    def _show(self, known: tuple[tuple[str, ...], list[tuple[str, str]]]) -> None:
        self.form = form = PackForm(*known, self._page)
        self._page.guard(form.write_button, "pack.write")
        form.preview_wanted.connect(self._preview)
        form.write_wanted.connect(self._write)
        form.finished.connect(self._closed)
        form.open()

    def _preview(self, chosen: Chosen, spoken: str) -> None:
        def look(job: Job) -> list[bytes]:
            return self._context.program.packing.preview(chosen, None, spoken, job)

        self._page.ask(look, self._previewed, self._failed, about="pack")

    def _previewed(self, pages: list[bytes]) -> None:
        if self.form is not None:
            self.form.show_pages(pages)

    def _failed(self, error: Exception) -> None:
        if self.form is not None:
            self.form.show_pages([])
        self._context.failed(error)

    def _write(self, path: Path, chosen: Chosen, spoken: str) -> None:
        def write(job: Job) -> Reported:
            return self._context.program.packing.write(path, chosen, None, spoken, job)

        self._page.ask(write, self._written, lane=Lane.WRITE)

    def _written(self, done: Reported) -> None:
        self._context.done(_("Committee pack written to {file}").format(file=done.path.name))

    def _closed(self, _result: int) -> None:
        if self.form is not None:
            self.form.deleteLater()
            self.form = None
