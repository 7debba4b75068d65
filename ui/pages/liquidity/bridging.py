"""The tab "Reserves bridge": why reserves changed between two dates, as a waterfall that closes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Signal, Slot

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.liquidity.bridge import Bridge
from app.spreadsheets.workbook import SheetContent
from app.wording import formats
from app.wording.bridge import step_label
from app.wording.errata import erratum
from app.wording.origin import Origin, since
from app.wording.sentences import sentence
from ui.charts import saving
from ui.charts.rows import Bar, RowBars
from ui.pages.liquidity.panel import AskingCard, Panel, notes
from ui.pages.page import Context
from ui.tables.origin import tell
from ui.widgets.choice import Segments
from ui.widgets.datefield import DateField
from ui.widgets.text import label

_COLOURS = {
    "total_assets": "treasuries_and_total_assets",
    "federal_reserve_notes": "notes_and_other",
    "reverse_repos": "on_rrp",
    "tga": "treasury_account",
}
#: The whole cycle of the source document's Table 2.
TABLE_2 = (date(2017, 10, 4), date(2019, 9, 4))


@dataclass(frozen=True, slots=True)
class Shown:
    """The Wednesdays with data, oldest first, and the bridge of two of them (None where there are fewer than two)."""

    days: tuple[date, ...]
    bridge: Bridge | None


def fetch(
    on: date | None, against: date | None, printed: bool, as_of: datetime | None, program: Program, _job: Job
) -> Shown:
    """The bridge of two dates, of the source document's own table, or of its dates where none is asked."""
    days = tuple(sorted(program.watching.balance_sheet_dates(as_of)))
    if printed:
        return Shown(days, program.tracking.printed_bridge())
    if len(days) < 2:
        return Shown(days, None)
    if on is None or against is None or on == against or not {on, against} <= set(days):
        both = set(TABLE_2) <= set(days)
        against, on = TABLE_2 if both else (days[max(0, len(days) - 53)], days[-1])
    return Shown(days, program.tracking.bridge(on, against, as_of))


class BridgeCard(AskingCard):
    """The waterfall; `picked(on, against)` when other dates are chosen here."""

    picked = Signal(object, object)

    def __init__(self, context: Context) -> None:
        super().__init__(context, "bridge")
        self._wanted: tuple[date | None, date | None] = (None, None)
        self._from_word, self._to_word = label("small"), label("small")
        self.against, self.on = DateField(), DateField()
        self.origin = Segments(("data", "document"), "data")
        for part in (self.origin, self._from_word, self.against, self._to_word, self.on):
            self.corner.addWidget(part)
        self.bars = RowBars(joined=True)
        self.body.addWidget(self.bars, 1)
        self.against.picked.connect(self._pick)
        self.on.picked.connect(self._pick)
        self.origin.chosen.connect(self._choose)

    def work(self) -> Callable[[Program, Job], Shown]:
        return partial(fetch, *self._wanted, self.origin.current == "document", self.as_of)

    def show_dates(self, on: date, against: date) -> None:
        """Bridge two other dates."""
        self._wanted = (on, against)
        self.origin.choose("data")
        self.ask_again()

    def words(self) -> None:
        self.ask(_("Why did reserves change?"))
        self._from_word.setText(_("From"))
        self._to_word.setText(_("to"))
        self.against.setAccessibleName(_("First date"))
        self.on.setAccessibleName(_("Second date"))
        self.against.retranslate()
        self.on.retranslate()
        self.origin.fill([_("H.4.1"), _("Source document")])
        self.bars.title = _("Reserves bridge")
        self.bars.sample = self.context.sample

    def draw(self, shown: Shown) -> None:
        built = shown.bridge
        if built is None:
            self.show_nothing(_("No two Wednesdays yet"), _("The bridge needs the Fed's balance sheet on two dates."))
            return
        self.show_content()
        for field, day in ((self.on, built.on), (self.against, built.against)):
            field.allow(shown.days)
            field.choose(day)
            field.setEnabled(not built.label and bool(shown.days))
        self._wanted = (built.on, built.against)
        self.say(sentence(built.finding))
        headers = [_("Step"), _("Effect on reserves, USD m"), _("Change of the line, USD m"), _("Series")]
        rows = [[step_label(step.id), step.effect, step.change, step.source or ""] for step in built.steps]
        rows += [[step_label(id), getattr(built, id), None, built.label] for id in ("computed", "reported", "residual")]
        table = self._origin(built, _("USD m")).columns(headers, rows)
        self.bars.show_bars(_bars(built), *table, self._facts(built))
        tell(self.bars, self._origin(built, _("USD bn")))
        levels = ""
        if built.start is not None and built.end is not None:
            levels = _("Reserves went from {first} on {first_day} to {second} on {second_day}.").format(
                first=formats.dollars(built.start / 1000, 1),
                first_day=formats.day(built.against),
                second=formats.dollars(built.end / 1000, 1),
                second_day=formats.day(built.on),
            )
        origin = _("Printed figures of the source document, Table 2.") if built.label else ""
        unit = _("USD bn; to the right money comes to reserves, to the left it leaves them.")
        said = [sentence(built.remainder) if built.remainder else "", levels, origin, unit]
        if (built.against, built.on) == TABLE_2:  # the paper's text says otherwise
            said.append(erratum(7))
        self.add_note(notes(formats.together(said)))

    @staticmethod
    def _facts(built: Bridge) -> list[tuple[str, str]]:
        return BridgeCard._origin(built, _("USD m")).facts()

    @staticmethod
    def _origin(built: Bridge, unit: str) -> Origin:
        source = _("source document, Table 2") if built.label else _("Federal Reserve H.4.1")
        days = _("{first} and {second}").format(first=formats.day(built.against), second=formats.day(built.on))
        known = _("printed in 2022") if built.label else "–" if built.known_from is None else since(built.known_from)
        return Origin(source, days, known, unit)

    def sheets(self) -> list[SheetContent]:
        if self.shown is None or self.shown.bridge is None:
            return []
        facts = self._facts(self.shown.bridge)
        return [saving.sheet_of(*self.bars.table(), "bridge", self.bars.title, answer=self.answer.text(), facts=facts)]

    @Slot(object)
    def _pick(self, _day: date) -> None:
        self._wanted = (self.on.day, self.against.day)
        self.ask_again()
        self.picked.emit(self.on.day, self.against.day)

    @Slot(str)
    def _choose(self, _origin: str) -> None:
        self.ask_again()


def _bars(built: Bridge) -> list[Bar]:
    """The steps from nought, the residual hatched, the reported change at the foot."""
    bars, at = [], 0.0
    for step in built.steps:
        name = step_label(step.id)
        if step.effect is None:
            bars.append(Bar(name, at, at, _("no figure on one of the dates"), missing=True))
            continue
        end = at + step.effect / 1000
        detail = _("{line}: {amount}, source {source}").format(
            line=name, amount=formats.dollars(step.effect / 1000, 3, sign=True), source=step.source or "–"
        )
        text = formats.number(step.effect / 1000, 1, sign=True)
        bars.append(Bar(name, at, end, text, _COLOURS.get(step.id, "remainder"), detail=detail))
        at = end
    if built.residual is not None and built.reported is not None:
        text = formats.number(built.residual / 1000, 1, sign=True)
        told = sentence(built.remainder) if built.remainder else ""
        bars.append(
            Bar(step_label("residual"), at, at + built.residual / 1000, text, "text3", hatched=True, detail=told)
        )
        total = formats.number(built.reported / 1000, 1, sign=True)
        bars.append(Bar(step_label("reported"), 0, built.reported / 1000, total, "reserves", strong=True))
    return bars


class BridgePanel(Panel):
    """One card: the waterfall with its dates."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.card = BridgeCard(context)
        self.place(self.card, 0, 0, 12)
