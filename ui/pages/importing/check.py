"""The cards of the check: which column is which, does it reconcile."""

from decimal import Decimal

from PySide6.QtCore import Signal

from app.i18n import gettext as _
from app.services.importing import Outcome
from app.wording import formats, terms
from app.wording import importing as words
from app.wording import preview as preview_words
from app.wording.sentences import sentence
from exposures import preview
from exposures.currencies import minor_units
from exposures.issues import Issue, Rule, Severity
from exposures.preview import Closing
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card


class ColumnsCard(Card):
    """Which column is which? `edit_wanted` when the person wants to say otherwise."""

    edit_wanted = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._outcome: Outcome | None = None
        self.edit = self.add_link()
        self.edit.clicked.connect(self.edit_wanted)
        self.table = TableView(
            (
                Column("letters", lambda: _("Col"), quiet=True, priority=0),
                Column("header", lambda: _("Header in file"), stretch=1, width=70, priority=1, note="header"),
                Column("field", lambda: _("Field"), stretch=1, width=70, tone="tone", note="samples", priority=1),
                Column("mark", lambda: "", Kind.TICK, detail="word", priority=0),
            ),
            title="",
            row="dense",
            name="import.columns",
            state=state,
        )
        self.body.addWidget(self.table, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which column is which?"))
        self.edit.setText(_("Edit"))
        self.table.setAccessibleName(_("Columns of the file and their fields"))
        if self._outcome is not None:
            self.show_outcome(self._outcome)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show how the file's columns were read."""
        self._outcome = outcome
        read = [column for column in outcome.columns if column.field is not None]
        left_out = len(outcome.columns) - len(read)
        self.say(sentence(preview.columns(len(read), left_out, outcome.issues)))
        doubtful = {
            issue.field for issue in outcome.issues if issue.severity is not Severity.INFO and _of_header(issue)
        }
        marks = [
            "nodata" if column.field is None else "warning" if column.field in doubtful else "ok"
            for column in outcome.columns
        ]
        mark_words = {"nodata": _("Not imported"), "warning": _("Check the unit or header"), "ok": _("Matched")}
        self.table.rows.load(
            {
                "letters": [column.letters for column in outcome.columns],
                "header": [column.header for column in outcome.columns],
                "field": [
                    _("Not imported") if column.field is None else terms.field(column.field)
                    for column in outcome.columns
                ],
                "tone": ["nodata" if column.field is None else "" for column in outcome.columns],
                "samples": [", ".join(column.samples) for column in outcome.columns],
                "mark": marks,
                "word": [mark_words[mark] for mark in marks],
            },
            keys=[column.letters for column in outcome.columns],
        )
        name = outcome.mapping.name if outcome.mapping else ""
        self.add_note(
            {
                "given": _("Layout “{name}”, as chosen.").format(name=name),
                "recognised": _("Layout “{name}”, recognised by its headers.").format(name=name),
                "proposed": _("Proposed from the headers; it is not saved."),
            }.get(outcome.mapping_origin, "")
        )


def _of_header(issue: Issue) -> bool:
    return issue.rule.value.startswith(("header", "merged_header", "hidden_column", "field"))


class ReconciliationCard(Card):
    """Does it reconcile? The file's sums against what would be stored and what is set aside.

    `controls_wanted` when the person has totals to compare with, `sheet_wanted` to see the rows themselves.
    """

    controls_wanted, sheet_wanted = Signal(), Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._outcome: Outcome | None = None
        self.controls, self.sheet = self.add_link(), self.add_link()
        self.controls.clicked.connect(self.controls_wanted)
        self.sheet.clicked.connect(self.sheet_wanted)
        self.table = TableView(
            (
                Column("what", lambda: _("Amount and country, millions"), stretch=1, indent="depth", priority=0),
                Column("file", lambda: _("File"), Kind.NUMBER, decimals=2, note="exact", priority=0),
                Column("stored", lambda: _("To import"), Kind.NUMBER, decimals=2, priority=1),
                Column("aside", lambda: _("Set aside"), Kind.NUMBER, decimals=2, priority=1),
                Column("difference", lambda: _("Difference"), Kind.NUMBER, decimals=2, strong=True, priority=0),
                Column("state", lambda: "", Kind.SEVERITY, detail="word", priority=0),
            ),
            title="",
            name="import.reconciliation",
            state=state,
        )
        self.body.addWidget(self.table, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Does it reconcile?"))
        self.controls.setText(_("Control totals"))
        self.controls.setToolTip(_("Compare with totals that you were given beside the file"))
        self.sheet.setText(_("Show the sheet"))
        self.table.setAccessibleName(_("Sums of the file against what would be stored"))
        if self._outcome is not None:
            self.show_outcome(self._outcome)

    def show_outcome(self, outcome: Outcome) -> None:
        """Sums per amount and currency, and beneath each the countries, the largest first."""
        self._outcome = outcome
        rows: list[tuple[str, int, Decimal, Decimal, Decimal, Decimal, Closing]] = []
        closings = []
        groups: dict[tuple[str, str | None], list[int]] = {}
        for place, found in enumerate(outcome.reconciliation):
            groups.setdefault((found.field, found.currency), []).append(place)
        for (name, currency), places in groups.items():
            parts = [outcome.reconciliation[place] for place in places]
            smallest = Decimal(1).scaleb(-minor_units(currency or "USD"))
            each = [preview.closing(part.difference, part.rows, smallest) for part in parts]
            closings += each
            worst = max(each, key=list(Closing).index)
            title = _("{field}, {currency}").format(field=terms.field(name), currency=currency or _("no currency"))
            sums = [sum((getattr(part, key) for part in parts), Decimal(0)) for key in _SUMS]
            rows.append((title, 0, *sums, worst))  # type: ignore[arg-type]
            for part, one in sorted(zip(parts, each, strict=True), key=lambda pair: -pair[0].in_file):
                rows.append((terms.country(part.country), 1, *(getattr(part, key) for key in _SUMS), one))  # type: ignore[arg-type]
        unreadable = sum(found.unreadable for found in outcome.reconciliation)
        self.say(sentence(preview.reconciles(closings, outcome.quarantined, unreadable)))
        states = [preview_words.closing(row[6].value) for row in rows]
        self.table.rows.load(
            {
                "what": [row[0] for row in rows],
                "depth": [row[1] for row in rows],
                "file": [row[2] / formats.MILLION for row in rows],
                "stored": [row[3] / formats.MILLION for row in rows],
                "aside": [row[4] / formats.MILLION for row in rows],
                "difference": [row[5] / formats.MILLION for row in rows],
                "exact": [f"{row[2]:,f}" for row in rows],
                "state": [state for state, _word in states],
                "word": [word for _state, word in states],
            }
        )
        told = [issue for issue in outcome.issues if issue.rule in (Rule.CONTROL_AGREES, Rule.CONTROL_DIFFERS)]
        self.add_note(formats.together([words.message(issue) for issue in told]))


_SUMS = ("in_file", "stored", "quarantined", "difference")
