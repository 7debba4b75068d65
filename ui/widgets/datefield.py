"""Choosing a date among those for which there is data: typed, stepped, or picked from a calendar."""

from datetime import date

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QPushButton, QVBoxLayout, QWidget

from app.wording import formats
from ui.widgets import icons


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


class DateField(QPushButton):
    """A date; `picked(date)` when another is chosen. With `allow`, a day without data gives the newest one before it.

    Up and Down step to the neighbouring day with data; a click or Space opens the calendar.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[date, ...] = ()
        self._day: date | None = None
        self._popup: QFrame | None = None
        self.setMinimumWidth(118)
        self.clicked.connect(self._open)
        self.setProperty("k", "date")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the sign stands to the right of the date
        self.retranslate()

    @property
    def day(self) -> date | None:
        """The date that is chosen."""
        return self._day

    def allow(self, days: tuple[date, ...]) -> None:
        """The days with data, oldest first."""
        self._days = days
        self.setEnabled(bool(days))

    def choose(self, day: date | None) -> None:
        """Choose without telling."""
        self._day = self._nearest(day) if day is not None else None
        self.retranslate()

    def retranslate(self) -> None:
        """Write the date in the language in force."""
        self.setText(formats.day(self._day) if self._day else "–")
        self.setIcon(icons.icon("calendar", "text2", 14, room=-6))
        self.setIconSize(QSize(20, 14))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None or self._day is None or self._day not in self._days:
            super().keyPressEvent(event)
            return
        place = self._days.index(self._day) + step
        if 0 <= place < len(self._days):
            self._pick(self._days[place])

    def _nearest(self, day: date) -> date:
        before = [known for known in self._days if known <= day]
        return before[-1] if before else self._days[0] if self._days else day

    def _pick(self, day: date) -> None:
        chosen = self._nearest(day)
        if chosen != self._day:
            self.choose(chosen)
            self.picked.emit(chosen)

    @Slot()
    def _open(self) -> None:
        if self._popup is None:
            self._popup = QFrame(self, Qt.WindowType.Popup)
            self._popup.setProperty("r", "card")
            self._popup.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            calendar = QCalendarWidget()
            calendar.setObjectName("calendar")
            calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            calendar.clicked.connect(self._picked_in_calendar)
            calendar.activated.connect(self._picked_in_calendar)
            column = QVBoxLayout(self._popup)
            column.setContentsMargins(4, 4, 4, 4)
            column.addWidget(calendar)
        calendar_found = self._popup.findChild(QCalendarWidget, "calendar")
        if isinstance(calendar_found, QCalendarWidget) and self._days:
            calendar_found.setDateRange(_qt(self._days[0]), _qt(self._days[-1]))
            calendar_found.setSelectedDate(_qt(self._day or self._days[-1]))
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()

    @Slot(QDate)
    def _picked_in_calendar(self, day: QDate) -> None:
        if self._popup is not None:
            self._popup.hide()
        self._pick(date(day.year(), day.month(), day.day()))
