"""The right-hand side, below: one's own password for approvals, until when it counts, and how the bank asks for it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSpinBox

from app.i18n import gettext as _
from app.services.unlocking import Asking
from app.wording.persons import asking_now
from ui.commands import Rights
from ui.pages.persons.seen import Seen
from ui.widgets.card import Card
from ui.widgets.text import label

_DAY = 24 * 60


class ApprovalsCard(Card):
    """Does an approval ask for a password? `password_wanted`, `lock_wanted`, `ask_wanted(on, minutes)`."""

    password_wanted = Signal()
    lock_wanted = Signal()
    ask_wanted = Signal(bool, int)

    def __init__(self, rights: Rights) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self.set_password, self.lock, self.save = QPushButton(), QPushButton(), QPushButton()
        for button in (self.set_password, self.lock, self.save):
            button.setProperty("k", "small")
        self.asks, self.minutes, self._after = QCheckBox(), QSpinBox(), label("label")
        self.minutes.setRange(1, _DAY)
        for part in (self.asks, self.minutes, self.save):
            rights.guard(part, "setting.put")
        own, bank = QHBoxLayout(), QHBoxLayout()
        for row, parts in ((own, (self.set_password, self.lock)), (bank, (self._after, self.minutes, self.save))):
            row.setSpacing(8)
            for each in parts:
                row.addWidget(each)
            row.addStretch(1)
        self.body.addLayout(own)
        self.body.addStretch(1)
        self.body.addWidget(self.asks)
        self.body.addLayout(bank)
        self.set_password.clicked.connect(self.password_wanted)
        self.lock.clicked.connect(self.lock_wanted)
        self.save.clicked.connect(self._save)
        self.asks.toggled.connect(self._offer)
        self.minutes.valueChanged.connect(self._offer)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Does an approval ask for a password?"))
        self.lock.setText(_("Ask again from now on"))
        self.asks.setText(_("Approvals ask for a password"))
        self._after.setText(_("Asked again after idle minutes"))
        self.minutes.setAccessibleName(_("Minutes without an approval after which the password is asked again"))
        self.save.setText(_("Save"))
        self._name_password()
        if self._seen is not None:
            self.show_seen(self._seen)

    def show_seen(self, seen: Seen) -> None:
        """Show how approvals ask the acting person; what is not saved yet goes."""
        self._seen = seen
        found = seen.approvals
        self.say(asking_now(found.asking.value, found.idle_minutes, found.until))
        self.asks.setChecked(found.asking is not Asking.OFF)
        self.minutes.setValue(found.idle_minutes)
        self._name_password()
        self.set_password.setEnabled(seen.acting.since is not None and seen.acting.left is None)
        self.lock.setEnabled(found.unlocked)
        self._offer()

    def _name_password(self) -> None:
        has = self._seen is not None and (
            self._seen.acting.id in self._seen.approvals.having or self._seen.approvals.asking is Asking.ONCE
        )
        self.set_password.setText(_("Change my password…") if has else _("Set my password…"))

    @Slot()
    def _offer(self, _value: object = None) -> None:
        if self._seen is None:
            return
        now = self._seen.approvals
        moved = self.asks.isChecked() != (now.asking is not Asking.OFF) or self.minutes.value() != now.idle_minutes
        self.save.setEnabled(moved)

    @Slot()
    def _save(self) -> None:
        self.ask_wanted.emit(self.asks.isChecked(), self.minutes.value())
