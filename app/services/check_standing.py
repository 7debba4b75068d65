"""Flags, limits and reserves of the day of a daily check, brought up to what is known at its cut-off."""

from collections.abc import Iterable
from datetime import date

from alerts.monitor import Phase
from alerts.rule import Rule
from alerts.standing import Standing
from app.paths import Workspace
from app.services import review_inputs
from app.services.check_known import Known
from app.services.stressing import reserve_settings
from app.storage.books import Batch
from exposures.book import Book
from exposures.calendar import BankCalendar
from exposures.country_risk import CountryRisks, country_risks
from exposures.flags import CountryFlag, CountryReading, FiringAlert, LimitStanding, live_causes, update_flags
from exposures.limits import LimitUse, Scope
from exposures.stress import bases
from exposures.tide import update_tide


def flags(
    workspace: Workspace,
    known: Known,
    standings: Iterable[tuple[Rule, Standing]],
    used: Iterable[LimitUse],
    batch: Batch | None,
    readings: Iterable[CountryReading],
    today: date,
    days: BankCalendar,
) -> tuple[CountryFlag, ...]:
    """The flagged countries of the day: those of the lists as last made, brought up to what is known now."""
    firing = [_firing(rule, standing) for rule, standing in standings if _fires(standing)]
    standing_limits = [
        _standing(use, batch)
        for use in used
        if batch is not None and use.scope is Scope.COUNTRY and use.use.limit is not None
    ]
    markets = review_inputs.em_set(workspace, str(known.settings["home"]))
    tide = update_tide(known.tide, firing, today, days)
    causes = live_causes(markets, markets.policy, firing, standing_limits, readings, tide, today)
    return update_flags(known.flags, causes, today, days)


def _fires(standing: Standing) -> bool:
    return standing.state.severity is not None and standing.state.calm in (Phase.FIRING, Phase.RECOVERING)


def _firing(rule: Rule, standing: Standing) -> FiringAlert:
    state = standing.state
    assert state.severity is not None
    assert state.date is not None
    band = rule.band(state.severity)
    return FiringAlert(
        rule.id,
        rule.family,
        state.severity.value,
        rule.metric,
        state.value,
        None if band is None else band.threshold,
        rule.unit,
        state.date,
        rule.id,
        standing.labels,
    )


def _standing(use: LimitUse, batch: Batch) -> LimitStanding:
    assert use.limit is not None
    assert use.use.limit is not None
    basis, source = use.limit.basis.value, f"v{batch.id}"
    return LimitStanding(
        "country", use.country, use.use.limit, use.use.used, use.use.pending, basis, batch.reporting_date, source
    )


def risks(book: Book, known: Known) -> CountryRisks:
    """Reserves and shares of capital by what the bank has set; its settings and levels have no history of their own."""
    return country_risks(
        bases(book), known.levels, reserve_settings(known.bank), str(known.settings["home"]), book.currency
    )
