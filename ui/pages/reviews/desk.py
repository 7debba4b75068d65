"""What happens when somebody takes a step with an item, or changes several at once: asked, told, undone."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog

from app.bootstrap import Program
from app.i18n import gettext as _
from app.i18n import ngettext
from app.jobs import Job
from app.services.deciding import Bulk
from app.storage.attachments import Attachment
from app.wording import formats
from app.wording import reviews as words
from exposures.reviews.by_hand import HandEntry
from exposures.reviews.hand_subjects import Subject
from exposures.reviews.item import ReviewItem
from ui.pages.page import Context, Page
from ui.pages.reviews import way
from ui.pages.reviews.bulk import BulkForm
from ui.pages.reviews.criteria import Criteria
from ui.pages.reviews.files import FilesForm
from ui.pages.reviews.hand import HandForm
from ui.tasks import Lane


class Desk:
    """Speaks for a page; every step can be taken back from the line that says it was done."""

    def __init__(self, page: Page, context: Context) -> None:
        self._page, self._context = page, context
        self.form: QDialog | None = None
        self.criteria = Criteria(page, context)
        page.items.sight.list_wanted.connect(page.lists.table.select)

    def take(self, item_id: str, step: str, reason: str) -> None:
        """Take a step with an item."""
        self._page.ask(partial(way.take, self._context.program, step, item_id, reason), self._taken, lane=Lane.WRITE)

    def change(self, items: Sequence[ReviewItem], owners: Sequence[str], today: date) -> None:
        """Ask what is to be changed of these items, show what that does, and do it."""
        form = BulkForm(items, owners, today, self._page)
        form.setObjectName("bulk")
        form.wanted.connect(partial(self._preview, form))
        form.accepted.connect(partial(self._apply, form))
        form.finished.connect(form.deleteLater)
        form.open()

    def files(self, item_id: str) -> None:
        """Show the files of an item, to attach one or to write one out."""
        work = partial(_files, self._context.program, item_id)
        self._page.ask(work, partial(self._show_files, item_id))

    def by_hand(self) -> None:
        """Show what was added by hand, to add more or to confirm it."""
        self._page.ask(partial(way.entries, self._context.program), self._show_entries)

    def _show_files(self, item_id: str, found: tuple[tuple[Attachment, ...], int]) -> None:
        form = FilesForm(item_id, *found, self._page)
        self._page.guard(form.attach_button, "attachment.add")
        form.added.connect(partial(self._attach, item_id))
        form.saved.connect(self._save)
        self._open(form)

    def _show_entries(self, found: tuple[HandEntry, ...]) -> None:
        program = self._context.program
        form = HandForm(found, program.user, program.clock().date(), self._page)
        self._page.guard(form.propose_button, "hand.propose")
        self._page.guard(form.approve_button, "hand.approve")
        self._page.guard(form.return_button, "hand.return")
        form.proposed.connect(self._propose)
        form.decided.connect(self._decide)
        form.offer_wanted.connect(partial(self._offer, form))
        self._open(form)

    def _offer(self, form: HandForm, list_id: str) -> None:
        def work(_job: Job) -> tuple[Subject, ...]:
            return self._context.program.noting.subjects(list_id)

        self._page.ask(work, partial(self._offered, form, list_id), about="hand")

    def _offered(self, form: HandForm, list_id: str, found: tuple[Subject, ...]) -> None:
        if form is self.form and form.isVisible():
            form.offer(list_id, found)

    def _open(self, form: QDialog) -> None:
        self.form = form
        form.finished.connect(form.deleteLater)
        form.open()

    def _attach(self, item_id: str, place: Path, comment: str) -> None:
        def work(_job: Job) -> Attachment:
            return self._context.program.attaching.add(item_id, place, comment)

        self._page.ask(work, self._attached, lane=Lane.WRITE)

    def _attached(self, made: Attachment) -> None:
        self._context.done(_("{file} attached").format(file=made.name))

    def _save(self, number: int, place: Path) -> None:
        def work(_job: Job) -> Path:
            return self._context.program.attaching.save_as(number, place)

        self._page.ask(work, self._saved)

    def _saved(self, place: Path) -> None:
        self._context.done(_("Written to {file}").format(file=place.name))

    def _propose(self, kind: str, subject: str, country: str, reason: str, source: str, until: date) -> None:
        work = partial(way.propose, self._context.program, kind, subject, country, reason, source, until)
        said = _("Proposed; another person has to confirm it")
        self._page.ask(work, lambda _made: self._context.done(said), lane=Lane.WRITE)

    def _decide(self, number: int, approve: bool, reason: str) -> None:
        def work(_job: Job) -> HandEntry:
            return self._context.program.noting.decide(number, approve, reason)

        said = _("Entry confirmed: it counts from the next making of the lists on") if approve else _("Entry returned")
        self._page.ask(work, lambda _made: self._context.done(said), lane=Lane.WRITE)

    def _preview(self, form: BulkForm, bulk: Bulk) -> None:
        ids = [item.id for item in form.items]
        self._page.ask(partial(way.preview, self._context.program, ids, bulk), form.show_changes, about="bulk")

    def _apply(self, form: BulkForm) -> None:
        work = partial(way.apply, self._context.program, form.changing(), form.bulk())
        self._page.ask(work, self._changed, lane=Lane.WRITE)

    def _taken(self, item: ReviewItem) -> None:
        name = words.item_name(item.proposal.name, item.proposal.key)
        text = _("{item}: {status}").format(item=name, status=words.status(words.standing(item, None)))
        self._context.done(text, _("Undo"), partial(self._undo, (item.id,)))

    def _changed(self, items: Sequence[ReviewItem]) -> None:
        text = ngettext("{n} item changed", "{n} items changed", len(items)).format(n=formats.number(len(items)))
        self._context.done(text, _("Undo"), partial(self._undo, tuple(item.id for item in items)))

    def _undo(self, item_ids: tuple[str, ...]) -> None:
        self._page.ask(partial(way.undo, self._context.program, item_ids), self._undone, lane=Lane.WRITE)

    def _undone(self, items: Any) -> None:
        text = ngettext("{n} step taken back", "{n} steps taken back", len(items))
        self._context.done(text.format(n=formats.number(len(items))))


def _files(program: Program, item_id: str, _job: Job) -> tuple[tuple[Attachment, ...], int]:
    return program.attaching.attachments(item_id), program.attaching.most()
