"""SOMA maturities: the shares by remaining life beside the document's, and what falls due month by month."""

from datetime import date, datetime
from functools import partial

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from app.i18n import gettext as _
from app.liquidity.holdings import SecurityType
from app.liquidity.maturities import DOCUMENT_ON, Profile
from app.liquidity.months import end_of
from app.wording import formats
from app.wording.sentences import sentence
from app.wording.soma import bucket_name, security_type
from ui.charts.chart import Chart
from ui.charts.parts import Line, Pane
from ui.pages.page import Context
from ui.pages.runoff import work
from ui.pages.runoff.origin import of_holdings
from ui.tables.cells import MISSING
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.datefield import DateField

_BILLION = 10**9
#: The kinds that mature, in the order of the table, with the colours of the chart.
_KINDS = {
    SecurityType.NOTE_BOND: "notes",
    SecurityType.TIPS: "tips",
    SecurityType.FRN: "frn",
    SecurityType.BILL: "bills",
}


class MaturitiesCard(Card):
    """How long the holdings last."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: Profile | None = None
        self._asked = False
        self._known: datetime | None = None
        self.as_of = DateField()
        self.corner.addWidget(self.as_of)
        self.as_of.picked.connect(self._picked)
        self.shares = TableView(
            (
                Column("life", lambda: _("Remaining life"), stretch=1, priority=0),
                Column("amount", lambda: _("USD bn"), Kind.NUMBER, decimals=1, priority=1),
                Column("share", lambda: _("Share, %"), Kind.NUMBER, decimals=1, strong=True, priority=0),
                Column("document", self._document_head, Kind.NUMBER, decimals=1, quiet=True, priority=1),
            ),
            title="",
            whole=True,
            selectable=False,
            name="soma.shares",
        )
        self.months = TableView(
            (
                Column("month", lambda: _("Month-end"), Kind.DATE, priority=0),
                *(
                    Column(id, partial(security_type, kind.value), Kind.NUMBER, decimals=1, priority=1)
                    for kind, id in _KINDS.items()
                ),
                Column("coupons", lambda: _("All coupons"), Kind.NUMBER, decimals=1, strong=True, priority=0),
            ),
            title="",
            row="dense",
            name="soma.months",
            state=context.state,
        )
        self.chart = Chart(ranges=("all",), chosen="all", ranges_apart=True, unrevised="simulated")
        self.chart.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.chart.setMinimumHeight(140)
        row, left = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(24)
        left.setSpacing(12)
        left.addWidget(self.shares)
        left.addWidget(self.months, 1)
        row.addLayout(left, 5)
        row.addWidget(self.chart, 5)
        self.body.addLayout(row, 1)

    def ask_again(self) -> None:
        """Fetch the holdings of the date that is chosen, else the newest."""
        asked = partial(work.maturities, self._context.program, self.as_of.day)
        self._context.tasks.run(self, asked, self.show_profile, self._failed, about="maturities")

    def show_profile(self, found: work.Held) -> None:
        """Show a profile, or what to do where there are no holdings."""
        days, self._shown, self._known = found.days, found.profile, found.known_from
        self._asked = True
        self.as_of.setVisible(bool(days))
        self.as_of.allow(days)
        self.as_of.choose(self._shown.as_of if self._shown else None)
        self.clear_error()
        self._render()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("How soon does the Fed's portfolio mature?"))
        self.as_of.setAccessibleName(_("Holdings of"))
        self.as_of.retranslate()
        self.shares.setAccessibleName(_("Shares by remaining life"))
        self.months.setAccessibleName(_("Maturing by month, USD bn"))
        self.chart.title = self.question.text()
        self.chart.retranslate()
        self._render()

    def _render(self) -> None:
        shown = self._shown
        if shown is None:
            if self._asked:
                commands = self._context.commands
                self.show_empty(
                    "liquidity",
                    _("No holdings yet"),
                    _("The New York Fed's list of securities belongs here: refresh it, or take in a file of it."),
                    (_("Refresh"), partial(commands.run, "data.refresh")),
                    (_("Take in files…"), partial(commands.run, "data.take_in")),
                )
            return
        self.show_content()
        self.say(sentence(shown.finding))
        self.shares.rows.load(
            {
                "life": [bucket_name(one.id) for one in shown.buckets],
                "amount": [float(one.amount) / _BILLION for one in shown.buckets],
                "share": [float(one.share) for one in shown.buckets],
                "document": [MISSING if one.document is None else float(one.document) for one in shown.buckets],
            },
            keys=[one.id for one in shown.buckets],
        )
        self.shares.restyle()
        due = {id: [month.by_type.get(kind, 0) / _BILLION for month in shown.months] for kind, id in _KINDS.items()}
        starts = [month.month for month in shown.months]
        coupons = [month.coupons / _BILLION for month in shown.months]
        ends = [end_of(month) for month in starts]
        self.months.rows.load({"month": ends, "coupons": coupons} | due, keys=starts)
        tell(self.months, of_holdings(shown.as_of, self._known, _("USD bn")))
        tell(self.shares, of_holdings(shown.as_of, self._known, _("USD bn; shares in %")))
        source = _("New York Fed, SOMA holdings of {day}").format(day=formats.day(shown.as_of))
        dates = np.array(starts, "datetime64[D]")
        self.chart.show_panes(
            Pane(
                (
                    Line(
                        _("Coupons"), dates, np.array(coupons), "treasuries_and_total_assets", step=True, source=source
                    ),
                    Line(_("Bills"), dates, np.array(due["bills"]), "agency_mbs", step=True, source=source),
                ),
                unit=_("USD bn"),
                from_zero=True,
                data_to=shown.as_of,
            ),
            note=_("USD bn falling due each month"),
        )
        self.add_note(self._note(shown))

    def _note(self, shown: Profile) -> str:
        years = formats.number(shown.average_years, 1) if shown.average_years is not None else "–"
        return _(
            "Holdings of {day}: {count} securities, Treasuries {treasuries} with inflation compensation, {years} years "
            "on average. The document's footnote 8 is of {document}. Agency MBS pay down and have no ladder."
        ).format(
            day=formats.day(shown.as_of),
            count=formats.number(shown.securities),
            treasuries=formats.dollars(float(shown.treasuries) / _BILLION, 0),
            years=years,
            document=formats.day(DOCUMENT_ON),
        )

    @Slot(object)
    def _picked(self, _day: date) -> None:
        self.ask_again()

    def _document_head(self) -> str:
        return _("Document, %")

    def _failed(self, error: Exception) -> None:
        self.show_error(error, (_("Try again"), self.ask_again))
