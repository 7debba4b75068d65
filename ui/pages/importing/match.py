"""Saying which column is which, where the headers do not say it themselves."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import (
    QCheckBox,
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
from app.wording import formats, terms
from exposures.currencies import CODES
from exposures.exposure import FIELDS, MONEY_FIELDS, SIDES
from exposures.mapping import Mapping
from ui.widgets.text import label

#: What an amount may be counted in, where neither header nor title says it: ones, 千, 万, 百万, 亿, 十亿.
_UNITS = tuple(Decimal(10) ** power for power in (0, 3, 4, 6, 8, 9))


class MatchForm(QDialog):
    """A row a column of the file, each with the field it becomes; `mapping()` once it was accepted."""

    def __init__(self, outcome: Outcome, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcome = outcome
        self.setWindowTitle(_("Match columns"))
        given = outcome.mapping or Mapping("", {})
        self.fields: dict[str, QComboBox] = {}
        self.units: dict[str, QComboBox] = {}
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
            if column.suggested is not None:
                box.setItemText(0, _("Not imported; perhaps {field}").format(field=terms.field(column.suggested)))
            grid.addWidget(label("caption", column.letters), row, 0)
            grid.addWidget(label("strong", column.header), row, 1)
            grid.addWidget(label("small", ", ".join(column.samples)[:32]), row, 2)
            grid.addWidget(box, row, 3)
            unit = _unit_box(given.units.get(column.field or ""))
            unit.setAccessibleName(_("Unit of {header}").format(header=column.header))
            unit.setVisible(column.field in MONEY_FIELDS)
            box.currentIndexChanged.connect(partial(_offer_unit, box, unit))
            self.units[column.header] = unit
            grid.addWidget(unit, row, 4)
        grid.setColumnStretch(2, 1)
        inside = QWidget()
        inside.setProperty("r", "clear")
        inside.setLayout(grid)
        scroll = QScrollArea()
        scroll.setProperty("r", "clear")
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        self.dates, self.mark = QComboBox(), QComboBox()
        for word, data in (
            (_("As each column shows"), ""),
            (_("Day first, 31/05/2026"), "dmy"),
            (_("Month first, 05/31/2026"), "mdy"),
        ):
            self.dates.addItem(word, data)
        if self.dates.findData(given.date_format) < 0:
            self.dates.addItem(given.date_format, given.date_format)
        self.dates.setCurrentIndex(self.dates.findData(given.date_format))
        self.dates.setAccessibleName(_("How dates are written"))
        for word, data in (
            (_("As each column shows"), ""),
            (_("Point, 1,234.56"), "."),
            (_("Comma, 1.234,56"), ","),
        ):
            self.mark.addItem(word, data)
        self.mark.setCurrentIndex(max(0, self.mark.findData(given.decimal_mark)))
        self.mark.setAccessibleName(_("Decimal mark"))
        self.hidden = QCheckBox(_("Leave out hidden rows and columns"))
        self.hidden.setChecked(given.hidden == "skip")
        how = QHBoxLayout()
        how.addWidget(label("label", _("Dates")))
        how.addWidget(self.dates)
        how.addWidget(label("label", _("Decimal mark")))
        how.addWidget(self.mark)
        how.addWidget(self.hidden)
        how.addStretch(1)
        self.currency, self.side = QComboBox(), QComboBox()
        sides = {"asset": _("Assets"), "liability": _("Liabilities")}
        offered = {"currency": [(formats.currency(code), code) for code in sorted(CODES)],
                   "side": [(sides[code], code) for code in SIDES]}  # fmt: skip
        for name, box in (("currency", self.currency), ("side", self.side)):
            box.addItem(_("None"), "")
            for word, code in offered[name]:
                box.addItem(word, code)
            box.setCurrentIndex(max(0, box.findData(given.constants.get(name, ""))))
        self.currency.setAccessibleName(_("Currency where a line says none"))
        self.side.setAccessibleName(_("Side where a line says none"))
        every = QHBoxLayout()
        every.addWidget(label("label", _("Where a line says none: currency")))
        every.addWidget(self.currency)
        every.addWidget(label("label", _("Side")))
        every.addWidget(self.side)
        every.addStretch(1)
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
        column_layout.addLayout(how)
        column_layout.addLayout(every)
        column_layout.addLayout(foot)
        self.resize(1040, 600)

    def mapping(self) -> Mapping:
        """The mapping as the person says it; everything but the columns stays as it was read."""
        given = self._outcome.mapping or Mapping("", {})
        columns: dict[str, str] = {}
        for header, box in self.fields.items():
            if name := str(box.currentData()):
                columns.setdefault(name, header)
        taken = set(columns)
        constants = {name: text for name, text in given.constants.items() if name not in ("currency", "side")}
        constants |= {
            name: str(box.currentData())
            for name, box in (("currency", self.currency), ("side", self.side))
            if box.currentData()
        }
        units = {
            name: Decimal(self.units[header].currentData())
            for name, header in columns.items()
            if name in MONEY_FIELDS and self.units[header].currentData() is not None
        }
        return replace(
            given,
            name=self.name.text().strip() or given.name,
            columns=columns,
            constants=constants,
            units=units,
            date_format=str(self.dates.currentData()),
            decimal_mark=str(self.mark.currentData()),
            hidden="skip" if self.hidden.isChecked() else "",
            derived={name: parts for name, parts in given.derived.items() if name not in taken},
        )


def _unit_box(chosen: Decimal | None) -> QComboBox:
    box = QComboBox()
    box.addItem(_("Unit as the header says"), None)
    for unit in dict.fromkeys((*_UNITS, *([] if chosen is None else [chosen]))):
        box.addItem(_("In units of {factor}").format(factor=formats.number(unit)), format(unit, "f"))
    box.setCurrentIndex(0 if chosen is None else max(0, box.findData(format(chosen, "f"))))
    return box


def _offer_unit(field: QComboBox, unit: QComboBox, _place: int) -> None:
    """Only amounts have a unit."""
    unit.setVisible(field.currentData() in MONEY_FIELDS)
