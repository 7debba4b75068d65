"""The right-hand side, above: what the officer decides about a step, and why."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.wording import check_progress, formats
from app.wording import reviews as review_words
from exposures.check import Check
from exposures.checking import Decided, StepEvidence, Verdict, lacking
from exposures.reviews import REVIEW_LISTS
from ui.pages.check.seen import Seen
from ui.widgets.card import Card
from ui.widgets.choice import Segments
from ui.widgets.reason import Reason
from ui.widgets.text import label, restyle

#: How many lists stand beside one another: ten of them must not make the page scroll.
_ACROSS = 5


@dataclass(frozen=True, slots=True)
class Given:
    """What the form says: a decision with its comment, and for an act the lists it starts and who owns them."""

    decision: Verdict
    comment: str
    lists: tuple[str, ...]
    owner: str


class DecisionCard(Card):
    """What do you decide? `decided(step, Given)` when the officer takes the decision."""

    decided = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self._step: StepEvidence | None = None
        self._shown: tuple[object, ...] | None = None
        self.choice = Segments([verdict.value for verdict in Verdict])
        self._word, self._need = label("label"), label("caption")
        self.comment = Reason()
        self.lists = {one.id: QCheckBox() for one in REVIEW_LISTS}
        self._owner_word = label("label")
        self.owner = QComboBox()
        self.owner.setEditable(True)
        self.owner.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.owner.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.act = QWidget()
        acting = QVBoxLayout(self.act)
        acting.setContentsMargins(0, 0, 0, 0)
        acting.setSpacing(4)
        self._lists_word = label("label")
        acting.addWidget(self._lists_word)
        lists = QGridLayout()
        lists.setSpacing(4)
        for place, box in enumerate(self.lists.values()):
            lists.addWidget(box, place // _ACROSS, place % _ACROSS)
            box.toggled.connect(self._offer)
        acting.addLayout(lists)
        owner = QGridLayout()
        owner.addWidget(self._owner_word, 0, 0)
        owner.addWidget(self.owner, 0, 1)
        owner.setColumnStretch(1, 1)
        acting.addLayout(owner)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._word, 0, 0)
        grid.addWidget(self._need, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.comment, 1, 0, 1, 2)
        self.button = QPushButton()
        self.button.setProperty("k", "primary")
        self._why = label("caption")
        self._why.setWordWrap(True)
        self._why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        for part in (self.choice, self.act):
            self.body.addWidget(part)
        self.body.addLayout(grid)
        self.body.addWidget(self.button)
        self.body.addWidget(self._why)
        self.body.addStretch(1)
        self.choice.chosen.connect(self._offer)
        self.owner.editTextChanged.connect(self._offer)
        self.comment.textChanged.connect(self._offer)
        self.comment.done.connect(self.press)
        self.button.clicked.connect(self.press)

    def retranslate(self) -> None:
        """Set every text anew; what the officer has typed stays."""
        self.ask(_("What do you decide?"))
        self.choice.fill([check_progress.verdict_word(verdict.value) for verdict in Verdict])
        self._word.setText(_("Comment"))
        self.comment.setAccessibleName(_("Comment"))
        self._owner_word.setText(_("Owner"))
        self._lists_word.setText(_("Start the lists"))
        self.owner.setAccessibleName(_("Owner"))
        for id, box in self.lists.items():
            whole = _("Start {id} {name}").format(id=id, name=review_words.list_name(id))
            box.setText(id)
            box.setToolTip(whole)
            box.setAccessibleName(whole)
        self._say()
        self._offer()

    # ------------------------------------------------------------------ showing

    def show_nothing(self) -> None:
        """There is nothing to decide."""
        self._seen = self._step = self._shown = None
        self.setVisible(False)

    def show_step(self, seen: Seen, step: StepEvidence) -> None:
        """Show a step; what was typed stays while nothing of the step itself has changed."""
        self.setVisible(True)
        self._seen, self._step = seen, step
        stands, now = self._standing(), (seen.day, step.step, step.facts, self._standing(), self._open())
        self._say()
        if now != self._shown:
            self._shown = now
            given = stands.decision if stands is not None else step.verdict
            self.choice.choose(given.value)
            self.comment.setPlainText(stands.comment if stands is not None else "")
            for id, box in self.lists.items():
                box.setChecked(stands is not None and id in stands.lists)
            self.owner.clear()
            self.owner.addItems(sorted(set(seen.names.values())))
            self.owner.setCurrentText(stands.owner if stands is not None else seen.name(seen.user))
        self._offer()

    def _check(self) -> Check | None:
        return None if self._seen is None else self._seen.check

    def _standing(self) -> Decided | None:
        """What was decided about the evidence in sight."""
        check, step = self._check(), self._step
        if check is None or step is None:
            return None
        late = check.waiting(step.step)
        if late is not None:
            return late.decision
        signed = next((one for one in reversed(check.addenda) if one.step is step and not one.on_page), None)
        return check.decision(step.step) if signed is None else signed.decision

    def _open(self) -> bool:
        """Whether the step can be decided: the page is not signed, or late evidence waits."""
        check, step = self._check(), self._step
        if check is None or step is None:
            return False
        return check.maker is None or check.waiting(step.step) is not None

    def _say(self) -> None:
        step, seen, stands = self._step, self._seen, self._standing()
        if step is None or seen is None:
            return
        suggested = check_progress.verdict_word(step.verdict.value)
        if stands is None:
            self.say(_("The program suggests: {verdict}.").format(verdict=suggested))
        else:
            self.say(
                _("{who} decided {decision} on {at}; the program suggested {verdict}.").format(
                    who=seen.name(stands.who),
                    decision=check_progress.verdict_word(stands.decision.value),
                    at=formats.moment(stands.at),
                    verdict=suggested,
                )
            )

    # ------------------------------------------------------------------ what the officer gives

    def given(self) -> Given:
        """What the form says now."""
        decision = Verdict(self.choice.current)
        acts = decision is Verdict.ACT
        return Given(
            decision,
            self.comment.toPlainText().strip(),
            tuple(id for id, box in self.lists.items() if box.isChecked()) if acts else (),
            self.owner.currentText().strip() if acts else "",
        )

    @Slot(str)
    def choose(self, verdict: str) -> None:
        """The keys 1, 2 and 3."""
        if self._open():
            self.choice.choose(verdict)
            self._offer()

    @Slot()
    def _offer(self) -> None:
        step, can = self._step, self._open()
        given = self.given()
        self.act.setVisible(given.decision is Verdict.ACT)
        for part in (self.choice, self.comment, self.act):
            part.setEnabled(can)
        lack = None if step is None else lacking(step.verdict, given.decision, given.comment, given.lists, given.owner)
        self._need.setText(_("Required") if can and lack is not None else "")
        self.button.setEnabled(can and lack is None)
        check = self._check()
        first = not can or check is None or bool(check.to_decide)
        self.button.setText(_("Decide, next step") if first else _("Change the decision"))
        kind = "primary" if can and first else ""  # once everything is decided, signing is what comes first
        if self.button.property("k") != kind:
            self.button.setProperty("k", kind)
            restyle(self.button)
        self._why.setText(self._reason(can, lack, given))

    @staticmethod
    def _reason(can: bool, lack: str | None, given: Given) -> str:
        if not can:
            return _("Signed: the page is frozen.")
        if lack == "comment":
            return _("Milder than the program suggests: say why.")
        if lack == "lists":
            return _("Name the lists and their owner, or say why there is none.")
        return ""

    @Slot()
    def press(self) -> None:
        """Decide, where it can be decided; otherwise go to what is missing."""
        if self._step is not None and self.button.isEnabled():
            self.decided.emit(self._step.step, self.given())
        elif self._open():
            self.comment.setFocus()
