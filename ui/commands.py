"""One record per action; menus, shortcuts, buttons, the command box and tooltips are all made from it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence


@dataclass(frozen=True, slots=True)
class Command:
    """An action: `id` is English and stable, `text` is asked anew whenever the language changes.

    `menu` is the id of the menu in which it stands (empty: none); `ticked` makes it a choice that can be on.
    """

    id: str
    text: Callable[[], str]
    run: Callable[[], None]
    menu: str = ""
    shortcut: str = ""
    icon: str = ""
    enabled: Callable[[], bool] | None = None
    ticked: Callable[[], bool] | None = None


class Action(QAction):
    """A command as Qt sees it."""

    def __init__(self, command: Command, parent: QObject) -> None:
        super().__init__(parent)
        self.command = command
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
        self.setToolTip(f"{plain} ({self.command.shortcut})" if self.command.shortcut else plain)
        self.setEnabled(self.command.enabled is None or self.command.enabled())
        if self.command.ticked is not None:
            self.setChecked(self.command.ticked())

    @Slot()
    def _run(self) -> None:
        self.command.run()


class Commands(QObject):
    """Every command of the window, in the order in which they were added."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[str, Action] = {}

    def add(self, command: Command) -> Action:
        """Take in a command; an id that is already there is a fault."""
        if command.id in self._actions:
            raise ValueError(f"two commands are called {command.id}")
        action = Action(command, self)
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

    def update(self) -> None:
        """After a change of language or of what can be done."""
        for action in self._actions.values():
            action.update()
