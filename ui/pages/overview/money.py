"""The card "Whose money is there?": the largest countries against their limits, and who owes most in the first."""

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.bootstrap import Program
from app.i18n import gettext as _
from app.i18n import pgettext
from app.jobs import Job
from app.services.surveying import Card as CardData
from app.wording import formats, terms
from app.wording.sentences import sentence
from exposures.book import Basis
from ui.pages.booked import of_batch
from ui.pages.page import Context
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.card import Card


def fetch(program: Program, basis: Basis, _job: Job) -> CardData:
    """The card's figures on a basis."""
    return program.surveying.card(basis)


class MoneyCard(Card):
    """Exposure, use of the limit, and the largest counterparties."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: CardData | None = None
        self._basis = Basis.GUARANTOR
        self.basis = self.add_link()
        self._choices = QMenu(self)
        self._choices.triggered.connect(self._choose)
        for basis in (Basis.GUARANTOR, Basis.IMMEDIATE):
            choice = self._choices.addAction("")
            choice.setObjectName(basis.value)
            choice.setCheckable(True)
        self.basis.setMenu(self._choices)
        self.basis.setProperty("menu", True)
        self.countries = TableView(
            (
                Column("country", lambda: _("Country or region"), stretch=1, priority=0),
                Column("amount", self._unit, Kind.NUMBER, priority=0, strong=True),
                Column("used", lambda: _("Limit used"), Kind.BAR, priority=1, detail="expected", tone="state"),
            ),
            title="countries",
            whole=True,
            selectable=False,
            name="overview.money",
        )
        self.debtors = TableView(
            (
                Column("name", self._largest, stretch=1, priority=1, note="name"),
                Column("amount", self._unit, Kind.NUMBER, priority=0),
                Column("due", lambda: pgettext("maturity", "Due"), Kind.DATE, priority=2, quiet=True),
            ),
            title="debtors",
            whole=True,
            selectable=False,
            name="overview.debtors",
        )
        self.body.addWidget(self.countries)
        self.body.addWidget(self.debtors)
        self.body.addStretch(1)

    def ask_again(self) -> None:
        """Fetch on the basis that is chosen."""
        work = partial(fetch, self._context.program, self._basis)
        self._context.tasks.run(self, work, self.show_money, self._failed, about="money")

    def show_money(self, shown: CardData) -> None:
        """Show whose money it is."""
        self._shown = shown
        self.clear_error()
        self._render()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Whose money is there?"))
        words = {Basis.GUARANTOR: _("Guarantor basis"), Basis.IMMEDIATE: _("Immediate basis")}
        for choice in self._choices.actions():
            choice.setText(words[Basis(choice.objectName())])
            choice.setChecked(choice.objectName() == self._basis.value)
        self.basis.setText(words[self._basis])
        self._render()

    def _render(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self.basis.setVisible(shown.reporting_date is not None)
        if shown.reporting_date is None:
            self.show_empty(
                "import",
                _("No book yet"),
                _("Import a workbook to see whose money is at stake."),
                (_("Import a workbook"), partial(self._context.open, "import")),
            )
            return
        self.show_content()
        self.say(sentence(shown.finding))
        used = [use.use if use is not None else None for _row, use in shown.rows]
        self.countries.rows.load(
            {
                "country": [terms.country(row.key) for row, _use in shown.rows],
                "amount": [float(row.amount()) / 1e6 for row, _use in shown.rows],
                "used": [None if u is None or u.share is None else float(u.share * 100) for u in used],
                "expected": [
                    None if u is None or u.share_with_pending is None else float(u.share_with_pending * 100)
                    for u in used
                ],
                "state": [terms.limit_state("no_limit" if u is None else u.state.value)[0] for u in used],
            },
            keys=[row.key for row, _use in shown.rows],
        )
        self.debtors.rows.load(
            {
                "name": [debtor.name for debtor in shown.debtors],
                "amount": [float(debtor.amount) / 1e6 for debtor in shown.debtors],
                "due": [debtor.next_due for debtor in shown.debtors],
            }
        )
        self.debtors.setVisible(bool(shown.debtors))
        for table in (self.countries, self.debtors):
            if shown.batch is not None:
                tell(table, of_batch(shown.batch, shown.currency, beside=_("limits in force")))
            table.setAccessibleName(self.question.text())
            table.restyle()

    def _currency(self) -> str:
        return self._shown.currency if self._shown else "USD"

    def _unit(self) -> str:
        return _("{currency} m").format(currency=formats.currency(self._currency()))

    def _largest(self) -> str:
        place = self._shown.country if self._shown else None
        return _("Largest in {country}").format(country=terms.country(place)) if place else _("Largest")

    def _choose(self, choice: QAction) -> None:
        self._basis = Basis(choice.objectName())
        self.retranslate()
        self.ask_again()

    def _failed(self, error: Exception) -> None:
        self.show_error(error, (_("Try again"), self.ask_again))
