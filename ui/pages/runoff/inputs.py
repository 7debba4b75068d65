"""The card of assumptions: where the simulation begins, under which terms, and who pays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.i18n import gettext as _
from app.i18n import pgettext
from app.liquidity.runoff import Simulation
from app.liquidity.scenario import LONGEST, AmpleUnit, Scenario, Split
from app.wording.formats import percent
from app.wording.runoff import ample_unit, month_name
from ui.pages.runoff.fields import Form, NumberBox
from ui.widgets.badge import Mark
from ui.widgets.card import Card
from ui.widgets.choice import Segments
from ui.widgets.datefield import DateField
from ui.widgets.text import label

#: The horizon at first, in months.
MONTHS = 18
_BILLION = 10**9
#: Fields of a scenario that are plain amounts: name, low, high, decimals, step.
_AMOUNTS = {
    "on_rrp_floor": (0, 99_999, 0, 10),
    "tga_floor": (0, 99_999, 0, 10),
    "ample": (0, 99_999, 1, 0.5),
    "growth": (-50, 50, 1, 0.5),
    "notes": (-999, 999, 1, 1),
    "foreign_rrp": (-999, 999, 1, 1),
    "other_liabilities": (-999, 999, 1, 1),
    "other_assets": (-999, 999, 1, 1),
    "coupons_due": (0, 100, 1, 0.1),
}


def _published() -> str:
    return pgettext("a cap as published", "publ.")


class InputsCard(Card):
    """`changed` tells that something else is assumed; `saving` that it is to be saved under a name."""

    changed = Signal()
    saving = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumWidth(278)
        self._scenario = Scenario()
        self.reset_button = self.add_link()
        self.reset_button.clicked.connect(self._reset)
        self.start = DateField()
        self.start.setFixedWidth(144)
        self.months = NumberBox(1, LONGEST, 0)
        self.months.put(MONTHS)
        self.terms = Segments(("published", "own"), "published")
        self.treasury_cap, self.agency_cap = (NumberBox(0, 9_999, 1, 5, _published) for _cap in range(2))
        self.purchases = NumberBox(-999, 999, 1, 5, _published)
        self._fills: bool | None = None
        self.bills_fill = QCheckBox()
        self.principal = Segments(("measured", "own"), "measured")
        self.pay_down = NumberBox(0, 100, 2, 0.05)
        self.boxes = {name: NumberBox(*limits) for name, limits in _AMOUNTS.items()}
        self.shares = [NumberBox(0, 100, 0, 5) for _share in range(3)]
        self.ample_unit = QComboBox()
        self.ample_unit.setFixedWidth(144)
        self._total_mark, self._total = Mark("", 12), label("small")
        self.form = self._form()
        self.save_button = QPushButton()
        self.save_button.clicked.connect(self.saving)
        inside = QWidget()
        inside.setProperty("r", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        area = QScrollArea()
        area.setProperty("r", "clear")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.body.addWidget(area, 1)
        self.body.addWidget(self.save_button)
        self.start.picked.connect(self._picked)
        self.terms.chosen.connect(self._choose_terms)
        self.principal.chosen.connect(self._choose_terms)
        self.bills_fill.clicked.connect(self._fill)
        self.ample_unit.activated.connect(self._tell)
        self.form.entered.connect(self._tell)
        self.put(Scenario())

    def _form(self) -> Form:
        form = Form()
        total = QWidget()
        row = QHBoxLayout(total)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._total_mark)
        row.addWidget(self._total)

        def bn() -> str:
            return _("USD bn")

        def a_month() -> str:
            return _("bn / mo")

        def per_cent() -> str:
            return "%"

        form.wide(lambda: _("Start from"), self.start)
        form.number(lambda: _("Horizon"), lambda: _("months"), self.months)
        form.heading(lambda: _("Monthly caps"), self.terms)
        form.number(lambda: _("Treasuries"), bn, self.treasury_cap)
        form.number(lambda: _("Agency and MBS"), bn, self.agency_cap)
        form.number(lambda: _("Purchases"), bn, self.purchases)
        form.whole(self.bills_fill)
        form.heading(lambda: _("Who pays for it"), total)
        for words, box in zip(
            (lambda: _("Reserves"), lambda: _("ON RRP"), lambda: _("Treasury cash")),
            self.shares,
            strict=True,
        ):
            form.number(words, per_cent, box)
        form.heading(lambda: _("Floors"))
        form.number(lambda: _("ON RRP"), bn, self.boxes["on_rrp_floor"])
        form.number(lambda: _("Treasury account"), bn, self.boxes["tga_floor"])
        form.number(lambda: _("Ample reserves"), lambda: "", self.boxes["ample"])
        form.wide(lambda: _("Measured in"), self.ample_unit)
        form.number(lambda: _("Its growth"), lambda: _("% / yr"), self.boxes["growth"])
        form.heading(lambda: _("Agency principal"), self.principal)
        form.number(lambda: _("Of what is held"), lambda: _("% / mo"), self.pay_down)
        form.heading(lambda: _("Other changes"))
        form.number(lambda: _("Notes"), a_month, self.boxes["notes"])
        form.number(lambda: _("Foreign repos"), a_month, self.boxes["foreign_rrp"])
        form.number(lambda: _("Other liabilities"), a_month, self.boxes["other_liabilities"])
        form.number(lambda: _("Other assets"), a_month, self.boxes["other_assets"])
        form.heading(lambda: _("Without a ladder"))
        form.number(lambda: _("Coupons due"), lambda: _("% / mo"), self.boxes["coupons_due"])
        return form

    # ------------------------------------------------------------------ what is assumed

    @property
    def scenario(self) -> Scenario:
        """What is assumed now, with the months that were changed."""
        own = self.terms.current == "own"
        amounts = {name: box.amount() for name, box in self.boxes.items()}
        return replace(
            self._scenario,
            treasury_cap=self.treasury_cap.own() if own else None,
            agency_cap=self.agency_cap.own() if own else None,
            purchases=self.purchases.own() if own else None,
            bills_fill=self._fills if own else None,
            excess_into=self._scenario.excess_into if own else None,
            pay_down=self.pay_down.amount() if self.principal.current == "own" else None,
            split=Split(*(box.amount() for box in self.shares)),
            ample_unit=AmpleUnit(self.ample_unit.currentData() or AmpleUnit.GDP),
            **amounts,
        )

    @property
    def splits(self) -> bool:
        """Whether the shares of who pays add up."""
        return sum(box.amount() for box in self.shares) == 100

    def put(self, scenario: Scenario) -> None:
        """Show a scenario without telling."""
        self._scenario = scenario
        terms = (scenario.treasury_cap, scenario.agency_cap, scenario.purchases)
        published = not any(one is not None for one in (*terms, scenario.bills_fill, scenario.excess_into))
        self.terms.choose("published" if published else "own")
        for box, value in zip((self.treasury_cap, self.agency_cap, self.purchases), terms, strict=True):
            box.put(value)
        self._fills = scenario.bills_fill
        self.bills_fill.setChecked(scenario.bills_fill is not False)
        self.principal.choose("measured" if scenario.pay_down is None else "own")
        self.pay_down.put(scenario.pay_down or Decimal(0))
        for name, box in self.boxes.items():
            box.put(getattr(scenario, name))
        shares = (scenario.split.reserves, scenario.split.on_rrp, scenario.split.tga)
        for box, share in zip(self.shares, shares, strict=True):
            box.put(share)
        self.ample_unit.setCurrentIndex(self.ample_unit.findData(scenario.ample_unit))
        self._show_state()

    def show_terms(self, shown: Simulation) -> None:
        """What was published or measured stands in the fields that cannot be edited."""
        first = shown.months[0]
        published = self.terms.current == "published"
        tip = _("{month}; later months follow the schedule").format(month=month_name(first.month)) if published else ""
        for box in (self.treasury_cap, self.agency_cap, self.purchases):
            box.setToolTip(tip)
        if published:
            self.treasury_cap.put(Decimal(first.treasury_cap) / _BILLION)
            self.agency_cap.put(Decimal(first.agency_cap) / _BILLION)
            self.purchases.put(Decimal(first.purchases) / _BILLION)
        if self.principal.current == "measured":
            self.pay_down.put(shown.pay_down.percent)

    def change_months(self, scenario: Scenario) -> None:
        """Take over the months that differ."""
        self._scenario = replace(self._scenario, months=scenario.months)
        self.changed.emit()

    def allow(self, days: tuple[date, ...], chosen: date | None) -> None:
        """The dates from which a simulation can begin, oldest first."""
        self.start.allow(days)
        self.start.choose(chosen)

    # ------------------------------------------------------------------ words and state

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Assumptions"))
        self.reset_button.setText(_("Reset"))
        self.save_button.setText(_("Save as scenario…"))
        self.terms.fill([pgettext("caps", "Published"), pgettext("assumption", "Own")])
        self.principal.fill([pgettext("principal", "Measured"), pgettext("assumption", "Own")])
        self.bills_fill.setText(_("Bills fill the gap below the cap"))
        chosen = self.ample_unit.currentData() or self._scenario.ample_unit
        self.ample_unit.clear()
        for unit in AmpleUnit:
            self.ample_unit.addItem(ample_unit(unit.value), unit)
        self.ample_unit.setCurrentIndex(self.ample_unit.findData(chosen))
        self.start.retranslate()
        self.form.retranslate()
        self._show_state()

    def _show_state(self) -> None:
        own = self.terms.current == "own"
        for part in (self.treasury_cap, self.agency_cap, self.purchases, self.bills_fill):
            part.setEnabled(own)
        self.pay_down.setEnabled(self.principal.current == "own")
        total = sum(box.amount() for box in self.shares)
        self._total_mark.show_state("ok" if self.splits else "warning")
        shown = percent(total, 0)
        self._total.setText(
            _("Total {percent}").format(percent=shown)
            if self.splits
            else _("{percent}, not 100 %").format(percent=shown)
        )
        self.save_button.setEnabled(self.splits)

    @Slot()
    def _tell(self) -> None:
        self._show_state()
        if self.splits:
            self.changed.emit()

    @Slot()
    def _fill(self) -> None:
        self._fills = self.bills_fill.isChecked()
        self._tell()

    @Slot(object)
    def _picked(self, _day: date) -> None:
        self._tell()

    @Slot(str)
    def _choose_terms(self, _choice: str) -> None:
        self._tell()

    @Slot()
    def _reset(self) -> None:
        self.months.put(MONTHS)
        self.put(Scenario())
        self.changed.emit()
