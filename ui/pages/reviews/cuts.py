"""The columns of a list whose items come down: both sides, what must fall, run-off and gap."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from exposures.reviews.reduction import Reduction, Side

_MILLION = 1_000_000


def cuts(reductions: list[Reduction]) -> dict[str, list[Any]]:
    """The figures of rows that come down, in millions; empty where the list is another one."""
    if not reductions:
        return {}

    def millions(amount: Decimal | None) -> float | None:
        return None if amount is None else float(amount / _MILLION)

    def figure(of: Callable[[Side], Decimal]) -> list[float | None]:
        return [millions(of(one.assets) if one.assets else None) for one in reductions]

    def owed(of: Callable[[Side], Decimal]) -> list[float | None]:
        return [millions(of(one.liabilities) if one.liabilities else None) for one in reductions]

    nets = [one.net for one in reductions]
    cut, gap = figure(lambda side: side.required), figure(lambda side: side.gap)
    hedge = [millions(net.hedge) if net else None for net in nets]
    return {
        "assets": [millions(net.assets) if net else figures for net, figures in _each(nets, figure(_exposure))],
        "liabilities": [millions(net.liabilities) if net else sums for net, sums in _each(nets, owed(_exposure))],
        "target": [over if over is not None else figures for over, figures in _each(hedge, cut)],
        "run_off": figure(lambda side: side.run_off),
        "gap": [over if over is not None else figures for over, figures in _each(hedge, gap)],
        "gap_tone": ["warning" if one.gap else "" for one in reductions],
        "over_cap": owed(lambda side: side.required),
    }


def _exposure(side: Side) -> Decimal:
    return side.exposure


def _each(first: list[Any], second: list[Any]) -> Iterator[tuple[Any, Any]]:
    return zip(first, second, strict=True)
