"""The profile of holdings: buckets, average life, months, and the answer's branches."""

from datetime import date
from decimal import Decimal

from app.liquidity.holdings import Holding, SecurityType
from app.liquidity.maturities import Profile, profile

ON = date(2022, 4, 20)
D = Decimal


def held(kind: SecurityType, maturity: date | None, par: int, extra: int = 0) -> Holding:
    return Holding(ON, f"{kind}-{maturity}", kind, maturity, D(par), D(extra))


def document(*more: Holding) -> tuple[Holding, ...]:
    """A portfolio of 1,000 with the shares of the source document's footnote 8."""
    return (
        held(SecurityType.BILL, date(2022, 5, 12), 57),
        held(SecurityType.NOTE_BOND, date(2023, 4, 20), 166),  # a year to the day is up to a year
        held(SecurityType.NOTE_BOND, date(2025, 4, 20), 300),
        held(SecurityType.FRN, date(2023, 7, 31), 75),
        held(SecurityType.NOTE_BOND, date(2031, 2, 15), 177),
        held(SecurityType.TIPS, date(2042, 2, 15), 200, 25),
        *more,
    )


def shown(*holdings: Holding, months: int = 24) -> Profile:
    found = profile(holdings, months)
    assert found is not None
    return found


def test_the_shares_of_footnote_8() -> None:
    found = shown(*document())
    assert found.treasuries == 1_000
    assert {bucket.id: bucket.share for bucket in found.buckets} == {
        "to_1y": D("22.30"), "1y_to_5y": D("37.50"), "5y_to_10y": D("17.70"), "over_10y": D("22.50"),
    }  # fmt: skip
    assert [bucket.document for bucket in found.buckets] == [None, D("37.5"), D("17.7"), D("22.5")]
    assert found.finding.case == "soma.front"


def test_months_by_kind_and_agency_apart() -> None:
    found = shown(*document(held(SecurityType.MBS, date(2050, 1, 1), 500)))
    assert (found.treasuries, found.agency, found.securities) == (1_000, 500, 7)
    assert len(found.months) == 24
    by_month = {month.month: month for month in found.months}
    assert by_month[date(2022, 5, 1)].bills == 57
    assert by_month[date(2023, 4, 1)].coupons == 166
    assert by_month[date(2023, 7, 1)].by_type == {SecurityType.FRN: 75}
    assert by_month[date(2022, 8, 1)].coupons == 0
    assert found.finding.values["month"] == date(2023, 4, 1)


def test_the_average_life_is_weighted() -> None:
    found = shown(held(SecurityType.BILL, date(2022, 5, 20), 300), held(SecurityType.NOTE_BOND, date(2023, 4, 20), 100))
    # (300 × 30 + 100 × 365) / 400 = 113.75 days = 0.31 years
    assert found.average_years == D("0.31")


def test_a_long_profile_none_without_treasuries_and_none_at_all() -> None:
    assert shown(held(SecurityType.NOTE_BOND, date(2050, 1, 1), 5)).finding.case == "soma.long"
    only_agency = shown(held(SecurityType.MBS, None, 5))
    assert (only_agency.finding.case, only_agency.average_years) == ("soma.no_treasuries", None)
    assert profile((), 12) is None
