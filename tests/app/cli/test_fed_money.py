"""The commands bridge, document-tables, errata, claims, rates, impact and balance-sheet --unit through main()."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """The real published files, taken in by command."""
    root = tmp_path_factory.mktemp("real")
    for folder in ("fred", "ddp"):
        assert main(["refresh", "--from-folder", str(shared_data / folder), "--workspace", str(root)]) == 0
    return root


@pytest.fixture
def run(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*words: str) -> tuple[int, Any, str]:
        capsys.readouterr()
        code = main([*words, "--workspace", str(workspace), "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return run


def lines(data: Any) -> dict[str, Any]:
    return {line["id"]: line for line in data["lines"]}


def test_balance_sheet_in_each_unit(run: Any) -> None:
    dates = ("balance-sheet", "2022-05-18", "--against", "2008-01-02", "--unit")
    found = {unit: run(*dates, unit) for unit in ("usd_m", "usd_bn", "usd_yi", "gdp")}
    assert all(code == 0 for code, _, _ in found.values())
    assert [found[u][1]["unit"] for u in found] == ["USD millions", "USD billions", "USD 0.1 bn", "percent of GDP"]
    amounts = {unit: lines(data)["total_assets"] for unit, (_, data, _) in found.items()}
    assert [amounts[u]["value"] for u in ("usd_m", "usd_bn", "usd_yi")] == ["8945898", "8945.898", "89458.98"]
    assert amounts["usd_bn"]["change"] == "8023.711"
    # 8,945.898 bn of the second quarter's GDP, whose figure the file has
    gdp = found["gdp"][1]["gdp"][0]
    assert gdp["quarter"] == "2022-04-01"
    assert float(amounts["gdp"]["value"]) == pytest.approx(8_945.898 / float(gdp["billions"]) * 100, abs=1e-5)


def test_bridge_of_the_document_and_of_two_dates(run: Any) -> None:
    code, data, _ = run("bridge", "--document")
    assert code == 0
    assert (data["label"], data["computed"], data["reported"], data["residual"]) == (
        "source document", "-775400", "-774000", "1400",
    )  # fmt: skip
    code, data, _ = run("bridge", "2017-10-04", "--against", "2017-09-27")
    assert code == 0
    effects = [int(step["effect"]) for step in data["steps"]]
    assert sum(effects) + int(data["residual"]) == int(data["reported"])
    assert all(step["source"] for step in data["steps"] if step["id"] in ("total_assets", "tga", "capital"))
    assert run("bridge", "2017-10-04")[0] == 2
    assert run("bridge", "2017-10-05", "--against", "2017-09-27")[0] == 1


def test_document_tables_show_both_figures(run: Any) -> None:
    code, data, _ = run("document-tables")
    assert (code, data["label"], [table["table"] for table in data["tables"]]) == (0, "source document", ["1", "2"])
    first, second = (lines(table) for table in data["tables"])
    assert (first["total_assets"]["printed"]["second"], first["total_assets"]["ours"]["second"]) == ("8946", "8945.898")
    assert first["loans_and_facilities"]["ours"]["second"] == "58.962"
    assert second["total_assets"]["ours"]["change"] == "-6989.14"
    assert second["depository_deposits"]["printed"]["change"] == "-7740"
    assert first["depository_deposits"]["printed"]["second_share"] == "37"  # M4
    assert data["tables"][0]["errata"]["15"]


def test_errata_lists_all_fifteen(run: Any) -> None:
    code, data, _ = run("errata")
    assert (code, len(data["errata"])) == (0, 15)


def test_claims_rates_and_impact(run: Any) -> None:
    claims = {one["id"]: one for one in run("claims")[1]["claims"]}
    assert claims["on_rrp"]["level"]["series"] == "RRPONTSYD"
    level = claims["reserves"]["level"]
    assert (level["unit"], level["date"], level["source"]) == ("USD billions", "2026-05-20", "fredgraph:WRESBAL")
    assert level["known_from"] == "2026-05-21T20:30:00Z"
    assert [one["id"] for one in run("claims", "tga")[1]["claims"]] == ["tga"]
    code, rates, _ = run("rates")
    assert code == 0
    assert next(row for row in rates["spreads"] if row["series"] == "SOFR")["over_iorb_unit"] == "basis points"
    measures = {one["id"]: one for one in run("impact")[1]["measures"]}
    assert [round(float(measures["money_multiplier"]["ours"][end]), 2) for end in ("first", "second")] == [4.48, 3.35]
    assert measures["us_cn"]["reason"] == "No free source: enter or import YIELD_10Y_CN."
    assert measures["money_multiplier"]["printed"]["label"] == "source document"


def test_every_command_speaks_to_people_too(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ["bridge", "--document"], ["document-tables", "1"], ["errata"], ["claims"], ["rates"], ["impact"],
        ["balance-sheet", "2022-05-18", "--against", "2008-01-02", "--unit", "gdp"],
    ):  # fmt: skip
        assert main([*words, "--workspace", str(workspace)]) == 0
        assert len(capsys.readouterr().out.splitlines()) >= 5
