"""The steps of the page that take two persons: entering and checking figures, proposing and approving a level."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QFileDialog

from app.countries import indicators
from app.i18n import gettext as _
from app.i18n import ngettext
from app.jobs import Job
from app.services.entering import Imported
from app.services.profiling import FLOWS, HOME_RATE, HOME_SHARES, HOME_YIELD
from app.storage.entries import Entry
from ui.pages.countries.dialogs import CheckForm, EnterForm, LevelForm
from ui.pages.countries.seen import VIEWS, Seen
from ui.pages.page import Context, Page
from ui.tasks import Lane
from ui.widgets.choice import Segments


class TwoPersonPage(Page):
    """What a person does to the country in sight; subclasses show it and ask again."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.code = ""
        self.seen: Seen | None = None
        self.view = Segments(VIEWS)

    def _ask(self) -> None:
        """Fetch the view in sight again."""
        raise NotImplementedError

    def _ids(self) -> tuple[str, ...]:
        """What can be entered in the view in sight."""
        match self.view.current:
            case "flows":
                return FLOWS
            case "home":
                return (HOME_YIELD, *HOME_SHARES, HOME_RATE)
        return indicators.wanted(self.code)

    @Slot(object)
    def _enter(self, series_id: str) -> None:
        ids = self._ids()
        if not ids or not self.allows("entry.enter"):
            return
        today = self.context.program.clock().date()
        form = EnterForm(ids, series_id if series_id in ids else ids[0], today, self)
        form.setObjectName("enter")
        form.finished.connect(partial(self._entered, form))
        form.open()

    def _entered(self, form: EnterForm, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            given = form.value()

            def work(_job: Job) -> Entry:
                return self.context.program.entering.enter(*given)

            self.ask(work, self._said_entered, lane=Lane.WRITE)
        form.deleteLater()

    def _said_entered(self, _entry: Entry) -> None:
        self.context.done(_("Value entered; another person has to accept it"))
        self._ask()

    @Slot()
    def _import(self) -> None:
        kinds = _("Workbooks and CSV files (*.xlsx *.xlsm *.csv)")
        place, _kind = QFileDialog.getOpenFileName(self, _("Import figures"), "", kinds)
        if place:
            self.import_from(Path(place))

    def import_from(self, place: Path) -> None:
        """Take a file's figures, in a worker."""

        def work(job: Job) -> Imported:
            return self.context.program.entering.import_file(place, job=job)

        self.ask(work, self._imported, lane=Lane.WRITE)

    def _imported(self, made: Imported) -> None:
        count = len(made.entries)
        text = ngettext(
            "{count} value taken from {file}; another person has to accept it",
            "{count} values taken from {file}; another person has to accept them",
            count,
        )
        self.context.done(text.format(count=count, file=made.file))
        self._ask()

    def _waiting(self) -> tuple[Entry, ...]:
        seen = self.seen
        if seen is None:
            return ()
        for part in (seen.country, seen.flows, seen.home):
            if part is not None:
                return part.waiting
        return ()

    @Slot()
    def _check(self) -> None:
        form = CheckForm(self._waiting(), self.context.program.user, self)
        form.setObjectName("check")
        self.guard(form.return_button, "entry.return")
        for button in (form.accept_button, form.all_button):
            self.guard(button, "entry.accept")
        form.decided.connect(self._decide)
        form.finished.connect(form.deleteLater)
        form.open()

    @Slot(object, bool, str)
    def _decide(self, numbers: list[int], accept: bool, reason: str) -> None:
        def work(_job: Job) -> Any:
            return self.context.program.entering.check(numbers, accept, reason)

        self.ask(work, partial(self._decided, accept), lane=Lane.WRITE)

    def _decided(self, accept: bool, done: tuple[Entry, ...]) -> None:
        count = len(done)
        if accept:
            text = ngettext("{count} value accepted", "{count} values accepted", count)
        else:
            text = ngettext("{count} value returned", "{count} values returned", count)
        self.context.done(text.format(count=count))
        self._ask()

    @Slot()
    def _set_level(self) -> None:
        shown = self.seen.country if self.seen is not None else None
        if shown is None:
            return
        form = LevelForm(shown.code, shown.level, shown.proposals, self.context.program.user, self)
        form.setObjectName("level")
        if form.return_button is not None:
            self.guard(form.done_button, "level.approve")
            self.guard(form.return_button, "level.return")
        form.proposed.connect(partial(self._propose_level, shown.code))
        form.decided.connect(self._decide_level)
        form.finished.connect(form.deleteLater)
        form.open()

    def _propose_level(self, code: str, level: str, rationale: str) -> None:
        def work(_job: Job) -> Any:
            return self.context.program.levelling.propose(code, level, rationale)

        said = _("Level proposed; another person has to approve it")
        self.ask(work, lambda _level: self.context.done(said), lane=Lane.WRITE)

    @Slot(int, bool, str)
    def _decide_level(self, number: int, approve: bool, reason: str) -> None:
        def work(_job: Job) -> Any:
            return self.context.program.levelling.decide(number, approve, reason)

        said = _("Level approved") if approve else _("Proposal returned")
        self.ask(work, lambda _level: self.context.done(said), lane=Lane.WRITE)
