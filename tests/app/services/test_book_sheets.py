"""A workbook with assets, liabilities, pipeline, customers and limits comes in as one book; the rest is told."""

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from app.bootstrap import Program
from app.services.outcome import Ending
from app.wording.importing import message
from exposures.issues import Rule

ON = date(2026, 5, 15)
HEADERS = ["line id", "counterparty id", "country", "currency", "outstanding"]


def test_all_sheets_of_a_book_come_in_together(program: Program, tmp_path: Path) -> None:
    workbook = Workbook()
    assets = workbook.active
    assets.title = "Assets"
    for row in (HEADERS, ["A1", "C1", "TR", "USD", 5.0], ["A2", "C2", "AR", "USD", 3.0]):
        assets.append(row)
    for name, row in (("Liabilities", ["L1", "C2", "AR", "USD", 7.0]), ("Pipeline", ["P1", "C1", "TR", "USD", 9.0])):
        sheet = workbook.create_sheet(name)
        sheet.append(HEADERS)
        sheet.append(row)
    customers = workbook.create_sheet("Counterparties")
    for row in (["counterparty id", "counterparty name"], ["C1", "Ege"], ["C2", "Pampa"]):
        customers.append(row)
    limits = workbook.create_sheet("Limits")
    for row in (["country", "group", "limit", "currency"], ["TR", None, 10.0, "USD"], [None, "G9", 4.0, "USD"]):
        limits.append(row)
    workbook.save(tmp_path / "book.xlsx")
    done = program.importing.commit(tmp_path / "book.xlsx", ON)
    assert (done.ending, done.rows_read, done.imported) == (Ending.IMPORTED, 4, 4)
    book = program.surveying.book()
    assert dict(zip(book.lines["line_id"], book.lines["counterparty_name"], strict=True)) == {
        "A1": "Ege", "A2": "Pampa", "L1": "Pampa", "P1": "Ege",
    }  # fmt: skip
    assert book.total() == 8  # liabilities are no claims, what is pending is not drawn
    turkey = next(row for row in book.by_country() if row.key == "TR")
    assert (turkey.outstanding, turkey.pending) == (5, 9)
    assert [(i.sheet, i.cell, i.value) for i in done.issues if i.rule is Rule.LIMIT_WITHOUT_LINES] == [
        ("Limits", "C3", "G9")
    ]
    assert [stored.limit.key for stored in program.limiting.in_force()] == ["TR", "G9"]
    assert program.limiting.in_force()[0].limit.source == "Limits"
    program.importing.undo("the wrong week")
    assert program.limiting.in_force() == ()


def test_a_counterparty_sheet_supplies_what_lines_lack_and_says_so(program: Program, tmp_path: Path) -> None:
    workbook = Workbook()
    assets = workbook.active
    assets.title = "Assets"
    assets.append(["line id", "counterparty id", "currency", "outstanding", "sector"])
    for row in (["A1", "C1", "USD", 5.0, None], ["A2", "C2", "USD", 3.0, "bank"]):
        assets.append(row)
    pipeline = workbook.create_sheet("Pipeline")
    pipeline.append(["line id", "counterparty id", "country", "currency", "pending"])
    pipeline.append(["P1", "C1", None, "USD", 9.0])
    customers = workbook.create_sheet("Counterparties")
    customers.append(["counterparty id", "counterparty name", "country", "sector", "group"])
    for row in (["C1", "Ege", "TR", "corporate", "G1"], ["C2", "Pampa", "AR", "corporate", None]):
        customers.append(row)
    workbook.save(tmp_path / "book.xlsx")
    done = program.importing.commit(tmp_path / "book.xlsx", ON)
    assert (done.ending, done.imported) == (Ending.IMPORTED, 3)
    lines = program.surveying.book().lines.set_index("line_id")
    assert lines["country"].to_dict() == {"A1": "TR", "A2": "AR", "P1": "TR"}
    assert lines["sector"].to_dict() == {"A1": "corporate", "A2": "bank", "P1": "corporate"}
    said = {(i.cell, i.values["first"]) for i in done.issues if i.rule is Rule.COUNTRY_SUPPLIED}
    assert said == {("C2", "Assets!A2"), ("C3", "Assets!A3"), ("C2", "Pipeline!C2")}
    assert [(i.cell, i.value) for i in done.issues if i.rule is Rule.MASTER_DIFFERS] == [("D3", "corporate")]
    group = next(i for i in done.issues if i.rule is Rule.FILLED_IN and i.field == "group_id")
    assert (
        message(group)
        == "Connected group of 2 lines was filled from this sheet, since they have none: A1 (E2), P1 (E2)."
    )
