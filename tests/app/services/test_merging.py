"""The round trip of a list workbook: filled in as an owner does, merged, in conflict, tampered with, undone."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from app import bootstrap, i18n
from app.bootstrap import Program
from app.refusals import Refused
from app.spreadsheets import fill_sheet
from app.wording import reviews as terms
from app.wording.filling import status
from app.wording.sentences import refusal
from app.wording.terms import loan_class
from exposures.reviews.item import Action, Status
from exposures.reviews.merging import Side
from tests.app.services.workbooks import write_csv
from tests.conftest import Clock

ROW = 6  # the first one


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two items of L1 and one of L3, and its workbook beside it; copied for every test."""
    folder = tmp_path_factory.mktemp("prepared")
    rows = ("L1,=Anadolu,TR,loan,USD,370000000,0", "L2,Pamuk,TR,loan,USD,20000000,0")
    with bootstrap.open_program(folder / "workspace", clock=Clock()) as made:
        made.importing.commit(write_csv(folder / "b.csv", *rows), date(2026, 5, 22))
        made.limiting.set("TR", Decimal(400_000_000), "USD")
        made.reviewing.generate()
        made.reviewing.export(folder / "lists.xlsx")
    return folder


@pytest.fixture
def program(prepared: Path, tmp_path: Path) -> Iterator[Program]:
    shutil.copytree(prepared / "workspace", tmp_path / "workspace")
    with bootstrap.open_program(tmp_path / "workspace", clock=Clock()) as opened:
        yield opened


@pytest.fixture
def exported(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(prepared / "lists.xlsx", tmp_path / "lists.xlsx"))


def fill(path: Path, item: str, /, **cells: object) -> Path:
    """Write into an item's row as somebody with a spreadsheet program would."""
    book = openpyxl.load_workbook(path)
    sheet = book[fill_sheet.SHEET]
    for row in range(ROW, sheet.max_row + 1):
        if sheet.cell(row, 1).value == item:
            for name, value in cells.items():
                sheet.cell(row, fill_sheet.COLUMNS.index(name) + 1).value = value
    book.save(path)
    return path


def test_what_is_locked_and_what_can_be_chosen(exported: Path):
    book = openpyxl.load_workbook(exported)
    sheet = book[fill_sheet.SHEET]
    assert sheet.protection.sheet
    open_cells = {
        fill_sheet.COLUMNS[cell.column - 1]
        for row in sheet.iter_rows(min_row=ROW)
        for cell in row
        if not cell.protection.locked
    }
    assert open_cells == set(fill_sheet.OPEN)
    hidden = {name for place, name in enumerate(fill_sheet.COLUMNS)
              if sheet.column_dimensions[openpyxl.utils.get_column_letter(place + 1)].hidden}  # fmt: skip
    assert hidden == set(fill_sheet.KEPT)
    kinds = {str(one.sqref).partition(":")[0]: one.type for one in sheet.data_validations.dataValidation}
    # Owners have no list yet: nobody owns anything; what can be decided on L3 has its own list.
    assert kinds == {
        f"G{ROW}": "date", f"H{ROW}": "list", f"H{ROW + 2}": "list", f"I{ROW}": "decimal", f"J{ROW}": "list",
        f"K{ROW}": "list",
    }  # fmt: skip
    assert book[fill_sheet.MARK].sheet_state == "hidden"
    names = {row[2].value for row in sheet.iter_rows(min_row=ROW)}
    assert "=Anadolu" in names
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_nothing_filled_in_changes_nothing(program: Program, exported: Path):
    plan = program.merging.preview(exported)
    assert (plan.rows, plan.found) == (3, ())


@pytest.mark.parametrize("target", ["2493506.493506493506493506494", "0.1", "1000"])
def test_a_target_of_more_digits_than_a_cell_holds_is_still_that_target(program: Program, exported: Path, target: str):
    program.reviewing.decide("L1-0001", Action.REDUCE, Decimal(target), "")
    program.reviewing.export(exported)
    assert program.merging.preview(exported).found == ()
    fill(exported, "L1-0001", target=float(target) + 1)  # and another one is another
    assert [field.name for one in program.merging.preview(exported).found for field in one.changes] == ["target"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_owner_date_comment_and_status_are_taken_and_undone(program: Program, exported: Path, language: str):
    if language == "zh_CN":
        program.reviewing.export(exported, language)
    program.reviewing.decide("L1-0002", Action.WATCH, None, "")
    words = {"en": "Send to checker", "zh_CN": None}[language]
    fill(exported, "L1-0001", owner="Chen Li", due=date(2026, 6, 30), comment="=1+1 was said, -2 too")
    fill(exported, "L1-0002", status=words, comment="@all: seen")
    book = openpyxl.load_workbook(exported)
    said = book[fill_sheet.SHEET].cell(ROW, fill_sheet.COLUMNS.index("comment") + 1)
    said.data_type = "s"  # openpyxl makes a formula of it; somebody's spreadsheet program keeps the text
    book.save(exported)
    plan = program.merging.preview(exported)
    assert [one.item.id for one in plan.found] == ["L1-0001", "L1-0002"]
    assert {field.name: field.workbook for field in plan.found[0].changes} == {"owner": "Chen Li", "due": "2026-06-30"}
    before = program.reviewing.item("L1-0001")
    assert before.owner is None  # a preview stores nothing
    done = program.merging.take(exported)
    assert [item.id for item in done.items] == ["L1-0001", "L1-0002"]
    item = program.reviewing.item("L1-0001")
    assert (item.owner, item.due) == ("Chen Li", date(2026, 6, 30))
    assert item.history[-1].values["comment"] == "=1+1 was said, -2 too"
    sent = program.reviewing.item("L1-0002")
    assert sent.status is (Status.WITH_CHECKER if words else Status.PROPOSED)
    assert program.merging.preview(exported).found == ()  # the same file again changes nothing
    program.merging.undo()
    assert (program.reviewing.item("L1-0001").owner, program.reviewing.item("L1-0001").due) == (None, before.due)
    assert program.reviewing.item("L1-0002").status is Status.PROPOSED
    with pytest.raises(Refused, match="nothing_to_undo"):
        program.merging.undo()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_decision_is_taken_as_a_draft_sent_where_it_says_so_and_undone(
    program: Program, exported: Path, language: str
):
    program.reviewing.export(exported, language)
    with i18n.speaking(language):
        reduce, send, doubtful = terms.action("reduce"), status("with_checker"), loan_class("doubtful")
    fill(exported, "L1-0001", decide=reduce, target=50_400_000.5, grade=doubtful, comment="by 30 June")
    fill(exported, "L1-0002", decide=reduce, target="1,000", status=send, owner="Chen Li", comment="its parent pays")
    plan = program.merging.preview(exported)
    changes = [{field.name: field.workbook for field in one.changes} for one in plan.found]
    assert changes == [
        {"action": "reduce", "target": "50400000.5", "grade": "doubtful"},
        {"owner": "Chen Li", "action": "reduce", "target": "1000", "status": "with_checker"},
    ]
    done = program.merging.take(exported)
    assert [item.id for item in done.items] == ["L1-0001", "L1-0002"]
    drafted, sent = (program.reviewing.item(item.id) for item in done.items)
    assert drafted.status is Status.PROPOSED
    assert drafted.decision is not None
    assert (drafted.decision.action, drafted.decision.target) == (Action.REDUCE, Decimal("50400000.5"))
    assert (drafted.decision.new_grade, drafted.decision.comment) == ("doubtful", "by 30 June")
    assert (sent.status, sent.owner) == (Status.WITH_CHECKER, "Chen Li")
    with pytest.raises(Refused, match="same_person"):
        program.deciding.approve("L1-0002")
    assert program.merging.preview(exported).found == ()
    program.merging.undo()
    for item_id in ("L1-0001", "L1-0002"):
        item = program.reviewing.item(item_id)
        assert (item.status, item.decision, item.owner) == (Status.PROPOSED, None, None)


def test_a_newer_decision_is_a_conflict_and_what_cannot_be_decided_is_named(program: Program, exported: Path):
    program.reviewing.decide("L1-0001", Action.WATCH, None, "seen")
    fill(exported, "L1-0001", decide="Reduce", target=5)
    fill(exported, "L1-0002", target=7)
    plan = program.merging.preview(exported)
    first, second = plan.found
    assert [(one.name, one.base, one.program, one.workbook) for one in first.conflicts] == [
        ("action", "", "watch", "reduce")
    ]
    assert second.refused == "action_needed"
    program.merging.take(exported, Side.PROGRAM)
    kept = program.reviewing.item("L1-0001").decision
    assert kept is not None
    assert (kept.action, kept.target) == (Action.WATCH, Decimal(5))  # only the target was the workbook's alone
    program.reviewing.export(exported)
    fill(exported, "L1-0001", decide="Keep", target="", comment="")
    fill(exported, "L1-0002", decide="Watch", status="Not to be taken up", comment="sold")
    assert [one.refused for one in program.merging.preview(exported).found] == ["comment_needed", "decision_and_status"]
    program.deciding.send("L1-0001")
    program.reviewing.export(exported)
    fill(exported, "L1-0001", decide="Reduce")
    assert [one.refused for one in program.merging.preview(exported).found] == ["lies_with_checker"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"decide": "Dance"}, "nothing that its list can decide: Dance"),
        ({"decide": "Reduce", "target": "much"}, "not an amount: much"),
        ({"decide": "Reduce", "target": -5}, "not an amount: -5"),
        ({"decide": "Reduce", "grade": "AAA"}, "no such class: AAA"),
        ({"base_decide": "watch"}, "its locked cells were altered"),
    ],
)
def test_what_was_filled_in_wrongly_is_named_with_its_row(
    program: Program, exported: Path, cells: dict[str, object], told: str
):
    fill(exported, "L1-0001", **cells)
    with pytest.raises(Refused) as caught:
        program.merging.preview(exported)
    assert told in refusal(caught.value)[0]


def test_what_both_changed_is_a_conflict_side_by_side(program: Program, exported: Path):
    program.reviewing.assign("L1-0001", "Wu Fang", date(2026, 6, 9))
    fill(exported, "L1-0001", owner="Chen Li", due=date(2026, 6, 9))
    fill(exported, "L1-0002", owner="Zhao Qi")
    plan = program.merging.preview(exported)
    (conflict,) = plan.conflicts
    (field,) = conflict.conflicts  # both set the same date: that is none
    assert (field.name, field.base, field.program, field.workbook) == ("owner", "", "Wu Fang", "Chen Li")
    with pytest.raises(Refused) as caught:
        program.merging.take(exported)
    assert "--conflicts" in refusal(caught.value)[1]
    assert program.reviewing.item("L1-0002").owner is None  # all or nothing
    program.merging.take(exported, Side.PROGRAM)
    assert [program.reviewing.item(f"L1-000{n}").owner for n in (1, 2)] == ["Wu Fang", "Zhao Qi"]
    program.merging.take(exported, workbook=["L1-0001"])
    assert program.reviewing.item("L1-0001").owner == "Chen Li"


def test_a_status_needs_what_it_needs_in_the_window(program: Program, exported: Path):
    fill(exported, "L1-0001", status="Done", comment="sold")
    fill(exported, "L1-0002", status="Not to be taken up")
    fill(exported, "L3-0001", owner="Chen Li", comment="kept")
    plan = program.merging.preview(exported)
    refused = {one.item.id: one.refused for one in plan.found}
    assert refused == {"L1-0001": "not_now", "L1-0002": "comment_needed", "L3-0001": ""}
    done = program.merging.take(exported)
    assert [item.id for item in done.items] == ["L3-0001"]
    assert [one.item.id for one in done.left] == ["L1-0001", "L1-0002"]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"base_owner": "Somebody"}, "altered"),
        ({"item": "L1-0099"}, "altered"),
        ({"seal": "0" * 64}, "altered"),
        ({"due": "soon"}, "not a date: soon"),
        ({"status": "Closed"}, "no such status: Closed"),
    ],
)
def test_an_altered_row_refuses_the_whole_file_and_is_named(
    program: Program, exported: Path, cells: dict[str, object], problem: str
):
    fill(exported, "L1-0002", owner="Zhao Qi")
    fill(exported, "L1-0001", **cells)
    with pytest.raises(Refused) as caught:
        program.merging.take(exported)
    what, _remedy = refusal(caught.value)
    assert problem in what
    assert "row 6" in what
    assert program.reviewing.item("L1-0002").owner is None


def test_rows_twice_sheets_taken_out_and_other_workspaces_are_refused(program: Program, exported: Path, tmp_path: Path):
    book = openpyxl.load_workbook(exported)
    sheet = book[fill_sheet.SHEET]
    for place in range(1, len(fill_sheet.COLUMNS) + 1):
        sheet.cell(sheet.max_row + (place == 1), place).value = sheet.cell(ROW, place).value
    book.save(twice := tmp_path / "twice.xlsx")
    with pytest.raises(Refused) as caught:
        program.merging.preview(twice)
    assert "stands twice" in refusal(caught.value)[0]
    book = openpyxl.load_workbook(exported)
    del book[fill_sheet.MARK]
    book.save(bare := tmp_path / "bare.xlsx")
    with pytest.raises(Refused, match="no_sheet"):
        program.merging.preview(bare)
    with bootstrap.open_program(tmp_path / "other") as other, pytest.raises(Refused, match="foreign"):
        other.merging.preview(exported)
    book = openpyxl.load_workbook(exported)
    book[fill_sheet.MARK].cell(3, 2).value = "7"  # another making of the lists
    book.save(exported)
    with pytest.raises(Refused, match="altered"):
        program.merging.preview(exported)


@pytest.mark.slow
def test_a_workbook_that_libreoffice_saved_is_still_known(
    program: Program, exported: Path, tmp_path: Path, libreoffice: tuple[str, ...]
):
    fill(exported, "L1-0001", owner="Chen Li", due=date(2026, 6, 30), comment="by hand")
    folder = tmp_path / "saved"
    command = [*libreoffice, "--convert-to", "xlsx", "--outdir", str(folder), str(exported)]
    subprocess.run(command, check=True, capture_output=True, timeout=200)
    (one,) = program.merging.preview(folder / exported.name).found
    assert {field.name: field.workbook for field in one.changes} == {"owner": "Chen Li", "due": "2026-06-30"}
    assert one.comment == "by hand"
    sheet = openpyxl.load_workbook(folder / exported.name)[fill_sheet.SHEET]
    assert sheet.protection.sheet
    assert {one.type for one in sheet.data_validations.dataValidation} == {"list", "date", "decimal"}
    assert "=Anadolu" in {row[2].value for row in sheet.iter_rows(min_row=ROW)}
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
