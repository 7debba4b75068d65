"""The frame: navigation, commands, the command box, messages, what is remembered, and pictures."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap

from app.events import SeriesChanged
from app.refusals import Refused
from ui import theme
from ui.pages import PAGES
from ui.pictures import settle, take
from ui.state import LANGUAGE, LAST_PAGE, THEME, State


def test_every_page_is_in_navigation_menu_shortcut_and_command_box(open_window):
    window = open_window()
    for number, entry in enumerate(PAGES, 1):
        action = window.commands[f"page.{entry.id}"]
        assert window.navigation.items[entry.id].text() == entry.title()
        assert action.shortcut().toString() == (f"Ctrl+{number}" if number <= 9 else "")
        assert action in window.top.menus["view"].actions()


@pytest.mark.parametrize("entry", PAGES, ids=[entry.id for entry in PAGES])
def test_every_page_opens_on_an_empty_workspace_and_speaks_both_languages(open_window, entry):
    window = open_window(page=entry.id)
    assert window.current == entry.id
    assert window.windowTitle().startswith(entry.title())
    window.speak("zh_CN")
    settle(window)
    window.speak("en")
    settle(window)
    assert window.messages.isHidden()


def test_the_command_box_finds_by_a_part_of_a_name(open_window, qtbot):
    window = open_window(page="overview")
    window.search.setFocus()
    qtbot.keyClicks(window.search, "fed liq")
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    settle(window)
    assert window.current == "liquidity"
    assert window.search.text() == ""


def test_the_window_opens_where_it_was_left(open_window, state):
    first = open_window(page="liquidity")
    first.wear("dark")
    first.speak("zh_CN")
    settle(first)
    first.close()
    assert (state.get(LAST_PAGE), state.get(THEME), state.get(LANGUAGE)) == ("liquidity", "dark", "zh_CN")
    again = open_window()
    assert again.current == "liquidity"
    assert theme.current().name == "dark"


def test_below_820_pixels_everything_moves_closer(open_window):
    window = open_window(1366, 768)
    assert theme.current().compact
    assert window.navigation.width() == 176
    window.resize(1440, 900)
    settle(window)
    assert not theme.current().compact


def test_what_was_refused_is_said_once_with_its_remedy_and_can_be_put_away(open_window, qtbot):
    window = open_window()
    window.fail(Refused("book.none"))
    assert window.messages.isVisible()
    qtbot.mouseClick(window.messages._close, Qt.MouseButton.LeftButton)
    assert window.messages.isHidden()


def test_done_offers_its_undo_once(open_window):
    window, undone = open_window(), []
    window.done("Imported", "Undo", lambda: undone.append(True))
    window.commands.run("edit.undo")
    window.commands.run("edit.undo")
    assert undone == [True]


def test_an_event_refreshes_the_page_in_sight_and_marks_the_others(open_window):
    window = open_window(page="overview")
    window.open("liquidity")
    settle(window)
    window.program.events.publish(SeriesChanged(frozenset({"WALCL"})))
    settle(window)
    assert window._stale == {"overview"}
    window.open("overview")
    assert window._stale == set()


def test_pictures_of_every_page_in_the_size_of_the_window(open_window, tmp_path):
    window = open_window(1366, 768)
    written = take(window, tmp_path / "pages")
    assert [place.stem for place in written] == [entry.id for entry in PAGES]
    for place in written:
        assert QPixmap(str(place)).size() == window.size()


def test_a_spoilt_page_in_the_settings_opens_the_first(open_window, state):
    state.put(LAST_PAGE, "nonsense")
    assert open_window().current == PAGES[0].id


def test_settings_are_a_file_in_english(open_window, tmp_path):
    window = open_window(page="liquidity")
    window.speak("zh_CN")
    window.close()
    text = (tmp_path / "window.ini").read_text()
    assert "language=zh_CN" in text
    assert "last_page=liquidity" in text
    assert State(tmp_path / "window.ini").get(LAST_PAGE) == "liquidity"
