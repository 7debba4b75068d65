import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from tests.app.services.workbooks import write_csv


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> tuple[int, Any, str]:
        code = main([*arguments, "--workspace", str(tmp_path / "w"), "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return call


@pytest.mark.parametrize("country", ["TR", "tr", "Turkey", "Türkiye", "土耳其"])
def test_a_country_by_code_or_name(run: Any, country: str) -> None:
    code, data, _ = run("limits", "set", country, "2000000000", "USD")
    assert code == 0
    assert data == {
        "country": "TR", "amount": "2000000000.00", "currency": "USD", "basis": "guarantor", "measure": "drawn_undrawn",
    }  # fmt: skip


def test_the_newest_limit_counts_and_tells_its_use(run: Any, tmp_path: Path) -> None:
    """1,842 of 2,000 is 92.1 %: critical."""
    run("limits", "set", "TR", "1000", "USD")
    run("limits", "set", "TR", "2000", "USD")
    assert run("limits", "list")[1] == {
        "reporting_date": None, "limits": [{"country": "TR", "amount": "2000.00", "currency": "USD"}],
    }  # fmt: skip
    file = write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,USD,1800,42")
    run("book", "import", str(file), "--reporting-date", "2026-05-15")
    _, data, _ = run("limits", "list")
    (row,) = data["limits"]
    assert (row["state"], row["used"], row["headroom"], row["used_percent"]) == (
        "critical", "1842.00", "158.00", "92.1000",
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ("Atlantis", "5", "USD"),
        ("TR", "five", "USD"),
        ("TR", "1,000", "USD"),
        ("TR", "NaN", "USD"),
        ("TR", "0.001", "USD"),
        ("TR", "0.5", "CLP"),
        ("TR", "1e30", "USD"),
        ("TR", "5", "XYZ"),
    ],
)
def test_wrong_use_exits_2_and_sets_nothing(run: Any, arguments: tuple[str, ...]) -> None:
    code, data, error = run("limits", "set", *arguments)
    assert (code, data) == (2, None)
    assert arguments[0] in error or arguments[1] in error or arguments[2] in error
    assert run("limits", "list")[1]["limits"] == []
