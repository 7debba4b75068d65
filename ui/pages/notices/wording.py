"""What the notices page asks the services for about its texts, and how the form of them is opened and followed."""

from collections.abc import Callable, Mapping
from functools import partial

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.services.phrasing import Look, Specimen, Standing
from app.storage.templates import Version
from exposures.reviews.item import ReviewItem
from ui.pages.notices.texts import TextsForm
from ui.pages.page import Context, Page
from ui.tasks import Lane

_Seen = tuple[tuple[Standing, ...], Mapping[str, tuple[ReviewItem, ...]]]


class TextsDesk:
    """Opens the form over a page, answers its questions, and writes what was decided in it."""

    def __init__(self, page: Page, context: Context) -> None:
        self._page, self._context = page, context
        self.form: TextsForm | None = None

    def open(self) -> None:
        """Read every text and its items, then show the form."""
        self._page.ask(partial(_seen, self._context.program), self._show)

    def _show(self, seen: _Seen) -> None:
        form = self.form = TextsForm(*seen, self._context.program.user, self._page)
        for button in (form.propose_button, form.restore_button):
            self._page.guard(button, "template.propose")
        self._page.guard(form.approve_button, "template.approve")
        self._page.guard(form.return_button, "template.return")
        form.look_wanted.connect(self._look)
        form.proposed.connect(self._propose)
        form.restored.connect(self._restore)
        form.decided.connect(self._decide)
        form.finished.connect(self._closed)
        form.open()
        self._look(form.list.current, str(form.item.currentData() or ""), form.texts())

    def _closed(self) -> None:
        if self.form is not None:
            self.form.deleteLater()
            self.form = None

    def _look(self, name: str, item: str, texts: Mapping[str, str]) -> None:
        known = self.form.specimen if self.form is not None else None
        work = partial(_looks, self._context.program, name, item, dict(texts), known)
        self._page.ask(work, partial(self._looked, name), about="texts")

    def _looked(self, name: str, found: tuple[Specimen, tuple[Look, ...]]) -> None:
        if self.form is not None:
            self.form.show_looks(name, *found)

    def _propose(self, name: str, texts: Mapping[str, str], reason: str) -> None:
        def work(_job: Job) -> Version:
            return self._context.program.phrasing.propose(name, texts, reason)

        self._write(work, _("Text proposed; another person releases it"))

    def _restore(self, name: str, reason: str) -> None:
        def work(_job: Job) -> Version:
            return self._context.program.phrasing.restore(name, reason)

        self._write(work, _("Proposed: the shipped text; another person releases it"))

    def _decide(self, number: int, approve: bool, reason: str) -> None:
        def work(_job: Job) -> Version:
            return self._context.program.phrasing.decide(number, approve, reason)

        self._write(work, _("Text released: the next notice says it") if approve else _("Text returned"))

    def _write(self, work: Callable[[Job], Version], said: str) -> None:
        self._page.ask(work, lambda _made: self._context.done(said), lane=Lane.WRITE)


def _seen(program: Program, _job: Job) -> _Seen:
    found = program.phrasing.templates()
    return found, {one.name: program.phrasing.items(one.name) for one in found}


def _looks(
    program: Program, name: str, item: str, texts: Mapping[str, str], known: Specimen | None, _job: Job
) -> tuple[Specimen, tuple[Look, ...]]:
    """Both previews; the values of an item are read once while it stays chosen."""
    same = known is not None and known.name == name and ("" if known.item is None else known.item.id) == item
    specimen = known if same and known is not None else program.phrasing.specimen(name, item or None)
    return specimen, tuple(program.phrasing.look(specimen, code, text) for code, text in texts.items())
