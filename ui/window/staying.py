"""What outlives the window's closing: the tray icon and the watch; and how the window comes back to the front."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from alerts.rule import Severity
from app.bootstrap import Program
from app.events import AlertsChanged, NoticesChanged, ScheduleChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.wording.alerts import title
from app.wording.answers import bubble, bubble_line, notice_title, told
from app.wording.formats import listed
from ui.state import CLOSING, TOLD
from ui.tray import Tray

if TYPE_CHECKING:
    from ui.window.window import Window


@dataclass(frozen=True, slots=True)
class News:
    """What the tray has not told: one text for each notice, newest first, and how many of them are critical."""

    newest: int
    texts: tuple[str, ...] = ()
    grave: int = 0


class Staying(QObject):
    """Closing the window only puts it away, unless the person wants it to quit: into the tray, and on a desktop
    without one to the bottom of the screen, where it says that it watches on.
    """

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._ending = False
        self.tray: Tray | None = None
        self._told: int | None = None
        self._look_for_tray()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setQuitOnLastWindowClosed(False)
            application.commitDataRequest.connect(self.end)  # the session ends: a window that stays would hold it up

    def holds(self) -> bool:
        """Whether closing the window only puts it away."""
        return not self._ending and self._window.state.get(CLOSING) == "watch"

    def _look_for_tray(self) -> None:
        """A panel may come up later than a program that is started with the session."""
        if self.tray is None and Tray.possible():
            self.tray = Tray(self._window, self._window.commands, self.bring)
            self._window.data.counted.connect(self.tray.show_counts)
            self._window.data.ask_counts()
            self._window.bridge.happened.connect(self._happened)
            self._ask_untold()
            self.tray.icon.show()

    @Slot(object)
    def _happened(self, event: object) -> None:
        """What was told, or quiet hours that may be over: every round of the schedule asks."""
        if isinstance(event, AlertsChanged | NoticesChanged | ScheduleChanged):
            self._ask_untold()

    def _ask_untold(self) -> None:
        window = self._window
        window.tasks.run(self, partial(_untold, window.program, self._told), self._tell, about="untold")

    def _tell(self, news: News) -> None:
        """The first answer only says from where on: what was told before the window opened stands in the inbox."""
        first, self._told = self._told is None, news.newest if news.texts or self._told is None else self._told
        if self.tray is not None and news.texts and not first:
            self.tray.tell_notices(*bubble(news.texts, news.grave), grave=news.grave > 0)

    def retranslate(self) -> None:
        """Speak the language, and wear the theme, in force."""
        if self.tray is not None:
            self.tray.retranslate()

    def put_away(self) -> None:
        """Hide the window; the first time say where it went. Without a tray it would be lost: it is made small."""
        self._look_for_tray()
        if self.tray is None:
            text = _("No notification area here: the closed window is minimised and watches on. {quit} ends it.")
            self._window.done(text.format(quit=self._window.commands["file.quit"].command.shortcut))
            self._window.showMinimized()
            return
        self._window.hide()
        if not self._window.state.get(TOLD):
            self._window.state.put(TOLD, "yes")
            self.tray.tell_that_it_watches()

    @Slot()
    def end(self) -> None:
        """From here on closing the window quits the program."""
        self._ending = True

    def leave(self) -> None:
        """The window is closed for good."""
        if self.tray is not None:
            self.tray.icon.hide()
        QApplication.quit()

    def bring(self) -> None:
        """The window to the front."""
        bring(self._window)


def bring(window: "Window") -> None:
    """Show a window that was put away or minimised, above the others."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _untold(program: Program, after: int | None, _job: Job) -> News:
    if after is None:
        return News(program.notifying.newest())
    found = program.notifying.untold(after)
    if not found:
        return News(after)
    titles = {one.id: title(one.rule, one.labels) for one in program.monitoring.alerts(None)}
    texts = []
    for one in found:
        notice = one.notice
        name = notice_title(titles.get(f"A-{notice.alert:04d}", ""), notice.key, silence=notice.silence is not None)
        texts.append(bubble_line(name, told(notice.kind), listed(one.deputy_of)))
    grave = sum(one.notice.severity is Severity.CRITICAL for one in found)
    return News(found[0].notice.id, tuple(texts), grave)
