"""Parts of the page that can be dragged; where they were left is remembered."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QSplitter

from ui.state import State


def split(state: State, way: Qt.Orientation, name: str, parts: tuple[Any, ...], stretch: tuple[int, ...]) -> QSplitter:
    """A splitter of these parts, each with its share of what room is left."""
    made = QSplitter(way)
    made.setObjectName(name)
    made.setChildrenCollapsible(False)
    for place, part in enumerate(parts):
        if not isinstance(part, QSplitter):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        made.addWidget(part)
        made.setStretchFactor(place, stretch[place])
    state.restore(f"reviews.{name}", made)
    made.splitterMoved.connect(partial(_remember, state, f"reviews.{name}", made))
    return made


def _remember(state: State, name: str, made: QSplitter, *_moved: int) -> None:
    state.keep(name, made)
