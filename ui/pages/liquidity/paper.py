"""The tab "Source document": its printed tables beside the program's figures, and every erratum in one list."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.liquidity.document import ERRATA, Comparison, Verdict
from app.spreadsheets.workbook import SheetContent
from app.wording import formats
from app.wording.bridge import verdict_label
from app.wording.errata import erratum
from app.wording.liquidity import line_label
from app.wording.origin import Origin, each_row, since
from app.wording.sentences import sentence
from app.wording.tracking import scale_word
from ui.charts import saving
from ui.pages.liquidity.panel import AskingCard, Panel, as_known
from ui.pages.page import Context
from ui.tables.column import Column, Kind
from ui.tables.origin import exported, tell, told
from ui.tables.view import TableView
from ui.widgets.choice import Segments
from ui.widgets.text import label

_SEVERITY = {
    Verdict.AGREES: "ok",
    Verdict.EXPLAINED: "watch",
    Verdict.DIFFERS: "warning",
    Verdict.NO_DATA: "nodata",
}


def _table(id: str, as_of: datetime | None, program: Program, _job: Job) -> Comparison:
    return program.tracking.document_table(id, as_of)


class PaperCard(AskingCard):
    """A printed table, amount by amount, beside the program's."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "paper")
        self.choice = Segments(("1", "2"), "1")
        self.choice.chosen.connect(self._choose)
        self.corner.addWidget(self.choice)
        number = partial(Column, kind=Kind.NUMBER)
        self.table = TableView(
            (
                Column("line", lambda: _("Line"), stretch=1, priority=0),
                Column("verdict", lambda: _("State"), kind=Kind.SEVERITY, detail="words", priority=0),
                number("printed_first", partial(self._head, 0, True), priority=1),
                number("ours_first", partial(self._head, 0, False), decimals=1, priority=1, note="notes"),
                number("printed_second", partial(self._head, 1, True), priority=0),
                number("ours_second", partial(self._head, 1, False), decimals=1, priority=0, note="notes"),
                number("printed_change", partial(self._head, 2, True), sign=True, priority=1, fades=True),
                number("ours_change", partial(self._head, 2, False), decimals=1, sign=True, priority=1, fades=True),
                Column("errata", lambda: _("Erratum"), priority=2, note="notes"),
                exported("source", lambda: _("Source")),
                exported("known", lambda: _("Known from")),
            ),
            title="paper",
            row="dense",
            selectable=False,
            name="paper",
        )
        self.body.addWidget(self.table, 1)

    def work(self) -> Callable[[Program, Job], Comparison]:
        return partial(_table, self.choice.current, self.as_of)

    def words(self) -> None:
        self.ask(_("Do the paper's tables agree with the data?"))
        self.choice.fill([_("Table 1"), _("Table 2")])
        self.table.setAccessibleName(self.question.text())

    def draw(self, shown: Comparison) -> None:
        self.show_content()
        self.say(sentence(shown.finding))
        lines = shown.lines
        worst = [_worst(one.first, one.second, one.change) for one in lines]
        self.table.rows.load(
            {
                "line": [line_label(one.printed.id) for one in lines],
                "verdict": [_SEVERITY[one] for one in worst],
                "words": [verdict_label(one) for one in worst],
                "printed_first": [float(one.printed.first) for one in lines],
                "ours_first": [_float(one.ours_first) for one in lines],
                "printed_second": [float(one.printed.second) for one in lines],
                "ours_second": [_float(one.ours_second) for one in lines],
                "printed_change": [_float(one.printed.change) for one in lines],
                "ours_change": [_float(one.ours_change) if one.printed.change is not None else None for one in lines],
                "errata": [", ".join(map(str, one.errata)) for one in lines],
                "notes": [self._note(one) for one in lines],
                "source": [one.line.source or None for one in lines],
                "known": [None if (at := one.line.known_from) is None else since(at) for one in lines],
            },
            keys=[one.printed.id for one in lines],
        )
        unit = scale_word("usd_bn" if shown.table.id == "1" else "usd_yi")
        source = _("printed: source document, Table {table}; program: Federal Reserve H.4.1").format(
            table=shown.table.id
        )
        days = _("{first} and {second}").format(
            first=formats.day(shown.table.first), second=formats.day(shown.table.second)
        )
        tell(self.table, Origin(source, days, each_row(), unit))
        self.table.restyle()
        self.add_note(self._caption(shown))

    def _head(self, column: int, printed: bool) -> str:
        shown = self.shown
        if shown is None:
            return ""
        days = (formats.day(shown.table.first), formats.day(shown.table.second), _("Change"))
        return f"{days[column]}\n{_('printed') if printed else _('program')}"

    @staticmethod
    def _note(one: object) -> str:
        line = one.line  # type: ignore[attr-defined]
        parts = [erratum(number) for number in one.errata]  # type: ignore[attr-defined]
        if line.source:
            parts.append(_("source {source}").format(source=line.source))
        if line.known_from is not None:
            parts.append(
                _("known from {day} {hour} UTC").format(
                    day=formats.day(line.known_from.date()), hour=f"{line.known_from:%H:%M}"
                )
            )
        return "\n".join(parts)

    def _caption(self, shown: Comparison) -> str:
        unit = scale_word("usd_bn" if shown.table.id == "1" else "usd_yi")
        return _(
            "{unit}. Printed: source document, Table {table}. Program: Federal Reserve H.4.1, {known}. "
            "Errata of this table: {errata}."
        ).format(
            unit=unit,
            table=shown.table.id,
            known=as_known("", self.as_of) or _("as known now"),
            errata=", ".join(map(str, shown.errata)),
        )

    def sheets(self) -> list[SheetContent]:
        shown = self.shown
        if shown is None:
            return []
        headers = [_("Line"), _("First date, printed"), _("First date, program"), _("Second date, printed")]
        headers += [_("Second date, program"), _("Change, printed"), _("Change, program"), _("State"), _("Erratum")]
        headers += [_("Source"), _("Known from (UTC)")]
        rows = [
            [
                line_label(one.printed.id),
                float(one.printed.first),
                _float(one.ours_first),
                float(one.printed.second),
                _float(one.ours_second),
                _float(one.printed.change),
                _float(one.ours_change),
                verdict_label(_worst(one.first, one.second, one.change)),
                ", ".join(map(str, one.errata)),
                one.line.source or "",
                f"{one.line.known_from:%Y-%m-%dT%H:%M:%SZ}" if one.line.known_from else "",
            ]
            for one in shown.lines
        ]
        origin = told(self.table)
        facts = [(_("Caption"), self._caption(shown)), *(origin.facts() if origin is not None else ())]
        facts += [(str(n), erratum(n)) for n in shown.errata]
        name = f"table_{shown.table.id}"
        return [saving.sheet_of(headers, rows, name, self.question.text(), answer=self.answer.text(), facts=facts)]

    @Slot(str)
    def _choose(self, _table: str) -> None:
        self.ask_again()


class ErrataCard(AskingCard):
    """Every erratum by its number."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "errata")
        inside = QWidget()
        inside.setProperty("r", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(7)
        self._texts = {number: label("small") for number in ERRATA}
        for text in self._texts.values():
            text.setWordWrap(True)
            text.setAlignment(Qt.AlignmentFlag.AlignTop)
            column.addWidget(text)
        column.addStretch(1)
        area = QScrollArea()
        area.setProperty("r", "clear")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.body.addWidget(area, 1)

    def ask_again(self) -> None:
        """Nothing to fetch: the errata are the program's own."""
        self.words()

    def words(self) -> None:
        self.ask(_("What does the paper get wrong?"))
        self.say(_("{count} figures or statements need a note where they are shown.").format(count=len(ERRATA)))
        for number, text in self._texts.items():
            text.setText(_("{number}. {erratum}").format(number=number, erratum=erratum(number)))

    def sheets(self) -> list[SheetContent]:
        rows = [[number, erratum(number)] for number in ERRATA]
        return [saving.sheet_of(["#", _("Erratum")], rows, "errata", self.question.text())]


def _worst(*verdicts: Verdict | None) -> Verdict:
    order = (Verdict.DIFFERS, Verdict.EXPLAINED, Verdict.NO_DATA, Verdict.AGREES)
    return next(verdict for verdict in order if verdict in verdicts)


def _float(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]


class PaperPanel(Panel):
    """Table and errata side by side."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table, self.errata = PaperCard(context), ErrataCard(context)
        self.place(self.table, 0, 0, 8)
        self.place(self.errata, 0, 8, 4)
