"""The rate corridor in percent and its turns: what money cost at month- and quarter-ends (row M9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from alerts.finding import Finding
from app.liquidity import dated_events
from app.liquidity.dated_events import Kind
from app.liquidity.overview import Corridor
from app.liquidity.tracks import Track
from app.series.catalogue import SERIES

#: On this day one rate took the place of the two on required and on excess reserves; before it the IOER is shown.
IORB_BEGAN = date(2021, 7, 29)
#: The take-up of standing repo operations in USD billions a day, its two operations added.
SRF = "SRF"
#: The least that those operations ask: the top of the corridor.
SRF_RATE = "SRF_RATE"
_ALWAYS = ("SOFR", "EFFR", "IORB", "IOER", "RRPONTSYAWARD", "DFEDTARU", "DFEDTARL", "SOFR_IORB", "EFFR_IORB")
IDS: tuple[str, ...] = (*_ALWAYS, *(id for id in ("OBFR", SRF, SRF_RATE) if id in SERIES))
#: A turn is compared with so many observations before it.
_BEFORE = 5
#: A quarter-end that lifts SOFR by this many basis points is firm [our choice: twice the usual daily move].
FIRM_BP = 5.0
#: SRF take-up above this, in USD billions, is more than a test.
_TEST_BILLIONS = 0.1


@dataclass(frozen=True, slots=True)
class Turn:
    """A month- or quarter-end: SOFR less IORB on its last business day, the average before it, and the jump, in bp."""

    on: date
    kind: Kind
    spread: float
    usual: float
    jump: float


@dataclass(frozen=True, slots=True)
class Spread:
    """A rate against IORB on its latest date: percent and basis points."""

    id: str
    rate: float
    spread: float
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class Rates:
    """The corridor in percent, with its answer, its turns and the facility above it.

    IORB and the IOER it replaced are two tracks, so that the break is seen. `srf` is None where nobody carries it.
    """

    finding: Finding
    turning: Finding
    facility: Finding
    tracks: Mapping[str, Track]
    spreads: tuple[Spread, ...]
    turns: tuple[Turn, ...]
    srf: Track | None


def build(whole: Mapping[str, Track], answer: Corridor) -> Rates:
    """The page from the tracks of IDS, and the answer that the corridor's card gives."""
    iorb = whole["IORB"]
    turns = _turns(whole["SOFR_IORB"])
    srf = whole.get(SRF)
    return Rates(
        answer.finding,
        _turning(turns),
        _facility(srf),
        whole,
        tuple(
            found
            for id in ("SOFR", "EFFR", "OBFR", SRF_RATE, "RRPONTSYAWARD", "DFEDTARU", "DFEDTARL")
            if id in whole and (found := _spread(whole[id], iorb)) is not None
        ),
        turns,
        srf,
    )


def _spread(of: Track, iorb: Track) -> Spread | None:
    """The latest rate on a day on which IORB is known as well."""
    if of.last is None or not len(iorb):
        return None
    both = of.take(np.isin(of.dates, iorb.dates))
    if both.last is None or both.latest is None:
        return None
    return Spread(of.id, both.latest, round((both.latest - (iorb.at(both.last) or 0)) * 100, 6), both.last, both.source)


def _turns(spread: Track) -> tuple[Turn, ...]:
    """Every month-end with SOFR on its last business day and the observations before it."""
    if spread.last is None:
        return ()
    found = []
    start = spread.dates[0].item()
    quarters = {event.on for event in dated_events.listed(Kind.QUARTER_END, start, spread.last + timedelta(days=31))}
    for event in dated_events.listed(Kind.MONTH_END, start, spread.last + timedelta(days=3)):
        place = spread.place(event.on, within=4)
        # A month that is not over has no end yet.
        if place is None or place < _BEFORE or (place == len(spread) - 1 and not _last_weekday(spread.last, event.on)):
            continue
        usual = float(np.mean(spread.values[place - _BEFORE : place]))
        value = float(spread.values[place])
        kind = Kind.QUARTER_END if event.on in quarters else Kind.MONTH_END
        found.append(Turn(spread.dates[place].item(), kind, value, usual, round(value - usual, 6)))
    return tuple(found)


def _last_weekday(day: date, end: date) -> bool:
    while end.weekday() >= 5:
        end -= timedelta(days=1)
    return day >= end


def _turning(turns: tuple[Turn, ...]) -> Finding:
    """Cases: turn.no_data, turn.calm, turn.firm (the last quarter-end), with the worst of the last eight."""
    quarters = [turn for turn in turns if turn.kind is Kind.QUARTER_END]
    if not quarters:
        return Finding("turn.no_data", {"missing": ("SOFR", "IORB")})
    last = quarters[-1]
    worst = max(quarters[-8:], key=lambda turn: turn.jump)
    values = {"date": last.on, "jump": last.jump, "worst": worst.jump, "worst_date": worst.on, "spread": last.spread}
    return Finding("turn.firm" if last.jump >= FIRM_BP else "turn.calm", values)


def _facility(srf: Track | None) -> Finding:
    """Cases: srf.not_carried, srf.no_data, srf.unused, srf.used, srf.used_before."""
    if srf is None:
        return Finding("srf.not_carried")
    if srf.last is None or srf.latest is None:
        return Finding("srf.no_data", {"series": srf.id})
    used = np.flatnonzero(srf.values > _TEST_BILLIONS)
    values = {"amount": srf.latest, "date": srf.last}
    if srf.latest > _TEST_BILLIONS:
        return Finding("srf.used", values)
    if not len(used):
        return Finding("srf.unused", values)
    place = int(used[-1])
    return Finding("srf.used_before", values | {"before": float(srf.values[place]), "on": srf.dates[place].item()})
