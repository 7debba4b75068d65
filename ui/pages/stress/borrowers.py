"""The card "Which borrowers would slip?": claims that the scenario touches, the largest stressed loss first."""

from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording import formats, terms
from app.wording.sentences import sentence
from app.wording.stress import line_note
from exposures import stress
from exposures.stress import StressResult
from ui.pages.exposures.survey import millions
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.filter_box import FilterBox
from ui.tables.view import TableView
from ui.widgets.card import Card


class BorrowersCard(Card):
    """Debt-service cover, rating, class and expected loss, before and after."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._result: StressResult | None = None
        self.table = TableView(
            (
                Column("name", lambda: _("Counterparty"), stretch=1, width=120, priority=0, note="name"),
                Column("country", lambda: _("Country or region"), priority=1),
                Column("exposure", lambda: _("Exposure"), Kind.NUMBER, decimals=1, unit=self._unit, priority=1),
                Column("dscr", lambda: _("DSCR"), Kind.NUMBER, decimals=2, priority=2),
                Column("dscr_after", lambda: _("DSCR after"), Kind.NUMBER, decimals=2, priority=1),
                Column("notches", lambda: _("Notches"), Kind.NUMBER, priority=0),
                Column("grade", lambda: _("Rating"), priority=1, note="grade"),
                Column("loss", lambda: _("Expected loss"), Kind.NUMBER, decimals=2, unit=self._unit, fades=True),
                Column("loss_after", lambda: _("Loss after"), Kind.NUMBER, decimals=2, unit=self._unit, fades=True),
                Column("line", lambda: _("Line of the book"), quiet=True, priority=9),
                Column("note", lambda: _("Class and assumptions"), stretch=1, width=110, priority=1, note="note"),
            ),
            title="",
            name="stress.borrowers",
            state=state,
        )
        self.filter = FilterBox(self.table)
        self.corner.addWidget(self.filter)
        self.body.addWidget(self.table, 1)

    def _unit(self) -> str:
        return _("{currency} m").format(currency=formats.currency(self._result.currency if self._result else "USD"))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which borrowers would slip?"))
        self.filter.retranslate()
        self.table.setAccessibleName(_("Claims that the scenario touches, the largest loss first"))
        if self._result is not None:
            self.show_result(self._result)

    def show_result(self, result: StressResult) -> None:
        """Show the claims that slip, amounts in millions of the book's currency."""
        self._result = result
        self.say(sentence(stress.borrowers_finding(result)))
        lines = result.lines
        self.table.rows.load(
            {
                "name": [one.counterparty or _("not given") for one in lines],
                "country": [terms.country(one.country) for one in lines],
                "line": [one.line_id for one in lines],
                "exposure": [millions(one.exposure) for one in lines],
                "dscr": [one.dscr for one in lines],
                "dscr_after": [one.dscr_after for one in lines],
                "notches": [one.notches or None for one in lines],
                "grade": [_grades(one.grade, one.grade_after) for one in lines],
                "loss": [millions(one.loss) for one in lines],
                "loss_after": [millions(one.loss_after) for one in lines],
                "note": [line_note(one) for one in lines],
            },
            keys=[one.line_id for one in lines],
        )


def _grades(before: str | None, after: str | None) -> str:
    if before is None or after is None or before == after:
        return before or ""
    return pgettext("rating", "{before} \u2192 {after}").format(before=before, after=after)
