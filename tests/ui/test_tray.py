"""The tray tells the state by its shape, and what closing the window means."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

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


def test_without_a_tray_closing_quits(open_window, monkeypatch):
    monkeypatch.setattr(Tray, "possible", staticmethod(lambda: False))
    window = open_window(page="overview")
    window.stay()
    assert window.staying is None
    assert not window.commands["window.stay"].isEnabled()
    window.close()
    assert not window.isVisible()
    assert not window.tasks.busy()


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
