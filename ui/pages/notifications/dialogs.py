"""Forms: how mail and webhook are set up, and how a person is reached. What is refused is said in the form."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from alerts.rule import FAMILIES, Severity
from app import i18n
from app.i18n import gettext as _
from app.refusals import Refused
from app.services.subscribing import quiet_hours
from app.storage.outbox import Channel, Reader
from app.wording import notifications as words
from ui.widgets.form import Form

_SECURITY = ("starttls", "tls", "none")


class ChannelForm(Form):
    """A channel: `wanted(settings by key, secret)`; an empty setting goes back to what is shipped."""

    wanted = Signal(object, str)

    def __init__(self, channel: Channel, now: Mapping[str, Any], *, kept: bool, parent: QWidget) -> None:
        mail = channel is Channel.MAIL
        text = (
            _("Mail goes out encrypted unless you choose otherwise; the password is kept in the system's safe.")
            if mail
            else _("Notices are posted as signed JSON; the secret is kept in the system's safe.")
        )
        super().__init__("channel", _("Mail") if mail else _("Webhook"), text, parent)
        self._fields: dict[str, QLineEdit | QComboBox] = {}
        if mail:
            self._line("mail_server", _("Server"), now, "mail.bank.example")
            self._line("mail_port", _("Port"), now)
            self._choice("mail_security", _("Encryption"), now)
            self._line("mail_sender", _("Sender"), now, "tidewatch@bank.example")
            self._line("mail_user", _("Account"), now, _("none"))
        else:
            self._line("webhook_url", _("Address"), now, "https://bank.example/tidewatch")
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setPlaceholderText(_("kept; type to replace it") if kept else _("none yet"))
        self.add(_("Password") if mail else _("Secret"), self.secret)
        next(iter(self._fields.values())).setFocus()

    def _line(self, key: str, name: str, now: Mapping[str, Any], hint: str = "") -> None:
        field = QLineEdit(str(now.get(f"notifications.{key}") or ""))
        field.setPlaceholderText(hint)
        self._fields[key] = field
        self.add(name, field)

    def _choice(self, key: str, name: str, now: Mapping[str, Any]) -> None:
        field = QComboBox()
        names = (_("STARTTLS (usual)"), _("TLS from the start"), _("none (inside the bank only)"))
        for code, word in zip(_SECURITY, names, strict=True):
            field.addItem(word, code)
        field.setCurrentIndex(max(0, field.findData(now.get(f"notifications.{key}"))))
        self._fields[key] = field
        self.add(name, field)

    def press(self) -> None:
        """Hand over what was typed."""
        found = {
            f"notifications.{key}": field.text().strip() if isinstance(field, QLineEdit) else str(field.currentData())
            for key, field in self._fields.items()
        }
        self.save.setEnabled(False)
        self.wanted.emit(found, self.secret.text())


class ReaderForm(Form):
    """How a person is reached: `wanted(Reader)`."""

    wanted = Signal(object)

    def __init__(self, reader: Reader, name: str, zone: str, parent: QWidget) -> None:
        text = _(
            "What may not go out in quiet hours waits until they are over. The inbox shows everything at any hour."
        )
        super().__init__("reader", _("How {person} is reached").format(person=name), text, parent)
        self._reader = reader
        quiet = reader.quiet
        self.email = QLineEdit(reader.email)
        self.email.setPlaceholderText(_("name@bank.example"))
        self.language = QComboBox()
        for code in i18n.LANGUAGES:
            self.language.addItem(words.language_name(code), code)
        self.language.setCurrentIndex(max(0, self.language.findData(reader.language)))
        self.least = QComboBox()
        self.least.addItem(_("Warning and critical"), Severity.WARNING)
        self.least.addItem(_("Critical only"), Severity.CRITICAL)
        self.least.setCurrentIndex(int(reader.least is Severity.CRITICAL))
        self.ends = QCheckBox(_("Ends of alerts too"))
        self.ends.setChecked(reader.resolved)
        self.quiet = QLineEdit("" if quiet is None else f"{quiet.start:%H:%M}-{quiet.end:%H:%M}")
        self.quiet.setPlaceholderText(_("none; such as 22:00-07:00"))
        self.zone = QLineEdit(zone if quiet is None else quiet.zone)
        self.breaks = QCheckBox(_("Critical alerts come at any hour"))
        self.breaks.setChecked(reader.critical_breaks)
        self.families = {family: QCheckBox(words.family(family)) for family in FAMILIES}
        boxes = QGridLayout()
        boxes.setSpacing(4)
        for place, (family, box) in enumerate(self.families.items()):
            box.setChecked(not reader.families or family in reader.families)
            boxes.addWidget(box, place // 2, place % 2)
        chosen = QWidget()
        boxes.setContentsMargins(0, 0, 0, 0)
        chosen.setLayout(boxes)
        self.add(_("Address"), self.email)
        self.add(_("Language"), self.language)
        self.add(_("Is told"), self.least)
        self.add("", self.ends)
        self.add(_("Families"), chosen)
        self.add(_("Quiet hours"), self.quiet)
        self.add(_("Time zone"), self.zone)
        self.add("", self.breaks)
        self.email.setFocus()

    def press(self) -> None:
        """Hand over what was typed; quiet hours that are none are said at once."""
        try:
            quiet = quiet_hours(self.quiet.text(), self.zone.text().strip())
        except Refused as error:
            self.refuse(error)
            return
        told = tuple(family for family, box in self.families.items() if box.isChecked())
        self.save.setEnabled(False)
        self.wanted.emit(
            replace(
                self._reader,
                email=self.email.text().strip(),
                language=str(self.language.currentData()),
                families=() if len(told) == len(self.families) else told,
                least=Severity(str(self.least.currentData())),
                resolved=self.ends.isChecked(),
                quiet=quiet,
                critical_breaks=self.breaks.isChecked(),
            )
        )
