"""A second person's decision on a book that waits: it counts, or goes back with a reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.i18n import ngettext
from app.storage.books import Batch
from app.storage.persons import person_id
from app.wording import formats
from ui.widgets.reason import Reason
from ui.widgets.text import label


class ApprovalForm(QDialog):
    """`decided(batch, approve, reason)`; who brought the book in can only look."""

    decided = Signal(int, bool, str)

    def __init__(self, batch: Batch, user: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._batch = batch
        self.setWindowTitle(_("Book of {date}").format(date=formats.day(batch.reporting_date)))
        lines = ngettext("{n} line", "{n} lines", batch.imported).format(n=formats.number(batch.imported))
        text = _("{who} brought {file} in on {moment}: {lines}, {aside} set aside.").format(
            who=batch.user, file=batch.file_name, moment=formats.moment(batch.at), lines=lines,
            aside=formats.number(batch.quarantined),
        )  # fmt: skip
        explained = label("body", formats.together([text, *([batch.reason] if batch.reason else [])]))
        explained.setWordWrap(True)
        self.reason = Reason()
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Why it goes back, or what you looked at"))
        self._fault = label("fault")
        self._fault.setWordWrap(True)
        self.look, self.back, self.yes = (
            QPushButton(text) for text in (_("Decide later"), _("Return the book"), _("Approve the book"))
        )
        self.yes.setProperty("k", "primary")
        self.look.clicked.connect(self.reject)
        self.back.clicked.connect(self._return)
        self.yes.clicked.connect(self._approve)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.look, self.back, self.yes):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label("headline", _("May this book count?")))
        for part in (explained, self.reason, self._fault):
            column.addWidget(part)
        column.addLayout(buttons)
        if person_id(batch.user) == person_id(user):
            self._fault.setText(_("You brought it in; another person has to decide."))
            self.back.setDisabled(True)
            self.yes.setDisabled(True)
        self.setMinimumWidth(480)

    def _approve(self) -> None:
        self.decided.emit(self._batch.id, True, self.reason.toPlainText().strip())
        self.accept()

    def _return(self) -> None:
        text = self.reason.toPlainText().strip()
        if not text:
            self._fault.setText(_("To return a book needs a reason."))
            self.reason.setFocus()
            return
        self.decided.emit(self._batch.id, False, text)
        self.accept()
