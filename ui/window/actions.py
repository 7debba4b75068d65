"""The window's own commands: pages, data, this page, languages, themes."""

from functools import partial
from typing import TYPE_CHECKING

from app import i18n
from app.i18n import gettext as _
from ui import theme
from ui.commands import Command
from ui.pages import Page
from ui.state import CLOSING
from ui.window.panes import next_pane

if TYPE_CHECKING:
    from ui.window.window import Window

#: The languages by their own names, which are never translated.
LANGUAGE_NAMES = {"en": "English", "zh_CN": "简体中文"}


def add_commands(window: "Window") -> None:
    """Declare every command of the frame; pages may add their own."""
    add = window.commands.add
    for number, entry in enumerate(window.entries.values(), 1):
        shortcut = f"Ctrl+{number}" if number <= 9 else ""
        add(Command(f"page.{entry.id}", entry.title, partial(window.open, entry.id), "view", shortcut, entry.icon))
    add(Command("data.refresh", lambda: _("Refresh"), window.refresh_data, "data", "F5", "refresh"))
    add(Command("data.take_in", lambda: _("Take in downloaded files…"), window.take_in, "data", "", "import"))
    add(
        Command(
            "page.find",
            lambda: _("Find on this page"),
            window.find,
            "view",
            "Ctrl+F",
            "filter",
            partial(_can, window, "find"),
        )
    )
    add(
        Command(
            "page.export",
            lambda: _("Export…"),
            window.export,
            "file",
            "Ctrl+E",
            "export",
            partial(_can, window, "export"),
        )
    )
    said = partial(_tell_origins, window)
    add(Command("page.origins", lambda: _("Where these figures come from…"), said, "view", "Ctrl+I"))
    acts = {
        "back_up": (lambda: _("Back up now…"), "copy"),
        "restore": (lambda: _("Restore from a file…"), ""),
        "export": (lambda: _("Export everything…"), "export"),
    }
    for act, (text, icon) in acts.items():
        if "backups" in window.entries:
            add(Command(f"backups.{act}", text, partial(window.open, "backups", act=act), "file", "", icon))
    if "persons" in window.entries:
        away, add_person = partial(window.open, "persons", act="away"), partial(window.open, "persons", act="add")
        add(Command("persons.away", lambda: _("Away, with a deputy…"), away, "file", needs="absence.set"))
        add(Command("persons.add", lambda: _("Add a person…"), add_person, "file", needs="person.add"))
    password = window.approver.set_password
    add(Command("approvals.password", lambda: _("Password of approvals…"), password, "file"))
    add(Command("edit.undo", lambda: _("Undo"), window.messages_undo, "file", "Ctrl+Z", "undo"))
    add(Command("search", lambda: _("Search and commands"), window.go_to_search, "help", "Ctrl+K", "search"))
    add(Command("pane.next", lambda: _("Next pane"), partial(next_pane, window), "view", "F6"))
    for language in i18n.LANGUAGES:
        add(
            Command(
                f"language.{language}",
                partial(LANGUAGE_NAMES.__getitem__, language),
                partial(window.speak, language),
                "language",
                ticked=partial(_speaks, language),
            )
        )
    words = {"light": lambda: _("Light"), "dark": lambda: _("Dark")}
    for name in theme.NAMES:
        run = partial(window.wear, name)
        add(Command(f"theme.{name}", words[name], run, "theme", ticked=partial(_wears, name)))
    add(
        Command(
            "window.stay",
            lambda: _("Keep watching when the window is closed"),
            partial(_change_closing, window),
            "view",
            enabled=partial(_can_stay, window),
            ticked=partial(_stays, window),
        )
    )
    add(Command("file.quit", lambda: _("Quit"), window.quit, "file", "Ctrl+Q"))
    for action in window.commands:
        window.addAction(action)


def _tell_origins(window: "Window") -> None:
    """What every table and chart in sight tells of its figures."""
    from ui.dialogs.origins import OriginsDialog  # draws nothing, and so loads no charts, until it is asked for

    page = window.pages.get(window.current)
    if page is not None:
        OriginsDialog(page, window).open()


def _can(window: "Window", what: str) -> bool:
    """Whether the page in sight has a "find" or an "export" of its own."""
    page = window.pages.get(window.current) if window.pages else None
    return page is not None and getattr(type(page), what) is not getattr(Page, what)


def _can_stay(window: "Window") -> bool:
    return window.staying is not None


def _stays(window: "Window") -> bool:
    return window.staying is not None and window.state.get(CLOSING) == "watch"


def _change_closing(window: "Window") -> None:
    window.state.put(CLOSING, "quit" if window.state.get(CLOSING) == "watch" else "watch")
    window.commands.update()


def _speaks(language: str) -> bool:
    return i18n.language() == language


def _wears(name: str) -> bool:
    return theme.current().name == name
