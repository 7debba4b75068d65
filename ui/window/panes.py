"""F6: from the search to the navigation to the page, and round again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from ui.window.window import Window


def next_pane(window: "Window") -> None:
    """Put the cursor into the pane after the one that has it."""
    page = window.stack.currentWidget()
    panes = [window.search, window.navigation.items[window.current], page]
    focus = QApplication.focusWidget()
    places = [place for place, pane in enumerate(panes) if focus is not None and pane in (focus, *_above(focus))]
    after = panes[(places[0] + 1) % len(panes)] if places else panes[0]
    if after is not page:
        after.setFocus(Qt.FocusReason.ShortcutFocusReason)
    elif (inside := page.focusWidget()) is not None:
        inside.setFocus()
    else:
        window.focusNextChild()


def _above(widget: QWidget) -> list[QWidget]:
    found = []
    while (widget := widget.parentWidget()) is not None:
        found.append(widget)
    return found
