"""Guards and windows for every test that shows something; both conftests take them from here."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app import bootstrap
from app.bootstrap import Program
from app.cli.main import main as headless
from ui import theme
from ui.pictures import settle
from ui.state import State
from ui.window import Window

OpenWindow = Callable[..., Window]


@pytest.fixture(autouse=True)
def _looks(qapp: QApplication) -> None:
    """Every test starts with the light theme in full size."""
    theme.apply("light")


@pytest.fixture(autouse=True)
def _nothing_left_running(qapp: QApplication) -> Iterator[None]:
    """A test that leaves a thread or a ticking timer behind fails."""
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in before and thread.is_alive()]
    # A worker thread of Qt that has Python work shows up as a dummy thread; it is over once its pool is.
    left = [name for name in left if not name.startswith("Dummy")]
    assert not left, f"threads left running: {left}"
    ticking = [
        timer.objectName() or repr(timer)
        for widget in qapp.topLevelWidgets()
        for timer in widget.findChildren(QTimer)
        if timer.isActive()
    ]
    assert not ticking, f"timers left running: {ticking}"


@pytest.fixture
def state(tmp_path: Path) -> State:
    """Fresh settings, in a file of the test's own."""
    return State(tmp_path / "window.ini")


@pytest.fixture
def open_window(qtbot: QtBot, program: Program, state: State) -> Iterator[OpenWindow]:
    """Open the real window over the test's program: `open_window(width=1366, height=768, page="overview")`."""
    opened: list[Window] = []

    def show(width: int = 1440, height: int = 900, page: str = "", over: Program | None = None) -> Window:
        window = Window(over or program, state)
        opened.append(window)
        window.resize(width, height)
        window.show()
        if page:
            window.open(page)
        settle(window)
        return window

    yield show
    for window in opened:
        window.close()
        delete(window)


@pytest.fixture
def alive(qtbot: QtBot) -> QObject:
    """An object that stands for a page, for tests of the lanes."""
    return QObject()


@pytest.fixture(scope="session")
def sample_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace, built once by the program's own command; a run started by a test is given its parent's."""
    if given := os.environ.get("TIDEWATCH_TEST_SAMPLE"):
        return Path(given)
    root = tmp_path_factory.mktemp("sample")
    assert headless(["demo", "--workspace", str(root), "--untouched", "--no-window"]) == 0
    return root


@pytest.fixture
def sample(sample_root: Path) -> Iterator[Program]:
    """The program over the sample workspace; a test must not change it."""
    with bootstrap.open_program(sample_root) as opened:
        yield opened
