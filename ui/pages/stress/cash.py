"""The card "Would there be cash?": countries where roll-over stops, and the reserve gap."""

from app.i18n import gettext as _
from app.wording import formats, terms
from app.wording.sentences import sentence
from exposures import country_risk, stress
from exposures.stress import StressResult
from ui.pages.exposures.survey import millions
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card


class CashCard(Card):
    """Maturing claims, funding that leaves, commitments drawn, and what is short."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._result: StressResult | None = None
        self.table = TableView(
            (
                Column("country", lambda: _("Country or region"), stretch=1, width=80, priority=0),
                Column("maturing", lambda: _("Maturing"), Kind.NUMBER, decimals=1, priority=1),
                Column("funding", lambda: _("Funding"), Kind.NUMBER, decimals=1, priority=1),
                Column("undrawn", lambda: _("Undrawn"), Kind.NUMBER, decimals=1, priority=2),
                Column("gap", lambda: _("Left over"), Kind.NUMBER, decimals=1, sign=True, strong=True, priority=0),
            ),
            title="",
            whole=True,
            selectable=False,
            name="stress.cash",
            state=state,
        )
        self.body.addWidget(self.table)
        self.body.addStretch(1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Would there be cash?"))
        self.table.setAccessibleName(_("Liquidity where roll-over stops"))
        if self._result is not None:
            self.show_result(self._result)

    def show_result(self, result: StressResult) -> None:
        """Show the liquidity gaps and what happens to country-risk reserves."""
        self._result = result
        self.say(sentence(stress.cash_finding(result)))
        rows = result.liquidity
        self.table.setVisible(bool(rows))
        self.table.rows.load(
            {
                "country": [terms.country(one.country) for one in rows],
                "maturing": [millions(one.maturing) for one in rows],
                "funding": [millions(one.funding) for one in rows],
                "undrawn": [millions(one.undrawn) for one in rows],
                "gap": [millions(one.gap) for one in rows],
            },
            keys=[one.country for one in rows],
        )
        unit = _("{currency} m").format(currency=formats.currency(result.currency))
        reserves = _("Reserves under the scenario: {finding}").format(
            finding=sentence(country_risk.finding(result.reserves_after))
        )
        self.add_note(formats.together((_("In {unit}.").format(unit=unit), reserves)))
