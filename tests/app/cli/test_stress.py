"""A book of the worked examples of CALCULATIONS 4, 6 and 9, asked about by command."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from tests.app.services.workbooks import write_csv

HEADERS = (
    "Loan Number,Side,Counterparty,Country,Instrument,Currency,Outstanding,Maturity,DSCR,Hard-currency share,"
    "Local revenue,Rating,Loan class,Collateral kind,Collateral value,Collateral country"
)
ROWS = (
    "1,asset,Ege,TR,loan,USD,100000000,2027-05-22,1.30,0.2,yes,BB-,pass,property,60000000,TR",
    "2,asset,Marmara,TR,loan,USD,20000000,2026-05-23,,,no,,,,,",
    "3,liability,Savers,TR,deposit,USD,15000000,,,,,,,,,",
    "4,liability,Lenders,TR,borrowing,USD,25000000,2026-05-29,,,,,,,,",
)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str, plain: bool = False) -> tuple[int, Any, str]:
        code = main([*arguments, "--workspace", str(tmp_path / "w"), *(() if plain else ("--json",))])
        out, err = capsys.readouterr()
        return code, out if plain else json.loads(out) if out else None, err

    file = write_csv(tmp_path / "b.csv", *ROWS, headers=HEADERS)
    code, _data, err = call("book", "import", str(file), "--reporting-date", "2026-05-22")
    assert code == 0, err
    return call


def test_a_scenario_of_the_banks_own(run: Any, tmp_path: Path) -> None:
    """DSCR 1.30 × 0.76 = 0.988: two notches, at least special mention; EL 0.80 m → 3.48 m (illustrative PD)."""
    folder = tmp_path / "w" / "scenarios"
    folder.mkdir()
    (folder / "ours.toml").write_text('name = "Ours"\n[value_loss]\nTRY = 30\n', encoding="utf-8")
    run("settings", "set", "bank.pd_scale", '{"BB-": "2", "B": "6"}')
    run("settings", "set", "bank.lgd_floor", "0")
    code, data, _ = run("stress", "run", "ours")
    assert code == 0
    line = next(row for row in data["lines"] if row["line_id"] == "1")
    assert (line["dscr_after"], line["notches"], line["grade_after"]) == ("0.988", 2, "B")
    assert (line["class_floor"], line["lgd_after"]) == ("special_mention", "0.58")
    assert (data["expected_loss"], data["expected_loss_after"]) == ("800000.00", "3480000.00")
    assert data["finding"] == "stress.classes"
    assert {"id": "ours", "name": "Ours", "own": True} in run("stress", "list")[1]["scenarios"]


def test_scenarios_side_by_side_in_words(run: Any) -> None:
    code, text, _ = run("stress", "compare", "lira_falls", "Argentine peso halves", plain=True)
    assert code == 0
    first, second = text.splitlines()
    assert first == "Lira loses 30 %: 1 claim would need a worse class; no limit breaks."
    assert second == "Argentine peso halves: The book holds nothing that this scenario touches."


def test_a_roll_over_stop_uses_funding_and_maturing_claims(run: Any) -> None:
    """Within 30 days 20 m of claims mature and 40 m of funding leaves: 10 − 40 = −30."""
    _, data, _ = run("stress", "run", "dollar_ebbs")
    turkey = next(row for row in data["liquidity"] if row["country"] == "TR")
    assert (turkey["maturing"], turkey["funding"], turkey["gap"]) == ("20000000.00", "40000000.00", "-30000000.00")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('name = "A"\n[value_loss]\nTRY = 130\n', "value_loss.TRY must be a percent"),
        ("name =\n", "it is not valid TOML"),
        ('name = "A"\n[value_loss]\nUSD = 10\n', "in which the book itself is kept"),
    ],
)
def test_a_scenario_that_cannot_be_run_says_where(run: Any, tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text, encoding="utf-8")
    code, _, err = run("stress", "run", str(file))
    assert code == 1
    assert says in err


def test_unknown_scenarios_and_files(run: Any) -> None:
    code, _, err = run("stress", "run", "nothing")
    assert code == 2
    assert "dollar_ebbs" in err
    assert run("stress", "run", "nothing.toml")[0] == 2


def test_the_ladder(run: Any) -> None:
    """Assets 20 due in one day and 100 in a year; 15 on demand, 25 in seven days: +5, −20, …, and +80 at a year."""
    _, data, _ = run("risk", "ladder")
    rows = {row["bucket"]: row["cumulative"] for row in data["rows"]}
    assert (rows["days_1"], rows["days_7"], rows["days_365"]) == ("5000000.00", "-20000000.00", "80000000.00")
    assert data["finding"] == "USD 20 m short within 7 days, the deepest gap of the coming year."
    assert (data["on_demand"], data["bullet_assumed"]) == (1, 3)
    assert all(row["assets"] == "0" for row in run("risk", "ladder", "--country", "AR")[1]["rows"])


def test_the_ladder_in_plain_words(run: Any) -> None:
    _, text, _ = run("risk", "ladder", plain=True)
    assert "1 debt without a maturity counts as payable on demand." in text


def test_open_positions(run: Any) -> None:
    _, data, _ = run("risk", "currencies")
    assert data["finding"] == "Everything is in USD: there is no open position."
    assert data["lines_with_forwards"] == 0


def test_reserves_ask_for_what_is_blank_and_then_tell(run: Any) -> None:
    """Of 300 m net capital 120 m is 40 %, above 25 %; a level counts only once a second person approved it."""
    assert run("risk", "reserves")[1]["finding"].startswith("Cannot be computed: set reserve held")
    run("country", "level", "set", "TR", "relatively_high", "--rationale", "Watched")
    run("settings", "set", "bank.reserve_ratios", '{"relatively_high": "20"}')
    run("settings", "set", "bank.reserves_held", '{"TR": "10000000"}')
    run("settings", "set", "bank.net_capital", "300000000")
    (row,) = run("risk", "reserves")[1]["rows"]
    assert (row["lacks"], row["major"], row["capital_share_percent"]) == (["level"], True, "40.00")
