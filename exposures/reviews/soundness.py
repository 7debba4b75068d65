"""How sound a bank or a banking system is: each figure red, amber, green or grey, and what they make together.

The marks are the bank's notes' [choice]; a missing figure is grey and never green.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from exposures.reviews.review_list import AGENCY_GRADES

#: What a bank's own sovereign's debt loses in the test of its capital, in percent.
SOVEREIGN_HAIRCUT = Decimal(20)
#: So many figures that are not known make a bank not assessable.
MOST_GREY = 3
#: Ratings below the first are amber, at or below the second red.
RATING_AMBER, RATING_RED = "BBB-", "B-"


class Light(StrEnum):
    """One figure, or all of them together (which can also be not assessable, and is then treated as amber)."""

    RED = "red"
    AMBER = "amber"
    NOT_ASSESSABLE = "not_assessable"
    GREEN = "green"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Sign:
    """One figure against its marks; `value` is None where it is not known."""

    figure: str
    value: Decimal | str | None
    light: Light
    mark: Decimal | str | None = None


@dataclass(frozen=True, slots=True)
class _Marks:
    """Amber and red marks of a figure in percent; `low`: bad below the mark, else bad from it on."""

    amber: Decimal
    red: Decimal
    low: bool = False


_MARKS: Mapping[str, _Marks] = {
    "capital": _Marks(Decimal(10), Decimal(8), low=True),
    "non_performing": _Marks(Decimal(5), Decimal(8)),
    "liquid": _Marks(Decimal(100), Decimal(80), low=True),
    "fx_loans": _Marks(Decimal(40), Decimal(60)),
}
_FALL = _Marks(Decimal(30), Decimal(50))


def stressed_capital(figures: Mapping[str, Decimal]) -> Decimal | None:
    """CET1 less the haircut on the own sovereign's debt, in percent of risk-weighted assets; None where one of the
    three is not known.
    """
    if not {"cet1", "sovereign", "rwa"} <= figures.keys() or not figures["rwa"]:
        return None
    left = figures["cet1"] - figures["sovereign"] * SOVEREIGN_HAIRCUT / 100
    return left / figures["rwa"] * 100


def bank_signs(
    figures: Mapping[str, Decimal], rating: str | None, scale: Sequence[tuple[str, str]]
) -> tuple[Sign, ...]:
    """A bank's six figures against their marks."""
    percents = dict(figures)
    if (capital := stressed_capital(figures)) is not None:
        percents["capital"] = capital
    else:
        percents.pop("capital", None)
    fall = None if "equity" not in figures else -figures["equity"]
    light, mark = _light(fall, _FALL)
    equity = Sign("equity", figures.get("equity"), light, None if mark is None else -mark)
    return (*(_sign(name, percents.get(name)) for name in _MARKS), _rating(rating, scale), equity)


def system_signs(figures: Mapping[str, Decimal]) -> tuple[Sign, ...]:
    """A banking system's figures against the same marks, its capital as published."""
    return tuple(_sign(name, figures.get(name)) for name in _MARKS)


def together(signs: Sequence[Sign]) -> Light:
    """Red: two red, or one red and two amber. Amber: one red or two amber. Three grey or more: not assessable."""
    red, amber, grey = (sum(sign.light is light for sign in signs) for light in (Light.RED, Light.AMBER, Light.GREY))
    if red >= 2 or (red and amber >= 2):
        return Light.RED
    if red or amber >= 2:
        return Light.AMBER
    return Light.NOT_ASSESSABLE if grey >= MOST_GREY else Light.GREEN


def _sign(name: str, value: Decimal | None) -> Sign:
    light, mark = _light(value, _MARKS[name])
    return Sign(name, value, light, mark)


def _light(value: Decimal | None, marks: _Marks) -> tuple[Light, Decimal | None]:
    if value is None:
        return Light.GREY, None
    for light, mark in ((Light.RED, marks.red), (Light.AMBER, marks.amber)):
        if value < mark if marks.low else value >= mark:
            return light, mark
    return Light.GREEN, None


def _rating(rating: str | None, scale: Sequence[tuple[str, str]]) -> Sign:
    grade = dict(scale).get(rating or "")
    if grade not in AGENCY_GRADES:
        return Sign("rating", rating, Light.GREY)
    place = AGENCY_GRADES.index(grade)
    if place >= AGENCY_GRADES.index(RATING_RED):
        return Sign("rating", rating, Light.RED, RATING_RED)
    low = place > AGENCY_GRADES.index(RATING_AMBER)
    return Sign("rating", rating, Light.AMBER if low else Light.GREEN, RATING_AMBER if low else None)
