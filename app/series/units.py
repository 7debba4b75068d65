"""Units that differ by a power of ten, and the guard against a source that changes its unit without a word."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import log10
from statistics import median

from app.refusals import Refused
from app.series.series import Batch, Series

MILLIONS = "USD millions"
BILLIONS = "USD billions"
PERCENT = "percent"

#: unit -> (what is measured, size of one unit)
_SCALES: Mapping[str, tuple[str, Decimal]] = {
    "USD": ("USD", Decimal(1)),
    "USD thousands": ("USD", Decimal(10**3)),
    "USD millions": ("USD", Decimal(10**6)),
    "USD billions": ("USD", Decimal(10**9)),
    "USD trillions": ("USD", Decimal(10**12)),
    "percent": ("rate", Decimal(100)),
    "basis points": ("rate", Decimal(1)),
}

#: A value below this part of the largest beside it says nothing about the unit (ON RRP was 0.05 bn, and 2,553.7 bn).
_SMALL = 1e-3
#: How many powers of ten a median ratio may miss 10^3 or 10^6 by and still be "about" it.
_ABOUT = 0.5


def factor(unit: str, into: str) -> Decimal:
    """What a number in `unit` is multiplied by to be a number in `into`; Refused "series.unit" where none exists."""
    if unit == into:
        return Decimal(1)
    measured, size = _SCALES.get(unit, (unit, Decimal(1)))
    wanted, other = _SCALES.get(into, (into, Decimal(1)))
    if measured != wanted:
        raise Refused("series.unit", unit=into, known=units_like(unit))
    return size / other


def convert(value: float, by: Decimal) -> float:
    """The value times a power of ten, exact in decimal digits (0.1 × 1000 is 100)."""
    return value if by == 1 else float(Decimal(repr(value)) * by)


def units_like(unit: str) -> tuple[str, ...]:
    """The units a series in `unit` may be accepted in, itself included."""
    measured = _SCALES.get(unit, (unit, Decimal(1)))[0]
    return tuple(name for name, (kind, _) in _SCALES.items() if kind == measured) or (unit,)


def guard(series: Series, unit: str, batch: Batch, stored: Mapping[date, float]) -> None:
    """Refuse a batch (in `unit`, the accepted one) that looks like another unit than what is stored or plausible.

    Refused "series.unit_jump": on the dates both have, the median ratio is about 10^3 or 10^6 (either way).
    Refused "series.unit_range": the median of the absolute values, zeros and small ones left out, is implausible.
    """
    values = [value for _, value in batch.values]
    pairs = [(stored[day], value) for day, value in batch.values if day in stored]
    old, new = _meaningful([pair[0] for pair in pairs]), _meaningful([pair[1] for pair in pairs])
    ratios = [abs(pairs[i][1] / pairs[i][0]) for i in sorted(old & new)]
    if ratios:
        power = log10(median(ratios))
        for jump in (3, 6):
            if abs(abs(power) - jump) <= _ABOUT:
                raise Refused(
                    "series.unit_jump",
                    series=series.id,
                    source=batch.source,
                    stored=median(abs(pairs[i][0]) for i in old & new),
                    batch=median(abs(pairs[i][1]) for i in old & new),
                    unit=unit,
                    suggested=shifted(unit, -jump if power > 0 else jump),
                    dates=len(ratios),
                )
    counted = [abs(values[i]) for i in _meaningful(values)]
    by = float(factor(series.unit, unit))
    low, high = series.low * by, series.high * by
    if counted and not low <= (middle := median(counted)) <= high:
        raise Refused(
            "series.unit_range",
            series=series.id,
            source=batch.source,
            batch=middle,
            low=low,
            high=high,
            unit=unit,
            suggested=_fitting(series, middle) or unit,
        )


def _meaningful(values: Sequence[float]) -> set[int]:
    largest = max((abs(value) for value in values), default=0)
    return {i for i, value in enumerate(values) if value and abs(value) >= largest * _SMALL}


def shifted(unit: str, power: int) -> str:
    """The unit that is so many powers of ten larger; `unit` itself where that has no name."""
    measured, size = _SCALES.get(unit, (unit, Decimal(1)))
    wanted = size.scaleb(power)
    return next((name for name, (kind, other) in _SCALES.items() if kind == measured and other == wanted), unit)


def _fitting(series: Series, middle: float) -> str | None:
    for name in units_like(series.unit):
        by = float(factor(series.unit, name))
        if series.low * by <= middle <= series.high * by:
            return name
    return None
