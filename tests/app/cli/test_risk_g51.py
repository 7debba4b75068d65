"""`risk g51`, through main(): 10 million dollars at 6.7 are 6,700 ten-thousands of renminbi."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.cli.main import main

LINES = (
    "line id,counterparty,side,country,currency,outstanding\n"
    "1,Ege,asset,TR,USD,10000000\n2,Own,liability,DE,USD,500000\n"
)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> tuple[int, Any, str]:
        code = main([*arguments, "--workspace", str(tmp_path / "w"), "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return call


def imported(run: Any, tmp_path: Path, rates: bool) -> None:
    (tmp_path / "b.csv").write_text(LINES, "utf-8")
    (tmp_path / "rates.csv").write_text("currency,per USD,date\nCNY,6.7,2026-05-15\n", "utf-8")
    given = ("--rates", str(tmp_path / "rates.csv")) if rates else ()
    assert run("book", "import", str(tmp_path / "b.csv"), "--reporting-date", "2026-05-15", *given)[0] == 0


def test_the_table_and_its_workbook(run: Any, tmp_path: Path) -> None:
    imported(run, tmp_path, rates=True)
    code, data, _ = run("risk", "g51", "--output", str(tmp_path / "g51.xlsx"))
    assert code == 0
    turkey = next(row for row in data["rows"] if row["country"] == "TR")
    assert (turkey["immediate"], turkey["guarantor"], turkey["liabilities"]) == ("6700.00", "6700.00", "0.00")
    assert (data["total"]["liabilities"], data["ties"], data["unit"]) == ("335.00", True, "CNY 10000")
    sheet = openpyxl.load_workbook(tmp_path / "g51.xlsx")["G51"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any(row[0] == "Turkey" and 6700 in row for row in cells)
    assert any(row[0] == "Total" and 335 in row for row in cells)
    assert run("risk", "g51", "--output", str(tmp_path / "g51.xlsx"))[0] == 1  # never written over


def test_without_a_rate_it_says_what_to_do(run: Any, tmp_path: Path) -> None:
    imported(run, tmp_path, rates=False)
    code, data, error = run("risk", "g51")
    assert (code, data) == (1, None)
    assert "CNY" in error
