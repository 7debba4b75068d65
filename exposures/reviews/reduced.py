"""What a row of exposure reduction says in one finding: how far down, what is left, and whether the book allows it."""

from collections.abc import Mapping
from typing import Any

from alerts.finding import Finding
from exposures.reviews.item import Proposal
from exposures.reviews.reduction import Reduction, Side


def headline(proposal: Proposal, currency: str, waiting: int, items: int) -> Finding:
    """The row of the highest rank: its asset side where that must come down, else its liabilities."""
    reduction = proposal.reduction
    if reduction is None:
        raise ValueError(f"{proposal.key} reduces nothing")
    values: Mapping[str, Any] = {
        "key": proposal.key.subject,
        "name": proposal.name,
        "currency": currency,
        "horizon": reduction.horizon,
        "waiting": waiting,
        "items": items,
    }
    if reduction.net is not None:
        return Finding("l3.hedge", {**values, "required": reduction.net.hedge})
    name, side = _asked(reduction)
    case = "runs_off" if not side.gap else "fall" if side.run_off else "fall_none"
    sums = {"required": side.required, "run_off": side.run_off, "gap": side.gap}
    return Finding(f"l3.{case}.{name}", {**values, **sums})


def left(reduction: Reduction, currency: str) -> Finding:
    """How much of what must come down is left to actions; the two sides apart. By hand nothing may have to."""
    if not reduction.required:
        return Finding("l3.nothing_required")
    if reduction.net is None and len([side for side in reduction.sides if side.required]) == 2:
        have, owe = reduction.sides
        values = {"assets": have.required, "assets_gap": have.gap, "liabilities": owe.required}
        return Finding("l3.both", {**values, "liabilities_gap": owe.gap, "currency": currency})
    sums = {"required": reduction.required, "gap": reduction.gap, "currency": currency}
    if reduction.gap == reduction.required:
        return Finding("l3.left_all", sums)
    return Finding("l3.left" if reduction.gap else "l3.left_none", sums)


def filled(reduction: Reduction, currency: str) -> Finding:
    """Whether targets together open a gap, the book's means fall short, or run-off is enough."""
    if not reduction.required:
        return Finding("l3.nothing_required")
    values = {"currency": currency, "horizon": reduction.horizon}
    if (net := reduction.net) is not None:
        return Finding("l3.net", {**values, "now": net.now, "then": net.then, "tolerance": net.tolerance})
    if (over := reduction.opens_gap) is not None:
        return Finding("l3.opens_gap", {**values, "over": over})
    if short := sum((side.shortfall for side in reduction.sides), start=reduction.gap * 0):
        return Finding("l3.short", {**values, "shortfall": short})
    return Finding("l3.filled", {**values, "gap": reduction.gap}) if reduction.gap else Finding("l3.enough", values)


def _asked(reduction: Reduction) -> tuple[str, Side]:
    have, owe = reduction.assets, reduction.liabilities
    if have is not None and (have.required or owe is None):
        return "assets", have
    if owe is None:
        raise ValueError("a row without sides")
    return "liabilities", owe
