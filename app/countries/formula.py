"""The formula of the vulnerability score: inputs, anchors, weights and ages, read from an editable TOML file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from app.refusals import Refused

#: Every input the program can compute (CALCULATIONS 7); a file must name each once.
INPUTS = (
    "fx_250",
    "fx_20",
    "reserves_change",
    "import_cover",
    "reserves_debt",
    "current_account",
    "cpi",
    "real_rate",
    "external_debt",
    "spread",
)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Input:
    """One input: where it is calm and where it is stressed (in its own unit), its weight, and its greatest age.

    `mark` is "S" where an anchor has a published `source`, "choice" where it is ours.
    """

    id: str
    calm: Decimal
    stress: Decimal
    weight: Decimal
    max_age: int  # days
    mark: str = "choice"
    source: str = ""

    def strain(self, value: Decimal) -> Decimal:
        """s: 0 where calm, 100 where stressed, a straight line between, never beyond."""
        share = (value - self.calm) / (self.stress - self.calm)
        return _HUNDRED * min(max(share, Decimal(0)), Decimal(1))


@dataclass(frozen=True, slots=True)
class Formula:
    """The whole formula; `dated` and `source` say when it was set and by whom."""

    inputs: tuple[Input, ...]
    minimum_coverage: Decimal
    watch: Decimal
    warning: Decimal
    critical: Decimal
    dated: date
    source: str

    @property
    def weight(self) -> Decimal:
        """Σw over all inputs."""
        return sum((one.weight for one in self.inputs), Decimal(0))


def parse(text: str, file: str = "score.toml") -> Formula:
    """The formula of a TOML text; Refused "country.bad_formula" names the key that is wrong."""
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, InvalidOperation) as error:
        raise Refused("country.bad_formula", file=file, key="", detail=str(error)) from None
    inputs = content.get("input", [])
    named = [one.get("id") for one in inputs] if _tables(inputs) else []
    if sorted(map(str, named)) != sorted(INPUTS):
        raise Refused("country.bad_formula", file=file, key="input", detail=", ".join(INPUTS))
    read = tuple(_input(one, file) for one in inputs)
    marks = {key: _number(content, key, file) for key in ("minimum_coverage", "watch", "warning", "critical")}
    if not Decimal(0) <= marks["watch"] <= marks["warning"] <= marks["critical"] <= _HUNDRED:
        raise Refused("country.bad_formula", file=file, key="watch, warning, critical", detail="0–100")
    if not 0 < marks["minimum_coverage"] <= _HUNDRED or not sum(one.weight for one in read):
        raise Refused("country.bad_formula", file=file, key="minimum_coverage, weight", detail="> 0")
    if not isinstance(content.get("dated"), date):
        raise Refused("country.bad_formula", file=file, key="dated", detail="2026-11-22")
    return Formula(read, **marks, dated=content["dated"], source=str(content.get("source", "")))


def _tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _input(table: Mapping[str, Any], file: str) -> Input:
    id = str(table["id"])
    numbers = {key: _number(table, key, file, f"{id}.") for key in ("calm", "stress", "weight", "max_age")}
    if numbers["calm"] == numbers["stress"]:
        raise Refused("country.bad_formula", file=file, key=f"{id}.stress", detail="calm ≠ stress")
    if numbers["weight"] < 0 or numbers["max_age"] < 1 or numbers["max_age"] != int(numbers["max_age"]):
        raise Refused("country.bad_formula", file=file, key=f"{id}.weight, {id}.max_age", detail=">= 0, >= 1")
    age = int(numbers.pop("max_age"))
    return Input(id, **numbers, max_age=age, mark=str(table.get("mark", "choice")), source=str(table.get("source", "")))


def _number(table: Mapping[str, Any], key: str, file: str, prefix: str = "") -> Decimal:
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        raise Refused("country.bad_formula", file=file, key=prefix + key, detail="number")
    return Decimal(value)
