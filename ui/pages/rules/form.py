"""The form of a rule: a field for every parameter of its condition, and its lines."""

import dataclasses
from typing import Any, get_type_hints

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from alerts.conditions import CONDITIONS, Composite, Condition, Spread
from alerts.conditions.composite import JOINS
from alerts.conditions.crossing import DIRECTIONS
from alerts.conditions.measure import MEASURES_OF_PAST
from alerts.conditions.percent_change import MEASURES
from alerts.rule import Band, Comparison, InvalidRule, Rule, Severity
from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording import alerts as words
from app.wording import conditions as wording
from ui.widgets.text import label

_KINDS = {condition.kind: condition for condition in CONDITIONS}
_MOST = 1e12


def _choices(kind: str, name: str) -> tuple[str, ...]:
    """The values a parameter may have by name; none where it is free."""
    if name == "measure":
        return MEASURES if kind == "percent_change" else MEASURES_OF_PAST
    return {"direction": DIRECTIONS, "join": JOINS, "comparison": tuple(one.value for one in Comparison)}.get(name, ())


class RuleForm(QWidget):
    """`changed` whenever what stands in the form is another rule. The id, the metric and the words stay as they are."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rule: Rule | None = None
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.kind, self.enabled = QComboBox(), QCheckBox()
        self.fields: dict[str, QWidget] = {}

    @property
    def rule(self) -> Rule | None:
        """The rule as it stands in the form; None where it cannot be one."""
        if self._rule is None or not self.fields:
            return None
        try:
            return dataclasses.replace(
                self._rule,
                condition=self._condition(),
                warning=self._band(Severity.WARNING),
                critical=self._band(Severity.CRITICAL),
                keep=self._value("keep"),
                enabled=self.enabled.isChecked(),
            )
        except (InvalidRule, ValueError):
            return None

    def show_rule(self, rule: Rule | None) -> None:
        """Draw the form of a rule."""
        self._rule = rule
        self._draw(None if rule is None else rule.condition)

    @Slot()
    def _other_kind(self) -> None:
        chosen = _KINDS[self.kind.currentData()]
        if self._rule is not None and not isinstance(self._rule.condition, chosen):
            made: Condition = Spread("?") if chosen is Spread else chosen()
            self._draw(made)
            self.changed.emit()

    def _draw(self, condition: Condition | None) -> None:
        while self._form.rowCount():
            row = self._form.takeRow(0)
            for item in (row.labelItem, row.fieldItem):  # type: ignore[attr-defined]
                widget = None if item is None else item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()  # one of them may be telling its signal just now
        self.fields = {}
        if condition is None or self._rule is None:
            return
        self.kind, self.enabled = QComboBox(), QCheckBox()
        for kind in _KINDS:
            # Several conditions together are written in a rule file; here they are shown and kept.
            if kind != Composite.kind or isinstance(condition, Composite):
                self.kind.addItem(wording.kind(kind), kind)
        self.kind.setCurrentIndex(self.kind.findData(condition.kind))
        self.kind.setEnabled(not isinstance(condition, Composite))
        self.enabled.setChecked(self._rule.enabled)
        self.enabled.setText(_("Switched on"))
        self.kind.activated.connect(self._other_kind)
        self.enabled.toggled.connect(self.changed)
        self._row(_("Condition"), self.kind)
        for field in dataclasses.fields(condition):  # type: ignore[arg-type]
            if field.name != "parts":
                self._add(condition.kind, field.name, getattr(condition, field.name), type(condition))
        for severity in Severity:
            self._add_band(severity, self._rule.band(severity), self._rule)
        self._keep("keep", _("Held for"), self._count(self._rule.keep))
        self._row("", self.enabled)

    def _add(self, kind: str, name: str, value: Any, of: type) -> None:
        text, hint = wording.parameter(name), get_type_hints(of)[name]
        if choices := _choices(kind, name):
            box = QComboBox()
            for choice in choices:
                box.addItem(wording.choice(choice), choice)
            box.setCurrentIndex(box.findData(value))
            box.activated.connect(self.changed)
            self._keep(name, text, box)
        elif hint is bool:
            tick = QCheckBox(text)
            tick.setChecked(value)
            tick.toggled.connect(self.changed)
            self._keep(name, "", tick)
        elif hint is int:
            self._keep(name, text, self._count(value, least=1))
        elif hint is float:
            self._keep(name, text, self._decimal(value))
        else:
            line = QLineEdit(value)
            line.editingFinished.connect(self.changed)
            self._keep(name, text, line)

    def _add_band(self, severity: Severity, band: Band | None, rule: Rule) -> None:
        id = severity.value
        tick = QCheckBox(words.severity(severity))
        tick.setChecked(band is not None)
        tick.toggled.connect(self.changed)
        sign = QComboBox()
        for one in Comparison:
            sign.addItem(one.value.replace(">=", "≥").replace("<=", "≤"), one.value)
        bands = [one for _severity, one in rule.bands]
        sign.setCurrentIndex(sign.findData((band or bands[0]).comparison.value))
        sign.activated.connect(self.changed)
        line = self._decimal((band or bands[0]).threshold)
        clears = self._decimal((band or bands[0]).clears_at)
        lasting = self._count(band.hold if band else 0)
        parts = {"on": tick, "comparison": sign, "threshold": line, "recovery": clears, "hold": lasting}
        self.fields |= {f"{id}.{name}": part for name, part in parts.items()}
        for part, text in (
            (sign, _("Comparison")),
            (line, pgettext("threshold", "Line")),
            (clears, _("Clears at")),
            (lasting, _("Lasting")),
        ):
            part.setAccessibleName(_("{severity}: {field}").format(severity=tick.text(), field=text))
        self._form.addRow(tick, _beside(sign, line))
        self._form.addRow(_("Clears at"), _beside(clears, label("small", _("Lasting")), lasting))

    def _count(self, value: int, least: int = 0) -> QSpinBox:
        box = QSpinBox()
        box.setRange(least, 100_000)
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setValue(value)
        box.valueChanged.connect(self.changed)
        return box

    def _decimal(self, value: float) -> QDoubleSpinBox:
        box = QDoubleSpinBox()
        box.setDecimals(2)
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setRange(-_MOST, _MOST)
        box.setValue(value)
        box.setMinimumWidth(80)
        box.valueChanged.connect(self.changed)
        return box

    def _keep(self, name: str, text: str, field: QWidget) -> None:
        self.fields[name] = field
        self._row(text, field)

    def _row(self, text: str, field: QWidget) -> None:
        field.setAccessibleName(text)
        if text:
            self._form.addRow(text, field)
        else:
            self._form.addRow(field)

    def set_value(self, name: str, value: float) -> None:
        """Put a number into a field, as a slider does."""
        field = self.fields.get(name)
        if isinstance(field, QDoubleSpinBox | QSpinBox):
            field.setValue(value)  # type: ignore[arg-type]

    def _value(self, name: str) -> Any:
        field = self.fields[name]
        if isinstance(field, QComboBox):
            return field.currentData()
        if isinstance(field, QCheckBox):
            return field.isChecked()
        if isinstance(field, QSpinBox | QDoubleSpinBox):
            return field.value()
        assert isinstance(field, QLineEdit)
        return field.text().strip()

    def _condition(self) -> Condition:
        assert self._rule is not None
        kind = _KINDS[self.kind.currentData()]
        names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]
        given = {name: self._value(name) for name in names if name in self.fields}
        if isinstance(self._rule.condition, kind):
            return dataclasses.replace(self._rule.condition, **given)  # type: ignore[type-var]
        return kind(**given)

    def _band(self, severity: Severity) -> Band | None:
        id = severity.value
        if not self._value(f"{id}.on"):
            return None
        assert self._rule is not None
        was = self._rule.band(severity)
        threshold, recovery = self._value(f"{id}.threshold"), self._value(f"{id}.recovery")
        made = Band(
            Comparison(self._value(f"{id}.comparison")),
            threshold,
            self._value(f"{id}.hold"),
            None if recovery == threshold else recovery,
            was.source if was else "choice",
            was.in_days if was else False,
        )
        # What a field cannot show in two decimals stays as it was.
        return was if was is not None and _shown(was) == _shown(made) else made


def _shown(band: Band) -> tuple[object, ...]:
    return band.comparison, round(band.threshold, 2), round(band.clears_at, 2), band.hold


def _beside(*widgets: QWidget) -> QWidget:
    """Several fields in one row."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 0 if isinstance(widget, QLabel) else 1)
    return whole
