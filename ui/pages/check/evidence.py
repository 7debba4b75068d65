"""The middle: a step's question, what its figures say, each figure with its lines, and the course of the chosen one."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from alerts.rule import Severity
from app.i18n import gettext as _
from app.wording import alerts as alert_words
from app.wording import check_progress, checking, formats
from app.wording.origin import Origin, each_row, since
from app.wording.sentences import sentence
from exposures.check import Check
from exposures.checking import Evidence, StepEvidence, Verdict, answer
from ui.charts.chart import Chart
from ui.charts.parts import Band, Line, Moment, Pane
from ui.pages.check.marks import VERDICTS, state_mark
from ui.pages.check.seen import Course
from ui.pages.check.steps import KeyTable
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.widgets.badge import Badge
from ui.widgets.card import Card, link
from ui.widgets.text import label

#: The observations of a small line.
RECENT = 40


class EvidenceCard(Card):
    """A step's evidence; `alert_wanted(id)` and `run_wanted` are its ways out."""

    alert_wanted = Signal(str)
    run_wanted = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._check: Check | None = None
        self._step: StepEvidence | None = None
        self._courses: Mapping[int, Course] = {}
        self.badge = Badge()
        self._place = label("caption")
        self.corner.addWidget(self._place)
        self.corner.addWidget(self.badge)
        self.table = KeyTable(
            (
                Column("what", lambda: _("Evidence"), stretch=1, width=150, note="whole", priority=1),
                Column("state", lambda: _("State"), Kind.SEVERITY, detail="word", priority=0),
                Column("value", lambda: _("Value"), Kind.NUMBER, tone="tone", strong=True, priority=0),
                Column("lines", lambda: _("Warn / crit."), Kind.NUMBER, quiet=True, fades=True, priority=1),
                Column("course", lambda: _("40 days"), Kind.SPARK, tone="tone", fades=True, priority=3),
                Column("source", lambda: _("Source"), quiet=True, fades=True, width=70, note="source", stretch=1,
                       priority=4),
                Column("date", lambda: _("Date"), Kind.DATE, short_date=True, quiet=True, priority=1),
            ),
            title="", name="check.evidence", state=state,
        )  # fmt: skip
        self.table.horizontalHeader().setSectionsClickable(False)  # the worst stands first; values of many units
        self.chart = Chart(ranges=("1m", "4m", "1y", "5y"), chosen="4m", unrevised="as_known")
        self._missing = label("caption")
        self._missing.setWordWrap(True)
        self._missing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._to_alert = link()
        self._to_alert.clicked.connect(self._open_alert)
        foot = QHBoxLayout()
        foot.addWidget(self._missing, 1)
        foot.addWidget(self._to_alert)
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.chart, 4)
        self.body.addLayout(foot)
        self.table.selected.connect(self._draw)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.chart.retranslate()
        self.table.setAccessibleName(_("Evidence of the step, the worst first"))
        self._to_alert.setText(_("Open alert"))
        if self._check is not None and self._step is not None:
            self._show()
        else:
            self.ask(_("What is the evidence?"))

    def show_nothing(self, title: str, text: str, *, can_run: bool) -> None:
        """There is no check of the day; `can_run` offers to make it."""
        self._check = self._step = None
        self.ask(_("What is the evidence?"))
        self._place.clear()
        self.badge.hide()
        actions = ((_("Run the check now"), self.run_wanted.emit),) if can_run else ()
        self.show_empty("check", title, text, *actions)

    def show_step(self, check: Check, step: StepEvidence) -> None:
        """Show a step; its chart follows with `show_courses`."""
        self._check, self._step, self._courses = check, step, {}
        self._show()

    def show_courses(self, courses: Mapping[int, Course]) -> None:
        """The histories behind the rows arrived."""
        self._courses = courses
        if self._check is not None and self._step is not None:
            self._load(self._check, self._step)

    # ------------------------------------------------------------------ showing

    def _show(self) -> None:
        check, step = self._check, self._step
        if check is None or step is None:
            return
        self.show_content()
        place = [one.step for one in check.latest].index(step.step) + 1
        self.ask(checking.step_question(step.step))
        self._place.setText(_("Step {place} of {steps}").format(place=place, steps=len(check.latest)))
        self.say(sentence(answer(step)))
        self.badge.show_state(VERDICTS[step.verdict], check_progress.verdict_word(step.verdict.value))
        self.badge.show()
        self.add_note(self._late_note(check, step))
        self._missing.setText(
            _("The check does not look at: {missing}.").format(missing=checking.names(step.missing, checking.missing))
            if step.missing
            else ""
        )
        self._load(check, step)

    @staticmethod
    def _late_note(check: Check, step: StepEvidence) -> str:
        """That what is shown came after the page was signed, which stays as it was."""
        late = next((one for one in reversed(check.addenda) if one.step.step == step.step), None)
        if late is None:
            return ""
        if late.on_page:
            return _("Late evidence of {at} is part of the page.").format(at=formats.moment(late.at))
        return _("Late evidence of {at}; the signed page stays as it was.").format(at=formats.moment(late.at))

    def _load(self, check: Check, step: StepEvidence) -> None:
        rows = step.rows
        kept = self.table.current
        self.table.rows.load(
            {
                "what": [checking.brief(row) for row in rows],
                "whole": [checking.evidence(row) for row in rows],
                "state": [state_mark(row) for row in rows],
                "word": [checking.state(row.state) for row in rows],
                "value": [checking.value(row) or None for row in rows],
                "tone": [_tone(row) for row in rows],
                "lines": [checking.lines(row) or None for row in rows],
                "course": [self._recent(place) for place in range(len(rows))],
                "source": [checking.source(row) for row in rows],
                "date": [row.date for row in rows],
            }
        )
        known = _("at the latest {moment}").format(moment=since(check.cut_off))
        tell(self.table, Origin(each_row(), each_row(), known, each_row()))
        if rows and (kept is None or kept >= len(rows) or not self.table.select(kept)):
            self.table.select(min(self._courses, default=0))
        self._draw(self.table.current)

    def _recent(self, place: int) -> np.ndarray | None:
        course = self._courses.get(place)
        return None if course is None else course.values[-RECENT:]

    @Slot(object)
    def _draw(self, place: int | None) -> None:
        step, check = self._step, self._check
        if step is None or check is None or place is None or place >= len(step.rows):
            return
        row, course = step.rows[place], self._courses.get(place)
        self._to_alert.setVisible("alert" in row.labels)
        self.chart.setVisible(course is not None)
        if course is None:
            return
        self.chart.title = checking.evidence(row)
        self.chart.show_panes(
            _pane(row, course),
            moments=[Moment(check.business_date, "")] if _ends_after(course, check) else (),
            note=_("As known at {moment}").format(moment=formats.moment(check.cut_off)),
        )

    @Slot()
    def _open_alert(self) -> None:
        place = self.table.current
        if self._step is not None and place is not None:
            self.alert_wanted.emit(self._step.rows[place].labels["alert"])


def _tone(row: Evidence) -> str:
    """Colour is for what calls for somebody; what is normal stays quiet."""
    mark = "critical" if row.calls_for is Verdict.ACT else state_mark(row)
    return mark if mark in ("critical", "warning") else ""


def _ends_after(course: Course, check: Check) -> bool:
    return bool(course.dates[-1] >= np.datetime64(check.business_date, "D"))


def _pane(row: Evidence, course: Course) -> Pane:
    """The course of a figure against the lines of its rule."""
    scale = 1000.0 if course.unit == "USD millions" else 1.0
    suffix = {"percent": _("{number} %"), "basis points": _("{number} bp")}.get(course.unit, "{number}")
    values = course.values / scale
    top = float(np.abs(values).max())
    decimals = 1 if suffix != "{number}" else 0 if top >= 1000 else 1 if top >= 20 else 2
    line = Line(
        checking.evidence(row),
        course.dates,
        values,
        decimals=decimals,
        sign=bool(int(row.labels.get("over", "0") or 0)),
        suffix=suffix.format(number=""),
        end=state_mark(row),
        source=course.source,
        known_from=course.known_from,
    )
    unit = "USD bn" if course.unit in ("USD millions", "USD billions") else course.unit
    return Pane((line,), unit=unit, bands=_bands(row, course, scale))


def _bands(row: Evidence, course: Course, scale: float) -> tuple[Band, ...]:
    """The soft grounds beyond the lines that the row was measured against."""
    if course.rule is None:
        return ()
    lines = ((Severity.WARNING, row.warning), (Severity.CRITICAL, row.critical))
    known = {severity: float(str(line)) / scale for severity, line in lines if line is not None}
    found = []
    for severity, at in known.items():
        band = course.rule.band(severity)
        upward = True if band is None else band.comparison.upward
        end = known.get(Severity.CRITICAL) if severity is Severity.WARNING else None
        low, high = (at, end) if upward else (end, at)
        word = _("{severity}, {line}").format(
            severity=alert_words.severity(severity), line=alert_words.amount(at * scale, row.unit)
        )
        found.append(Band(low, high, severity.value, word, at))
    return tuple(found)
