"""The left-hand side: the steps, how the check was run, the days before it, and the schedule's last runs."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.checking import Missed
from app.timetable.run import Run
from app.timetable.run import finding as run_finding
from app.wording import check_progress, checking, formats, schedule
from app.wording.sentences import sentence
from exposures.check import Check, Status
from exposures.checking import StepEvidence, Verdict
from ui import theme
from ui.pages.check.marks import run_mark, status_mark
from ui.pages.check.seen import Seen
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.badge import Mark
from ui.widgets.card import Card
from ui.widgets.text import label, rule

#: How many unsigned days and runs are listed; the rest are counted.
LISTED, LISTED_COMPACT = 4, 3
RUNS, RUNS_COMPACT = 3, 2
_KEYS = {Qt.Key.Key_1: Verdict.FINE, Qt.Key.Key_2: Verdict.WATCH, Qt.Key.Key_3: Verdict.ACT}


class KeyTable(TableView):
    """A table in which 1, 2 and 3 choose a decision and Ctrl+Enter takes it."""

    chose = Signal(str)
    decided = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the page, and those of every table."""
        verdict = _KEYS.get(Qt.Key(event.key()))
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if verdict is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.chose.emit(verdict.value)
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.decided.emit()
        else:
            super().keyPressEvent(event)


class Runs(QWidget):
    """The schedule's last runs: what, and a sentence that says when, how late and why."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_runs(self, runs: Sequence[Run], now: datetime) -> None:
        """Show these runs, the newest first."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for run in runs:
            row = QWidget()
            grid = QGridLayout(row)
            grid.setContentsMargins(8, 0, 0, 0)
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(0)
            grid.setColumnStretch(1, 1)
            grid.addWidget(Mark(run_mark(run), 13), 0, 0)
            grid.addWidget(_wrapping("small", _run_title(run)), 0, 1)
            grid.addWidget(_wrapping("caption", sentence(run_finding(run, now))), 1, 1)
            self._column.addWidget(row)
        self.setVisible(bool(runs))


class StepsCard(Card):
    """`chosen(step)` when another step is looked at, `day_wanted(date)` when another day is."""

    chosen = Signal(object)
    day_wanted = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self._count = label("caption")
        self.corner.addWidget(self._count)
        self.table = KeyTable(
            (
                Column("mark", lambda: "", Kind.TICK, priority=0),
                Column("name", lambda: _("Step"), Kind.TWO_LINE, detail="says", note="whole", stretch=1, width=120,
                       priority=0),
            ),
            title="", row="two_line", whole=True, name="check.steps", state=state,
        )  # fmt: skip
        self.table.horizontalHeader().hide()
        self._run, self._schedule = _wrapping("small"), _wrapping("small")
        self._missed_head, self._runs_head = label("q"), label("q")
        self.missed = TableView(
            (
                Column("mark", lambda: "", Kind.TICK, priority=0),
                Column("day", lambda: _("Day"), Kind.LINK, priority=0),
                Column("says", lambda: _("State"), quiet=True, stretch=1, width=60, note="says", priority=1),
            ),
            title="", row="dense", whole=True, name="check.missed", state=state,
        )  # fmt: skip
        self.runs = Runs()
        self.missed.horizontalHeader().hide()
        self.body.addWidget(self.table)
        below = QWidget()
        below.setProperty("r", "clear")
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        for part in (self._run, rule(), self._missed_head, self.missed, rule(), self._runs_head, self._schedule):
            column.addWidget(part)
        column.addWidget(self.runs)
        column.addStretch(1)
        scroll = QScrollArea()  # where the room is short, this part gives way and the steps never do
        scroll.setProperty("r", "clear")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(below)
        self.body.addWidget(scroll, 1)
        self.table.selected.connect(self.chosen)
        self.missed.link_opened.connect(self._open_day)
        self.missed.opened.connect(self._open_day)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which steps are decided?"))
        self.table.setAccessibleName(_("Steps of the daily check"))
        self.missed.setAccessibleName(_("Earlier days, those without a signature first"))
        self.runs.setAccessibleName(_("Last runs of the schedule"))
        self._runs_head.setText(_("What did the schedule do?"))
        self.add_note(_("1 Fine, 2 Watch, 3 Act; Ctrl+Enter decides."))
        if self._seen is not None:
            self.show_seen(self._seen)

    # ------------------------------------------------------------------ showing

    def show_seen(self, seen: Seen) -> None:
        """Show a day's steps; the chosen one stays chosen while it is the same day."""
        self._seen = seen
        check = seen.check
        self.table.setVisible(check is not None)
        self._show_run(seen)
        self._show_earlier(seen)
        self._show_runs(seen)
        if check is None:
            self._count.clear()
            return
        kept = self.table.current
        marks, says = zip(*(_line(check, step) for step in check.latest), strict=True)
        names = [checking.step_name(step.step) for step in check.latest]
        self.table.rows.load(
            {
                "mark": marks,
                "name": names,
                "says": says,
                "whole": [f"{name}\n{said}" for name, said in zip(names, says, strict=True)],
            },
            keys=[step.step for step in check.latest],
        )
        done = len(check.steps) - len(check.undecided)
        self._count.setText(_("{done} of {steps} decided").format(done=done, steps=len(check.steps)))
        if kept is None or not self.table.select(kept):
            self.choose_next()

    def choose_next(self) -> None:
        """Go to the first step that waits for a decision; to the first one where none does."""
        check = None if self._seen is None else self._seen.check
        if check is not None:
            waiting = check.to_decide
            self.table.select(waiting[0] if waiting else check.latest[0].step)

    def _show_run(self, seen: Seen) -> None:
        check = seen.check
        if check is None:
            self._run.setText(_("Not run. It begins at {start}.").format(start=formats.moment(seen.start)))
            return
        parts = [
            _("Run {at} by {who}, on what was known at {cut_off}.").format(
                at=formats.moment(check.run_at), who=seen.name(check.who), cut_off=formats.moment(check.cut_off)
            )
        ]
        if check.late:
            late = schedule.span(check.run_at - seen.start)
            parts.append(_("Late by {late}: it is never back-dated.").format(late=late))
        since = check.snapshot.covers_from
        if since is not None:
            parts.append(_("It covers what came out since {day}.").format(day=formats.day(since)))
        self._run.setText(formats.together(parts))

    def _show_earlier(self, seen: Seen) -> None:
        """The unsigned days first, because they wait; then what the last signed days came to."""
        text = ngettext("{count} earlier day is not signed", "{count} earlier days are not signed", len(seen.missed))
        if seen.missed:
            self._missed_head.setText(text.format(count=len(seen.missed)))
        else:
            self._missed_head.setText(_("Every earlier day is signed") if seen.earlier else _("No earlier day"))
        rows = [(one.business_date, status_mark(one.check), _missed_words(one)) for one in reversed(seen.missed)]
        rows += [(one.business_date, "done", _signed_words(seen, one)) for one in seen.earlier]
        shown = rows[: LISTED_COMPACT if theme.current().compact else LISTED]
        self.missed.setVisible(bool(shown))
        self.missed.rows.load(
            {
                "mark": [mark for _day, mark, _words in shown],
                "day": [formats.short_day(day) for day, _mark, _words in shown],
                "says": [words for _day, _mark, words in shown],
            },
            keys=[day for day, _mark, _words in shown],
        )

    def _show_runs(self, seen: Seen) -> None:
        shown = seen.runs[: RUNS_COMPACT if theme.current().compact else RUNS]
        self._schedule.setText("" if seen.schedule is None else sentence(seen.schedule.finding))
        self._schedule.setVisible(seen.schedule is not None and not seen.schedule.kept_by)
        self.runs.show_runs(shown, seen.now)

    @Slot(object)
    def _open_day(self, day: date, _column: str = "") -> None:
        self.day_wanted.emit(day)


def _run_title(run: Run) -> str:
    return _("{job}: {period}").format(
        job=schedule.job_label(run.period.job), period=schedule.period_label(run.period.job, run.period.key)
    )


def _wrapping(role: str, text: str = "") -> QLabel:
    made = label(role, text)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def _line(check: Check, step: StepEvidence) -> tuple[str, str]:
    """A step's mark, and its second line: what the program suggests, or what was decided and when."""
    decided, waiting = check.decision(step.step), check.waiting(step.step)
    if waiting is not None and check.maker is not None:
        if waiting.decision is None:
            return "now", _("Late evidence: {suggested}").format(suggested=suggestion(step))
        return "pending", _("Late evidence decided, not signed")
    if decided is None:
        return "todo", suggestion(step)
    word = check_progress.verdict_word(decided.decision.value)
    if decided.decision is not step.verdict:
        word = _("{decision} instead of {verdict}").format(
            decision=word, verdict=check_progress.verdict_word(step.verdict.value)
        )
    return "done", _("{decision}, {at}").format(decision=word, at=formats.hour(decided.at))


def suggestion(step: StepEvidence) -> str:
    """What the program would say of a step."""
    return _("Program: {verdict}").format(verdict=check_progress.verdict_word(step.verdict.value))


def _signed_words(seen: Seen, check: Check) -> str:
    verdict = "" if check.verdict is None else check_progress.verdict_word(check.verdict.value)
    people = [seen.name(one.who) for one in (check.maker, check.checker) if one is not None]
    return _("{verdict}, signed by {people}").format(verdict=verdict, people=formats.listed(people))


def _missed_words(one: Missed) -> str:
    if one.check is None:
        return _("never run")
    if one.check.status is Status.WITH_CHECKER:
        return _("waits for a second person")
    left = len(one.check.undecided)
    return ngettext("{left} step open", "{left} steps open", left).format(left=left) if left else _("not signed")
