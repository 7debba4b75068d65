"""The right-hand side: what a notice says, word for word, what happened since, and what is to be done next."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QSizePolicy

from app import i18n
from app.i18n import gettext as _
from app.i18n import pgettext
from app.services.noticing import Standing
from app.storage.notices import Step
from app.storage.persons import person_id
from app.wording import formats
from app.wording import noticing as words
from app.wording import notifications as channels
from exposures.reviews.item import ReviewItem
from ui.widgets.card import Card
from ui.widgets.text import label

_ANSWERS = (Step.HANDED, Step.ACKNOWLEDGED, Step.REPLIED)


class PreviewCard(Card):
    """What does it say? `drafted(item, language)`, `approved(number, comment)`, `returned(number, reason)`,
    `answered(number, step, comment)`, `paper_wanted(number)`.
    """

    drafted = Signal(str, str)
    approved = Signal(int, str)
    returned = Signal(int, str)
    answered = Signal(int, str, str)
    paper_wanted = Signal(int)

    def __init__(self, user: str) -> None:
        super().__init__()
        self._user = user
        self._standing: Standing | None = None
        self._item: ReviewItem | None = None
        self._head = label("strong")
        self._head.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self._steps, self._why = label("small"), label("caption")
        for part in (self._head, self._steps, self._why):
            part.setWordWrap(True)
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.comment, self.language, self.answer = QLineEdit(), QComboBox(), QComboBox()
        self.draft, self.approve, self.back, self.note, self.paper = (QPushButton() for _place in range(5))
        for button in (self.draft, self.approve):
            button.setProperty("k", "primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.comment, 1)
        for part in (self.answer, self.note, self.back, self.approve, self.language, self.draft, self.paper):
            row.addWidget(part)
        self.body.addWidget(self._head)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(self._steps)
        self.body.addWidget(self._why)
        self.body.addLayout(row)
        self.comment.textChanged.connect(self._offer)
        self.draft.clicked.connect(self._draft)
        self.approve.clicked.connect(self._approve)
        self.back.clicked.connect(self._return)
        self.note.clicked.connect(self._note)
        self.paper.clicked.connect(self._paper)

    def retranslate(self) -> None:
        """Set every text anew; what was typed stays."""
        self.ask(_("What does it say?"))
        self.text.setAccessibleName(_("The notice, word for word"))
        self.comment.setAccessibleName(_("Comment"))
        self.draft.setText(_("Draft"))
        self.approve.setText(_("Approve"))
        self.back.setText(_("Return"))
        self.note.setText(pgettext("notice", "Note"))
        self.paper.setText(_("PDF…"))
        spoken, answer = self.language.currentIndex(), self.answer.currentIndex()
        self.language.clear()
        self.language.addItem(_("Reader's language"), "")
        for code in i18n.LANGUAGES:
            self.language.addItem(channels.language_name(code), code)
        self.language.setCurrentIndex(max(0, spoken))
        self.language.setAccessibleName(_("Language"))
        self.answer.clear()
        for step in _ANSWERS:
            self.answer.addItem(words.step(step.value), step.value)
        self.answer.setCurrentIndex(max(0, answer))
        self.answer.setAccessibleName(_("What became of it"))
        self._tell()

    def show_notice(self, standing: Standing) -> None:
        """Show a notice."""
        if self._standing is None or self._standing.notice.id != standing.notice.id:
            self.comment.clear()
        self._standing, self._item = standing, None
        self._tell()

    def show_item(self, item: ReviewItem | None) -> None:
        """Show that an item has no notice; None: nothing is chosen."""
        self._standing, self._item = None, item
        self.comment.clear()
        self._tell()

    def _tell(self) -> None:
        one = self._standing
        if one is None:
            self._head.setText("" if self._item is None else self._item.proposal.name)
            self.text.setPlainText("")
            self._steps.setText("")
            self._why.setText(
                _("Choose a notice or an item on the left.")
                if self._item is None
                else _("Nobody was told yet. A draft takes the template; a second person approves it before it leaves.")
            )
        else:
            notice = one.notice
            to = notice.email or _("on paper")
            self._head.setText(
                _("{number} to {name} ({way})").format(number=notice.number, name=notice.addressee, way=to)
            )
            self.text.setPlainText(f"{notice.heading}\n\n{notice.body}")
            drafted = _("{at}  Drafted by {who}").format(at=formats.moment(notice.at), who=notice.maker)
            lines = [drafted, *(_step(step.step, step.at, step.who, step.comment) for step in notice.steps.values())]
            self._steps.setText("\n".join(lines))
            self._why.setText(self._next(one))
        self._offer()

    def _next(self, one: Standing) -> str:
        if one.notice.waits_for_checker:
            own = person_id(one.notice.maker) == person_id(self._user)
            return (
                _("You drafted it; another person has to approve it.") if own else _("It leaves once you approve it.")
            )
        if one.due is not None:
            return _("{stage}; the next answer is due {day}.").format(
                stage=words.stage(one.stage.value), day=formats.day(one.due)
            )
        return ""

    @Slot()
    def _offer(self) -> None:
        one, said = self._standing, bool(self.comment.text().strip())
        waits = one is not None and one.notice.waits_for_checker
        out = one is not None and one.notice.is_out
        own = one is not None and person_id(one.notice.maker) == person_id(self._user)
        for part in (self.language, self.draft):
            part.setVisible(self._item is not None)
        for part in (self.approve, self.back):
            part.setVisible(waits)
        for part in (self.answer, self.note):
            part.setVisible(out)
        self.paper.setVisible(one is not None)
        self.comment.setVisible(waits or out)
        self.comment.setPlaceholderText(_("Comment; needed to return") if waits else _("By whom, or what was said"))
        self.approve.setEnabled(not own)
        self.back.setEnabled(not own and said)
        self.note.setEnabled(said)

    @Slot()
    def _draft(self) -> None:
        if self._item is not None:
            self.drafted.emit(self._item.id, str(self.language.currentData()))

    @Slot()
    def _approve(self) -> None:
        if self._standing is not None:
            self.approved.emit(self._standing.notice.id, self.comment.text().strip())

    @Slot()
    def _return(self) -> None:
        if self._standing is not None:
            self.returned.emit(self._standing.notice.id, self.comment.text().strip())

    @Slot()
    def _note(self) -> None:
        if self._standing is not None:
            self.answered.emit(self._standing.notice.id, str(self.answer.currentData()), self.comment.text().strip())
            self.comment.clear()

    @Slot()
    def _paper(self) -> None:
        if self._standing is not None:
            self.paper_wanted.emit(self._standing.notice.id)


def _step(step: Step, at: datetime, who: str, comment: str) -> str:
    text = _("{at}  {what}, {who}: {comment}") if comment else _("{at}  {what}, {who}")
    return text.format(at=formats.moment(at), what=words.step(step.value), who=who, comment=comment)
