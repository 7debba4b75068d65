"""The lines behind the pinned cell, with their totals, a filter and a way out of the cell."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import formats, terms
from ui.marks import severity_word
from ui.pages.exposures.survey import Choice, Lines
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.filter_box import FilterBox
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.text import label


def columns() -> list[Column]:
    """The table's columns; those with the highest priority go first where room is short."""
    return [
        Column("counterparty", lambda: _("Counterparty"), strong=True, stretch=3, priority=0),
        Column("country_name", lambda: _("Country or region"), quiet=True, priority=4, fades=True),
        Column("group", lambda: _("Group"), quiet=True, priority=8, fades=True),
        Column("entity", lambda: _("Booked in"), priority=6, fades=True),
        Column("product", lambda: _("Product"), stretch=1, width=80, note="product", priority=5),
        Column("currency", lambda: _("Ccy"), priority=2),
        Column("drawn", lambda: _("Drawn"), Kind.NUMBER, strong=True, decimals=1, note="part_note", priority=0),
        Column("undrawn", lambda: _("Undrawn"), Kind.NUMBER, decimals=1, note="part_note", priority=0),
        Column("maturity", lambda: _("Matures"), Kind.DATE, tone="due", priority=1),
        Column("guarantor_name", lambda: _("Risk transfer"), quiet=True, priority=7, fades=True),
        Column("rating", lambda: _("Grade"), priority=9, fades=True),
        Column("class_word", lambda: _("Five-category class"), tone="class_tone", priority=3, fades=True),
        Column("late", lambda: _("Days late"), Kind.NUMBER, tone="late_tone", priority=3, fades=True),
        Column("alert", lambda: _("Alert"), Kind.SEVERITY, detail="alert_word", priority=2),
    ]


class LinesCard(Card):
    """`cleared` when the cell is to be let go, `opened(line)` when a line is asked for."""

    cleared = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._lines: Lines | None = None
        self._currency = "USD"
        self._day = ""
        self._alerts: Mapping[str, str] = {}
        self.clear_cell = self.add_link()
        self.clear_cell.clicked.connect(self.cleared)
        self.table = TableView(columns(), title="", row="normal", name="exposures.lines", state=state)
        self.filter = FilterBox(self.table)
        self.corner.addWidget(self.filter)
        self.body.addWidget(self.table, 1)
        self._foot = label("caption")
        self._totals = label("strong")
        row = QHBoxLayout()
        row.addWidget(self._foot, 1)
        row.addWidget(self._totals)
        self.body.addLayout(row)
        self.table.rows.shown_changed.connect(self._count)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.clear_cell.setText(_("Show all lines"))
        self.table.setAccessibleName(_("Lines"))
        if self._lines is not None:
            self.show_lines(self._lines, self._currency, self._day, self._alerts)

    def show_lines(self, lines: Lines, currency: str, day: str, alerts: Mapping[str, str]) -> None:
        """Show the lines behind a cell; `day` is the book's date in words, `alerts` what fires by country."""
        self._lines, self._currency, self._day, self._alerts = lines, currency, day, alerts
        self.show_content()
        self.clear_cell.setVisible(lines.choice.country is not None or bool(lines.choice.column))
        arrays = dict(lines.arrays)
        none = pgettext("alert", "None")
        part = _("Only the part that is owed there; the rest counts in another country or region.")
        self.table.rows.load(
            arrays
            | {
                "country_name": [
                    None if code is None or code == lines.choice.country else terms.country(code)
                    for code in arrays["country"]
                ],
                "product": [
                    product or (None if code is None else terms.instrument(code))
                    for product, code in zip(arrays["product"], arrays["instrument"], strict=True)
                ],
                "guarantor_name": [None if code is None else terms.country(code) for code in arrays["guarantor"]],
                # a grade's minus is a minus
                "rating": [None if grade is None else grade.replace("-", formats.MINUS) for grade in arrays["rating"]],
                "class_word": [terms.loan_class(code) or None for code in arrays["loan_class"]],
                "class_tone": [_class_tone(code) for code in arrays["loan_class"]],
                "late_tone": ["warning" if days > 0 else "" for days in arrays["late"]],
                "alert": [alerts.get(code or "", "ok") for code in arrays["country"]],
                "alert_word": [severity_word(alerts[code]) if code in alerts else none for code in arrays["country"]],
                "part_note": [part if flag else "" for flag in arrays["part"]],
            },
            keys=lines.keys,
        )
        self.table.context = _("Book of {day}, {currency} m").format(day=day, currency=formats.currency(currency))
        self.ask(self._heading(lines.choice, lines))

    def _heading(self, choice: Choice, lines: Lines) -> str:
        count = ngettext("{lines} line", "{lines} lines", len(lines.keys)).format(lines=formats.number(len(lines.keys)))
        values = {
            "country": "" if choice.country is None else terms.country(choice.country),
            "column": terms.instrument(choice.column).lower() if choice.column else "",
            "lines": count,
        }
        if choice.country is not None and choice.column:
            return _("{country}, {column}: {lines}").format(**values)
        if choice.country is not None:
            return _("{country}: {lines}").format(**values)
        return _("All countries and regions: {lines}").format(**values)

    def _count(self) -> None:
        if self._lines is None:
            return
        rows = self.table.rows
        drawn, undrawn = (
            sum(value for row in range(rows.rowCount()) if (value := rows.value(row, name)) is not None)
            for name in ("drawn", "undrawn")
        )
        shown, whole = rows.rowCount(), rows.total_rows
        amounts = _("Largest first. Amounts in {currency} m at the rates of {day}.").format(
            currency=formats.currency(self._currency), day=self._day
        )
        if shown == whole:
            self._foot.setText(amounts)
        else:
            self._foot.setText(
                _("{shown} of {whole} lines.").format(shown=formats.number(shown), whole=formats.number(whole))
                + " "
                + amounts
            )
        self._totals.setText(
            _("Drawn {drawn}   Undrawn {undrawn}").format(
                drawn=formats.number(float(drawn), 1), undrawn=formats.number(float(undrawn), 1)
            )
        )


def _class_tone(code: str | None) -> str:
    if code in ("substandard", "doubtful", "loss"):
        return "critical"
    return "warning" if code == "special_mention" else ""
