"""Notices: who must be told of a flagged country, what it says, who approved it, and who answered."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from app.bootstrap import Program
from app.events import Event, NoticesChanged, ReviewsChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.services.noticing import Standing
from app.storage.notices import Notice, Step
from exposures.reviews.item import ReviewItem
from ui.pages.notices.listing import NoticesCard
from ui.pages.notices.preview import PreviewCard
from ui.pages.notices.wording import TextsDesk
from ui.pages.page import Context, Page
from ui.tasks import Lane

_Seen = tuple[tuple[Standing, ...], tuple[ReviewItem, ...]]


class NoticesPage(Page):
    """Notices and items without one at the left, the text and its steps at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._seen: _Seen = ((), ())
        self._wanted: str | None = None
        self.list, self.preview = NoticesCard(context.state), PreviewCard(context.program.user)
        grid = self.columns()
        grid.addWidget(self.list, 0, 0, 1, 5)
        grid.addWidget(self.preview, 0, 5, 1, 7)
        grid.setRowStretch(0, 1)
        self.texts = TextsDesk(self, context)
        self.list.texts.clicked.connect(self.texts.open)
        self.list.chosen.connect(self._choose)
        self.preview.drafted.connect(self._draft)
        self.preview.approved.connect(self._approve)
        self.preview.returned.connect(self._return)
        self.preview.answered.connect(self._answer)
        self.preview.paper_wanted.connect(self._ask_where)
        self.guard(self.preview.draft, "notice.draft")
        self.guard(self.preview.approve, "notice.approved")
        self.guard(self.preview.back, "notice.returned")
        self.guard(self.preview.note, "notice.handed", "notice.acknowledged", "notice.replied")

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Notices"))
        for card in (self.list, self.preview):
            card.mark_sample(self.context.sample)
            card.retranslate()

    def refresh(self, event: Event | None = None) -> None:
        """Ask again when a notice moved or the lists changed."""
        if event is None or isinstance(event, NoticesChanged | ReviewsChanged):
            self.ask(partial(_seen, self.context.program), self._show, self._failed, about="notices")

    def show_target(self, **what: Any) -> None:
        """Show one notice (`notice="N-0001"`) or an item's (`item="L7-0012"`)."""
        self._wanted = str(what.get("notice") or what.get("item") or "") or None
        if self._wanted is not None:
            self.list.choose(self._wanted)
        self.list.table.setFocus()

    def _show(self, seen: _Seen) -> None:
        self._seen = seen
        self.list.clear_error()
        self.list.show_notices(*seen)
        if self._wanted is not None:
            self.list.choose(self._wanted)
            self._wanted = None
        self._choose(self.list.table.current)

    def _failed(self, error: Exception) -> None:
        self.list.show_error(error, (_("Try again"), self.refresh))

    @Slot(object)
    def _choose(self, key: object) -> None:
        notices, items = self._seen
        for one in notices:
            if one.notice.number == key:
                self.preview.show_notice(one)
                return
        self.preview.show_item(next((item for item in items if item.id == key), None))

    # ------------------------------------------------------------------ doing

    @Slot(str, str)
    def _draft(self, item: str, language: str) -> None:
        self._write(partial(_draft, self.context.program, item, language), _("Drafted; another person approves it"))

    @Slot(int, str)
    def _approve(self, number: int, comment: str) -> None:
        self._write(partial(_approve, self.context.program, number, comment), _("Approved"))

    @Slot(int, str)
    def _return(self, number: int, reason: str) -> None:
        self._write(partial(_return, self.context.program, number, reason), _("Returned to whoever drafted it"))

    @Slot(int, str, str)
    def _answer(self, number: int, step: str, comment: str) -> None:
        self._write(partial(_answer, self.context.program, number, Step(step), comment), _("Noted"))

    def _write(self, work: Any, said: str) -> None:
        self.ask(work, partial(self._done, said), lane=Lane.WRITE)

    def _done(self, said: str, notice: Notice) -> None:
        self._wanted = notice.number
        self.context.done(f"{notice.number}: {said}")
        self.refresh(None)

    @Slot(int)
    def _ask_where(self, number: int) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, _("Save notice"), f"N-{number:04d}.pdf", _("PDF (*.pdf)"))
        if name:
            self.ask(partial(_paper, self.context.program, number, Path(name)), self._written)

    def _written(self, file: Path) -> None:
        self.context.done(_("Notice written to {file}").format(file=file.name))


def _seen(program: Program, _job: Job) -> _Seen:
    return program.noticing.notices(), program.noticing.waiting()


def _draft(program: Program, item: str, language: str, _job: Job) -> Notice:
    return program.noticing.draft(item, language or None)


def _approve(program: Program, number: int, comment: str, _job: Job) -> Notice:
    return program.noticing.approve(number, comment)


def _return(program: Program, number: int, reason: str, _job: Job) -> Notice:
    return program.noticing.give_back(number, reason)


def _answer(program: Program, number: int, step: Step, comment: str, _job: Job) -> Notice:
    return program.noticing.note(number, step, comment)


def _paper(program: Program, number: int, file: Path, _job: Job) -> Path:
    file.write_bytes(program.noticing.pdf(number))
    return file
