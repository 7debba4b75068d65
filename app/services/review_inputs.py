"""What the review lists are made from, read once: the book, limits, firing alerts and the bank's settings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

import holidays
from babel.core import get_global

from alerts.alert import Alert
from alerts.monitor import Phase
from app.paths import Workspace
from app.refusals import Refused
from app.services.assessing import Assessing
from app.services.monitoring import Monitoring
from app.services.surveying import Surveying
from app.settings import BANK_SETTINGS, REVIEW_SETTINGS
from app.storage import books, levels, limits, supplied
from app.storage import settings as stored_settings
from app.storage.books import Batch
from app.storage.database import Database
from app.storage.histories import Histories
from exposures.book import Book
from exposures.calendar import BankCalendar
from exposures.class_rules import ClassRules
from exposures.flags import CountryReading, EmSet, FiringAlert, LimitStanding, parse_em_set
from exposures.limit_scopes import all_uses
from exposures.limits import Limit, Scope
from exposures.lines import counterparty_keys
from exposures.reviews.item import Priority
from exposures.reviews.marks import MARKS
from exposures.reviews.review_list import AGENCY_GRADES, ReviewBook, ReviewSettings
from exposures.reviews.told_by_book import with_book
from exposures.supplied import NOTHING_SUPPLIED, Supplied

#: A book counts as the one of 12 months ago if it is no further from that day [choice].
_NEAR = timedelta(days=31)
#: Whose limits the lists ask about.
_REVIEWED = (Scope.COUNTRY, Scope.GROUP, Scope.COUNTERPARTY)


@dataclass(frozen=True)
class Inputs:
    """Everything one making of the lists reads; `year_ago` is None where no such book is stored."""

    book: ReviewBook
    alerts: tuple[FiringAlert, ...]
    limits: tuple[LimitStanding, ...]
    settings: ReviewSettings
    policy_list: tuple[str, ...]
    readings: tuple[CountryReading, ...]
    year_ago: ReviewBook | None = None
    supplied: Supplied = NOTHING_SUPPLIED


def read(
    database: Database,
    surveying: Surveying,
    monitoring: Monitoring,
    workspace: Workspace,
    today: date,
    clock: Callable[[], datetime],
) -> Inputs:
    """Read it all; Refused "reviews.no_book" where no book is stored."""
    with database.read() as connection:
        batches = books.visible(connection)
        standing = [stored.limit for stored in limits.in_force(connection)]
        values = stored_settings.read(connection, "reviews", REVIEW_SETTINGS)
        bank = stored_settings.read(connection, "bank", BANK_SETTINGS)
        given = supplied.in_force(connection)
        approved = {code: level.level for code, level in levels.in_force(connection, clock()).items()}
    if not batches:
        raise Refused("reviews.no_book")
    batch = batches[-1]
    book = surveying.book(batch.id)
    prior = surveying.book(batches[-2].id) if len(batches) > 1 else None
    markets = em_set(workspace, values["home"])
    settings = ReviewSettings(
        em_set=markets,
        calendar=calendar(values, today),
        minimum_amount=Decimal(values["minimum_amount"]),
        due_days={Priority(name): int(days) for name, days in values["due_days"].items()},
        rating_scale=tuple((grade, agency) for grade, agency in values["rating_scale"])
        if values["rating_scale"]
        else tuple((grade, grade) for grade in AGENCY_GRADES),
        owners=values["owners"],
        local_currencies=local_currencies(),
        prior_ratings={} if prior is None else _ratings(prior),
        reduce_to_limit=Decimal(values["reduce_to_limit"]),
        reduce_to_exposure=Decimal(values["reduce_to_exposure"]),
        funding_cap=Decimal(values["funding_cap"]),
        currency_tolerance=_decimal(values["currency_tolerance"]),
        exempt_lending=frozenset(values["exempt_lending"]),
        approval_tiers=tuple(sorted(Decimal(most) for most in values["approval_tiers"] or ())),
        tenor_limit=_decimal(values["tenor_limit"]),
        tier_1=_decimal(values["tier_1"]),
        derivative_add_on=_decimal(values["derivative_add_on"]),
        notionals={key: Decimal(amount) for key, amount in values["notionals"].items()},
        settlements_ahead={key: Decimal(amount) for key, amount in values["settlements_ahead"].items()},
        net_capital=_decimal(bank["net_capital"]),
        income={key: Decimal(amount) for key, amount in values["income"].items()},
        income_hurdle=_decimal(values["income_hurdle"]),
        loss_between=Decimal(values["loss_between"]),
        failure_share=Decimal(values["failure_share"]),
        lgd=_decimal(values["lgd"]),
        holds=values["holds"],
        marks=marks(values),
        class_rules=class_rules(bank, approved),
    )
    settings = with_book(settings, book, today)
    used = limit_standings(book, standing, batch.id)
    firing = firing_alerts(monitoring)
    reviewed = ReviewBook(book, f"v{batch.id}", batch.file_name)
    readings = Assessing(database, Histories(), workspace, clock).country_readings()
    year_ago = _year_ago(surveying, batches, book.reporting_date)
    return Inputs(reviewed, firing, used, settings, markets.policy, readings, year_ago, given)


def _year_ago(surveying: Surveying, batches: Sequence[Batch], reported: date) -> ReviewBook | None:
    """The stored book nearest to 12 months before `reported`."""
    # 29 February has no day a year before; 28 February stands for it.
    day = reported.replace(year=reported.year - 1, day=min(reported.day, 28 if reported.month == 2 else 31))
    near = [batch for batch in batches if abs(batch.reporting_date - day) <= _NEAR]
    if not near:
        return None
    best = min(near, key=lambda batch: (abs(batch.reporting_date - day), -batch.id))
    return ReviewBook(surveying.book(best.id), f"v{best.id}", best.file_name)


def class_rules(bank: Mapping[str, Any], approved: Mapping[str, str]) -> ClassRules:
    """What the bank set about classes, with the approved level of country risk of every country that has one."""
    late = {key: Decimal(share) for key, share in bank["late_across_banks"].items()}
    return ClassRules(bank["minimum_classes"], approved if bank["minimum_classes"] else {}, late)


def marks(values: Mapping[str, Any]) -> dict[str, Decimal]:
    """The marks of the lists that the bank set, of the settings of the reviews."""
    return {name: Decimal(mark) for name, mark in values["marks"].items()}


def mark(values: Mapping[str, Any], name: str) -> Decimal:
    """One of them, as set or as shipped."""
    return marks(values).get(name, MARKS[name].shipped)


def answer_days(values: Mapping[str, Any], list_id: str, today: date) -> tuple[date | None, date]:
    """By when a notice of L6 that goes out today is acknowledged (None: a client's), and by when one is replied to."""
    days = calendar({name: values[name] for name in ("holidays", "make_up_days")}, today)
    reply = days.add(today, int(mark(values, "l6.reply_days")))
    return (days.add(today, int(mark(values, "l6.acknowledge_days"))) if list_id == "L6" else None), reply


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def limit_standings(book: Book, standing: Sequence[Limit], batch: int) -> tuple[LimitStanding, ...]:
    """The use of every limit of a country, group or counterparty that can be computed."""
    return tuple(
        LimitStanding(
            use.scope.value,
            use.key,
            use.use.limit,
            use.use.used,
            use.use.pending,
            use.limit.basis.value,
            book.reporting_date,
            f"v{batch}",
            book.currency,
            use.limit.measure.value,
        )
        for use in all_uses(book, standing)
        if use.limit is not None and use.use.limit is not None and use.scope in _REVIEWED and not use.within
    )


def firing_alerts(monitoring: Monitoring, as_of: datetime | None = None) -> tuple[FiringAlert, ...]:
    """The alerts that fire now, or by what was known at `as_of`, as flags and the tide read them."""
    alerts = monitoring.alerts() if as_of is None else monitoring.alerts_at(as_of)
    return tuple(_firing(alert) for alert in alerts if alert.phase in (Phase.FIRING, Phase.RECOVERING))


def _firing(alert: Alert) -> FiringAlert:
    return FiringAlert(
        alert.rule.id,
        alert.rule.family,
        "warning" if alert.severity is None else alert.severity.value,
        alert.rule.metric,
        alert.value,
        alert.threshold,
        alert.unit,
        alert.observed or alert.since,
        alert.id,
        alert.labels,
    )


def em_set(workspace: Workspace, home: str) -> EmSet:
    """The emerging markets and the policy list: the bank's own file in the workspace, or as shipped.

    Refused "country.bad_set" where the bank's file cannot be used.
    """
    own = workspace.em_set
    text = own.read_text("utf-8") if own.exists() else files("exposures").joinpath("em_set.toml").read_text("utf-8")
    try:
        return parse_em_set(text, home)
    except KeyError as error:
        raise Refused("country.bad_set", file=own.name, detail=str(error.args[0])) from None
    except (ValueError, TypeError) as error:
        raise Refused("country.bad_set", file=own.name, detail=str(error)) from None


def calendar(values: dict[str, list[str]], today: date) -> BankCalendar:
    """The bank's days around `today`: the Chinese public holidays and make-up days, corrected by the settings."""
    china = holidays.country_holidays("CN", years=range(today.year - 1, today.year + 3))
    shut = {date.fromisoformat(day) for day in values["holidays"]}
    open_days = {date.fromisoformat(day) for day in values["make_up_days"]}
    working = frozenset(china.weekend_workdays) - shut | open_days
    return BankCalendar(frozenset(china) | shut, working)


def local_currencies() -> dict[str, frozenset[str]]:
    """Every country's own tender today, by CLDR."""
    territories = get_global("territory_currencies")
    return {
        country: frozenset(code for code, _start, end, tender in rows if end is None and tender)
        for country, rows in territories.items()
    }


def _ratings(book: Book) -> dict[str, str]:
    """Each subject's grade in the book before (of several, the last line's)."""
    rated = book.claims[book.claims["rating"].notna().to_numpy()]
    return dict(zip(counterparty_keys(rated).astype(str), rated["rating"].astype(str), strict=True))
