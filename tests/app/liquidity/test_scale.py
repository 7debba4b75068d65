"""Units of the balance sheet: the three of dollars, and percent of GDP with a GDP for each date."""

from datetime import date
from decimal import Decimal

import pytest

from app.liquidity.scale import NAMES, Gdp, Measuring, Scale
from app.wording.tracking import scale_word


@pytest.mark.parametrize(
    ("scale", "expected"),
    [(Scale.USD_MILLIONS, "8945898"), (Scale.USD_BILLIONS, "8945.898"), (Scale.USD_YI, "89458.98")],
)
def test_dollars_are_exact(scale: Scale, expected: str) -> None:
    measuring = Measuring(scale)
    assert measuring.value(8_945_898) == measuring.against(8_945_898) == Decimal(expected)
    assert measuring.change(1, 2, 8_945_898) == Decimal(expected)
    assert measuring.value(None) is None


def test_percent_of_gdp_has_a_gdp_for_each_date() -> None:
    now, then = Gdp(date(2022, 4, 1), Decimal(25_000), "f"), Gdp(date(2008, 1, 1), Decimal(14_000), "f")
    measuring = Measuring(Scale.GDP, now, then)
    assert measuring.value(2_500_000) == 10  # 2,500 bn of 25,000 bn
    assert measuring.against(700_000) == 5
    assert measuring.change(2_500_000, 700_000, 1_800_000) == 5  # percentage points, not 1,800 of any GDP
    assert Measuring(Scale.GDP, now, None).change(2_500_000, 700_000, 1_800_000) is None
    assert Measuring(Scale.GDP).value(1) is None


def test_every_unit_has_its_names() -> None:
    assert all(NAMES[scale] and scale_word(scale) for scale in Scale)
