"""The card "Is the bank short, and until when?": both sides by days to payment."""

from app.i18n import gettext as _
from app.wording import formats
from app.wording.maturity import ladder_notes, tenor
from app.wording.sentences import sentence
from exposures import maturity
from exposures.maturity import OUTSIDE, Ladder
from ui.pages.exposures.survey import millions
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card


class LadderCard(Card):
    """The maturity ladder."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._ladder: Ladder | None = None
        self.table = TableView(
            (
                Column("bucket", lambda: _("To payment"), stretch=1, width=90, priority=0),
                Column("assets", lambda: _("Comes in"), Kind.NUMBER, decimals=1, unit=self._unit, priority=0),
                Column("liabilities", lambda: _("Goes out"), Kind.NUMBER, decimals=1, unit=self._unit, priority=0),
                Column("gap", lambda: _("Gap"), Kind.NUMBER, decimals=1, unit=self._unit, sign=True, priority=0),
                Column(
                    "cumulative", lambda: _("Cumulative gap"), Kind.NUMBER, decimals=1, unit=self._unit, sign=True,
                    strong=True, tone="state", priority=0,
                ),
            ),
            title="",
            whole=True,
            selectable=False,
            name="structure.ladder",
            state=state,
        )  # fmt: skip
        self.body.addWidget(self.table)
        self.body.addStretch(1)

    def _unit(self) -> str:
        return _("{currency} m").format(currency=formats.currency(self._ladder.currency if self._ladder else "USD"))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Is the bank short, and until when?"))
        self.table.setAccessibleName(_("Maturity ladder"))
        if self._ladder is not None:
            self.show_ladder(self._ladder)

    def show_ladder(self, ladder: Ladder) -> None:
        """Show the buckets in millions of the book's currency."""
        self._ladder = ladder
        self.say(sentence(maturity.finding(ladder)))
        rungs = ladder.rungs
        self.table.rows.load(
            {
                "bucket": [tenor(rung.bucket) for rung in rungs],
                "assets": [millions(rung.assets) for rung in rungs],
                "liabilities": [millions(rung.liabilities) for rung in rungs],
                "gap": [millions(rung.gap) for rung in rungs],
                "cumulative": [millions(rung.cumulative) for rung in rungs],
                "state": ["warning" if (rung.cumulative or 0) < 0 else "" for rung in rungs],
            },
            keys=[rung.bucket for rung in rungs],
        )
        outside = _("{buckets} stand in no cumulative gap.").format(buckets=_(", ").join(map(tenor, OUTSIDE)))
        self.add_note(formats.together((outside, *ladder_notes(ladder))))
