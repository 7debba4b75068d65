"""The side bar: the working day's groups, a page a line, and what waits there as a count."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from ui import marks, theme
from ui.widgets import icons
from ui.widgets.badge import Mark
from ui.widgets.text import label

_ROOM = 6
_ICON = QSize(16 + _ROOM, 16)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the navigation."""

    id: str
    group: str
    icon: str


class Item(QPushButton):
    """A page in the navigation, with its count at the right."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.setObjectName(place.id)
        self.setProperty("k", "nav")
        self.setCheckable(True)
        self.setIconSize(_ICON)
        self._mark = Mark("", 13)
        self._mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._count = label("strong")
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(4)
        row.addStretch(1)
        row.addWidget(self._mark)
        row.addWidget(self._count)
        self.show_count("", "")
        self.toggled.connect(self.tint)

    def show_count(self, text: str, state: str) -> None:
        """What waits there: a number, and the gravest state of it (empty: none)."""
        self._count.setText(text)
        self._count.setVisible(bool(text))
        self._mark.show_state(state)
        self._mark.setVisible(bool(text and state))
        tone = theme.current().tone(marks.family(state)).text if state else theme.current().colour("text2")
        self._count.setStyleSheet(f"color: {tone.name()}")
        self._words()

    def name(self, title: str) -> None:
        """The page's title."""
        self.setText(title)
        self._words()

    def _words(self) -> None:
        parts = (self.text(), self._count.text(), marks.severity_word(self._mark.state))
        self.setAccessibleName(_(", ").join(part for part in parts if part))

    @Slot()
    def tint(self) -> None:
        """Take the colours of the theme in force."""
        self.setIcon(icons.icon(self.place.icon, "accent" if self.isChecked() else "text2", room=_ROOM))


class Navigation(QWidget):
    """Groups and their pages; `chosen(page id)` when the person goes to one."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("r", "sideBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.items: dict[str, Item] = {}
        self._groups: dict[str, QLabel] = {}
        self._logo = QLabel()
        self._brand = label("brand", "Tidewatch")
        self._chinese = label("small", "观潮")
        self._sample = label("sample")
        self._sample.hide()
        self.foot = QPushButton()
        self.foot.setProperty("k", "nav")
        self.foot.setObjectName("settings")
        self.foot.setIconSize(_ICON)
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 6, 0)
        head.setSpacing(8)
        head.addWidget(self._logo)
        head.addWidget(self._brand)
        head.addWidget(self._chinese)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 10)
        column.setSpacing(1)
        column.addLayout(head)
        column.addSpacing(4)
        sample = QHBoxLayout()
        sample.setContentsMargins(10, 2, 0, 2)
        sample.addWidget(self._sample)
        sample.addStretch(1)
        column.addLayout(sample)
        buttons = QButtonGroup(self)
        buttons.setExclusive(True)
        for place in places:
            if place.group not in self._groups:
                heading = label("group")
                heading.setContentsMargins(10, 8, 0, 3)
                self._groups[place.group] = heading
                column.addWidget(heading)
            item = Item(place)
            buttons.addButton(item)
            self.items[place.id] = item
            column.addWidget(item)
        buttons.buttonClicked.connect(self._tell)
        column.addStretch(1)
        column.addWidget(self.foot)

    def words(self, groups: dict[str, str], titles: dict[str, str], settings: str) -> None:
        """Set every text anew, in the language in force."""
        for name, heading in self._groups.items():
            heading.setText(groups[name])
        for name, item in self.items.items():
            item.name(titles[name])
        self.foot.setText(settings)
        self._sample.setText(_("SAMPLE"))
        self._sample.setToolTip(_("Invented figures, made by the program."))

    def show_sample(self, sample: bool) -> None:
        """Say on every screen that the figures are invented."""
        self._sample.setVisible(sample)

    def choose(self, page_id: str) -> None:
        """Mark where we are, without telling."""
        self.items[page_id].setChecked(True)

    def apply_theme(self) -> None:
        """Take the colours and the width of the theme in force."""
        self.setFixedWidth(theme.current().sidebar)
        self._logo.setPixmap(icons.pixmap("liquidity", "accent", 22, self.devicePixelRatioF()))
        self.foot.setIcon(icons.icon("settings", room=_ROOM))
        for item in self.items.values():
            item.tint()

    @Slot(QPushButton)
    def _tell(self, item: QPushButton) -> None:
        self.chosen.emit(item.objectName())
