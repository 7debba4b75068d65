"""Asking for the password of a protected workbook: it opens the file once and is kept nowhere."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.refusals import Refused
from ui.widgets.text import label


class PasswordForm(QDialog):
    """`password()` once it was accepted; `again`: the one given before did not open the file."""

    def __init__(self, file: str, again: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Open {file}").format(file=file))
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(_("Password of the workbook"))
        said = _("That password does not open it; capitals count.") if again else _("The workbook has a password.")
        hint = label("small", _("It opens the file once and is kept nowhere."))
        hint.setWordWrap(True)
        cancel, self.use = QPushButton(_("Choose another file")), QPushButton(_("Open"))
        self.use.setProperty("k", "primary")
        self.use.setDefault(True)
        self.use.setEnabled(False)
        self.line.textChanged.connect(lambda text: self.use.setEnabled(bool(text)))
        cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label("headline", said))
        column.addWidget(self.line)
        column.addWidget(hint)
        column.addLayout(foot)
        self.setMinimumWidth(420)

    def password(self) -> str:
        """What was typed."""
        return self.line.text()


class Password:
    """The password of the file on its way, `given` by a person; `opened()` when one was typed."""

    def __init__(self, parent: QWidget, opened: Callable[[], None]) -> None:
        self.given: str | None = None
        self._parent, self._opened = parent, opened

    def ask_after(self, error: Exception, file: Path | None) -> None:
        """Ask, where it was for want of a password that the file was not read."""
        wanted = isinstance(error, Refused) and error.code in ("importing.encrypted", "importing.wrong_password")
        if wanted and file is not None:
            form = PasswordForm(file.name, self.given is not None, self._parent)
            form.finished.connect(partial(self._answered, form))
            form.open()

    def _answered(self, form: PasswordForm, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self.given = form.password()
            self._opened()
        form.deleteLater()
