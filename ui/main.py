"""The console script: headless commands go to `app.cli` and never load Qt; without one the window opens."""

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app import i18n, logs, paths
from app.refusals import Refused

if TYPE_CHECKING:
    from ui.dialogs.replacing import ReplacingDialog
    from ui.instance import Instance
    from ui.window import Window


log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """`tidewatch COMMAND …` without a window, `tidewatch [--workspace DIR]` with one."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and not given[0].startswith("-"):
        from app.cli.main import main as headless

        code = headless(given)
        return _go_on(given) if given[0] == "demo" and code == 0 else code
    return _open_or_say_why(_parser().parse_args(given))


def _open_or_say_why(chosen: argparse.Namespace) -> int:
    """Open the window; a workspace that cannot be opened is one sentence and a remedy, as on the command line."""
    from app.wording.formats import together
    from app.wording.sentences import refusal

    try:
        return open_window(chosen)
    except Refused as error:
        sys.stderr.write(together(refusal(error)) + "\n")
        return error.exit_code


def _go_on(given: Sequence[str]) -> int:
    """`demo` has run; what it cannot do is draw: the picture of the window, and the window where there is a display."""
    from app.cli.main import parser as headless
    from ui.demonstration import leave_picture

    chosen = headless().parse_args(given)
    workspace = Path(chosen.workspace) if chosen.workspace else paths.default_workspace()
    output = Path(chosen.output) if chosen.output else workspace / "output"
    code = leave_picture(workspace, output, quiet=chosen.json)
    if code or chosen.no_window or chosen.json or not _has_display():
        return code
    return _open_or_say_why(_parser().parse_args(["--workspace", str(workspace)]))


def _parser() -> argparse.ArgumentParser:
    from app.cli.main import parser as headless

    parser = argparse.ArgumentParser(
        prog="tidewatch",
        description="Open the window, or run one command without it.",
        epilog="Commands without a window:\n\n" + headless().format_help(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--workspace", metavar="DIR", help="the workspace's folder (default: your own)")
    parser.add_argument("--language", choices=i18n.LANGUAGES, help="speak this language, this time")
    parser.add_argument("--theme", choices=("light", "dark"), help="look like this, this time")
    parser.add_argument("--size", metavar="WxH", type=_size, help="the window's size, such as 1440x900")
    parser.add_argument("--page", metavar="ID", action="append", default=[], help="open this page")
    parser.add_argument(
        "--picture", metavar="PATH", type=Path, help="write a picture (FILE.png, or a folder for every page) and end"
    )
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"not a size such as 1440x900: {text!r}")
    return int(width), int(height)


def open_window(chosen: argparse.Namespace) -> int:
    """Open the window and stay until it is closed; with --picture write what was asked for and end."""
    if chosen.picture is not None and not os.environ.get("QT_QPA_PLATFORM") and not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication(sys.argv[:1])
    application.setApplicationName("Tidewatch")
    application.setDesktopFileName("tidewatch")
    workspace = Path(chosen.workspace) if chosen.workspace else paths.default_workspace()
    instance = None
    if chosen.picture is None:
        from ui.instance import Instance

        instance = Instance(workspace)
        if not instance.take():
            if instance.show_other():
                return 0
            if not instance.take():  # unless it ended meanwhile
                raise Refused("window.taken", folder=str(workspace))
    # A picture, or a choice for this time only, must not change what the person's own window remembers.
    passing = bool(chosen.picture or chosen.language or chosen.theme)
    end_log = (lambda: None) if chosen.picture else logs.keep(paths.Workspace(workspace).logs)
    try:
        with tempfile.TemporaryDirectory() as scrap:
            memory = (Path(scrap) if passing else paths.personal_settings()) / "window.ini"
            code, replacement = _show(chosen, workspace, memory, instance, None)
            while replacement is not None:
                from ui.dialogs.replacing import put_in_place

                done = put_in_place(workspace, replacement)
                code, replacement = _show(chosen, workspace, memory, instance, done)
        return code
    finally:
        end_log()
        if instance is not None:
            instance.release()


def _show(
    chosen: argparse.Namespace,
    workspace: Path,
    memory: Path,
    instance: "Instance | None",
    done: "ReplacingDialog | None",
) -> tuple[int, Path | None]:
    """Open the workspace and its window, until it is closed; the backup that is to take the workspace's place then.

    `done` is the replacement that came before this window, which says how it ended.
    """
    from app import bootstrap  # not above: an import's child begins by importing this module
    from ui.state import LANGUAGE, LAST_PAGE, THEME, State
    from ui.window import Window

    with bootstrap.open_program(workspace) as program:
        state = State(memory)
        for setting, value in ((LANGUAGE, chosen.language), (THEME, chosen.theme)):
            if value:
                state.put(setting, value)
        if chosen.page:
            state.put(LAST_PAGE, chosen.page[0])
        window = Window(program, state)
        if chosen.size:
            window.resize(*chosen.size)
        if instance is not None:
            if done is not None:
                window.done(done.text) if done.error is None else window.fail(done.error)
            return _stay(window, instance), window.replacement
        window.show()
        from ui.pictures import take

        for place in take(window, chosen.picture, chosen.page):
            sys.stdout.write(f"{place}\n")
        window.close()
        state.save()
    return 0, None


def _stay(window: "Window", instance: "Instance") -> int:
    """Show the window and stay until it is quit: faults are told, the schedule is kept, a second start brings it."""
    from PySide6.QtWidgets import QApplication

    from ui.bridge import Faults
    from ui.window.staying import bring

    faults = Faults(window)
    faults.met.connect(window.faults.tell)
    faults.install()
    instance.wanted.connect(partial(bring, window))
    window.stay()
    window.show()
    log.info("the window opened")
    window.program.scheduling.start()  # until the program is closed
    window.program.delivering.start()
    try:
        return QApplication.exec()
    finally:
        log.info("the window closed")
        faults.remove()
        instance.wanted.disconnect()


def _has_display() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
