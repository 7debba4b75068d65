"""A change of unit that medians do not show: within one file, or in a file that is the first of its series."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import log10
from statistics import median

from app.refusals import Refused
from app.series.series import Batch, Series
from app.series.units import shifted

#: How many values on either side of a step are looked at.
_BESIDE = 5
#: A step is one of unit where it is a thousand or a million within this many powers of ten …
_EXACT = 0.15
#: … and on either side the values stay within this many powers of ten of their median: no facility that is being drawn.
_STEADY = 0.5
#: Values after the step that are needed: one where the series is never small, else more.
_NEEDED, _NEEDED_OF_SMALL = 1, 3
#: Of the values of a series in whole millions so many may have a fraction before it is another unit.
_FRACTIONS = 0.2


def guard_steps(series: Series, unit: str, batch: Batch, stored: Mapping[date, float]) -> None:
    """Refuse a batch in which the unit changes on the way, or against the last values stored before it.

    A series that may be nought can truly leap a thousandfold (the swap lines: 45 million on 18 March 2020, 206,051 a
    week later). Where it is published in whole millions its digits tell: see `_digits_of_another_unit`.

    Refused "series.unit_step", with the medians of either side and the first date of the new unit.
    """
    if not batch.values:
        return
    first = batch.values[0][0]
    before = sorted((day, value) for day, value in stored.items() if day < first)[-_BESIDE:]
    rows = [(day, abs(value)) for day, value in (*before, *batch.values) if value]
    needed = _NEEDED if series.low > 0 else _NEEDED_OF_SMALL
    for place in range(needed if len(before) < _BESIDE else 1, len(rows)):
        step = log10(rows[place][1] / rows[place - 1][1])
        power = round(step / 3) * 3
        if abs(power) not in (3, 6) or abs(step - power) > _EXACT:
            continue
        old = [value for _, value in rows[max(0, place - _BESIDE) : place]]
        new = [value for _, value in rows[place : place + _BESIDE]]
        if series.whole and series.low == 0 and unit == series.unit and not _digits_of_another_unit(old, new, power):
            continue
        if len(new) >= needed and len(old) >= needed and _steady(old) and _steady(new):
            raise Refused(
                "series.unit_step",
                series=series.id,
                source=batch.source,
                day=rows[place][0],
                before=median(old),
                after=median(new),
                unit=unit,
                suggested=shifted(unit, -power),
            )


def guard_fractions(series: Series, unit: str, batch: Batch) -> None:
    """Refuse figures with fractions where the publisher has whole millions: they are billions.

    For batches that name no unit, in the catalogue's. Refused "series.unit_fractions", with the median found and the
    same in whole millions.
    """
    if not series.whole or unit != series.unit:
        return
    values = [abs(value) for _, value in batch.values if value]
    broken = sum(value != int(value) for value in values)
    if broken > _FRACTIONS * len(values):
        middle = median(values)
        raise Refused(
            "series.unit_fractions",
            series=series.id,
            source=batch.source,
            batch=middle,
            expected=middle * 1000,
            unit=unit,
            suggested=shifted(unit, 3),
        )


def _digits_of_another_unit(old: Sequence[float], new: Sequence[float], power: int) -> bool:
    """Whether one side of a step of a series in whole numbers can be the other side's unit.

    Whole millions written in billions have fractions; whole millions written in thousands end on three noughts. A leap
    that is true has neither.
    """
    small, large = (old, new) if power > 0 else (new, old)
    size = 10 ** abs(power)
    return any(value != int(value) for value in small) or all(value % size == 0 for value in large)


def _steady(values: Sequence[float]) -> bool:
    middle = median(values)
    return all(abs(log10(value / middle)) < _STEADY for value in values)
