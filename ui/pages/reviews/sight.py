"""The link beneath the items that says what is left out, opens the form of it, and keeps named views."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import formats, terms
from app.wording import reviews as words
from app.wording.review_terms import due
from exposures.reviews.item import ReviewItem, Status
from exposures.reviews.made import MadeList
from exposures.reviews.outlook import Due
from ui.pages.reviews import views
from ui.pages.reviews.sieve import Choices, SieveForm
from ui.pages.reviews.views import UNASSIGNED, Sieve, View
from ui.state import REVIEWS_PART, State
from ui.tables.filter_box import FilterBox
from ui.tables.view import TableView
from ui.widgets.card import link
from ui.widgets.choice import Segments


class Sight(QPushButton):
    """`changed()` after the sieve did; `list_wanted(list)` where a kept view is of another list.

    A filter that is on is told on the link, so that its rows are never taken for the whole list.
    """

    changed = Signal()
    list_wanted = Signal(object)

    def __init__(self, table: TableView, box: FilterBox, part: Segments, state: State, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("k", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._table, self._box, self._part, self._state = table, box, part, state
        self.made: MadeList | None = None
        self.criteria = link()
        self._items: Sequence[ReviewItem] = ()
        self._today = date(1970, 1, 1)
        self.sieve = Sieve()
        self.form: SieveForm | None = None
        self.clicked.connect(self.open)

    def show_list(self, made: MadeList, items: Sequence[ReviewItem], today: date) -> None:
        """Whose items the form is about."""
        self.made, self._items, self._today = made, items, today
        self.criteria.setVisible(made.making is not None and not made.is_own)

    def tell(self) -> None:
        """Say whether something is left out."""
        shown = self._table.rows.rowCount()
        text = ngettext("Filtered: {n} item in sight", "Filtered: {n} items in sight", shown)
        on = self.sieve != Sieve()
        self.setText(text.format(n=formats.number(shown)) if on else _("Filter and views\N{HORIZONTAL ELLIPSIS}"))
        self.criteria.setText(_("Criteria\N{HORIZONTAL ELLIPSIS}"))
        self.criteria.setToolTip(_("By which rules the list is made, and the parameters that they depend on"))
        self.setToolTip(_("Status, owner, due date, country or region; keep what is in sight under a name"))

    @Slot()
    def open(self) -> None:
        """Ask what is to be in sight; the table follows at once."""
        if self.made is None:
            return
        form = SieveForm(
            self._choices(), self.sieve, self._box.text(), views.read(self._state), self._counts, self.window()
        )
        form.changed.connect(self._sift)
        form.kept.connect(self._keep)
        form.taken.connect(self.take)
        form.deleted.connect(self._delete)
        form.finished.connect(self._closed)
        self.form = form
        form.open()

    @Slot(str)
    def take(self, name: str) -> None:
        """Show what was kept under a name: its list, part, filter, order and widths."""
        view = next((one for one in views.read(self._state) if one.name == name), None)
        if view is None:
            return
        self.list_wanted.emit(view.list_id)
        if view.part in ("open", "mine", "all"):
            self._part.choose(view.part)
            self._state.put(REVIEWS_PART, view.part)
        self._table.arrange(view.widths, view.order)
        self._sift(view.sieve, view.text)

    def _closed(self) -> None:
        if self.form is not None:
            self.form.deleteLater()
            self.form = None

    def _counts(self) -> tuple[int, int]:
        return self._table.rows.rowCount(), len(self._items)

    @Slot(object, str)
    def _sift(self, sieve: Sieve, text: str) -> None:
        self.sieve = sieve
        self._box.setText(text)
        self._table.rows.filter_text(text)
        self.changed.emit()

    @Slot(str)
    def _keep(self, name: str) -> None:
        if self.made is not None:
            widths, order = self._table.arrangement()
            part, text = self._part.current, self._box.text()
            views.keep(self._state, View(name, self.made.id, part, self.sieve, text, widths, order))
            self._offer()

    @Slot(str)
    def _delete(self, name: str) -> None:
        views.forget(self._state, name)
        self._offer()

    def _offer(self) -> None:
        if self.form is not None:
            self.form.offer(views.read(self._state))

    def _choices(self) -> dict[str, Choices]:
        """What the items in the list are: their states, owners, due dates and countries or regions."""
        states = {words.standing(item, self._today) for item in self._items}
        owners = {UNASSIGNED if item.owner is None else item.owner for item in self._items}
        places = {item.proposal.key.country for item in self._items}
        ordered = [code for code in ("overdue", "drafted", *(status.value for status in Status)) if code in states]
        return {
            "status": [(code, words.status(code)) for code in ordered],
            "owner": [(one, words.owner(None if one == UNASSIGNED else one)) for one in sorted(owners)],
            "due": [(kind.value, due(kind.value)) for kind in Due],
            "country": sorted(((code, terms.country(code)) for code in places), key=lambda pair: pair[1]),
        }
