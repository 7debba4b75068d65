"""Forms: a new person, another role, somebody who left, an absence, and a password that is given out once."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QPushButton, QWidget

from app.i18n import gettext as _
from app.i18n import pgettext
from app.services.staffing import Member
from app.services.unlocking import Reset
from app.storage import roles
from app.storage.persons import Person, Role
from app.wording import formats
from app.wording import persons as words
from ui.widgets.form import Form
from ui.widgets.text import label

#: An absence is proposed for a week.
_WEEK = timedelta(days=6)


class PersonForm(Form):
    """Somebody new: `wanted(account, name, Role)`."""

    wanted = Signal(str, str, object)

    def __init__(self, parent: QWidget, *, first: bool) -> None:
        text = _("The account is the name under which the person logs in to the computer.")
        if first:
            text = _(
                "The account is the name under which the person logs in to the computer. You are written down too, as"
                " administrator; from then on approvals ask for a password."
            )
        super().__init__("person", _("Add a person"), text, parent, _("Add person"), _("Add nobody"))
        self.account, self.name = QLineEdit(), QLineEdit()
        self.roles = _Roles(Role.OFFICER)
        self.add(_("Account"), self.account)
        self.add(_("Name"), self.name)
        self.add(_("Role"), self.roles)
        self.grid.addWidget(self.roles.about, self.grid.rowCount(), 1)
        self.account.setFocus()

    def press(self) -> None:
        """Hand over what was typed."""
        self.save.setEnabled(False)
        self.wanted.emit(self.account.text(), self.name.text(), self.roles.role)


class RoleForm(Form):
    """Another role: `wanted(account, Role)`."""

    wanted = Signal(str, object)

    def __init__(self, person: Person, parent: QWidget) -> None:
        text = _("It holds from the next thing that {person} does on.").format(person=person.name)
        title = _("What {person} may do").format(person=person.name)
        super().__init__("role", title, text, parent, _("Change role"))
        self._person = person
        self.roles = _Roles(person.role)
        self.add(_("Role"), self.roles)
        self.grid.addWidget(self.roles.about, self.grid.rowCount(), 1)
        self.roles.setFocus()

    def press(self) -> None:
        """Hand over what was chosen."""
        self.save.setEnabled(False)
        self.wanted.emit(self._person.id, self.roles.role)


class LeaveForm(Form):
    """Somebody left: `wanted(account)`."""

    wanted = Signal(str)

    def __init__(self, person: Person, parent: QWidget) -> None:
        text = _(
            "From now on the account only looks on, approves nothing and is told nothing; its password goes. What was"
            " done under the name stays, and items keep their owner until you give them another one."
        )
        title = _("{person} has left").format(person=person.name)
        super().__init__("leave", title, text, parent, _("Has left"), pgettext("person", "Stays"))
        self._person = person
        self.leave.setFocus()

    def press(self) -> None:
        """Do it."""
        self.save.setEnabled(False)
        self.wanted.emit(self._person.id)


class AwayForm(Form):
    """An absence: `wanted(person, deputy, first, last)`; others' are an administrator's to enter."""

    wanted = Signal(str, str, object, object)

    def __init__(
        self, people: Sequence[Member], me: str, today: date, parent: QWidget, *, others: bool, start: str = ""
    ) -> None:
        text = _("Both days count, by the bank's calendar day. What waits for the person is the deputy's meanwhile.")
        super().__init__("away", _("Away, with a deputy"), text, parent, _("Enter absence"), _("Enter none"))
        self._people = people
        self.person, self.deputy = QComboBox(), QComboBox()
        for one in people:
            if others or one.person.id == me:
                self.person.addItem(one.person.name, one.person.id)
        self.person.setCurrentIndex(max(0, self.person.findData(start or me)))
        self.first, self.last = _day(today, today), _day(today + _WEEK, today)
        self.add(_("Who is away"), self.person)
        self.add(_("Deputy"), self.deputy)
        self.add(_("From"), self.first)
        self.add(_("To"), self.last)
        self.about = label("caption")
        self.about.setWordWrap(True)
        self.grid.addWidget(self.about, self.grid.rowCount(), 1)
        self.person.currentIndexChanged.connect(self._offer_deputies)
        self.deputy.currentIndexChanged.connect(self._tell)
        self.first.dateChanged.connect(self._follow)
        self._offer_deputies()
        self.person.setFocus()

    @Slot()
    def _offer_deputies(self, _place: int = 0) -> None:
        kept = self.deputy.currentData()
        self.deputy.clear()
        away = self.person.currentData()
        least = max((_rank(one) for one in self._people if one.person.id == away), default=0)
        # Who may do all that the person may comes first, and is proposed.
        for one in sorted(self._people, key=lambda one: _rank(one) < least):
            if one.person.id != away:
                self.deputy.addItem(one.person.name, one.person.id)
        self.deputy.setCurrentIndex(max(0, self.deputy.findData(kept)))
        self._tell()

    @Slot()
    def _tell(self, _place: int = 0) -> None:
        """A deputy of a lesser role cannot do all that waits; one without an address is not written to: said now."""
        by_id = {one.person.id: one for one in self._people}
        away, deputy = by_id.get(self.person.currentData()), by_id.get(self.deputy.currentData())
        if away is None or deputy is None:
            self.about.setText("")
            return
        told = []
        if _rank(deputy) < _rank(away):
            text = _("{deputy} is {role} and may not do all that {person} may.")
            role = words.role_label(deputy.person.role.value)
            told.append(text.format(deputy=deputy.person.name, role=role, person=away.person.name))
        if not deputy.reached:
            text = _("{deputy} has no mail address: what is told by mail stands in the inbox only.")
            told.append(text.format(deputy=deputy.person.name))
        self.about.setText(formats.together(told))

    @Slot(QDate)
    def _follow(self, first: QDate) -> None:
        self.last.setMinimumDate(first)

    def press(self) -> None:
        """Hand over what was chosen."""
        self.save.setEnabled(False)
        self.wanted.emit(
            str(self.person.currentData()),
            str(self.deputy.currentData()),
            self.first.date().toPython(),
            self.last.date().toPython(),
        )


class ResetForm(Form):
    """A password for one use: `wanted(account)`, and once it is made `show_given` shows it, this once."""

    wanted = Signal(str)

    def __init__(self, person: Person, parent: QWidget) -> None:
        text = _(
            "{person} gets a password for one use in the place of the present one. The next approval asks for it and"
            " for a new one; nobody else ever sees that."
        ).format(person=person.name)
        title = _("Reset the password of {person}").format(person=person.name)
        super().__init__("reset", title, text, parent, _("Reset password"))
        self._person, self._given = person, False
        self.given = QLineEdit()
        self.given.setReadOnly(True)
        self.copy = QPushButton(_("Copy"))
        self.copy.clicked.connect(self._copy)
        note = label("caption", _("It is shown this once. Hand it over in person."))
        name = label("label", _("For one use"))
        self.given.setAccessibleName(name.text())
        self._shown = (name, self.given, self.copy, note)
        for part, place in zip(self._shown, ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 1, 1, 2)), strict=True):
            self.grid.addWidget(part, *place)
            part.hide()
        self.leave.setFocus()

    def press(self) -> None:
        """Reset it; once it is shown, close."""
        if self._given:
            self.accept()
            return
        self.save.setEnabled(False)
        self.wanted.emit(self._person.id)

    def show_given(self, reset: Reset) -> None:
        """Show the password that was made; it is kept nowhere, and goes with this form."""
        self._given = True
        self.given.setText(reset.password)
        self.fault.setText("")
        for part in self._shown:
            part.show()
        self.leave.hide()
        self.save.setText(_("Close"))
        self.save.setEnabled(True)
        self.adjustSize()
        self.given.setFocus()
        self.given.selectAll()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.given.text())


class _Roles(QComboBox):
    """The four roles; beneath it `about` says what the chosen one may do."""

    def __init__(self, now: Role) -> None:
        super().__init__()
        self.about = label("caption")
        self.about.setWordWrap(True)
        for role in Role:
            self.addItem(words.role_label(role.value), role.value)
        self.currentIndexChanged.connect(self._tell)
        self.setCurrentIndex(self.findData(now.value))
        self._tell()

    @property
    def role(self) -> Role:
        """The one that is chosen."""
        return Role(self.currentData())

    @Slot()
    def _tell(self, _place: int = 0) -> None:
        self.about.setText(words.role_about(self.role.value))


def _rank(one: Member) -> int:
    """The place of a person's role among the four."""
    return roles.ORDER.index(one.person.role)


def _day(day: date, earliest: date) -> QDateEdit:
    made = QDateEdit(QDate(day.year, day.month, day.day))
    made.setMinimumDate(QDate(earliest.year, earliest.month, earliest.day))
    made.setCalendarPopup(True)
    made.setDisplayFormat("yyyy-MM-dd")
    return made
