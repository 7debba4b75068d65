"""A country's or region's page, the comparison of all of them, portfolio flows, and the home side."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from app.countries import change, findings, indicators
from app.countries.findings import Flow
from app.countries.indicators import Curve
from app.countries.score import Status
from app.paths import Workspace
from app.refusals import Misused
from app.series import releases
from app.series.catalogue import SERIES
from app.series.points import Points, points
from app.services.assessing import Assessing, Known
from app.services.flagging import Flagging
from app.services.metering import FX
from app.services.monitoring import Monitoring
from app.services.profiles import Comparison, Country, Flows, Home, Indicator, Row
from app.services.staking import stake
from app.services.surveying import Surveying
from app.storage import entries, levels, observations
from app.storage.database import Database
from app.storage.entries import OFFICER, Entry
from app.timetable import table
from exposures import countries
from exposures.book import Basis

#: The figures of a country's page, in its order, beside the exchange rate.
CONCEPTS = (
    "reserves",
    "import_cover",
    "short_debt",
    "policy_rate",
    "cpi",
    "external_debt",
    "current_account",
    "spread",
    "premium",
    "gdp",
    "foreign_claims",
)
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
        waiting = tuple(
            one
            for one in entered
            if one.at <= known.instant and (one.checked_at is None or one.checked_at > known.instant)
        )
        alerts = self._monitoring.alerts() if as_of is None else self._monitoring.alerts_at(as_of)
        flag, at_stake = flags.of(code), stake(self._surveying, code, as_of)
        found = tuple(
            self._indicator(concept, code, known) for concept in CONCEPTS if indicators.series_of(code, concept)
        )
        return Country(
            code,
            known.today,
            known.instant,
            code in flags.em_set,
            code in flags.em_set.policy,
            code == flags.em_set.home,
            self._indicator("fx", code, known),
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

    def comparison(self) -> Comparison:
        """Every country or region side by side, the highest score first, those without one last."""
        flags = self._flagging.now()
        codes = self.countries()
        known = self._assessing.known(None, codes)
        past = self._assessing.month_before(known, codes)
        rule = self._assessing.formula()
        with self._database.read() as connection:
            standing = levels.in_force(connection)
        held: Mapping[str | None, Decimal] = {}
        currency = "USD"
        if self._surveying.batches():
            book = self._surveying.book()
            held = {row.key: row.amount() for row in book.by_country(Basis.GUARANTOR)}
            currency = book.currency
        alerts = [one for one in self._monitoring.alerts() if one.fires]
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
                    flags.of(code),
                    standing.get(code),
                    held.get(code, Decimal(0)) if held else None,
                    gravest,
                )
            )
        rows.sort(
            key=lambda row: (row.score.value is None, -(row.score.value or Decimal(0)), -row.score.coverage, row.code)
        )
        return Comparison(known.today, currency, tuple(rows), findings.compared(scores), flags)

    def flows(self) -> Flows:
        """Portfolio flows as officers imported them."""
        whole = self._several(FLOWS)
        total, equity, debt, china = (whole[id][0] for id in FLOWS)
        found = tuple(
            Flow(day, float(value), equity.at(day), debt.at(day), china.at(day))
            for day, value in zip(total.dates.tolist(), total.values.tolist(), strict=True)
        )
        with self._database.read() as connection:
            every = entries.entries(connection, series_ids=FLOWS)
        waiting = tuple(one for one in every if one.accepted is None)
        return Flows(found, findings.flowing(found), every, waiting)

    def home(self) -> Home:
        """The home side."""
        ids = (HOME_RATE, HOME_YIELD, US_YIELD, *HOME_SHARES)
        whole = self._several(ids)
        known = Known(
            self._clock(),
            self._flagging.now().today,
            {id: one[0] for id, one in whole.items()},
            {id: one[1] for id, one in whole.items()},
            table.read_or_own(self._workspace.calendar)[0],
        )
        rate = Curve(known.points[HOME_RATE], (HOME_RATE,))
        home, us = known.points[HOME_YIELD], known.points[US_YIELD]
        spread = indicators.difference(Curve(home, (HOME_YIELD,)), Curve(us, (US_YIELD,)))
        with self._database.read() as connection:
            waiting = entries.entries(connection, series_ids=ids, waiting=True)
        yields = self._one("yield_home", HOME_YIELD, known), self._one("yield_us", US_YIELD, known)
        others = tuple(self._one(id.lower(), id, known) for id in HOME_SHARES)
        shown = self._one("fx", HOME_RATE, known)
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

    def _several(self, ids: Iterable[str]) -> dict[str, tuple[Points, str]]:
        found = {}
        with self._database.read() as connection:
            for id in ids:
                rows = observations.best(connection, SERIES[id])
                of = points(observations.in_catalogue_unit(connection, SERIES[id], rows))
                found[id] = (of, rows[-1].source if rows else "")
        return found

    def _indicator(self, concept: str, country: str, known: Known) -> Indicator:
        """The first series of the concept that has data; its first where none has."""
        ids = indicators.series_of(country, concept)
        id = next((one for one in ids if one in known.points), ids[0] if ids else "")
        return self._one(concept, id, known)

    def _one(self, concept: str, id: str, known: Known) -> Indicator:
        none = points(())
        if not id:
            return Indicator(
                concept, "", "", None, None, None, None, None, None, 0, Status.MISSING, "", None, None, none
            )
        series = SERIES[id]
        of = known.points.get(id, none)
        place = Curve(of).at(known.today)
        if place is None:
            return Indicator(
                concept, id, series.unit, None, None, None, None, None, series.max_age, 0, Status.MISSING, "", None,
                series.absence, none,
            )  # fmt: skip
        day = of.dates[place].item()
        age = (known.today - day).days
        missed = releases.missed(series.release, day, known.instant, known.overrides)
        old = series.max_age is not None and age > series.max_age
        status = Status.TOO_OLD if old else Status.PROVISIONAL if missed else Status.FRESH
        value = float(of.values[place])
        return Indicator(
            concept,
            id,
            series.unit,
            value,
            day,
            round(value - float(of.values[place - 1]), 6) if place else None,
            of.dates[place - 1].item() if place else None,
            age,
            series.max_age,
            missed,
            status,
            known.sources.get(id, ""),
            self._entry(id, day) if known.sources.get(id) == OFFICER else None,
            series.absence,
            of,
        )

    def _entry(self, id: str, day: date) -> Entry | None:
        with self._database.read() as connection:
            found = entries.entries(connection, series_ids=[id])
        return next((one for one in found if one.accepted and one.draft.date == day), None)


def _latest(curve: Curve) -> float | None:
    return float(curve.points.values[-1]) if len(curve.points) else None


def _weakest_first(row: Row) -> tuple[bool, Decimal, Decimal, str]:
    """The highest score first; without a score the one of which most is known."""
    score = row.score
    return score.value is None, -(score.value or Decimal(0)), -score.coverage, row.code
