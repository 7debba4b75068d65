"""The card in the middle: the form of a rule, why it is changed, and its versions."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy

from alerts.rule import Rule
from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording import alerts as words
from app.wording import conditions
from app.wording import rules as wording
from ui.pages.rules.form import RuleForm
from ui.pages.rules.seen import Detail
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.text import label


class EditorCard(Card):
    """What does the rule say? `tried(rule)` while it is changed, `saved(rule, reason)`, `restored(version, reason)`."""

    tried = Signal(object)
    saved = Signal(object, str)
    restored = Signal(int, str)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._detail: Detail | None = None
        self._title, self._says = label("headline"), label("caption")
        self._says.setWordWrap(True)
        self._says.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.form = RuleForm()
        self.reason = QLineEdit()
        self.save, self.restore = QPushButton(), QPushButton()
        self.save.setProperty("k", "primary")
        self._why = label("caption")
        self._why.setWordWrap(True)
        self._why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.versions = TableView(
            (
                Column("version", lambda: _("Version"), Kind.NUMBER, priority=0),
                Column("when", lambda: _("Date"), Kind.DATE, short_date=True, priority=1),
                Column("who", lambda: pgettext("version", "By"), quiet=True, priority=2),
                Column("what", lambda: _("Why and what"), stretch=1, width=120, priority=0, note="what"),
            ),
            title="", row="dense", name="rules.versions", state=state,
        )  # fmt: skip
        self.versions.setMinimumHeight(96)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save, 1)
        buttons.addWidget(self.restore, 1)
        for part in (self._title, self._says, self.form, self.reason):
            self.body.addWidget(part)
        self.body.addLayout(buttons)
        self.body.addWidget(self._why)
        self.body.addWidget(self.versions, 1)
        self.form.changed.connect(self._changed)
        self.reason.textChanged.connect(self._offer)
        self.reason.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.restore.clicked.connect(self._restore)
        self.versions.selected.connect(self._offer)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What does the rule say?"))
        self.reason.setPlaceholderText(_("Why it is changed; the reason is kept"))
        self.reason.setAccessibleName(_("Reason"))
        self.save.setText(_("Save as a new version"))
        self.restore.setText(_("Restore"))
        self.versions.setAccessibleName(_("Versions, newest first"))
        if self._detail is not None:
            self.show_detail(self._detail)

    def show_nothing(self) -> None:
        """No rule is chosen."""
        self._detail = None
        self.show_empty("alerts", _("No rule is chosen"), _("Choose one on the left to see and change it."))

    def show_detail(self, detail: Detail) -> None:
        """Show one rule."""
        self._detail = detail
        rule = detail.rule
        self.show_content()
        self._title.setText(_("{id}  {title}").format(id=rule.id, title=words.title(rule, {})))
        self._say(rule)
        self.form.show_rule(rule)
        self.reason.clear()
        self.versions.rows.load(
            {
                "version": [float(one.rule.version) for one in detail.versions],
                "when": [one.at.date() for one in detail.versions],
                "who": [one.who for one in detail.versions],
                "what": [wording.why_changed(one.reason, one.changes) for one in detail.versions],
            },
            keys=[str(one.rule.version) for one in detail.versions],
        )
        self._offer()

    def set_line(self, value: float) -> None:
        """The slider moved the line of the mildest band."""
        if self._detail is not None:
            severity, band = self._detail.rule.bands[0]
            self.form.set_value(f"{severity.value}.threshold", value)
            # What clears it keeps its distance.
            self.form.set_value(f"{severity.value}.recovery", value + band.clears_at - band.threshold)

    @property
    def _edited(self) -> Rule | None:
        """What would be saved; None where nothing differs or the form holds no rule."""
        rule = self.form.rule
        return None if self._detail is None or rule == self._detail.rule else rule

    def _say(self, rule: Rule) -> None:
        self._says.setText(conditions.sentence(rule.condition))

    @Slot()
    def _changed(self) -> None:
        self._offer()
        rule = self.form.rule
        if rule is not None:
            self._say(rule)
            self.tried.emit(rule)

    @Slot()
    def _offer(self) -> None:
        reason = bool(self.reason.text().strip())
        self.save.setEnabled(reason and self._edited is not None)
        older = self._detail is not None and self.versions.current not in (None, str(self._detail.rule.version))
        self.restore.setEnabled(reason and older)
        if self.form.rule is None:
            self._why.setText(_("The lines do not fit: critical is worse than warning, and clearing is milder."))
        elif self._edited is None:
            self._why.setText(_("Change a field, or choose an earlier version to restore."))
        elif not reason:
            self._why.setText(_("Say why; what is open is derived anew from the new version."))
        else:
            self._why.setText(_("What is open is derived anew from the new version."))

    @Slot()
    def _save(self) -> None:
        rule = self._edited
        if rule is not None and self.save.isEnabled():
            self.saved.emit(rule, self.reason.text().strip())

    @Slot()
    def _restore(self) -> None:
        if self.restore.isEnabled() and self.versions.current is not None:
            self.restored.emit(int(self.versions.current), self.reason.text().strip())
