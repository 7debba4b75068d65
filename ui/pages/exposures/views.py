"""Views of the lines that a person saved by name: columns, order, filter and grouping."""

import json
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from ui.pages.exposures.book_lines import GROUPS
from ui.state import Setting, State
from ui.tables.long import Arrangement, LongTable
from ui.widgets.text import label

_KEPT = Setting("views/exposures.lines", "")


@dataclass(frozen=True)
class View:
    """One saved view; `group` is one of GROUPS or empty."""

    name: str
    arrangement: Arrangement
    needle: str = ""
    group: str = ""


class SavedViews:
    """The views of one person, kept among what the window remembers; names differ."""

    def __init__(self, state: State, table: LongTable) -> None:
        self._state = state
        self._table = table

    def all(self) -> list[View]:
        """Every view, by name."""
        try:
            kept = json.loads(self._state.get(_KEPT) or "[]")
            found = [
                View(
                    str(one["name"]),
                    Arrangement.read(one, self._table.rows.place),
                    str(one.get("needle", "")),
                    one["group"] if one.get("group") in GROUPS else "",
                )
                for one in kept
            ]
        except (ValueError, TypeError, KeyError, AttributeError):
            return []  # a file that somebody else wrote
        return sorted(found, key=lambda view: view.name.casefold())

    def save(self, view: View) -> None:
        """Keep a view; one of the same name is replaced."""
        self._put([*(one for one in self.all() if one.name != view.name), view])

    def delete(self, name: str) -> None:
        """Forget a view."""
        self._put([one for one in self.all() if one.name != name])

    def _put(self, views: list[View]) -> None:
        rows = [
            {"name": view.name, "needle": view.needle, "group": view.group, **view.arrangement.plain()}
            for view in views
        ]
        self._state.put(_KEPT, json.dumps(rows, ensure_ascii=False))


class NameForm(QDialog):
    """Asks for the name of a view; `name` once it was accepted."""

    def __init__(self, taken: set[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Save this view"))
        self._taken = taken
        self.field = QLineEdit()
        self.field.setMaxLength(60)
        self.field.setAccessibleName(_("Name of the view"))
        self._note = label("small")
        keep, self.done_button = QPushButton(_("Cancel")), QPushButton(_("Save view"))
        self.done_button.setProperty("k", "primary")
        self.done_button.setDefault(True)
        self.done_button.setEnabled(False)
        keep.clicked.connect(self.reject)
        self.done_button.clicked.connect(self.accept)
        self.field.textChanged.connect(self._changed)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(keep)
        buttons.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label("headline", _("Save this view")))
        text = label("small", _("It keeps the columns, the order, the filter and the grouping."))
        text.setWordWrap(True)
        column.addWidget(text)
        column.addWidget(self.field)
        column.addWidget(self._note)
        column.addLayout(buttons)
        self.setMinimumWidth(360)
        self.field.setFocus()

    @property
    def name(self) -> str:
        """What was typed."""
        return self.field.text().strip()

    def _changed(self) -> None:
        self.done_button.setEnabled(bool(self.name))
        self._note.setText(_("The view of this name is replaced.") if self.name in self._taken else "")
