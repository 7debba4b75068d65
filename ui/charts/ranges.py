"""The presets of a chart's range, and the row of buttons that chooses one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.i18n import gettext as _
from ui.charts.parts import Range

#: The presets that pages choose from.
RANGES = {r.id: r for r in (Range("1m", 1), Range("4m", 4), Range("1y", 12), Range("5y", 60), Range("10y", 120))}
RANGES["all"] = Range("all", None)


def range_word(range_id: str) -> str:
    """What stands on a preset's button."""
    return {
        "1m": _("1 m"),
        "4m": _("4 m"),
        "1y": _("1 y"),
        "5y": _("5 y"),
        "10y": _("10 y"),
        "all": _("All"),
    }[range_id]


class RangeButtons(QWidget):
    """One button a preset; `chosen(id)` tells which was pressed. A single preset needs no button."""

    chosen = Signal(str)

    def __init__(self, ids: Sequence[str], now: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, name in enumerate(ids):
            button = QPushButton()
            button.setCheckable(True)
            button.setChecked(name == now)
            button.setProperty("seg", ("l" if place == 0 else "") + ("r" if place == len(ids) - 1 else "") or "m")
            button.setObjectName(name)
            self._group.addButton(button)
            row.addWidget(button)
        self._group.buttonClicked.connect(self._tell)
        self.setVisible(len(ids) > 1)

    def choose(self, range_id: str) -> None:
        """Show a preset as the one in force; with an empty id none is, because the range was chosen freely."""
        self._group.setExclusive(bool(range_id))
        for button in self._group.buttons():
            button.setChecked(button.objectName() == range_id)

    def retranslate(self) -> None:
        """Words in the reader's language."""
        for button in self._group.buttons():
            word = range_word(button.objectName())
            button.setText(word)
            button.setAccessibleName(_("Range: {range}").format(range=word))

    def _tell(self, button: QAbstractButton) -> None:
        self._group.setExclusive(True)
        self.chosen.emit(button.objectName())
