"""A page as a CSV file: what it says of its figures first, then the tables; nothing becomes a formula."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.spreadsheets.workbook import Column, SheetContent, SheetTable
from ui.tables.exporting import write
from ui.tables.plain import ask_where

SHEETS = (
    SheetContent(
        "assets",
        "Assets",
        "Assets grew.",
        [("Source", "Federal Reserve H.4.1"), ("Unit", "USD bn")],
        (SheetTable([Column("Line"), Column("Value")], [["=cmd", 1.5], [date(2022, 5, 18), None]], totals={1: 2.5}),),
    ),
    SheetContent("notes", "Notes"),
)


def test_sheets_follow_one_another_with_what_they_say(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    assert write(place, SHEETS, sample=True) == ()
    assert place.read_bytes()[:3] == b"\xef\xbb\xbf"
    assert place.read_text("utf-8-sig").split("\n") == [
        "Assets SAMPLE",
        "Assets grew.",
        "Source,Federal Reserve H.4.1",
        "Unit,USD bn",
        "Line,Value",
        "'=cmd,1.5",
        "2022-05-18,",
        ",2.5",
        "",
        "Notes SAMPLE",
        "",
    ]


def test_the_form_that_is_chosen_decides_the_ending(qtbot, monkeypatch, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    answers = iter([("", ""), (str(tmp_path / "a.xlsx"), "CSV (*.csv)"), (str(tmp_path / "a.xlsx"), "Excel workbook")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: next(answers))
    found = [ask_where(parent, "Export", "a.xlsx") for _time in range(3)]
    assert found == [None, tmp_path / "a.csv", tmp_path / "a.xlsx"]
