"""The answer above the balance sheet: by how much the assets changed, and where the money went or came from."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from alerts.finding import Finding
from app.liquidity.statement import Line


class Growth(StrEnum):
    """How the assets changed."""

    LARGER = "larger"  # at least twice as large
    GREW = "grew"
    SHRANK = "shrank"


class Share(StrEnum):
    """How reserves, reverse repos and Treasury cash moved against the assets."""

    PART = "part"  # they took or bore between nothing and all of the change
    MORE = "more"  # they moved the same way, by more than the assets
    AGAINST = "against"  # they moved the other way
    UNKNOWN = "unknown"  # one of them has no figure on one of the dates


#: A change below this part of the assets is none.
_NONE = 0.0005
_TWICE = 2.0


def answer(lines: Sequence[Line], closing: str, on: date, against: date | None) -> Finding:
    """Cases: sheet.no_assets, sheet.single, sheet.single_unknown, sheet.unchanged, and sheet.<growth>_<share>."""
    by_id = {line.id: line for line in lines}
    assets = by_id["total_assets"]
    dates = {"on": on, "against": against}
    if not assets.value or (against is not None and assets.against is None):  # assets of zero are a gap, too
        without = against if assets.value else on
        return Finding("sheet.no_assets", {"date": without})
    reserves = by_id[closing]
    if against is None:
        values = {"date": on, "assets": assets.value}
        if reserves.value is None:
            return Finding("sheet.single_unknown", values)
        return Finding("sheet.single", values | {"share": reserves.value / assets.value * 100})
    if not assets.change or abs(assets.change) < _NONE * (assets.against or 0):
        return Finding("sheet.unchanged", dates | {"assets": assets.value})
    times = assets.value / assets.against if assets.against else None
    growth = Growth.SHRANK if assets.change < 0 else Growth.LARGER if times and times >= _TWICE else Growth.GREW
    parts = [reserves.change, by_id["reverse_repos"].change, by_id["tga"].change]
    moved = None if any(part is None for part in parts) else sum(part for part in parts if part is not None)
    share = None if moved is None else moved / assets.change * 100
    values = dates | {"change": assets.change, "times": times, "moved": moved, "share": share}
    return Finding(f"sheet.{growth}_{_sort(share)}", values)


def _sort(share: float | None) -> Share:
    if share is None:
        return Share.UNKNOWN
    if share < 0:
        return Share.AGAINST
    return Share.PART if share <= 100 else Share.MORE
