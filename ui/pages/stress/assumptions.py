"""The card "What is assumed?": a scenario, row by row."""

from app.i18n import gettext as _
from app.wording.stress import assumptions
from exposures.scenario import Scenario
from ui.state import State
from ui.tables.column import Column
from ui.tables.view import TableView
from ui.widgets.card import Card


class AssumptionsCard(Card):
    """What happens to currencies, ratings, collateral, levels and roll-over."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._scenario: Scenario | None = None
        self.table = TableView(
            (
                Column("what", lambda: _("What"), stretch=1, width=90, priority=0, note="what"),
                Column("how", lambda: _("How much"), strong=True, priority=0, note="how"),
            ),
            title="",
            selectable=False,
            name="stress.assumptions",
            state=state,
        )
        self.body.addWidget(self.table, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What is assumed?"))
        self.add_note(
            _("A scenario of your own is a TOML file in the workspace's folder scenarios; every figure is a choice.")
        )
        self.table.setAccessibleName(_("The scenario's assumptions"))
        if self._scenario is not None:
            self.show_scenario(self._scenario)

    def show_scenario(self, scenario: Scenario) -> None:
        """Show what a scenario assumes."""
        self._scenario = scenario
        self.say(scenario.why)
        rows = assumptions(scenario)
        self.table.rows.load({"what": [what for what, _how in rows], "how": [how for _what, how in rows]})
