"""Ticks that people would set by hand: whole years, months or days below, round numbers on the right."""

from typing import Any

import numpy as np
import pyqtgraph as pg

from app.i18n import language
from app.wording import formats
from ui.charts.parts import as_date

#: A plot at least so high (px) has at least so many numbers beside it: fewer do not tell its scale.
ROOM_FOR_TICKS, LEAST_TICKS = 45, 3
#: (unit, every how many, about how many days)
_STEPS = (
    ("D", 1, 1),
    ("D", 2, 2),
    ("D", 7, 7),
    ("D", 14, 14),
    ("M", 1, 30),
    ("M", 2, 61),
    ("M", 3, 91),
    ("M", 6, 183),
    ("Y", 1, 365),
    ("Y", 2, 731),
    ("Y", 3, 1096),
    ("Y", 5, 1826),
    ("Y", 10, 3652),
)


def time_step(first: float, last: float, room: int) -> tuple[str, int]:
    """Unit and distance of the ticks between two days, so that at most `room` labels stand side by side."""
    for unit, every, about in _STEPS:
        if (last - first) / about <= max(1, room):
            return unit, every
    return "Y", 20


def time_ticks(first: float, last: float, room: int) -> tuple[str, list[float]]:
    """The unit and the days at which ticks stand."""
    unit, every = time_step(first, last, room)
    start, end = np.datetime64(int(np.ceil(first)), "D"), np.datetime64(int(np.floor(last)), "D")
    if unit == "D":
        offset = -start.astype(int) % every if every < 7 else (4 - start.astype(int)) % every  # weeks from Mondays
        places = np.arange(start + offset, end + 1, every)
    else:
        whole = np.arange(start.astype(f"datetime64[{unit}]"), end.astype(f"datetime64[{unit}]") + 1)
        count = whole.astype(int) + (1970 if unit == "Y" else 0)
        places = whole[count % every == 0].astype("datetime64[D]")
        places = places[(places >= start) & (places <= end)]
    return unit, [float(place) for place in places.astype(int)]


def time_label(place: float, unit: str) -> str:
    """2026, May 26 or 26 May; 2026年, 26年5月 or 5月26日."""
    on = as_date(place)
    chinese = language() == "zh_CN"
    if unit == "Y":
        return str(on.year)
    if unit == "M":
        return f"{on:%y}年{on.month}月" if chinese else f"{formats.short_day(on).split()[-1]} {on:%y}"
    return formats.short_day(on)


#: The steps that people would choose, and their tens; where few labels would stand, a finer one is taken.
_NICE = (1, 2, 2.5, 5)
_FINER = (1, 2, 2.5, 3, 4, 5)


def number_ticks(low: float, high: float, room: int, least: int = 0) -> list[float]:
    """Round numbers (1, 2, 2.5, 5 and their tens) between two values, at most `room` + 1 of them.

    Where fewer than `least` would stand, the step is the widest round one with which as many do.
    """
    if not np.isfinite([low, high]).all() or high <= low:
        return []
    raw = (high - low) / max(1, room)
    power = 10.0 ** np.floor(np.log10(raw))
    step = power * next(nice for nice in (*_NICE, 10) if nice * power >= raw * (1 - 1e-9))
    ticks = _multiples(step, low, high)
    finer = (nice * tens for tens in (power, power / 10) for nice in reversed(_FINER) if nice * tens < step)
    while len(ticks) < least and (step := next(finer, 0.0)):
        ticks = _multiples(step, low, high)
    return ticks


def _multiples(step: float, low: float, high: float) -> list[float]:
    first, last = int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9))
    return [float(np.round(n * step, 12)) for n in range(first, last + 1)]


class TimeAxis(pg.AxisItem):
    """The axis below; labels can be left out where another plot stands beneath."""

    def __init__(self, *, labelled: bool) -> None:
        super().__init__("bottom", showValues=labelled)
        self._unit = "Y"
        if not labelled:
            self.setHeight(1)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        self._unit, places = time_ticks(low, high, int(size // 78))
        return [(1.0, places)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [time_label(value, self._unit) for value in values]


class ValueAxis(pg.AxisItem):
    """The axis on the right, whose ticks are the grid."""

    def __init__(self, *, suffix: str = "", sign: bool = False, log: bool = False) -> None:
        super().__init__("right")
        self._suffix, self._sign, self._log = suffix, sign, log
        self._step = 1.0

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        if self._log:
            return [(1.0, power_ticks(min(low, high), max(low, high), max(2, min(8, int(size // 24)))))]
        least = LEAST_TICKS if size >= ROOM_FOR_TICKS else 0
        places = number_ticks(min(low, high), max(low, high), max(2, min(6, int(size // 30))), least)
        self._step = places[1] - places[0] if len(places) > 1 else 1.0
        return [(self._step, places)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if self._log:
            return [_power_text(10**value) + self._suffix for value in values]
        decimals = decimals_for(self._step)
        return [formats.number(float(value), decimals, sign=self._sign) + self._suffix for value in values]


def power_ticks(low: float, high: float, room: int) -> list[float]:
    """Exponents of round numbers (1, 2, 5 and their tens; tens alone where there are many) between two exponents."""
    if not np.isfinite([low, high]).all() or high <= low:
        return []
    powers = range(int(np.floor(low)), int(np.ceil(high)) + 1)
    for parts in ((1, 2, 5), (1, 3), (1,)):
        found = [float(np.log10(part) + power) for power in powers for part in parts]
        inside = [place for place in found if low <= place <= high]
        if len(inside) <= room + 1:
            return inside
    return inside[:: max(1, len(inside) // room)]


def _power_text(value: float) -> str:
    decimals = max(0, int(np.ceil(-np.log10(value) - 1e-9))) if value > 0 else 0
    return formats.number(float(np.round(value, 9)), min(decimals, 6))


def decimals_for(step: float) -> int:
    """How many decimals tell ticks of this distance apart."""
    for decimals in range(7):
        if abs(step * 10**decimals - round(step * 10**decimals)) < 1e-6:
            return decimals
    return 7


def visible_span(lines: list[tuple[Any, Any]], first: float, last: float) -> tuple[float, float] | None:
    """The lowest and highest value of (days, values) pairs between two days, the nearest points outside included."""
    low, high = np.inf, -np.inf
    for places, values in lines:
        start = max(0, int(np.searchsorted(places, first, "left")) - 1)
        end = int(np.searchsorted(places, last, "right")) + 1
        part = values[start:end]
        part = part[np.isfinite(part)]
        if len(part):
            low, high = min(low, float(part.min())), max(high, float(part.max()))
    return None if low > high else (low, high)
