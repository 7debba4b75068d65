"""The key of a source that wants one: entered, tested with the card's own test, removed; it is never shown."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.credentials import Place
from app.i18n import gettext as _
from app.services.provider import Provider
from app.wording import sourcing
from ui.widgets.text import label


class KeyBox(QWidget):
    """`kept(source, key)` and `removed(source)`; hidden for a source that is open to everybody."""

    kept = Signal(str, str)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._provider: Provider | None = None
        self._label, self._standing = label("label"), label("caption")
        self._standing.setWordWrap(True)
        self._standing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep, self.remove = QPushButton(), QPushButton()
        for button in (self.keep, self.remove):
            button.setProperty("k", "small")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.field, 1)
        row.addWidget(self.keep)
        row.addWidget(self.remove)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(6)
        body.addWidget(self._label)
        body.addLayout(row)
        body.addWidget(self._standing)
        self.field.textChanged.connect(self._offer)
        self.field.returnPressed.connect(self._keep)
        self.keep.clicked.connect(self._keep)
        self.remove.clicked.connect(self._remove)

    def retranslate(self) -> None:
        """Set every text anew; what was typed stays."""
        self._label.setText(_("Key"))
        self.field.setAccessibleName(_("Key"))
        self.keep.setText(_("Keep key"))
        self.remove.setText(_("Remove"))
        self._say()

    def show_provider(self, provider: Provider) -> None:
        """Show whether the source wants a key and has one; what was typed goes with the source it was typed for."""
        if self._provider is None or self._provider.id != provider.id:
            self.field.clear()
        self._provider = provider
        self.setVisible(provider.key is not None)
        self._say()
        self._offer()

    def _say(self) -> None:
        provider = self._provider
        if provider is None or provider.key is None:
            return
        if provider.kept is None:
            text = _("No key yet. Get one at {page}; it is kept in the system's safe.").format(page=provider.key.page)
        else:
            text = sourcing.key_standing(provider.kept.place.value)
        self._standing.setText(text)

    @Slot()
    def _offer(self) -> None:
        kept = self._provider.kept if self._provider is not None else None
        self.keep.setEnabled(bool(self.field.text().strip()))
        self.remove.setEnabled(kept is not None and kept.place is Place.SAFE)

    @Slot()
    def _keep(self) -> None:
        if self._provider is not None and self.keep.isEnabled():
            self.kept.emit(self._provider.id, self.field.text().strip())
            self.field.clear()

    @Slot()
    def _remove(self) -> None:
        if self._provider is not None:
            self.removed.emit(self._provider.id)
