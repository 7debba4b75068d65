"""The page."""

from app.events import Event
from app.i18n import gettext as _
from ui.pages.page import Context, Page
from ui.widgets.card import Card


class OverviewPage(Page):
    """The officer's morning on one screen."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        grid = self.columns()
        self.tide, self.tasks, self.countries, self.money = Card(), Card(), Card(), Card()
        grid.addWidget(self.tide, 0, 0, 1, 8)
        grid.addWidget(self.tasks, 0, 8, 1, 4)
        grid.addWidget(self.countries, 1, 0, 1, 8)
        grid.addWidget(self.money, 1, 8, 1, 4)
        grid.setRowStretch(0, 55)
        grid.setRowStretch(1, 35)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Overview"))
        self.tide.ask(_("Is the tide going out?"))
        self.tasks.ask(_("What must I do today?"))
        self.countries.ask(_("Which country hurts?"))
        self.money.ask(_("Whose money is there?"))

    def refresh(self, event: Event | None = None) -> None:
        """Ask the services again."""
