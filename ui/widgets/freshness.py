"""How old a figure is: its data date always, and a clock and the reason when it is late."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.i18n import gettext as _
from ui.widgets.badge import Mark
from ui.widgets.text import label, restyle


class Freshness(QWidget):
    """`show_date("20 May")` on time; with a reason a clock and heavier words; `gone` for no data any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = Mark("stale", 12)
        self._text = label("caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._mark)
        row.addWidget(self._text)
        self.show_date("")

    def show_date(self, text: str, late: str = "", gone: bool = False) -> None:
        """Show the date, and when it is late, why."""
        said = _("{day}, {late}").format(day=text, late=late) if late and text else text or late
        self._text.setText(said)
        self._text.setProperty("stale", bool(late) or gone)
        self._mark.show_state("nodata" if gone else "stale")
        self._mark.setVisible(bool(late) or gone)
        restyle(self._text)
