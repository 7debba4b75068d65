"""The text-cut check: every visible label, button, heading and cell has room for its words."""

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QStyle, QStyleOptionButton, QWidget

from ui.pictures import settle
from ui.tables.drawing import header_width
from ui.tables.view import TableView
from ui.window import Window

#: Language, size and theme: both of each with both of the others. What costs most to change, theme and size, changes
#: one at a time.
LOOKS = (
    ("en", (1366, 768), "light"),
    ("zh_CN", (1366, 768), "dark"),
    ("en", (1440, 900), "dark"),
    ("zh_CN", (1440, 900), "light"),
)

#: Half a pixel of rounding on either side is not a cut.
SLACK = 1.0


def every_look(window: Window) -> Iterator[str]:
    """Let the window stand in each of LOOKS, at rest; yields which one it is."""
    for language, size, name in LOOKS:
        window.speak(language)
        window.resize(*size)
        window.wear(name)
        settle(window)
        yield f"{language} {size[0]} × {size[1]} {name}"


def cuts(window: QWidget) -> list[str]:
    """What is cut in the window as it stands: kind, words, room and need."""
    found: list[str] = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QLabel):
            found += _label(widget)
        elif isinstance(widget, QPushButton):
            found += _button(widget)
        elif isinstance(widget, QLineEdit):
            found += _input(widget)
        elif isinstance(widget, TableView):
            found += _table(widget)
    return found


def _width(widget: QWidget, text: str) -> float:
    return max(QFontMetricsF(widget.font()).horizontalAdvance(line) for line in text.split("\n"))


def _tell(kind: str, text: str, need: float, room: float) -> str:
    return f"{kind} {text!r}: needs {need:.0f}, has {room:.0f}"


def _label(label: QLabel) -> Iterator[str]:
    if not label.text():
        return
    room = label.contentsRect()
    if label.wordWrap():
        metrics = QFontMetricsF(label.font())
        need = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), 0x1000, label.text()).height()
        if need > room.height() + SLACK + metrics.leading():
            yield _tell("wrapped label", label.text(), need, room.height())
    elif (need := _width(label, label.text())) > room.width() + SLACK:
        yield _tell("label", label.text(), need, room.width())
    elif QFontMetricsF(label.font()).height() - 2 > room.height() + SLACK:
        yield _tell("label's height", label.text(), QFontMetricsF(label.font()).height(), room.height())


def _button(button: QPushButton) -> Iterator[str]:
    if not button.text():
        return
    option = QStyleOptionButton()
    button.initStyleOption(option)
    room = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button).width()
    icon = 0 if button.icon().isNull() else button.iconSize().width() + 4
    counted = [child for child in button.findChildren(QLabel) if child.isVisible()]
    if counted:  # a count stands over the button's right end
        room = min(
            room,
            min(child.parentWidget().mapFromGlobal(child.mapToGlobal(child.rect().topLeft())).x() for child in counted)
            - 8,
        )
    need = _width(button, button.text().replace("&", "")) + icon
    if need > room + SLACK:
        yield _tell("button", button.text(), need, room)


def _input(box: QLineEdit) -> Iterator[str]:
    text = box.text() or box.placeholderText()
    room = box.contentsRect().width() - 12 - (24 if box.actions() else 0)
    if text and not box.hasFocus() and (need := _width(box, text)) > room + SLACK:
        yield _tell("input", text, need, room)


def _table(table: TableView) -> Iterator[str]:
    rows = table.rows
    for place, column in enumerate(rows.columns):
        if table.isColumnHidden(place):
            continue
        room = table.columnWidth(place)
        if not table.horizontalHeader().isHidden() and header_width(column) > room + SLACK:
            yield _tell("heading", column.header(), header_width(column), room)
        elastic = column.stretch and column.note  # may be shortened, because its tooltip says the whole
        for row in range(0 if elastic else min(rows.rowCount(), 40)):
            if (need := table.drawing.content_width(rows, row, column)) > room + SLACK:
                yield _tell(f"cell of {column.id}", str(rows.index(row, place).data()), need, room)


def wordless(window: QWidget) -> list[str]:
    """Buttons in sight that say nothing, not even to a screen reader."""
    return [
        f"{type(button).__name__} {button.objectName()!r}"
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and not (button.text() or button.accessibleName() or button.toolTip())
    ]
