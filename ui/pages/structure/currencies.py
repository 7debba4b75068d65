"""The card "In which currency does the bank stand open?": net positions by currency."""

from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording import formats
from app.wording.maturity import gap_notes
from app.wording.sentences import sentence
from exposures import currency_gap
from exposures.currency_gap import CurrencyGap
from ui.pages.exposures.survey import millions
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card


class CurrenciesCard(Card):
    """Assets, liabilities and what is open, each in its own currency and in the book's."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._gap: CurrencyGap | None = None
        self.table = TableView(
            (
                Column("currency", lambda: _("Currency"), stretch=1, width=60, priority=0),
                Column("assets", lambda: _("Assets, m"), Kind.NUMBER, decimals=1, priority=1),
                Column("liabilities", lambda: _("Liabilities, m"), Kind.NUMBER, decimals=1, priority=1),
                Column("forward", lambda: _("Forwards, m"), Kind.NUMBER, decimals=1, sign=True, priority=2),
                Column("net", lambda: _("Net, m"), Kind.NUMBER, decimals=1, sign=True, priority=1),
                Column(
                    "open",
                    lambda: pgettext("position", "Open"),
                    Kind.NUMBER,
                    decimals=1,
                    unit=self._unit,
                    sign=True,
                    strong=True,
                    priority=0,
                ),
            ),
            title="",
            name="structure.currencies",
            state=state,
        )
        self.body.addWidget(self.table, 1)

    def _unit(self) -> str:
        return _("{currency} m").format(currency=formats.currency(self._gap.currency if self._gap else "USD"))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("In which currency does the bank stand open?"))
        self.table.setAccessibleName(_("Open positions, the widest first"))
        if self._gap is not None:
            self.show_gap(self._gap)

    def show_gap(self, gap: CurrencyGap) -> None:
        """Show every currency in millions of itself, the net in millions of the book's."""
        self._gap = gap
        self.say(sentence(currency_gap.finding(gap)))
        rows = gap.positions
        self.table.rows.load(
            {
                "currency": [formats.currency(one.currency) for one in rows],
                "assets": [millions(one.assets) for one in rows],
                "liabilities": [millions(one.liabilities) for one in rows],
                "forward": [millions(one.forward) if gap.forwards else None for one in rows],
                "net": [millions(one.net) for one in rows],
                "open": [millions(one.net_converted) for one in rows],
            },
            keys=[one.currency for one in rows],
        )
        self.add_note(formats.together(gap_notes(gap)))
