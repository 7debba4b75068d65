"""Every case has its sentence; the sentences of the pictures stand as they are drawn."""

import re
from datetime import date
from pathlib import Path

import app.liquidity
from alerts.finding import Finding
from app.liquidity.balance_sheet import LINE_IDS
from app.liquidity.changes import Growth, Share
from app.liquidity.tide import Buffer, Direction
from app.series.catalogue import SERIES
from app.wording import liquidity, sources
from app.wording.sentences import sentence

ROOT = Path(app.liquidity.__file__).parents[1]


def test_every_case_has_a_sentence() -> None:
    computed = {f"sheet.{growth}_{share}" for growth in Growth for share in Share}
    computed |= {f"tide.{direction}_{buffer}" for direction in Direction for buffer in Buffer}
    written = {
        case
        for file in (ROOT / "liquidity").glob("*.py")
        for case in re.findall(r'"((?:sheet|tide|tile|corridor|note)\.[a-z0-9_]+)"', file.read_text(encoding="utf-8"))
    }
    assert len(written) > 25
    assert computed | written <= set(liquidity.SENTENCES)


def test_every_refusal_of_the_sources_has_its_remedy() -> None:
    files = [*(ROOT / "sources").glob("*.py"), ROOT / "series" / "units.py", ROOT / "settings.py"]
    codes = {
        code
        for file in files
        for code in re.findall(r'"((?:source|series|settings)\.[a-z_]+)"', file.read_text(encoding="utf-8"))
    }
    assert len(codes) > 15
    assert codes <= set(sources.REFUSALS)


def test_every_line_has_a_name() -> None:
    assert all(liquidity.line_label(id) for id in LINE_IDS)


def test_a_countrys_series_is_named_with_its_country_and_a_currency_names_itself() -> None:
    assert liquidity.series_name(SERIES["POLICY_RATE_TR"]) == "Turkey: Central bank policy rate"
    assert liquidity.series_name(SERIES["FX_TRY"]) == "Turkish lira"
    assert liquidity.series_name(SERIES["WALCL"]) == "Total assets"
    for series in SERIES.values():
        if series.absence is not None:
            assert "enter or import it" in liquidity.absence(series.absence)


def test_the_sentences_of_the_pictures() -> None:
    values = {"times": 9.70, "share": 78.8, "change": 8023711, "moved": 6324246}
    assert sentence(Finding("sheet.larger_part", values)) == (
        "Assets are 9.7 times as large; reserves, reverse repos and Treasury cash took 79 % of the new money."
    )
    tide = {"change": 6.2, "percent": 0.1, "weeks": 4, "on_rrp": 1.0, "date": date(2026, 5, 20)}
    assert sentence(Finding("tide.slack_empty", tide)) == (
        "Not this month: slack water. ON RRP is empty, so the next drain hits reserves."
    )
    assert sentence(Finding("tile.peak", {"peak": 2553.716, "date": date(2022, 12, 30)})) == (
        "Peak 2,553.7 on 30 Dec 2022"
    )
    gdp = {"change": 227.737, "weeks": 4, "share": 9.8211, "series": "WRESBAL"}
    assert sentence(Finding("tile.change_gdp", gdp)) == "+227.7  4 weeks, 9.8 % of GDP"


def test_the_shares_of_one_sentence_have_the_same_number_of_decimals() -> None:
    shares = {"reserves": 36.96, "on_rrp": 22.1, "rest": 40.94}
    assert (
        sentence(Finding("composition.liabilities", shares))
        == "37.0 % reserves, 22.1 % ON RRP, 40.9 % everything else."
    )
