"""The top bar: menus made from the commands, search, the date of the workspace's clock, and who works here."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QMenuBar, QSizePolicy, QWidget

from app.i18n import gettext as _
from app.services.unlocking import Approvals
from app.storage.persons import Person
from app.wording import formats
from app.wording.persons import asking_now, role_label
from ui.commands import Action, Commands
from ui.widgets.commandbox import CommandBox
from ui.widgets.text import label

#: The menus of the bar, in order; "language" and "theme" stand inside View and Settings.
BAR = ("file", "view", "data", "alerts", "reviews", "help")
INSIDE = ("language", "theme")
#: How often the date and time are looked at (ms).
TICK = 20_000


def _menu_title(name: str) -> str:
    return {
        "file": _("&File"),
        "view": _("&View"),
        "data": _("&Data"),
        "alerts": _("&Alerts"),
        "reviews": _("&Reviews"),
        "help": _("&Help"),
        "language": _("Language"),
        "theme": _("Theme"),
    }[name]


class TopBar(QWidget):
    """Menus, the command box, date and person in one row, 38 px high."""

    def __init__(self, commands: Commands, clock: Callable[[], datetime], user: str) -> None:
        super().__init__()
        self.setProperty("r", "topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(38)
        self._commands, self._clock = commands, clock
        self._bar = QMenuBar()
        self._bar.setNativeMenuBar(False)
        self._bar.setFixedHeight(30)
        self.menus = {name: QMenu(self) for name in (*BAR, *INSIDE)}
        self.settings = QMenu(self)
        self.search = CommandBox()
        self.search.setFixedWidth(320)
        self._now = label("small")
        divider = QFrame()
        divider.setProperty("r", "divider")
        divider.setFixedSize(1, 18)
        right = QWidget()
        beside = QHBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(10)
        beside.addWidget(label("caption", "Ctrl K"))
        beside.addStretch(1)
        self._user, self._role = label("strong", user), label("caption")
        self._person: tuple[Person, Approvals] | None = None
        for part in (self._now, divider, self._user, self._role):
            beside.addWidget(part)
        for side in (self._bar, right):  # equally wide, so that the search stands in the middle
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 16, 0)
        row.setSpacing(10)
        row.addWidget(self._bar, 1)
        row.addWidget(self.search)
        row.addWidget(right, 1)
        commands.rights.changed.connect(self._tell_reasons)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tell_time)
        self._timer.start()

    def show_person(self, person: Person, approvals: Approvals) -> None:
        """Who works here and in which role; whether an approval asks for a password stands in the tooltip."""
        self._person = person, approvals
        self._user.setText(person.name)
        self._role.setText(role_label(person.role.value))
        until = approvals.until if approvals.until is not None and self._clock() <= approvals.until else None
        told = asking_now(approvals.asking.value, approvals.idle_minutes, until)
        for part in (self._user, self._role):
            part.setToolTip(told)

    def retranslate(self) -> None:
        """Set every text anew, and offer every command to the search."""
        self._bar.clear()
        self.settings.clear()
        for name, menu in self.menus.items():
            menu.clear()
            menu.setTitle(_menu_title(name))
            menu.addActions([action for action in self._commands if action.command.menu == name])
        self._tell_reasons()
        self.menus["view"].addSeparator()
        for name in INSIDE:
            self.menus["view"].addMenu(self.menus[name])
            self.settings.addMenu(self.menus[name])
        self.settings.addAction(self._commands["window.stay"])
        for name in BAR:
            if not self.menus[name].isEmpty():
                self._bar.addMenu(self.menus[name])
        self.search.name(_("Search counterparty, series, command"))
        self.search.offer(
            "commands",
            [(action.command.id, action.text().replace("&", "")) for action in self._commands if action.text()],
        )
        self._tell_time()

    def stop(self) -> None:
        """The window closes: look at the clock no more."""
        self._timer.stop()

    @Slot()
    def _tell_reasons(self) -> None:
        """A menu tells why something in it is grey; where nothing is, it tells nothing twice."""
        for menu in self.menus.values():
            menu.setToolTipsVisible(any(isinstance(one, Action) and one.barred for one in menu.actions()))

    @Slot()
    def _tell_time(self) -> None:
        if self._person is not None:
            self.show_person(*self._person)
        now = self._clock().astimezone()
        self._now.setText(_("{day}, {time}").format(day=formats.weekday(now.date()), time=f"{now:%H:%M}"))
