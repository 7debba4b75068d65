"""One record per action; menus, shortcuts, buttons, the command box and tooltips are all made from it.

Whoever may not do something sees it grey, with the reason: a command names the action of the audit trail that it needs,
a button is handed to `Rights.guard` with it, and `app/storage/roles.py` is the one table that says who may.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.refusals import Refused
from app.storage import roles
from app.storage.persons import Role
from app.wording.sentences import refusal


@dataclass(frozen=True, slots=True)
class Command:
    """An action: `id` is English and stable, `text` is asked anew whenever the language changes.

    `menu` is the id of the menu in which it stands (empty: none); `ticked` makes it a choice that can be on; `needs` is
    an action of the audit trail ("book.import") for which the acting person's role must be enough.
    """

    id: str
    text: Callable[[], str]
    run: Callable[[], None]
    menu: str = ""
    shortcut: str = ""
    icon: str = ""
    enabled: Callable[[], bool] | None = None
    ticked: Callable[[], bool] | None = None
    needs: str = ""


class Rights(QObject):
    """What the acting person's role is enough for. The store refuses all the same, whatever is grey here."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._role: Role | None = None  # not known yet: nothing is grey

    def take(self, role: Role) -> None:
        """The acting person has this role from now on."""
        if role is not self._role:
            self._role = role
            self.changed.emit()

    def why_not(self, *actions: str) -> str:
        """Why the role is not enough for one of the actions; "" where it is enough for all."""
        refused = next((one for action in actions if (one := self.refusal(action)) is not None), None)
        return "" if refused is None else refusal(refused)[0]

    def refusal(self, action: str) -> Refused | None:
        """What the store would say of an action; None where it would do it."""
        if not action or self._role is None or roles.may(self._role, action):
            return None
        values = {"role": self._role.value, "needed": roles.least(action).value, "action": action}
        return Refused("persons.role_needed", **values)

    def guard(self, widget: QWidget, *actions: str) -> None:
        """Keep a button or a field grey, and say why, as long as the role is not enough for all the actions."""
        _Guard(widget, actions, self)

    def retranslate(self) -> None:
        """Say every reason anew, in the language in force."""
        self.changed.emit()


class _Guard(QObject):
    """Stands before one widget: whoever enables it, or gives it a tooltip, is overruled as long as it is barred."""

    def __init__(self, widget: QWidget, actions: tuple[str, ...], rights: Rights) -> None:
        super().__init__(widget)
        self.setObjectName("guard")
        self.actions, self._widget, self._rights = actions, widget, rights
        self._enabled, self._tooltip = _wanted(widget), widget.toolTip()
        self._told = ""
        widget.installEventFilter(self)
        rights.changed.connect(self.look)
        self.look()

    @Slot()
    def look(self) -> None:
        """Bar it or let it be, as the role is now."""
        told, self._told = self._told, self._rights.why_not(*self.actions)
        if self._told:
            if _wanted(self._widget):
                self._enabled = True
                self._widget.setEnabled(False)
            self._widget.setToolTip(self._told)
            self._widget.setAccessibleDescription(self._told)
        elif told:
            self._widget.setEnabled(self._enabled)
            self._widget.setToolTip(self._tooltip)
            self._widget.setAccessibleDescription("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._told and event.type() == QEvent.Type.EnabledChange:
            if _wanted(self._widget):
                self._enabled = True
                self._widget.setEnabled(False)
        elif event.type() == QEvent.Type.ToolTipChange and self._widget.toolTip() != self._told:
            self._tooltip = self._widget.toolTip()
            if self._told:
                self._widget.setToolTip(self._told)
        return False


def _wanted(widget: QWidget) -> bool:
    """Whether the page wants it enabled, whatever stands around it."""
    return not widget.testAttribute(Qt.WidgetAttribute.WA_ForceDisabled)


class Action(QAction):
    """A command as Qt sees it."""

    def __init__(self, command: Command, rights: Rights, parent: QObject) -> None:
        super().__init__(parent)
        self.command, self._rights = command, rights
        self.setObjectName(command.id)
        self.setMenuRole(QAction.MenuRole.NoRole)
        self.setCheckable(command.ticked is not None)
        if command.shortcut:
            self.setShortcut(QKeySequence(command.shortcut))
        self.triggered.connect(self._run)
        self.update()

    def update(self) -> None:
        """Ask the command again for its words, and whether it can be used now."""
        self.setText(self.command.text())
        plain = self.command.text().replace("&", "")
        self.barred = self._rights.why_not(self.command.needs)
        named = f"{plain} ({self.command.shortcut})" if self.command.shortcut else plain
        self.setToolTip(self.barred or named)
        self.setStatusTip(self.barred)
        self.setEnabled(not self.barred and (self.command.enabled is None or self.command.enabled()))
        if self.command.ticked is not None:
            self.setChecked(self.command.ticked())

    @Slot()
    def _run(self) -> None:
        self.command.run()


class Commands(QObject):
    """Every command of the window, in the order in which they were added; `refused(error)` to whoever is barred."""

    refused = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[str, Action] = {}
        self.rights = Rights(self)
        self.rights.changed.connect(self.update)

    def add(self, command: Command) -> Action:
        """Take in a command; an id that is already there is a fault."""
        if command.id in self._actions:
            raise ValueError(f"two commands are called {command.id}")
        action = Action(command, self.rights, self)
        self._actions[command.id] = action
        return action

    def __getitem__(self, command_id: str) -> Action:
        return self._actions[command_id]

    def __iter__(self) -> Iterator[Action]:
        return iter(self._actions.values())

    def run(self, command_id: str) -> None:
        """Do it, if it can be done now."""
        action = self._actions[command_id]
        if action.isEnabled():
            action.command.run()
        else:
            self.allows(action.command.needs)

    def allows(self, action: str) -> bool:
        """Whether the role is enough for an action; if not, `refused` says why."""
        error = self.rights.refusal(action)
        if error is not None:
            self.refused.emit(error)
        return error is None

    @Slot()
    def update(self) -> None:
        """After a change of language, of the role, or of what can be done."""
        for action in self._actions.values():
            action.update()
