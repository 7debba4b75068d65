import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from app.services.configuring import CHECKS
from app.settings import ROOMS
from app.wording.configuring import meaning


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> tuple[int, Any, str]:
        code = main([*arguments, "--workspace", str(tmp_path / "w"), "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return call


def test_a_blank_setting_says_what_it_stops_until_it_is_set(run: Any) -> None:
    blank = {row["key"]: row["while_blank"] for row in run("settings", "list")[1]["settings"] if row["blank"]}
    assert blank["bank.net_capital"] == "no major country exposure is marked"
    assert blank["bank.minimum_classes"] == "no class is checked against the level of its country"
    assert blank["bank.late_across_banks"] == "no class is checked against what is late at other banks"
    assert run("settings", "set", "bank.net_capital", "300000000")[0] == 0
    known = {row["key"]: row for row in run("settings", "list")[1]["settings"]}
    assert (known["bank.net_capital"]["value"], known["bank.net_capital"]["blank"]) == ("300000000", False)
    assert run("settings", "reset", "bank.net_capital")[1]["blank"] is True


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("bank.net_capital", "-1"),
        ("bank.net_capital", "much"),
        ("bank.net_capital", "0"),
        ("bank.lgd_floor", "101"),
        ("bank.reserve_ratios", '{"dire": "50"}'),
        ("bank.reserve_ratios", '{"high": 0.5}'),
        ("bank.reserve_ratios", "50"),
        ("bank.reserves_held", '{"Atlantis": "5"}'),
        ("bank.minimum_classes", '{"dire": "loss"}'),
        ("bank.minimum_classes", '{"high": "bad"}'),
        ("bank.late_across_banks", '{"C1": "101"}'),
        ("reviews.due_days", '{"high": 5}'),
        ("reviews.rating_scale", '[["1", "AAA"], ["2", "Z"]]'),
        ("reviews.time_zone", "Asia/Nowhere"),
        ("reviews.holidays", '["2026-02-30"]'),
        ("reviews.policy_list", '["TR", "XX9"]'),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_changes(run: Any, key: str, value: str) -> None:
    before = run("settings", "list")[1]
    code, _, err = run("settings", "set", key, f" {value}")
    assert code == 2
    assert key in err
    assert run("settings", "list")[1] == before


def test_an_unknown_setting_names_the_known(run: Any) -> None:
    code, _, err = run("settings", "set", "bank.capital", "1")
    assert code == 2
    assert "bank.net_capital" in err


def test_every_setting_has_a_meaning_and_a_check() -> None:
    keys = {f"{room}.{one.key}" for room, declared in ROOMS.items() for one in declared}
    assert {key for key in keys if meaning(key)} == keys
    assert keys - set(CHECKS) == {"report.bank"}
