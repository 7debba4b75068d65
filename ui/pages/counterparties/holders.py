"""The card "In whose hands is the book?": names, connected groups, or sectors by country, the largest first."""

from PySide6.QtCore import Signal, Slot

from app.i18n import gettext as _
from app.services.concentrating import Held
from app.wording import formats, terms
from app.wording.limits import sector
from app.wording.sentences import sentence
from exposures import holders
from ui.pages.exposures.survey import millions
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.choice import Segments

VIEWS = ("names", "groups", "places")


class HoldersCard(Card):
    """`picked(key, is_group)` when a name or a group is chosen."""

    picked = Signal(str, bool)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._held: Held | None = None
        self.view = Segments(VIEWS)
        self.view.chosen.connect(self._fill)
        self.corner.addWidget(self.view)
        self.table = TableView(
            (
                Column("name", lambda: _("Name"), Kind.TWO_LINE, detail="what", stretch=1, width=110, priority=0),
                Column("amount", lambda: _("Exposure"), Kind.NUMBER, decimals=1, unit=self._unit, strong=True,
                       priority=0),
                Column("share", lambda: _("Share"), Kind.NUMBER, decimals=1, unit=lambda: "%", priority=0),
                Column("cumulative", lambda: _("Together"), Kind.NUMBER, decimals=1, unit=lambda: "%", priority=1,
                       fades=True),
                Column("capital", lambda: _("Of tier 1"), Kind.NUMBER, decimals=1, unit=lambda: "%", tone="state",
                       priority=1, fades=True),
                Column("guaranteed", lambda: _("Guarantees"), Kind.NUMBER, decimals=1, unit=self._unit, priority=2,
                       fades=True),
            ),
            title="",
            row="two_line",
            name="counterparties.holders",
            state=state,
        )  # fmt: skip
        self.body.addWidget(self.table, 1)
        self.table.selected.connect(self._pick)

    def _unit(self) -> str:
        currency = self._held.concentration.currency if self._held else "USD"
        return _("{currency} m").format(currency=formats.currency(currency))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("In whose hands is the book?"))
        self.view.fill((_("Names"), _("Groups"), _("Places")))
        self.table.setAccessibleName(_("Who owes, the largest first"))
        self._fill()

    def show_held(self, held: Held) -> None:
        """Show a book."""
        self._held = held
        self._fill()

    def select(self, key: str, *, group: bool) -> None:
        """Choose a name or group without telling."""
        wanted = "groups" if group else "names"
        if self.view.current != wanted:
            self.view.choose(wanted)
            self._fill()
        self.table.select(key)

    @Slot()
    def _fill(self, _view: object = None) -> None:
        if self._held is None:
            return
        found = self._held.concentration
        if self.view.current == "places":
            self._fill_places()
            return
        groups = self.view.current == "groups"
        rows = found.groups if groups else found.names
        self.say(sentence(holders.in_groups(found) if groups else holders.in_hands(found)))
        self.table.rows.load(
            {
                "name": [one.name for one in rows],
                "what": [_("{number}, {lines} lines").format(number=one.key, lines=formats.number(one.lines))
                         for one in rows],
                "amount": [millions(one.amount) for one in rows],
                "share": [one.share * 100 for one in rows],
                "cumulative": [one.cumulative * 100 for one in rows],
                "capital": [one.of_capital for one in rows],
                "state": ["critical" if one.large else "" for one in rows],
                "guaranteed": [millions(one.guaranteed) if one.guaranteed else None for one in rows],
            },
            keys=[one.key for one in rows],
        )  # fmt: skip
        notes = [_("Shares are of everything owed; what is guaranteed stands beside it and in no sum.")]
        if found.tier_1 is None:
            notes.append(_("No large exposure is marked: set the group's tier 1 capital."))
        self.add_note(formats.together(notes))

    def _fill_places(self) -> None:
        assert self._held is not None
        found = self._held.concentration
        cells = found.cells
        self.say(sentence(holders.in_places(found)))
        self.table.rows.load(
            {
                "name": [_("No sector") if cell.sector is None else sector(cell.sector) for cell in cells],
                "what": [terms.country(cell.country) for cell in cells],
                "amount": [millions(cell.amount) for cell in cells],
                "share": [cell.share * 100 for cell in cells],
                "cumulative": [None] * len(cells),
                "capital": [None] * len(cells),
                "state": [""] * len(cells),
                "guaranteed": [None] * len(cells),
            },
            keys=[f"{cell.sector}\x1f{cell.country}" for cell in cells],
        )
        self.add_note(_("Countries and regions on the guarantor basis."))

    def _pick(self, key: object) -> None:
        if key is not None and self.view.current != "places":
            self.picked.emit(str(key), self.view.current == "groups")
