"""Fed liquidity: the two-sided table above, its history and the corridor below."""

from app.events import BookChanged, Event, ReviewsChanged
from app.i18n import gettext as _
from ui import theme
from ui.pages.liquidity.charts import CompositionCard, CorridorCard
from ui.pages.liquidity.statement import Shown, StatementCard
from ui.pages.page import Context, Page
from ui.widgets import icons


class LiquidityPage(Page):
    """What the Federal Reserve holds, what it owes, and at what rates money moves."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.statement = StatementCard(context)
        self.composition = CompositionCard(context)
        self.corridor = CorridorCard(context)
        self._copy = self.button()
        self._copy.clicked.connect(self.statement.copy)
        grid = self.columns()
        grid.addWidget(self.statement, 0, 0, 1, 12)
        grid.addWidget(self.composition, 1, 0, 1, 7)
        grid.addWidget(self.corridor, 1, 7, 1, 5)
        grid.setRowStretch(1, 1)
        self._grid = grid
        self.statement.changed.connect(self._mark_days)
        self.apply_density()

    def apply_density(self) -> None:
        """At 1366 × 768 nothing scrolls: the charts ask for less, the table's foot stands beside its question."""
        super().apply_density()
        if not hasattr(self, "_grid"):
            return
        compact = theme.current().compact
        self._grid.setRowMinimumHeight(1, 200 if compact else 236)
        self.statement.set_compact(compact)
        for card in (self.composition, self.corridor):
            card.chart.setMinimumHeight(104 if compact else 140)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Fed liquidity"))
        self.header.scope.setText(_("US dollars, Federal Reserve H.4.1 and New York Fed"))
        self._copy.setText(_("Copy"))
        self._copy.setIcon(icons.icon("copy"))
        for card in (self.statement, self.composition, self.corridor):
            card.mark_sample(self.context.sample)
            card.retranslate()

    def refresh(self, event: Event | None = None) -> None:
        """Ask again for all three cards."""
        if isinstance(event, BookChanged | ReviewsChanged):
            return
        for card in (self.statement, self.composition, self.corridor):
            card.ask_again()

    def _mark_days(self, shown: Shown) -> None:
        sheet = shown.sheet
        self._copy.setEnabled(sheet is not None)
        days = () if sheet is None else tuple(day for day in (sheet.against, sheet.on) if day is not None)
        self.composition.mark_days(days)
