"""The lines of a cell added up by what they say: a row a group, exact amounts, the largest first."""

from collections.abc import Mapping

from app.i18n import gettext as _
from app.wording import formats, terms
from ui.pages.exposures.book_lines import Sum
from ui.pages.exposures.survey import MILLION
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView

#: What stands for the lines that do not say; no text of a book is this.
UNSAID = "\0"


def group_word(name: str) -> str:
    """What lines are grouped by, as a choice."""
    return {
        "counterparty": _("Counterparty"),
        "group": _("Group"),
        "country": _("Country or region"),
        "entity": _("Booked in"),
        "instrument": _("Instrument"),
        "product": _("Product"),
        "currency": _("Currency"),
        "guarantor_country": _("Risk transfer"),
        "rating": _("Grade"),
        "loan_class": _("Five-category class"),
    }[name]


def key_word(name: str, key: str | None) -> str:
    """A group's name."""
    if key is None:
        return _("Not stated")
    match name:
        case "country" | "guarantor_country":
            return terms.country(key)
        case "instrument":
            return terms.instrument(key)
        case "loan_class":
            return terms.loan_class(key) or key
        case "rating":
            return key.replace("-", formats.MINUS)
    return key


class GroupsTable(TableView):
    """`show_groups` fills it; `opened(key)` when the lines of a group are asked for, UNSAID for those without."""

    def __init__(self, state: State) -> None:
        super().__init__(
            (
                Column("name", lambda: _("Group"), strong=True, stretch=1, priority=0),
                Column("lines", lambda: _("Lines"), Kind.NUMBER, priority=0),
                Column("drawn", lambda: _("Drawn"), Kind.NUMBER, strong=True, decimals=1, priority=0),
                Column("undrawn", lambda: _("Undrawn"), Kind.NUMBER, decimals=1, priority=1),
                Column("beside", lambda: _("Other exposure"), Kind.NUMBER, decimals=1, priority=2, fades=True),
                Column("pending", lambda: terms.field("pending"), Kind.NUMBER, decimals=1, priority=3, fades=True),
                Column("share", lambda: _("Share of drawn"), Kind.NUMBER, decimals=1, unit=lambda: "%", priority=2),
                Column("missing", lambda: _("Not converted"), Kind.NUMBER, priority=3, fades=True),
            ),
            title="",
            row="normal",
            name="exposures.groups",
            state=state,
        )

    def show_groups(self, name: str, groups: Mapping[str | None, Sum], names: Mapping[str | None, str | None]) -> None:
        """Show the groups; `names` are what counterparties are called."""
        total = sum(part.drawn for part in groups.values())
        self.rows.load(
            {
                "name": [names.get(key) or key_word(name, key) for key in groups],
                "lines": [part.lines for part in groups.values()],
                "drawn": [float(part.drawn / MILLION) for part in groups.values()],
                "undrawn": [float(part.undrawn / MILLION) for part in groups.values()],
                "beside": [float(part.beside / MILLION) or None for part in groups.values()],
                "pending": [float(part.pending / MILLION) or None for part in groups.values()],
                "share": [float(part.drawn / total * 100) if total else None for part in groups.values()],
                "missing": [part.not_converted or None for part in groups.values()],
            },
            keys=[UNSAID if key is None else key for key in groups],
        )
        self.setAccessibleName(_("Lines by {what}").format(what=group_word(name)))
