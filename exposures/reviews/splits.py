"""A row of exposure reduction by group, currency and tenor: both sides and what of them runs off."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from exposures.maturity import BUCKETS, tenor
from exposures.reviews.cells import Cells
from exposures.reviews.claims import Claims
from exposures.reviews.debts import Debts
from exposures.reviews.reduction import Split
from exposures.reviews.run_off import Offer

#: Groups beyond the largest stand in one row, so that an item stays readable.
MOST = 12
OTHERS = "others"
NOTHING = Decimal(0)


def split(claims: Claims, debts: Debts, assets: Sequence[Offer], owed: Sequence[Offer] | None) -> tuple[Split, ...]:
    """The parts by group, currency and tenor; `owed` None: only the asset side is asked about."""
    sides = owed if owed is not None and debts.supplied else None
    found: list[Split] = []
    for dimension, column in (("group", "group_id"), ("currency", "currency"), ("tenor", None)):
        have = _added(assets, _key(claims.cell, column))
        owe = None if sides is None else _added(sides, _key(debts.cell, column))
        made = [
            Split(dimension, key, *have.get(key, (NOTHING, NOTHING)), *_owed(owe, key))
            for key in have.keys() | (owe or {}).keys()
        ]
        found += _by_tenor(made) if dimension == "tenor" else _largest(made)
    return tuple(found)


def _key(cells: Cells, column: str | None) -> Callable[[Offer], str]:
    if column is None:
        return lambda one: tenor(one.held.days)
    read = cells.reader(column)
    return lambda one: read(one.held.line) or ""


def _added(offers: Iterable[Offer], key_of: Callable[[Offer], str]) -> dict[str, tuple[Decimal, Decimal]]:
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for one in offers:
        key, held = key_of(one), one.held
        whole, gone = sums.get(key, (NOTHING, NOTHING))
        sums[key] = whole + held.drawn + held.undrawn + held.contingent, gone + one.run_off
    return sums


def _owed(sums: dict[str, tuple[Decimal, Decimal]] | None, key: str) -> tuple[Decimal | None, Decimal | None]:
    return (None, None) if sums is None else sums.get(key, (NOTHING, NOTHING))


def _by_tenor(made: Iterable[Split]) -> list[Split]:
    return sorted(made, key=lambda part: BUCKETS.index(part.key))


def _largest(made: Iterable[Split]) -> list[Split]:
    ordered = sorted(made, key=lambda part: (-(part.assets + (part.liabilities or NOTHING)), part.key))
    kept, rest = ordered[:MOST], ordered[MOST:]
    if not rest:
        return kept
    owed = None if rest[0].liabilities is None else sum((part.liabilities or NOTHING for part in rest), NOTHING)
    repaid = None if owed is None else sum((part.liabilities_run_off or NOTHING for part in rest), NOTHING)
    assets, gone = (sum((getattr(part, name) for part in rest), NOTHING) for name in ("assets", "assets_run_off"))
    return [*kept, Split(rest[0].dimension, OTHERS, assets, gone, owed, repaid)]
