"""Amounts that count elsewhere because of the stage their line is in: an approved loan's undrawn amount is pending."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = dict[str, list[Decimal | None]]
Minors = dict[str, list[Any]]
Mask = npt.NDArray[np.bool_]


def move(
    stages: list[Any],
    moves: Mapping[str, Mapping[str, str]],
    numbers: Numbers,
    minors: Minors,
    unreadable: dict[str, Mask],
    factors: dict[str, Decimal],
) -> list[tuple[str, str, str, int]]:
    """Move amounts in place, and say (stage, from, to, lines) of each; by `moves`: stage -> {from field: to field}.

    `numbers` are the cells as they stand in the file, in units of `factors`; `minors` the same in minor units. A line
    that has an amount in both fields keeps the sum in the second.
    """
    moved = []
    for stage, fields in moves.items():
        rows = [index for index, value in enumerate(stages) if value == stage]
        for source, target in fields.items():
            if source not in numbers or not rows:
                continue
            if target not in numbers:
                numbers[target], minors[target] = [None] * len(stages), [None] * len(stages)
                unreadable[target] = np.zeros(len(stages), dtype=bool)
                factors[target] = factors.get(source, Decimal(1))
            count = sum(bool(numbers[source][index]) for index in rows)
            if count:
                moved.append((stage, source, target, count))
            rescaled = factors.get(source, Decimal(1)) / factors.get(target, Decimal(1))
            for index in rows:
                number, minor = numbers[source][index], minors[source][index]
                if number is not None:
                    numbers[target][index] = (numbers[target][index] or Decimal(0)) + number * rescaled
                    numbers[source][index] = None
                if minor is not None:
                    minors[target][index] = (minors[target][index] or 0) + minor
                    minors[source][index] = None
                unreadable[target][index] |= unreadable[source][index]
                unreadable[source][index] = False
    return moved
