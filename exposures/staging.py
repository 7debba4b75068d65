"""Amounts that count elsewhere because of the stage their line is in: an approved loan's undrawn amount is pending."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np

from exposures.coded import Objects
from exposures.money import Amounts


def move(
    stages: Objects,
    moves: Mapping[str, Mapping[str, str]],
    amounts: dict[str, Amounts],
    factors: Mapping[str, Decimal],
) -> list[tuple[str, str, str, int]]:
    """Move amounts in place, and say (stage, from, to, lines) of each; by `moves`: stage -> {from field: to field}.

    A line that has an amount in both fields keeps the sum in the second.
    """
    moved = []
    for stage, fields in moves.items():
        rows = np.flatnonzero(np.asarray(stages == stage, dtype=bool)).tolist()
        for source, target in fields.items():
            if source not in amounts or not rows:
                continue
            given = amounts[source]
            if target not in amounts:
                amounts[target] = Amounts.none(len(stages), factors.get(source, Decimal(1)), given.digits)
            taken = amounts[target]
            count = sum(bool(given.number(index)) for index in rows)
            if count:
                moved.append((stage, source, target, count))
            for index in rows:
                _move_one(given, taken, index)
    return moved


def _move_one(given: Amounts, taken: Amounts, index: int) -> None:
    number, minor = given.number(index), given.minor(index)
    held, held_minor = taken.number(index), taken.minor(index)
    if number is not None:
        held = (held or Decimal(0)) + number * (given.factor / taken.factor)
    if minor is not None:
        held_minor = (held_minor or 0) + minor
    taken.keep(index, held_minor, held)
    given.keep(index, None, None)
    taken.unreadable[index] |= given.unreadable[index]
    given.unreadable[index] = False
