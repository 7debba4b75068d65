"""The Fed's balance sheet in the lines that run-off moves, in whole US dollars; it always closes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.refusals import Refused
from app.series.catalogue import BILLIONS, SERIES
from app.series.series import Observation

#: Each line's series, best first: the Wednesday level, then the week average or the operation's own figure.
SOURCES: Mapping[str, tuple[str, ...]] = {
    "total_assets": ("WALCL",),
    "treasuries": ("TREAST",),
    "mbs": ("WSHOMCB",),
    "bills": ("WSHOBL",),
    "reserves": ("WRBWFRBL", "WLODLL", "WRESBAL"),
    "on_rrp": ("WLRRAOL", "RRPONTSYD"),
    "tga": ("WDTGAL", "WTREGEN"),
    "notes": ("WLFN", "RESTBC_N"),
    "foreign_rrp": ("WLRRAFOIAL",),
}
SERIES_IDS: tuple[str, ...] = tuple(dict.fromkeys(id for ids in SOURCES.values() for id in ids))
#: Without these nothing can be simulated.
NEEDED = ("total_assets", "treasuries", "mbs", "reserves")
#: Liabilities that may have no figure; they are then part of `other_liabilities`.
_OPTIONAL = ("on_rrp", "tga", "notes", "foreign_rrp")


@dataclass(frozen=True, slots=True)
class Position:
    """Levels of one day. `other_assets` and `other_liabilities` (capital with them) are what the named lines leave.

    A liability of None has no figure: it is inside `other_liabilities`, not zero.
    """

    treasuries: int
    mbs: int
    other_assets: int
    reserves: int
    on_rrp: int | None
    tga: int | None
    notes: int | None
    foreign_rrp: int | None
    other_liabilities: int

    @property
    def total_assets(self) -> int:
        """All that the Fed holds."""
        return self.treasuries + self.mbs + self.other_assets

    @property
    def total_liabilities(self) -> int:
        """All that it owes, with its capital."""
        return self.reserves + sum(getattr(self, name) or 0 for name in _OPTIONAL) + self.other_liabilities

    @property
    def closes(self) -> bool:
        """Whether both sides are equal, to the dollar."""
        return self.total_assets == self.total_liabilities

    @property
    def unknown(self) -> tuple[str, ...]:
        """The liabilities without a figure of their own."""
        return tuple(name for name in _OPTIONAL if getattr(self, name) is None)

    def moved(self, **changes: int) -> "Position":
        """The position after changes of its lines; what an unknown line would take goes to other liabilities."""
        new: dict[str, int] = {}
        for name, change in changes.items():
            line = name if getattr(self, name) is not None else "other_liabilities"
            new[line] = new.get(line, getattr(self, line)) + change
        return replace(self, **new)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a simulation begins: the position, the bills among the Treasuries, and the series each line came from."""

    on: date
    position: Position
    bills: int | None
    series: Mapping[str, str]


def start(on: date, level: Mapping[str, Observation]) -> Start:
    """The position of a Wednesday from what is known of it, in catalogue units.

    Refused "runoff.no_start" naming the lines without which nothing can be simulated.
    """
    chosen = {
        line: next((id for id in ids if id in level), None) for line, ids in SOURCES.items()
    }  # None where no series of the line has the date
    if missing := tuple(line for line in NEEDED if chosen[line] is None):
        raise Refused("runoff.no_start", date=on, missing=missing)
    series = {line: id for line, id in chosen.items() if id is not None}
    of = {line: _dollars(id, level[id]) for line, id in series.items()}
    liabilities = {line: of.get(line) for line in _OPTIONAL}
    known = sum(amount or 0 for amount in liabilities.values())
    position = Position(
        of["treasuries"],
        of["mbs"],
        of["total_assets"] - of["treasuries"] - of["mbs"],
        of["reserves"],
        liabilities["on_rrp"],
        liabilities["tga"],
        liabilities["notes"],
        liabilities["foreign_rrp"],
        of["total_assets"] - of["reserves"] - known,
    )
    return Start(on, position, of.get("bills"), series)


def _dollars(id: str, seen: Observation) -> int:
    return int(Decimal(repr(seen.value)) * (10**9 if SERIES[id].unit == BILLIONS else 10**6))
