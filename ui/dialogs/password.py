"""The password of approvals: said before one counts, set, and changed."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.services.unlocking import LONGEST, SHORTEST
from ui.widgets.text import label

_WIDTH = 400


class PasswordDialog(QDialog):
    """Asks for the password (`given()`), or for a new one twice, and the old one where there is one.

    `once`: the old one was given out by an administrator.
    """

    def __init__(
        self, person: str, *, new: bool = False, has: bool = True, once: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("password")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._new = new
        title = _("Set the password of {person}") if new else _("Approve as {person}")
        self.setWindowTitle(title.format(person=person))
        text = (
            _("Approvals ask for it, and again after idle time. An administrator can reset it; nobody can read it.")
            if new
            else _("An approval needs your password. It counts until no approval was made for a while.")
        )
        if once:
            text = _("An administrator gave you a password for one use. Say it, and set your own: nobody can read it.")
        about = label("body", text)
        about.setWordWrap(True)
        about.setFixedWidth(_WIDTH)
        old = _("Password for one use") if once else _("Password")
        self.old, self.first, self.again = _field(old), _field(_("New password")), _field(_("Again"))
        rows = [self.old] if has or not new else []
        rows += [self.first, self.again] if new else []
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for row, field in enumerate(rows):
            grid.addWidget(label("label", field.accessibleName()), row, 0)
            grid.addWidget(field, row, 1)
        self.fault = label("fault")
        self.fault.setWordWrap(True)
        self.fault.setFixedWidth(_WIDTH)
        self.done_button = QPushButton(_("Set password") if new else _("Approve"))
        self.done_button.setProperty("k", "primary")
        self.done_button.setDefault(True)
        keep = QPushButton(_("Keep as it is") if new else _("Do not approve"))
        keep.setAutoDefault(False)
        self.done_button.clicked.connect(self._check)
        keep.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(keep)
        buttons.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("headline", title.format(person=person)))
        column.addWidget(about)
        column.addLayout(grid)
        column.addWidget(self.fault)
        column.addLayout(buttons)
        (rows[0] if rows else self.first).setFocus()

    def given(self) -> tuple[str, str]:
        """The password until now, and the new one ("" where none is set)."""
        return self.old.text(), self.first.text() if self._new else ""

    @Slot()
    def _check(self) -> None:
        text = self.first.text()
        if self._new and not SHORTEST <= len(text) <= LONGEST:
            self.fault.setText(_("A password has {least} to {most} characters.").format(least=SHORTEST, most=LONGEST))
            self.first.setFocus()
        elif self._new and text != self.again.text():
            self.fault.setText(_("The two are not the same."))
            self.again.setFocus()
        else:
            self.accept()


def _field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(name)
    return made
