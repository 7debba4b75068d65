"""The right-hand side, above: why an item is on the list, and what happened to it."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.wording import formats, terms
from app.wording import reviews as words
from app.wording.sentences import sentence
from exposures.reason import Reason
from exposures.reviews.item import ReviewItem
from exposures.reviews.made import Making
from exposures.reviews.outlook import weight
from ui.pages.reviews.marks import status_of
from ui.widgets.badge import Badge
from ui.widgets.card import Card, link
from ui.widgets.facts import Facts
from ui.widgets.text import label, rule


class WhyCard(Card):
    """Why is it here? `alert_wanted(alert id)` where one of its reasons is an alert; `files_wanted(item id)`."""

    alert_wanted = Signal(str)
    files_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[ReviewItem, Making] | None = None
        self._today = date(1970, 1, 1)
        self.name, self.badge, self._where = label("a"), Badge(), label("small")
        for text in (self.name, self._where):
            text.setWordWrap(True)
            text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.corner.addWidget(self.badge)
        self.evidence, self.files = link(), link()
        self._count = 0
        self._weight, self._happened = label("strong"), label("strong")
        self._weight.setWordWrap(True)
        self._weight.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.reasons, self.history = Facts("reasons"), Facts("history")
        inside = QWidget()
        inside.setProperty("r", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(6)
        column.addWidget(self.reasons)
        column.addSpacing(4)
        told = QHBoxLayout()
        told.addWidget(self._happened)
        told.addStretch(1)
        told.addWidget(self.files)
        column.addLayout(told)
        column.addWidget(self.history)
        column.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setProperty("r", "clear")
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setWidgetResizable(True)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setWidget(inside)
        self.body.addWidget(self.name)
        self.body.addWidget(self._where)
        row = QHBoxLayout()
        row.addWidget(self._weight, 1)
        row.addWidget(self.evidence)
        self.body.addLayout(row)
        self.body.addWidget(rule())
        self.body.addWidget(self.scroll, 1)
        self.evidence.clicked.connect(self._open)
        self.files.clicked.connect(self._open_files)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Why is it here?"))
        self._happened.setText(_("History"))
        self.show_files(self._count)
        self.evidence.setText(_("Open alert"))
        self.reasons.setAccessibleName(_("Reasons"))
        self.history.setAccessibleName(_("History"))
        self.scroll.setAccessibleName(_("Reasons and history"))
        if self._shown is not None:
            self.show_item(*self._shown, self._today)

    def show_files(self, count: int) -> None:
        """How many files are attached."""
        self._count = count
        self.files.setText(_("Files {count}").format(count=count) if count else _("Attach a file…"))

    def _open_files(self) -> None:
        if self._shown is not None:
            self.files_wanted.emit(self._shown[0].id)

    def show_nothing(self) -> None:
        """No item is chosen."""
        self._shown = None
        self.badge.hide()
        self.show_empty("reviews", _("No item is chosen"), _("Choose one to see why it is on the list."))

    def show_item(self, item: ReviewItem, making: Making, today: date) -> None:
        """Show one item."""
        self._shown, self._today = (item, making), today
        proposal, currency = item.proposal, making.currency
        self.show_content()
        self.badge.show()
        self.badge.show_state(*status_of(item, today))
        self.name.setText(words.item_name(proposal.name, proposal.key))
        group = [_("{group} group").format(group=proposal.group)] if proposal.group else []
        parts = [item.id, terms.country(proposal.key.country), *group, *proposal.booking_entities]
        self._where.setText(_(", ").join(parts))
        self._where.setToolTip(words.role(proposal.role))
        self.evidence.setVisible(self._alert() is not None)
        self._weight.setText(sentence(weight(item, currency)))
        self.reasons.fill_told(
            [
                (words.reason(reason), words.figure(reason.value, reason.unit, currency), _against(reason, currency))
                for reason in proposal.reasons
            ],
            notes=[words.source(reason, making.book_source) for reason in proposal.reasons],
        )
        self.history.fill_told(
            [
                (
                    words.event(entry.event, entry.values),
                    "",
                    _("{moment}, {who}").format(moment=formats.moment(entry.at), who=entry.who),
                )
                for entry in reversed(item.history)
            ]
        )

    def _alert(self) -> str | None:
        if self._shown is None:
            return None
        sources = (reason.source for reason in self._shown[0].proposal.reasons)
        return next((source for source in sources if source.startswith("A-")), None)

    def _open(self) -> None:
        alert = self._alert()
        if alert is not None:
            self.alert_wanted.emit(alert)


def _against(reason: Reason, currency: str) -> str:
    """What a reason's figure is held against, and its date."""
    day = formats.day(reason.date)
    if reason.threshold is None:
        return day
    return _("Limit {limit}, {day}").format(limit=words.figure(reason.threshold, reason.unit, currency), day=day)
