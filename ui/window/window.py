"""The window: menus, search, navigation, one page at a time, and the state of the data below."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, QTranslator, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app import i18n
from app.bootstrap import Program
from app.events import BookChanged, Event, SeriesChanged
from app.i18n import gettext as _
from app.refusals import Refused
from ui import theme
from ui.bridge import Bridge
from ui.charts import events as marked
from ui.commands import Commands
from ui.pages import GROUPS, PAGES, Context, Entry, Page
from ui.state import LANGUAGE, LAST_PAGE, THEME, State
from ui.tasks import Tasks
from ui.widgets import icons
from ui.widgets.messages import Messages
from ui.widgets.navigation import Navigation, Place
from ui.widgets.statusline import StatusLine
from ui.window.actions import add_commands
from ui.window.approvals import Approver
from ui.window.data import Data
from ui.window.faultdesk import FaultDesk
from ui.window.fieldkeys import FieldKeys
from ui.window.finder import Finder
from ui.window.language import translate_qt
from ui.window.staying import Staying
from ui.window.topbar import TopBar


class Window(QMainWindow):
    """Joins pages, commands and services; holds nothing that a page could hold."""

    def __init__(self, program: Program, state: State, pages: Sequence[Entry] = PAGES) -> None:
        super().__init__()
        self.setObjectName("window")
        # before any widget is made: what is made later takes the font over
        theme.apply(state.get(THEME), theme.current().compact)
        self.program = program
        days, own_days = program.marking.events_or_shipped()
        marked.use(days)
        self.state = state
        self.entries = {entry.id: entry for entry in pages}
        self.tasks = Tasks(self)
        self.bridge = Bridge(program.events, self)
        self.commands = Commands(self)
        self.pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._translator: QTranslator | None = None
        self.staying: Staying | None = None
        self.faults = FaultDesk(self)
        #: The backup that is to take the workspace's place once nothing has it open any more.
        self.replacement: Path | None = None
        self.approver = Approver(self)
        says = (self.open, self.done, self.fail, self.replace, self.approver.unlock)
        self.context = Context(program, self.tasks, self.bridge, state, self.commands, *says, program.sample)
        add_commands(self)
        FieldKeys(self.commands, self)
        self._build()
        self._speak(state.get(LANGUAGE) or i18n.detect_language())
        self.bridge.happened.connect(self._happened)
        self.tasks.failed.connect(self.fail)
        self.tasks.changed.connect(self._tell_work)
        self.resize(1440, 900)
        self.setMinimumSize(QSize(800, 500))
        state.restore_geometry(self)
        self._take_looks()
        self.open(state.get(LAST_PAGE) if state.get(LAST_PAGE) in self.entries else next(iter(self.entries)))
        self.data.ask_freshness()
        self.data.ask_counts()
        self.finder.ask()
        if own_days is not None:  # the bank's list of marked days cannot be used
            self.fail(own_days)

    # ------------------------------------------------------------------ what it is made of

    def _build(self) -> None:
        self.top = TopBar(self.commands, self.program.clock, self.program.user)
        self.search = self.top.search
        self.navigation = Navigation([Place(entry.id, entry.group, entry.icon) for entry in self.entries.values()])
        self.navigation.show_sample(self.program.sample)
        self.navigation.foot.clicked.connect(self._open_settings)
        self.stack = QStackedWidget()
        self.messages = Messages()
        self.status = StatusLine()
        self.finder = Finder(self.program, self.tasks, self.search, self.commands, self.open)
        self.data = Data(self.program, self.tasks, self.messages, self.status, self.navigation)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.messages)
        beside.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(beside, 1)
        whole = QWidget()
        whole.setProperty("r", "canvas")
        whole.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        self.navigation.chosen.connect(self.open)
        self.data.done.connect(self.done)
        self.data.failed.connect(self.fail)

    # ------------------------------------------------------------------ language and looks

    def speak(self, language: str) -> None:
        """Change the language while the program runs; no page loses its state."""
        self.state.put(LANGUAGE, language)
        self._speak(language)

    def _speak(self, language: str) -> None:
        i18n.set_language(language)
        self._translator = translate_qt(language, self._translator)
        self.retranslate()

    def wear(self, name: str) -> None:
        """Change between light and dark while the program runs."""
        self.state.put(THEME, name)
        self._take_looks()

    def _take_looks(self) -> None:
        compact = self.height() < theme.COMPACT_BELOW
        theme.apply(self.state.get(THEME), compact)
        self.navigation.apply_theme()
        self.search.apply_theme()
        self.setWindowIcon(icons.icon("liquidity", "accent"))
        for action in self.commands:
            if action.command.icon:
                action.setIcon(icons.icon(action.command.icon))
        for page in self.pages.values():
            page.apply_density()
            page.retranslate()  # icons and tinted words are made anew
        self.commands.update()
        self.data.show()
        if self.staying is not None:
            self.staying.retranslate()

    def retranslate(self) -> None:
        """Set every text of the window anew, in the language in force."""
        self.commands.rights.retranslate()
        self.top.retranslate()
        self.finder.retranslate()
        titles = {entry.id: entry.title() for entry in self.entries.values()}
        self.navigation.words({name: title() for name, title in GROUPS}, titles, _("Settings"))
        self.messages.retranslate()
        self.data.show()
        if self.staying is not None:
            self.staying.retranslate()
        for page in self.pages.values():
            page.retranslate()
        self._name_window()

    def _name_window(self) -> None:
        page = self.current
        title = self.entries[page].title() if page else ""
        self.setWindowTitle(f"{title} · Tidewatch 观潮" if title else "Tidewatch 观潮")

    # ------------------------------------------------------------------ pages

    @property
    def current(self) -> str:
        """The id of the page in sight."""
        shown = self.stack.currentWidget()
        return next((page_id for page_id, page in self.pages.items() if page is shown), "")

    def open(self, page_id: str, **what: Any) -> None:
        """Go to a page, making it on the first visit, and hand it what to show."""
        if page_id not in self.pages:
            page = self.entries[page_id].make(self.context)
            page.setObjectName(f"page.{page_id}")
            self.pages[page_id] = page
            self.stack.addWidget(page)
            page.retranslate()
            self._stale.add(page_id)
        self.stack.setCurrentWidget(self.pages[page_id])
        self.pages[page_id].setFocus()
        self.navigation.choose(page_id)
        self.state.put(LAST_PAGE, page_id)
        self._name_window()
        self.commands.update()
        if page_id in self._stale:
            self._stale.discard(page_id)
            self.pages[page_id].refresh(None)
        if what:
            self.pages[page_id].show_target(**what)

    @Slot(object)
    def _happened(self, event: Event) -> None:
        """Only the page in sight asks again at once; the others when they are next opened."""
        if isinstance(event, SeriesChanged):
            self.data.ask_freshness()
        else:
            self.data.ask_counts()
        if isinstance(event, SeriesChanged | BookChanged):
            self.finder.ask()
        for page_id, page in self.pages.items():
            if page_id == self.current:
                page.refresh(event)
            else:
                self._stale.add(page_id)

    @Slot()
    def _open_settings(self) -> None:
        foot = self.navigation.foot
        self.top.settings.popup(foot.mapToGlobal(QPoint(0, -self.top.settings.sizeHint().height())))

    def find(self) -> None:
        """Put the cursor into the page's filter."""
        if self.current:
            self.pages[self.current].find()

    def export(self) -> None:
        """Write the page's table to a file."""
        if self.current:
            self.pages[self.current].export()

    def go_to_search(self) -> None:
        """Put the cursor into the command box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh_data(self) -> None:
        """Fetch what was released."""
        self.data.refresh()

    def take_in(self) -> None:
        """Store files that someone downloaded."""
        self.data.take_in(self)

    # ------------------------------------------------------------------ what it says

    def done(self, text: str, undo_text: str = "", undo: Any = None) -> None:
        """One line that says what was done, with its undo where there is one."""
        self.messages.tell(text, undo_text, undo)

    @Slot(object)
    def fail(self, error: Exception) -> None:
        """What was refused, and the remedy; said once. A fault of the program can be reported."""
        remedies = () if isinstance(error, Refused) else ((_("Save report…"), partial(self.faults.save_report, error)),)
        self.messages.refuse(error, *remedies)

    def messages_undo(self) -> None:
        """Take back what the last line offers to take back."""
        self.messages.undo()

    @Slot(int)
    def _tell_work(self, under_way: int) -> None:
        self.setProperty("busy", under_way > 0)

    # ------------------------------------------------------------------ the frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (self.height() < theme.COMPACT_BELOW) != theme.current().compact:
            self._take_looks()

    def stay(self) -> None:
        """From now on closing the window puts it away, unless the person wants it to quit."""
        self.staying = Staying(self)
        self.commands.update()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.state.keep_geometry(self)
        self.state.save()
        if self.staying is not None and self.staying.holds():
            event.ignore()
            self.staying.put_away()
            return
        self.top.stop()
        self.bridge.close()
        self.tasks.close()
        super().closeEvent(event)
        if self.staying is not None:
            self.staying.leave()

    def replace(self, file: Path) -> None:
        """Quit, so that who opened the window can put a backup in the place of its workspace and open it again."""
        self.replacement = file
        self.quit()

    def quit(self) -> None:
        """Close the window, and with it the program."""
        if self.staying is not None:
            self.staying.end()
            if self.isHidden():  # a hidden window is not asked to close
                self.show()
        self.close()
