"""The tray tells the state by its shape, and what closing the window means."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from alerts.notices import Told
from alerts.rule import Severity
from app.events import NoticesChanged
from app.storage import answers
from app.storage.answers import StoredNotice
from ui import theme
from ui.pictures import settle
from ui.state import CLOSING
from ui.tray import SIZES, Tray, picture


@pytest.fixture
def with_tray(monkeypatch: pytest.MonkeyPatch, qapp: QApplication):
    """A desktop with a tray; the icon is made and not drawn, and quitting is only noted."""
    quits: list[bool] = []
    monkeypatch.setattr(Tray, "possible", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda self: None)
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda self, *said: told.append(said))
    told: list[tuple[object, ...]] = []
    monkeypatch.setattr(QApplication, "quit", staticmethod(lambda: quits.append(True)))
    before = qapp.quitOnLastWindowClosed()
    yield quits, told
    qapp.setQuitOnLastWindowClosed(before)


def test_closing_keeps_the_watch_and_the_icon_brings_the_window_back(open_window, with_tray):
    quits, told = with_tray
    window = open_window(page="overview")
    window.stay()
    window.close()
    assert window.isHidden()
    assert not quits
    assert len(told) == 1  # where it went is said the first time
    window.staying.tray._open.trigger()
    assert window.isVisible()
    window.close()
    assert len(told) == 1
    window.staying.tray._quit.trigger()
    assert quits == [True]


def test_who_wants_closing_to_quit_gets_it(open_window, with_tray, state):
    quits, _told = with_tray
    window = open_window(page="overview")
    window.stay()
    action = window.commands["window.stay"]
    assert action.isEnabled()
    assert action.isChecked()
    window.commands.run("window.stay")
    assert state.get(CLOSING) == "quit"
    assert not action.isChecked()
    window.close()
    assert quits == [True]


def test_without_a_tray_the_closed_window_is_made_small_and_says_so(open_window, qapp, monkeypatch):
    """The real class on a platform that has no tray: nothing is hidden where nobody could find it again."""
    quits: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", staticmethod(lambda: quits.append(True)))
    before = qapp.quitOnLastWindowClosed()
    if QSystemTrayIcon.isSystemTrayAvailable():
        pytest.skip("this platform has a tray")
    window = open_window(page="overview")
    window.stay()
    assert window.staying.tray is None
    assert window.commands["window.stay"].isEnabled()
    window.close()
    assert not window.isHidden()
    assert window.isMinimized()
    assert quits == []
    assert window.messages._done._text.text().startswith("No notification area here")
    assert "Ctrl+Q" in window.messages._done._text.text()
    window.staying.bring()
    assert not window.isMinimized()
    window.speak("zh_CN")  # nothing of a tray that is not there
    window.commands.run("window.stay")
    window.close()
    assert window.isHidden()
    assert quits == [True]
    qapp.setQuitOnLastWindowClosed(before)


def test_quitting_ends_it_without_a_tray_as_well(open_window, qapp, monkeypatch):
    quits: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", staticmethod(lambda: quits.append(True)))
    monkeypatch.setattr(Tray, "possible", staticmethod(lambda: False))
    before = qapp.quitOnLastWindowClosed()
    window = open_window(page="overview")
    window.stay()
    window.commands.run("file.quit")
    assert quits == [True]
    assert not window.tasks.busy()
    qapp.setQuitOnLastWindowClosed(before)


def test_a_tray_that_comes_up_later_is_taken(open_window, with_tray, monkeypatch):
    quits, told = with_tray
    monkeypatch.setattr(Tray, "possible", staticmethod(lambda: False))
    window = open_window(page="overview")
    window.stay()
    assert window.staying.tray is None
    monkeypatch.setattr(Tray, "possible", staticmethod(lambda: True))
    window.close()
    assert window.isHidden()
    assert len(told) == 1
    settle(window)
    window.staying.tray._quit.trigger()
    assert quits == [True]


def test_the_real_icon_has_a_picture_words_and_a_menu(open_window, with_tray):
    """What the system would be handed, from the real QSystemTrayIcon."""
    window = open_window(page="overview")
    window.stay()
    icon = window.staying.tray.icon
    assert isinstance(icon, QSystemTrayIcon)
    assert not icon.icon().isNull()
    assert {size.width() for size in icon.icon().availableSizes()} == set(SIZES)
    assert icon.toolTip() == "Tidewatch: no alert waits"
    texts = [action.text() for action in icon.contextMenu().actions() if not action.isSeparator()]
    assert texts == ["Open Tidewatch", "Daily check", "Alerts", "Quit"]
    window.hide()
    icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert window.isVisible()
    icon.contextMenu().actions()[1].trigger()
    settle(window)
    assert window.current == "check"
    window.staying.end()


def test_the_menu_leads_to_alerts_and_speaks_both_languages(open_window, with_tray):
    window = open_window(page="overview")
    window.stay()
    tray = window.staying.tray
    tray.show_counts({"alerts": (4, "critical")})
    assert tray.state == "critical"
    assert tray.icon.toolTip() == "Tidewatch: 4 alerts wait, the gravest: critical"
    english = [action.text() for action in tray.menu.actions()]
    window.speak("zh_CN")
    assert [action.text() for action in tray.menu.actions()] != english
    window.speak("en")
    tray._list.trigger()
    settle(window)
    assert window.current == "alerts"
    tray.show_counts({})
    assert tray.state == "ok"
    window.staying.end()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_each_state_has_a_shape_of_its_own(qapp, name):
    theme.apply(name)
    images = {state: picture(state).pixmap(SIZES[-1]).toImage() for state in ("critical", "warning", "ok")}
    shapes = {state: image.convertToFormat(QImage.Format.Format_Alpha8) for state, image in images.items()}
    for one, other in (("critical", "warning"), ("critical", "ok"), ("warning", "ok")):
        assert shapes[one] != shapes[other]
    theme.apply("light")


def test_what_is_told_comes_as_one_bubble(open_window, with_tray, program):
    """What was told before the window opened stands in the inbox; after that one bubble for several notices."""
    _quits, told = with_tray

    def tell(*names: str, severity: Severity = Severity.WARNING) -> None:
        now = program.clock()
        found = [StoredNotice(name, 0, Told.FIRED, severity, None, now, "") for name in names]
        with program.database.write() as connection:
            answers.add_notices(connection, found)
        program.events.publish(NoticesChanged())

    tell("before")
    window = open_window(page="overview")
    window.stay()
    settle(window)
    assert told == []
    tell("a")
    settle(window)
    assert [said[:2] for said in told] == [("Tidewatch", "Fires")]
    tell("b", "c", "d", "e", severity=Severity.CRITICAL)
    settle(window)
    assert told[-1][:2] == ("4 notices, 4 of them critical", "Fires\nFires\nFires\nand 1 more")
    program.events.publish(NoticesChanged())
    settle(window)
    assert len(told) == 2
