"""What every page is: made from a context, told to speak another language, told what happened.

A page holds no truth of its own: it asks the services (in a worker, through `ask`) and shows what came back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.bootstrap import Program
from app.events import Event
from app.jobs import Cancelled, Job
from app.refusals import Refused
from ui import theme
from ui.bridge import Bridge
from ui.commands import Commands
from ui.state import State
from ui.tasks import Lane, Task, Tasks
from ui.widgets.badge import Badge
from ui.widgets.text import label

#: The least room a page is laid out for (1180 × 700 less the bars); below it the page scrolls.
LEAST = (980, 620)


@dataclass(frozen=True)
class Context:
    """What a page may use.

    `open(page_id, **what)` goes to a page and hands it what to show; `done(text, undo_text, undo)` shows one line that
    says what was done, with an undo where there is one; `failed(error)` shows what was refused and the remedy;
    `unlock(code, again)` asks for the password of approvals and does `again` what was refused for want of it;
    `replace(file)` closes the window, puts a backup in the place of the workspace, and opens it again.
    """

    program: Program
    tasks: Tasks
    bridge: Bridge
    state: State
    commands: Commands
    open: Callable[..., None]
    done: Callable[..., None]
    failed: Callable[[Exception], None]
    replace: Callable[[Path], None]
    unlock: Callable[[str, Callable[[], None]], None]
    sample: bool = False


class Header(QWidget):
    """Title, state badge, a line of scope, and the page's actions (one primary at most)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("title")
        self.badge = Badge()
        self.badge.hide()
        self.scope = label("scope")
        self.actions = QHBoxLayout()
        self.actions.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.badge)
        row.addWidget(self.scope)
        row.addStretch(1)
        row.addLayout(self.actions)

    def add(self, action: QWidget) -> None:
        """Put a button to the right."""
        self.actions.addWidget(action)


class Page(QScrollArea):
    """The frame of a page: header, then whatever `body` holds. Subclasses fill `body` and write three methods.

    `retranslate` sets every text anew (language and theme changes call it; it must lose no state), `refresh` asks the
    services again (event None: everything), `show_target` shows what another page sent here.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._inside.setProperty("r", "page")
        self._inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._inside.setMinimumSize(*LEAST)
        self.setWidget(self._inside)
        self.header = Header()
        self.body = QVBoxLayout()
        self._column = QVBoxLayout(self._inside)
        self._column.addWidget(self.header)
        self._column.addLayout(self.body, 1)
        self.apply_density()

    def retranslate(self) -> None:
        """Set every text of the page anew, in the language now spoken."""
        raise NotImplementedError

    def refresh(self, event: Event | None = None) -> None:
        """Ask the services again; `event` tells what changed, None that everything may have."""
        raise NotImplementedError

    def show_target(self, **what: Any) -> None:
        """Show what another page asked for (`context.open("alerts", alert=7)`); nothing by default."""

    def find(self) -> None:
        """Ctrl+F: put the cursor into the page's filter; nothing on a page without one."""

    def export(self) -> None:
        """Ctrl+E: write the page's table to a file; nothing on a page without one."""

    def apply_density(self) -> None:
        """Take the margins and gutters of the density in force; called after every change of theme."""
        now = theme.current()
        # Pages must not scroll; Chinese lines are a little taller, and the foot gives what they need.
        foot = now.margin - 6
        self._column.setContentsMargins(now.margin, 10 if now.compact else 14, now.margin, foot)
        self._column.setSpacing(8 if now.compact else 12)
        self.body.setSpacing(now.gutter)
        for grid in self._inside.findChildren(QGridLayout, "columns"):
            grid.setSpacing(now.gutter)

    def columns(self) -> QGridLayout:
        """A grid of twelve equal columns, added to the body: put cards into it with a column span."""
        grid = QGridLayout()
        grid.setObjectName("columns")
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.current().gutter)
        for column in range(12):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, 0)
        self.body.addLayout(grid, 1)
        return grid

    def button(self, kind: str = "", command: str = "") -> QPushButton:
        """A button in the header; with a command's id it does what the command does."""
        made = QPushButton()
        if kind:
            made.setProperty("k", kind)
        if command:
            made.clicked.connect(self.context.commands[command].trigger)
        self.header.add(made)
        return made

    def guard(self, widget: QWidget, *actions: str) -> None:
        """Keep a button or field grey, with the reason, while the person's role is not enough for these actions."""
        self.context.commands.rights.guard(widget, *actions)

    def allows(self, action: str) -> bool:
        """Whether the role is enough for what is no button (a link in a table); if not, the window says why."""
        return self.context.commands.allows(action)

    def ask(
        self,
        work: Callable[[Job], Any],
        on_success: Callable[[Any], None],
        on_failure: Callable[[Exception], None] | None = None,
        on_progress: Callable[[str, int, int], None] | None = None,
        lane: Lane = Lane.READ,
        about: str = "",
    ) -> Task:
        """Run work in a lane for this page; without `on_failure` the window shows what was refused.

        Of several questions `about` the same thing only the last one is answered.
        """

        def failed(error: Exception) -> None:
            if isinstance(error, Refused) and error.code in ("password.asked", "password.none", "password.once"):
                again = partial(self.ask, work, on_success, on_failure, on_progress, lane, about)
                self.context.unlock(error.code, again)
            elif on_failure is not None:
                on_failure(error)
            elif not isinstance(error, Cancelled):
                self.context.failed(error)

        return self.context.tasks.run(self, work, on_success, failed, on_progress, lane, about)
