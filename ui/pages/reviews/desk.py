"""What happens when somebody takes a step with an item, or changes several at once: asked, told, undone."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.deciding import Bulk
from app.wording import formats
from app.wording import reviews as words
from exposures.reviews.item import ReviewItem
from ui.pages.page import Context, Page
from ui.pages.reviews import way
from ui.pages.reviews.bulk import BulkForm
from ui.tasks import Lane


class Desk:
    """Speaks for a page; every step can be taken back from the line that says it was done."""

    def __init__(self, page: Page, context: Context) -> None:
        self._page, self._context = page, context

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

    def _preview(self, form: BulkForm, bulk: Bulk) -> None:
        ids = [item.id for item in form.items]
        self._page.ask(partial(way.preview, self._context.program, ids, bulk), form.show_changes, about="bulk")

    def _apply(self, form: BulkForm) -> None:
        work = partial(way.apply, self._context.program, form.changing(), form.bulk())
        self._page.ask(work, self._changed, lane=Lane.WRITE)

    def _taken(self, item: ReviewItem) -> None:
        name = words.item_name(item.proposal.name, item.proposal.key)
        text = _("{item}: {status}").format(item=name, status=words.status(item.status.value))
        self._context.done(text, _("Undo"), partial(self._undo, (item.id,)))

    def _changed(self, items: Sequence[ReviewItem]) -> None:
        text = ngettext("{n} item changed", "{n} items changed", len(items)).format(n=formats.number(len(items)))
        self._context.done(text, _("Undo"), partial(self._undo, tuple(item.id for item in items)))

    def _undo(self, item_ids: tuple[str, ...]) -> None:
        self._page.ask(partial(way.undo, self._context.program, item_ids), self._undone, lane=Lane.WRITE)

    def _undone(self, items: Any) -> None:
        text = ngettext("{n} step taken back", "{n} steps taken back", len(items))
        self._context.done(text.format(n=formats.number(len(items))))
