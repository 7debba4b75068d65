"""The card "What do we have there?": claims on both bases, by booking entity, and the use of the limit."""

from functools import partial

from app.i18n import gettext as _
from app.services.profiles import Country
from app.storage.books import Batch
from app.wording import formats, terms
from app.wording.sentences import sentence
from ui.pages.booked import of_batch
from ui.pages.page import Context
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.card import Card


class StakeCard(Card):
    """What the bank has in the country."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: Country | None = None
        self._batch: Batch | None = None
        self._past = False
        self._link = self.add_link()
        self._link.clicked.connect(self._open)
        number = partial(Column, kind=Kind.NUMBER)
        self.table = TableView(
            (
                Column("entity", lambda: _("Booked in"), stretch=1, priority=0),
                number("drawn", lambda: _("Drawn"), priority=0),
                number("undrawn", lambda: _("Undrawn"), priority=1),
                number("whole", lambda: _("All"), priority=0),
            ),
            title="stake",
            selectable=False,
            name="countries.stake",
        )
        self.body.addWidget(self.table, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What do we have there?"))
        self._link.setText(_("Open exposures"))
        self.table.setAccessibleName(_("Claims by booking entity"))
        if self._shown is not None:
            self.show_country(self._shown, self._batch, past=self._past)

    def show_country(self, shown: Country, batch: Batch | None, *, past: bool = False) -> None:
        """Show what is at stake in a book; `past` where it is the book of a past day."""
        self._shown, self._batch, self._past = shown, batch, past
        stake = shown.stake
        self._link.setVisible(stake is not None)
        if stake is None:
            self.add_note("")
            if past:
                text = _("The first book came in later; choose a later day to see what the bank had there.")
                self.show_empty("exposures", _("No book was known then"), text)
                return
            self.show_empty(
                "exposures",
                _("No book yet"),
                _("Import a workbook to see what the bank has there."),
                (_("Import a workbook"), partial(self._context.open, "import")),
            )
            return
        self.show_content()
        self.say(sentence(shown.staked))
        self.table.rows.load(
            {
                "entity": [one.entity for one in stake.entities],
                "drawn": [float(one.drawn) / 1e6 for one in stake.entities],
                "undrawn": [float(one.undrawn) / 1e6 for one in stake.entities],
                "whole": [float(one.whole) / 1e6 for one in stake.entities],
            },
            totals={
                "entity": _("Total"),
                "drawn": float(stake.drawn) / 1e6,
                "undrawn": float(stake.undrawn) / 1e6,
                "whole": float(stake.guarantor) / 1e6,
            },
        )
        immediate = formats.money(stake.immediate, stake.currency)
        basis = _("{currency} m, guarantor basis; immediate basis {immediate}. Book of {day}, v{batch}.").format(
            currency=formats.currency(stake.currency),
            immediate=immediate,
            day=formats.day(stake.reporting_date),
            batch=stake.book,
        )
        self.add_note(formats.together((_limit(shown), basis)))
        if batch is not None:
            tell(self.table, of_batch(batch, stake.currency, beside=_("limits in force")))

    def _open(self) -> None:
        if self._shown is not None:
            self._context.open("exposures", country=self._shown.code)


def _limit(shown: Country) -> str:
    stake = shown.stake
    assert stake is not None
    if stake.limit is None:
        return _("No limit is set.")
    word = terms.limit_state(stake.limit_state)[1]
    if stake.used_percent is None:
        return _("Limit {amount}: {state}.").format(amount=formats.money(stake.limit, stake.currency), state=word)
    return _("Limit {amount}, {used} used with pending: {state}.").format(
        amount=formats.money(stake.limit, stake.currency), used=formats.percent(stake.used_percent, 1), state=word
    )
