"""The card "What changed between two dates?": the Fed's two sides, line by line."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.liquidity.scale import Measuring, Scale
from app.liquidity.statement import BalanceSheet, Side
from app.wording import formats
from app.wording.liquidity import line_label
from app.wording.sentences import sentence
from ui.pages.liquidity.panel import as_known
from ui.pages.liquidity.side import SCALES, UNITS, SideTable, unit_word
from ui.pages.page import Context
from ui.state import UNIT
from ui.tables.copying import as_text
from ui.widgets.badge import Mark
from ui.widgets.card import Card, link
from ui.widgets.choice import Segments
from ui.widgets.datefield import DateField
from ui.widgets.text import label

#: The dates the table opens with where there is data for them: Table 1 of the source document.
FIRST_DATES = (date(2008, 1, 2), date(2022, 5, 18))


@dataclass(frozen=True, slots=True)
class Shown:
    """What the card shows: the dates with data (oldest first) and the table of two of them."""

    days: tuple[date, ...]
    sheet: BalanceSheet | None
    gdp: Measuring | None = None  # percent of GDP on both dates


def fetch(program: Program, on: date | None, against: date | None, as_of: datetime | None, _job: Job) -> Shown:
    """The table of two dates; of the document's dates, or the newest against a year before, where none is asked."""
    days = tuple(sorted(program.watching.balance_sheet_dates(as_of)))
    if not days:
        return Shown((), None)
    if on is None or not {on, against or on} <= set(days):  # a date that was not known yet is none to choose
        both = set(FIRST_DATES) <= set(days)
        against, on = FIRST_DATES if both else (days[max(0, len(days) - 53)], days[-1])
    sheet = program.watching.balance_sheet(on, None if against == on else against, as_of)
    return Shown(days, sheet, program.tracking.measuring(Scale.GDP, sheet.on, sheet.against, as_of))


class StatementCard(Card):
    """Two dates, two sides, and whether they close; `changed(Shown)` when other dates are shown."""

    changed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: Shown | None = None
        self.as_of: datetime | None = None
        self._from_word, self._to_word = label("small"), label("small")
        self.against, self.on = DateField(), DateField()
        self.against.setObjectName("against")
        self.on.setObjectName("on")
        self.unit = Segments(UNITS, context.state.get(UNIT))
        for part in (self._from_word, self.against, self._to_word, self.on, self.unit):
            self.corner.addWidget(part)
        self.assets, self.liabilities = SideTable(Side.ASSETS), SideTable(Side.LIABILITIES)
        tables = QHBoxLayout()
        tables.setSpacing(24)
        for table in (self.assets, self.liabilities):
            tables.addWidget(table, 1, Qt.AlignmentFlag.AlignTop)
        self._mark = Mark("", 13)
        self._closing = label("small")
        self._remark = label("caption")
        self._remark.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._notes = link()
        self._notes.clicked.connect(self._open_notes)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(6)
        foot.addWidget(self._mark)
        foot.addWidget(self._closing)
        foot.addWidget(self._remark, 1)
        foot.addWidget(self._notes)
        self.body.addLayout(tables)
        self.body.addWidget(self._foot)
        self.against.picked.connect(self._pick)
        self.on.picked.connect(self._pick)
        self.unit.chosen.connect(self._choose_unit)

    def ask_again(self) -> None:
        """Fetch the table of the dates that are chosen."""
        work = partial(fetch, self._context.program, self.on.day, self.against.day, self.as_of)
        self._context.tasks.run(self, work, self.show_sheet, self._failed, about="sheet")

    def show_sheet(self, shown: Shown) -> None:
        """Show a table, or what to do where there is none."""
        self._shown = shown
        self.clear_error()
        self._render()
        self.changed.emit(shown)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What changed between two dates?"))
        self._from_word.setText(_("From"))
        self._to_word.setText(_("to"))
        self.against.setAccessibleName(_("First date"))
        self.on.setAccessibleName(_("Second date"))
        self.unit.fill([unit_word(unit) for unit in UNITS])
        self.against.retranslate()
        self.on.retranslate()
        self._render()

    def copy(self) -> None:
        """Both sides with their headings, units and dates, for a spreadsheet."""
        tables = (self.assets, self.liabilities)
        QGuiApplication.clipboard().setText(
            "\n\n".join(
                as_text(table.rows, table.accessibleName(), as_known(table.context, self.as_of)) for table in tables
            )
        )
        self._context.done(_("Both sides copied with their dates and units"))

    def _render(self) -> None:
        shown = self._shown
        controls = (self._from_word, self.against, self._to_word, self.on, self.unit)
        for part in controls:
            part.setVisible(shown is not None and shown.sheet is not None)
        if shown is None:
            return
        if shown.sheet is None:
            commands = self._context.commands
            self.show_empty(
                "liquidity",
                _("No balance sheet yet"),
                _("Fetch the Federal Reserve's H.4.1, or take in files that someone downloaded."),
                (_("Refresh"), partial(commands.run, "data.refresh")),
                (_("Take in files…"), partial(commands.run, "data.take_in")),
            )
            return
        sheet = shown.sheet
        self.show_content()
        for field, day in ((self.on, sheet.on), (self.against, sheet.against or sheet.on)):
            field.allow(shown.days)
            field.choose(day)
        self.say(sentence(sheet.finding))
        for table in (self.assets, self.liabilities):
            table.show_sheet(sheet, self.unit.current, self._measuring(shown))
        self._say_closing(sheet)
        self._notes.setVisible(bool(sheet.notes))
        self._notes.setText(_("Notes ({count})").format(count=len(sheet.notes)))
        remark = sentence(sheet.notes[0]) if sheet.notes and sheet.closes else ""
        self._remark.setText(self._gdp_missing(shown) or remark)

    def _measuring(self, shown: Shown) -> Measuring:
        scale = SCALES[self.unit.current]
        return shown.gdp if scale is Scale.GDP and shown.gdp is not None else Measuring(scale)

    @property
    def shown(self) -> Shown | None:
        """What is shown."""
        return self._shown

    def show_dates(self, on: date, against: date) -> None:
        """Show two other dates."""
        self.on.choose(on)
        self.against.choose(against)
        self.ask_again()

    def _gdp_missing(self, shown: Shown) -> str:
        """What to say where GDP of a date's quarter is not there; empty otherwise."""
        if self.unit.current != "gdp" or shown.sheet is None or shown.gdp is None:
            return ""
        asked = [(shown.sheet.on, shown.gdp.gdp)]
        if shown.sheet.against is not None:
            asked.append((shown.sheet.against, shown.gdp.gdp_against))
        days = [formats.day(on) for on, gdp in asked if gdp is None]
        return _("No GDP for the quarter of {days}: no percentages.").format(days=_(", ").join(days)) if days else ""

    def _say_closing(self, sheet: BalanceSheet) -> None:
        if sheet.closes:
            two = sheet.against is not None
            self._mark.show_state("ok")
            self._closing.setText(_("Both sides close on both dates.") if two else _("Both sides close."))
        elif sheet.closes is False:
            self._mark.show_state("warning")
            self._closing.setText(_("The two sides do not close."))
        else:
            missing = [line_label(line.id) for line in sheet.lines if line.value is None and line.missing]
            self._mark.show_state("nodata")
            self._closing.setText(
                _("Not every line has data ({lines}): no check whether both sides close.").format(
                    lines=_(", ").join(missing[:3])
                )
                if missing
                else _("Not every line has data: no check whether both sides close.")
            )

    @Slot(object)
    def _pick(self, _day: date) -> None:
        self.ask_again()

    @Slot(str)
    def _choose_unit(self, unit: str) -> None:
        self._context.state.put(UNIT, unit)
        self._render()

    def _failed(self, error: Exception) -> None:
        self.show_error(error, (_("Try again"), self.ask_again))

    @Slot()
    def _open_notes(self) -> None:
        if self._shown is None or self._shown.sheet is None:
            return
        notes = QFrame(self, Qt.WindowType.Popup)
        notes.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        notes.setProperty("r", "card")
        column = QVBoxLayout(notes)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        for note in self._shown.sheet.notes:
            text = label("small", sentence(note))
            text.setWordWrap(True)
            text.setFixedWidth(420)
            column.addWidget(text)
        notes.adjustSize()
        corner = self._notes.mapToGlobal(QPoint(self._notes.width() - notes.width(), -notes.height() - 4))
        notes.move(corner)
        notes.show()
