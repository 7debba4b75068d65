"""The commands refresh, series and balance-sheet: exit codes, exact JSON, errors on stderr."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main

GOOD = b"observation_date,WALCL\n2022-05-11,8942008\n2022-05-18,8945898\n"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*words: str) -> tuple[int, Any, str]:
        code = main([*words, "--workspace", str(tmp_path / "workspace"), "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "WALCL.csv").write_bytes(GOOD)
    return made


def test_a_good_folder_is_done_and_a_bad_file_in_it_is_exit_one(run: Any, folder: Path) -> None:
    code, data, err = run("refresh", "--from-folder", str(folder))
    assert (code, data["added"], err) == (0, 2, "")
    (folder / "page.csv").write_bytes(b"<html>")
    code, data, err = run("refresh", "--from-folder", str(folder))
    assert (code, data["added"]) == (1, 0)
    assert "page.csv is a web page" in err


def test_a_missing_folder_and_an_unknown_series_are_exit_two(run: Any, tmp_path: Path) -> None:
    assert run("refresh", "--from-folder", str(tmp_path / "none"))[0] == 2
    code, data, err = run("series", "show", "NOPE")
    assert (code, data) == (2, None)
    assert "There is no series or figure NOPE" in err


def test_series_show_is_the_contract(run: Any, folder: Path) -> None:
    run("refresh", "--from-folder", str(folder))
    code, data, _ = run("series", "show", "WALCL", "--from", "2022-05-18")
    assert code == 0
    assert data == {
        "id": "WALCL",
        "unit": "USD millions",
        "source": "fredgraph",
        "observations": [
            {
                "date": "2022-05-18",
                "value": "8945898",
                "known_from": "2022-05-19T20:30:00Z",
                "known_from_basis": "assumed",
            }
        ],
    }
    assert run("series", "show", "WALCL", "--as-of", "2022-05-18")[1]["observations"][-1]["date"] == "2022-05-11"


def test_accept_unit_and_list(run: Any, folder: Path) -> None:
    run("refresh", "--from-folder", str(folder))
    assert run("series", "accept-unit", "WALCL", "--unit", "percent")[0] == 1
    assert run("series", "accept-unit", "WALCL", "--unit", "USD billions")[1]["converted"] == 2
    row = next(row for row in run("series", "list")[1]["series"] if row["id"] == "WALCL")
    assert (row["unit"], row["observations"], row["last"]) == ("USD billions", 2, "2022-05-18")


def test_balance_sheet_is_the_contract(run: Any, folder: Path) -> None:
    run("refresh", "--from-folder", str(folder))
    code, data, _ = run("balance-sheet", "2022-05-18", "--against", "2022-05-11")
    assert code == 0
    assert (data["date"], data["against"], data["unit"]) == ("2022-05-18", "2022-05-11", "USD millions")
    line = next(line for line in data["lines"] if line["id"] == "total_assets")
    assert line == {
        "id": "total_assets",
        "parent": None,
        "side": "assets",
        "role": "total",
        "value": "8945898",
        "against": "8942008",
        "change": "3890",
        "share": "100",
        "against_share": "100",
        "source": "fredgraph:WALCL",
        "known_from": "2022-05-19T20:30:00Z",
        "status": "reported",
        "notes": [],
    }
    code, data, err = run("balance-sheet", "2022-05-19")
    assert (code, data) == (1, None)
    assert "18 May 2022" in err


def test_the_days_that_charts_mark_with_their_source_and_a_copy_to_edit(run: Any, tmp_path: Path) -> None:
    code, data, _ = run("series", "events", "--kind", "runoff", "--from", "2022-01-01", "--to", "2026-01-01")
    assert code == 0
    assert data["file"] is None
    assert data["sources"]["runoff"]["url"].startswith("https://www.federalreserve.gov/")
    assert {"date": "2025-12-01", "kind": "runoff", "code": "runoff_2_end"} in data["events"]
    assert run("series", "events", "--copy")[1]["file"].endswith("events.toml")
    code, _, err = run("series", "events", "--copy")
    assert (code, "already" in err) == (1, True)
