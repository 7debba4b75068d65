"""The tab "Impact": the source document's figures beside today's, the multiplier, and the spreads of yields."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.liquidity.impact import Impact
from app.liquidity.measures import Measure
from app.spreadsheets.workbook import SheetContent
from app.wording import formats
from app.wording.impact import measure_label, measure_unit
from app.wording.origin import Origin, each_row
from app.wording.sentences import sentence
from ui.charts import saving
from ui.charts.chart import Chart
from ui.charts.parts import Pane
from ui.pages.liquidity.drawn import line_of
from ui.pages.liquidity.panel import AskingCard, Panel, flexible
from ui.pages.page import Context
from ui.tables.column import Column, Kind
from ui.tables.origin import exported, tell
from ui.tables.view import TableView

_DECIMALS = {"USD billions": 0, "index": 1}


def _impact(as_of: datetime | None, program: Program, _job: Job) -> Impact:
    return program.tracking.impact(as_of)


class MeasuresCard(AskingCard):
    """A row a measure: printed, today's data on the same dates, the latest value, and why they differ."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "impact")
        self.table = TableView(
            (
                Column("measure", lambda: _("Measure"), priority=0, note="notes"),
                Column("unit", lambda: _("Unit"), priority=1, quiet=True),
                Column("printed", lambda: _("Printed"), priority=0, note="spans"),
                Column("ours", lambda: _("On today's data"), priority=0, note="spans"),
                Column("latest", lambda: _("Latest"), priority=0, note="notes"),
                Column("on", lambda: _("Date"), kind=Kind.DATE, priority=1),
                exported("source", lambda: _("Source")),
                exported("known", lambda: _("Known from (UTC)")),
                Column("reason", lambda: _("Why they differ, or what is missing"), stretch=1, width=120, note="reason"),
            ),
            title="impact",
            row="normal",
            selectable=False,
            name="impact",
        )
        self.body.addWidget(self.table, 1)

    def work(self) -> Callable[[Program, Job], Impact]:
        return partial(_impact, self.as_of)

    def words(self) -> None:
        self.ask(_("Does the paper still hold on today's data?"))
        self.table.setAccessibleName(self.question.text())

    def draw(self, shown: Impact) -> None:
        self.show_content()
        self.say(sentence(shown.finding))
        rows = shown.measures
        self.table.rows.load(
            {
                "measure": [measure_label(one.id) for one in rows],
                "unit": [measure_unit(one.unit) for one in rows],
                "printed": [_printed(one) for one in rows],
                "ours": [_ours(one) for one in rows],
                "latest": [_number(one, one.latest) for one in rows],
                "on": [one.latest_date for one in rows],
                "reason": [sentence(one.reason) if one.reason else "" for one in rows],
                "spans": [_span(one) for one in rows],
                "notes": [_source(one) for one in rows],
                "source": [one.source or None for one in rows],
                "known": [None if one.known_from is None else str(one.known_from) for one in rows],
            },
            keys=[one.id for one in rows],
        )
        tell(self.table, Origin(each_row(), each_row(), each_row(), each_row()))
        self.table.restyle()
        self.add_note(_("Printed: the source document's figures. Growth is compounded, per year."))

    def sheets(self) -> list[SheetContent]:
        shown: Impact | None = self.shown
        if shown is None:
            return []
        headers = [_("Measure"), _("Unit"), _("Printed"), _("From"), _("To"), _("On today's data"), _("Latest")]
        headers += [_("Observed"), _("Source"), _("Known from (UTC)"), _("Why they differ, or what is missing")]
        rows = [
            [
                measure_label(one.id),
                measure_unit(one.unit),
                _printed(one),
                one.printed.start if one.printed else None,
                one.printed.end if one.printed else None,
                _ours(one),
                one.latest,
                one.latest_date,
                one.source,
                one.known_from,
                sentence(one.reason) if one.reason else "",
            ]
            for one in shown.measures
        ]
        return [saving.sheet_of(headers, rows, "impact", self.question.text(), answer=self.answer.text())]


class LendingCard(AskingCard):
    """The money multiplier."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "lending")
        self.chart = flexible(Chart(ranges=("5y", "10y", "all"), chosen="all", ranges_apart=True))
        self.corner.addWidget(self.chart.ranges)
        self.body.addWidget(self.chart, 1)

    def work(self) -> Callable[[Program, Job], Impact]:
        return partial(_impact, self.as_of)

    def words(self) -> None:
        self.ask(_("Was the money lent on?"))
        self.chart.title = _("Money multiplier")
        self.chart.sample = self.context.sample
        self.chart.retranslate()

    def draw(self, shown: Impact) -> None:
        if not len(shown.multiplier):
            self.show_nothing(_("No money stock yet"), sentence(shown.lending))
            return
        self.show_content()
        self.say(sentence(shown.lending))
        line = line_of(shown.multiplier, decimals=2)
        self.chart.show_panes(Pane((line,), unit=_("ratio"), from_zero=True), note=_("M2 to monetary base, monthly"))

    def sheets(self) -> list[SheetContent]:
        return [] if not self.chart.panes else [self.chart.sheet("multiplier", self.answer.text())]


class YieldsCard(AskingCard):
    """US 10-year yield less others'."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "yields")
        self.chart = flexible(Chart(ranges=("5y", "10y", "all"), chosen="10y", ranges_apart=True))
        self.corner.addWidget(self.chart.ranges)
        self.body.addWidget(self.chart, 1)

    def work(self) -> Callable[[Program, Job], Impact]:
        return partial(_impact, self.as_of)

    def words(self) -> None:
        self.ask(_("Do US yields pull money back?"))
        self.chart.title = _("Spreads of 10-year yields")
        self.chart.sample = self.context.sample
        self.chart.retranslate()

    def draw(self, shown: Impact) -> None:
        known = [track for track in shown.spreads if len(track)]
        if not known:
            self.show_nothing(_("No foreign yields yet"), sentence(shown.yields))
            return
        self.show_content()
        self.say(sentence(shown.yields))
        lines = tuple(line_of(track, decimals=2, sign=True) for track in known)
        china = shown.measure("us_cn")
        self.chart.show_panes(Pane(lines, unit=_("percentage points"), from_zero=True), note=_("percentage points"))
        self.add_note(sentence(china.reason) if china.reason and china.latest is None else "")

    def sheets(self) -> list[SheetContent]:
        return [] if not self.chart.panes else [self.chart.sheet("yields", self.answer.text())]


class ImpactPanel(Panel):
    """The table above, the two charts below."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.measures, self.lending, self.yields = MeasuresCard(context), LendingCard(context), YieldsCard(context)
        self.place(self.measures, 0, 0, 12)
        self.place(self.lending, 1, 0, 6)
        self.place(self.yields, 1, 6, 6)
        self.grid.setRowStretch(0, 3)
        self.grid.setRowStretch(1, 2)


def _number(one: Measure, value: float | None) -> str:
    return "–" if value is None else formats.number(value, _DECIMALS.get(one.unit, 2))


def _printed(one: Measure) -> str:
    if one.printed is None:
        return "–"
    ends = (one.printed.first, one.printed.value, one.printed.second)
    return " → ".join(_number(one, float(end)) for end in ends if end is not None)


def _ours(one: Measure) -> str:
    known = [end for end in (one.ours_first, one.ours_value, one.ours_second) if end is not None]
    return " → ".join(_number(one, end) for end in known) or "–"


def _span(one: Measure) -> str:
    if one.printed is None:
        return _("The paper prints no figure.")
    return _("source document, {start} to {end}").format(
        start=formats.day(one.printed.start), end=formats.day(one.printed.end)
    )


def _source(one: Measure) -> str:
    if not one.source:
        return sentence(one.reason) if one.reason else ""
    return _("source {source}, known from {known} (UTC)").format(source=one.source, known=one.known_from)
