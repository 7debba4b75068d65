"""The card "What would the return say?": claims and liabilities by country in 万元, in the shape of G51."""

from collections.abc import Callable
from functools import partial

from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording import formats, terms
from app.wording import g51 as words
from app.wording.countries import level
from app.wording.sentences import sentence
from exposures import g51
from exposures.g51 import Table
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card

#: The columns that never go, and those that go first where room is short.
_ALWAYS, _FIRST_TO_GO = ("immediate", "guarantor", "liabilities"), ("sovereign", "bank", "other", "held", "required")


class G51Card(Card):
    """Every country with its claims on both bases and its debts."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._found: Table | None = None
        self._asked = False
        columns = [
            Column("country", lambda: _("Country or region"), stretch=1, width=110, priority=0),
            Column("level", lambda: pgettext("country risk", "Level"), priority=2, fades=True),
            *(
                Column(name, partial(words.column, name), Kind.NUMBER, decimals=2, strong=name in _ALWAYS,
                       priority=0 if name in _ALWAYS else 3 if name in _FIRST_TO_GO else 1, fades=name in _FIRST_TO_GO)
                for name in words.COLUMNS
            ),
        ]  # fmt: skip
        self.table = TableView(tuple(columns), title="", name="structure.g51", state=state)
        self.body.addWidget(self.table, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What would the return on countries and regions say?"))
        self.table.setAccessibleName(_("Claims and liabilities by country or region, in the shape of G51"))
        if self._asked:
            self.show_table(self._found)

    def show_table(self, found: Table | None, remedy: tuple[str, Callable[[], None]] | None = None) -> None:
        """Show it in 万元; None: the book has no rate for the renminbi, and `remedy` leads to where one comes from."""
        self._found, self._asked = found, True
        if found is None:
            said = sentence(g51.finding(found))
            self.show_empty("import", _("No rate for the renminbi"), said, *([remedy] if remedy else []))
            self.add_note("")
            return
        self.show_content()
        self.say(sentence(g51.finding(found)))
        rows = found.rows
        self.table.rows.load(
            {
                "country": [terms.country(row.country) for row in rows],
                "level": [level(row.level) if row.level else "" for row in rows],
                **{name: [g51.wan(getattr(row, name)) for row in rows] for name in words.COLUMNS},
            },
            keys=[row.country or "" for row in rows],
            totals={"country": _("Total")} | {
                name: g51.wan(value) for name in words.COLUMNS if (value := getattr(found.total, name)) is not None
            },
        )  # fmt: skip
        self.add_note(formats.together((_("All amounts in {unit}.").format(unit=words.unit()), *words.notes(found))))
