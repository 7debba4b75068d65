"""The window: menus, search, navigation, one page at a time, and the state of the data below."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLibraryInfo, QLocale, QPoint, QSize, Qt, QTranslator, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QMenuBar,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import i18n
from app.bootstrap import Program
from app.events import Event, SeriesChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.services.attending import counts
from app.services.refreshing import Freshness, RefreshReport
from app.wording import formats
from app.wording.liquidity import freshness_label
from ui import theme
from ui.bridge import Bridge
from ui.commands import Command, Commands
from ui.pages import GROUPS, PAGES, Context, Entry, Page
from ui.state import LANGUAGE, LAST_PAGE, THEME, State
from ui.tasks import Lane, Tasks
from ui.widgets import icons
from ui.widgets.commandbox import CommandBox
from ui.widgets.messages import Messages
from ui.widgets.navigation import Navigation, Place
from ui.widgets.statusline import SourceDate, StatusLine
from ui.widgets.text import label

#: The languages by their own names, which are never translated.
LANGUAGE_NAMES = {"en": "English", "zh_CN": "简体中文"}


class Window(QMainWindow):
    """Joins pages, commands and services; holds nothing that a page could hold."""

    def __init__(self, program: Program, state: State, pages: Sequence[Entry] = PAGES) -> None:
        super().__init__()
        self.setObjectName("window")
        # before any widget is made: what is made later takes the font over
        theme.apply(state.get(THEME), theme.current().compact)
        self.program = program
        self.state = state
        self.entries = {entry.id: entry for entry in pages}
        self.tasks = Tasks(self)
        self.bridge = Bridge(program.events, self)
        self.commands = Commands(self)
        self.pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._freshness: list[Freshness] = []
        self._counts: Mapping[str, tuple[int, str]] = {}
        self._translator: QTranslator | None = None
        self.context = Context(
            program,
            self.tasks,
            self.bridge,
            state,
            self.commands,
            self.open,
            self.done,
            self.fail,
            program.sample,
        )
        self._add_commands()
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
        self._ask_freshness()
        self._ask_counts()

    # ------------------------------------------------------------------ what it is made of

    def _build(self) -> None:
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self.menus.setFixedHeight(30)
        self._menus: dict[str, QMenu] = {}
        for name in ("file", "view", "language", "theme", "data", "alerts", "reviews", "help"):
            self._menus[name] = QMenu(self)
        self._settings = QMenu(self)
        self.search = CommandBox()
        self.search.setFixedWidth(320)
        self._hint = label("caption", "Ctrl K")
        self._now = label("small")
        self._person = label("strong", self.program.user)
        divider = QFrame()
        divider.setProperty("r", "divider")
        divider.setFixedSize(1, 18)
        top = QWidget()
        top.setProperty("r", "topBar")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        top.setFixedHeight(38)
        row = QHBoxLayout(top)
        row.setContentsMargins(12, 0, 16, 0)
        row.setSpacing(10)
        right = QWidget()
        beside_search = QHBoxLayout(right)
        beside_search.setContentsMargins(0, 0, 0, 0)
        beside_search.setSpacing(10)
        beside_search.addWidget(self._hint)
        beside_search.addStretch(1)
        beside_search.addWidget(self._now)
        beside_search.addWidget(divider)
        beside_search.addWidget(self._person)
        for side in (self.menus, right):  # equally wide, so that the search stands in the middle
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.menus, 1)
        row.addWidget(self.search)
        row.addWidget(right, 1)
        self.navigation = Navigation([Place(entry.id, entry.group, entry.icon) for entry in self.entries.values()])
        self.navigation.show_sample(self.program.sample)
        self.navigation.foot.clicked.connect(self._open_settings)
        self.stack = QStackedWidget()
        self.messages = Messages()
        self.status = StatusLine()
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
        column.addWidget(top)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        self.navigation.chosen.connect(self.open)
        self.search.chosen.connect(self.commands.run)

    def _add_commands(self) -> None:
        add = self.commands.add
        for number, entry in enumerate(self.entries.values(), 1):
            shortcut = f"Ctrl+{number}" if number <= 9 else ""
            add(Command(f"page.{entry.id}", entry.title, partial(self.open, entry.id), "view", shortcut, entry.icon))
        add(Command("data.refresh", lambda: _("Refresh"), self.refresh_data, "data", "F5", "refresh"))
        add(Command("data.take_in", lambda: _("Take in downloaded files…"), self.take_in, "data", "", "import"))
        add(Command("page.find", lambda: _("Find on this page"), self._find, "view", "Ctrl+F", "filter"))
        add(Command("page.export", lambda: _("Export…"), self._export, "file", "Ctrl+E", "export"))
        add(Command("edit.undo", lambda: _("Undo"), self.messages_undo, "file", "Ctrl+Z", "undo"))
        add(Command("search", lambda: _("Search and commands"), self._search, "help", "Ctrl+K", "search"))
        add(Command("pane.next", lambda: _("Next pane"), self._next_pane, "view", "F6"))
        for language in i18n.LANGUAGES:
            add(
                Command(
                    f"language.{language}",
                    partial(LANGUAGE_NAMES.__getitem__, language),
                    partial(self.speak, language),
                    "language",
                    ticked=partial(_speaks, language),
                )
            )
        words = {"light": lambda: _("Light"), "dark": lambda: _("Dark")}
        for name in theme.NAMES:
            run = partial(self.wear, name)
            add(Command(f"theme.{name}", words[name], run, "theme", ticked=partial(_wears, name)))
        add(Command("file.quit", lambda: _("Quit"), self._quit, "file", "Ctrl+Q"))
        for action in self.commands:
            self.addAction(action)

    def _fill_menus(self) -> None:
        titles = {
            "file": _("&File"),
            "view": _("&View"),
            "data": _("&Data"),
            "alerts": _("&Alerts"),
            "reviews": _("&Reviews"),
            "help": _("&Help"),
            "language": _("Language"),
            "theme": _("Theme"),
        }
        self.menus.clear()
        self._settings.clear()
        for name, menu in self._menus.items():
            menu.clear()
            menu.setTitle(titles[name])
            menu.addActions([action for action in self.commands if action.command.menu == name])
        self._menus["view"].addSeparator()
        for name in ("language", "theme"):
            self._menus["view"].addMenu(self._menus[name])
            self._settings.addMenu(self._menus[name])
        for name in ("file", "view", "data", "alerts", "reviews", "help"):
            if not self._menus[name].isEmpty():
                self.menus.addMenu(self._menus[name])

    # ------------------------------------------------------------------ language and looks

    def speak(self, language: str) -> None:
        """Change the language while the program runs; no page loses its state."""
        self.state.put(LANGUAGE, language)
        self._speak(language)

    def _speak(self, language: str) -> None:
        i18n.set_language(language)
        application = QApplication.instance()
        if application is not None:
            if self._translator is not None:
                application.removeTranslator(self._translator)
            self._translator = QTranslator(self)
            place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if self._translator.load(QLocale(language), "qtbase", "_", place):
                application.installTranslator(self._translator)
        QLocale.setDefault(QLocale(language))
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
        self._show_freshness()
        self._counts_came(self._counts)

    def retranslate(self) -> None:
        """Set every text of the window anew, in the language in force."""
        self.commands.update()
        self._fill_menus()
        self.search.name(_("Search pages and commands"))
        self.search.offer(
            [(action.command.id, action.command.text().replace("&", "")) for action in self.commands if action.text()]
        )
        titles = {entry.id: entry.title() for entry in self.entries.values()}
        self.navigation.words({name: title() for name, title in GROUPS}, titles, _("Settings"))
        self._now.setText(_("{day}, {time}").format(day=formats.weekday(self._local().date()), time=self._time()))
        self.messages.retranslate()
        self._show_freshness()
        for page in self.pages.values():
            page.retranslate()
        self._name_window()

    def _local(self) -> Any:
        return self.program.clock().astimezone()

    def _time(self) -> str:
        return f"{self._local():%H:%M}"

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
        if page_id in self._stale:
            self._stale.discard(page_id)
            self.pages[page_id].refresh(None)
        if what:
            self.pages[page_id].show_target(**what)

    @Slot(object)
    def _happened(self, event: Event) -> None:
        """Only the page in sight asks again at once; the others when they are next opened."""
        if isinstance(event, SeriesChanged):
            self._ask_freshness()
        else:
            self._ask_counts()
        for page_id, page in self.pages.items():
            if page_id == self.current:
                page.refresh(event)
            else:
                self._stale.add(page_id)

    @Slot()
    def _open_settings(self) -> None:
        foot = self.navigation.foot
        self._settings.popup(foot.mapToGlobal(QPoint(0, -self._settings.sizeHint().height())))

    def _find(self) -> None:
        if self.current:
            self.pages[self.current].find()

    def _export(self) -> None:
        if self.current:
            self.pages[self.current].export()

    def _search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _next_pane(self) -> None:
        panes = [self.search, self.navigation.items[self.current], self.stack.currentWidget()]
        focus = QApplication.focusWidget()
        places = [place for place, pane in enumerate(panes) if focus is not None and pane in (focus, *_above(focus))]
        after = panes[(places[0] + 1) % len(panes)] if places else panes[0]
        if after is self.stack.currentWidget():
            self.focusNextChild() if after.focusWidget() is None else after.focusWidget().setFocus()
        else:
            after.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------------ data

    def refresh_data(self) -> None:
        """Fetch what was released."""
        self._take(_fetch, _("Fetching what was released"))

    def take_in(self) -> None:
        """Store files that someone downloaded."""
        folder = QFileDialog.getExistingDirectory(self, _("Take in downloaded files"))
        if folder:
            self._take(partial(_take_in, Path(folder)), _("Taking in downloaded files"))

    def _take(self, work: Any, title: str) -> None:
        task = self.tasks.run(
            self,
            partial(work, self.program),
            self._refreshed,
            self._refresh_failed,
            self.messages.advance,
            lane=Lane.NETWORK,
        )
        self.messages.begin(title, task.cancel)

    def _refreshed(self, report: RefreshReport) -> None:
        self.messages.end()
        for outcome in report.failed:
            if outcome.error is not None:
                self.fail(outcome.error)
        if report.added or not report.failed:
            self.done(
                i18n.ngettext("{count} new observation", "{count} new observations", report.added).format(
                    count=formats.number(report.added)
                )
            )
        self._ask_freshness()

    def _refresh_failed(self, error: Exception) -> None:
        self.messages.end()
        self.fail(error)

    def _ask_freshness(self) -> None:
        self.tasks.run(self, partial(_freshness, self.program), self._freshness_came)

    def _ask_counts(self) -> None:
        self.tasks.run(self, partial(_counts, self.program), self._counts_came)

    def _counts_came(self, found: Mapping[str, tuple[int, str]]) -> None:
        self._counts = found
        for page_id, item in self.navigation.items.items():
            count, state = found.get(page_id, (0, ""))
            item.show_count(formats.number(count) if count else "", state)

    def _freshness_came(self, found: list[Freshness]) -> None:
        self._freshness = found
        self._show_freshness()

    def _show_freshness(self) -> None:
        shown = []
        fetched = None
        for source in self._freshness:
            if source.data_date is None:
                continue
            late = ""
            if source.state in ("late", "stale"):
                late = i18n.ngettext("{count} release missed", "{count} releases missed", source.missed).format(
                    count=source.missed
                )
            shown.append(SourceDate(freshness_label(source.id), formats.short_day(source.data_date), late))
            if source.fetched_at is not None and (fetched is None or source.fetched_at > fetched):
                fetched = source.fetched_at
        self.status.show_sources(shown)
        self.status.right.setText(
            _("Last refresh {moment}").format(moment=formats.moment(fetched)) if fetched else _("No data fetched yet")
        )

    # ------------------------------------------------------------------ what it says

    def done(self, text: str, undo_text: str = "", undo: Any = None) -> None:
        """One line that says what was done, with its undo where there is one."""
        self.messages.tell(text, undo_text, undo)

    @Slot(object)
    def fail(self, error: Exception) -> None:
        """What was refused, and the remedy; said once."""
        self.messages.refuse(error)

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

    def closeEvent(self, event: QCloseEvent) -> None:
        self.state.keep_geometry(self)
        self.state.save()
        self.bridge.close()
        self.tasks.close()
        super().closeEvent(event)

    def _quit(self) -> None:
        self.close()


def _above(widget: QWidget) -> list[QWidget]:
    found = []
    while (widget := widget.parentWidget()) is not None:
        found.append(widget)
    return found


def _speaks(language: str) -> bool:
    return i18n.language() == language


def _wears(name: str) -> bool:
    return theme.current().name == name


def _fetch(program: Program, job: Job) -> RefreshReport:
    return program.refreshing.refresh(job=job)


def _take_in(folder: Path, program: Program, job: Job) -> RefreshReport:
    return program.refreshing.take_in(folder, job)


def _counts(program: Program, _job: Job) -> Mapping[str, tuple[int, str]]:
    return counts(program.attending.today())


def _freshness(program: Program, _job: Job) -> list[Freshness]:
    return program.refreshing.freshness()
