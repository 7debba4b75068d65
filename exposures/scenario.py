"""A stress scenario: what happens to currencies, grades, collateral, levels and roll-over, from a TOML text."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from exposures.countries import resolve
from exposures.country_risk import LEVELS
from exposures.currencies import CODES

_PERCENT = Decimal(100)


class InvalidScenario(ValueError):
    """A scenario that cannot be run: the key in question, and what is wrong, both for `app.wording`."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(place, problem)
        self.place, self.problem = place, problem


@dataclass(frozen=True, slots=True)
class RollOver:
    """A roll-over stop of `days`: percents of maturing claims not repaid, of funding not rolled, of commitments drawn.

    As shipped 50, 100 and 30 [choice].
    """

    days: int = 30
    not_repaid: Decimal = Decimal(50)
    not_rolled: Decimal = Decimal(100)
    drawn: Decimal = Decimal(30)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is assumed to happen. Nothing of it is ever written to the book.

    `value_loss`: percent of its value in dollars that a currency loses (30 % is a dollar rise of 42.86 %); `notches`
    down by country, beside those that the currency causes; `collateral_loss`: percent by country, beside the currency;
    `levels` by country; `stopped`: the countries in which roll-over stops.
    """

    name: str
    why: str = ""
    value_loss: Mapping[str, Decimal] = field(default_factory=dict)
    notches: Mapping[str, int] = field(default_factory=dict)
    collateral_loss: Mapping[str, Decimal] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    stopped: tuple[str, ...] = ()
    roll_over: RollOver = RollOver()


def read_scenario(text: str) -> Scenario:
    """The scenario of a TOML text; raises InvalidScenario with the key that is wrong."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidScenario(str(error), "syntax") from None
    known = ("name", "why", "value_loss", "notches", "collateral_loss", "levels", "roll_over")
    _only(content, known, "")
    name = content.get("name")
    if not isinstance(name, str) or not name.strip():
        raise InvalidScenario("name", "missing")
    stop = _table(content, "roll_over")
    _only(stop, ("countries", "days", "not_repaid", "not_rolled", "drawn"), "roll_over.")
    countries = stop.get("countries", [])
    if not isinstance(countries, list):
        raise InvalidScenario("roll_over.countries", "not_a_list")
    shipped = RollOver()
    levels = {_country(code, "levels"): level for code, level in _table(content, "levels").items()}
    for code, level in levels.items():
        if level not in LEVELS:
            raise InvalidScenario(f"levels.{code}", "unknown_level")
    return Scenario(
        name.strip(),
        str(content.get("why", "")),
        {
            _currency(code): _percent(value, f"value_loss.{code}")
            for code, value in _table(content, "value_loss").items()
        },
        {
            _country(code, "notches"): _whole(value, f"notches.{code}", 22)
            for code, value in _table(content, "notches").items()
        },
        {
            _country(code, "collateral_loss"): _percent(value, f"collateral_loss.{code}", whole=True)
            for code, value in _table(content, "collateral_loss").items()
        },
        levels,
        tuple(_country(code, "roll_over.countries") for code in countries),
        RollOver(
            _whole(stop.get("days", shipped.days), "roll_over.days", 366),
            _percent(stop.get("not_repaid", shipped.not_repaid), "roll_over.not_repaid", whole=True),
            _percent(stop.get("not_rolled", shipped.not_rolled), "roll_over.not_rolled", whole=True),
            _percent(stop.get("drawn", shipped.drawn), "roll_over.drawn", whole=True),
        ),
    )


def _only(table: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
    for key in table:
        if key not in known:
            raise InvalidScenario(f"{place}{key}", "unknown_key")


def _table(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = content.get(name, {})
    if not isinstance(table, dict):
        raise InvalidScenario(name, "not_a_table")
    return table


def _percent(value: object, place: str, *, whole: bool = False) -> Decimal:
    """From 0 to below 100, or with `whole` up to 100: a currency that lost everything has no rate."""
    try:
        number = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= _PERCENT or (number == _PERCENT and not whole):
        raise InvalidScenario(place, "not_a_percent")
    return number


def _whole(value: object, place: str, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise InvalidScenario(place, "not_whole")
    return value


def _country(value: object, place: str) -> str:
    code = resolve(value) if isinstance(value, str) else None
    if code is None:
        raise InvalidScenario(f"{place}.{value}", "unknown_country")
    return code


def _currency(code: str) -> str:
    if code not in CODES:
        raise InvalidScenario(f"value_loss.{code}", "unknown_currency")
    return code
