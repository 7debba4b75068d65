"""The card "How much runs off, month by month?" and the form in which a month gets terms of its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.i18n import pgettext
from app.liquidity.caps import BILLION
from app.liquidity.runoff import Month
from app.liquidity.scenario import Override, Scenario, Split
from app.services.simulating import Course
from app.wording.errata import erratum
from app.wording.runoff import month_name
from app.wording.sentences import sentence
from ui.pages.runoff.fields import Form, NumberBox
from ui.pages.runoff.origin import of_course
from ui.pages.runoff.result import gdp_at
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.text import label


def _number(
    id: str,
    header: Callable[[], str],
    *,
    priority: int,
    sign: bool = False,
    strong: bool = False,
    fades: bool = False,
) -> Column:
    return Column(id, header, Kind.NUMBER, decimals=1, priority=priority, sign=sign, strong=strong, fades=fades)


class MonthsCard(Card):
    """Every month of the course; `edit_wanted(month)` when one is opened."""

    edit_wanted = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._course: Course | None = None
        self.edit = self.add_link()
        self.edit.clicked.connect(self._edit_current)
        self.table = TableView(
            (
                Column("end", lambda: _("Month-end"), Kind.DATE, priority=0),
                Column(
                    "floor", lambda: pgettext("ample reserves", "Floor"), Kind.SEVERITY, detail="floor_word", priority=1
                ),
                _number("maturing", lambda: _("Maturing"), priority=4),
                _number("coupons", lambda: _("Coupons"), priority=1, fades=True),
                _number("bills", lambda: _("Bills"), priority=1, fades=True),
                _number("agency", lambda: _("Agency"), priority=2, fades=True),
                _number("bought", lambda: pgettext("securities", "Bought"), priority=1, fades=True),
                _number("run_off", lambda: _("Run-off"), priority=0, sign=True, strong=True),
                _number("reserves", lambda: _("Reserves"), priority=0, strong=True),
                Column("share", lambda: _("% of GDP"), Kind.NUMBER, decimals=1, priority=1, tone="tone"),
                _number("on_rrp", lambda: _("ON RRP"), priority=5),
                _number("tga", lambda: _("TGA"), priority=6),
                _number("assets", lambda: _("Total assets"), priority=5),
            ),
            title="",
            row="dense",
            name="runoff.months",
            state=state,
        )
        self.body.addWidget(self.table, 1)
        self.table.opened.connect(self.edit_wanted)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("How much runs off, month by month?"))
        self.edit.setText(_("Change a month…"))
        self.table.setAccessibleName(_("Month by month, USD bn"))
        if self._course is not None:
            self.show_course(self._course)

    def show_course(self, course: Course) -> None:
        """Show another course; the changes of a month stand with their sign."""
        self._course = course
        months = course.simulation.months
        self.show_content()
        self.say(sentence(course.pace))
        # The source document says that bills are sold where they fill the gap.
        self.add_note(erratum(6) if any(month.redeemed_bills for month in months) else "")
        gdp = gdp_at(
            course.gdp,
            course.simulation.start.on,
            float(course.simulation.scenario.growth),
            _dates([month.end for month in months]),
        )
        below = [month.below for month in months]
        self.table.rows.load(
            {
                "end": [month.end for month in months],
                "maturing": [_bn(month.coupons + month.bills) for month in months],
                "coupons": _some([month.redeemed_coupons for month in months]),
                "bills": _some([month.redeemed_bills for month in months]),
                "agency": _some([month.agency_run_off for month in months]),
                "bought": _some([month.purchases for month in months]),
                "run_off": [-_bn(month.run_off) for month in months],
                "assets": [_bn(month.position.total_assets) for month in months],
                "reserves": [_bn(month.position.reserves) for month in months],
                "share": [
                    None if level != level else _bn(month.position.reserves) / float(level) * 100
                    for month, level in zip(months, gdp, strict=True)
                ],
                "on_rrp": [_or_none(month.position.on_rrp) for month in months],
                "tga": [_or_none(month.position.tga) for month in months],
                "floor": ["nodata" if one is None else "critical" if one else "ok" for one in below],
                "floor_word": [
                    _("no floor") if one is None else pgettext("floor", "Below") if one else pgettext("floor", "Above")
                    for one in below
                ],
                "tone": ["critical" if one else "" for one in below],
            },
            keys=[month.month for month in months],
        )
        tell(self.table, of_course(course, _("USD bn; reserves also in % of GDP")))

    def _edit_current(self) -> None:
        if self._course is not None:
            key = self.table.current
            self.edit_wanted.emit(key if key is not None else self._course.simulation.months[0].month)


class MonthForm(QDialog):
    """One month's own caps, purchases and shares; `own` is what was entered, None to make it like the others."""

    def __init__(self, month: Month, scenario: Scenario, parent: QWidget) -> None:
        super().__init__(parent)
        self.month = month.month
        self.own: Override | None = None
        name = month_name(month.month)
        self._before = scenario.months.get(month.month, Override())
        self.setWindowTitle(_("Terms of {month}").format(month=name))
        split = scenario.split_in(month.month)
        self.treasury_cap, self.agency_cap = NumberBox(0, 9_999, 1, 5), NumberBox(0, 9_999, 1, 5)
        self.purchases = NumberBox(-999, 999, 1, 5)
        self.shares = [NumberBox(0, 100, 0, 5) for _share in range(3)]
        for box, amount in (
            (self.treasury_cap, month.treasury_cap),
            (self.agency_cap, month.agency_cap),
            (self.purchases, month.purchases),
        ):
            box.put(Decimal(amount) / BILLION)
        form = Form()
        form.number(lambda: _("Cap on Treasuries"), lambda: _("USD bn"), self.treasury_cap)
        form.number(lambda: _("Cap on agency and MBS"), lambda: _("USD bn"), self.agency_cap)
        form.number(lambda: _("Purchases"), lambda: _("USD bn"), self.purchases)
        words = (lambda: _("From reserves"), lambda: _("From ON RRP"), lambda: _("From Treasury cash"))
        for box, share, word in zip(self.shares, (split.reserves, split.on_rrp, split.tga), words, strict=True):
            box.put(share)
            form.number(word, lambda: "%", box)
        self._amounts = {box: box.amount() for box in (self.treasury_cap, self.agency_cap, self.purchases)}
        self._shares = [box.amount() for box in self.shares]
        self._fault = label("fault")
        keep, same, done = QPushButton(_("Keep as it is")), QPushButton(_("As the others")), QPushButton()
        done.setText(_("Change month"))
        done.setProperty("k", "primary")
        done.setDefault(True)
        same.setEnabled(month.month in scenario.months)
        keep.clicked.connect(self.reject)
        same.clicked.connect(self.accept)
        done.clicked.connect(self._check)
        self.done_button, self.same_button = done, same
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (keep, same, done):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label("headline", _("Terms of {month}").format(month=name)))
        column.addWidget(form)
        column.addWidget(self._fault)
        column.addLayout(buttons)
        self.setMinimumWidth(380)

    def changed(self, scenario: Scenario) -> Scenario:
        """The scenario with what was entered."""
        months = {month: other for month, other in scenario.months.items() if month != self.month}
        if self.own is not None and self.own != Override():
            months[self.month] = self.own
        return replace(scenario, months=months)

    def _check(self) -> None:
        shares = [box.amount() for box in self.shares]
        if sum(shares) != 100:
            self._fault.setText(_("The shares add up to {total} %, not to 100 %.").format(total=sum(shares)))
            return
        # What was not touched goes on following the other months.
        before = self._before
        self.own = Override(
            self._entered(self.treasury_cap, before.treasury_cap),
            self._entered(self.agency_cap, before.agency_cap),
            self._entered(self.purchases, before.purchases),
            Split(*shares) if shares != self._shares else before.split,
        )
        self.accept()

    def _entered(self, box: NumberBox, before: Decimal | None) -> Decimal | None:
        return box.amount() if box.amount() != self._amounts[box] else before


def _dates(ends: list[date]) -> np.ndarray:
    return np.array(ends, "datetime64[D]")


def _some(amounts: list[int]) -> list[float | None]:
    """Billions; nothing at all where no month has any, so that the column goes."""
    return [_bn(amount) if any(amounts) else None for amount in amounts]


def _bn(dollars: int) -> float:
    return dollars / BILLION


def _or_none(dollars: int | None) -> float | None:
    return None if dollars is None else dollars / BILLION
