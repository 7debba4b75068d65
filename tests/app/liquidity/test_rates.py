"""The corridor's turns, the splice of IORB to IOER, and the facility above."""

from datetime import date

import numpy as np
import pytest

from alerts.finding import Finding
from app.liquidity import rates
from app.liquidity.dated_events import Kind
from app.liquidity.overview import Corridor, Spread
from app.liquidity.tracks import Track
from app.wording.sentences import sentence
from tests.app.liquidity.series import daily, empty, track

NONE = Spread("x", np.array([], "datetime64[D]"), np.array([]))
ANSWER = Corridor(Finding("corridor.no_data", {"missing": ("SOFR",)}), (), NONE, NONE, None, (), None)


def built(**given: Track) -> rates.Rates:
    whole = {id: given.get(id) or empty(id) for id in (*rates.IDS, *given)}
    if "SRF" not in given:
        whole.pop("SRF", None)
    return rates.build(whole, ANSWER)


def spread(jump: float) -> Track:
    """SOFR less IORB of five basis points below, but for the last day of March 2026, a Tuesday."""
    days = [
        day for day in np.arange("2026-03-02", "2026-04-03", dtype="datetime64[D]").astype(object) if day.weekday() < 5
    ]
    return track("SOFR_IORB", {day: -5.0 + (jump if day == date(2026, 3, 31) else 0) for day in days}, "basis points")


@pytest.mark.parametrize(("jump", "case"), [(18.0, "turn.firm"), (5.0, "turn.firm"), (4.9, "turn.calm")])
def test_a_quarter_end_is_held_against_the_five_days_before(jump: float, case: str) -> None:
    made = built(SOFR_IORB=spread(jump))
    (turn,) = made.turns
    assert (turn.on, turn.kind, turn.usual, turn.jump) == (
        date(2026, 3, 31),
        Kind.QUARTER_END,
        -5.0,
        pytest.approx(jump),
    )
    assert made.turning.case == case
    assert "31 Mar 2026" in sentence(made.turning)


def test_a_month_that_is_not_over_has_no_turn() -> None:
    days = daily("SOFR_IORB", date(2026, 5, 1), [0.0] * 15)  # to 21 May
    assert built(SOFR_IORB=days).turns == ()
    assert built(SOFR_IORB=days).turning.case == "turn.no_data"


def test_a_month_that_ends_on_a_weekend_turns_on_its_last_business_day() -> None:
    days = daily("SOFR_IORB", date(2026, 1, 5), [0.0] * 30)  # 31 January 2026 is a Saturday
    assert [turn.on for turn in built(SOFR_IORB=days).turns] == [date(2026, 1, 30)]


def test_spreads_are_of_the_latest_day_both_know_in_basis_points() -> None:
    iorb = track("IORB", {date(2026, 5, 21): 3.65, date(2026, 5, 22): 3.65})
    sofr = track("SOFR", {date(2026, 5, 21): 3.51, date(2026, 5, 22): 3.55, date(2026, 5, 26): 3.60})
    (row,) = built(SOFR=sofr, IORB=iorb).spreads
    assert (row.rate, row.spread, row.on) == (3.55, -10.0, date(2026, 5, 22))
    assert built(SOFR=sofr).spreads == ()


@pytest.mark.parametrize(
    ("values", "case"),
    [
        (None, "srf.not_carried"),
        ([], "srf.no_data"),
        ([0.0, 0.05], "srf.unused"),
        ([0.0, 31.0], "srf.used"),
        ([31.0, 0.0], "srf.used_before"),
    ],
)
def test_whether_the_facility_is_used(values: list[float] | None, case: str) -> None:
    given = {} if values is None else {"SRF": daily("SRF", date(2026, 3, 30), values, "USD billions")}
    made = built(**given)
    assert made.facility.case == case
    assert sentence(made.facility)
