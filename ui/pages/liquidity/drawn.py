"""Tracks as lines of a chart, with their source, known-from and first prints."""

from datetime import UTC

import numpy as np

from app.liquidity.tracks import Track
from app.wording import formats
from app.wording.origin import Origin, since
from app.wording.tracking import track_label
from ui.charts.parts import Line

#: The colour of a series, the same on every page.
COLOURS = {
    "WRBWFRBL": "reserves",
    "WLODLL": "reserves",
    "WRESBAL": "reserves",
    "EXCSRESNS": "reserves",
    "REQRESNS": "notes_and_other",
    "RRPONTSYD": "on_rrp",
    "WLRRAOL": "on_rrp",
    "RRPONTSYAWARD": "on_rrp",
    "TGA_CLOSE": "treasury_account",
    "WDTGAL": "treasury_account",
    "WTREGEN": "treasury_account",
    "SOFR": "reserves",
    "EFFR": "treasuries_and_total_assets",
    "OBFR": "agency_mbs",
    "IORB": "single_series",
    "IOER": "text3",
    "SRF_RATE": "agency_mbs",
    "us_jp": "treasuries_and_total_assets",
    "us_ea": "agency_mbs",
    "us_cn": "treasury_account",
}


def of_track(track: Track, unit: str) -> Origin:
    """What is said of a track's last value."""
    known = track.known_from[-1].astype("datetime64[s]").item().replace(tzinfo=UTC)
    return Origin(track.source, formats.day(track.dates[-1].astype("datetime64[D]").item()), since(known), unit)


def known_on(dates: np.ndarray, *tracks: Track) -> np.ndarray | None:
    """Since when what is shown on these dates was known: the latest of the tracks' values on or before each."""
    known = None
    for track in tracks:
        if not len(track):
            continue
        place = np.clip(np.searchsorted(track.dates, dates, side="right") - 1, 0, len(track) - 1)
        instants = track.known_from[place]
        known = instants if known is None else np.maximum(known, instants)
    return known


def line_of(
    track: Track,
    name: str = "",
    colour: str = "",
    *,
    decimals: int = 0,
    suffix: str = "",
    sign: bool = False,
    step: bool = False,
) -> Line:
    """A track as a line."""
    return Line(
        name or track_label(track.id),
        track.dates,
        track.values,
        colour or COLOURS.get(track.id, "single_series"),
        decimals=decimals,
        suffix=suffix,
        sign=sign,
        step=step,
        source=track.source,
        known_from=track.known_from,
        first=track.first,
    )
