"""How sound a bank or a banking system is: each figure red, amber, green or grey, and what they make together.

The marks are the bank's notes' [choice]; a missing figure is grey and never green.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from exposures.reviews.marks import MARKS
from exposures.reviews.review_list import AGENCY_GRADES

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


#: The figures with marks in percent: bad below the mark, or else from it on.
_LOW: Mapping[str, bool] = {"capital": True, "non_performing": False, "liquid": True, "fx_loans": False}
#: A mark by its name in MARKS.
Marking = Callable[[str], Decimal]


def shipped(name: str) -> Decimal:
    """A mark as shipped."""
    return MARKS[name].shipped


def stressed_capital(figures: Mapping[str, Decimal], mark: Marking = shipped) -> Decimal | None:
    """CET1 less the haircut on the own sovereign's debt, in percent of risk-weighted assets; None where one of the
    three is not known.
    """
    if not {"cet1", "sovereign", "rwa"} <= figures.keys() or not figures["rwa"]:
        return None
    left = figures["cet1"] - figures["sovereign"] * mark("l8.haircut") / 100
    return left / figures["rwa"] * 100


def bank_signs(
    figures: Mapping[str, Decimal], rating: str | None, scale: Sequence[tuple[str, str]], mark: Marking = shipped
) -> tuple[Sign, ...]:
    """A bank's six figures against their marks."""
    percents = dict(figures)
    if (capital := stressed_capital(figures, mark)) is not None:
        percents["capital"] = capital
    else:
        percents.pop("capital", None)
    fall = None if "equity" not in figures else -figures["equity"]
    light, passed = _light(fall, "fall", mark)
    equity = Sign("equity", figures.get("equity"), light, None if passed is None else -passed)
    return (*(_sign(name, percents.get(name), mark) for name in _LOW), _rating(rating, scale), equity)


def system_signs(figures: Mapping[str, Decimal], mark: Marking = shipped) -> tuple[Sign, ...]:
    """A banking system's figures against the same marks, its capital as published."""
    return tuple(_sign(name, figures.get(name), mark) for name in _LOW)


def together(signs: Sequence[Sign], mark: Marking = shipped) -> Light:
    """Red: two red, or one red and two amber. Amber: one red or two amber. As shipped three grey: not assessable."""
    red, amber, grey = (sum(sign.light is light for sign in signs) for light in (Light.RED, Light.AMBER, Light.GREY))
    if red >= 2 or (red and amber >= 2):
        return Light.RED
    if red or amber >= 2:
        return Light.AMBER
    return Light.NOT_ASSESSABLE if grey >= mark("l8.most_grey") else Light.GREEN


def _sign(name: str, value: Decimal | None, mark: Marking) -> Sign:
    light, passed = _light(value, name, mark)
    return Sign(name, value, light, passed)


def _light(value: Decimal | None, name: str, mark: Marking) -> tuple[Light, Decimal | None]:
    """The worst light whose mark a value has passed, and that mark."""
    if value is None:
        return Light.GREY, None
    for light in (Light.RED, Light.AMBER):
        passed = mark(f"l8.{name}_{light.value}")
        if value < passed if _LOW.get(name, False) else value >= passed:
            return light, passed
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
