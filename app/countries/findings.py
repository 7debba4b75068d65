"""What the panels of a country's page say: cases and values; the words are formed in `app.wording.countries`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from alerts.finding import Finding
from app.countries.indicators import CRASH, LONG, SHORT, YEAR, Curve, crashing, dollar_rise, value_change
from app.countries.score import Score, Status
from exposures.flags import CountryFlag

#: A currency that moves by less than this in five observations stands still, in percent [choice].
STILL = 0.5
#: How far back a fall is called the fastest [choice].
_PAST_YEAR = 250


@dataclass(frozen=True, slots=True)
class Moves:
    """A currency in both terms, in percent over 5, 20 and 250 observations (None: too few), and whether it crashes.

    `value` is v (minus: weaker), `rise` is d (plus: the dollar rose); `crash` None where two years are not known.
    """

    rate: float
    on: date
    value: Mapping[int, float | None]
    rise: Mapping[int, float | None]
    crash: bool | None


def moves(rate: Curve) -> Moves | None:
    """The moves up to the latest rate; None without one."""
    of = rate.points
    if not len(of):
        return None
    flags = crashing(rate).points
    return Moves(
        float(of.values[-1]),
        of.dates[-1].item(),
        {over: _last(value_change(rate, over)) for over in (SHORT, LONG, YEAR)},
        {over: _last(dollar_rise(rate, over)) for over in (SHORT, LONG, YEAR)},
        bool(flags.values[-1]) if len(flags) else None,
    )


def _last(curve: Curve) -> float | None:
    # more decimals are binary noise
    return round(float(curve.points.values[-1]), 9) if len(curve.points) else None


def falling(rate: Curve) -> Finding:
    """How fast is the currency falling? Cases: fx.no_data, .too_few, .crash, .fastest, .fell, .rose, .still."""
    seen = moves(rate)
    if seen is None:
        return Finding("fx.no_data", {"series": rate.series})
    week = seen.value[SHORT]
    values = {"on": seen.on, "rate": seen.rate, "week": week, "year": seen.rise[YEAR], "crash": CRASH}
    if week is None:
        return Finding("fx.too_few", values)
    if seen.crash:
        return Finding("fx.crash", values)
    past = value_change(rate, SHORT).points.values[-_PAST_YEAR:]
    if week <= -STILL and len(past) == _PAST_YEAR and week <= round(float(np.min(past)), 9):
        return Finding("fx.fastest", values)
    if abs(week) < STILL:
        return Finding("fx.still", values)
    return Finding("fx.fell" if week < 0 else "fx.rose", values)


def known(score: Score) -> Finding:
    """Which figures are there? Cases: indicators.none, .lacking, .late, .all."""
    missing = tuple(part.input.id for part in score.parts if part.status is Status.MISSING)
    old = tuple(part.input.id for part in score.parts if part.status is Status.TOO_OLD)
    late = tuple(part.input.id for part in score.parts if part.status is Status.PROVISIONAL)
    values = {"missing": missing, "old": old, "late": late, "count": len(score.parts)}
    if len(missing) == len(score.parts):
        return Finding("indicators.none", values)
    if missing or old:
        return Finding("indicators.lacking", values)
    return Finding("indicators.late" if late else "indicators.all", values)


def compared(scores: Mapping[str, Score]) -> Finding:
    """Which country is weakest? Cases: comparison.none, .no_scores, .one, .worst (and whom it leaves behind)."""
    rated = sorted(
        ((one.value, country) for country, one in scores.items() if one.value is not None), key=lambda p: (-p[0], p[1])
    )
    values: dict[str, object] = {"count": len(scores), "rated": len(rated)}
    if not scores:
        return Finding("comparison.none", values)
    if not rated:
        return Finding("comparison.no_scores", values)
    worst, country = rated[0]
    values |= {"country": country, "value": worst, "state": scores[country].state.value}
    if len(rated) == 1:
        return Finding("comparison.one", values)
    return Finding("comparison.worst", values | {"next": rated[1][1], "next_value": rated[1][0]})


@dataclass(frozen=True, slots=True)
class Flow:
    """A month's portfolio flow into emerging markets, USD billions; minus is an outflow."""

    month: date
    total: float
    equity: float | None = None
    debt: float | None = None
    china: float | None = None

    @property
    def without_china(self) -> float | None:
        """The flow into the others: an outflow may be China's alone."""
        return None if self.china is None else round(self.total - self.china, 6)


def flowing(flows: Sequence[Flow]) -> Finding:
    """Is money leaving? Cases: flows.none, .out, .out_china (China alone), .in; oldest flow first."""
    if not flows:
        return Finding("flows.none")
    last = flows[-1]
    others = last.without_china
    values = {"month": last.month, "total": last.total, "equity": last.equity, "debt": last.debt}
    values |= {"china": last.china, "others": others}
    if last.total >= 0:
        return Finding("flows.in", values)
    return Finding("flows.out_china" if others is not None and others > 0 else "flows.out", values)


def at_home(rate: Curve, spread: Curve) -> Finding:
    """How stands the renminbi? Cases: home.no_data, .rate (no spread), .inverted, .normal."""
    seen = moves(rate)
    if seen is None:
        return Finding("home.no_data")
    values: dict[str, object] = {"rate": seen.rate, "on": seen.on, "month": seen.value[LONG]}
    if not len(spread.points):
        return Finding("home.rate", values)
    gap = float(spread.points.values[-1])
    values |= {"spread": gap, "spread_on": spread.points.dates[-1].item()}
    return Finding("home.inverted" if gap < 0 else "home.normal", values)


def at_hand(there: Sequence[bool]) -> Finding:
    """Which figures of the home side are there? Cases: home_figures.all, .some, .none."""
    values = {"count": len(there), "there": sum(there)}
    return Finding(
        "home_figures.all" if all(there) else "home_figures.some" if any(there) else "home_figures.none", values
    )


@dataclass(frozen=True, slots=True)
class Booked:
    """What one booking entity has in a country, guarantor basis; `whole` is X, contingent claims included."""

    entity: str
    drawn: Decimal
    undrawn: Decimal
    whole: Decimal


@dataclass(frozen=True, slots=True)
class Stake:
    """What the bank has in a country, in units of `currency`: claims on both bases and the use of the limit."""

    reporting_date: date
    book: int
    currency: str
    immediate: Decimal
    guarantor: Decimal
    drawn: Decimal  # guarantor basis, as all below
    undrawn: Decimal
    pending: Decimal
    counterparties: int
    due_in_a_year: Decimal
    limit: Decimal | None
    used_percent: Decimal | None  # with what is pending
    limit_state: str
    entities: tuple[Booked, ...]


def at_stake(stake: Stake | None) -> Finding:
    """What do we have there? Cases: stake.no_book, .nothing, .amount."""
    if stake is None:
        return Finding("stake.no_book")
    if not stake.guarantor and not stake.immediate:
        return Finding("stake.nothing", {"day": stake.reporting_date})
    values = {
        "amount": stake.guarantor,
        "currency": stake.currency,
        "counterparties": stake.counterparties,
        "due": stake.due_in_a_year / stake.guarantor * 100 if stake.guarantor else None,
        "immediate": stake.immediate,
    }
    return Finding("stake.amount", values)


def flagged(flag: CountryFlag | None, *, in_set: bool, home: bool) -> Finding:
    """Is it flagged, and why? Cases: flag.home, .outside, .none, .act, .watch, .release_proposed."""
    if flag is None:
        return Finding("flag.home" if home else "flag.none" if in_set else "flag.outside")
    live = tuple(cause.reason for cause in flag.causes if cause.ended is None)
    values = {"since": flag.since, "episode": flag.episode, "reasons": live or flag.reasons, "live": len(live)}
    if flag.release_proposed:
        return Finding("flag.release_proposed", values)
    return Finding("flag.act" if flag.tier.value == "A" else "flag.watch", values)
