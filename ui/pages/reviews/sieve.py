"""The form of what is in sight: choose, see at once how many that leaves, keep it under a name, take a kept one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import formats
from app.wording.review_terms import list_name
from ui.pages.reviews.views import Sieve, View
from ui.widgets.text import label

#: A field of the form: its choices as (code, words).
Choices = Sequence[tuple[str, str]]


class SieveForm(QDialog):
    """`changed(sieve, text)` at every choice; `kept(name)`, `taken(name)` and `deleted(name)` of named views."""

    changed = Signal(object, str)
    kept = Signal(str)
    taken = Signal(str)
    deleted = Signal(str)

    def __init__(
        self,
        choices: dict[str, Choices],
        sieve: Sieve,
        text: str,
        views: Sequence[View],
        count: Callable[[], tuple[int, int]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sieve")
        self.setWindowTitle(_("What is in sight"))
        self._count = count
        self.fields = {name: QComboBox() for name in ("status", "owner", "due", "country")}
        self.text, self.name, self.views = QLineEdit(text), QLineEdit(), QComboBox()
        self.found = label("caption")
        words = {
            "status": _("Status"), "owner": _("Owner"), "due": _("Due"), "country": _("Country or region"),
        }  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for row, (name, box) in enumerate(self.fields.items()):
            box.addItem(pgettext("sieve", "All"), "")
            for code, said in choices[name]:
                box.addItem(said, code)
            at = box.findData(getattr(sieve, name))
            if at < 0:  # nothing on this list is that now: it stays chosen, so that it is seen
                box.addItem(getattr(sieve, name), getattr(sieve, name))
                at = box.count() - 1
            box.setCurrentIndex(at)
            box.setAccessibleName(words[name])
            grid.addWidget(label("label", words[name]), row, 0)
            grid.addWidget(box, row, 1)
            box.currentIndexChanged.connect(self._change)
        self.text.setAccessibleName(_("Text"))
        self.text.setClearButtonEnabled(True)
        self.text.textChanged.connect(self._change)
        grid.addWidget(label("label", _("Text")), 4, 0)
        grid.addWidget(self.text, 4, 1)
        grid.setColumnStretch(1, 1)
        self.keep_button, self.take_button, self.delete_button = (
            QPushButton(_("Keep view")), QPushButton(_("Use view")), QPushButton(_("Delete view")),
        )  # fmt: skip
        everything, close = QPushButton(_("Show everything")), QPushButton(_("Close"))
        for button in (self.keep_button, self.take_button, self.delete_button, everything):
            button.setAutoDefault(False)
        self.name.setAccessibleName(_("Name of the view"))
        self.name.setPlaceholderText(_("Name: keeps list, part, filter, order and widths"))
        self.views.setAccessibleName(_("Kept views"))
        self.views.setMinimumWidth(280)
        self.offer(views)
        saving, kept, buttons = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        saving.addWidget(self.name, 1)
        saving.addWidget(self.keep_button)
        kept.addWidget(self.views, 1)
        kept.addWidget(self.take_button)
        kept.addWidget(self.delete_button)
        buttons.addWidget(everything)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label("headline", _("Which items are in sight?")))
        column.addLayout(grid)
        column.addWidget(self.found)
        column.addWidget(label("label", _("Kept views, yours alone")))
        column.addLayout(kept)
        column.addLayout(saving)
        column.addLayout(buttons)
        self.name.textChanged.connect(self._offer)
        self.keep_button.clicked.connect(self._keep)
        self.take_button.clicked.connect(self._take)
        self.delete_button.clicked.connect(self._delete)
        everything.clicked.connect(self.clear)
        close.clicked.connect(self.accept)
        self._offer()
        self.told()

    def sieve(self) -> Sieve:
        """What is chosen."""
        return Sieve(**{name: str(box.currentData()) for name, box in self.fields.items()})

    def offer(self, views: Sequence[View]) -> None:
        """Show which views are kept."""
        self.views.clear()
        for view in views:
            text = _("{name} ({list})").format(name=view.name, list=list_name(view.list_id))
            self.views.addItem(text, view.name)
        some = bool(views)
        if not some:
            self.views.addItem(_("No view was kept yet"), "")
        self.take_button.setEnabled(some)
        self.delete_button.setEnabled(some)

    def told(self) -> None:
        """Say how many items are in sight."""
        shown, whole = self._count()
        text = ngettext("{shown} of {whole} item is in sight.", "{shown} of {whole} items are in sight.", whole)
        self.found.setText(text.format(shown=formats.number(shown), whole=formats.number(whole)))

    @Slot()
    def clear(self) -> None:
        """Everything is in sight again."""
        for box in self.fields.values():
            box.setCurrentIndex(0)
        self.text.clear()

    @Slot()
    def _change(self) -> None:
        self.changed.emit(self.sieve(), self.text.text())
        self.told()

    @Slot()
    def _offer(self) -> None:
        self.keep_button.setEnabled(bool(self.name.text().strip()))

    @Slot()
    def _keep(self) -> None:
        self.kept.emit(self.name.text().strip())
        self.name.clear()

    @Slot()
    def _take(self) -> None:
        self.taken.emit(str(self.views.currentData()))
        self.accept()

    @Slot()
    def _delete(self) -> None:
        self.deleted.emit(str(self.views.currentData()))
