"""What stands behind a tab of "Fed liquidity": cards on twelve columns, asked, retranslated and exported together."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.bootstrap import Program
from app.events import Event
from app.i18n import gettext as _
from app.jobs import Job
from app.spreadsheets.workbook import SheetContent
from app.wording import formats
from ui import theme
from ui.charts import saving
from ui.charts.chart import Chart
from ui.pages.page import Context
from ui.widgets.card import Card


def flexible(chart: Chart) -> Chart:
    """A chart that takes the room its card has: it asks for none of its own."""
    chart.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
    return chart


class AskingCard(Card):
    """A card whose figures come from one service call; subclasses write `work`, `words` and `draw`.

    `draw` is called with what came back, and again with it after a change of language or theme.
    """

    def __init__(self, context: Context, about: str) -> None:
        super().__init__()
        self.context = context
        self._about = about
        self.shown: Any = None
        self.as_of: datetime | None = None  # None: what is known now

    def work(self) -> Callable[[Program, Job], Any]:
        """The call that fetches the figures, with nothing of this widget in it: it runs in a worker."""
        raise NotImplementedError

    def words(self) -> None:
        """Set the question and every fixed text anew."""
        raise NotImplementedError

    def draw(self, shown: Any) -> None:
        """Show the figures."""
        raise NotImplementedError

    def sheets(self) -> list[SheetContent]:
        """What the page's workbook says of this card; nothing by default."""
        return []

    def ask_again(self) -> None:
        """Fetch the figures."""
        work = partial(self.work(), self.context.program)
        self.context.tasks.run(self, work, self.show_figures, self._failed, about=self._about)

    def show_figures(self, shown: Any) -> None:
        """Show what came back."""
        self.shown = shown
        self.clear_error()
        self.draw(shown)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.words()
        if self.shown is not None:
            self.draw(self.shown)

    def show_nothing(self, title: str, text: str) -> None:
        """Say what belongs here, and how it gets here."""
        commands = self.context.commands
        self.show_empty(
            "liquidity",
            title,
            text,
            (_("Refresh"), partial(commands.run, "data.refresh")),
            (_("Take in files…"), partial(commands.run, "data.take_in")),
        )

    def _failed(self, error: Exception) -> None:
        self.show_error(error, (_("Try again"), self.ask_again))


class Panel(QWidget):
    """Cards on twelve columns. `place` gives each card its row, column and span; asked for when first shown."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.cards: list[AskingCard] = []
        self.as_of: datetime | None = None
        self.grid = QGridLayout(self)
        self.grid.setObjectName("columns")
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(theme.current().gutter)
        for column in range(12):
            self.grid.setColumnStretch(column, 1)
            self.grid.setColumnMinimumWidth(column, 0)

    def show_as_of(self, as_of: datetime | None) -> None:
        """Show what was known then (None: what is known now) from the next refresh on."""
        self.as_of = as_of
        for card in self.asked():
            card.as_of = as_of
        for chart in self.findChildren(Chart):
            chart.setProperty(saving.PAST, as_known("", as_of))

    def asked(self) -> Sequence[Any]:
        """The cards that show figures."""
        return self.cards

    def place(self, card: AskingCard, row: int, column: int, span: int) -> None:
        """Put a card into the grid."""
        self.cards.append(card)
        self.grid.addWidget(card, row, column, 1, span)

    def retranslate(self) -> None:
        """Set every text anew."""
        for card in self.cards:
            card.mark_sample(self.context.sample)
            card.retranslate()

    def refresh(self, event: Event | None = None) -> None:
        """Ask again for every card."""
        for card in self.cards:
            card.ask_again()

    def apply_density(self) -> None:
        """After a change of theme or density; nothing by default."""

    def sheets(self) -> list[SheetContent]:
        """The panel's workbook: a sheet for each table and chart that has figures."""
        return [sheet for card in self.cards for sheet in card.sheets()]

    def copy(self) -> str:
        """What the page's Copy button puts on the clipboard; empty where there is nothing."""
        return "\n\n".join(_as_text(sheet) for sheet in of_that_day(self.sheets(), self.as_of))


def as_known(text: str, as_of: datetime | None) -> str:
    """A text; of a past day with the words that it is one."""
    if as_of is None:
        return text
    said = _("as known at the end of {day} (UTC)").format(day=formats.day(as_of.date()))
    return _("{text}; {said}").format(text=text, said=said) if text else said


def of_that_day(sheets: Sequence[SheetContent], as_of: datetime | None) -> list[SheetContent]:
    """Sheets of a past day say so above everything else."""
    if as_of is None:
        return list(sheets)
    fact = (_("As known on"), _("{day}, end of the day (UTC)").format(day=formats.day(as_of.date())))
    return [replace(sheet, facts=[fact, *sheet.facts]) for sheet in sheets]


def _as_text(sheet: SheetContent) -> str:
    lines = [sheet.title, *([sheet.answer] if sheet.answer else []), *("\t".join(fact) for fact in sheet.facts)]
    for table in sheet.tables:
        lines.append("\t".join(column.header for column in table.columns))
        lines += ["\t".join("" if cell is None else str(cell) for cell in row) for row in table.rows]
    return "\n".join(lines)


def notes(*texts: str) -> str:
    """Small lines at the foot of a card, one after another."""
    return "\n".join(text for text in texts if text)
