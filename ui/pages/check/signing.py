"""The right-hand side, below: the verdict so far, both signatures with names and times, and the button that signs."""

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.storage.persons import person_id
from app.wording import check_progress, formats
from app.wording.sentences import sentence
from exposures.check import Addendum, Check, Signature, Status
from exposures.check_progress import progress
from exposures.checking import Verdict
from ui.pages.check.seen import Seen
from ui.widgets.badge import Mark
from ui.widgets.card import Card
from ui.widgets.text import label, restyle, rule


class SignCard(Card):
    """How does the day stand? `signed` and `countersigned` when the person puts a name to it."""

    signed = Signal()
    countersigned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._seen: Seen | None = None
        counts = QGridLayout()
        counts.setHorizontalSpacing(6)
        counts.setVerticalSpacing(0)
        self._figures: dict[str, tuple[QLabel, QLabel]] = {}
        for place, key in enumerate((*(verdict.value for verdict in Verdict), "open")):
            figure, word = label("headline"), label("caption")
            self._figures[key] = figure, word
            counts.addWidget(figure, 0, place)
            counts.addWidget(word, 1, place)
            counts.setColumnStretch(place, 1)
        self.body.addLayout(counts)
        self.body.addWidget(rule())
        people = QGridLayout()
        people.setHorizontalSpacing(8)
        people.setVerticalSpacing(2)
        people.setColumnStretch(1, 1)
        self._marks = (Mark("todo", 14), Mark("todo", 14))
        self._names = (_wrapping("strong"), _wrapping("strong"))
        self._states = (_wrapping("caption"), _wrapping("caption"))
        for place in range(2):
            people.addWidget(self._marks[place], 2 * place, 0)
            people.addWidget(self._names[place], 2 * place, 1)
            people.addWidget(self._states[place], 2 * place + 1, 1)
        self.body.addLayout(people)
        self.body.addStretch(1)
        self.button = QPushButton()
        self.button.clicked.connect(self.press)
        self._why = _wrapping("caption")
        self.body.addWidget(self.button)
        self.body.addWidget(self._why)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("How does the day stand?"))
        for key, (_figure, word) in self._figures.items():
            word.setText(pgettext("step", "Open") if key == "open" else check_progress.verdict_word(key))
        if self._seen is not None:
            self.show_seen(self._seen)

    def show_seen(self, seen: Seen) -> None:
        """Show where the check of the day stands."""
        self._seen = seen
        check = seen.check
        self.setVisible(check is not None)
        if check is None:
            return
        steps = [step.step for step in check.steps]
        maker, checker = _who(seen, check.maker), _who(seen, check.checker)
        late = len(check.open_addenda)
        found = progress(steps, check.decisions, maker, checker, check.needs_checker, late)
        self.say(sentence(found))
        for key, (figure, _word) in self._figures.items():
            figure.setText(str(found.values[key]))
        self._show_maker(seen, check)
        self._show_checker(seen, check)
        self._offer(seen, check)

    def _show_maker(self, seen: Seen, check: Check) -> None:
        if check.maker is not None:
            self._person(0, "done", _("Maker: {who}").format(who=_who(seen, check.maker)), _signed(check.maker))
            return
        state = _("Working, by {at}").format(at=formats.moment(seen.decide_by))
        if seen.now > seen.decide_by:
            state = _("Not signed; it was due {at}").format(at=formats.moment(seen.decide_by))
        self._person(0, "now", _("Maker: {who}").format(who=seen.name(seen.user)), state)

    def _show_checker(self, seen: Seen, check: Check) -> None:
        if check.checker is not None:
            self._person(1, "done", _("Checker: {who}").format(who=_who(seen, check.checker)), _signed(check.checker))
        elif check.needs_checker:
            state = _("After the maker, by {at}").format(at=formats.moment(seen.countersign_by))
            self._person(1, "pending" if check.maker else "todo", _("Checker: a second person"), state)
        else:
            self._person(1, "todo", _("Checker: not needed"), _("No decision is milder than act."))

    def _person(self, place: int, mark: str, name: str, state: str) -> None:
        self._marks[place].show_state(mark)
        self._names[place].setText(name)
        self._states[place].setText(state)

    # ------------------------------------------------------------------ signing

    def _offer(self, seen: Seen, check: Check) -> None:
        can, why = _can(seen, check)
        if can and (lacks := seen.no_countersign if _second(seen, check) else seen.no_sign):
            can, why = False, lacks
        self.button.setText(_("Counter-sign") if _second(seen, check) else _("Sign the check"))
        self.button.setEnabled(can)
        self.button.setVisible(can or check.status is not Status.SIGNED or bool(check.open_addenda))
        kind = "primary" if can and not check.to_decide else ""
        if self.button.property("k") != kind:
            self.button.setProperty("k", kind)
            restyle(self.button)
        self._why.setText(why)

    @Slot()
    def press(self) -> None:
        """Sign, where it can be signed."""
        seen = self._seen
        if seen is None or seen.check is None or not self.button.isEnabled():
            return
        if _second(seen, seen.check):
            self.countersigned.emit()
        else:
            self.signed.emit()


def _second(seen: Seen, check: Check) -> bool:
    """Whether the next signature is the second person's: the maker's is there, and nothing new waits for it."""
    if check.maker is None:
        return False
    ready = [one for one in check.open_addenda if one.maker is None and one.decision is not None]
    return not ready and (check.status is Status.WITH_CHECKER or bool(_with_checker(check)))


def _with_checker(check: Check) -> list[Addendum]:
    return [one for one in check.open_addenda if one.status is Status.WITH_CHECKER]


def _can(seen: Seen, check: Check) -> tuple[bool, str]:
    """Whether the next signature can be given by the person at work, and why not, or what it does."""
    today = formats.day(seen.now.astimezone().date())
    if check.maker is None:
        left = len(check.undecided)
        if left:
            text = ngettext("Decide the {left} open step to sign.", "Decide the {left} open steps to sign.", left)
            return False, text.format(left=left)
        if check.business_date != seen.today:
            return True, _("For {day}, signed on {today}: both dates are kept.").format(
                day=formats.day(check.business_date), today=today
            )
        return True, _("Signing freezes the page.")
    if _second(seen, check):
        acted = {check.maker.who, *(one.who for one in check.decisions)}
        if person_id(seen.user) in {person_id(who) for who in acted}:
            return False, _("Another person has to counter-sign: {maker} decided and signed.").format(
                maker=_who(seen, check.maker)
            )
        return True, _("Signing says that you agree with every decision.")
    waiting = [one for one in check.open_addenda if one.maker is None]
    if any(one.decision is not None for one in waiting):
        return True, _("Signs the decided late evidence; the page stays.")
    if waiting:
        text = ngettext("Decide the step with late evidence.", "Decide the steps with late evidence.", len(waiting))
        return False, text
    return False, _("Frozen: what comes later is added as an addendum.")


def _who(seen: Seen, signature: Signature | None) -> str | None:
    return None if signature is None else seen.name(signature.who)


def _signed(signature: Signature) -> str:
    at: datetime = signature.at
    return _("Signed {at}").format(at=formats.dated_moment(at))


def _wrapping(role: str) -> QLabel:
    made = label(role)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made
