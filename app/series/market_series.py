"""The series of the New York Fed's markets desk and of the Treasury's account, first-hand from who publishes them.

Ids are FRED's where FRED has the series under one. Operations in dollars are told in billions, as FRED does.
"""

from app.series.series import Series
from app.series.units import BILLIONS, MILLIONS, PERCENT

_NYFED, _TREASURY = "nyfed", "treasury"


def _spread_of(rate: str, title: str, release: str) -> tuple[Series, ...]:
    """The percentiles of the transactions behind a reference rate, and their volume."""
    percentiles = tuple(
        Series(
            f"{rate}{place}",
            f"{title}, {place}th percentile" if place > 1 else f"{title}, 1st percentile",
            PERCENT,
            "daily",
            release,
            0,
            25,
            ((_NYFED, f"{rate}{place}"),),
        )
        for place in (1, 25, 75, 99)
    )
    volume = Series(f"{rate}VOL", f"{title}, volume", BILLIONS, "daily", release, 1, 20_000, ((_NYFED, f"{rate}VOL"),))
    return (*percentiles, volume)


def _operation(id: str, title: str) -> Series:
    return Series(id, title, BILLIONS, "daily", "srf", 0, 5_000, ((_NYFED, id),))


def _soma(id: str, title: str, low: float = 0) -> Series:
    return Series(id, title, MILLIONS, "weekly", "h41", low, 20_000_000, ((_NYFED, id),))


def _treasury(id: str, title: str, low: float, high: float) -> Series:
    return Series(id, title, MILLIONS, "daily", "dts", low, high, ((_TREASURY, id),), whole=True)


MARKETS: tuple[Series, ...] = (
    *_spread_of("SOFR", "Secured overnight financing rate", "sofr"),
    *_spread_of("EFFR", "Effective federal funds rate", "effr"),
    Series(
        "OBFR",
        "Overnight bank funding rate",
        PERCENT,
        "daily",
        "effr",
        0,
        25,
        ((_NYFED, "OBFR"), ("fred", "OBFR"), ("fredgraph", "OBFR")),
    ),
    *_spread_of("OBFR", "Overnight bank funding rate", "effr"),
    _operation("SRF", "Repos of the Desk (standing repo operations), both operations of a day"),
    _operation("SRF_TREASURY", "Repos of the Desk against Treasuries"),
    _operation("SRF_AGENCY", "Repos of the Desk against agency debt"),
    _operation("SRF_MBS", "Repos of the Desk against agency MBS"),
    Series(
        "SRF_RATE",
        "Standing repo operations, minimum bid rate",
        PERCENT,
        "daily",
        "srf",
        0,
        25,
        ((_NYFED, "SRF_RATE"),),
    ),
    _soma("SOMA_TOTAL", "SOMA, total holdings without inflation compensation", 100_000),
    _soma("SOMA_BILLS", "SOMA, Treasury bills"),
    _soma("SOMA_NOTES_BONDS", "SOMA, Treasury notes and bonds", 50_000),
    _soma("SOMA_TIPS", "SOMA, inflation-protected securities"),
    _soma("SOMA_TIPS_COMPENSATION", "SOMA, inflation compensation"),
    _soma("SOMA_FRN", "SOMA, floating-rate notes"),
    _soma("SOMA_AGENCIES", "SOMA, agency debt"),
    _soma("SOMA_MBS", "SOMA, agency MBS"),
    _soma("SOMA_CMBS", "SOMA, agency commercial MBS"),
    Series(
        "SWAPS_OUTSTANDING",
        "Dollar liquidity swaps outstanding, by operation",
        MILLIONS,
        "weekly",
        "h41",
        0,
        2_000_000,
        ((_NYFED, "SWAPS_OUTSTANDING"),),
    ),
    _treasury("TGA_CLOSE", "Treasury General Account, closing balance of the day", 1_000, 5_000_000),
    _treasury("TGA_DEPOSITS", "Treasury General Account, deposits of the day", 500, 5_000_000),
    _treasury("TGA_WITHDRAWALS", "Treasury General Account, withdrawals of the day", 500, 5_000_000),
)
