import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from tests.app.services.workbooks import write_csv
from tests.conftest import REPOSITORY

XLSX, CSV = "IBRD_loans_snapshot_converted.xlsx", "IBRD_Statement_of_Loans_snapshot.csv"
MAPPING = REPOSITORY / "exposures/mappings/ibrd_statement_of_loans.toml"
Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """One command on a workspace of its own: exit code, what it said as JSON, and stderr."""

    def call(*arguments: object) -> tuple[int, Any, str]:
        try:
            code = main([*map(str, arguments), "--workspace", str(tmp_path / "workspace"), "--json"])
        except SystemExit as error:
            code = int(str(error.code))
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return call


def imported(run: Run, *arguments: object, on: str = "2023-05-31") -> tuple[int, Any, str]:
    return run("book", "import", *arguments, "--reporting-date", on)


@pytest.mark.shared
@pytest.mark.parametrize("name", [XLSX, CSV])
def test_acceptance_3_to_the_cent(run: Run, shared_data: Path, name: str) -> None:
    code, data, _ = imported(run, shared_data / "books" / name, "--mapping", MAPPING)
    assert code == 0
    assert (data["rows_read"], data["imported"], data["quarantined"]) == (9012, 9012, 0)
    negative = [issue for issue in data["issues"] if issue["rule"] == "negative_within_tolerance"]
    assert {issue["severity"] for issue in negative} == {"warning"}
    assert len([issue for issue in data["issues"] if issue["rule"] == "missing_counterparty"]) == 57
    assert len(negative) == 181 + 13
    stored = {(row["field"], row["country"]): row for row in data["reconciliation"]}
    assert stored["outstanding", "AR"]["in_file"] == stored["outstanding", "AR"]["stored"] == "9360245800.22"
    assert all(row["difference"] in ("0", "0.00") for row in data["reconciliation"])

    code, data, _ = run("book", "show", "--by", "country")
    assert code == 0
    assert (data["reporting_date"], data["currency"]) == ("2023-05-31", "USD")
    rows = {row["country"]: row for row in data["rows"]}
    assert rows["AR"] == {
        "country": "AR", "lines": 278, "outstanding": "9360245800.22", "undrawn": "3853297415.08",
        "pending": "150000000.00", "exposure": "13213543215.30",
    }  # fmt: skip
    assert rows["TR"] == {
        "country": "TR", "lines": 334, "outstanding": "11134721462.11", "undrawn": "4974682268.60",
        "pending": "686520180.00", "exposure": "16109403730.71",
    }  # fmt: skip
    assert rows["CL"] == {
        "country": "CL", "lines": 111, "outstanding": "140025999.99", "undrawn": "10100000.00", "pending": "0.00",
        "exposure": "150125999.99",
    }  # fmt: skip
    cents = sum(int(row["outstanding"].replace(".", "")) for row in data["rows"])
    assert cents == 24144344498016
    assert sum(row["lines"] for row in data["rows"]) == 9012
    assert rows["NA"]["lines"] == 2  # Namibia, whose code the workbook lost
    assert {"RS", "TL", "CD", "XK"} <= rows.keys()


@pytest.mark.shared
def test_acceptance_3_again_and_the_other_file(run: Run, shared_data: Path) -> None:
    first, second = shared_data / "books" / XLSX, shared_data / "books" / CSV
    _, data, _ = imported(run, first, "--mapping", MAPPING)
    batch = data["batch"]
    code, data, _ = imported(run, first)
    assert (code, data["batch"]) == (0, batch)
    code, data, error = imported(run, second)
    assert (code, data) == (1, None)
    assert "--supersede" in error
    code, data, _ = imported(run, second, "--supersede", "the CSV keeps Namibia")
    assert (code, data["imported"]) == (0, 9012)
    _, data, _ = run("book", "history")
    assert [row["status"] for row in data["batches"]] == ["committed", "superseded"]
    _, data, _ = run("book", "undo", "--reason", "back to the workbook")
    assert data["visible"] == batch


def test_already_imported_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,USD,5,0")
    command = ["book", "import", str(file), "--reporting-date", "2026-05-15", "--workspace", str(tmp_path / "w")]
    assert main(command) == 0
    assert "Imported as batch 1" in capsys.readouterr().out
    assert main(command) == 0
    assert "already imported as batch 1" in capsys.readouterr().out


def test_a_dry_run_stores_nothing(run: Run, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,USD,5,0", "2,Ege,Atlantis,loan,USD,1,0")
    code, data, _ = imported(run, file, "--dry-run", on="2026-05-15")
    assert (code, data["batch"], data["imported"], data["quarantined"]) == (1, None, 1, 1)
    (issue,) = data["issues"]
    assert (issue["cell"], issue["rule"], issue["severity"], issue["value"]) == (
        "C3", "unknown_country", "error", "Atlantis",
    )  # fmt: skip
    assert issue["message"]
    assert run("book", "history")[1] == {"batches": []}


def test_quarantined_rows_exit_1_and_the_rest_is_in(run: Run, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,USD,5,0", "2,Ege,Atlantis,loan,USD,1,0")
    code, data, _ = imported(run, file, on="2026-05-15")
    assert (code, data["batch"], data["imported"], data["quarantined"]) == (1, 1, 1, 1)


def test_not_converted_is_null_not_zero(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,TRY,5,0")
    imported(run, file, on="2026-05-15")
    data = run("book", "show")[1]
    assert data["rows"] == [{"country": "TR", "lines": 1, "outstanding": None, "undrawn": None, "pending": None,
                             "exposure": None}]  # fmt: skip


@pytest.mark.parametrize(("by", "key"), [("counterparty", "TR|ege"), ("entity", None)])
def test_other_rows(run: Run, tmp_path: Path, by: str, key: str | None) -> None:
    imported(run, write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,USD,5,0"), on="2026-05-15")
    _, data, _ = run("book", "show", "--by", by)
    assert (data["rows"][0]["lines"], data["rows"][0]["outstanding"]) == (1, "5.00")
    assert (data["rows"][0][by] is None) == (key is None)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("book", "import", "nowhere.xlsx", "--reporting-date", "2023-05-31"), 2),
        (("book", "import", "nowhere.xlsx"), 2),
        (("book", "import", "nowhere.xlsx", "--reporting-date", "31.5.2023"), 2),
        (("book", "show"), 1),
        (("book", "undo"), 1),
    ],
)
def test_exit_codes(run: Run, arguments: tuple[str, ...], code: int) -> None:
    found, data, error = run(*arguments)
    assert (found, data) == (code, None)
    assert error


def test_a_book_shows_in_people_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,USD,1234567.5,0", "2,Ege,TR,loan,TRY,5,0")
    workspace = ["--workspace", str(tmp_path / "w")]
    main(["book", "import", str(file), "--reporting-date", "2026-05-15", *workspace])
    capsys.readouterr()
    assert main(["book", "show", *workspace]) == 0
    out = capsys.readouterr().out
    assert "15 May 2026" in out
    assert "1,234,567.50" in out
    assert "1 line in TRY is not converted" in out


def test_control_totals_and_all_or_nothing(run: Run, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,USD,5.25,0", "2,Ege,Atlantis,loan,USD,1,0")
    code, data, _ = imported(run, file, "--control", "outstanding:USD=6.25", "--whole", on="2026-05-15")
    assert (code, data["batch"], data["imported"], data["quarantined"]) == (1, None, 0, 1)
    assert "control_agrees" in {issue["rule"] for issue in data["issues"]}
    good = write_csv(tmp_path / "g.csv", "1,Ege,TR,loan,USD,5.25,0")
    code, data, _ = imported(run, good, "--control", "outstanding:USD=5.26", "--whole", on="2026-05-15")
    assert (code, data["batch"]) == (1, None)
    (differs,) = [issue for issue in data["issues"] if issue["rule"] == "control_differs"]
    assert differs["message"].endswith("is USD 5.26; the file adds up to 5.25, 0.01 apart.")
    assert imported(run, good, "--control", "outstanding:USD=5.26", on="2026-05-15")[1]["batch"] == 1


def test_a_control_total_that_differs_is_told_before_everything_else(tmp_path: Path, capsys) -> None:
    lines = [f"{number},Ege,Atlantis,loan,USD,1,0" for number in range(25)]
    file = write_csv(tmp_path / "b.csv", "A,Ege,TR,loan,USD,5.25,0", *lines)
    arguments = ["--reporting-date", "2026-05-15", "--dry-run", "--workspace", str(tmp_path / "w")]
    controls = ["--control", "undrawn:USD=0", "--control", "outstanding:USD=31.25"]
    main(["book", "import", str(file), *arguments, *controls])
    told = capsys.readouterr().out.splitlines()
    assert "is USD 31.25; the file adds up to 30.25, 1.00 apart." in told[2]
    assert "agrees: USD 0" in told[3]
    assert told[-1].endswith("more; --json lists all.")


def test_a_marked_sheet_a_template_an_export_and_changes(run: Run, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,USD,5,0", "2,Ege,Atlantis,loan,USD,1,0")
    _, data, _ = imported(run, file, "--marked", tmp_path / "marked.xlsx", on="2026-05-15")
    assert data["marked"] == 1
    assert run("book", "template", tmp_path / "empty.xlsx", "--lang", "zh")[0] == 0
    assert run("book", "export", tmp_path / "out.xlsx")[1]["lines"] == 1
    assert imported(run, tmp_path / "out.xlsx", on="2026-05-22")[1]["imported"] == 1
    imported(run, write_csv(tmp_path / "c.csv", "1,Ege,TR,loan,USD,7,0"), "--supersede", "paid out", on="2026-05-22")
    code, data, _ = run("book", "changes", "--by", "entity")
    assert code == 0
    assert (data["bridge"]["before"], data["bridge"]["grown"], data["bridge"]["after"]) == ("5.00", "2.00", "7.00")
    assert data["counts"]["grown"] == 1
    assert [(line["line_id"], line["before"], line["after"]) for line in data["lines"]] == [("1", 500, 700)]
    assert run("book", "changes", "--since", "2026-05-22")[0] == 2
