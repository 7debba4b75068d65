"""Forms of two-person steps: entering a figure, checking what another entered, proposing and approving a level."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.i18n import gettext as _
from app.series.catalogue import SERIES
from app.storage.entries import Entry
from app.storage.levels import Level
from app.storage.persons import person_id
from app.wording import countries as words
from app.wording import formats, terms
from app.wording.liquidity import series_title, unit_label
from exposures.country_risk import LEVELS
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.reason import Reason
from ui.widgets.text import label


class EnterForm(QDialog):
    """A figure with its date and source; `value()` once it was accepted."""

    def __init__(self, series: Sequence[str], chosen: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Enter a value"))
        self.series = QComboBox()
        for id in series:
            self.series.addItem(f"{series_title(SERIES[id].title)} ({id})", id)
        self.series.setCurrentIndex(max(0, self.series.findData(chosen)))
        self.series.setAccessibleName(_("Series"))
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setMaximumDate(QDate(today.year, today.month, today.day))
        self.day.setAccessibleName(_("Date of the figure"))
        self.figure, self.source, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.figure.setAccessibleName(_("Value"))
        self.source.setAccessibleName(_("Source"))
        self.note.setAccessibleName(_("Note"))
        self._unit, self._fault = label("small"), label("fault")
        self.series.currentIndexChanged.connect(self._tell_unit)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        parts = ((_("Series"), self.series), (_("Date"), self.day), (_("Value"), self.figure))
        for row, (text, field) in enumerate((*parts, (_("Source"), self.source), (_("Note"), self.note))):
            grid.addWidget(label("label", text), row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self._unit, 2, 2)
        grid.addWidget(self._fault, 5, 1, 1, 2)
        text = _("It counts once another person accepts it. A correction is a new value; both stay on record.")
        self.done_button = _frame(
            self, _("Enter a value"), text, grid, _("Enter value"), _("Keep as it is"), self._check
        )
        self.setMinimumWidth(460)
        self._tell_unit()
        self.figure.setFocus()

    def value(self) -> tuple[str, date, float, str, str]:
        """Series, date, value in its unit, source and note."""
        on = self.day.date()
        day = date(on.year(), on.month(), on.day())
        return self._id(), day, self._number() or 0.0, self.source.text(), self.note.text()

    def _id(self) -> str:
        return str(self.series.currentData())

    def _tell_unit(self) -> None:
        self._unit.setText(unit_label(SERIES[self._id()].unit) if self.series.count() else "")

    def _number(self) -> float | None:
        text = self.figure.text().replace(",", "").replace(" ", "").replace(formats.MINUS, "-")
        try:
            return float(text)
        except ValueError:
            return None

    def _check(self) -> None:
        if self._number() is None:
            self._fault.setText(_("Not a number: write digits, such as 418 or -9.8."))
            self.figure.setFocus()
        elif not self.source.text().strip():
            self._fault.setText(_("Say where the figure comes from."))
            self.source.setFocus()
        else:
            self.accept()


class CheckForm(QDialog):
    """What waits for a second person; `decided(numbers, accept, reason)`. Own entries cannot be accepted."""

    decided = Signal(object, bool, str)

    def __init__(self, waiting: Sequence[Entry], user: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Check entered values"))
        self._waiting = {one.id: one for one in waiting}
        self._user = user
        self.table = TableView(
            (
                Column("series", lambda: _("Series"), priority=0),
                Column("on", lambda: _("Date"), Kind.DATE, priority=0),
                Column("value", lambda: _("Value"), priority=0),
                Column("source", lambda: _("Source"), stretch=1, priority=1),
                Column("who", lambda: _("Entered by"), priority=0),
            ),
            title=_("Values that wait for a second person"),
            name="countries.waiting",
        )
        self.table.setMinimumSize(620, 180)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Reason; needed to return"))
        self._why = label("caption")
        self._why.setWordWrap(True)
        self.accept_button, self.return_button = QPushButton(_("Accept value")), QPushButton(_("Return value"))
        self.all_button, close = QPushButton(_("Accept all of others")), QPushButton(_("Close"))
        self.accept_button.setProperty("k", "primary")
        self.accept_button.clicked.connect(lambda: self._decide(accept=True))
        self.return_button.clicked.connect(lambda: self._decide(accept=False))
        self.all_button.clicked.connect(self._accept_all)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (close, self.return_button, self.all_button, self.accept_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("headline", _("Check entered values")))
        for part in (self.table, self.reason, self._why):
            column.addWidget(part)
        column.addLayout(buttons)
        self.table.selected.connect(self._chosen)
        self.table.rows.load(
            {
                "series": [one.draft.series_id for one in waiting],
                "on": [one.draft.date for one in waiting],
                "value": [_worded(one) for one in waiting],
                "source": [one.draft.source for one in waiting],
                "who": [one.who for one in waiting],
            },
            keys=[one.id for one in waiting],
        )
        self._number: int | None = None
        if waiting:
            self.table.select(waiting[0].id)
            self._chosen(waiting[0].id)
        others = [one.id for one in waiting if not self._own(one)]
        self.all_button.setEnabled(bool(others))

    def _own(self, one: Entry) -> bool:
        return person_id(one.who) == person_id(self._user)

    def _chosen(self, number: int) -> None:
        self._number = number
        own = self._own(self._waiting[number])
        self.accept_button.setDisabled(own)
        self.return_button.setDisabled(own)
        self._why.setText(_("You entered it; another person has to check it.") if own else "")

    def _decide(self, *, accept: bool) -> None:
        if not accept and not self.reason.text().strip():
            self._why.setText(_("To return a value needs a reason."))
            self.reason.setFocus()
        elif self._number is not None:
            self.decided.emit([self._number], accept, self.reason.text())
            self.accept()

    def _accept_all(self) -> None:
        self.decided.emit([one.id for one in self._waiting.values() if not self._own(one)], True, "")
        self.accept()


class LevelForm(QDialog):
    """Propose a level with a rationale, or decide on what another proposed.

    `proposed(level, rationale)`, `decided(number, approve, reason)`.
    """

    proposed = Signal(str, str)
    decided = Signal(int, bool, str)

    def __init__(
        self, country: str, level: Level | None, waiting: Sequence[Level], user: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        name = terms.country(country)
        self.setWindowTitle(_("Country-risk level of {country}").format(country=name))
        self._waiting = waiting[0] if waiting else None
        self.return_button: QPushButton | None = None
        self.level = QComboBox()
        for code in LEVELS:
            self.level.addItem(words.level(code), code)
        now = self._waiting or level
        self.level.setCurrentIndex(max(0, self.level.findData(now.level if now is not None else "medium")))
        self.level.setAccessibleName(_("Country-risk level"))
        self.rationale = Reason()
        self.rationale.setAccessibleName(_("Rationale"))
        self._fault = label("fault")
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        if self._waiting is None:
            text = _("It is in force once another person approves it. Earlier levels stay on record.")
            grid.addWidget(label("label", _("Level")), 0, 0)
            grid.addWidget(self.level, 0, 1)
            grid.addWidget(label("label", _("Rationale")), 1, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.rationale, 1, 1)
            grid.addWidget(self._fault, 2, 1)
            self.done_button = _frame(
                self, self.windowTitle(), text, grid, _("Propose level"), _("Keep as it is"), self._propose
            )
        else:
            one = self._waiting
            text = _("{who} proposes {level} on {day}: {rationale}").format(
                who=one.who,
                level=words.level(one.level),
                day=formats.day(one.at.astimezone().date()),
                rationale=one.rationale,
            )
            grid.addWidget(label("label", _("Reason")), 0, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.rationale, 0, 1)
            grid.addWidget(self._fault, 1, 1)
            self.return_button = QPushButton(_("Return proposal"))
            self.return_button.clicked.connect(self._return)
            grid.addWidget(self.return_button, 2, 1, Qt.AlignmentFlag.AlignRight)
            self.done_button = _frame(
                self, self.windowTitle(), text, grid, _("Approve level"), _("Decide later"), self._approve
            )
            own = person_id(one.who) == person_id(user)
            self.done_button.setDisabled(own)
            self.return_button.setDisabled(own)
            if own:
                self._fault.setText(_("You proposed it; another person has to decide."))
        self.setMinimumWidth(440)

    def _propose(self) -> None:
        text = self.rationale.toPlainText().strip()
        if not text:
            self._fault.setText(_("Say why, in a sentence."))
            self.rationale.setFocus()
            return
        self.proposed.emit(str(self.level.currentData()), text)
        self.accept()

    def _approve(self) -> None:
        if self._waiting is not None:
            self.decided.emit(self._waiting.id, True, self.rationale.toPlainText().strip())
            self.accept()

    def _return(self) -> None:
        text = self.rationale.toPlainText().strip()
        if not text:
            self._fault.setText(_("To return a proposal needs a reason."))
            self.rationale.setFocus()
        elif self._waiting is not None:
            self.decided.emit(self._waiting.id, False, text)
            self.accept()


def _frame(form: QDialog, title: str, text: str, grid: QGridLayout, verb: str, keep: str, check: object) -> QPushButton:
    """Headline, what it does, the fields, and the two buttons; gives the one that does it."""
    explained = label("small", text)
    explained.setWordWrap(True)
    done, kept = QPushButton(verb), QPushButton(keep)
    done.setProperty("k", "primary")
    done.setDefault(True)
    kept.clicked.connect(form.reject)
    done.clicked.connect(check)
    buttons = QHBoxLayout()
    buttons.addStretch(1)
    buttons.addWidget(kept)
    buttons.addWidget(done)
    column = QVBoxLayout(form)
    column.setContentsMargins(20, 16, 20, 16)
    column.setSpacing(12)
    column.addWidget(label("headline", title))
    column.addWidget(explained)
    column.addLayout(grid)
    column.addLayout(buttons)
    return done


def _worded(one: Entry) -> str:
    unit = SERIES[one.draft.series_id].unit
    return f"{words.figure(one.draft.value, unit)} {words.unit(unit, one.draft.value)}".strip()
