"""Sources: what was fetched and how fresh it is, what failed and what to do, how each source is reached."""

from functools import partial
from typing import Any

from PySide6.QtCore import Slot

from alerts.finding import Finding
from app.bootstrap import Program
from app.events import Event, ScheduleChanged, SeriesChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.services.provider import Standing
from app.settings import SourceSettings
from app.wording import formats, sourcing
from app.wording.sentences import sentence
from ui.pages.page import Context, Page
from ui.pages.sources.carried import CarriedCard
from ui.pages.sources.providers import HostsCard, ProvidersCard
from ui.pages.sources.reaching import ReachingCard
from ui.tasks import Lane
from ui.widgets import icons
from ui.widgets.notice import explain


class SourcesPage(Page):
    """Sources at the left, one source's series in the middle, how it is reached at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._standing: Standing | None = None
        self._take_in = self.button("", "data.take_in")
        self._fetch = self.button("", "data.refresh")
        self.providers, self.hosts = ProvidersCard(context.state), HostsCard(context.state)
        self.carried, self.reaching = CarriedCard(context.state), ReachingCard()
        grid = self.columns()
        grid.addWidget(self.providers, 0, 0, 1, 3)
        grid.addWidget(self.hosts, 1, 0, 1, 3)
        grid.addWidget(self.carried, 0, 3, 2, 6)
        grid.addWidget(self.reaching, 0, 9, 2, 3)
        grid.setRowStretch(0, 3)
        grid.setRowStretch(1, 2)
        self.providers.chosen.connect(self._choose)
        self.reaching.saved.connect(self._save)
        self.reaching.tested.connect(self._test)
        self.reaching.key.kept.connect(self._keep_key)
        self.reaching.key.removed.connect(self._remove_key)
        self.guard(self.reaching.save, "source.settings")
        self.guard(self.reaching.key.keep, "source.key_set")
        self.guard(self.reaching.key.remove, "source.key_removed")

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Sources"))
        self._take_in.setText(_("Take in a folder"))
        self._take_in.setIcon(icons.icon("import"))
        self._fetch.setText(_("Fetch now"))
        self._fetch.setIcon(icons.icon("refresh"))
        for card in (self.providers, self.hosts, self.carried, self.reaching):
            card.mark_sample(self.context.sample and card is self.carried)
            card.retranslate()
        self._say()

    def refresh(self, event: Event | None = None) -> None:
        """Ask again after a fetch or a change of the settings."""
        if event is None or isinstance(event, SeriesChanged | ScheduleChanged):
            self.ask(partial(_standing, self.context.program), self._show, self._failed)

    def show_target(self, **what: Any) -> None:
        """Show one source (`source="ddp"`)."""
        if "source" in what:
            self.providers.table.select(what["source"])
        self.providers.table.setFocus()

    def find(self) -> None:
        """Ctrl+F: the filter of the series."""
        self.carried.filter.setFocus()

    # ------------------------------------------------------------------ showing

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        if standing.calendar is None:
            self.providers.clear_error()
        else:
            self._failed(standing.calendar)
        self.hosts.show_hosts(standing.hosts)
        kept = self.providers.table.current
        self.providers.show_standing(standing)
        if self.providers.table.current == kept:
            self._choose(kept)
        self._say()

    def _say(self) -> None:
        if self._standing is None:
            return
        fetched = [one.answered_at for one in self._standing.providers if one.answered_at is not None]
        text = _("Last answer {at}").format(at=formats.moment(max(fetched))) if fetched else _("Nothing fetched yet")
        self.header.scope.setText(text)

    def _failed(self, error: Exception) -> None:
        self.providers.show_error(error, (_("Try again"), self.refresh))

    @Slot(object)
    def _choose(self, source_id: str) -> None:
        if self._standing is not None:
            provider = next(one for one in self._standing.providers if one.id == source_id)
            self.carried.show_provider(provider)
            self.reaching.show_provider(provider)

    # ------------------------------------------------------------------ doing

    @Slot(str, object)
    def _save(self, source: str, settings: SourceSettings) -> None:
        work = partial(_save, self.context.program, source, settings)
        self.ask(work, partial(self._saved, source), lane=Lane.WRITE)

    def _saved(self, source: str, _settings: SourceSettings) -> None:
        self.context.done(_("{source}: settings saved").format(source=sourcing.source_name(source)))
        self.refresh(None)

    @Slot(str, str)
    def _keep_key(self, source: str, key: str) -> None:
        work = partial(_keep_key, self.context.program, source, key)
        self.ask(work, partial(self._key_kept, source), partial(self._silent, source), lane=Lane.WRITE)

    def _key_kept(self, source: str, _nothing: None) -> None:
        self.context.done(_("{source}: key kept; test it now").format(source=sourcing.source_name(source)))
        self.refresh(None)

    @Slot(str)
    def _remove_key(self, source: str) -> None:
        work = partial(_remove_key, self.context.program, source)
        self.ask(work, partial(self._key_removed, source), partial(self._silent, source), lane=Lane.WRITE)

    def _key_removed(self, source: str, _nothing: None) -> None:
        self.context.done(_("{source}: key removed").format(source=sourcing.source_name(source)))
        self.refresh(None)

    @Slot(str, object)
    def _test(self, source: str, settings: SourceSettings) -> None:
        work = partial(_test, self.context.program, source, settings)
        self.ask(work, partial(self._answered, source), partial(self._silent, source), lane=Lane.NETWORK)

    def _answered(self, source: str, found: Finding) -> None:
        self._tell(source, "ok", sentence(found))

    def _silent(self, source: str, error: Exception) -> None:
        self._tell(source, "warning", formats.together(explain(error)))

    def _tell(self, source: str, mark: str, text: str) -> None:
        if self.providers.table.current == source:
            self.reaching.show_outcome(mark, text)
        self.reaching.end_test()


def _standing(program: Program, _job: Job) -> Standing:
    return program.sourcing.standing()


def _save(program: Program, source: str, settings: SourceSettings, _job: Job) -> SourceSettings:
    return program.sourcing.change(source, settings)


def _keep_key(program: Program, source: str, key: str, _job: Job) -> None:
    program.sourcing.keep_key(source, key)


def _remove_key(program: Program, source: str, _job: Job) -> None:
    program.sourcing.remove_key(source)


def _test(program: Program, source: str, settings: SourceSettings, job: Job) -> Finding:
    return program.sourcing.test(source, settings, job)
