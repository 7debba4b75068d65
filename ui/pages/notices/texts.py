"""The texts of notices: both languages side by side over a real item, what is wrong with them, and their versions."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app import i18n
from app.i18n import gettext as _
from app.notifications import templating
from app.services.phrasing import Look, Specimen, Standing
from app.storage.persons import person_id
from app.storage.templates import Version
from app.wording import formats
from app.wording import phrasing as words
from app.wording.notifications import language_name
from exposures.reviews.item import ReviewItem
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.text import label

_MARKS = {None: "pending", True: "done", False: "nodata"}
#: More faults than these are counted, not told: the first ones often make the others.
_TOLD = 4


class TextsForm(QDialog):
    """`proposed(name, texts, reason)`, `restored(name, reason)`, `decided(number, approve, reason)`;
    `look_wanted(name, item id, texts)` asks for previews, which are handed to `show_looks`.
    """

    proposed = Signal(str, object, str)
    restored = Signal(str, str)
    decided = Signal(int, bool, str)
    look_wanted = Signal(str, str, object)

    def __init__(
        self,
        standings: Sequence[Standing],
        items: Mapping[str, Sequence[ReviewItem]],
        user: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("texts")
        self.setWindowTitle(_("Texts of notices"))
        self.resize(1180, 660)
        self._standings = {one.name: one for one in standings}
        self._items, self._user = items, person_id(user)
        self._sound = False
        self.specimen: Specimen | None = None
        self.list = TableView(
            (Column("name", lambda: _("Text"), Kind.TWO_LINE, detail="origin", stretch=1, priority=0),),
            title=_("Texts of notices"), row="two_line", name="notices.texts",
        )  # fmt: skip
        self.list.setFixedHeight(132)
        self.past = TableView(
            (
                Column("state", lambda: _("State"), Kind.SEVERITY, detail="word", priority=0),
                Column("when", lambda: _("Version"), Kind.TWO_LINE, detail="why", note="whole", stretch=1, priority=0),
            ),
            title=_("Versions, newest first"), row="two_line", name="notices.versions",
        )  # fmt: skip
        self.item = QComboBox()
        self.item.setAccessibleName(_("Previewed item"))
        self.item.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.editors = {code: _text(read_only=False) for code in i18n.LANGUAGES}
        self.previews = {code: _text(read_only=True) for code in i18n.LANGUAGES}
        for code in i18n.LANGUAGES:
            language = language_name(code)
            self.editors[code].setAccessibleName(_("Text, {language}").format(language=language))
            self.previews[code].setAccessibleName(_("Preview, {language}").format(language=language))
            self.previews[code].setPlaceholderText(_("No preview: what is wrong is said below."))
        self.faults, self.fields, self.state = label("small"), label("caption"), label("caption")
        for part in (self.faults, self.fields, self.state):
            part.setWordWrap(True)
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Reason; the second person reads it"))
        self.propose_button, self.restore_button = QPushButton(_("Propose text")), QPushButton(_("Back to shipped"))
        self.approve_button, self.return_button = QPushButton(_("Release")), QPushButton(_("Return"))
        close = QPushButton(_("Close"))
        self.propose_button.setProperty("k", "primary")
        for button in (self.restore_button, self.return_button, self.approve_button, close):
            button.setAutoDefault(False)
        self._lay_out(close)
        close.clicked.connect(self.reject)
        self.propose_button.clicked.connect(self._propose)
        self.restore_button.clicked.connect(self._restore)
        self.approve_button.clicked.connect(partial(self._decide, approve=True))
        self.return_button.clicked.connect(partial(self._decide, approve=False))
        self.reason.textChanged.connect(self._offer)
        self.item.currentIndexChanged.connect(self._look)
        for editor in self.editors.values():
            editor.textChanged.connect(self._look)
        self._load()

    def _lay_out(self, close: QPushButton) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list)
        left.addWidget(self.state)
        left.addWidget(label("label", _("Versions, newest first")))
        left.addWidget(self.past, 1)
        head = QHBoxLayout()
        head.addWidget(label("label", _("Preview on")))
        head.addWidget(self.item, 1)
        grid = QGridLayout()
        grid.setSpacing(8)
        for column, code in enumerate(i18n.LANGUAGES):
            grid.addWidget(label("label", language_name(code)), 0, column)
            grid.addWidget(self.editors[code], 1, column)
            grid.addWidget(self.previews[code], 2, column)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(1, 3)
        grid.setRowStretch(2, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.reason, 1)
        for button in (self.return_button, self.approve_button, self.restore_button, close, self.propose_button):
            buttons.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(head)
        right.addLayout(grid, 1)
        right.addWidget(self.faults)
        right.addWidget(self.fields)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(left, 2)
        both.addLayout(right, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("headline", _("What do notices say?")))
        column.addLayout(both, 1)
        column.addLayout(buttons)

    def _load(self) -> None:
        found = list(self._standings.values())
        self.list.rows.load(
            {
                "name": [words.template(one.name) for one in found],
                "origin": [words.origin(one.origin) for one in found],
            },
            keys=[one.name for one in found],
        )
        self.list.selected.connect(self._choose)
        self.past.selected.connect(self._show_version)
        self.list.select(found[0].name)
        self._choose(found[0].name)

    @property
    def _name(self) -> str:
        return str(self.list.current or next(iter(self._standings)))

    def texts(self) -> dict[str, str]:
        """Both texts as they stand in the editors."""
        return {code: editor.toPlainText() for code, editor in self.editors.items()}

    @Slot(object)
    def _choose(self, name: object) -> None:
        """Show a template: the texts that count, its fields and its versions."""
        one = self._standings.get(str(name))
        if one is None:
            return
        self.state.setText(words.standing(one.origin, one.waiting is not None))
        fields = templating.FIELDS[one.name]
        needed = templating.NEEDED[one.name]
        told = _(", ").join(f"{field}*" if field in needed else field for field in fields)
        self.fields.setText(_("Fields, with * those that are needed: {fields}.").format(fields=told))
        meanings = (f"{field}: {words.field(field)}" for field in fields)
        self.fields.setToolTip("\n".join(meanings))
        self.item.blockSignals(True)
        self.item.clear()
        for item in self._items[one.name]:
            self.item.addItem(f"{item.id}  {item.proposal.name}", item.id)
        if not self.item.count():
            self.item.addItem(_("No item is on the list: each field stands as its own name"), "")
        self.item.blockSignals(False)
        self.past.rows.load(
            {
                "state": [_MARKS[version.approved] for version in one.versions],
                "word": [words.state(version) for version in one.versions],
                "when": [_when(version) for version in one.versions],
                "why": [_why(version) for version in one.versions],
                "whole": [words.version(version) for version in one.versions],
            },
            keys=[version.id for version in one.versions],
        )
        self._fill(one.texts)

    def _fill(self, texts: Mapping[str, str | None]) -> None:
        for code, editor in self.editors.items():
            editor.blockSignals(True)
            editor.setPlainText(texts[code] or templating.shipped(self._name, code))
            editor.blockSignals(False)
        self._look()

    @Slot(object)
    def _show_version(self, number: object) -> None:
        """Put a version's texts into the editors, to read them or to go on from them."""
        found = next((one for one in self._standings[self._name].versions if one.id == number), None)
        if found is not None:
            self._fill(found.texts)
        self._offer()

    @Slot()
    def _look(self) -> None:
        self._sound = False
        self._offer()
        self.look_wanted.emit(self._name, str(self.item.currentData() or ""), self.texts())

    def show_looks(self, name: str, specimen: Specimen, looks: Sequence[Look]) -> None:
        """Show both previews and what is wrong."""
        if name != self._name:
            return
        self.specimen = specimen
        found = [fault for look in looks for fault in look.faults]
        for look in looks:
            text = look.text
            self.previews[look.language].setPlainText("" if text is None else f"{text.subject}\n\n{text.body}")
        self._sound = not found
        lines = [words.fault(fault) for fault in found[:_TOLD]]
        if len(found) > _TOLD:
            lines.append(_("and {n} more").format(n=formats.number(len(found) - _TOLD)))
        self.faults.setText("\n".join(lines) if lines else _("Both texts can be proposed: nothing is wrong with them."))
        self._offer()

    @Slot()
    def _offer(self) -> None:
        one = self._standings[self._name]
        said, waiting = bool(self.reason.text().strip()), one.waiting
        changed = any(text.rstrip() != one.texts[code].rstrip() for code, text in self.texts().items())
        self.propose_button.setEnabled(self._sound and said and changed and waiting is None)
        why = (
            _("Another version waits for a second person.") if waiting is not None
            else _("Both texts are those that count.") if not changed
            else _("Correct what is wrong first.") if not self._sound
            else "" if said else _("Write why into the field Reason.")
        )  # fmt: skip
        self.propose_button.setToolTip(why)
        self.restore_button.setVisible(one.in_force is not None)
        self.restore_button.setEnabled(said and waiting is None)
        own = waiting is not None and person_id(waiting.maker) == self._user
        for button in (self.approve_button, self.return_button):
            button.setVisible(waiting is not None)
            button.setToolTip(_("You wrote it; another person has to release it.") if own else "")
        self.approve_button.setEnabled(waiting is not None and not own)
        self.return_button.setEnabled(waiting is not None and not own and said)

    @Slot()
    def _propose(self) -> None:
        self.proposed.emit(self._name, self.texts(), self.reason.text().strip())
        self.accept()

    @Slot()
    def _restore(self) -> None:
        self.restored.emit(self._name, self.reason.text().strip())
        self.accept()

    def _decide(self, _checked: bool = False, *, approve: bool) -> None:
        waiting = self._standings[self._name].waiting
        if waiting is not None:
            self.decided.emit(waiting.id, approve, self.reason.text().strip())
        self.accept()


def _text(*, read_only: bool) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setReadOnly(read_only)
    made.setTabChangesFocus(True)
    made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    return made


def _when(one: Version) -> str:
    return _("{number}, {at}").format(number=formats.number(one.id), at=formats.moment(one.at))


def _why(one: Version) -> str:
    what = _("back to the shipped text") if one.is_shipped else one.reason
    return _("{who}: {what}").format(who=one.maker, what=what)
