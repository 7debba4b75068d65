"""The commands of what is supplied beside the book, and of reviewed sectors."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import Program
from app.cli.main import main
from tests.app.services.workbooks import write_csv

LINKS = "Kind,Who loses owns or guarantees,Who owes or is owned,Amount,Currency,Date,Source"


@pytest.fixture
def run(program: Program, capsys: pytest.CaptureFixture[str]):
    def call(*arguments: object, code: int = 0):
        found = main([*map(str, arguments), "--json", "--workspace", str(program.workspace.root)])
        out, err = capsys.readouterr()
        assert found == code, err
        return json.loads(out) if code == 0 else err

    return call


def test_template_import_show_and_undo(run, tmp_path: Path):
    assert run("supplied", "show") == {"supplied": []}
    template = tmp_path / "t.xlsx"
    assert run("supplied", "template", template) == {"file": str(template)}
    assert "nothing is written over" in run("supplied", "template", template, code=1)
    empty = run("supplied", "import", template, code=1)
    assert empty.startswith("t.xlsx has no row to take: Claims between others, ")
    file = write_csv(tmp_path / "links.csv", "claim,B,A,15,USD,2026-03-31,report", headers=LINKS)
    (taken,) = run("supplied", "import", file)["taken"]
    assert (taken["kind"], taken["rows"], taken["file"]) == ("links", 1, "links.csv")
    assert [one["kind"] for one in run("supplied", "show")["supplied"]] == ["links"]
    assert run("supplied", "undo", "links")["rows"] == 0
    assert "supplied show" in run("supplied", "undo", "capital", code=2)


def test_sectors(run, program: Program, tmp_path: Path):
    program.importing.commit(write_csv(tmp_path / "b.csv", "L1,Pamuk Bankası,TR,loan,USD,37,0"), date(2026, 5, 22))
    (one,) = run("sectors", "list", "--country", "TR")["borrowers"]
    assert (one["name"], one["sector"], one["reviewed_by"]) == ("Pamuk Bankası", None, None)
    (made,) = run("sectors", "set", "bank", one["borrower"], "--source", "licence register")["reviewed"]
    assert (made["sector"], made["who"]) == ("bank", program.user)
    assert "sectors list" in run("sectors", "set", "bank", "Nobody", "--source", "x", code=2)
    run("sectors", "withdraw", one["borrower"], "--reason", "licence returned")
    assert run("sectors", "list")["borrowers"][0]["sector"] is None
