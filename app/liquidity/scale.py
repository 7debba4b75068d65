"""The unit in which amounts of the balance sheet are read: USD m, USD bn, 亿美元, or percent of GDP."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Scale(StrEnum):
    """A unit by its id on the command line and in the window's state."""

    USD_MILLIONS = "usd_m"
    USD_BILLIONS = "usd_bn"
    USD_YI = "usd_yi"  # 亿美元, the source document's unit of 0.1 bn
    GDP = "gdp"


#: USD millions in one of a unit; GDP has its own divisor on each date.
MILLIONS = {Scale.USD_MILLIONS: 1, Scale.USD_BILLIONS: 1_000, Scale.USD_YI: 100}
#: The unit as machines read it.
NAMES = {
    Scale.USD_MILLIONS: "USD millions",
    Scale.USD_BILLIONS: "USD billions",
    Scale.USD_YI: "USD 0.1 bn",
    Scale.GDP: "percent of GDP",
}


@dataclass(frozen=True, slots=True)
class Gdp:
    """US GDP at annual rate in USD billions, of the quarter that begins on `quarter`."""

    quarter: date
    billions: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Measuring:
    """Turns USD millions of the two dates of a sheet into a unit; `gdp` and `gdp_against` may be unknown."""

    scale: Scale
    gdp: Gdp | None = None
    gdp_against: Gdp | None = None

    def value(self, millions: int | None) -> Decimal | None:
        """An amount of the sheet's own date; None where it, or the GDP it is measured by, is unknown."""
        return self._measured(millions, self.gdp)

    def against(self, millions: int | None) -> Decimal | None:
        """An amount of the earlier date."""
        return self._measured(millions, self.gdp_against)

    def change(self, now: int | None, then: int | None, change: int | None) -> Decimal | None:
        """A change; in percent of GDP it is that of the two percentages, in percentage points."""
        if self.scale is not Scale.GDP:
            return self._measured(change, None)
        if change is None:
            return None
        first, second = self.against(then), self.value(now)
        return None if first is None or second is None else second - first

    def _measured(self, millions: int | None, gdp: Gdp | None) -> Decimal | None:
        if millions is None:
            return None
        if self.scale is not Scale.GDP:
            return Decimal(millions) / MILLIONS[self.scale]
        return None if gdp is None else Decimal(millions) / 1000 / gdp.billions * 100
