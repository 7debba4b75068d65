"""Is the corridor holding? Every case and its boundary."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alerts.finding import Finding
from app.liquidity import corridor
from app.liquidity.overview import Corridor
from app.series.points import Points, points
from app.series.series import Basis, Observation

FIRST = date(2026, 3, 27)
KNOWN = datetime(2026, 5, 26, tzinfo=UTC)


def daily(*values: float) -> Points:
    return points(
        Observation(FIRST + timedelta(days=i), value, KNOWN, Basis.ASSUMED, "t") for i, value in enumerate(values)
    )


def card(sofr: Points, effr: Points, days: int = 10) -> Corridor:
    low, high = daily(*[-15.0] * days), daily(*[10.0] * days)
    return corridor.build(
        {"SOFR_IORB": sofr, "EFFR_IORB": effr, "BOTTOM_IORB": low, "TOP_IORB": high, "IORB": daily(3.65)}
    )


@pytest.mark.parametrize(
    ("sofr", "effr", "case"),
    [
        ((-14.0,), (-3.0,), "holding"),
        ((5.0, 5.0, 0.0, 5.0, 5.0), (-3.0,), "holding"),
        ((9.0, 9.0, 9.0, 9.0), (-3.0,), "holding"),  # four days only
        ((1.0, 1.0, 1.0, 1.0, 1.0), (-3.0,), "firm"),
        ((0.0, 10.0), (10.0,), "holding"),  # the edges belong to the range
        ((0.0,), (-15.0,), "holding"),
        ((10.1,), (-3.0,), "repo_above"),
        ((32.0,), (10.1,), "broken_above"),
        ((-14.0,), (-15.1,), "broken_below"),
    ],
)
def test_every_case(sofr: tuple[float, ...], effr: tuple[float, ...], case: str) -> None:
    assert card(daily(*sofr), daily(*effr)).finding.case == f"corridor.{case}"


@pytest.mark.parametrize(
    ("sofr", "effr", "days", "missing"),
    [
        (0, 1, 9, ("SOFR",)),
        (1, 0, 9, ("EFFR",)),
        (0, 0, 0, ("SOFR", "EFFR", "target_range", "IORB")),
        (3, 3, 2, ("target_range",)),  # the range is not known for the latest day
    ],
)
def test_what_is_missing_is_named(sofr: int, effr: int, days: int, missing: tuple[str, ...]) -> None:
    found = card(daily(*[0.0] * sofr), daily(*[0.0] * effr), days).finding
    assert found == Finding("corridor.no_data", {"missing": missing})


def test_the_card_carries_its_lines_dates_and_quarter_ends() -> None:
    shown = card(daily(-14, -14, -14, -14, -14, -13), daily(-3, -3))
    assert shown.quarter_ends == (date(2026, 3, 31),)
    assert shown.data_to == FIRST + timedelta(days=1)
    assert shown.iorb == 3.65
    assert [(spread.id, len(spread.values)) for spread in shown.spreads] == [("sofr", 6), ("effr", 2)]
