"""Daily check: seven steps, their evidence, the officer's decision on each, and two signatures that freeze the day."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QFileDialog

from app.bootstrap import Program
from app.events import CheckChanged, Event, ScheduleChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.services.reporting import Reported
from app.wording import check_progress, checking, formats
from exposures.check import Check, Status
from exposures.checking import StepEvidence
from ui.pages.check.decision import DecisionCard, Given
from ui.pages.check.evidence import EvidenceCard
from ui.pages.check.marks import status_mark
from ui.pages.check.seen import Course, Seen, fetch, fetch_courses
from ui.pages.check.signing import SignCard
from ui.pages.check.steps import StepsCard
from ui.pages.page import Context, Page
from ui.tasks import Lane
from ui.widgets import icons
from ui.widgets.datefield import DateField


class CheckPage(Page):
    """One day's check; today's unless another day was asked for."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._wanted: date | None = None
        self._seen: Seen | None = None
        self._to_next = False
        self.day = DateField()
        self.header.add(self.day)
        self.report = self.button()
        self.report.clicked.connect(self.export)
        self._today = self.button()
        self._today.clicked.connect(self._go_to_today)
        self.steps, self.evidence = StepsCard(context.state), EvidenceCard(context.state)
        self.decision, self.sign = DecisionCard(), SignCard()
        grid = self.columns()
        grid.addWidget(self.steps, 0, 0, 2, 3)
        grid.addWidget(self.evidence, 0, 3, 2, 6)
        grid.addWidget(self.decision, 0, 9, 1, 3)
        grid.addWidget(self.sign, 1, 9, 1, 3)
        grid.setRowStretch(0, 1)
        self.day.picked.connect(self._go_to)
        self.steps.chosen.connect(self._choose)
        self.steps.day_wanted.connect(self._go_to)
        for table in (self.steps.table, self.evidence.table):
            table.chose.connect(self.decision.choose)
            table.decided.connect(self.decision.press)
        self.evidence.alert_wanted.connect(self._open_alert)
        self.evidence.run_wanted.connect(self._run)
        self.decision.decided.connect(self._decide)
        self.sign.signed.connect(self._sign)
        self.sign.countersigned.connect(self._countersign)
        self.guard(self.decision.button, "check.decide")

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Daily check"))
        self._today.setText(_("Today's check"))
        self.report.setText(_("Report…"))
        self.report.setIcon(icons.icon("export"))
        self.day.setAccessibleName(_("Day of the check"))
        self.day.retranslate()
        for card in (self.steps, self.evidence, self.decision, self.sign):
            card.mark_sample(self.context.sample and card is self.evidence)
            card.retranslate()
        if self._seen is not None:
            self._say(self._seen)

    def refresh(self, event: Event | None = None) -> None:
        """Ask for the day again, where the event can have changed it."""
        if event is None or isinstance(event, CheckChanged | ScheduleChanged):
            self.ask(partial(fetch, self.context.program, self._wanted), self._show)

    def show_target(self, **what: Any) -> None:
        """Show one day (`day=date`), or the step that waits (`step="currencies"`)."""
        if "day" in what:
            self._go_to(what["day"])
        if "step" in what:
            self.steps.table.select(what["step"])
        self.steps.table.setFocus()

    def export(self) -> None:
        """Ctrl+E: the report of the day, as PDF or as a workbook."""
        if self._seen is None:
            return
        kinds = _("PDF (*.pdf);;Excel workbook (*.xlsx)")
        stem = f"tidewatch-{self._seen.day.isoformat()}.pdf"
        name, _kind = QFileDialog.getSaveFileName(self, _("Report of the day"), stem, kinds)
        if name:
            self.export_to(Path(name))

    def export_to(self, place: Path) -> None:
        """Write the report of the day in sight, in a worker."""
        if self._seen is not None:
            self.ask(partial(_report, self.context.program, place, self._seen.day), self._reported)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter decides from wherever the focus is; Escape goes back to the steps."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.decision.press()
        elif event.key() == Qt.Key.Key_Escape:
            self.steps.table.setFocus()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------ showing

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self.day.allow(seen.days)
        self.day.choose(seen.day if seen.check is not None else None)
        self._today.setVisible(seen.day != seen.today)
        self._say(seen)
        self.sign.show_seen(seen)
        if seen.check is None:
            self._show_no_check(seen)
        kept = self.steps.table.current
        self.steps.show_seen(seen)
        if seen.check is None:
            return
        if self._to_next and seen.check.to_decide:
            self.steps.choose_next()
            self.steps.table.setFocus()  # where 1, 2 and 3 choose; in the comment they would be typed
        elif self._to_next:
            self.sign.button.setFocus()
        self._to_next = False
        if self.steps.table.current == kept:
            self._choose(kept)

    def _show_no_check(self, seen: Seen) -> None:
        self.decision.show_nothing()
        can_run = seen.is_business_day and seen.now >= seen.start
        if not seen.is_business_day:
            title = _("The bank is shut")
            text = _("{day} is no business day; there is no check of it.").format(day=formats.weekday(seen.day))
        elif can_run:
            title = _("Not run yet")
            text = _("The check looks at what was known at its cut-off; it can be made now.")
        else:
            title = _("Not due yet")
            text = _("The check begins at {start}, on what is known at its cut-off.").format(
                start=formats.hour(seen.start)
            )
        self.evidence.show_nothing(title, text, can_run=can_run)

    def _say(self, seen: Seen) -> None:
        check = seen.check
        self.header.badge.setVisible(check is not None)
        day = formats.weekday(seen.day)
        if check is None:
            self.header.scope.setText(day)
            return
        word = {Status.OPEN: _("In progress"), Status.WITH_CHECKER: _("With the checker"), Status.SIGNED: _("Signed")}
        said = word[check.status]
        if check.status is Status.OPEN and seen.day < seen.today:
            said = _("Not signed")
        self.header.badge.show_state(status_mark(check), said)
        if check.maker is not None:
            scope = _("{day}, signed {at}").format(day=day, at=formats.dated_moment(check.maker.at))
        elif check.run_at.astimezone().date() != seen.start.astimezone().date():
            scope = _("{day}, run {at}").format(day=day, at=formats.dated_moment(check.run_at))
        else:
            scope = _("{day}, due {at}").format(day=day, at=formats.hour(seen.decide_by))
        self.header.scope.setText(scope)

    @Slot(object)
    def _choose(self, step_id: str | None) -> None:
        seen = self._seen
        if seen is None or seen.check is None or step_id is None:
            return
        step = next(one for one in seen.check.latest if one.step == step_id)
        self.evidence.show_step(seen.check, step)
        self.decision.show_step(seen, step)
        work = partial(fetch_courses, self.context.program, seen.check, step)
        self.ask(work, partial(self._show_courses, seen.check.business_date, step))

    def _show_courses(self, day: date, step: StepEvidence, courses: dict[int, Course]) -> None:
        if self._seen is not None and (self._seen.day, self.steps.table.current) == (day, step.step):
            self.evidence.show_courses(courses)

    # ------------------------------------------------------------------ doing

    @Slot(object)
    def _go_to(self, day: date) -> None:
        self._wanted = day
        self.refresh(None)

    @Slot()
    def _go_to_today(self) -> None:
        self._wanted = None
        self.refresh(None)

    @Slot(str, object)
    def _decide(self, step: str, given: Given) -> None:
        if self._seen is not None:
            work = partial(_decide, self.context.program, self._seen.day, step, given)
            self._to_next = True
            self.ask(work, partial(self._decided, step, given), self._not_decided, lane=Lane.WRITE)

    def _decided(self, step: str, given: Given, _check: Check) -> None:
        word = check_progress.verdict_word(given.decision.value)
        self.context.done(_("{step}: {decision}").format(step=checking.step_name(step), decision=word))

    def _not_decided(self, error: Exception) -> None:
        self._to_next = False
        self.context.failed(error)

    @Slot()
    def _run(self) -> None:
        if self._seen is not None:
            self.ask(partial(_run, self.context.program, self._seen.day), self._ran, lane=Lane.WRITE)

    def _ran(self, check: Check) -> None:
        self.context.done(_("The check of {day} was made").format(day=formats.day(check.business_date)))

    @Slot()
    def _sign(self) -> None:
        if self._seen is not None:
            work = partial(_sign, self.context.program, self._seen.day)
            self.ask(work, self._signed, lane=Lane.WRITE)

    @Slot()
    def _countersign(self) -> None:
        if self._seen is not None:
            work = partial(_countersign, self.context.program, self._seen.day)
            self.ask(work, self._signed, lane=Lane.WRITE)

    def _signed(self, check: Check) -> None:
        self.steps.table.setFocus()  # the button that had it is spent; Qt would go on into the command box
        self.context.done(_("The check of {day} was signed").format(day=formats.day(check.business_date)))

    def _reported(self, made: Reported) -> None:
        self.context.done(_("Report written to {file}").format(file=made.path.name))

    @Slot(str)
    def _open_alert(self, alert: str) -> None:
        self.context.open("alerts", alert=alert)


def _decide(program: Program, day: date, step: str, given: Given, _job: Job) -> Check:
    return program.checking.decide(day, step, given.decision, given.comment, given.lists, given.owner)


def _run(program: Program, day: date, _job: Job) -> Check:
    return program.checking.run(day)


def _sign(program: Program, day: date, _job: Job) -> Check:
    return program.checking.sign(day)


def _countersign(program: Program, day: date, _job: Job) -> Check:
    return program.checking.countersign(day)


def _report(program: Program, place: Path, day: date, _job: Job) -> Reported:
    return program.reporting.write(place, day)
