"""The card "What is wrong?": everything found in the file, cell by cell, the gravest first."""

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.i18n import gettext as _
from app.services.importing import Outcome
from app.wording import formats, terms
from app.wording import importing as words
from app.wording.sentences import sentence
from exposures import preview
from exposures.issues import Issue, Severity
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.filter_box import FilterBox
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.choice import Segments
from ui.widgets.text import label

_CELLS = 8  # of a row, shown beneath the table
_MARKS = {Severity.ERROR: "critical", Severity.WARNING: "warning", Severity.INFO: "ok"}


class IssuesCard(Card):
    """What is wrong? Every finding with its cell; `export_wanted` writes the list, `mark_wanted` the marked sheet."""

    export_wanted = Signal()
    mark_wanted = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self.outcome: Outcome | None = None
        self._issues: list[Issue] = []  # the gravest first
        self.level = Segments(["all", "error", "warning"], "all")
        self.level.chosen.connect(self._choose)
        self.table = TableView(
            (
                Column("cell", lambda: _("Cell"), Kind.LINK, priority=0),
                Column("level", lambda: _("Level"), Kind.SEVERITY, detail="word", priority=0),
                Column("field", lambda: _("Field"), priority=3),
                Column("value", lambda: _("Value in file"), width=112, priority=2, note="value"),
                Column("message", lambda: _("What is wrong"), stretch=3, width=250, priority=1, note="message"),
                Column("suggestion", lambda: _("Suggestion"), priority=4, fades=True),
            ),
            title="",
            name="import.issues",
            state=state,
        )
        self.filter = FilterBox(self.table)
        self.filter.setFixedWidth(130)
        self.export = QPushButton()
        self.export.setProperty("k", "small")
        self.export.clicked.connect(self.export_wanted)
        self.mark = QPushButton()
        self.mark.setProperty("k", "small")
        self.mark.clicked.connect(self.mark_wanted)
        for part in (self.filter, self.level, self.mark, self.export):
            self.corner.addWidget(part)
        self.body.addWidget(self.table, 1)
        self._detail = label("small")
        self._detail.setWordWrap(True)
        self._detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.body.addWidget(self._detail)
        self.table.selected.connect(self._tell)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What is wrong?"))
        self.export.setText(_("Export list"))
        self.mark.setText(_("Mark cells"))
        self.mark.setToolTip(_("The sheet with its faulty cells marked, to be sent back"))
        self.table.setAccessibleName(_("What was found in the file, cell by cell"))
        self._fill_levels()
        if self.outcome is not None:
            self.show_outcome(self.outcome)

    def _fill_levels(self) -> None:
        issues = self.outcome.issues if self.outcome else ()
        errors = sum(issue.severity is Severity.ERROR for issue in issues)
        checks = sum(issue.severity is Severity.WARNING for issue in issues)
        self.level.fill(
            [
                _("All {count}").format(count=len(issues)),
                _("Must fix {count}").format(count=errors),
                _("Please check {count}").format(count=checks),
            ]
        )

    def show_outcome(self, outcome: Outcome) -> None:
        """Show everything the file was found to have."""
        self.outcome = outcome
        order = list(Severity)
        self._issues = issues = sorted(outcome.issues, key=lambda issue: order.index(issue.severity))
        self._fill_levels()
        self.say(sentence(preview.problems(issues, outcome.rows_read, outcome.quarantined)))
        self.export.setEnabled(bool(issues))
        self.mark.setEnabled(any(issue.severity is not Severity.INFO and issue.cell for issue in issues))
        self._detail.clear()
        self.table.rows.load(
            {
                "cell": [f"{issue.sheet}!{issue.cell}" if issue.cell else issue.sheet for issue in issues],
                "level": [_MARKS[issue.severity] for issue in issues],
                "word": [words.severity(issue.severity) for issue in issues],
                "field": [terms.column(issue.field) if issue.field else "" for issue in issues],
                "value": [issue.value or _("(empty)") for issue in issues],
                "message": [words.message(issue) for issue in issues],
                "suggestion": [_suggested(issue) for issue in issues],
            }
        )
        self._choose(self.level.current)
        if issues:
            self.show_content()
        else:
            self.show_empty("check", _("Nothing to mend"), _("Every row was read as it stands."))
            self.say(sentence(preview.problems(issues, outcome.rows_read, outcome.quarantined)))

    @Slot(str)
    def _choose(self, level: str) -> None:
        if self.outcome is None:
            return
        wanted = np.array([level in ("all", issue.severity.value) for issue in self._issues], bool)
        self.table.rows.filter_rows(wanted)

    def issue(self, key: int) -> Issue:
        """The issue of a row's key."""
        return self._issues[key]

    @Slot(object)
    def _tell(self, place: int) -> None:
        """The whole message beneath the table, where a column would cut it."""
        if self.outcome is not None:
            issue = self._issues[place]
            self._detail.setText(formats.together([words.message(issue), _row_of(self.outcome, issue)]))


def _row_of(outcome: Outcome, issue: Issue) -> str:
    """The row as it stands in the file, where it was set aside."""
    rows = outcome.quarantined_rows
    number = issue.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if not number or rows.empty:
        return ""
    found = rows[(rows["source_row"] == int(number)) & (rows["source_sheet"] == issue.sheet)]
    if found.empty:
        return ""
    cells = list(found.iloc[0]["cells"].items())[:_CELLS]
    told = _(", ").join(_("{header} {value}").format(header=header, value=value) for header, value in cells)
    return _("Row {row}: {cells}").format(row=number, cells=told)


def _suggested(issue: Issue) -> str:
    """What the person may have meant, in words where it is a code."""
    if not issue.suggestion:
        return ""
    if issue.field == "loan_class":
        return terms.loan_class(issue.suggestion) or issue.suggestion
    if issue.field.endswith("country"):
        return _("{country} ({code})").format(country=terms.country(issue.suggestion), code=issue.suggestion)
    return issue.suggestion
