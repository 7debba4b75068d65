"""Rules: what is watched, with which lines, and what that would have meant."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from alerts.rule import Rule
from app.events import Event, ReviewsChanged
from app.i18n import gettext as _
from app.i18n import ngettext
from app.jobs import Job
from app.services.ruling import Tested, Tried
from ui.pages.page import Context, Page
from ui.pages.rules.editor import EditorCard
from ui.pages.rules.listing import ListCard
from ui.pages.rules.past import PastCard
from ui.pages.rules.seen import Detail, Seen, fetch, fetch_detail, restore, run_tests, save, tried_again, try_out
from ui.tasks import Lane
from ui.widgets import icons


class RulesPage(Page):
    """The list, the form, and the past."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._detail: Detail | None = None
        self._wanted: str | None = None
        self._tests = self.button()
        self._tests.clicked.connect(self._choose_tests)
        self._export_button = self.button()
        self._export_button.clicked.connect(self.export)
        self.list, self.editor = ListCard(context.state), EditorCard(context.state)
        self.past = PastCard(context.state)
        grid = self.columns()
        grid.addWidget(self.list, 0, 0, 1, 3)
        grid.addWidget(self.editor, 0, 3, 1, 4)
        grid.addWidget(self.past, 0, 7, 1, 5)
        grid.setRowStretch(0, 1)
        self.list.chosen.connect(self._choose)
        self.editor.tried.connect(self._try)
        self.editor.saved.connect(self._save)
        self.editor.restored.connect(self._restore)
        self.past.moved.connect(self.editor.set_line)
        self.guard(self.editor.save, "rule.set")
        self.guard(self.editor.restore, "rule.set")

    # ------------------------------------------------------------------ the page protocol

    def retranslate(self) -> None:
        """Set every text anew."""
        self.header.title.setText(_("Rules"))
        self._tests.setText(_("Run rule tests"))
        self._export_button.setText(_("Export"))
        self._export_button.setIcon(icons.icon("export"))
        for card in (self.list, self.editor, self.past):
            card.mark_sample(self.context.sample and card is self.past)
            card.retranslate()

    def refresh(self, event: Event | None = None) -> None:
        """Ask for the list again."""
        if not isinstance(event, ReviewsChanged):
            self.ask(partial(fetch, self.context.program), self._show, about="list")

    def show_target(self, **what: Any) -> None:
        """Show one rule (`rule="E9"`)."""
        if "rule" in what:
            self._wanted = str(what["rule"])
            self.list.table.select(self._wanted)

    def export(self) -> None:
        """Ctrl+E: all rules as a rule file."""
        name, _kind = QFileDialog.getSaveFileName(self, _("Export rules"), "rules.toml", _("Rule file (*.toml)"))
        if name:
            self.export_to(Path(name))

    def export_to(self, place: Path) -> None:
        """Write the rule file, in a worker."""
        self.ask(partial(_write, place, self.context.program.ruling.export), partial(self._written, place))

    def test(self, place: Path) -> None:
        """Run a file of rule tests, in a worker."""
        self.ask(partial(run_tests, self.context.program, place), self._tested, about="tests")

    # ------------------------------------------------------------------ showing

    def _show(self, seen: Seen) -> None:
        count = len(seen.rules)
        self.header.scope.setText(
            ngettext("{count} rule, {lacking} not evaluable", "{count} rules, {lacking} not evaluable", count).format(
                count=count, lacking=len(seen.lacks)
            )
        )
        self.list.show_seen(seen)
        if self._wanted is not None:
            self.list.table.select(self._wanted)
            self._wanted = None

    @Slot(object)
    def _choose(self, rule_id: str | None) -> None:
        if rule_id is None:
            self._detail = None
            self.editor.show_nothing()
            self.past.show_nothing()
            return
        self.ask(partial(fetch_detail, self.context.program, rule_id), self._show_detail, about="rule")

    def _show_detail(self, detail: Detail) -> None:
        if detail.rule.id != self.list.table.current:
            return  # another was chosen meanwhile
        self._detail = detail
        self.editor.show_detail(detail)
        self.past.show_detail(detail)

    @Slot(object)
    def _try(self, rule: Rule) -> None:
        if self._detail is None:
            return
        program, was = self.context.program, self._detail.rule
        if rule.condition == was.condition and self._detail.tried.pasts:
            work = partial(tried_again, program, rule, self._detail.tried.pasts)
        else:
            work = partial(try_out, program, rule)
        self.ask(work, partial(self._tried, rule.id), about="past")

    def _tried(self, rule_id: str, tried: Tried) -> None:
        if self._detail is not None and self._detail.rule.id == rule_id:
            self.past.show_tried(tried)

    def _tested(self, tested: Tested) -> None:
        self.past.show_test(tested)

    # ------------------------------------------------------------------ doing

    @Slot()
    def _choose_tests(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Run rule tests"), "", _("Rule tests (*.toml)"))
        if name:
            self.test(Path(name))

    @Slot(object, str)
    def _save(self, rule: Rule, reason: str) -> None:
        self.ask(partial(save, self.context.program, rule, reason), self._saved, lane=Lane.WRITE)

    @Slot(int, str)
    def _restore(self, version: int, reason: str) -> None:
        if self._detail is not None:
            work = partial(restore, self.context.program, self._detail.rule.id, version, reason)
            self.ask(work, self._saved, lane=Lane.WRITE)

    def _saved(self, rule: Rule) -> None:
        self.context.done(_("Rule {id} is version {version} now").format(id=rule.id, version=rule.version))
        self.refresh(None)
        self._choose(rule.id)

    def _written(self, place: Path, _notes: Any) -> None:
        self.context.done(_("Rules written to {file}").format(file=place.name))


def _write(place: Path, text: Any, _job: Job) -> None:
    place.write_text(text(), "utf-8")
