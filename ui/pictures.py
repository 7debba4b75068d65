"""Pictures of the window as it stands: for the documents, the demonstration and the tests."""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from ui.window import Window

#: How long a page may take to show its figures (seconds). An import starts a process of its own, which on a machine
#: that is busy with other things takes a minute; this ends only what hangs.
PATIENCE = 300.0
#: Between two looks at a busy window the work gets the interpreter to itself (seconds): looking without a rest takes
#: a part of its time (a sixth of a long journey) from the work that is waited for.
_REST = 0.002


def settle(window: Window, patience: float = PATIENCE) -> None:
    """Let the window come to rest: every answer arrived, everything drawn; TimeoutError when it never does."""
    end = monotonic() + patience
    calm = 0
    while calm < 3:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        # what was put away is deleted here as in the running program, where the event loop does it
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        calm = 0 if window.tasks.busy() else calm + 1
        if not calm:
            sleep(_REST)
        if monotonic() > end:
            raise TimeoutError("the page did not come to rest")


def take(window: Window, target: Path, page_ids: Sequence[str] = ()) -> list[Path]:
    """Write pictures: one page into a .png file, or each page as <id>.png into a folder; returns what was written."""
    one = target.suffix.lower() == ".png"
    wanted = list(page_ids) or ([window.current] if one else list(window.entries))
    (target.parent if one else target).mkdir(parents=True, exist_ok=True)
    written = []
    for page_id in wanted:
        window.open(page_id)
        settle(window)
        place = target if one else target / f"{page_id}.png"
        if not window.grab().save(str(place)):
            raise OSError(f"could not write {place}")
        written.append(place)
    return written
