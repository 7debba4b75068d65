"""The rules' commands, through the command line."""

import json
from pathlib import Path

import pytest

from app.bootstrap import open_program
from app.cli.main import main

CASES = Path(__file__).parents[2] / "alerts" / "rule_tests"


@pytest.fixture
def place(tmp_path: Path) -> tuple[str, str]:
    return ("--workspace", str(tmp_path / "workspace"))


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_list_show_edit_history_restore(place: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "rules", "list", *place)
    assert code == 0
    assert "L2       SOFR, move in a day  |  Warning > 10 bp; Critical > 20 bp" in out
    assert "not evaluable: No figure is stored for SOFR, move in a day yet." in out
    code, out, _ = _run(capsys, "rules", "list", "--json", *place)
    listed = {rule["id"]: rule for rule in json.loads(out)["rules"]}
    assert (listed["L2"]["evaluable"], listed["L7"]["enabled"]) == (False, False)
    code, _, err = _run(capsys, "rules", "show", "Z9", *place)
    assert (code, "There is no rule Z9." in err) == (2, True)
    change = ("--set", "warning.threshold=12", "--set", "owner=Wu Fang", "--reason", "less noise")
    code, out, _ = _run(capsys, "rules", "edit", "L2", *change, *place)
    assert (code, out.splitlines()) == (
        0,
        ["Rule L2, version 2.", "owner: (nothing) → Wu Fang", "warning.threshold: 10.0 → 12.0"],
    )
    code, out, _ = _run(capsys, "rules", "history", "L2", "--json", *place)
    newest, oldest = json.loads(out)["versions"]
    assert (newest["version"], newest["reason"], oldest["who"]) == (2, "less noise", "tidewatch")
    code, out, _ = _run(capsys, "rules", "history", "L2", *place)
    assert "warning.threshold: 10.0 → 12.0" in out
    code, out, _ = _run(capsys, "rules", "restore", "L2", "1", "--reason", "no", *place)
    assert (code, out.strip()) == (0, "Rule L2 is version 3 now; it says what version 1 said.")
    code, out, _ = _run(capsys, "rules", "show", "L2", *place)
    assert "threshold = 10.0" in out
    for wrong, said in ((("--set", "threshold"), "FIELD=VALUE"), (("--set", "warning.threshold=x"), "not a number")):
        code, _, err = _run(capsys, "rules", "edit", "L2", *wrong, "--reason", "no", *place)
        assert (code != 0, said in err) == (True, True)


def test_export_and_import(place: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rules.toml"
    assert _run(capsys, "rules", "export", "--output", str(file), *place)[0] == 0
    before = file.read_text("utf-8")
    code, out, _ = _run(capsys, "rules", "import", str(file), "--reason", "back", *place)
    assert (code, "New: none. Changed: none." in out) == (0, True)
    _, out, _ = _run(capsys, "rules", "export", *place)
    assert out.strip() == before.strip()
    file.write_text(before.replace("threshold = 282", "x") + "broken", "utf-8")
    code, _, err = _run(capsys, "rules", "import", str(file), "--reason", "back", *place)
    assert (code, "not valid TOML" in err) == (1, True)
    assert _run(capsys, "rules", "import", str(tmp_path / "none"), "--reason", "x", *place)[0] == 2


def test_test_files_and_both_timelines(
    place: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = _run(capsys, "rules", "test", *map(str, sorted(CASES.glob("*.toml"))), *place)
    assert code == 0
    assert "c11_hysteresis.toml: 2 expectations hold" in out
    wrong = tmp_path / "wrong.toml"
    wrong.write_text((CASES / "c11_hysteresis.toml").read_text("utf-8").replace("NNFFFNNF", "NFFFFNNF"), "utf-8")
    code, out, _ = _run(capsys, "rules", "test", str(wrong), *place)
    assert code == 1
    assert "  expected NFFFFNNF\n  found    NNFFFNNF\n" in out
    code, out, _ = _run(capsys, "rules", "test", str(wrong), "--json", *place)
    (file,) = json.loads(out)["files"]
    assert [one["passed"] for one in file["expectations"]] == [False, True]
    assert file["expectations"][0]["timeline"][2] == {
        "date": "2024-01-03",
        "value": "101",
        "state": "firing",
        "severity": "warning",
    }
    code, _, err = _run(capsys, "rules", "test", str(tmp_path / "none.toml"), *place)
    assert (code, "cannot be read" in err) == (2, True)


@pytest.mark.shared
def test_backtest_on_published_series(
    place: tuple[str, str], tmp_path: Path, shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "SOFR.csv").write_bytes((shared_data / "fred" / "SOFR.csv").read_bytes())
    with open_program(Path(place[1])) as program:
        program.refreshing.take_in(folder)
    crises = tmp_path / "crises.toml"
    crises.write_text('[[crisis]]\nname = "Repo market"\nstart = 2019-09-17\n', "utf-8")
    asked = ("rules", "backtest", "L2", "L1", "--crises", str(crises), "--horizon", "90")
    code, out, _ = _run(capsys, *asked, "--episodes", *place)
    assert code == 0
    assert (
        "16 Sep 2019: 23 bp beyond 20 bp, at worst 282 bp, Critical; known 17 Sep 2019 by the calendar; 2 days" in out
    )
    assert "observations have a time of release taken from the calendar." in out
    assert "L1: not evaluable: No figure is stored for SOFR less interest on reserves yet." in out
    assert "(in-sample, so the best looks better than it will be)" in out
    code, out, _ = _run(capsys, *asked, "--json", *place)
    jumps, spread = json.loads(out)["rules"]
    (past,) = jumps["pasts"]
    assert (past["observations"], past["known_from_assumed"]) == (past["known_from_assumed"], past["observations"])
    assert past["leads"] == [{"crisis": "Repo market", "start": "2019-09-17", "days": past["leads"][0]["days"]}]
    assert set(past["signals"]) == {"A", "B", "C", "D", "noise_to_signal", "precision", "recall"}
    assert spread["lacks"] is not None
    # How alerts turned out, said by people, stands beside it.
    _, out, _ = _run(capsys, "alerts", "list", "--all", "--json", *place)
    (september,) = [one for one in json.loads(out)["alerts"] if one["episode"] == "2019-09-16"]
    assert _run(capsys, "alerts", "close", september["id"], "true", *place)[0] == 0
    _, out, _ = _run(capsys, "rules", "backtest", "L2", "--json", *place)
    assert json.loads(out)["rules"][0]["outcomes"] == {"true": 1, "false": 0, "known": 0}
    _, out, _ = _run(capsys, "rules", "backtest", "L2", *place)
    assert "It told of something that needed action: 1" in out
