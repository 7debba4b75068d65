"""The view "Flows": money into and out of emerging markets by month, as officers imported it."""

from collections.abc import Mapping
from datetime import UTC, date

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from app.i18n import gettext as _
from app.i18n import ngettext
from app.liquidity.tracks import Track
from app.services.first_prints import on_dates
from app.services.profiles import Flows
from app.storage.entries import Entry
from app.wording import formats
from app.wording.errata import erratum
from app.wording.origin import Origin, each_row, since
from app.wording.sentences import sentence
from ui.charts.chart import Chart
from ui.charts.parts import Level, Line, Pane
from ui.pages.liquidity.drawn import known_on
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.origin import exported, tell
from ui.tables.view import TableView
from ui.widgets.card import Card


class FlowsCard(Card):
    """Is money leaving? A chart and a table of the months."""

    enter_wanted = Signal(object)
    import_wanted = Signal()
    check_wanted = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._shown: Flows | None = None
        self._tracks: Mapping[str, Track] = {}
        self.check, self.enter, self.take = self.add_link(), self.add_link(), self.add_link()
        self.check.clicked.connect(self.check_wanted)
        self.enter.clicked.connect(self._enter)
        self.take.clicked.connect(self.import_wanted)
        self.chart = Chart(ranges=("1y", "5y", "all"), chosen="5y")
        self.chart.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        number = {"kind": Kind.NUMBER, "decimals": 1, "sign": True}
        self.table = TableView(
            (
                Column("month", lambda: _("Month"), Kind.DATE, priority=0),
                Column("total", lambda: _("Total\nUSD bn"), priority=0, **number),  # type: ignore[arg-type]
                Column("equity", lambda: _("Equity\nUSD bn"), **number),  # type: ignore[arg-type]
                Column("debt", lambda: _("Debt\nUSD bn"), **number),  # type: ignore[arg-type]
                Column("china", lambda: _("Mainland China\nUSD bn"), priority=2, **number),  # type: ignore[arg-type]
                Column("others", lambda: _("Others\nUSD bn"), priority=2, **number),  # type: ignore[arg-type]
                Column("source", lambda: _("Source"), stretch=1, priority=1),
                exported("known", lambda: _("Known from")),
            ),
            title="flows",
            name="countries.flows",
            state=state,
        )
        self.body.addWidget(self.chart, 1)
        self.body.addWidget(self.table, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Is money leaving emerging markets?"))
        self.enter.setText(_("Enter a value"))
        self.take.setText(_("Import from Excel"))
        self.chart.title = self.question.text()
        self.chart.retranslate()
        self.table.setAccessibleName(_("Portfolio flows by month"))
        if self._shown is not None:
            self.show_flows(self._shown, self._tracks)

    def show_flows(self, shown: Flows, tracks: Mapping[str, Track]) -> None:
        """Show the months; `tracks` carry their first prints."""
        self._shown, self._tracks = shown, tracks
        count = len(shown.waiting)
        self.check.setVisible(bool(count))
        self.check.setText(ngettext("Check {count} entry", "Check {count} entries", count).format(count=count))
        if not shown.flows:
            self.add_note("")
            self.show_empty(
                "liquidity",
                _("No flows yet"),
                _(
                    "There is no free live source. Import a workbook or CSV file with the columns date, "
                    "EM_FLOWS, EM_FLOWS_EQUITY, EM_FLOWS_DEBT and source; a second person accepts it."
                ),
                (_("Import from Excel"), self.import_wanted.emit),
                (_("Enter a value"), self._enter),
            )
            return
        self.show_content()
        self.say(sentence(shown.finding))
        months = np.array([one.month for one in shown.flows], dtype="datetime64[D]")
        lines = []
        for name, field, colour, id in (
            (_("Total"), "total", "single_series", "EM_FLOWS"),
            (_("Equity"), "equity", "reserves", "EM_FLOWS_EQUITY"),
            (_("Debt"), "debt", "treasury_account", "EM_FLOWS_DEBT"),
        ):
            values = [getattr(one, field) for one in shown.flows]
            if any(value is not None for value in values):
                found = np.array([np.nan if value is None else value for value in values], float)
                first = on_dates(tracks[id], months) if id in tracks else None
                track = tracks.get(id)
                lines.append(
                    Line(
                        name,
                        months,
                        found,
                        colour,
                        decimals=1,
                        sign=True,
                        first=first,
                        source=_given(shown.entries) or ("" if track is None else track.source),
                        known_from=None if track is None else known_on(months, track),
                    )
                )
        total, *parts = lines
        self.chart.show_panes(
            Pane(
                tuple(parts) or (total,),
                unit=_("USD bn"),
                bars=True,
                total=total if parts else None,
                levels=(Level(0.0, ""),),
                from_zero=True,
            ),
            note=_("USD bn a month, bars equity and debt, line total; minus: outflow")
            if parts
            else _("USD bn a month, minus: outflow"),
        )
        rows = shown.flows[::-1]
        self.table.rows.load(
            {
                "month": [one.month for one in rows],
                "total": [one.total for one in rows],
                "equity": [one.equity for one in rows],
                "debt": [one.debt for one in rows],
                "china": [one.china for one in rows],
                "others": [one.without_china for one in rows],
                "source": [_source(shown.entries, one.month) for one in rows],
                "known": [_known(tracks.get("EM_FLOWS"), one.month) for one in rows],
            }
        )
        tell(self.table, Origin(each_row(), each_row(), each_row(), _("USD bn")))
        self.add_note(formats.together((_("Portfolio flows of non-residents."), erratum(9))))

    def _enter(self) -> None:
        self.enter_wanted.emit("EM_FLOWS")


def _given(entries: tuple[Entry, ...]) -> str:
    """What the officers named as their sources."""
    return _(", ").join(dict.fromkeys(one.draft.source for one in entries if one.accepted and one.draft.source))


def _known(track: Track | None, month: date) -> str | None:
    place = None if track is None else track.place(month, within=0)
    if track is None or place is None:
        return None
    return since(track.known_from[place].astype("datetime64[s]").item().replace(tzinfo=UTC))


def _source(entries: tuple[Entry, ...], month: object) -> str:
    found = next((one for one in entries if one.accepted and one.draft.date == month), None)
    if found is None:
        return _("Sample or other source")
    return _("{source}; entered by {who}, checked by {checker}, {day}").format(
        source=found.draft.source,
        who=found.who,
        checker=found.checked_by,
        day="–" if found.checked_at is None else formats.day(found.checked_at.astimezone().date()),
    )
