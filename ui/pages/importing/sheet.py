"""The card "What stands in the sheet?": rows as they stand in the file, faulty cells in their colour."""

from PySide6.QtCore import QItemSelectionModel, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QPushButton

from app.i18n import gettext as _
from app.services.outcome import Outcome
from app.wording import formats
from app.wording import importing as words
from app.wording.sentences import sentence
from exposures import excerpt
from exposures.excerpt import Excerpt
from exposures.issues import Issue, Severity
from ui.tables.column import Column
from ui.tables.view import TableView
from ui.widgets.card import Card

_MARKS = {Severity.ERROR: "critical", Severity.WARNING: "warning", Severity.INFO: ""}
#: Signs of a cell that are shown; all of them are its tooltip.
_LONGEST = 26


class SheetCard(Card):
    """What stands in the sheet? `close_wanted` when the person has seen enough; `copied(str)` an address."""

    close_wanted = Signal()
    copied = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.outcome: Outcome | None = None
        self._issue: Issue | None = None
        self.sheets = QComboBox()  # of those that belong to the book; without others there is nothing to choose
        self.sheets.currentIndexChanged.connect(self._choose)
        self.corner.addWidget(self.sheets)
        self.copy = QPushButton()
        self.copy.setProperty("k", "small")
        self.copy.clicked.connect(self._copy)
        self.corner.addWidget(self.copy)
        self.close_link = self.add_link()
        self.close_link.clicked.connect(self.close_wanted)
        self.table = TableView((Column("row", lambda: "", priority=0),), title="", row="dense", name="import.sheet")
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.body.addWidget(self.table, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What stands in the sheet?"))
        self.copy.setText(_("Copy address"))
        self.copy.setToolTip(_("For Excel’s name box"))
        self.close_link.setText(_("Close"))
        self.sheets.setAccessibleName(_("Sheet that is shown"))
        self.table.setAccessibleName(_("Rows of the sheet as they stand in the file"))
        if self.outcome is not None:
            self.show_outcome(self.outcome)

    @property
    def shown(self) -> Excerpt:
        """Rows of the sheet in sight."""
        found = self.outcome.excerpts if self.outcome is not None else ()
        return found[max(0, self.sheets.currentIndex())] if found else Excerpt()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the first rows and those with something to say; of another outcome the sheet with the lines."""
        kept = self.shown.sheet if self.outcome is outcome else ""
        self.outcome = outcome
        names = [shown.sheet for shown in outcome.excerpts]
        self.sheets.blockSignals(True)
        self.sheets.clear()
        for shown in outcome.excerpts:
            count = shown.problems(outcome.issues)
            told = _("{sheet} ({problems})").format(sheet=_short(shown.sheet), problems=formats.number(count))
            self.sheets.addItem(told if count else _short(shown.sheet))
        self.sheets.setCurrentIndex(names.index(kept) if kept in names else 0)
        self.sheets.blockSignals(False)
        self.sheets.setVisible(len(names) > 1)
        self._fill()

    @Slot(int)
    def _choose(self, _place: int) -> None:
        self._fill()

    def _fill(self) -> None:
        outcome = self.outcome
        if outcome is None:
            return
        self._issue, shown = None, self.shown
        self.table.set_columns(_columns(shown))
        tones: dict[tuple[int, str], str] = {}
        notes: dict[tuple[int, str], list[str]] = {}
        for issue in sorted(outcome.issues, key=lambda issue: list(Severity).index(issue.severity), reverse=True):
            if issue.sheet == shown.sheet and (row := excerpt.row_of(issue)):
                place = row, issue.cell.rstrip("0123456789")
                tones[place] = _MARKS[issue.severity]
                notes.setdefault(place, []).append(words.message(issue))
        data: dict[str, list[object]] = {"row": [formats.number(row.number) for row in shown.rows]}
        for at, letters in enumerate(shown.letters):
            texts = [row.cells[at] for row in shown.rows]
            places = [(row.number, letters) for row in shown.rows]
            data[letters] = [_short(text) for text in texts]
            data[f"{letters} tone"] = [tones.get(place, "") for place in places]
            data[f"{letters} note"] = [
                formats.together([text, *notes.get(place, [])]) if place in notes or len(text) > _LONGEST else ""
                for text, place in zip(texts, places, strict=True)
            ]
        self.table.rows.load(data, keys=[row.number for row in shown.rows])
        self._say()

    def jump(self, issue: Issue) -> bool:
        """Bring the cell of an issue into view, in its sheet, and frame it; False where its row is not shown."""
        names = [one.sheet for one in self.outcome.excerpts] if self.outcome is not None else []
        if issue.sheet in names:
            self.sheets.setCurrentIndex(names.index(issue.sheet))
        shown = self.shown
        self._issue = issue
        self._say()
        row, letters = excerpt.row_of(issue), issue.cell.rstrip("0123456789")
        if letters not in shown.letters or not shown.holds(issue.sheet, row):
            self.table.pin(None, "")
            return False
        self.table.pin(row, letters)
        index = self.table.rows.index(self.table.rows.row_of(row), self.table.rows.place[letters])
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.table.scrollTo(index, TableView.ScrollHint.PositionAtCenter)
        return True

    def _say(self) -> None:
        if self.outcome is None:
            return
        self.copy.setVisible(self._issue is not None)
        if self._issue is None:
            self.say(sentence(excerpt.answer(self.shown)))
            return
        at = self._issue.cell or self._issue.sheet
        self.say(_("{cell}: {message}").format(cell=at, message=words.message(self._issue)))

    @Slot()
    def _copy(self) -> None:
        """The cell's address to the clipboard: Excel's name box takes it."""
        if self._issue is not None:
            address = f"'{self._issue.sheet}'!{self._issue.cell}" if self._issue.cell else self._issue.sheet
            QGuiApplication.clipboard().setText(address)
            self.copied.emit(self._issue.cell or self._issue.sheet)


def _columns(shown: Excerpt) -> list[Column]:
    """One for the number of the row, and one a column of the sheet under its letters and its header."""
    made = [Column("row", lambda: "", quiet=True, priority=0)]
    for letters, header in zip(shown.letters, shown.headers, strict=True):
        text = _("{column} {header}").format(column=letters, header=_short(header)) if header else letters
        made.append(Column(letters, lambda text=text: text, tone=f"{letters} tone", note=f"{letters} note", priority=0))
    return made


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
