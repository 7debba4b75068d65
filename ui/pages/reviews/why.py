"""The right-hand side, above: why an item is on the list, what the bank has there, and what happened to it."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.wording import formats, terms
from app.wording import reviews as words
from exposures.reviews.item import Amounts, ReviewItem
from exposures.reviews.made import Making
from ui.pages.reviews.facts import Facts
from ui.pages.reviews.marks import status_of
from ui.widgets.badge import Badge
from ui.widgets.card import Card, link
from ui.widgets.text import label

_MILLION = Decimal(1_000_000)


class WhyCard(Card):
    """Why is it here? `alert_wanted(alert id)` where one of its reasons is an alert."""

    alert_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[ReviewItem, Making] | None = None
        self._today = date(1970, 1, 1)
        self.name, self.badge, self._where = label("a"), Badge(), label("small")
        for text in (self.name, self._where):
            text.setWordWrap(True)
            text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.corner.addWidget(self.badge)
        self.evidence = link()
        self._titles = [label("strong") for _place in range(3)]
        self._dates = label("caption")
        self.reasons, self.drawn, self.bases, self.history = (
            Facts(name) for name in ("reasons", "drawn", "bases", "history")
        )
        inside = QWidget()
        inside.setProperty("r", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(4)
        for place, (title, extra, parts) in enumerate(
            (
                (self._titles[0], self.evidence, (self.reasons,)),
                (self._titles[1], self._dates, (self.drawn, self.bases)),
                (self._titles[2], None, (self.history,)),
            )
        ):
            row = QHBoxLayout()
            row.setContentsMargins(0, 6 if place else 0, 0, 0)
            row.addWidget(title, 1)
            if extra is not None:
                row.addWidget(extra)
            column.addLayout(row)
            for part in parts:
                column.addWidget(part)
        column.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setProperty("r", "clear")
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setWidgetResizable(True)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setWidget(inside)
        self.body.addWidget(self.name)
        self.body.addWidget(self._where)
        self.body.addWidget(self.scroll, 1)
        self.evidence.clicked.connect(self._open)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Why is it here?"))
        for title, text in zip(self._titles, (_("Reasons"), _("What we have"), _("History")), strict=True):
            title.setText(text)
        self.evidence.setText(_("Open alert"))
        self.reasons.setAccessibleName(_("Reasons"))
        self.drawn.setAccessibleName(_("What we have"))
        self.bases.setAccessibleName(_("Both bases"))
        self.history.setAccessibleName(_("History"))
        self.scroll.setAccessibleName(_("Reasons, amounts and history"))
        if self._shown is not None:
            self.show_item(*self._shown, self._today)

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
        self.name.setText(proposal.name)
        group = [_("{group} group").format(group=proposal.group)] if proposal.group else []
        parts = [item.id, terms.country(proposal.key.country), *group, *proposal.booking_entities]
        self._where.setText(", ".join(parts))
        self._where.setToolTip(words.role(proposal.role))
        self.evidence.setVisible(self._alert() is not None)
        self.reasons.fill(
            [
                [
                    words.reason(reason),
                    words.figure(reason.value, reason.unit, currency),
                    words.figure(reason.threshold, reason.unit, currency),
                    formats.short_day(reason.date),
                ]
                for reason in proposal.reasons
            ],
            heads=[_("Reason"), _("Value"), _("Limit"), _("Date")],
            notes=[words.source(reason, making.book_source) for reason in proposal.reasons],
            strong=1,
        )
        self._dates.setText(
            _("{currency} m, book of {day}").format(currency=currency, day=formats.short_day(making.reporting_date))
        )
        self._show_amounts(proposal.amounts)
        self.history.fill(
            [
                [
                    _("{who}: {what}").format(who=entry.who, what=words.event(entry.event, entry.values)),
                    formats.moment(entry.at),
                ]
                for entry in reversed(item.history)
            ]
        )

    def _show_amounts(self, amounts: Amounts) -> None:
        def told(amount: Decimal | None) -> str:
            return words.figure(None, "", "") if amount is None else formats.number(amount / _MILLION, 1)

        self.drawn.fill(
            [["", *(told(one) for one in (amounts.drawn, amounts.undrawn, amounts.due_30, amounts.due_90))]],
            heads=["", _("Drawn"), _("Undrawn"), _("In 30 d"), _("In 90 d")],
        )
        self.bases.fill(
            [["", *(told(one) for one in (amounts.immediate, amounts.guarantor, amounts.cover))]],
            heads=["", _("Immediate"), _("Guarantor"), _("Cover")],
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
