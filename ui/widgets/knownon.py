"""Whether a page shows what is known now, or what was known on a past day."""

from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.i18n import gettext as _
from ui.widgets.badge import Badge
from ui.widgets.datefield import DateField

#: The first day that can be asked for: before it nothing is stored in any detail.
FIRST = date(2003, 1, 1)


def end_of_day(day: date | None) -> datetime | None:
    """The last instant of a day in UTC, which is what the commands on series and the balance sheet take too."""
    return None if day is None else datetime.combine(day, time.max, UTC)


class KnownOn(QWidget):
    """A button that turns the past on and off, and the day; `changed(day or None)`, None for what is known now."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today: date | None = None
        self.badge = Badge("stale")
        self.field = DateField()
        self.field.setObjectName("known_on")
        self.turn = QPushButton()
        self.turn.setObjectName("known_on_turn")
        self.turn.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self.badge, self.field, self.turn):
            row.addWidget(part)
        self.turn.clicked.connect(self._turned)
        self.field.picked.connect(self._picked)
        self._arrange()

    @property
    def day(self) -> date | None:
        """The past day that is asked for; None for what is known now."""
        return self.field.day if self.turn.isChecked() else None

    def allow_to(self, today: date) -> None:
        """Days up to today can be asked for; asked for first is the day before."""
        if today != self._today:
            self._today = today
            self.field.allow(tuple(FIRST + timedelta(days=n) for n in range((today - FIRST).days + 1)))
        if self.field.day is None:
            self.field.choose(today - timedelta(days=1))

    def show_day(self, day: date | None) -> None:
        """Ask for a day (None: for what is known now), and tell."""
        self.turn.setChecked(day is not None)
        if day is not None:
            self.field.choose(day)
        self._turned()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.badge.show_state("stale", _("As known on"))
        self.field.setAccessibleName(_("As known on"))
        self.field.retranslate()
        self._arrange()

    def _arrange(self) -> None:
        on = self.turn.isChecked()
        self.badge.setVisible(on)
        self.field.setVisible(on)
        self.turn.setText(_("Now") if on else _("As known on…"))

    @Slot()
    def _turned(self) -> None:
        self._arrange()
        self.changed.emit(self.day)

    @Slot(object)
    def _picked(self, _day: date) -> None:
        self.changed.emit(self.day)
