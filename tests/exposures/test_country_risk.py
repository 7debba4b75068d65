from decimal import Decimal

import pytest

from exposures.country_risk import ReserveSettings, country_risks, finding

D = Decimal
#: Illustrative, not regulation (CALCULATIONS 6).
RATIOS = {"medium": D(10), "relatively_high": D(20), "high": D(50)}
LEVELS = {"TR": "relatively_high", "AR": "high", "CL": "medium"}
BASES = {"TR": D(80), "AR": D(18), "CL": D(10)}
HELD = {"TR": D(12), "AR": D(10), "CL": D(0)}


def test_worked_example() -> None:
    """TR 80 → 16, held 12, gap 4; AR 18 → 9, held 10, surplus 1; CL 10 → 1, held 0, gap 1. Total gap 5."""
    made = country_risks(BASES, LEVELS, ReserveSettings(RATIOS, HELD), "CN")
    rows = {row.country: (row.required, row.gap, row.surplus) for row in made.rows}
    assert rows == {"TR": (16, 4, 0), "AR": (9, 0, 1), "CL": (1, 1, 0)}
    assert made.total_gap == 5


@pytest.mark.parametrize(("exposure", "share", "major"), [(80, "26.67", True), (75, "25.00", False)])
def test_a_major_exposure_is_above_a_quarter_of_net_capital(exposure: int, share: str, major: bool) -> None:
    """Net capital 300: 80/300 = 26.67 % flagged; 75/300 = 25 % not."""
    (row,) = country_risks({"TR": D(exposure)}, {}, ReserveSettings({}, {}, D(300)), "CN").rows
    assert round(row.capital_share, 2) == D(share)
    assert row.major is major


def test_a_blank_setting_is_named_and_never_zero() -> None:
    made = country_risks(BASES, {"TR": "high"}, ReserveSettings({}, {"AR": D(1)}), "CN")
    rows = {row.country: (row.gap, row.lacks, row.major) for row in made.rows}
    assert rows == {
        "TR": (None, ("ratio", "held"), None),
        "AR": (None, ("level",), None),
        "CL": (None, ("level", "held"), None),
    }
    assert made.total_gap is None
    assert finding(made).case == "book.country_risk.not_set"
    assert finding(made).values["missing"] == ("held", "level", "ratio")


def test_home_and_countries_without_exposure_are_left_out() -> None:
    made = country_risks({"CN": D(500), "TR": D(0)}, LEVELS, ReserveSettings(RATIOS, HELD), "CN")
    assert made.rows == ()
    assert finding(made).case == "book.country_risk.none"


def test_findings() -> None:
    gap = finding(country_risks(BASES, LEVELS, ReserveSettings(RATIOS, HELD, D(300)), "CN"))
    assert gap.case == "book.country_risk.gap"
    assert (gap.values["gap"], gap.values["country"], gap.values["majors"]) == (5, "TR", ("TR",))
    partly = finding(country_risks(BASES | {"ZA": D(3)}, LEVELS, ReserveSettings(RATIOS, HELD), "CN"))
    assert (partly.case, partly.values["lacking"]) == ("book.country_risk.gap_so_far", 1)
    enough = ReserveSettings(RATIOS, {"TR": D(16), "AR": D(9), "CL": D(1)})
    assert finding(country_risks(BASES, LEVELS, enough, "CN")).case == "book.country_risk.enough"
    so_far = finding(country_risks(BASES | {"ZA": D(3)}, LEVELS, enough, "CN"))
    assert so_far.case == "book.country_risk.enough_so_far"
