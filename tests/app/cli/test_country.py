"""`country`, `tide` and the entering of figures, through main()."""

import getpass
import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from tests.app.services.test_assessing import turkey
from tests.conftest import Clock


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    def call(*arguments: str, user: str = "chen", plain: bool = False) -> tuple[int, Any, str]:
        monkeypatch.setattr(getpass, "getuser", lambda: user)
        code = main([*arguments, "--workspace", str(tmp_path / "w"), *([] if plain else ["--json"])])
        out, err = capsys.readouterr()
        return code, out if plain else json.loads(out) if out else None, err

    return call


def test_an_empty_workspace_says_what_is_missing(run: Any) -> None:
    code, data, _ = run("country", "show", "TR")
    assert code == 0
    assert (data["country"], data["score"]["value"], data["score"]["coverage_percent"]) == ("TR", None, "0")
    assert data["flag"]["tier"] == "B"
    assert data["at_stake"] is None
    text = run("country", "show", "土耳其", plain=True)[1]
    assert "No score" in text
    assert "no free source: enter or import" in text
    assert run("country", "show", "Atlantis")[0] == 2


def test_the_score_of_the_document_by_command(run: Any, tmp_path: Path) -> None:
    from app import bootstrap

    with bootstrap.open_program(tmp_path / "w", clock=Clock()) as program:
        turkey(program)
    _, data, _ = run("country", "show", "TR", "--as-of", "2026-05-26")
    assert data["note"].startswith("As known at the end of 26 May 2026: figures, score, flags, alerts")
    assert round(float(data["score"]["value"]), 1) == 65.9
    assert data["score"]["coverage_percent"] == "95"
    assert [round(float(one), 1) for one in data["score"]["range"]] == [62.6, 67.6]
    assert data["fx"]["dollar_rise_percent"]["20"].startswith("8.5")
    assert {one["figure"]: one["status"] for one in data["indicators"]}["spread"] == "missing"


def test_the_list_holds_every_emerging_market_and_not_the_home_country(run: Any) -> None:
    _, data, _ = run("country", "list")
    codes = [row["country"] for row in data["countries"]]
    assert {"AR", "TR", "CL", "ZA"} <= set(codes)
    assert "CN" not in codes
    assert "none of the" in run("country", "list", plain=True)[1].lower()


def test_a_level_takes_two_persons(run: Any) -> None:
    code, data, _ = run("country", "level", "set", "TR", "high", "--rationale", "Capital controls.")
    assert (code, data["approved"]) == (0, None)
    assert run("country", "level", "approve", "1")[0] == 1
    code, data, _ = run("country", "level", "approve", "1", user="wu")
    assert (code, data["approved"], data["approver"]) == (0, True, "wu")
    assert run("country", "show", "TR")[1]["level"]["level"] == "high"
    assert run("country", "show", "TR")[1]["flag"]["tier"] == "A"
    assert "approved by wu" in run("country", "level", "list", plain=True)[1]
    run("country", "level", "set", "AR", "medium", "--rationale", "x")
    assert run("country", "level", "return", "2", user="wu")[0] == 1  # a reason is needed
    assert run("country", "level", "return", "2", "--reason", "too mild", user="wu")[1]["approved"] is False


def test_only_what_is_proposed_is_released(run: Any) -> None:
    code, _, err = run("country", "release", "TR", "--reason", "calm")
    assert code == 1
    assert "not proposed for release" in err
    assert run("country", "release", "TIDE", "--reason", "calm")[0] == 1


def test_the_tide_tells_its_families(run: Any) -> None:
    _, data, _ = run("tide")
    assert data["on"] is False
    assert [one["family"] for one in data["families"]] == [
        "fed_reserves",
        "corridor",
        "on_rrp_treasury",
        "broad_dollar",
    ]
    assert "No: no Fed alert fires" in run("tide", plain=True)[1]


def test_the_settings_can_be_copied_and_edited_once(run: Any, tmp_path: Path) -> None:
    _, data, _ = run("country", "settings")
    assert data["formula"]["file"] is None
    assert data["emerging_markets"]["policy_list"] == ["AR", "TR", "CL"]
    assert run("country", "settings", "--copy")[0] == 0
    assert (tmp_path / "w" / "score.toml").exists()
    assert run("country", "settings", "--copy")[0] == 1
    assert "[choice]" in run("country", "settings", plain=True)[1]


def test_figures_are_entered_listed_and_checked(run: Any, tmp_path: Path) -> None:
    code, data, _ = run("series", "enter", "SPREAD_TR", "2022-05-20", "705", "--source", "Terminal")
    assert (code, data["number"], data["value"], data["accepted"]) == (0, 1, "705", None)
    assert run("series", "enter", "SPREAD_TR", "2022-05-20", "many", "--source", "Terminal")[0] == 2
    file = tmp_path / "f.csv"
    file.write_text("date,EM_FLOWS,source\n2022-03,-9.8,IIF\n", "utf-8")
    assert [one["date"] for one in run("series", "import", str(file))[1]["entries"]] == ["2022-03-31"]
    assert len(run("series", "entries", "--waiting")[1]["entries"]) == 2
    assert run("series", "check", "1")[0] == 1
    assert run("series", "check", "1", "2", user="wu")[1]["entries"][0]["checked_by"] == "wu"
    assert run("series", "entries", "--waiting")[1]["entries"] == []
    assert "accepted by wu" in run("series", "entries", "SPREAD_TR", plain=True)[1]
    assert run("series", "show", "EM_FLOWS")[1]["observations"][0]["value"] == "-9.8"
