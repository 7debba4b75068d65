"""Bars in rows: a waterfall's steps, a row without a figure, keys, files."""

import openpyxl
import pytest
from PySide6.QtCore import Qt

from ui import theme
from ui.charts.rows import Bar, RowBars

BARS = (
    Bar("Total assets", 0, -700, "−700.0", "treasuries_and_total_assets", detail="assets: source x"),
    Bar("Capital", -700, -700, "no figure on one of the dates", missing=True),
    Bar("Residual", -700, -690, "+10.0", "text3", hatched=True),
    Bar("Reserves", 0, -690, "−690.0", "reserves", strong=True),
)
HEADERS = ["Step", "USD m"]
ROWS = [["Total assets", -700_000], ["Capital", None]]


@pytest.fixture
def bars(qtbot) -> RowBars:
    theme.apply("light")
    made = RowBars(joined=True)
    made.title = "Reserves bridge"
    qtbot.addWidget(made)
    made.resize(640, 240)
    made.show_bars(BARS, HEADERS, ROWS, [("Unit", "USD m")])
    made.show()
    return made


def test_bars_are_drawn_in_their_colours_and_a_missing_one_is_not(bars):
    picture = bars.grab().toImage()
    navy = theme.current().line("treasuries_and_total_assets")

    def has(row: int) -> bool:
        height = bars.height() / len(BARS) if bars.height() / len(BARS) < 48 else 48
        y = round((row + 0.5) * height)
        return any(picture.pixelColor(x, y) == navy for x in range(picture.width()))

    assert has(0)
    assert not has(1)


def test_what_a_screen_reader_and_the_keys_tell(bars, qtbot):
    assert "Capital no figure on one of the dates" in bars.accessibleDescription()
    bars.setFocus()
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    assert bars.accessibleDescription() == "assets: source x"
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    assert bars.accessibleDescription() == "Residual +10.0"
    qtbot.keyClick(bars, Qt.Key.Key_Escape)


def test_files_hold_values_and_leave_missing_ones_empty(bars, tmp_path):
    bars.save_data(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").splitlines() == [
        "Step,USD m",
        "Total assets,-700000",
        "Capital,",
    ]
    bars.save_workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert -700_000 in [cell.value for row in book.active.iter_rows() for cell in row]
    book.close()
    bars.save_svg(tmp_path / "a.svg")
    assert "Total assets" in (tmp_path / "a.svg").read_text("utf-8")
    bars.save_picture(tmp_path / "a.png")
    assert (tmp_path / "a.png").stat().st_size > 1000


def test_nothing_to_draw_is_no_fault(bars):
    bars.show_bars([])
    assert not bars.grab().isNull()
    assert bars.bars == ()
