"""What holds the money the Fed created: reserves, ON RRP, the Treasury's account (rows M4, M5, M6).

Levels in USD billions, shares in percent of total liabilities; where those have no history, of total assets, and the
finding says which.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from alerts.finding import Finding
from app.liquidity.tracks import Track, ratio, scaled
from app.series.catalogue import BILLIONS, SERIES

#: Candidates in order; the one with the latest figure is shown, and of equals the first.
RESERVES = ("WRBWFRBL", "WLODLL", "WRESBAL")
ON_RRP_WEEKLY = ("WLRRAOL",)
TGA = ("TGA_CLOSE", "WDTGAL", "WTREGEN")
_WHOLES = ("RESPPMLL_N", "WALCL")
#: The required ratio has been nought since this day (Regulation D, interim final rule of March 2020).
REQUIRED_ENDED = date(2020, 3, 26)
#: ON RRP below this, in USD billions, is no buffer any more (ALERTS.md 2.2, rule L7).
EMPTY_BILLIONS = 100.0
#: A change of less than this percent over the window is none [our choice].
STEADY_PERCENT = 2.0
#: The day of the source document's figures.
_DOCUMENT_DAY = date(2022, 5, 18)
_YEAR, _MONTH = 364, 28  # days: whole weeks, so that a Wednesday meets a Wednesday
_APART = 180  # days between two peaks that are told apart

IDS: tuple[str, ...] = tuple(
    id
    for id in (*_WHOLES, *RESERVES, *ON_RRP_WEEKLY, *TGA, "RRPONTSYD", "RRPONTSYAWARD", "REQRESNS", "EXCSRESNS", "GDP")
    if id in SERIES
)


@dataclass(frozen=True, slots=True, eq=False)
class Peak:
    """A high of a level, in USD billions."""

    on: date
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Absorber:
    """One claim on the Fed: its level, its share of `of`, and what belongs beside it.

    `beside` are tracks of other units or definitions (award rate; required and excess reserves; the weekly level).
    """

    id: str  # reserves, on_rrp, tga
    level: Track
    share: Track | None
    of: str  # total_liabilities, total_assets, or "" where there is no share
    beside: tuple[Track, ...]
    peaks: tuple[Peak, ...]
    finding: Finding
    notes: tuple[Finding, ...]


def reserves(whole: Mapping[str, Track]) -> Absorber:
    """Cases: reserves.no_data, reserves.<rising|falling|steady|level>.

    Notes: required.ended or required.no_data first; erratum.2 where the day of the source document is shown.
    """
    level = _level(whole, RESERVES)
    share, of = _share(level, whole)
    values, moved = _moved(level, _YEAR)
    if share is not None:
        values |= {"share": share.latest, "of": of}
    finding = Finding(f"reserves.{moved}", values)
    ended = [whole[id] for id in ("REQRESNS", "EXCSRESNS") if id in whole and len(whole[id])]
    lasts = [one.last for one in ended if one.last is not None]
    note = Finding("required.ended", {"since": REQUIRED_ENDED, "last": max(lasts)}) if lasts else None
    notes = (note or Finding("required.no_data", {"since": REQUIRED_ENDED}), *_erratum(2, level))
    return Absorber("reserves", level, share, of, tuple(ended), _peaks(level), finding, notes)


def on_rrp(whole: Mapping[str, Track]) -> Absorber:
    """Cases: on_rrp.no_data, on_rrp.empty, on_rrp.<rising|falling|steady|level>; the award rate stands beside it."""
    level = whole["RRPONTSYD"]
    weekly = _level(whole, ON_RRP_WEEKLY)
    share, of = max((_share(one, whole) for one in (weekly, level)), key=_until)
    values, moved = _moved(level, _YEAR)
    if level.latest is not None and level.latest < EMPTY_BILLIONS:
        moved = "empty"
    award = whole["RRPONTSYAWARD"]
    peaks = _peaks(level)
    if peaks:
        values |= {"peak": peaks[0].value, "peak_date": peaks[0].on}
    notes = (*(() if len(award) else (Finding("award.no_data"),)), *_erratum(3, level))
    beside = (award,) if len(award) else ()
    return Absorber("on_rrp", level, share, of, beside, peaks, Finding(f"on_rrp.{moved}", values), notes)


def tga(whole: Mapping[str, Track]) -> Absorber:
    """Cases: tga.no_data, tga.<rising|falling|steady|level> over four weeks: what the Treasury takes, reserves lose.

    Notes: tga.weekly where there is no daily level, erratum.4 beside the peak of 2020.
    """
    daily = whole.get("TGA_CLOSE")
    weekly = _level(whole, TGA[1:])
    level = _billions(daily) if daily is not None and len(daily) else weekly
    share, of = max((_share(one, whole) for one in (weekly, level)), key=_until)
    values, moved = _moved(level, _MONTH)
    peaks = _peaks(level)
    if peaks:
        values |= {"peak": peaks[0].value, "peak_date": peaks[0].on}
    notes = [] if level is not weekly else [Finding("tga.weekly")]
    if any(peak.on.year == 2020 for peak in peaks):
        notes.append(Finding("erratum.4"))
    beside = (weekly,) if level is not weekly and len(weekly) else ()
    return Absorber("tga", level, share, of, beside, peaks, Finding(f"tga.{moved}", values), tuple(notes))


def _erratum(number: int, shown: Track) -> tuple[Finding, ...]:
    """What the source document has to be corrected in, where the day of its figures is among those shown."""
    return (Finding(f"erratum.{number}"),) if shown.at(_DOCUMENT_DAY, within=6) is not None else ()


def _billions(of: Track) -> Track:
    return of if of.unit == BILLIONS else scaled(of, BILLIONS, 0.001)


def _level(whole: Mapping[str, Track], ids: tuple[str, ...]) -> Track:
    found = [whole[id] for id in ids if id in whole]
    filled = [one for one in found if len(one)]
    # max keeps the first of equals, so the better definition goes before the other of the same week.
    return _billions(max(filled, key=lambda one: one.dates[-1]) if filled else found[0])


def _share(level: Track, whole: Mapping[str, Track]) -> tuple[Track | None, str]:
    for id, name in zip(_WHOLES, ("total_liabilities", "total_assets"), strict=True):
        made = ratio(f"{level.id}_SHARE", "percent", level, _billions(whole[id]), 100)
        # A share that covers only a corner of the history would be read as the whole of it.
        if len(made) and (len(made) >= 0.9 * min(len(level), len(whole[_WHOLES[1]])) or id == _WHOLES[1]):
            return made, name
    return None, ""


def _until(shared: tuple[Track | None, str]) -> date:
    """How far a share reaches; max keeps the first of equals, the weekly level."""
    share, _of = shared
    return date.min if share is None or share.last is None else share.last


def _moved(level: Track, window: int) -> tuple[dict[str, object], str]:
    """The finding's values, and how the level moved over so many days."""
    if level.latest is None or level.last is None:
        return {"series": level.id}, "no_data"
    values: dict[str, object] = {"level": level.latest, "date": level.last, "days": window, "series": level.id}
    before = level.at((level.dates[-1] - np.timedelta64(window, "D")).item(), within=7)
    if not before:
        return values, "level"
    change = level.latest - before
    values |= {"change": change, "before": before}
    if abs(change) < STEADY_PERCENT / 100 * before:
        return values, "steady"
    return values, "rising" if change > 0 else "falling"


def _peaks(level: Track, count: int = 3) -> tuple[Peak, ...]:
    """The highest days at least _APART days from one another, the highest first; an end that still rises is none."""
    values, found = level.values.copy(), list[Peak]()
    if len(values) < 3:
        return ()
    middle = np.arange(1, len(values) - 1)
    summit = np.zeros(len(values), bool)
    summit[middle] = (values[middle] >= values[middle - 1]) & (values[middle] >= values[middle + 1])
    for place in np.argsort(-values, kind="stable"):
        if not summit[place] or values[place] <= 0:
            continue
        on = level.dates[place].item()
        if all(abs((on - peak.on).days) >= _APART for peak in found):
            found.append(Peak(on, float(values[place])))
        if len(found) == count:
            break
    return tuple(found)
