"""Changing several items at once: what is wanted, what that would do to each, then the doing."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.deciding import Bulk, Change
from app.wording import formats, review_work
from app.wording import reviews as words
from app.wording.sentences import REFUSALS
from exposures.reviews.item import ACTIONS, Action, ReviewItem
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.text import label


class BulkForm(QDialog):
    """`wanted(Bulk)` whenever the wish changes; `show_changes` shows what it does; accepted: do it."""

    wanted = Signal(object)

    def __init__(
        self, items: Sequence[ReviewItem], owners: Sequence[str], today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.items = tuple(items)
        self._changes: tuple[Change, ...] = ()
        count = formats.number(len(items))
        title = ngettext("Change {n} item", "Change {n} items", len(items)).format(n=count)
        self.setWindowTitle(title)
        texts = (_("Owner"), _("Due"), _("Decision, Minor only"))
        self.ticks = [QCheckBox(text) for text in texts]
        self.owner, self.due, self.action, self.comment = QComboBox(), QDateEdit(), QComboBox(), QLineEdit()
        self.owner.setEditable(True)
        self.owner.addItems(list(owners))
        self.due.setCalendarPopup(True)
        self.due.setDisplayFormat("yyyy-MM-dd")
        first = min((item.due for item in items if item.due is not None), default=today)
        self.due.setDate(QDate(first.year, first.month, first.day))
        offered = {action for item in items for action in ACTIONS[item.proposal.key.list_id]}
        for action in Action:
            if action in offered:
                self.action.addItem(words.action(action.value), action.value)
        self.comment.setPlaceholderText(_("Reason; needed to keep"))
        fields = (self.owner, self.due, self.action)
        for field, text in (*zip(fields, texts, strict=True), (self.comment, _("Reason"))):
            field.setAccessibleName(text)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for row, (tick, field) in enumerate(zip(self.ticks, fields, strict=True)):
            grid.addWidget(tick, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.comment, len(fields), 1)
        grid.setColumnStretch(1, 1)
        self.table = TableView(
            (
                Column("item", lambda: _("Item"), priority=0),
                Column("name", lambda: _("Subject"), stretch=1, priority=1),
                Column("state", lambda: _("State"), Kind.SEVERITY, detail="word", priority=0),
                Column("what", lambda: _("What changes"), stretch=2, width=220, priority=0),
            ),
            title=_("What would change"),
            name="reviews.bulk",
        )
        self.table.setMinimumSize(640, 200)
        self._told = label("caption")
        self.apply_button, keep = QPushButton(_("Change items")), QPushButton(_("Keep as they are"))
        self.apply_button.setProperty("k", "primary")
        self.apply_button.setEnabled(False)
        self.apply_button.clicked.connect(self.accept)
        keep.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self._told, 1)
        buttons.addWidget(keep)
        buttons.addWidget(self.apply_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("headline", title))
        column.addLayout(grid)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        for tick in self.ticks:
            tick.toggled.connect(self._ask)
        self.owner.editTextChanged.connect(self._ask)
        self.due.dateChanged.connect(self._ask)
        self.action.currentIndexChanged.connect(self._ask)
        self.comment.textChanged.connect(self._ask)

    def bulk(self) -> Bulk:
        """What is wanted of every item."""
        owner, due, action = (tick.isChecked() for tick in self.ticks)
        on = self.due.date()
        return Bulk(
            self.owner.currentText() if owner else None,
            date(on.year(), on.month(), on.day()) if due else None,
            Action(self.action.currentData()) if action else None,
            self.comment.text().strip(),
        )

    def changing(self) -> list[str]:
        """The items that change."""
        return [one.item.id for one in self._changes if one.fields and not one.refused]

    def show_changes(self, changes: Sequence[Change]) -> None:
        """What the wish does to each item."""
        self._changes = tuple(changes)
        self.table.rows.load(
            {
                "item": [one.item.id for one in changes],
                "name": [words.item_name(one.item.proposal.name, one.item.proposal.key) for one in changes],
                "state": ["nodata" if one.refused else "done" if one.fields else "todo" for one in changes],
                "word": [
                    _("Left out") if one.refused else _("Changes") if one.fields else _("Stays") for one in changes
                ],
                "what": [_what(one) for one in changes],
            },
            keys=[one.item.id for one in changes],
        )
        count = len(self.changing())
        self.apply_button.setEnabled(bool(count))
        text = ngettext("{n} item changes; it can be undone.", "{n} items change; it can be undone.", count)
        self._told.setText(text.format(n=formats.number(count)) if count else _("Nothing changes yet."))

    @Slot()
    def _ask(self) -> None:
        self.wanted.emit(self.bulk())


def _what(change: Change) -> str:
    if change.refused:
        values = {"item": change.item.id, "status": change.item.status.value, "step": "", "who": ""}
        return REFUSALS[change.refused](values)[0]
    return _("; ").join(review_work.field(*part) for part in change.fields)
