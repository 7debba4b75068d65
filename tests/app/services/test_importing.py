import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.bootstrap import Program, open_program
from app.events import BookChanged, Event
from app.jobs import Cancelled, Job
from app.refusals import Misused, Refused
from app.services.outcome import Changes, Ending
from app.storage import audit
from app.storage.evidence import Reconciled
from exposures.book import Basis
from exposures.issues import Rule
from exposures.mapping import from_toml
from exposures.preview import Move
from tests.app.services.workbooks import HEADERS, write_csv

ON, NEXT = date(2026, 5, 15), date(2026, 5, 22)
A, B = "1,Anadolu,Turkey,loan,USD,100.25,20", "2,Ege,土耳其,placement,TRY,4500,0"
BAD = "3,Ege,Atlantis,loan,USD,7,0"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "book.csv", A, B)


@pytest.fixture
def rates(tmp_path: Path) -> Path:
    path = tmp_path / "fx.csv"
    path.write_text(
        "currency,per USD,date\nTRY,40,2026-05-01\nTRY,45,2026-05-15\nTRY,50,2026-06-01\n", encoding="utf-8"
    )
    return path


def test_import_with_rates(program: Program, file: Path, rates: Path) -> None:
    """The newest rate not after the reporting date counts: 4,500 TRY at 45 are 100 dollars."""
    heard: list[Event] = []
    program.events.subscribe(heard.append)
    done = program.importing.commit(file, ON, rates=rates)
    assert (done.ending, done.batch, done.rows_read, done.imported, done.quarantined) == (Ending.IMPORTED, 1, 2, 2, 0)
    assert BookChanged() in heard
    (turkey,) = program.surveying.book().by_country()
    assert (turkey.key, turkey.lines, turkey.outstanding, turkey.undrawn) == ("TR", 2, Decimal("200.25"), 20)
    with program.database.read() as connection:
        (row,) = [row for row in audit.trail(connection) if row["action"] == "book.import"]
    assert row["subject"] == "book 2026-05-15"
    assert '"lines": 2' in row["after"]


def test_reconciliation_is_of_what_was_stored(program: Program, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "book.csv", A, B, "3,Ege,Turkey,loan,USD,abc,3", "4,Ege,Turkey,loan,USD,-1,5")
    done = program.importing.commit(file, ON)
    assert (done.rows_read, done.imported, done.quarantined) == (4, 2, 2)
    rows = {(row.field, row.currency): row for row in done.reconciliation}
    assert rows["outstanding", "USD"] == Reconciled(
        "outstanding", "USD", "TR", 3, Decimal("99.25"), Decimal("100.25"), Decimal(-1), 1
    )
    assert rows["undrawn", "USD"] == Reconciled("undrawn", "USD", "TR", 3, Decimal(28), Decimal(20), Decimal(8))
    assert rows["outstanding", "TRY"].stored == 4500
    assert all(row.difference == 0 for row in done.reconciliation)
    assert program.importing.reconciliation(1) == done.reconciliation
    assert {issue.rule for issue in program.importing.issues(1)} >= {Rule.TEXT_IN_NUMBER, Rule.NEGATIVE_AMOUNT}


def test_the_same_file_doubles_nothing(program: Program, file: Path) -> None:
    assert program.importing.commit(file, ON).batch == 1
    again = program.importing.commit(file, ON)
    assert (again.ending, again.batch) == (Ending.ALREADY, 1)
    assert program.importing.commit(file, ON, supersede="again").ending is Ending.ALREADY
    assert len(program.importing.history()) == 1


def test_another_file_for_the_date_needs_a_reason(program: Program, file: Path, tmp_path: Path) -> None:
    program.importing.commit(file, ON)
    other = write_csv(tmp_path / "other.csv", A)
    with pytest.raises(Refused, match=r"book\.date_taken"):
        program.importing.commit(other, ON)
    done = program.importing.commit(other, ON, supersede="B was repaid")
    newest, oldest = program.importing.history()
    assert (done.batch, done.taken_by) == (newest.id, oldest.id)
    assert (newest.supersedes, newest.reason, oldest.visible) == (oldest.id, "B was repaid", False)
    assert len(program.surveying.book().lines) == 1
    undone = program.importing.undo("it was not")
    assert undone.id == newest.id
    assert len(program.surveying.book().lines) == 2
    with program.database.read() as connection:
        assert [row["reason"] for row in audit.trail(connection, subject="book 2026-05-15")] == [
            None, "B was repaid", "it was not",
        ]  # fmt: skip


def test_undo_until_nothing_is_left(program: Program, file: Path) -> None:
    program.importing.commit(file, ON)
    program.importing.undo()
    with pytest.raises(Refused, match=r"book\.none"):
        program.surveying.book()
    with pytest.raises(Refused, match=r"book\.nothing_to_undo"):
        program.importing.undo()
    assert program.importing.commit(file, ON).ending is Ending.IMPORTED


def test_preview_stores_nothing_and_tells_what_would_change(program: Program, file: Path, tmp_path: Path) -> None:
    program.importing.commit(file, ON)
    later = write_csv(tmp_path / "later.csv", A.replace("100.25", "90"), "9,Yeni,TR,loan,USD,1,0", BAD)
    seen = program.importing.preview(later, NEXT)
    assert (seen.ending, seen.batch, seen.imported, seen.quarantined) == (Ending.PREVIEWED, None, 2, 1)
    # 100.25 and 20 undrawn before, 90 and 20 after; what is gone was in lira without a rate and moves nothing
    moves = (Move("Anadolu", Decimal("120.25"), Decimal(110)), Move("Yeni", Decimal(0), Decimal(1)))
    assert seen.changes == Changes(base=1, new=1, changed=1, gone=1, moves=moves)
    assert seen.quarantined_rows["source_row"].tolist() == [4]
    assert [(c.letters, c.header, c.field) for c in seen.columns][:2] == [
        ("A", "Loan Number", "line_id"), ("B", "Counterparty", "counterparty_name"),
    ]  # fmt: skip
    assert seen.columns[0].samples == ("1", "9", "3")
    assert program.importing.preview(later, ON).taken_by == 1
    assert len(program.importing.history()) == 1


def test_a_file_without_a_line_is_blocked(program: Program, tmp_path: Path) -> None:
    done = program.importing.commit(write_csv(tmp_path / "b.csv", "1,2", headers="colour,size"), ON)
    assert (done.ending, done.batch) == (Ending.BLOCKED, None)
    assert done.issues
    assert program.importing.commit(write_csv(tmp_path / "c.csv", BAD), ON).ending is Ending.BLOCKED
    assert program.importing.history() == []


def test_a_layout_given_once_is_known_by_its_headers(program: Program, tmp_path: Path) -> None:
    headers = "Nr,Who,Where,Owed"
    layout = tmp_path / "monday.toml"
    layout.write_text(
        'name = "Ledger, Monday"\n[columns]\nline_id = "Nr"\ncounterparty_name = "Who"\ncountry = "Where"\n'
        'outstanding = "Owed"\n[constants]\ncurrency = "USD"\nside = "asset"\n',
        encoding="utf-8",
    )
    first = program.importing.commit(
        write_csv(tmp_path / "1.csv", "1,Ege,TR,5", headers=headers), ON, mapping=str(layout)
    )
    assert (first.ending, first.mapping_origin) == (Ending.IMPORTED, "given")
    again = program.importing.commit(tmp_path / "1.csv", ON, mapping=str(layout))
    assert again.ending is Ending.ALREADY
    second = program.importing.commit(write_csv(tmp_path / "2.csv", "1,Ege,TR,6", headers=headers), NEXT)
    assert (second.ending, second.mapping_origin) == (Ending.IMPORTED, "recognised")
    assert "Ledger, Monday" in program.importing.mappings()
    named = program.importing.preview(tmp_path / "2.csv", NEXT, mapping="Ledger, Monday")
    assert named.mapping is not None
    assert named.mapping.fingerprint == first.mapping.fingerprint  # type: ignore[union-attr]
    assert from_toml(program.importing.history()[0].mapping_text).name == "Ledger, Monday"


def test_rates_in_the_workbooks_own_sheet(program: Program, tmp_path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "台账"
    for row in (HEADERS.split(","), ["1", "Ege", "TR", "loan", "TRY", 90, 0]):
        sheet.append(row)
    rates = workbook.create_sheet("汇率")
    for row in (["currency", "per USD", "date"], ["TRY", 45, date(2026, 5, 1)]):
        rates.append(row)
    workbook.save(tmp_path / "book.xlsx")
    done = program.importing.commit(tmp_path / "book.xlsx", ON)
    assert (done.ending, done.sheet) == (Ending.IMPORTED, "台账")
    assert program.surveying.book().total() == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"mapping": "nowhere"}, "book.mapping_missing"),
        ({"rates": Path("nowhere.csv")}, "book.file_missing"),
        ({"file": Path("nowhere.csv")}, "book.file_missing"),
        ({"reporting_date": date(2030, 1, 1)}, "book.future_date"),
    ],
)
def test_wrong_use(program: Program, file: Path, change: dict[str, object], code: str) -> None:
    with pytest.raises(Misused) as caught:
        program.importing.commit(**{"file": file, "reporting_date": ON} | change)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert program.importing.history() == []


def test_a_batch_that_never_was(program: Program) -> None:
    for ask in (program.importing.issues, program.importing.reconciliation, program.surveying.book):
        with pytest.raises(Misused, match=r"book\.unknown_batch"):
            ask(99)


def test_a_sheet_that_is_not_there_and_a_mapping_that_is_wrong(program: Program, file: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"book\.sheet_missing"):
        program.importing.commit(file, ON, sheet="Lines")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('name = "x"\n[columns]\ncolour = "Nr"\n', encoding="utf-8")
    with pytest.raises(Refused) as caught:
        program.importing.commit(file, ON, mapping=str(wrong))
    assert (caught.value.code, caught.value.values["line"]) == ("book.mapping_wrong", 3)


def test_a_file_that_another_program_holds(program: Program, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("app.services.committing.file_digest", locked)
    with pytest.raises(Refused, match=r"book\.file_locked"):
        program.importing.commit(file, ON)


def test_cancel_stores_nothing(program: Program, file: Path) -> None:
    def stop(phase: str, _done: int, _total: int) -> None:
        if phase == "storing":
            job.cancel()

    job = Job(stop)
    with pytest.raises(Cancelled):
        program.importing.commit(file, ON, job=job)
    assert program.importing.history() == []


def test_two_processes_at_once(program: Program, tmp_path: Path) -> None:
    """Different files for one date: one is the book, the other is refused; the same file: one doubles nothing."""
    first, second = write_csv(tmp_path / "1.csv", A), write_csv(tmp_path / "2.csv", A, "9,Yeni,TR,loan,USD,1,0")

    def run(file: Path, on: date) -> int:
        command = [sys.executable, "-m", "app", "book", "import", str(file), "--reporting-date", on.isoformat()]
        command += ["--workspace", str(program.workspace.root)]
        return subprocess.run(command, capture_output=True, check=False).returncode

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(run, (first, second, first, first), (ON, ON, NEXT, NEXT)))
    assert sorted(codes[:2]) == [0, 1]
    assert codes[2:] == [0, 0]
    assert sorted(item.reporting_date for item in program.importing.history()) == [ON, NEXT]
    assert len(program.surveying.book().lines) == 1


def test_a_real_book_is_recognised_and_read_by_another_program(shared_data: Path, program: Program) -> None:
    done = program.importing.commit(shared_data / "books/IBRD_Statement_of_Loans_snapshot.csv", date(2023, 5, 31))
    assert (done.imported, done.mapping_origin) == (9012, "recognised")
    with open_program(program.workspace.root) as other:  # nothing of it is in memory there
        assert other.surveying.book().by_country(Basis.GUARANTOR)
