"""A fault of the program that nobody caught: what failed, what to do, and a report that names no client."""

import platform
from datetime import UTC
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6 import __version__ as pyside
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app import i18n, logs
from app.bootstrap import Program
from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import formats
from ui.widgets.badge import Mark
from ui.widgets.text import label

_WIDTH = 460


def report(program: Program, error: BaseException) -> str:
    """What somebody needs who is to mend it: versions, where it happened, the end of the log; no values, no names."""
    now = program.clock().astimezone(UTC)
    facts = [
        ("Tidewatch", _version()),
        ("Time (UTC)", f"{now:%Y-%m-%d %H:%M:%S}"),
        ("System", platform.platform()),
        ("Python", platform.python_version()),
        ("PySide6", pyside),
        ("Window system", QGuiApplication.platformName()),
        ("Language", i18n.language()),
        ("Database", program.database.dialect),
        ("Sample workspace", "yes" if program.sample else "no"),
    ]
    lines = [f"{name}: {value}" for name, value in facts]
    lines += ["", logs.traceback_of(error), "", "Last lines of the log:"]
    lines += logs.last_lines(program.workspace.logs)
    return "\n".join(lines) + "\n"


def _version() -> str:
    try:
        return version("tidewatch")
    except PackageNotFoundError:  # run from a folder that was not installed
        return "unknown"


def place_of(error: BaseException) -> str:
    """The innermost place of our own code on the way to the fault: "ui.tables.view, restyle"."""
    found, trace = "", error.__traceback__
    while trace is not None:
        name = str(trace.tb_frame.f_globals.get("__name__", ""))
        if name.split(".")[0] in logs.OURS or not found:
            found = f"{name}, {trace.tb_frame.f_code.co_name}"
        trace = trace.tb_next
    return found


class FaultDialog(QDialog):
    """Tells of the first fault; others that come while it is open are counted, not stacked. Escape goes on."""

    def __init__(self, program: Program, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("fault")
        self._program, self._error, self._more = program, error, 0
        self.setWindowTitle(_("Tidewatch: something failed"))
        title = label("headline", _("A part of the program failed."))
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Mark("critical", 18), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(title, 1)
        kind, place = type(error).__name__, place_of(error)
        self.what = label("body")
        self.what.setText(
            _("What failed: {kind} in {place}.").format(kind=kind, place=place)
            if place
            else _("What failed: {kind}.").format(kind=kind)
        )
        self.remedy = label("body")
        self.remedy.setText(
            _(
                "What was saved is safe. Try again; if it fails again, close the program, open it anew, and send the "
                "report to the people who look after it. The report holds no client names and no amounts."
            )
        )
        self.others = label("small")
        self.others.hide()
        for text in (title, self.what, self.remedy, self.others):
            text.setWordWrap(True)
            text.setFixedWidth(_WIDTH)
        self.buttons = QDialogButtonBox()
        self.save, self.copy, self.go_on = (QPushButton(text) for text in (_("Save report…"), _("Copy"), _("Go on")))
        self.buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(self.go_on, QDialogButtonBox.ButtonRole.RejectRole)
        self.go_on.setDefault(True)
        self.save.clicked.connect(self._save)
        self.copy.clicked.connect(self._copy)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addLayout(head)
        for part in (self.what, self.remedy, self.others):
            column.addWidget(part)
        column.addSpacing(4)
        column.addWidget(self.buttons)

    def count_another(self) -> None:
        """One more fault came while this one is shown."""
        self._more += 1
        text = ngettext("{count} more fault since.", "{count} more faults since.", self._more)
        self.others.setText(text.format(count=formats.number(self._more)))
        self.others.show()
        self.adjustSize()  # a dialog that is shown does not grow with wrapped words by itself

    def save_to(self, place: Path) -> None:
        """Write the report; raises OSError."""
        place.write_text(report(self._program, self._error), "utf-8")

    @Slot()
    def _save(self) -> None:
        name = ask_where(self, self._program)
        if name is not None:
            try:
                self.save_to(name)
            except OSError as error:
                self.others.setText(_("The report could not be written: {reason}").format(reason=error.strerror or ""))
                self.others.show()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(report(self._program, self._error))


def ask_where(above: QWidget, program: Program) -> Path | None:
    """Where a report is to be written; None when the person thought better of it."""
    day = program.clock().astimezone().date()
    name, _kind = QFileDialog.getSaveFileName(above, _("Save report"), f"tidewatch-report-{day}.txt", _("Text (*.txt)"))
    return Path(name) if name else None
