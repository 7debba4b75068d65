"""Review lists: whose turn it is, why, what the bank has there, and what is decided."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QSizePolicy

from app.bootstrap import Program
from app.events import Event, SeriesChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.services.reviewing import Exported, Generated
from app.wording import formats
from app.wording import reviews as words
from exposures.reviews.item import ReviewItem
from exposures.reviews.made import MadeList
from ui.pages.page import Context, Page
from ui.pages.reviews.items import ItemsCard
from ui.pages.reviews.lists import ListsCard
from ui.pages.reviews.panel import Given, ItemPanel
from ui.tasks import Lane
from ui.widgets import icons


@dataclass(frozen=True)
class Shown:
    """Every list as it stands, the bank's day, and who owns anything."""

    lists: tuple[MadeList, ...]
    today: date
    owners: tuple[str, ...]


class ReviewsPage(Page):
    """The lists, one list's items, and one item."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown: Shown | None = None
        self._wanted: str | None = None
        self._make_button, self._export_button = self.button(), self.button()
        self._make_button.clicked.connect(self.make)
        self._export_button.clicked.connect(self.export)
        self.lists = ListsCard(context.state)
        self.items = ItemsCard(context.state)
        self.panel = ItemPanel(context.state)
        grid = self.columns()
        grid.addWidget(self.lists, 0, 0)
        grid.addWidget(self.items, 0, 1)
        grid.addWidget(self.panel, 0, 2)
        for column in range(12):  # a narrow list, the items, the panel of the decision
            grid.setColumnStretch(column, int(column == 1))
        for card, width in ((self.lists, 196), (self.panel, 352)):
            card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            card.setFixedWidth(width)
        self.lists.chosen.connect(self._choose_list)
        self.lists.country_wanted.connect(self._open_country)
        self.items.chosen.connect(self._choose_item)
        self.items.make_wanted.connect(self.make)
        self.panel.saved.connect(self._save)
        self.panel.lines_wanted.connect(self._open_country)

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Review lists"))
        self._make_button.setText(_("Make lists again"))
        self._make_button.setIcon(icons.icon("refresh"))
        self._export_button.setText(_("Excel"))
        self._export_button.setIcon(icons.icon("export"))
        self._export_button.setToolTip(_("Every list as a workbook"))
        for card in (self.lists, self.items, self.panel):
            card.retranslate()
        self.items.mark_sample(self.context.sample)
        self._scope()

    def refresh(self, event: Event | None = None) -> None:
        """Ask for the lists again."""
        if not isinstance(event, SeriesChanged):
            self.ask(partial(_fetch, self.context.program), self._show)

    def show_target(self, **what: Any) -> None:
        """Show one item (`item="L1-0001"`)."""
        if "item" in what:
            self._wanted = str(what["item"])
            self.items.table.select(self._wanted)

    def find(self) -> None:
        """Ctrl+F: filter the items."""
        self.items.filter.setFocus()

    def export(self) -> None:
        """Ctrl+E: every list as a finished workbook."""
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Export the review lists"), "review_lists.xlsx", _("Excel workbook (*.xlsx)")
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, place: Path) -> None:
        """Write every list into a workbook, in a worker."""
        self.ask(partial(_export, self.context.program, place), self._exported)

    @Slot()
    def make(self) -> None:
        """Make every list again, in a worker."""
        self._make_button.setEnabled(False)
        self.ask(partial(_make, self.context.program), self._made, self._not_made, lane=Lane.WRITE)

    # ------------------------------------------------------------------ showing

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self.lists.show_lists(shown.lists)
        self._scope()
        self._show_items()
        if self._wanted is not None:
            self.items.table.select(self._wanted)
            self._wanted = None

    def _scope(self) -> None:
        made = self._list()
        if made is None or made.making is None:
            self.header.scope.setText("")
            return
        self.header.scope.setText(
            _("{id} {name}, round of {day}").format(
                id=made.id, name=words.list_name(made.id), day=formats.day(made.making.at.astimezone().date())
            )
        )
        self._export_button.setEnabled(True)

    def _list(self) -> MadeList | None:
        if self.shown is None or not self.shown.lists:
            return None
        return next((one for one in self.shown.lists if one.id == self.lists.table.current), self.shown.lists[0])

    def _show_items(self) -> None:
        made = self._list()
        if made is not None and self.shown is not None:
            self.items.show_list(made, self.shown.today, self.context.program.user)
            self._export_button.setEnabled(made.making is not None)
            self._choose_item(self.items.table.current)

    @Slot(object)
    def _choose_list(self, _list_id: str) -> None:
        self._scope()
        self._show_items()

    @Slot(object)
    def _choose_item(self, item_id: str | None) -> None:
        if item_id is None:
            self.panel.show_nothing()
        else:
            self.ask(partial(_item, self.context.program, item_id), self._show_item)

    def _show_item(self, item: ReviewItem) -> None:
        made = self._list()
        if made is not None and self.shown is not None and item.id == self.items.table.current:
            self.panel.show_item(item, made.making, self.shown.today, self.shown.owners)

    # ------------------------------------------------------------------ doing

    @Slot(str, object)
    def _save(self, item_id: str, given: Given) -> None:
        self.ask(partial(_keep, self.context.program, item_id, given), self._saved, lane=Lane.WRITE)

    def _saved(self, item: ReviewItem) -> None:
        self.context.done(_("{item}: saved").format(item=item.proposal.name))

    def _made(self, _made: Generated) -> None:
        self._make_button.setEnabled(True)
        self.context.done(_("Lists made again; what people set on them stays"))

    def _not_made(self, error: Exception) -> None:
        self._make_button.setEnabled(True)
        self.context.failed(error)

    def _exported(self, done: Exported) -> None:
        self.context.done(_("Lists written to {file}").format(file=done.path.name))

    @Slot(object)
    def _open_country(self, country: str) -> None:
        self.context.open("exposures", country=country)


def _fetch(program: Program, _job: Job) -> Shown:
    return Shown(program.reviewing.lists(), program.reviewing.today(), program.reviewing.owners())


def _item(program: Program, item_id: str, _job: Job) -> ReviewItem:
    return program.reviewing.item(item_id)


def _make(program: Program, job: Job) -> Generated:
    return program.reviewing.generate(job)


def _export(program: Program, place: Path, _job: Job) -> Exported:
    return program.reviewing.export(place)


def _keep(program: Program, item_id: str, given: Given, _job: Job) -> ReviewItem:
    """Only what differs becomes a step of the item's history."""
    item = program.reviewing.item(item_id)
    if (given.owner, given.due) != (item.owner, item.due):
        item = program.reviewing.assign(item_id, given.owner, given.due)
    drafted = item.decision
    if given.action is not None and (
        drafted is None
        or (drafted.action, drafted.target, drafted.comment) != (given.action, given.target, given.comment)
    ):
        item = program.reviewing.decide(item_id, given.action, given.target, given.comment)
    return item
