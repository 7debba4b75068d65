"""`book concentration` and `book counterparty`, through main()."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main

BOOK = (
    "line id,counterparty id,counterparty,group,sector,country,instrument,currency,outstanding\n"
    "1,C1,Ege,G1,corporate,TR,loan,USD,600\n2,C2,Ege Enerji,G1,corporate,TR,loan,USD,200\n"
    "3,C3,Banco,,bank,CL,placement,USD,200\n"
)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str, plain: bool = False) -> tuple[int, Any, str]:
        code = main([*arguments, "--workspace", str(tmp_path / "w"), *([] if plain else ["--json"])])
        out, err = capsys.readouterr()
        return code, out if plain else json.loads(out) if out else None, err

    (tmp_path / "b.csv").write_text(BOOK, "utf-8")
    assert call("book", "import", str(tmp_path / "b.csv"), "--reporting-date", "2026-05-15")[0] == 0
    return call


def test_in_whose_hands(run: Any) -> None:
    code, data, _ = run("book", "concentration")
    assert code == 0
    assert [(one["key"], one["share_percent"]) for one in data["names"]] == [
        ("C1", "60.0000"), ("C2", "20.0000"), ("C3", "20.0000"),
    ]  # fmt: skip
    assert data["groups"][0]["share_percent"] == "80.0000"
    assert (data["places"][0]["sector"], data["places"][0]["share_percent"]) == ("corporate", "80.0000")
    assert data["hhi_names"] == "0.44"
    assert "Ege has 60.0 %" in data["findings"][0]
    assert "G1 is the largest group" in run("book", "concentration", plain=True)[1]


def test_one_name_and_one_group(run: Any) -> None:
    run("limits", "set", "G1", "1000", "USD", "--scope", "group")
    code, data, _ = run("book", "counterparty", "C1")
    assert code == 0
    assert (data["name"], data["exposure"], data["facts"]["group_id"]) == ("Ege", "600.00", ["G1"])
    assert data["limits"] == [
        {"scope": "group", "key": "G1", "state": "warning", "used_percent_with_pending": "80.0000"}
    ]
    assert run("book", "counterparty", "Ege")[1]["key"] == "C1"
    group = run("book", "counterparty", "G1", "--group")[1]
    assert [member["key"] for member in group["members"]] == ["C1", "C2"]
    assert "Limit of G1: 80" in run("book", "counterparty", "G1", "--group", plain=True)[1]
    code, _, error = run("book", "counterparty", "C9")
    assert code == 1
    assert "C9" in error
