"""The answer above the balance sheet, case by case."""

from datetime import UTC, date, datetime

import pytest

from alerts.finding import Finding
from app.liquidity.balance_sheet import build
from app.series.series import Basis, Observation

ON, BEFORE = date(2022, 5, 18), date(2008, 1, 2)
KNOWN = datetime(2022, 5, 19, 20, 30, tzinfo=UTC)
CARRIERS = {"assets": "WALCL", "reserves": "WRBWFRBL", "repos": "WLRRAL", "tga": "WDTGAL"}


def level(values: dict[str, float]) -> dict[str, Observation]:
    return {CARRIERS[id]: Observation(ON, value, KNOWN, Basis.ASSUMED, "ddp") for id, value in values.items()}


def answer(now: dict[str, float], then: dict[str, float] | None = None) -> Finding:
    return build(
        ON, level(now), BEFORE if then is not None else None, level(then) if then is not None else None
    ).finding


def sheet(assets: float, reserves: float = 0, repos: float = 0, tga: float = 0) -> dict[str, float]:
    return {"assets": assets, "reserves": reserves, "repos": repos, "tga": tga}


@pytest.mark.parametrize(
    ("now", "then", "case"),
    [
        (sheet(300, 150), sheet(100, 10), "sheet.larger_part"),
        (sheet(200, 150), sheet(100, 10), "sheet.larger_more"),
        (sheet(200, 5), sheet(100, 10), "sheet.larger_against"),
        ({"assets": 200, "reserves": 5}, sheet(100, 10), "sheet.larger_unknown"),
        (sheet(150, 30), sheet(100, 10), "sheet.grew_part"),
        (sheet(150, 80), sheet(100, 10), "sheet.grew_more"),
        (sheet(150, 5), sheet(100, 10), "sheet.grew_against"),
        (sheet(150, 5), {"assets": 100, "repos": 0, "tga": 0}, "sheet.grew_unknown"),
        (sheet(80, 5), sheet(100, 10), "sheet.shrank_part"),
        (sheet(80, 5), sheet(100, 40), "sheet.shrank_more"),
        (sheet(80, 15), sheet(100, 10), "sheet.shrank_against"),
        ({"assets": 80}, {"assets": 100}, "sheet.shrank_unknown"),
        (sheet(100_040), sheet(100_000), "sheet.unchanged"),
        (sheet(100), sheet(100), "sheet.unchanged"),
        (sheet(100), {"reserves": 1}, "sheet.no_assets"),
        ({"reserves": 1}, sheet(100), "sheet.no_assets"),
        ({"reserves": 1}, None, "sheet.no_assets"),
        (sheet(100, 37), None, "sheet.single"),
        ({"assets": 100}, None, "sheet.single_unknown"),
    ],
)
def test_every_case(now: dict[str, float], then: dict[str, float] | None, case: str) -> None:
    assert answer(now, then).case == case


def test_the_figures_of_the_first_table() -> None:
    """Of 8,023,711 new millions, 3,264,084 + 2,200,713 + 859,449 = 6,324,246 went there: 78.8 %."""
    found = answer(sheet(8945898, 3297142, 2241622, 866726), sheet(922187, 33058, 40909, 7277))
    assert found.case == "sheet.larger_part"
    assert found.values["times"] == pytest.approx(9.7007, abs=1e-4)
    assert found.values["moved"] == 6324246
    assert found.values["share"] == pytest.approx(78.82, abs=0.01)


def test_who_has_no_figure_is_the_date_without_assets() -> None:
    assert answer(sheet(100), {"reserves": 1}).values == {"date": BEFORE}
    assert answer({"reserves": 1}, sheet(100)).values == {"date": ON}
