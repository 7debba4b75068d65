"""The tabs "Balance sheet" (two dates, composition, corridor) and "Composition" (both sides through the years)."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from app.events import Event
from app.i18n import gettext as _
from app.liquidity.statement import Side
from app.spreadsheets.workbook import SheetContent
from app.wording.sentences import sentence
from ui import theme
from ui.pages.liquidity.charts import CompositionCard, CorridorCard
from ui.pages.liquidity.panel import Panel
from ui.pages.liquidity.statement import Shown, StatementCard
from ui.pages.page import Context
from ui.tables import exporting
from ui.tables.origin import told


class BalancePanel(Panel):
    """The two-sided table above, its history and the corridor below; `changed(Shown)` when other dates are shown."""

    changed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.statement = StatementCard(context)
        self.composition = CompositionCard(context)
        self.corridor = CorridorCard(context)
        self.grid.addWidget(self.statement, 0, 0, 1, 12)
        self.grid.addWidget(self.composition, 1, 0, 1, 7)
        self.grid.addWidget(self.corridor, 1, 7, 1, 5)
        self.grid.setRowStretch(1, 1)
        self.statement.changed.connect(self._mark_days)
        self._all = (self.statement, self.composition, self.corridor)
        self.apply_density()

    def asked(self) -> Sequence[Any]:
        return self._all

    def apply_density(self) -> None:
        """The two charts take what height the table leaves. Where that is too little to read them, the cards give their
        answers and lead to the tabs where the charts are large.
        """
        compact = theme.current().compact
        self.grid.setRowMinimumHeight(1, 0 if compact else 168)
        self.grid.setRowStretch(1, 0 if compact else 1)
        self.grid.setRowStretch(2, 1 if compact else 0)
        for card in (self.composition, self.corridor):
            card.brief(compact)
            card.chart.setMinimumHeight(0 if compact else 76)

    def retranslate(self) -> None:
        for card in self._all:
            card.mark_sample(self.context.sample)
            card.retranslate()

    def refresh(self, event: Event | None = None) -> None:
        for card in self._all:
            card.ask_again()

    def sheets(self) -> list[SheetContent]:
        shown = self.statement.shown
        if shown is None or shown.sheet is None:
            return []
        notes = [(_("Note"), sentence(note)) for note in shown.sheet.notes]
        found = [
            exporting.sheet(
                table.rows,
                table.side.value,
                f"{table.accessibleName()}: {table.caption()}",
                answer=self.statement.answer.text(),
                facts=[*notes, *(origin.facts() if (origin := told(table)) is not None else ())],
            )
            for table in (self.statement.assets, self.statement.liabilities)
        ]
        charts = ((self.composition, "composition"), (self.corridor, "corridor"))
        return found + [card.chart.sheet(name, card.answer.text()) for card, name in charts if card.chart.panes]

    def _mark_days(self, shown: Shown) -> None:
        sheet = shown.sheet
        days = () if sheet is None else tuple(day for day in (sheet.against, sheet.on) if day is not None)
        self.composition.mark_days(days)
        self.changed.emit(shown)


class CompositionPanel(Panel):
    """Assets and liabilities beside one another, each as large as half the page."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.assets = CompositionCard(context, Side.ASSETS)
        self.liabilities = CompositionCard(context, Side.LIABILITIES)
        self.grid.addWidget(self.assets, 0, 0, 1, 6)
        self.grid.addWidget(self.liabilities, 0, 6, 1, 6)

    def asked(self) -> Sequence[Any]:
        return (self.assets, self.liabilities)

    def retranslate(self) -> None:
        for card in (self.assets, self.liabilities):
            card.mark_sample(self.context.sample)
            card.retranslate()

    def refresh(self, event: Event | None = None) -> None:
        for card in (self.assets, self.liabilities):
            card.ask_again()

    def sheets(self) -> list[SheetContent]:
        cards = ((self.assets, "assets"), (self.liabilities, "liabilities"))
        return [card.chart.sheet(name, card.answer.text()) for card, name in cards if card.chart.panes]
