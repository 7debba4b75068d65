"""The right-hand side, above: what the chosen copy holds, and the way back to it."""

from datetime import datetime

from PySide6.QtCore import QProcess, Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.i18n import gettext as _
from app.services.keeping import Copy
from app.wording import backup as words
from app.wording import formats
from app.wording.sentences import refusal
from ui.instance import command_for
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.text import label


class CopyCard(Card):
    """What does this copy bring back? `restore_wanted(file)` when the person wants it."""

    restore_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._copy: Copy | None = None
        self._now: datetime | None = None
        self._folder = ""
        self.facts = Facts()
        self.restore = QPushButton()
        self.restore.clicked.connect(self._wish)
        self._why = label("caption")
        self.told = label("small")
        for text in (self._why, self.told):
            text.setWordWrap(True)
            text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.open = QPushButton()
        self.open.clicked.connect(self._open)
        for part in (self.facts, self.restore, self._why, self.told, self.open):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.told.hide()
        self.open.hide()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What does this copy bring back?"))
        self.restore.setText(_("Restore…"))
        self.open.setText(_("Open the restored workspace"))
        self.show_copy(self._copy)

    def show_copy(self, copy: Copy | None) -> None:
        """Show what a copy says of itself; one that is of no use says why and what to do."""
        self._copy = copy
        held = None if copy is None else copy.manifest
        self.restore.setEnabled(held is not None)
        if copy is None:
            self.say(_("Choose a copy at the left, or restore one from a file."))
            self.facts.fill([])
            self._why.setText("")
            return
        rows = [
            (_("Made"), formats.dated_moment(copy.kept.made_at)),
            (_("Why"), words.reason(copy.kept.reason)),
            (_("Size"), words.size(copy.kept.size)),
        ]
        if held is None:
            assert copy.fault is not None
            cause, remedy = refusal(copy.fault)
            self.say(cause)
            self._why.setText(remedy)
        else:
            self.say(_("Everything as it was on {moment}.").format(moment=formats.dated_moment(held.made_at)))
            rows += [
                (_("Rows"), formats.number(sum(held.rows.values()))),
                (_("Written by"), _("Tidewatch {version}").format(version=held.program)),
            ]
            self._why.setText(_("Every byte is as it was written. You choose where it goes before anything changes."))
        self.facts.fill(rows)

    def tell_restored(self, text: str, folder: str) -> None:
        """A copy was restored into a folder of its own; a button opens it beside this window."""
        self._folder = folder
        self.told.setText(text)
        self.told.show()
        self.open.show()

    @Slot()
    def _wish(self) -> None:
        if self._copy is not None:
            self.restore_wanted.emit(self._copy.kept.file)

    @Slot()
    def _open(self) -> None:
        program, *arguments = command_for(self._folder)
        QProcess.startDetached(program, arguments)
