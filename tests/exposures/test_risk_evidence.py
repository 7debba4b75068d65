"""Reserves, major exposures and ending excesses as rows of the daily check; figures of CALCULATIONS 6."""

from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from exposures.check_policy import read_policy
from exposures.checking import State, Verdict
from exposures.country_risk import ReserveSettings, country_risks
from exposures.limits import Excess, Limit, Scope
from exposures.risk_evidence import excess_rows, risk_rows

D = Decimal
DAY = date(2026, 5, 22)
LEVELS = {"TR": "relatively_high", "AR": "high", "CL": "medium"}
SETTINGS = ReserveSettings(
    {"medium": D(10), "relatively_high": D(20), "high": D(50)}, {"TR": D(12), "AR": D(10), "CL": D(0)}, D(300)
)


def rows(settings: ReserveSettings, levels: dict[str, str] = LEVELS, turkey: int = 80):
    risks = country_risks({"TR": D(turkey), "AR": D(18), "CL": D(10)}, levels, settings, "CN")
    found = risk_rows(risks, DAY, "v3")
    return {(row.code, row.labels.get("country", "")): row for row in found.rows}, found.missing


def test_worked_example() -> None:
    """TR 16 required, 12 held: gap 4; CL gap 1; AR none. TR 80/300 = 26.67 % is a major exposure."""
    found, missing = rows(SETTINGS)
    assert {place: row.value for (code, place), row in found.items() if code == "reserve_gap"} == {"TR": 4, "CL": 1}
    assert round(found["major_exposure", "TR"].value, 2) == D("26.67")
    assert missing == ()
    assert {row.calls_for for row in found.values()} == {Verdict.FINE}


def test_exactly_a_quarter_is_no_major_exposure() -> None:
    found, _ = rows(SETTINGS, turkey=75)
    assert ("major_exposure", "TR") not in found
    assert found["no_major_exposure", ""].value == 0


def test_enough_everywhere_is_said() -> None:
    held = ReserveSettings(SETTINGS.ratios, dict.fromkeys(LEVELS, D(100)), D(1000))
    found, _ = rows(held)
    assert (found["no_reserve_gap", ""].value, found["no_reserve_gap", ""].state) == (3, State.NORMAL)


def test_blank_settings_are_missing_inputs_and_never_a_row_of_zero() -> None:
    found, missing = rows(ReserveSettings({}, {}), {})
    assert (found, missing) == ({}, ("reserve_gap", "net_capital"))


def test_a_country_that_cannot_be_computed_is_counted() -> None:
    found, missing = rows(SETTINGS, {"TR": "relatively_high", "CL": "medium"})
    assert (found["reserve_unknown", ""].value, found["reserve_unknown", ""].state) == (1, State.NO_DATA)
    assert missing == ()


@pytest.mark.parametrize(
    ("until", "state", "calls_for"),
    [
        (date(2026, 5, 22), State.WARNING, Verdict.WATCH),
        (date(2026, 5, 24), State.WARNING, Verdict.WATCH),  # within two days, as what is due
        (date(2026, 5, 25), State.INFO, Verdict.FINE),
        (date(2026, 6, 1), State.INFO, Verdict.FINE),
    ],
)
def test_an_excess_that_ends(until: date, state: State, calls_for: Verdict) -> None:
    policy = read_policy(files("exposures").joinpath("daily_check.toml").read_text("utf-8"))
    limit = Limit("G1", D(10), "USD", scope=Scope.GROUP, excesses=(Excess(D(1), until, "", "li", "wang"),))
    (row,) = excess_rows([limit], DAY, policy)
    assert (row.state, row.calls_for, row.date, row.labels["key"]) == (state, calls_for, until, "G1")
    assert excess_rows([limit], date(2026, 6, 2), policy) == ()
