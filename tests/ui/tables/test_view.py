from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from ui import theme
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.filter_box import FilterBox
from ui.tables.view import TableView

COLUMNS = (
    Column("name", lambda: "Counterparty", stretch=1, priority=0, strong=True),
    Column("state", lambda: "State", Kind.SEVERITY, priority=0),
    Column("loans", lambda: "Loans", Kind.HEAT, width=70, priority=2),
    Column("total", lambda: "Total", Kind.NUMBER, decimals=1, unit=lambda: "USD m", priority=0),
    Column("use", lambda: "Limit", Kind.BAR, detail="pending", tone="state", priority=1, unit=lambda: "%"),
    Column("due", lambda: "Due", Kind.DATE, priority=3),
    Column("go", lambda: "", Kind.LINK, priority=4),
)
DATA = {
    "name": ["Marmara Bankası", "=HYPERLINK()", "Toros Çelik"],
    "state": ["critical", "warning", "ok"],
    "loans": [520.0, None, 96.0],
    "total": [1842.04, -655.0, None],
    "use": [104.0, 71.0, None],
    "pending": [110.0, 71.0, None],
    "due": [date(2026, 5, 28), None, date(2026, 6, 9)],
    "go": ["Open", "Open", None],
}


@pytest.fixture
def view(qtbot):
    theme.apply("light")
    made = TableView(COLUMNS, title="Largest exposures", cells=True)
    qtbot.addWidget(made)
    made.rows.load(DATA, keys=["mb", "hy", "tc"])
    made.resize(900, 200)
    made.show()
    return made


def shown(view):
    return [c.id for place, c in enumerate(COLUMNS) if not view.isColumnHidden(place)]


def test_least_important_columns_go_first_and_the_first_is_never_cut(view, qtbot):
    assert shown(view) == [c.id for c in COLUMNS]
    view.resize(420, 200)
    assert shown(view) == ["name", "state", "total", "use"]
    view.resize(200, 200)
    assert shown(view) == ["name", "state", "total"]
    assert view.columnWidth(3) >= view.needed(COLUMNS[3])


def test_copy_has_title_headers_units_plain_numbers_and_iso_dates(view, qtbot):
    view.context = "Book of 22 May 2026"
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Largest exposures",
        "Book of 22 May 2026",
        "Counterparty\tState\tLoans\tTotal, USD m\tLimit, %\tDue\t",
        "Marmara Bankası\tCritical\t520\t1842.0\t104\t2026-05-28\tOpen",
        "'=HYPERLINK()\tWarning\t\t-655.0\t71\t\tOpen",  # never a formula in a spreadsheet
        "Toros Çelik\tNormal\t96\t\t\t2026-06-09\t",
    ]


def test_enter_opens_space_pins_and_a_link_is_told_apart(view, qtbot):
    view.setFocus()
    view.select("hy")
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["hy"]
    with qtbot.waitSignal(view.pinned) as pinned:
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert pinned.args == ["hy", "name"]
    place = view.visualRect(view.rows.index(0, 6)).center()
    with qtbot.waitSignal(view.link_opened) as link:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert link.args == ["mb", "go"]


def test_click_on_a_heat_cell_pins_it(view, qtbot):
    place = view.visualRect(view.rows.index(2, 2)).center()
    with qtbot.waitSignal(view.pinned) as pinned:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert pinned.args == ["tc", "loans"]


def test_header_sorts_numbers_from_the_largest_then_back_then_as_they_came(view):
    header = view.horizontalHeader()
    orders = []
    for _ in range(3):
        header.sectionClicked.emit(3)
        orders.append([view.key(row) for row in range(3)])
    assert orders == [["mb", "hy", "tc"], ["hy", "mb", "tc"], ["mb", "hy", "tc"]]


def test_widths_and_order_are_remembered(qtbot, tmp_path):
    theme.apply("light")
    state = State(tmp_path / "state.ini")

    def make():
        made = TableView(COLUMNS, title="t", name="exposures.lines", state=state)
        qtbot.addWidget(made)
        made.resize(1100, 200)
        made.show()
        made.rows.load(DATA)
        return made

    first = make()
    first.horizontalHeader().resizeSection(3, 143)
    first.horizontalHeader().sectionClicked.emit(3)
    again = make()
    assert again.columnWidth(3) == 143
    assert again.rows.sorted_by == ("total", True)
    again.start_over()
    assert make().rows.sorted_by is None


def test_filter_follows_typing_and_escape_clears(view, qtbot):
    box = FilterBox(view)
    qtbot.addWidget(box)
    box.show()
    qtbot.keyClicks(box, "toros")
    qtbot.waitUntil(lambda: view.rows.rowCount() == 1)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: view.rows.rowCount() == 3)


def test_a_change_of_theme_is_seen(view):
    def ground():
        return view.grab().toImage().pixelColor(400, 190)

    light = ground()
    theme.apply("dark")
    assert ground().lightness() < 60 < light.lightness()
    theme.apply("light")
