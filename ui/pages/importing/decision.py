"""The bar at the foot of the import: what would happen, and the one primary action."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton

from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.outcome import Ending, Outcome
from app.wording import formats
from ui import theme
from ui.widgets import icons
from ui.widgets.text import label


class DecisionBar(QFrame):
    """Buttons for the page to connect: `cancel`, `back`, `again` and `commit`; `reason` where a book is replaced."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("r", "card")
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._state, self._why = label("strong"), label("small")
        self.reason = QLineEdit()
        self.reason.setMinimumWidth(220)
        self.cancel, self.back, self.again, self.commit = (QPushButton() for _place in range(4))
        self.cancel.setProperty("k", "link")
        self.commit.setProperty("k", "primary")
        self._row.addWidget(self._state)
        self._row.addWidget(self._why, 1)
        self._row.addWidget(self.reason)
        for button in (self.cancel, self.back, self.again, self.commit):
            self._row.addWidget(button)

    def apply_density(self) -> None:
        """Less air where height is short."""
        edge = 2 if theme.current().compact else 8
        self._row.setContentsMargins(16, edge, 12, edge)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.cancel.setText(_("Cancel"))
        self.back.setText(_("Back"))
        self.again.setText(_("Read the file again"))
        self.again.setIcon(icons.icon("refresh"))
        self.again.setToolTip(_("After you have mended it in Excel"))
        self.reason.setPlaceholderText(_("Why this file takes its place"))
        self.reason.setAccessibleName(_("Reason for replacing the book of this date"))

    def offer(self, outcome: Outcome, idle: bool, second_person: bool = False) -> None:
        """Say what the primary button would do, and why it cannot where it cannot; `idle`: no work is under way.

        `second_person`: the book waits for somebody else.
        """
        blocked = outcome.ending in (Ending.BLOCKED, Ending.REJECTED)
        taken = outcome.taken_by is not None
        self.reason.setVisible(taken and not blocked)
        lines = formats.number(outcome.imported)
        if outcome.quarantined:
            text = ngettext(
                "Set aside {rows} row, import {lines}", "Set aside {rows} rows, import {lines}", outcome.quarantined
            ).format(rows=formats.number(outcome.quarantined), lines=lines)
        else:
            text = ngettext("Import {lines} line", "Import {lines} lines", outcome.imported).format(lines=lines)
        self.commit.setText(text if not blocked else _("Import"))
        missing_reason = taken and not self.reason.text().strip()
        self.commit.setEnabled(not blocked and not missing_reason and idle)
        for button in (self.again, self.back):
            button.setEnabled(idle)
        self._state.setText(_("Nothing is saved yet."))
        if outcome.ending is Ending.REJECTED:
            self._why.setText(_("A row or a control total is wrong, and all or nothing was asked for."))
        elif blocked:
            self._why.setText(_("No line can be read: match the columns first."))
        elif missing_reason:
            self._why.setText(
                _("Batch {batch} holds this date; say why this file replaces it.").format(batch=outcome.taken_by)
            )
        elif second_person:
            self._why.setText(_("The book counts once a second person approves it."))
        else:
            self._why.setText(_("The import is one step and can be undone as one."))
