"""Reserves, ON RRP and the Treasury's account: level, share, and what belongs beside each."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import numpy as np

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.liquidity.absorbers import Absorber
from app.liquidity.cash_flows import CashFlows
from app.liquidity.cash_flows import Category as Flow
from app.liquidity.tracks import Track
from app.spreadsheets.workbook import SheetContent
from app.wording import formats
from app.wording.origin import Origin, since
from app.wording.sentences import sentence
from app.wording.tracking import category_side, claim_label
from ui.charts import saving
from ui.charts.chart import Chart
from ui.charts.parts import Moment, Pane
from ui.charts.rows import Bar, RowBars
from ui.pages.liquidity.drawn import line_of
from ui.pages.liquidity.panel import AskingCard, Panel, flexible, notes
from ui.pages.page import Context
from ui.tables.origin import tell
from ui.widgets.choice import Segments
from ui.widgets.text import label


def _reserves(as_of: datetime | None, program: Program, _job: Job) -> Absorber:
    return program.tracking.reserves(as_of)


def _on_rrp(as_of: datetime | None, program: Program, _job: Job) -> Absorber:
    return program.tracking.on_rrp(as_of)


def _tga(as_of: datetime | None, program: Program, _job: Job) -> Absorber:
    return program.tracking.treasury_account(as_of)


def _flows(days: int, as_of: datetime | None, program: Program, _job: Job) -> CashFlows:
    return program.tracking.cash_flows(days, as_of=as_of)


_WORK = {"reserves": _reserves, "on_rrp": _on_rrp, "tga": _tga}


class ClaimCard(AskingCard):
    """Level and share of a claim on the Fed, one plot a unit, peaks marked."""

    def __init__(self, context: Context, claim: str) -> None:
        super().__init__(context, claim)
        self.claim = claim
        self.chart = flexible(Chart(ranges=("1y", "5y", "10y", "all"), chosen="all", ranges_apart=True))
        self.corner.addWidget(self.chart.ranges)
        self.body.addWidget(self.chart, 1)

    def work(self) -> Callable[[Program, Job], Absorber]:
        return partial(_WORK[self.claim], self.as_of)

    def words(self) -> None:
        self.ask(
            {
                "reserves": _("How much do banks hold at the Fed?"),
                "on_rrp": _("What is left of the ON RRP buffer?"),
                "tga": _("Does the Treasury take money out?"),
            }[self.claim]
        )
        self.chart.title = claim_label(self.claim)
        self.chart.sample = self.context.sample
        self.chart.retranslate()

    def draw(self, shown: Absorber) -> None:
        if not len(shown.level):
            self.show_nothing(_("No figures yet"), sentence(shown.finding))
            return
        self.show_content()
        self.say(sentence(shown.finding))
        panes = [Pane((line_of(shown.level, decimals=1),), unit=_("USD bn"), from_zero=True, weight=3)]
        if self.claim == "on_rrp" and shown.beside:
            rate = line_of(shown.beside[0], decimals=2, suffix=" %", step=True, colour="single_series")
            panes.append(Pane((rate,), unit="%", from_zero=True, weight=2))
        if shown.share is not None:
            panes.append(Pane((self._share(shown, shown.share),), unit="%", from_zero=True, weight=2))
        middle = shown.level.dates[len(shown.level) // 2]
        moments = [
            Moment(
                peak.on,
                _("{value} on {day}").format(value=formats.number(peak.value, 1), day=formats.day(peak.on)),
                left=bool(np.datetime64(peak.on) > middle),
            )
            for peak in shown.peaks[:1]
        ]
        self.chart.show_panes(*panes, moments=moments, note=_("USD bn and %"))
        said = [sentence(note) for note in shown.notes if note.case not in ("required.ended", "required.no_data")]
        self.add_note(notes(*said))

    @staticmethod
    def _share(shown: Absorber, share: Track) -> object:
        name = _("Share of liabilities") if shown.of == "total_liabilities" else _("Share of assets")
        return line_of(share, name, "text2", decimals=1, suffix=" %")

    def sheets(self) -> list[SheetContent]:
        shown = self.shown
        return [] if shown is None or not len(shown.level) else [self.chart.sheet(self.claim, self.answer.text())]


class RequiredCard(AskingCard):
    """Required and excess reserves while there were any."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "required")
        self.chart = flexible(Chart(ranges=(), chosen="all", ranges_apart=True))
        self.chart.ranges.hide()
        self.body.addWidget(self.chart, 1)

    def work(self) -> Callable[[Program, Job], Absorber]:
        return partial(_reserves, self.as_of)

    def words(self) -> None:
        self.ask(_("How much of it was required?"))
        self.chart.title = _("Required and excess reserves")
        self.chart.sample = self.context.sample
        self.chart.retranslate()

    def draw(self, shown: Absorber) -> None:
        note = sentence(shown.notes[0])
        if not shown.beside:
            self.show_nothing(_("Not stored"), note)
            return
        self.show_content()
        self.say(note)
        # Required reserves are a twentieth of the excess: one under the other, each on its own scale.
        panes = [Pane((line_of(track, decimals=1),), unit=_("USD bn"), from_zero=True) for track in shown.beside]
        self.chart.show_panes(*panes, note=_("USD bn, monthly"))

    def sheets(self) -> list[SheetContent]:
        shown = self.shown
        return [] if shown is None or not shown.beside else [self.chart.sheet("required", self.answer.text())]


#: Days of the statement over which categories are added up.
SPANS = {"week": 7, "month": 30, "quarter": 91}
_MOST = 8


class CashCard(AskingCard):
    """Where the Treasury's cash comes from and goes to, ranked."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "cash")
        self.span = Segments(tuple(SPANS), "month")
        self.span.chosen.connect(self._choose)
        self.corner.addWidget(self.span)
        self._heads = (label("h"), label("h"))
        self.bars = (RowBars(), RowBars())
        for head, bars in zip(self._heads, self.bars, strict=True):
            self.body.addWidget(head)
            self.body.addWidget(bars, 1)

    def work(self) -> Callable[[Program, Job], CashFlows]:
        return partial(_flows, SPANS[self.span.current], self.as_of)

    def words(self) -> None:
        self.ask(_("What fills and drains it?"))
        self.span.fill([_("7 d"), _("30 d"), _("91 d")])
        for head, side in zip(self._heads, ("deposits", "withdrawals"), strict=True):
            head.setText(category_side(side))
        for bars, side in zip(self.bars, ("deposits", "withdrawals"), strict=True):
            bars.title = category_side(side)
            bars.sample = self.context.sample

    def draw(self, shown: CashFlows) -> None:
        if not shown.sources and not shown.uses:
            self.show_nothing(
                _("No daily statement yet"),
                _("Deposits and withdrawals by category come from the Treasury's daily statement: refresh it."),
            )
            return
        self.show_content()
        self.say(sentence(shown.finding))
        headers = [_("Category"), _("USD m"), "%", _("Days")]
        for bars, ranked in zip(self.bars, (shown.sources, shown.uses), strict=True):
            rows = [[one.name, one.amount, one.share, one.days] for one in ranked]
            tell(bars, self._origin(shown, _("USD bn")))
            table = self._origin(shown, _("USD m")).columns(headers, rows)
            bars.show_bars([_ranked(one) for one in ranked[:_MOST]], *table, self._facts(shown))
        days = {"start": shown.first, "end": shown.last}
        said = _(
            "{start} to {end}, USD bn, issuing and redeeming public debt left out; the {count} largest of each side."
        )
        self.add_note(
            said.format(count=_MOST, **{name: formats.day(day) if day else "–" for name, day in days.items()})
        )

    @staticmethod
    def _facts(shown: CashFlows) -> list[tuple[str, str]]:
        return CashCard._origin(shown, _("USD m and % of the side")).facts()

    @staticmethod
    def _origin(shown: CashFlows, unit: str) -> Origin:
        source = _("Daily Treasury Statement, deposits and withdrawals of operating cash (Fiscal Data)")
        days = [formats.day(day) if day else "–" for day in (shown.first, shown.last)]
        between = _("{first} to {last}").format(first=days[0], last=days[1])
        return Origin(source, between, "–" if shown.known_from is None else since(shown.known_from), unit)

    def sheets(self) -> list[SheetContent]:
        if self.shown is None or not self.shown.sources:
            return []
        facts = self._facts(self.shown)
        return [
            saving.sheet_of(*bars.table(), side, bars.title, answer=self.answer.text(), facts=facts)
            for side, bars in zip(("deposits", "withdrawals"), self.bars, strict=True)
        ]

    def _choose(self, _span: str) -> None:
        self.ask_again()


def _ranked(one: Flow) -> Bar:
    billions = one.amount / 1000
    detail = _("{category}: USD {amount} m, {share} of the side, on {days} days").format(
        category=one.name, amount=formats.number(one.amount), share=formats.percent(one.share, 1), days=one.days
    )
    return Bar(one.name, 0, billions, formats.number(billions, 1), "treasury_account", detail=detail)


class ReservesPanel(Panel):
    """Reserves with their share of liabilities; what was required of them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.level, self.required = ClaimCard(context, "reserves"), RequiredCard(context)
        self.place(self.level, 0, 0, 8)
        self.place(self.required, 0, 8, 4)


class OnRrpPanel(Panel):
    """ON RRP, its award rate, its share of liabilities."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.level = ClaimCard(context, "on_rrp")
        self.place(self.level, 0, 0, 12)


class TreasuryPanel(Panel):
    """The Treasury's account, and its cash by category."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.level, self.cash = ClaimCard(context, "tga"), CashCard(context)
        self.place(self.level, 0, 0, 7)
        self.place(self.cash, 0, 7, 5)
