"""The tray icon: the gravest state by its shape, and a menu, so that the watch goes on while the window is closed."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QRectF, Qt, Slot
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import formats
from ui import marks, theme
from ui.commands import Commands

#: The sizes in which systems show such an icon (px).
SIZES = (16, 22, 24, 32, 48, 64)


class Tray(QObject):
    """`show_counts` takes what stands beside the pages; the menu runs commands of the window by their ids."""

    def __init__(self, window: QWidget, commands: Commands, bring: Callable[[], None]) -> None:
        super().__init__(window)
        self._commands, self._bring = commands, bring
        self._alerts: tuple[int, str] = (0, "")
        self.icon = QSystemTrayIcon(self)
        self.menu = QMenu(window)
        self._open, self._check, self._list, self._quit = (QAction(self.menu) for _place in range(4))
        self.icon.messageClicked.connect(self._show_alerts)
        for action in (self._open, self._check, self._list):
            self.menu.addAction(action)
        self.menu.addSeparator()
        self.menu.addAction(self._quit)
        self._open.triggered.connect(self._show_window)
        self._check.triggered.connect(self._show_check)
        self._list.triggered.connect(self._show_alerts)
        self._quit.triggered.connect(self._end)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.retranslate()

    @staticmethod
    def possible() -> bool:
        """Whether this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show_counts(self, counts: Mapping[str, tuple[int, str]]) -> None:
        """How many alerts fire and how grave the gravest is."""
        self._alerts = counts.get("alerts", (0, ""))
        self.retranslate()

    @property
    def state(self) -> str:
        """The severity whose shape the icon has."""
        count, severity = self._alerts
        return severity or "warning" if count else "ok"

    def retranslate(self) -> None:
        """Set every text anew, and the icon in the theme in force."""
        self._open.setText(_("Open Tidewatch"))
        self._check.setText(_("Daily check"))
        self._check.setVisible("page.check" in {action.command.id for action in self._commands})
        self._list.setText(_("Alerts"))
        self._quit.setText(_("Quit"))
        self.icon.setIcon(picture(self.state))
        self.icon.setToolTip(self.said())

    def said(self) -> str:
        """The state in words."""
        count, severity = self._alerts
        if not count:
            return _("Tidewatch: no alert waits")
        text = ngettext(
            "Tidewatch: {count} alert waits, the gravest: {severity}",
            "Tidewatch: {count} alerts wait, the gravest: {severity}",
            count,
        )
        return text.format(count=formats.number(count), severity=marks.severity_word(severity or "warning").lower())

    def tell_notices(self, title: str, text: str, *, grave: bool) -> None:
        """One bubble for all that was told since the last one. Systems may show none: the inbox is the record."""
        kind = QSystemTrayIcon.MessageIcon.Critical if grave else QSystemTrayIcon.MessageIcon.Warning
        self.icon.showMessage(title, text, kind)

    def tell_that_it_watches(self) -> None:
        """The first time the window is closed: where it went."""
        self.icon.showMessage(
            _("Tidewatch keeps watching"),
            _("Open it or quit from this icon. Under View you can have closing quit the program."),
            self.icon.icon(),
        )

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self._bring()

    @Slot()
    def _show_window(self) -> None:
        self._bring()

    @Slot()
    def _show_check(self) -> None:
        self._bring()
        self._commands.run("page.check")

    @Slot()
    def _show_alerts(self) -> None:
        self._bring()
        self._commands.run("page.alerts")

    @Slot()
    def _end(self) -> None:
        self._commands.run("file.quit")


def picture(state: str) -> QIcon:
    """The shape of a state on a transparent ground, in every size a tray asks for."""
    tone = theme.current().tone(marks.family(state))
    made = QIcon()
    for size in SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        marks.paint_mark(
            painter, QRectF(0.5, 0.5, size - 1, size - 1), state, tone.fill, theme.current().colour("surface")
        )
        painter.end()
        made.addPixmap(pixmap)
    return made
