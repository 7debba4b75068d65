"""The card "Where is the exposure?": countries by instruments, with each country's limit."""

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.i18n import gettext as _
from app.services.surveying import Exposures
from app.wording import formats, terms
from app.wording.sentences import sentence
from exposures.countries import NO_COUNTRY
from exposures.limits import LimitUse
from ui.pages.exposures.survey import MILLION
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.text import label

#: Columns that are no instrument: choosing them means the whole country.
_COUNTRY_COLUMNS = ("country", "state", "total", "limit")


def millions(amount: Decimal | None) -> float | None:
    """An amount as a table shows it."""
    return None if amount is None else float(amount) / MILLION


def severity(use: LimitUse | None) -> tuple[str, str]:
    """The mark and word of a country's limit."""
    return terms.limit_state("no_limit" if use is None else use.state.value)


class MatrixCard(Card):
    """`picked(country or None, column)` when a cell is pinned; the column is empty for a whole country."""

    picked = Signal(object, str)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._exposures: Exposures | None = None
        self._hint = label("caption")
        self.corner.addWidget(self._hint)
        self.table = TableView((), title="", row="roomy", cells=True, name="exposures.matrix", state=state)
        self.body.addWidget(self.table, 1)
        self.notices: QLabel = label("caption")
        self.notices.setWordWrap(True)
        self.notices.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.body.addWidget(self.notices)
        self.table.pinned.connect(self._pin)
        self.table.opened.connect(self._open)
        self.table.left_out_changed.connect(self._note)
        self._pinned: tuple[str | None, str] = (None, "")

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Where is the exposure?"))
        self._hint.setText(_("Shade: amount. Enter opens the lines, Space pins a cell."))
        self.table.setAccessibleName(_("Exposure by country or region and instrument"))
        if self._exposures is not None:
            self.show_exposures(self._exposures)

    def wait(self) -> None:
        """Say that the figures of another book are on their way; none of the one before stands beside its lines."""
        self._exposures = None
        self.show_content()
        self.say(_("The book is being added up…"))
        self.table.rows.load({})

    def stop_waiting(self) -> None:
        """Nothing is on its way any more."""
        if self._exposures is None:
            self.say("")

    def show_exposures(self, shown: Exposures) -> None:
        """Show one book."""
        columns_changed = self._exposures is None or self._exposures.matrix.columns != shown.matrix.columns
        self._exposures = shown
        self.show_content()
        self.say(formats.together(sentence(finding) for finding in shown.where))
        self._note()
        if columns_changed:
            self.table.set_columns(self._columns(shown))
        matrix, uses = shown.matrix, {use.country: use for use in shown.limits}
        keys = list(matrix.rows)
        states = [severity(uses.get(key or "")) for key in keys]
        shares = [uses[key].use if key in uses else None for key in keys]
        self.table.rows.load(
            {
                "country": [terms.country(key) for key in keys],
                "state": [state for state, _word in states],
                "word": [word for _state, word in states],
                **{
                    name: [millions(matrix.cells.get((key, name))) for key in keys]  # no line there is nothing, not 0
                    for name in matrix.columns
                },
                "total": [millions(matrix.row_totals[key]) for key in keys],
                "limit": [None if use is None or use.share is None else float(use.share * 100) for use in shares],
                "expected": [
                    None if use is None or use.share_with_pending is None else float(use.share_with_pending * 100)
                    for use in shares
                ],
                "limit_note": [_limit_note(uses.get(key or "")) for key in keys],
            },
            keys=[NO_COUNTRY if key is None else key for key in keys],
            totals={
                "country": _("Total"),
                **{name: millions(amount) for name, amount in matrix.column_totals.items()},
                "total": millions(matrix.total),
            },
        )
        self.pin(*self._pinned)

    @Slot()
    def _note(self) -> None:
        """What the book lacks, and the instruments for which there is no room: the totals have them all the same."""
        if self._exposures is None:
            return
        said = [sentence(finding) for finding in self._exposures.notices]
        sums = self._exposures.matrix.column_totals
        left_out = [terms.instrument(id) for id in self.table.left_out if sums.get(id)]
        if left_out:
            said.append(
                _("In the totals, without room for a column: {columns}.").format(columns=_(", ").join(left_out))
            )
        self.notices.setText(formats.together(said))
        self.notices.setVisible(bool(said))

    def pin(self, country: str | None, column: str) -> None:
        """Frame a cell without telling; no column takes the frame away."""
        self._pinned = (country, column)
        self.table.pin(country, column)

    def _columns(self, shown: Exposures) -> list[Column]:
        count = len(shown.matrix.columns)
        heads = [
            Column(
                name,
                partial(terms.instrument, name),
                Kind.HEAT,
                # the smallest amounts go first where room is short; what is undrawn stays longest
                priority=2 if name in ("undrawn", "pending") else 3 + (count - place),
                decimals=self._decimals(shown),
            )
            for place, name in enumerate(
                sorted(shown.matrix.columns, key=lambda name: shown.matrix.column_totals[name])
            )
        ]
        order = {name: place for place, name in enumerate(shown.matrix.columns)}
        heads.sort(key=lambda column: order[column.id])
        return [
            Column("country", lambda: _("Country or region"), strong=True, stretch=1, priority=0),
            Column("state", lambda: _("Limit state"), Kind.SEVERITY, detail="word", priority=0),
            *heads,
            Column("total", lambda: _("Total"), Kind.NUMBER, strong=True, priority=0, decimals=self._decimals(shown)),
            Column(
                "limit",
                lambda: _("Country limit used"),
                Kind.BAR,
                detail="expected",
                tone="state",
                note="limit_note",
                unit=lambda: "%",
                priority=1,
            ),
        ]

    @staticmethod
    def _decimals(shown: Exposures) -> int:
        top = max((abs(amount) for amount in shown.matrix.row_totals.values()), default=Decimal(0))
        return 0 if top >= 100 * MILLION else 1

    def _pin(self, country: object, column: str) -> None:
        chosen = "" if column in _COUNTRY_COLUMNS else column
        same = self._pinned == (country, chosen)
        self.pin(None if same else country, "" if same else chosen)  # type: ignore[arg-type]
        self.picked.emit(None if same else country, "" if same else chosen)

    def _open(self, country: object) -> None:
        index = self.table.currentIndex()
        column = self.table.rows.columns[index.column()].id if index.isValid() else ""
        chosen = "" if column in _COUNTRY_COLUMNS else column
        self.pin(country, chosen)  # type: ignore[arg-type]
        self.picked.emit(country, chosen)


def _limit_note(use: LimitUse | None) -> str:
    if use is None or use.limit is None:
        return _("No limit")
    return terms.limit_state(use.state.value)[1] if use.use.share is None else ""
