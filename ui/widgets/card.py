"""A card: the officer's question, its answer in one sentence, the evidence, the action."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import gettext as _
from ui import theme
from ui.widgets.notice import Empty, ErrorNotice
from ui.widgets.text import label


class Card(QFrame):
    """Question, answer, evidence, action. Put the evidence into `body`; small things of the top row into `corner`.

    `show_content`, `show_empty` and `show_error` change what stands in the place of the evidence.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("r", "card")
        # Equal columns: the card takes the width it is given, whatever its contents would like.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.question = label("q")
        self.sample = label("sample")
        self.sample.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.sample.hide()
        self.corner = QHBoxLayout()
        self.corner.setSpacing(8)
        self.answer = label("a")
        self.answer.setWordWrap(True)
        self.answer.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.answer.hide()
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(6)
        self.note = label("caption")
        self.note.setWordWrap(True)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.note.hide()
        self._empty: Empty | None = None
        self._error: ErrorNotice | None = None
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.question)
        top.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch(1)
        top.addLayout(self.corner)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._column.addLayout(top)
        self._column.addWidget(self.answer)
        self._column.addWidget(self.content, 1)
        self._column.addWidget(self.note)
        self._pad()

    def ask(self, question: str) -> None:
        """The question the card answers."""
        self.question.setText(question)
        self.setAccessibleName(question)
        self.sample.setText(_("SAMPLE"))

    def say(self, answer: str) -> None:
        """The answer, made by rule from the figures on the card; empty hides the line."""
        self.answer.setText(answer)
        self.answer.setVisible(bool(answer))

    def mark_sample(self, sample: bool) -> None:
        """Say that the figures are invented."""
        self.sample.setVisible(sample)

    def add_note(self, text: str) -> None:
        """The small line at the foot: what the figures mean, their unit and date; empty hides it."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def add_link(self) -> QPushButton:
        """The card's action, to the right of its question."""
        made = link()
        self.corner.addWidget(made)
        return made

    def show_content(self) -> None:
        """Show the evidence."""
        self._only(self.content)

    def show_empty(self, icon: str, title: str, text: str, *actions: tuple[str, Callable[[], None]]) -> None:
        """Say what belongs here and how it gets here: the first action is the primary one."""
        if self._empty is None:
            self._empty = Empty()
            self._column.insertWidget(3, self._empty, 1)
        self._empty.fill(icon, title, text, *actions)
        self.say("")
        self._only(self._empty)

    def show_error(self, error: Exception, *remedies: tuple[str, Callable[[], None]]) -> None:
        """Say what failed and what helps, above the evidence, which stays."""
        if self._error is None:
            self._error = ErrorNotice()
            self._column.insertWidget(2, self._error)
        self._error.fill(error, *remedies)
        self._error.show()

    def clear_error(self) -> None:
        """What had failed works again."""
        if self._error is not None:
            self._error.hide()

    def _only(self, shown: QWidget) -> None:
        self.content.setVisible(shown is self.content)
        if self._empty is not None:
            self._empty.setVisible(shown is self._empty)

    def _pad(self) -> None:
        vertical, horizontal = theme.current().card_padding
        self._column.setContentsMargins(horizontal, vertical, horizontal, vertical)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_column"):
            self._pad()


def link(text: str = "") -> QPushButton:
    """A button that looks like a link."""
    made = QPushButton(text)
    made.setProperty("k", "link")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made
