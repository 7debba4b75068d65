"""Which country or region hurts: what speaks against each, in which order they stand, and what the first one says.

The rule [choice]: more families of alerts at critical come first, then a broken limit, then more families at warning,
then the larger exposure. A family counts once, at its gravest; the limit is a family of its own, whether an alert has
fired for it yet or not.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from alerts.alert import Alert
from alerts.conditions.percent_change import PercentChange
from alerts.finding import Finding
from alerts.metric import Readings
from alerts.rule import Severity
from exposures.book import Position
from exposures.limits import LimitState, LimitUse

LIMITS = "limits"
#: Over how many observations an exchange rate's change is shown.
SHORT, LONG = 5, 20
_GRAVITY = {Severity.WARNING: 1, Severity.CRITICAL: 2}
_TIGHT = {
    LimitState.WARNING: 1,
    LimitState.CRITICAL: 2,
    LimitState.EXPECTED_BREACH: 2,
    LimitState.BREACH: 2,
}


@dataclass(frozen=True, slots=True)
class CurrencyMove:
    """What a currency's value did up to `on`, in percent over 5 and 20 observations (None: too few); minus is weaker.

    v = s(t−n)/s(t) − 1, s being local units for one dollar.
    """

    on: date
    short: float | None
    long: float | None


@dataclass(frozen=True, slots=True)
class Cause:
    """One family that speaks against a country: its severity (1 warning, 2 critical) and the gravest alert of it.

    The limit's cause has the use of the limit, and an alert only where one fires.
    """

    family: str
    gravity: int
    alert: Alert | None = None
    use: LimitUse | None = None

    @property
    def told(self) -> dict[str, object]:
        """What a sentence needs: the share of the limit in percent and its state, or the rule and its figure."""
        if self.use is not None:
            share = self.use.use.share_with_pending
            return {"share": None if share is None else share * 100, "state": self.use.state.value}
        assert self.alert is not None
        alert = self.alert
        return {"rule": alert.rule, "labels": alert.labels, "value": alert.value, "unit": alert.unit}


@dataclass(frozen=True, slots=True)
class Country:
    """A country or region: its amounts, its limit, the alerts that fire for it, and its currency's move where known.

    `flagged` ones are shown also when nothing speaks against them.
    """

    position: Position
    use: LimitUse | None
    alerts: tuple[Alert, ...]
    move: CurrencyMove | None = None
    flagged: bool = False

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Every family that fires, the gravest first; of one family its gravest and oldest alert."""
        found: dict[str, Cause] = {}
        for alert in sorted(self.alerts, key=lambda alert: alert.since):
            gravity = _GRAVITY[alert.severity] if alert.severity else 0
            if gravity > (found[alert.rule.family].gravity if alert.rule.family in found else 0):
                found[alert.rule.family] = Cause(alert.rule.family, gravity, alert)
        if self.use is not None and (tight := _TIGHT.get(self.use.state, 0)):
            known = found.get(LIMITS)
            gravity = max(tight, known.gravity if known is not None else 0)
            found[LIMITS] = Cause(LIMITS, gravity, known.alert if known is not None else None, self.use)
        return tuple(sorted(found.values(), key=lambda cause: -cause.gravity))

    @property
    def severity(self) -> int:
        """2 critical or in breach, 1 warning, 0 neither; of its alerts and its limit the graver."""
        return max((cause.gravity for cause in self.causes), default=0)

    @property
    def in_breach(self) -> bool:
        """Its limit is exceeded by what is on the book."""
        return self.use is not None and self.use.state is LimitState.BREACH


def move(readings: Readings) -> CurrencyMove | None:
    """A currency's move from the observations of its exchange rate; None where there are none."""
    known = np.isfinite(readings.values)
    if not known.any():
        return None
    changes = [float(PercentChange(over, "value").values(readings.values[known])[-1]) for over in (SHORT, LONG)]
    short, long = (None if np.isnan(change) else change for change in changes)
    last: date = readings.dates[known][-1].astype("datetime64[D]").astype(date)
    return CurrencyMove(last, short, long)


def countries(
    positions: Iterable[Position],
    uses: Mapping[str, LimitUse],
    alerts: Iterable[Alert],
    moves: Mapping[str, CurrencyMove],
    flagged: Collection[str],
) -> tuple[Country, ...]:
    """The book's countries and the flagged ones (with no amount where the book has none), the gravest first."""
    firing: dict[str, list[Alert]] = {}
    for alert in alerts:
        if alert.fires and (place := alert.labels.get("country")):
            firing.setdefault(place, []).append(alert)
    held = {position.key: position for position in positions if position.key is not None}
    none: dict[str, Decimal] = dict.fromkeys(_components(held.values()), Decimal(0))
    held |= {code: Position(code, None, 0, none) for code in flagged if code not in held and none}
    return rank(
        Country(position, uses.get(code), tuple(firing.get(code, ())), moves.get(code), code in flagged)
        for code, position in held.items()
    )


def rank(rows: Iterable[Country]) -> tuple[Country, ...]:
    """By the rule above: critical families, a broken limit, warning families, exposure; then by code."""

    def place(row: Country) -> tuple[int, bool, int, Decimal, str]:
        gravities = [cause.gravity for cause in row.causes]
        amount = row.position.amount()
        return -gravities.count(2), not row.in_breach, -gravities.count(1), -amount, row.position.key or ""

    return tuple(sorted(rows, key=place))


def chosen(rows: Sequence[Country], room: int) -> tuple[Country, ...]:
    """As many as there is room for, in their order: those that hurt, then the flagged, then the largest."""
    first = sorted(range(len(rows)), key=lambda place: (not rows[place].severity, not rows[place].flagged, place))
    return tuple(rows[place] for place in sorted(first[:room]))


def worst(rows: Sequence[Country]) -> Finding:
    """Which country hurts: the first with its causes, or none of those in the book."""
    if not rows or rows[0].severity == 0:
        unlimited = sum(row.use is None or row.use.limit is None for row in rows)
        case = "country.none_limited" if rows and unlimited == len(rows) else "country.calm"
        return Finding(case if rows else "country.empty", {"countries": len(rows), "unlimited": unlimited})
    row = rows[0]
    gravest = [cause for cause in row.causes if cause.gravity == row.severity]
    others = sum(each.severity > 0 for each in rows[1:])
    values: dict[str, object] = {"country": row.position.key, "others": others}
    if len(gravest) > 1:
        severity = Severity.CRITICAL if row.severity > 1 else Severity.WARNING
        return Finding("country.several", values | {"severity": severity, "causes": tuple(one.told for one in gravest)})
    cause = gravest[0]
    if cause.use is not None and _TIGHT.get(cause.use.state, 0) == cause.gravity:
        share = cause.use.use.share_with_pending
        if share is None:
            return Finding("country.limit_zero", values)
        return Finding(f"country.limit_{cause.use.state.value}", values | {"share": share * 100})
    assert cause.alert is not None
    return Finding("country.alert", values | cause.told | {"severity": cause.alert.severity})


def _components(positions: Iterable[Position]) -> Iterable[str]:
    return next((position.amounts.keys() for position in positions), ())
