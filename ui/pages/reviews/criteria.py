"""By which criteria a list was made, and the parameters that they depend on: set here, each change with its author."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.refusals import Misused, Refused
from app.wording import formats
from app.wording import parameters as words
from app.wording import reviews as review_words
from app.wording.sentences import refusal, sentence
from exposures.reviews.made import MadeList
from exposures.reviews.parameter import Parameter
from ui.pages.page import Context, Page
from ui.tables.column import Column
from ui.tables.view import TableView
from ui.tasks import Lane
from ui.widgets.text import label

#: How many changes of a parameter are told, the newest first.
_TOLD = 4


class Criteria(QObject):
    """Asks for a list's parameters, shows them, and sets one."""

    def __init__(self, page: Page, context: Context) -> None:
        super().__init__(page)
        self._page, self._context = page, context
        self.form: CriteriaForm | None = None
        page.items.sight.criteria.clicked.connect(self.show)

    @Slot()
    def show(self) -> None:
        """Show the criteria of the list in sight."""
        made = self._page.items.sight.made
        if made is not None and made.making is not None and not made.is_own:
            self._page.ask(partial(_parameters, self._context.program, made.id), partial(self._open, made))

    def _open(self, made: MadeList, found: tuple[Parameter, ...]) -> None:
        form = CriteriaForm(made, found, self._page)
        for button in (form.set_button, form.shipped_button):
            self._page.guard(button, "setting.put")
        form.wanted.connect(partial(self._set, form, made.id))
        form.shipped_wanted.connect(partial(self._reset, form, made.id))
        form.finished.connect(form.deleteLater)
        self.form = form
        form.open()

    def _set(self, form: "CriteriaForm", list_id: str, name: str, text: str) -> None:
        def work(job: Job) -> tuple[Parameter, ...]:
            self._context.program.calibrating.set(list_id, name, text)
            return _parameters(self._context.program, list_id, job)

        self._change(form, work)

    def _reset(self, form: "CriteriaForm", list_id: str, name: str) -> None:
        def work(job: Job) -> tuple[Parameter, ...]:
            self._context.program.calibrating.reset(list_id, name)
            return _parameters(self._context.program, list_id, job)

        self._change(form, work)

    def _change(self, form: "CriteriaForm", work: Callable[[Job], tuple[Parameter, ...]]) -> None:
        self._page.ask(work, partial(self._changed, form), partial(self._refused, form), lane=Lane.WRITE)

    def _changed(self, form: "CriteriaForm", found: tuple[Parameter, ...]) -> None:
        if form is self.form and form.isVisible():
            form.show_parameters(found)
        self._context.done(_("Set: it counts once the lists are made again"))

    def _refused(self, form: "CriteriaForm", error: Exception) -> None:
        if not isinstance(error, Refused | Misused) or form is not self.form or not form.isVisible():
            self._context.failed(error)
            return
        form.show_fault(formats.together(refusal(error)))


class CriteriaForm(QDialog):
    """`wanted(name, text)` to set a parameter, `shipped_wanted(name)` to have it as shipped."""

    wanted = Signal(str, str)
    shipped_wanted = Signal(str)

    def __init__(self, made: MadeList, parameters: Sequence[Parameter], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("criteria")
        self._made = made
        self._known: dict[str, Parameter] = {}
        title = _("Criteria of {id} {name}").format(id=made.id, name=review_words.list_name(made.id))
        self.setWindowTitle(title)
        self.table = TableView(
            (
                Column("what", lambda: _("Parameter"), stretch=1, priority=0),
                Column("value", lambda: _("Set to"), strong=True, priority=0),
                Column("shipped", lambda: _("As shipped"), priority=0),
                Column("changed", lambda: _("Changed"), priority=1),
            ),
            title=title,
            name="reviews.criteria",
        )
        self.table.setMinimumSize(680, 190)
        self.table.selected.connect(self._choose)
        self.applied, self.history, self.fault = (_wrapped("caption") for _place in range(3))
        self.value = QLineEdit()
        self.value.setAccessibleName(_("New value"))
        self.value.setPlaceholderText(_("New value"))
        self.value.returnPressed.connect(self._set)
        self.set_button, self.shipped_button, close = (
            QPushButton(text) for text in (_("Set"), _("As shipped"), _("Close"))
        )
        self.set_button.setProperty("k", "primary")
        self.set_button.clicked.connect(self._set)
        self.shipped_button.clicked.connect(self._reset)
        close.clicked.connect(self.reject)
        for button in (self.set_button, self.shipped_button, close):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.value)
        buttons.addWidget(self.set_button)
        buttons.addWidget(self.shipped_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        for part in (label("headline", title), self.applied):
            column.addWidget(part)
        column.addWidget(self._written(), 1)
        for part in (self.table, self.history, self.fault):
            column.addWidget(part)
        column.addLayout(buttons)
        self.resize(760, 620)
        self.show_parameters(parameters)

    def _written(self) -> QScrollArea:
        """The criteria as they were applied, one a line."""
        inside = QWidget()
        inside.setProperty("r", "clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        result = self._made.result
        self.said = [_wrapped("body") for _said in (result.criteria if result else ())]
        for line, said in zip(self.said, result.criteria if result else (), strict=True):
            line.setText(sentence(said))
            column.addWidget(line)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setProperty("r", "clear")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(_("The criteria as they were applied"))
        scroll.setWidget(inside)
        return scroll

    def show_parameters(self, parameters: Sequence[Parameter]) -> None:
        """Show what they are now; the chosen one stays chosen."""
        kept = self.table.current
        self._known = {one.name: one for one in parameters}
        self.table.rows.load(
            {
                "what": [words.meaning(one) for one in parameters],
                "value": [words.value(one) for one in parameters],
                "shipped": [words.shipped(one) for one in parameters],
                "changed": [formats.day(one.changes[-1].at.date()) if one.changes else "" for one in parameters],
            },
            keys=[one.name for one in parameters],
        )
        self.table.select(kept if kept in self._known else parameters[0].name)
        self.applied.setText(words.applied(self._made, parameters))
        self.fault.setText("")
        self._choose(self.table.current)

    def show_fault(self, text: str) -> None:
        """Say why a value was not taken; what was typed stays."""
        self.fault.setText(text)

    @Slot(object)
    def _choose(self, name: str | None) -> None:
        one = self._known.get(name or "")
        self.value.setText("" if one is None else one.value)
        self.history.setText("" if one is None else words.history(one, _TOLD))

    @Slot()
    def _set(self) -> None:
        if self.set_button.isEnabled() and self.table.current is not None:
            self.wanted.emit(self.table.current, self.value.text())

    @Slot()
    def _reset(self) -> None:
        if self.table.current is not None:
            self.shipped_wanted.emit(self.table.current)


def _wrapped(role: str) -> QLabel:
    made = label(role)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


def _parameters(program: Program, list_id: str, _job: Job) -> tuple[Parameter, ...]:
    return program.calibrating.parameters(list_id)
