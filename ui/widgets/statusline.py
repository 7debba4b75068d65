"""The status bar: how far each source's data goes, what is under way, and when the last refresh was."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.freshness import Freshness
from ui.widgets.text import label


@dataclass(frozen=True, slots=True)
class SourceDate:
    """A source's name, the date its data goes to, and why it is late (empty when it is not)."""

    name: str
    day: str
    late: str = ""
    gone: bool = False


class StatusLine(QWidget):
    """One line, 26 px high; sources that do not fit are left out from the right, never cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("r", "statusBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(26)
        self._sources = QHBoxLayout()
        self._sources.setSpacing(18)
        self._parts: list[QWidget] = []
        self.right = label("caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(18)
        row.addLayout(self._sources)
        row.addStretch(1)
        row.addWidget(self.right)

    def show_sources(self, sources: Sequence[SourceDate]) -> None:
        """Show these sources' dates."""
        for part in self._parts:
            self._sources.removeWidget(part)
            part.setParent(None)
            part.deleteLater()
        self._parts = []
        for source in sources:
            part = QWidget()
            row = QHBoxLayout(part)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(label("caption", source.name))
            freshness = Freshness()
            freshness.show_date(source.day, source.late, source.gone)
            row.addWidget(freshness)
            self._sources.addWidget(part)
            self._parts.append(part)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 50 - self.right.sizeHint().width()
        for part in self._parts:
            room -= part.sizeHint().width() + 18
            part.setVisible(room >= 0)
