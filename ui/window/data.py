"""What the window itself asks of the services: fetching, how current the data is, and what waits on which page."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.bootstrap import Program
from app.i18n import gettext as _
from app.i18n import ngettext
from app.jobs import Job
from app.services.attending import counts
from app.services.refreshing import Freshness, RefreshReport
from app.wording import formats
from app.wording.liquidity import freshness_label
from exposures.check import Status
from ui.tasks import Lane, Tasks
from ui.widgets.messages import Messages
from ui.widgets.navigation import Navigation
from ui.widgets.statusline import SourceDate, StatusLine


class Data(QObject):
    """Keeps status bar and counts current; `done(text)` and `failed(error)` tell how a fetch ended."""

    done = Signal(str)
    failed = Signal(object)
    #: What waits on which page: a count and the gravest state by the page's id.
    counted = Signal(object)

    def __init__(
        self, program: Program, tasks: Tasks, messages: Messages, status: StatusLine, navigation: Navigation
    ) -> None:
        super().__init__(navigation)
        self._program, self._tasks = program, tasks
        self._messages, self._status, self._navigation = messages, status, navigation
        self._freshness: list[Freshness] = []
        self._counts: Mapping[str, tuple[str, str]] = {}

    def refresh(self) -> None:
        """Fetch what was released."""
        self._take(partial(_fetch, self._program), _("Fetching what was released"))

    def take_in(self, above: QWidget) -> None:
        """Store files that someone downloaded."""
        folder = QFileDialog.getExistingDirectory(above, _("Take in downloaded files"))
        if folder:
            self._take(partial(_take_in, self._program, Path(folder)), _("Taking in downloaded files"))

    def ask_freshness(self) -> None:
        """Ask how far each source's data goes."""
        self._tasks.run(self, partial(_freshness, self._program), self._freshness_came, about="freshness")

    def ask_counts(self) -> None:
        """Ask what waits on which page."""
        self._tasks.run(self, partial(_counts, self._program), self._counts_came, about="counts")

    def show(self) -> None:
        """Show what is known, in the language and the theme in force."""
        self._show_freshness()
        self._show_counts()

    def _take(self, work: Callable[[Job], RefreshReport], title: str) -> None:
        task = self._tasks.run(
            self, work, self._refreshed, self._refresh_failed, self._messages.advance, lane=Lane.NETWORK
        )
        self._messages.begin(title, task.cancel)

    def _refreshed(self, report: RefreshReport) -> None:
        self._messages.end()
        if report.added or not report.failed:
            text = ngettext("{count} new observation", "{count} new observations", report.added)
            self.done.emit(text.format(count=formats.number(report.added)))
        for outcome in report.failed:
            self.failed.emit(outcome.error)
        self.ask_freshness()

    def _refresh_failed(self, error: Exception) -> None:
        self._messages.end()
        self.failed.emit(error)

    def _freshness_came(self, found: list[Freshness]) -> None:
        self._freshness = found
        self._show_freshness()

    def _show_freshness(self) -> None:
        known = [source for source in self._freshness if source.data_date is not None]
        shown = []
        for source in known:
            assert source.data_date is not None
            late = ""
            if source.state in ("late", "stale"):
                text = ngettext("{count} release missed", "{count} releases missed", source.missed)
                late = text.format(count=formats.number(source.missed))
            shown.append(SourceDate(freshness_label(source.id), formats.short_day(source.data_date), late))
        self._status.show_sources(shown)
        fetched = max((source.fetched_at for source in known if source.fetched_at is not None), default=None)
        self._status.right.setText(
            _("Last refresh {moment}").format(moment=formats.moment(fetched)) if fetched else _("No data fetched yet")
        )

    def _counts_came(self, found: Mapping[str, tuple[str, str]]) -> None:
        self._counts = found
        self.counted.emit(found)
        self._show_counts()

    def _show_counts(self) -> None:
        for page_id, item in self._navigation.items.items():
            item.show_count(*self._counts.get(page_id, ("", "")))


def _fetch(program: Program, job: Job) -> RefreshReport:
    return program.refreshing.refresh(job=job)


def _take_in(program: Program, folder: Path, job: Job) -> RefreshReport:
    return program.refreshing.take_in(folder, job)


def _freshness(program: Program, _job: Job) -> list[Freshness]:
    return program.refreshing.freshness()


def _counts(program: Program, _job: Job) -> Mapping[str, tuple[str, str]]:
    """What stands beside each page, and the state it is drawn in; of an open check how many steps are decided."""
    found = {page: (formats.number(count), state) for page, (count, state) in counts(program.attending.today()).items()}
    check = program.checking.today()
    if check is not None and check.status is not Status.SIGNED:
        text = f"{len(check.steps) - len(check.undecided)}/{len(check.steps)}"
        found["check"] = (text, "now" if check.status is Status.OPEN else "pending")
    return found
