"""Saying which column is which, where the headers do not say it themselves."""

from dataclasses import replace

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.i18n import gettext as _
from app.services.importing import Outcome
from app.wording import terms
from exposures.exposure import FIELDS
from exposures.mapping import Mapping
from ui.widgets.text import label


class MatchForm(QDialog):
    """A row a column of the file, each with the field it becomes; `mapping()` once it was accepted."""

    def __init__(self, outcome: Outcome, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcome = outcome
        self.setWindowTitle(_("Match columns"))
        self.fields: dict[str, QComboBox] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        words = [(field.name, terms.field(field.name)) for field in FIELDS]
        for row, column in enumerate(outcome.columns):
            box = QComboBox()
            box.addItem(_("Not imported"), "")
            for name, word in words:
                box.addItem(word, name)
            box.setCurrentIndex(max(0, box.findData(column.field or "")))
            box.setAccessibleName(_("Field of {header}").format(header=column.header))
            self.fields[column.header] = box
            grid.addWidget(label("caption", column.letters), row, 0)
            grid.addWidget(label("strong", column.header), row, 1)
            grid.addWidget(label("small", ", ".join(column.samples)[:40]), row, 2)
            grid.addWidget(box, row, 3)
        grid.setColumnStretch(2, 1)
        inside = QWidget()
        inside.setProperty("r", "clear")
        inside.setLayout(grid)
        scroll = QScrollArea()
        scroll.setProperty("r", "clear")
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        self.name = QLineEdit(outcome.mapping.name if outcome.mapping else "")
        self.name.setAccessibleName(_("Name of the layout"))
        keep, use = QPushButton(_("Keep as it was")), QPushButton(_("Read again with these columns"))
        use.setProperty("k", "primary")
        keep.clicked.connect(self.reject)
        use.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(label("label", _("Save as layout")))
        foot.addWidget(self.name)
        foot.addStretch(1)
        foot.addWidget(keep)
        foot.addWidget(use)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(20, 16, 20, 16)
        column_layout.setSpacing(12)
        column_layout.addWidget(label("headline", _("Which column is which?")))
        column_layout.addWidget(scroll, 1)
        column_layout.addLayout(foot)
        self.resize(760, 560)

    def mapping(self) -> Mapping:
        """The mapping as the person says it; everything but the columns stays as it was read."""
        given = self._outcome.mapping or Mapping("", {})
        columns: dict[str, str] = {}
        for header, box in self.fields.items():
            if name := str(box.currentData()):
                columns.setdefault(name, header)
        taken = set(columns)
        return replace(
            given,
            name=self.name.text().strip() or given.name,
            columns=columns,
            derived={name: parts for name, parts in given.derived.items() if name not in taken},
        )
