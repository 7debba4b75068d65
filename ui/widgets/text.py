"""Labels by role: what a text is decides how it looks, not where it stands."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget


def label(role: str, text: str = "", parent: QWidget | None = None) -> QLabel:
    """A label of a role of the stylesheet ("title", "q", "a", "caption", "small", "figure" …), as plain text."""
    made = QLabel(text, parent)
    made.setProperty("r", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def restyle(widget: QWidget) -> None:
    """Have the stylesheet look again after a dynamic property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def rule(strong: bool = False) -> QFrame:
    """A horizontal line of one pixel."""
    made = QFrame()
    made.setProperty("r", "ruleStrong" if strong else "rule")
    made.setFixedHeight(1)
    return made
