"""The right-hand side: how a source is reached, and whether it answers."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy

from app.i18n import gettext as _
from app.services.provider import Provider
from app.settings import SourceSettings
from app.wording import sourcing
from ui.pages.sources.key import KeyBox
from ui.widgets.badge import Mark
from ui.widgets.card import Card
from ui.widgets.text import label

_FIELDS = ("base_url", "proxy", "ca_bundle")


class ReachingCard(Card):
    """How is it reached? `saved(source, settings)` and `tested(source, settings)`."""

    saved = Signal(str, object)
    tested = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._provider: Provider | None = None
        self.asked = QCheckBox()
        self._labels = {key: label("label") for key in _FIELDS}
        self.fields = {key: QLineEdit() for key in _FIELDS}
        self.browse = QPushButton()
        self.browse.setProperty("k", "small")
        self.browse.clicked.connect(self._browse)
        self.test, self.save = QPushButton(), QPushButton()
        self.save.setProperty("k", "primary")
        self._outcome_mark, self._outcome = Mark("", 14), label("small")
        self._why = label("caption")
        self.key, self._terms = KeyBox(), label("caption")
        for text in (self._outcome, self._why, self._terms):
            text.setWordWrap(True)
            text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.body.addWidget(self.asked)
        for key, field in self.fields.items():
            self.body.addWidget(self._labels[key])
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(field, 1)
            if key == "ca_bundle":
                row.addWidget(self.browse)
            self.body.addLayout(row)
            field.textChanged.connect(self._offer)
            field.returnPressed.connect(self.press)
        self.body.addWidget(self.key)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.test)
        buttons.addWidget(self.save, 1)
        outcome = QHBoxLayout()
        outcome.setSpacing(8)
        outcome.addWidget(self._outcome_mark, 0, Qt.AlignmentFlag.AlignTop)
        outcome.addWidget(self._outcome, 1)
        self.body.addSpacing(4)
        self.body.addLayout(buttons)
        self.body.addWidget(self._why)
        self.body.addLayout(outcome)
        self.body.addStretch(1)
        self.body.addWidget(self._terms)
        self.asked.toggled.connect(self._offer)
        self.test.clicked.connect(self._test)
        self.save.clicked.connect(self.press)

    def retranslate(self) -> None:
        """Set every text anew; what was typed stays."""
        self.ask(_("How is it reached?"))
        self.asked.setText(sourcing.setting_label("enabled"))
        for key in _FIELDS:
            self._labels[key].setText(sourcing.setting_label(key))
            self.fields[key].setAccessibleName(sourcing.setting_label(key))
        self.fields["proxy"].setPlaceholderText(_("the system's"))
        self.fields["ca_bundle"].setPlaceholderText(_("the system's"))
        self.browse.setText(_("Choose…"))
        self.test.setText(_("Test"))
        self.save.setText(_("Save settings"))
        self.key.retranslate()
        self._say()
        self._offer()

    # ------------------------------------------------------------------ showing

    def show_provider(self, provider: Provider) -> None:
        """Show how a source is reached; what was typed stays while it is the same source with the same settings."""
        before, self._provider = self._provider, provider
        if before is None or (before.id, before.settings) != (provider.id, provider.settings):
            settings = provider.settings or SourceSettings()
            self.asked.setChecked(settings.enabled)
            for key, field in self.fields.items():
                field.setText(getattr(settings, key) or "")
            if before is None or before.id != provider.id:
                self.show_outcome("", "")
        self.fields["base_url"].setPlaceholderText(provider.base_url)
        self.key.show_provider(provider)
        self._terms.setText(provider.attribution)  # in the provider's own words, as its terms ask
        self._say()
        self._offer()

    def _say(self) -> None:
        provider = self._provider
        if provider is None:
            return
        if not provider.host:
            self.say(_("No public source carries these series; take them in from files."))
        elif provider.settings is None:
            self.say(_("The settings file cannot be used."))
        elif not provider.settings.enabled:
            self.say(_("It is not asked."))
        elif provider.state == "keyless":
            self.say(_("It is not asked until it has a key."))
        elif provider.settings.proxy:
            self.say(
                _("It is asked at {host}, through {proxy}.").format(host=provider.host, proxy=provider.settings.proxy)
            )
        else:
            self.say(_("It is asked at {host}.").format(host=provider.host))

    def show_outcome(self, mark: str, text: str) -> None:
        """What became of a test: a mark and a sentence; empty takes it away."""
        self._outcome_mark.show_state(mark)
        self._outcome_mark.setVisible(bool(mark))
        self._outcome.setText(text)
        self._outcome.setVisible(bool(text))

    # ------------------------------------------------------------------ what is set

    def given(self) -> SourceSettings:
        """What the form says; what it does not show stays as it is."""
        provider = self._provider
        kept = (provider.settings if provider else None) or SourceSettings()
        texts = {key: field.text().strip() or None for key, field in self.fields.items()}
        return replace(kept, enabled=self.asked.isChecked(), **texts)

    @Slot()
    def _offer(self) -> None:
        provider = self._provider
        usable = provider is not None and bool(provider.host) and provider.settings is not None
        changed = usable and provider is not None and self.given() != provider.settings
        for part in (self.asked, *self.fields.values(), self.browse, self.test):
            part.setEnabled(usable)
        self.save.setEnabled(bool(changed))
        if provider is not None and provider.host and provider.settings is None:
            why = _("Correct sources.toml first; the fault stands in the middle.")
        elif not usable:
            why = ""
        else:
            why = "" if changed else _("Nothing is changed yet. A test stores nothing.")
        self._why.setText(why)

    @Slot()
    def press(self) -> None:
        """Save, where something is changed."""
        if self._provider is not None and self.save.isEnabled():
            self.saved.emit(self._provider.id, self.given())

    @Slot()
    def _test(self) -> None:
        if self._provider is not None:
            self.test.setEnabled(False)
            self.show_outcome("pending", _("Asking {host} …").format(host=self._provider.host))
            self.tested.emit(self._provider.id, self.given())

    def end_test(self) -> None:
        """Another test can be made."""
        self._offer()

    @Slot()
    def _browse(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, sourcing.setting_label("ca_bundle"), "", _("Certificates (*.pem *.crt *.cer)")
        )
        if name:
            self.fields["ca_bundle"].setText(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.press()
        else:
            super().keyPressEvent(event)
