"""Where the figures of the page in sight come from: every table and chart with source, day, known-from and unit."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.i18n import gettext as _
from ui.charts import saving
from ui.charts.chart import Chart
from ui.charts.rows import RowBars
from ui.tables.origin import told
from ui.tables.view import TableView
from ui.widgets.text import label

_SIZE = (560, 460)

Told = tuple[str, str]


def gather(page: QWidget) -> list[Told]:
    """The name of each table and line in sight, and what it tells of its figures."""
    found: list[Told] = []
    for table in page.findChildren(TableView):
        origin = told(table)
        if table.isVisible() and table.rows.rowCount() and origin is not None:
            found.append((table.accessibleName(), origin.text("\n")))
    for chart in page.findChildren(Chart):
        if chart.isVisible():
            found += [(line.name, origin.text("\n")) for line, origin in saving.origins_of(chart.panes)]
    for bars in page.findChildren(RowBars):
        origin = told(bars)
        if bars.isVisible() and origin is not None:
            found.append((bars.title, origin.text("\n")))
    return list(dict.fromkeys(found))


class OriginsDialog(QDialog):
    """The list, to be read with the keyboard, selected and copied; Escape closes it."""

    def __init__(self, page: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("origins")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Where these figures come from"))
        self.told = gather(page)
        inside = QWidget()
        inside.setProperty("r", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for name, text in self.told:
            said = label("small", text)
            said.setWordWrap(True)
            said.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            column.addWidget(label("strong", name))
            column.addWidget(said)
            column.addSpacing(6)
        if not self.told:
            column.addWidget(label("small", _("Nothing in sight shows figures.")))
        column.addStretch(1)
        area = QScrollArea()
        area.setProperty("r", "clear")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        copy, done = QPushButton(_("Copy")), QPushButton(_("Close"))
        copy.setEnabled(bool(self.told))
        copy.clicked.connect(self.copy)
        done.setDefault(True)
        done.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(done)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(label("headline", self.windowTitle()))
        whole.addWidget(area, 1)
        whole.addLayout(buttons)
        self.resize(*_SIZE)

    def copy(self) -> None:
        """The whole list to the clipboard."""
        QGuiApplication.clipboard().setText("\n\n".join(f"{name}\n{text}" for name, text in self.told))
