"""Alerts: what is firing, the evidence, the money behind it, and the officer's note."""

from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from alerts.alert import Alert
from alerts.notices import Silence
from app.bootstrap import Program
from app.events import Event, ReviewsChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.services.monitoring import Evaluation
from app.storage.answers import Action, Outcome
from app.wording import alerts as words
from app.wording import answers
from app.wording.sentences import sentence
from ui.pages.alerts.decision import AcknowledgeCard, MoneyCard
from ui.pages.alerts.evidence import EvidenceCard
from ui.pages.alerts.listing import ListCard
from ui.pages.alerts.seen import Detail, Seen, fetch, fetch_detail
from ui.pages.page import Context, Page
from ui.tables.exporting import write
from ui.tables.origin import sheet
from ui.tasks import Lane
from ui.widgets import icons


class AlertsPage(Page):
    """The list, one alert's evidence, and the decision."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._wanted: str | None = None
        self._detail: Detail | None = None
        self._evaluate = self.button()
        self._evaluate.clicked.connect(self._evaluate_now)
        self._rules = self.button()
        self._rules.clicked.connect(partial(context.open, "rules"))
        self._export_button = self.button()
        self._export_button.clicked.connect(self.export)
        self.list = ListCard(context.state)
        self.evidence = EvidenceCard(context.state)
        self.money = MoneyCard(context.state)
        self.acknowledge = AcknowledgeCard()
        grid = self.columns()
        grid.addWidget(self.list, 0, 0, 2, 3)
        grid.addWidget(self.evidence, 0, 3, 2, 6)
        grid.addWidget(self.money, 0, 9, 1, 3)
        grid.addWidget(self.acknowledge, 1, 9, 1, 3)
        grid.setRowStretch(0, 1)
        self.list.chosen.connect(self._choose)
        self.list.table.acknowledge.connect(self.acknowledge.press)
        self.money.all_wanted.connect(self._open_exposures)
        self.money.import_wanted.connect(partial(context.open, "import"))
        self.acknowledge.acknowledged.connect(self._acknowledge)
        self.acknowledge.silenced.connect(self._silence)
        self.acknowledge.closed.connect(self._close)
        self.list.table.silence.connect(self.acknowledge.press_silence)
        self.guard(self.acknowledge.button, "alert.acknowledge", "alert.outcome")
        self.guard(self.acknowledge.silence, "silence.start")

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Alerts"))
        self._evaluate.setText(_("Evaluate now"))
        self._evaluate.setIcon(icons.icon("refresh"))
        self._rules.setText(_("Rules"))
        self._export_button.setText(_("Export"))
        self._export_button.setIcon(icons.icon("export"))
        for card in (self.list, self.evidence, self.money, self.acknowledge):
            card.mark_sample(self.context.sample and card in (self.evidence, self.money))
            card.retranslate()

    def refresh(self, event: Event | None = None) -> None:
        """Ask for the list again."""
        if not isinstance(event, ReviewsChanged):
            self.ask(partial(fetch, self.context.program), self._show, about="list")

    def show_target(self, **what: Any) -> None:
        """Show one alert (`alert="A-0001"`)."""
        if "alert" in what:
            self._wanted = str(what["alert"])
            self.list.choose(self._wanted)
            self.list.table.setFocus()

    def export(self) -> None:
        """Ctrl+E: the list as a workbook."""
        name, _kind = QFileDialog.getSaveFileName(self, _("Export alerts"), "alerts.xlsx", _("Excel workbook (*.xlsx)"))
        if name:
            self.export_to(Path(name))

    def export_to(self, place: Path) -> None:
        """Write the list into a workbook, in a worker."""
        made = sheet(self.list.table, _("Alerts"), _("Alerts"), answer=self.header.scope.text())
        sample = self.context.sample

        def work(_job: Job) -> Any:
            return write(place, (made,), sample=sample)

        self.ask(work, partial(self._written, place))

    # ------------------------------------------------------------------ showing

    def _show(self, seen: Seen) -> None:
        self.header.scope.setText(sentence(seen.finding))
        self.list.show_seen(seen)
        if self._wanted is not None:
            self.list.choose(self._wanted)
            self._wanted = None
        if not seen.alerts:
            self.evidence.show_empty(
                "alerts",
                _("Nothing is firing"),
                _("The rules watch the figures and the book; what they find stands here."),
            )

    @Slot(object)
    def _choose(self, alert_id: str | None) -> None:
        if alert_id is None:
            self._detail = None
            self.evidence.show_nothing()
            self.acknowledge.show_alert(None, self._today())
            return
        self.ask(partial(fetch_detail, self.context.program, alert_id), self._show_detail, about="alert")

    def _show_detail(self, detail: Detail) -> None:
        if detail.alert.id != self.list.table.current:
            return  # another was chosen meanwhile
        self._detail = detail
        self.evidence.show_detail(detail)
        self.money.show_stake(detail.stake)
        self.acknowledge.show_alert(detail, self._today())

    def _today(self) -> date:
        return self.context.program.clock().astimezone().date()

    # ------------------------------------------------------------------ doing

    @Slot(str, object, str)
    def _acknowledge(self, reason: str, until: date | None, owner: str) -> None:
        if self._detail is None:
            return
        work = partial(_acknowledge, self.context.program, self._detail.alert.id, reason, until, owner)
        self.ask(work, self._acknowledged, lane=Lane.WRITE)

    def _acknowledged(self, alert: Alert) -> None:
        self.context.done(_("{alert}: acknowledged").format(alert=words.title(alert.rule, alert.labels)))

    @Slot(str, object)
    def _silence(self, comment: str, until: date) -> None:
        if self._detail is not None:
            work = partial(_silence, self.context.program, self._detail.alert, comment, until)
            self.ask(work, self._silenced, lane=Lane.WRITE)

    def _silenced(self, silence: Silence) -> None:
        self.context.done(answers.silence(silence))

    @Slot(str, str)
    def _close(self, outcome: str, comment: str) -> None:
        if self._detail is not None:
            work = partial(_close, self.context.program, self._detail.alert.id, outcome, comment)
            self.ask(work, self._closed, lane=Lane.WRITE)

    def _closed(self, action: Action) -> None:
        self.context.done(answers.outcome(action.value))

    @Slot()
    def _evaluate_now(self) -> None:
        self._evaluate.setEnabled(False)
        self.ask(partial(_evaluate, self.context.program), self._evaluated, self._not_evaluated, lane=Lane.WRITE)

    def _evaluated(self, done: Evaluation) -> None:
        self._evaluate.setEnabled(True)
        self.context.done(sentence(done.finding))
        self.refresh(None)

    def _not_evaluated(self, error: Exception) -> None:
        self._evaluate.setEnabled(True)
        self.context.failed(error)

    @Slot(object)
    def _open_exposures(self, country: str | None) -> None:
        self.context.open("exposures", country=country)

    def _written(self, place: Path, _notes: Any) -> None:
        self.context.done(_("Alerts written to {file}").format(file=place.name))


def _acknowledge(program: Program, alert_id: str, reason: str, until: date | None, owner: str, _job: Job) -> Alert:
    return program.monitoring.acknowledge(alert_id, reason, until, owner=owner)


def _silence(program: Program, alert: Alert, comment: str, until: date, _job: Job) -> Silence:
    """Of this rule and these labels, until the end of that day where the bank is."""
    end = datetime.combine(until, time.max).astimezone(UTC)
    return program.answering.silence({"rule": alert.rule.id, **alert.labels}, end, comment)


def _close(program: Program, alert_id: str, outcome: str, comment: str, _job: Job) -> Action:
    return program.answering.close(alert_id, Outcome(outcome), comment)


def _evaluate(program: Program, _job: Job) -> Evaluation:
    return program.monitoring.evaluate()
