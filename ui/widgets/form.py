"""A form of a few fields: what is refused is said in it, and what was typed stays."""

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.wording import formats
from ui.widgets.notice import explain
from ui.widgets.text import label


class Form(QDialog):
    """Headline, what it does, the fields, what was refused, and two buttons: `act` does it, `leave` is harmless."""

    def __init__(self, name: str, title: str, text: str, parent: QWidget, act: str = "", leave: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        explained = label("small", text)
        explained.setWordWrap(True)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(10)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(1, 1)
        self.fault = label("fault")
        self.fault.setWordWrap(True)
        self.fault.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.save, self.leave = QPushButton(act or _("Save")), QPushButton(leave or _("Keep as it is"))
        self.save.setProperty("k", "primary")
        self.save.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.save.clicked.connect(self.press)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label("headline", title))
        column.addWidget(explained)
        column.addLayout(self.grid)
        column.addWidget(self.fault)
        column.addLayout(buttons)
        self.setMinimumWidth(480)

    def add(self, name: str, field: QWidget) -> None:
        """A field with its name to the left."""
        row = self.grid.rowCount()
        self.grid.addWidget(label("label", name), row, 0)
        self.grid.addWidget(field, row, 1)
        field.setAccessibleName(name)

    def refuse(self, error: Exception) -> None:
        """Say what was refused; what was typed stays."""
        self.fault.setText(formats.together(explain(error)))
        self.save.setEnabled(True)

    def press(self) -> None:
        """Hand over what was typed."""
        raise NotImplementedError
