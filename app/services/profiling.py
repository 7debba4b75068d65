"""A country's or region's page, the comparison of all of them, portfolio flows, and the home side."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal

from alerts.alert import Alert
from app.countries import change, findings, indicators
from app.countries.findings import Flow
from app.countries.indicators import Curve
from app.paths import Workspace
from app.refusals import Misused
from app.series.catalogue import SERIES
from app.series.points import Points, points
from app.services.assessing import Assessing, Known
from app.services.bank_days import BankDays
from app.services.flagging import Flagging
from app.services.indicating import CONCEPTS, Indicating
from app.services.metering import FX
from app.services.monitoring import Monitoring
from app.services.profiles import Comparison, Country, Flows, Home, Row
from app.services.staking import stake
from app.services.surveying import Surveying
from app.storage import entries, levels, observations
from app.storage.database import Database
from app.storage.entries import Entry
from app.timetable import table
from exposures import countries
from exposures.book import Basis

FLOWS = ("EM_FLOWS", "EM_FLOWS_EQUITY", "EM_FLOWS_DEBT", "EM_FLOWS_CN")
HOME_RATE, HOME_YIELD, US_YIELD = "FX_CNY", "YIELD_10Y_CN", "DGS10"
HOME_SHARES = ("CN_CROSS_BORDER_FLOWS", "RMB_SETTLEMENT_SHARE", "RMB_SETTLEMENT_RCEP", "RMB_SETTLEMENT_BELT_ROAD")


class Profiling:
    """Reads only what the other services know."""

    def __init__(
        self,
        database: Database,
        workspace: Workspace,
        assessing: Assessing,
        monitoring: Monitoring,
        surveying: Surveying,
        flagging: Flagging,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._workspace, self._clock = database, workspace, clock
        self._assessing, self._monitoring = assessing, monitoring
        self._surveying, self._flagging = surveying, flagging
        self._figures = Indicating(database)

    def end_of(self, day: date) -> datetime:
        """The last instant of a day of the bank: what is shown as known on that day."""
        return BankDays(self._database).instant(day, time.max)

    def countries(self) -> tuple[str, ...]:
        """What can be chosen: the emerging markets with an exchange rate, the policy list first."""
        markets = self._flagging.now().em_set
        found = [code for code in self._assessing.countries() if code in markets]
        return tuple(dict.fromkeys((*markets.policy, *found)))

    def country(self, name: str, as_of: datetime | None = None) -> Country:
        """One country or region by code, English or Chinese name; Misused "country.unknown".

        With `as_of` everything as it was known then, alerts by the rules of then; the emerging-market set and the
        formula have no history and are those of now.
        """
        code = countries.resolve(name)
        if code is None:
            raise Misused("country.unknown", country=name, suggestion=countries.suggest(name))
        known = self._assessing.known(as_of, [code])
        rule = self._assessing.formula()
        now = self._assessing.score(code, known, rule)
        before = self._assessing.score(code, self._assessing.month_before(known, [code]), rule)
        moved = change.explain(before, now)
        rate = indicators.plain(code, "fx", known.points)
        flags = self._flagging.now(as_of)
        with self._database.read() as connection:
            proposals = [one for one in levels.levels(connection, code) if one.at <= known.instant]
            level = levels.in_force(connection, known.instant).get(code)
            entered = entries.entries(connection, series_ids=indicators.wanted(code))
        waiting = _undecided(_made_by(entered, known.instant), known.instant)
        alerts = self._alerts(as_of)
        flag, at_stake = flags.of(code), stake(self._surveying, code, as_of)
        found = tuple(
            self._figures.of(concept, code, known) for concept in CONCEPTS if indicators.series_of(code, concept)
        )
        return Country(
            code,
            known.today,
            known.instant,
            code in flags.em_set,
            code in flags.em_set.policy,
            code == flags.em_set.home,
            self._figures.of("fx", code, known),
            findings.moves(rate),
            indicators.crash_since(rate),
            findings.falling(rate),
            now,
            rule,
            moved,
            change.finding(now, moved),
            self._assessing.course(code, known),
            found,
            findings.known(now),
            flag,
            flags.tide.on,
            findings.flagged(flag, in_set=code in flags.em_set, home=code == flags.em_set.home),
            level,
            tuple(one for one in proposals if one.decided_at is None or one.decided_at > known.instant),
            at_stake,
            findings.at_stake(at_stake),
            tuple(one for one in alerts if one.fires and one.labels.get("country") == code),
            tuple(one for one in self._monitoring.rules() if one.enabled and one.metric == FX),
            waiting,
        )

    def comparison(self, as_of: datetime | None = None) -> Comparison:
        """Every country or region side by side, the weakest first; `as_of` as in `country`."""
        flags = self._flagging.now(as_of)
        codes = self.countries()
        known = self._assessing.known(as_of, codes)
        past = self._assessing.month_before(known, codes)
        rule = self._assessing.formula()
        with self._database.read() as connection:
            standing = levels.in_force(connection, as_of)
        held: Mapping[str | None, Decimal] = {}
        currency = "USD"
        batches = self._surveying.batches(as_of)
        if batches:
            book = self._surveying.book(batches[-1].id)
            held = {row.key: row.amount() for row in book.by_country(Basis.GUARANTOR)}
            currency = book.currency
        alerts = [one for one in self._alerts(as_of) if one.fires]
        rows, scores = [], {}
        for code in codes:
            now = scores[code] = self._assessing.score(code, known, rule)
            before = self._assessing.score(code, past, rule)
            moved = None if now.value is None or before.value is None else now.value - before.value
            own = [one for one in alerts if one.labels.get("country") == code]
            gravest = max((2 if one.severity and one.severity.value == "critical" else 1 for one in own), default=0)
            rows.append(
                Row(
                    code,
                    now,
                    moved,
                    findings.moves(indicators.plain(code, "fx", known.points)),
                    {concept: _latest(indicators.plain(code, concept, known.points)) for concept in CONCEPTS},
                    self._figures.told(code, known),
                    flags.of(code),
                    standing.get(code),
                    held.get(code, Decimal(0)) if held else None,
                    gravest,
                )
            )
        rows.sort(key=_weakest_first)
        book_known = batches[-1] if batches else None
        return Comparison(known.today, currency, tuple(rows), findings.compared(scores), flags, book_known)

    def flows(self, as_of: datetime | None = None) -> Flows:
        """Portfolio flows as officers imported them (by `as_of`)."""
        whole = self._several(FLOWS, as_of)
        total, equity, debt, china = (whole[id][0] for id in FLOWS)
        found = tuple(
            Flow(day, float(value), equity.at(day), debt.at(day), china.at(day))
            for day, value in zip(total.dates.tolist(), total.values.tolist(), strict=True)
        )
        with self._database.read() as connection:
            every = _made_by(entries.entries(connection, series_ids=FLOWS), as_of)
        return Flows(found, findings.flowing(found), every, _undecided(every, as_of))

    def home(self, as_of: datetime | None = None) -> Home:
        """The home side (as known at `as_of`)."""
        ids = (HOME_RATE, HOME_YIELD, US_YIELD, *HOME_SHARES)
        whole = self._several(ids, as_of)
        known = Known(
            as_of or self._clock(),
            self._flagging.now(as_of).today,
            {id: one[0] for id, one in whole.items()},
            {id: one[1] for id, one in whole.items()},
            table.read_or_own(self._workspace.calendar)[0],
        )
        rate = Curve(known.points[HOME_RATE], (HOME_RATE,))
        home, us = known.points[HOME_YIELD], known.points[US_YIELD]
        spread = indicators.difference(Curve(home, (HOME_YIELD,)), Curve(us, (US_YIELD,)))
        with self._database.read() as connection:
            waiting = _undecided(_made_by(entries.entries(connection, series_ids=ids), as_of), as_of)
        yields = self._figures.one("yield_home", HOME_YIELD, known), self._figures.one("yield_us", US_YIELD, known)
        others = tuple(self._figures.one(id.lower(), id, known) for id in HOME_SHARES)
        shown = self._figures.one("fx", HOME_RATE, known)
        return Home(
            shown,
            findings.moves(rate),
            indicators.volatility(rate),
            *yields,
            spread,
            others,
            findings.at_home(rate, spread),
            findings.at_hand([one.value is not None for one in (shown, *yields, *others)]),
            waiting,
        )

    # ------------------------------------------------------------------ parts

    def _alerts(self, as_of: datetime | None) -> tuple[Alert, ...]:
        return self._monitoring.alerts() if as_of is None else self._monitoring.alerts_at(as_of)

    def _several(self, ids: Iterable[str], as_of: datetime | None = None) -> dict[str, tuple[Points, str]]:
        found = {}
        with self._database.read() as connection:
            for id in ids:
                rows = observations.best(connection, SERIES[id], as_of=as_of)
                of = points(observations.in_catalogue_unit(connection, SERIES[id], rows))
                found[id] = (of, rows[-1].source if rows else "")
        return found


def _made_by(every: Iterable[Entry], as_of: datetime | None) -> tuple[Entry, ...]:
    return tuple(one for one in every if as_of is None or one.at <= as_of)


def _undecided(every: Iterable[Entry], as_of: datetime | None) -> tuple[Entry, ...]:
    """Those that wait for a second person (or waited then)."""
    return tuple(
        one
        for one in every
        if (one.checked_at is None and one.accepted is None)
        or (as_of is not None and one.checked_at is not None and one.checked_at > as_of)
    )


def _latest(curve: Curve) -> float | None:
    return float(curve.points.values[-1]) if len(curve.points) else None


def _weakest_first(row: Row) -> tuple[bool, Decimal, Decimal, str]:
    """The highest score first; without a score the one of which most is known."""
    score = row.score
    return score.value is None, -(score.value or Decimal(0)), -score.coverage, row.code
