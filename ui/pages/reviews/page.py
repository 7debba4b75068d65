"""Review lists: whose turn it is, why, what the bank has there, and what is decided."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QSplitter

from app.events import Event, SeriesChanged
from app.i18n import gettext as _
from app.i18n import language
from app.services.reviewing import Exported, Generated
from app.wording import formats
from app.wording import reviews as words
from exposures.reviews.item import ReviewItem
from exposures.reviews.made import MadeList
from ui.pages.page import Context, Page
from ui.pages.reviews import told, way, work
from ui.pages.reviews.decision import DecisionCard
from ui.pages.reviews.desk import Desk
from ui.pages.reviews.given import Given
from ui.pages.reviews.items import ItemsCard
from ui.pages.reviews.lines import LinesCard
from ui.pages.reviews.lists import AccountedCard, ListsCard
from ui.pages.reviews.packing import PackDesk
from ui.pages.reviews.readback import ReadBack
from ui.pages.reviews.splits import split
from ui.pages.reviews.spread import SpreadCard
from ui.pages.reviews.supplying import BesideBook
from ui.pages.reviews.way import Standing
from ui.pages.reviews.why import WhyCard
from ui.pages.reviews.work import Shown
from ui.state import REVIEWS_LIST
from ui.tasks import Lane
from ui.widgets import icons

#: The widths of the three columns before anybody drags them.
_WIDTHS = (214, 622, 324)


class ReviewsPage(Page):
    """The lists, one list's items, and one item."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown: Shown | None = None
        self._wanted: str | None = None
        self.beside = BesideBook(self, context, self.ask)
        self.sectors_button, self.supplied_button = self.button(), self.button()
        self.sectors_button.clicked.connect(self.review_sectors)
        self.supplied_button.clicked.connect(self.beside.show_supplied)
        self.make_button, self.export_button = self.button(), self.button()
        self.read_back, self.pack = ReadBack(self, context), PackDesk(self, context)
        self.make_button.clicked.connect(self.make)
        self.export_button.clicked.connect(self.export)
        self.lists, self.accounted = ListsCard(context.state), AccountedCard()
        self.items, self.lines = ItemsCard(context.state), LinesCard(context.state)
        self.why, self.decision = WhyCard(), DecisionCard()
        self.left = split(context.state, Qt.Orientation.Vertical, "left", (self.lists, self.accounted), (3, 4))
        self.spread = SpreadCard(context.state)
        self.middle = split(
            context.state, Qt.Orientation.Vertical, "middle", (self.items, self.spread, self.lines), (3, 4, 1)
        )
        self.right = split(context.state, Qt.Orientation.Vertical, "right", (self.why, self.decision), (1, 0))
        self.columns_split = split(
            context.state, Qt.Orientation.Horizontal, "columns", (self.left, self.middle, self.right), (0, 1, 0)
        )
        if not context.state.restore("reviews.columns", self.columns_split):
            self.columns_split.setSizes(list(_WIDTHS))
        if not context.state.restore("reviews.middle", self.middle):
            self.middle.setSizes([1000, 1300, 1])  # the lines take no more than they need
        self.body.addWidget(self.columns_split, 1)
        self.apply_density()
        self.lists.chosen.connect(self._choose_list)
        self.items.chosen.connect(self._choose_item)
        self.items.opened.connect(self._open_item)
        self.items.make_wanted.connect(self.make)
        self.items.import_wanted.connect(partial(context.open, "import"))
        self.items.alerts_wanted.connect(partial(context.open, "alerts"))
        self.spread.lines_wanted.connect(self._show_lines)
        self.lines.country_wanted.connect(self._open_country)
        self.why.alert_wanted.connect(self._open_alert)
        self.decision.saved.connect(self._save)
        self.desk = Desk(self, context)
        self.decision.taken.connect(self.desk.take)
        self.items.change.clicked.connect(self._change)
        self.why.files_wanted.connect(self.desk.files)
        self.lists.by_hand.clicked.connect(self.desk.by_hand)
        self.decision.left.connect(self.items.table.setFocus)
        self.guard(self.decision.save, "reviews.decided", "reviews.assigned")
        self.guard(self.items.change, "reviews.decided", "reviews.assigned")

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Review lists"))
        self.make_button.setText(_("Make lists again"))
        self.make_button.setIcon(icons.icon("refresh"))
        self.export_button.setText(_("Excel"))
        self.export_button.setIcon(icons.icon("export"))
        self.export_button.setToolTip(_("Every list as a workbook"))
        self.export_button.setAccessibleName(_("Every list as a workbook"))
        self.read_back.retranslate()
        self.pack.retranslate()
        self.beside.name(self.sectors_button, self.supplied_button)
        for card in (self.lists, self.accounted, self.items, self.spread, self.lines, self.why, self.decision):
            card.retranslate()
        for card in (self.items, self.spread, self.lines):
            card.mark_sample(self.context.sample)
        self._scope()

    def apply_density(self) -> None:
        """The gaps between the cards follow the density."""
        super().apply_density()
        for part in self.findChildren(QSplitter):
            part.setHandleWidth(self.body.spacing())
        if getattr(self, "shown", None) is not None:
            self.lists.retranslate()
            self.accounted.retranslate()

    def refresh(self, event: Event | None = None) -> None:
        """Ask for the lists again."""
        if not isinstance(event, SeriesChanged):
            self.ask(partial(work.fetch, self.context.program), self._show)

    def show_target(self, **what: Any) -> None:
        """Show one item (`item="L1-0001"`)."""
        if "item" in what:
            self._wanted = str(what["item"])
            self.items.choose(self._wanted)

    def find(self) -> None:
        """Ctrl+F: filter the items."""
        self.items.filter.setFocus()

    def export(self) -> None:
        """Ctrl+E: every list as a finished workbook."""
        made = self._list()
        if made is None or made.making is None:
            return
        name = f"review_lists_{made.making.reporting_date}.xlsx"
        place, _kind = QFileDialog.getSaveFileName(
            self, _("Export the review lists"), name, _("Excel workbook (*.xlsx)")
        )
        if place:
            self.export_to(Path(place))

    def export_to(self, place: Path) -> None:
        """Write every list into a workbook in the window's language, in a worker."""
        self.ask(partial(work.export, self.context.program, place, language()), self._exported)

    @Slot()
    def make(self) -> None:
        """Make every list again, in a worker."""
        self.make_button.setEnabled(False)
        self.ask(partial(work.make, self.context.program), self._made, self._not_made, lane=Lane.WRITE)

    # ------------------------------------------------------------------ showing

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self.items.names = shown.names
        if self.lists.table.current is None:
            self.lists.wanted = self.context.state.get(REVIEWS_LIST)
        self.lists.show_lists((*shown.mine, *shown.lists), shown.today, shown.elsewhere)
        self._scope()
        self._show_items()
        if self._wanted is not None:
            self.items.choose(self._wanted)
            self._wanted = None

    def _scope(self) -> None:
        made, shown = self._list(), self.shown
        making = made.making if made is not None else None
        self.make_button.setEnabled(shown is not None and shown.newest is not None)
        self.export_button.setEnabled(making is not None)
        self.sectors_button.setVisible(made is not None and making is not None and made.id == "L8")
        self.supplied_button.setVisible(made is not None and making is not None and made.id in ("L8", "L9"))
        self.header.badge.setVisible(False)
        if made is None or making is None or shown is None:
            self.header.scope.setText("")
            return
        self.header.scope.setText(
            _("{id} {name}, made {when} from book {version} of {day}")
            .format(
                id="" if made.is_own else made.id,
                name=words.list_name(made.id),
                when=formats.moment(making.at),
                version=making.book_version,
                day=formats.day(making.reporting_date),
            )
            .strip()
        )
        if shown.newest is not None and shown.newest != making.book_version:
            self.header.badge.show_state("stale", _("Book {version} is newer").format(version=shown.newest))
            self.header.badge.show()

    def _list(self) -> MadeList | None:
        if self.shown is None or not self.shown.lists:
            return None
        every = (*self.shown.lists, *self.shown.mine)
        return next((one for one in every if one.id == self.lists.table.current), self.shown.lists[0])

    def _show_items(self) -> None:
        made, shown = self._list(), self.shown
        if made is None or shown is None:
            return
        self.left.setVisible(made.making is not None)
        for part in (self.right, self.lines):
            part.setVisible(made.making is not None and bool(made.items))
        self.spread.setVisible(made.id == "L9" and bool(made.items))
        self.lines.setVisible(made.making is not None and bool(made.items) and made.id != "L9")
        self.accounted.setVisible(not made.is_own)
        self.accounted.show_list(made)
        self.items.show_list(made, shown.today, self.context.program.user, book=shown.newest is not None)
        self._choose_item(self.items.table.current if made.items else None)

    @Slot(object)
    def _choose_list(self, list_id: str) -> None:
        self.context.state.put(REVIEWS_LIST, list_id)
        self.lists.show_chosen()
        self._scope()
        self._show_items()

    @Slot(object)
    def _choose_item(self, item_id: str | None) -> None:
        if item_id is None:
            self.lines.show_nothing()
            self.spread.show_nothing()
            self.why.show_nothing()
            self.decision.show_nothing()
        else:
            self.ask(partial(way.look, self.context.program, item_id), self._show_item)

    def _show_item(self, seen: tuple[ReviewItem, Standing]) -> None:
        item, standing = seen
        made, shown = self._list(), self.shown
        if made is None or made.making is None or shown is None or item.id != self.items.table.current:
            return
        self.lines.show_item(item, made.making)
        self.spread.show_item(item, made.making)
        self.why.show_item(item, made.making, shown.today)
        self.why.show_files(len(standing.files))
        self.decision.show_item(item, made.making, shown.today, shown.owners, standing)

    # ------------------------------------------------------------------ doing

    @Slot(object)
    def _open_item(self, _item_id: str) -> None:
        self.decision.action.setFocus()

    @Slot(str, object)
    def _save(self, item_id: str, given: Given) -> None:
        self.ask(partial(work.keep, self.context.program, item_id, given), self._saved, lane=Lane.WRITE)

    @Slot()
    def _change(self) -> None:
        if self.shown is not None and (items := self.items.visible()):
            self.desk.change(items, self.shown.owners, self.shown.today)

    def _saved(self, item: ReviewItem) -> None:
        self.context.done(told.saved(item))

    def _made(self, done: Generated) -> None:
        self.context.done(told.made(done))
        self.refresh(None)

    def _not_made(self, error: Exception) -> None:
        self._scope()
        self.context.failed(error)

    def _exported(self, done: Exported) -> None:
        self.context.done(told.exported(done), _("Show"), partial(_open_file, done.path))

    @Slot()
    def review_sectors(self) -> None:
        """Which borrowers in flagged countries and regions are banks."""
        made = self._list()
        if made is not None and made.making is not None:
            self.beside.show_sectors(frozenset(flag.country for flag in made.making.flags if flag.causes))

    @Slot()
    def _show_lines(self) -> None:
        """The lines beneath an item of debt contagion come and go with its link."""
        self.lines.setVisible(not self.lines.isVisible())

    @Slot(object)
    def _open_country(self, country: str) -> None:
        self.context.open("exposures", country=country)

    @Slot(str)
    def _open_alert(self, alert: str) -> None:
        self.context.open("alerts", alert=alert)


def _open_file(place: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
