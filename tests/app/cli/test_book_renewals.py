"""A pipeline line that replaces another, from a workbook's columns to the commands that show it."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main

BOOK = (
    "编号,客户号,客户名称,国别,币种,余额,审批中金额,阶段,到期日,原借据号,额度起始日\n"
    "OLD,C1,Ege,土耳其,USD,10000000,,还款中,2026-06-30,,\n"
    "NEW,C1,Ege,土耳其,USD,,30000000,审批中,2031-06-30,OLD,2026-06-30\n"
    "LOST,C1,Ege,土耳其,USD,,5000000,审批中,2031-06-30,GONE,2026-06-30\n"
)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str, plain: bool = False) -> Any:
        code = main([*arguments, "--workspace", str(tmp_path / "w"), *([] if plain else ["--json"])])
        out, err = capsys.readouterr()
        assert code == 0, err
        return out if plain else json.loads(out)

    return call


def test_only_the_increase_of_a_renewal_is_pending(run: Any, tmp_path: Path) -> None:
    """30 in place of 10 add 20; the 5 whose old line nobody knows count in full, and are told at their cell."""
    (tmp_path / "b.csv").write_text(BOOK, "utf-8")
    made = run("book", "import", str(tmp_path / "b.csv"), "--reporting-date", "2026-05-15")
    assert [issue["cell"] for issue in made["issues"] if issue["rule"] == "renewal_orphan"] == ["J4"]
    found = run("book", "counterparty", "C1")
    assert (found["outstanding"], found["pending"]) == ("10000000.00", "25000000.00")
    assert found["renewals"] == [
        {"line_id": "NEW", "replaces_line_id": "OLD", "standing": "increase", "asked_for": "30000000.00",
         "pending": "20000000.00"},
        {"line_id": "LOST", "replaces_line_id": "GONE", "standing": "unknown_line", "asked_for": "5000000.00",
         "pending": "5000000.00"},
    ]  # fmt: skip
    text = run("book", "counterparty", "C1", plain=True)
    assert "NEW replaces OLD: USD 30 m asked for, of which USD 20 m counts as pending." in text
    assert "LOST replaces GONE, which the book does not have: USD 5.0 m counts in full." in text
