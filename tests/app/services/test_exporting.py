import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.bootstrap import Program
from app.jobs import Cancelled, Job
from app.refusals import Refused
from app.storage.tables import METADATA
from app.wording.sentences import refusal
from tests.app.services.workbooks import write_csv

ON = date(2026, 5, 15)


@pytest.fixture
def full(program: Program, tmp_path: Path) -> Program:
    file = write_csv(tmp_path / "book.csv", "1,=1+1 Anadolu 银行,Turkey,loan,JPY,100,20", "2,Ege,Atlantis,loan,USD,7,0")
    program.importing.commit(file, ON)
    program.workspace.sources.write_text("# ours\n")
    return program


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_everything_is_there_as_csv_and_excel(full: Program, tmp_path: Path) -> None:
    done = full.exporting.export_all(tmp_path / "out")
    assert {path.stem for path in (done.folder / "csv").iterdir()} == set(METADATA.tables) | {"book"}
    workbook = load_workbook(done.folder / "tidewatch.xlsx")
    assert workbook.sheetnames == ["about", *done.rows]
    for name, count in done.rows.items():
        table, sheet = rows_of(done.folder, name), workbook[name]
        assert len(table) == count == sheet.max_row - 1
        headers = [cell.value for cell in sheet[1]]
        assert not table or list(table[0]) == headers
    assert (done.folder / "settings" / "sources.toml").read_text() == "# ours\n"
    assert not done.notes


def test_values_are_those_of_the_store(full: Program, tmp_path: Path) -> None:
    """100 yen have no minor unit: stored as 100, told as 100; the day and the instant keep their forms."""
    done = full.exporting.export_all(tmp_path / "out")
    (line,) = rows_of(done.folder, "line_version")
    assert (line["counterparty_name"], line["outstanding"], line["undrawn"]) == ("=1+1 Anadolu 银行", "100", "20")
    (book,) = rows_of(done.folder, "book")
    assert (book["outstanding"], book["maturity"], book["revolving"]) == ("100", "", "")
    (batch,) = rows_of(done.folder, "batch")
    assert (batch["reporting_date"], batch["at"]) == ("2026-05-15", full.clock().isoformat().replace("+00:00", "Z"))
    sheet = load_workbook(done.folder / "tidewatch.xlsx")["line_version"]
    (cell,) = (cell for cell in sheet[2] if cell.value == "=1+1 Anadolu 银行")
    assert cell.data_type == "s"


def test_amounts_leave_in_major_units(program: Program, tmp_path: Path) -> None:
    program.importing.commit(write_csv(tmp_path / "b.csv", "1,A,TR,loan,USD,100.25,0"), ON)
    program.limiting.set("TR", Decimal(5000), "KWD")
    done = program.exporting.export_all(tmp_path / "out")
    (line,) = rows_of(done.folder, "line_version")
    (limit,) = rows_of(done.folder, "limit_version")
    assert (line["outstanding"], limit["amount"]) == ("100.25", "5000.000")


def test_a_folder_that_holds_something_is_left_alone(full: Program, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    full.exporting.export_all(tmp_path / "out")
    with pytest.raises(Refused) as caught:
        full.exporting.export_all(tmp_path / "out")
    assert caught.value.code == "export.folder_taken"
    assert all(refusal(caught.value))
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match=r"export\.cannot_write"):
        full.exporting.export_all(tmp_path / "file" / "out")


def test_a_cancelled_export_leaves_nothing(full: Program, tmp_path: Path) -> None:
    job = Job(lambda phase, *_: job.cancel() if phase == "workbook" else None)
    with pytest.raises(Cancelled):
        full.exporting.export_all(tmp_path / "out", job)
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]
