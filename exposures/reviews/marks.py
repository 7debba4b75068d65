"""The marks of the review lists that the bank may set: from where on something counts, by how much, for how long.

As shipped they are the bank's notes' [choice]. What is a setting of its own (minimum amount, due days, the targets of
L3, the losses of L9) is not here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as shipped, what it is counted in ("percent", "points", "days", "count"), and between what it may lie."""

    shipped: Decimal
    unit: str
    least: Decimal
    most: Decimal

    def allows(self, value: Decimal) -> bool:
        """Whether the bank may set it to that; only percents have fractions."""
        whole = self.unit == "percent" or value == value.to_integral_value()
        return whole and self.least <= value <= self.most


def _percent(shipped: int, most: int = 100) -> Mark:
    return Mark(Decimal(shipped), "percent", Decimal(0), Decimal(most))


def _whole(shipped: int, unit: str, least: int, most: int) -> Mark:
    return Mark(Decimal(shipped), unit, Decimal(least), Decimal(most))


#: Every mark by its name: the list, then what it marks.
MARKS: Mapping[str, Mark] = {
    "l1.high": _whole(5, "points", 1, 15),
    "l1.medium": _whole(3, "points", 1, 15),
    "l1.low": _whole(1, "points", 1, 15),
    "l1.cover": _percent(50),
    "l1.limit_target": _percent(80),
    "l2.share": _percent(10),
    "l2.growth": _percent(20, 1000),
    "l2.non_performing": _percent(3),
    "l2.capital": _percent(2),
    "l2.many": _whole(3, "count", 1, 4),
    "l2.small_share": _percent(1),
    "l5.lapse_days": _whole(90, "days", 1, 3660),
    "l5.raised_a": _whole(2, "count", 0, 10),
    "l5.raised_b": _whole(1, "count", 0, 10),
    "l6.acknowledge_days": _whole(2, "days", 1, 60),
    "l6.reply_days": _whole(10, "days", 1, 120),
    "l6.moved": _percent(10),
    "l8.haircut": _percent(20),
    "l8.capital_amber": _percent(10),
    "l8.capital_red": _percent(8),
    "l8.non_performing_amber": _percent(5),
    "l8.non_performing_red": _percent(8),
    "l8.liquid_amber": _percent(100, 1000),
    "l8.liquid_red": _percent(80, 1000),
    "l8.fx_loans_amber": _percent(40),
    "l8.fx_loans_red": _percent(60),
    "l8.fall_amber": _percent(30),
    "l8.fall_red": _percent(50),
    "l8.most_grey": _whole(3, "count", 1, 6),
    "l8.limit_cut": _percent(25),
    "l9.country_share": _percent(10),
    "l9.net_capital": _percent(1),
    "l10.tier_1": _percent(10),
    "l10.limit": _percent(90),
}
#: The first of two must not be milder than the second: high points lie above medium ones, red lies beyond amber.
_ORDERED = (
    *(("l1.medium", "l1.high"), ("l1.low", "l1.medium")),
    *(("l8.capital_red", "l8.capital_amber"), ("l8.liquid_red", "l8.liquid_amber")),
    *(("l8.non_performing_amber", "l8.non_performing_red"), ("l8.fx_loans_amber", "l8.fx_loans_red")),
    ("l8.fall_amber", "l8.fall_red"),
)


def fit(given: Mapping[str, Decimal]) -> bool:
    """Whether marks can be set so: each is known and within its bounds, and those that follow each other do."""
    if not all(name in MARKS and MARKS[name].allows(value) for name, value in given.items()):
        return False
    whole = {name: given.get(name, mark.shipped) for name, mark in MARKS.items()}
    return all(whole[smaller] <= whole[larger] for smaller, larger in _ORDERED)


def marks_of(list_id: str) -> tuple[str, ...]:
    """The names of a list's marks ("L2"); L7 answers by the days of L6."""
    found = tuple(name for name in MARKS if name.startswith(f"{list_id.lower()}."))
    return ("l6.reply_days", "l1.cover") if list_id == "L7" else found
