"""Fed liquidity: what the Fed holds and owes, who holds its money, at what rates it moves, what it does elsewhere."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QStackedWidget

from app.events import BookChanged, Event, ReviewsChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.liquidity import document
from app.spreadsheets.workbook import SheetContent
from app.wording import formats
from ui.pages.liquidity.balance import BalancePanel
from ui.pages.liquidity.bridging import BridgePanel
from ui.pages.liquidity.panel import Panel, of_that_day
from ui.pages.liquidity.statement import Shown
from ui.pages.liquidity.tabs import TABS
from ui.pages.page import Context, Page
from ui.state import LIQUIDITY_TAB
from ui.tables import exporting
from ui.tables.plain import ask_where
from ui.widgets import icons
from ui.widgets.knownon import KnownOn, end_of_day


def _write(place: Path, sheets: list[SheetContent], sample: bool, _job: Job) -> tuple[Path, tuple[str, ...]]:
    return place, exporting.write(place, sheets, sample=sample)


class LiquidityPage(Page):
    """Tabs, each with a panel of its own that is made when it is first opened."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._tabs = QButtonGroup(self)
        self._tabs.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for tab in TABS:
            made = QPushButton()
            made.setProperty("k", "tab")
            made.setCheckable(True)
            made.setObjectName(tab.id)
            self._tabs.addButton(made)
            self._buttons[tab.id] = made
            row.addWidget(made)
        row.addStretch(1)
        self._tabs.idClicked.connect(self._clicked)
        self.stack = QStackedWidget()
        self.panels: dict[str, Panel] = {}
        self.known_on = KnownOn()
        self.known_on.changed.connect(self._show_known)
        self.header.add(self.known_on)
        self._presets = self.button()
        self._presets.setMenu(QMenu(self._presets))
        self._copy = self.button()
        self._copy.clicked.connect(self.copy)
        self._export = self.button()
        self._export.clicked.connect(self.export)
        self.body.addLayout(row)
        self.body.addWidget(self.stack, 1)
        kept = context.state.get(LIQUIDITY_TAB)
        self.current = ""
        self.open_tab(kept if kept in self._buttons else TABS[0].id)

    # ------------------------------------------------------------------ tabs

    def open_tab(self, tab_id: str) -> None:
        """Show a tab; its panel asks for its figures when it is made."""
        self._buttons[tab_id].setChecked(True)
        if tab_id not in self.panels:
            panel = next(tab for tab in TABS if tab.id == tab_id).make(self.context)
            self.panels[tab_id] = panel
            panel.show_as_of(end_of_day(self.known_on.day))
            self.stack.addWidget(panel)
            if isinstance(panel, BalancePanel):
                panel.changed.connect(self._balance_changed)
            if self.current:  # the first one is filled with the page itself
                panel.retranslate()
                panel.refresh()
        self.stack.setCurrentWidget(self.panels[tab_id])
        self.current = tab_id
        self.context.state.put(LIQUIDITY_TAB, tab_id)
        self._presets.setVisible(tab_id in ("balance", "bridge"))
        self._allow_copy()

    @property
    def panel(self) -> Panel:
        """The panel in sight."""
        return self.panels[self.current]

    @property
    def balance(self) -> BalancePanel:
        """The panel of the balance sheet, opened where it was not yet."""
        if "balance" not in self.panels:
            self.open_tab("balance")
        panel = self.panels["balance"]
        assert isinstance(panel, BalancePanel)
        return panel

    def show_target(self, **what: Any) -> None:
        """`tab` opens a tab; `on` and `against` show two dates of the balance sheet or the bridge; `known_on` a past
        day, None the present.
        """
        if "known_on" in what:
            self.known_on.show_day(what["known_on"])
        if (tab := what.get("tab")) in self._buttons:
            self.open_tab(tab)
        if what.get("on") is not None and what.get("against") is not None:
            self._show_dates(what["on"], what["against"])

    @Slot(int)
    def _clicked(self, _id: int) -> None:
        button = self._tabs.checkedButton()
        if button is not None:
            self.open_tab(button.objectName())

    # ------------------------------------------------------------------ the page

    def apply_density(self) -> None:
        """Margins and gutters of the page, and what each panel changes."""
        super().apply_density()
        for panel in getattr(self, "panels", {}).values():
            panel.apply_density()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Fed liquidity"))
        self.known_on.allow_to(self.context.program.clock().date())
        self.known_on.retranslate()
        self._tell_scope()
        self._copy.setText(_("Copy"))
        self._copy.setIcon(icons.icon("copy"))
        self._export.setText(_("Export"))
        self._export.setIcon(icons.icon("export"))
        self._presets.setText(_("Presets"))
        for tab in TABS:
            self._buttons[tab.id].setText(tab.title())
        menu = self._presets.menu()
        menu.clear()
        for table in document.tables():
            text = _("Table {table} of the source document: {first} and {second}").format(
                table=table.id, first=formats.day(table.first), second=formats.day(table.second)
            )
            menu.addAction(text).triggered.connect(partial(self._show_dates, table.second, table.first))
        menu.addSeparator()
        menu.addAction(_("All errata of the source document")).triggered.connect(self._open_paper)
        for panel in self.panels.values():
            panel.retranslate()

    def refresh(self, event: Event | None = None) -> None:
        """Ask again for what the opened tabs show."""
        if isinstance(event, BookChanged | ReviewsChanged):
            return
        for panel in self.panels.values():
            panel.refresh(event)

    def _tell_scope(self) -> None:
        day = self.known_on.day
        self.header.scope.setText(
            _("US dollars, Federal Reserve H.4.1 and New York Fed")
            if day is None
            else _("What was known at the end of {day} (UTC)").format(day=formats.day(day))
        )

    @Slot(object)
    def _show_known(self, day: date | None) -> None:
        """Everything as it was known at the end of a day, or as it is known now."""
        for panel in self.panels.values():
            panel.show_as_of(end_of_day(day))
            panel.refresh()
        self._tell_scope()

    def copy(self) -> None:
        """The tab's figures with their headings, units, dates and sources, for a spreadsheet."""
        if isinstance(self.panel, BalancePanel):
            self.panel.statement.copy()
            return
        text = self.panel.copy()
        if text:
            QGuiApplication.clipboard().setText(text)
            self.context.done(_("Copied with dates, units and sources"))

    def export(self) -> None:
        """Ctrl+E: the tab as a finished workbook."""
        if not self.panel.sheets():
            return
        name = f"fed-liquidity-{self.current}.xlsx"
        if (place := ask_where(self, _("Export this tab"), name)) is not None:
            self.export_to(place)

    def export_to(self, place: Path) -> None:
        """Write the tab's tables and charts into a workbook, in a worker."""
        sheets = of_that_day(self.panel.sheets(), self.panel.as_of)
        self.ask(partial(_write, place, sheets, self.context.sample), self._exported)

    def _exported(self, written: tuple[Path, tuple[str, ...]]) -> None:
        self.context.done(_("{file} written").format(file=written[0].name))

    def _show_dates(self, on: date, against: date, _checked: bool = False) -> None:
        panel = self.panel
        if isinstance(panel, BridgePanel):
            panel.card.show_dates(on, against)
        else:
            if self.current != "balance":
                self.open_tab("balance")
            self.balance.statement.show_dates(on, against)

    @Slot()
    def _open_paper(self) -> None:
        self.open_tab("paper")

    def _balance_changed(self, _shown: Shown) -> None:
        self._allow_copy()

    def _allow_copy(self) -> None:
        panel = self.panel
        empty = isinstance(panel, BalancePanel) and (
            panel.statement.shown is None or panel.statement.shown.sheet is None
        )
        self._copy.setEnabled(not empty)
