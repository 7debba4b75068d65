"""Why reserves changed between two dates: assets bring money in, every other claim on the Fed takes it (row M3).

ΔReserves = ΔAssets − ΔNotes − ΔReverse repos − ΔTGA − ΔOther deposits − ΔContributions − ΔCapital, in whole USD
millions. What the lines leave of the reported change is the residual, a row of its own and never spread.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from alerts.finding import Finding
from app.liquidity.document import LABEL, Table
from app.liquidity.statement import BalanceSheet, Role

#: The lines of the bridge in the order of the source document, and whether more of one brings reserves or takes them.
STEPS: tuple[tuple[str, int], ...] = (
    ("total_assets", 1),
    ("federal_reserve_notes", -1),
    ("reverse_repos", -1),
    ("tga", -1),
    ("foreign_official", -1),
    ("other_deposits", -1),
    ("term_deposits", -1),
    ("treasury_contributions", -1),
    ("capital", -1),
)
_RESERVES = ("depository_deposits", "reserve_balances")
#: The residual in USD millions that rounding of a dozen published lines explains.
ROUNDING = 12
#: A residual above this share of the change is large [our choice].
LARGE = 0.05


@dataclass(frozen=True, slots=True)
class Step:
    """What a line did to reserves (`effect`, None where a date has no figure), and the line's own change."""

    id: str
    effect: int | None
    change: int | None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Bridge:
    """The steps from the reserves of `against` to those of `on`, in USD millions.

    `computed` adds up the steps that have a figure; `residual` is `reported` less `computed`, so that the bridge always
    closes. `label` is "source document" where printed figures are bridged, empty otherwise.
    """

    on: date
    against: date
    reserves: str
    start: int | None
    end: int | None
    steps: tuple[Step, ...]
    computed: int | None
    reported: int | None
    residual: int | None
    finding: Finding
    remainder: Finding | None
    label: str = ""
    known_from: datetime | None = None  # since when the last of its figures was known


def build(sheet: BalanceSheet) -> Bridge:
    """The bridge of a sheet of two dates; ValueError for a sheet of one."""
    if sheet.against is None:
        raise ValueError("a bridge has two dates")
    reserves = next(id for id in _RESERVES if sheet.line(id).role is Role.LINE)
    line = sheet.line(reserves)
    changes = {id: sheet.line(id).change for id, _ in STEPS}
    sources = {id: sheet.line(id).source for id, _ in STEPS}
    built = _bridge(sheet.on, sheet.against, reserves, (line.against, line.value, line.change), changes, sources)
    known = [one for id in (reserves, *changes) if (one := sheet.line(id).known_from) is not None]
    return replace(built, known_from=max(known, default=None))


def printed(table: Table) -> Bridge:
    """The bridge of the source document's own figures, from the printed changes."""
    if any(line.change is None for line in table.lines):
        raise ValueError("the table prints no changes")
    found = {line.id: line for line in table.lines}
    changes = {id: int((found[id].change or 0) * table.millions) for id, _ in STEPS if id in found}
    line = found["depository_deposits"]
    ends = (
        int(line.first * table.millions),
        int(line.second * table.millions),
        int((line.change or 0) * table.millions),
    )
    sources = dict.fromkeys(changes, LABEL)
    return _bridge(table.second, table.first, "depository_deposits", ends, changes, sources, LABEL)


def _bridge(
    on: date,
    against: date,
    reserves: str,
    ends: tuple[int | None, int | None, int | None],
    changes: Mapping[str, int | None],
    sources: Mapping[str, str | None],
    label: str = "",
) -> Bridge:
    steps = tuple(
        Step(id, None if (change := changes[id]) is None else sign * change, changes[id], sources[id])
        for id, sign in STEPS
        if id in changes
    )
    start, end, reported = ends
    known = [step.effect for step in steps if step.effect is not None]
    computed = sum(known) if known else None
    residual = None if reported is None or computed is None else reported - computed
    finding = _answer(on, against, steps, reported)
    remainder = None
    if finding.case != "bridge.no_data" and residual is not None and reported is not None:
        remainder = _remainder(steps, residual, reported)
    return Bridge(on, against, reserves, start, end, steps, computed, reported, residual, finding, remainder, label)


def _answer(on: date, against: date, steps: tuple[Step, ...], reported: int | None) -> Finding:
    """Cases: bridge.no_data, bridge.unchanged, and bridge.<fell|rose>_<more|with|against>: against the assets."""
    assets = steps[0].effect
    if reported is None or assets is None:
        missing = tuple(id for id, value in (("reserves", reported), ("total_assets", assets)) if value is None)
        return Finding("bridge.no_data", {"missing": missing, "on": on, "against": against})
    values = {"on": on, "against": against, "change": reported, "assets": assets}
    if abs(reported) <= ROUNDING:
        return Finding("bridge.unchanged", values)
    others = [step for step in steps[1:] if step.effect is not None]
    sign = 1 if reported > 0 else -1
    # Against the assets' own movement one line did most: the one that pushed furthest in the direction it explains.
    more = sign * assets > 0 and abs(reported) > abs(assets)
    along = sign * assets > 0 and not more
    wanted = -sign if along else sign
    main = max(others, key=lambda step: wanted * (step.effect or 0), default=None)
    if main is not None and wanted * (main.effect or 0) <= 0:
        main = None
    values |= {"line": main.id if main else None, "amount": abs(main.effect or 0) if main else None}
    relation = "more" if more else "with" if along else "against"
    return Finding(f"bridge.{'rose' if sign > 0 else 'fell'}_{relation}", values)


def _remainder(steps: tuple[Step, ...], residual: int, reported: int) -> Finding:
    """Cases: bridge.gaps (lines without a figure are in the residual), bridge.closes, bridge.small, large."""
    values = {"residual": residual, "reported": reported}
    missing = tuple(step.id for step in steps if step.effect is None)
    if missing:
        return Finding("bridge.gaps", values | {"missing": missing})
    if abs(residual) <= ROUNDING:
        return Finding("bridge.closes", values)
    return Finding("bridge.large" if abs(residual) > LARGE * abs(reported) else "bridge.small", values)
