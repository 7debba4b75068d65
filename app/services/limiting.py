"""Setting limits of every scope, granting temporary excesses, and saying which are in force."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from app.events import BookChanged, Events
from app.refusals import Misused, Refused
from app.storage import audit, limits
from app.storage.database import Database
from app.storage.limits import StoredExcess, StoredLimit
from exposures import countries, currencies
from exposures.book import Basis, Measure
from exposures.exposure import SECTORS
from exposures.limits import Limit, Scope


class Limiting:
    """Limits are added, never changed; the newest of a subject counts. An excess needs a second person."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime], user: str) -> None:
        self._database = database
        self._events = events
        self._clock = clock
        self._user = user

    def set(
        self,
        key: str,
        amount: Decimal,
        currency: str,
        scope: Scope = Scope.COUNTRY,
        *,
        within: str = "",
        basis: Basis = Basis.GUARANTOR,
        measure: Measure = Measure.DRAWN_UNDRAWN,
        valid_from: date | None = None,
        valid_to: date | None = None,
        owner: str = "",
    ) -> Limit:
        """Set the limit of a country (by code, English or Chinese name), group, counterparty, sector, product … .

        Raises Misused limits.unknown_country, limits.unknown_sector, limits.bad_tenor, limits.no_key,
        limits.unknown_currency, limits.bad_amount (negative, not a number, finer than the currency's minor unit, or
        beyond what is kept), limits.bad_dates.
        """
        money, minor = _money(amount, currency)
        if valid_from is not None and valid_to is not None and valid_to < valid_from:
            raise Misused("limits.bad_dates", first=valid_from, last=valid_to)
        limit = Limit(
            key_of(scope, key),
            currencies.from_minor(minor, money),
            money,
            basis,
            measure,
            scope,
            _country(within) if within else "",
            valid_from,
            valid_to,
            owner.strip(),
        )
        now = self._clock()
        with self._database.write() as connection:
            before = standing_limit(limits.in_force(connection), limit)
            limits.add(connection, limit, self._user, now)
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="limits.set",
                subject=audited(limit),
                before=None if before is None else plain(before),
                after=plain(limit),
            )
        self._events.publish(BookChanged())
        return limit

    def withdraw(self, key: str, scope: Scope = Scope.COUNTRY, *, within: str = "", reason: str) -> Limit:
        """Take a limit away: from now on there is none. Refused "limits.no_limit", Misused "limits.no_reason"."""
        if not reason.strip():
            raise Misused("limits.no_reason")
        now = self._clock()
        with self._database.write() as connection:
            before = self._known(limits.in_force(connection), scope, key, within)
            limits.add(connection, before, self._user, now, withdrawn=True)
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="limits.withdraw",
                subject=audited(before),
                before=plain(before),
                reason=reason.strip(),
            )
        self._events.publish(BookChanged())
        return before

    def ask_excess(
        self, key: str, amount: Decimal, until: date, reason: str, scope: Scope = Scope.COUNTRY, *, within: str = ""
    ) -> StoredExcess:
        """Ask for a temporary excess over a limit, in the limit's currency; it counts once somebody else approves it.

        Refused "limits.no_limit", Misused "limits.bad_amount", "limits.no_reason", "limits.excess_past".
        """
        now = self._clock()
        if not reason.strip():
            raise Misused("limits.no_reason")
        if until < now.date():
            raise Misused("limits.excess_past", date=until)
        with self._database.write() as connection:
            limit = self._known(limits.in_force(connection), scope, key, within)
            money, minor = _money(amount, limit.currency)
            if not minor:
                raise Misused("limits.bad_amount", amount=str(amount), currency=money)
            asked = limits.ask_excess(
                connection,
                limit.subject,
                currencies.from_minor(minor, money),
                money,
                until,
                reason.strip(),
                self._user,
                now,
            )
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="limits.ask_excess",
                subject=audited(limit),
                after={"excess": asked.id, "amount": asked.amount, "currency": money, "until": until},
                reason=asked.reason,
            )
        self._events.publish(BookChanged())
        return asked

    def decide_excess(self, number: int, *, approved: bool, comment: str = "") -> StoredExcess:
        """Approve or decline what somebody else asked for.

        Refused "limits.excess_unknown", "limits.excess_decided", "persons.same_person".
        """
        now = self._clock()
        with self._database.write() as connection:
            decided = limits.decide_excess(connection, number, approved, self._user, now, comment.strip())
            scope, key, within = decided.subject
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="limits.approve_excess" if approved else "limits.decline_excess",
                subject=audited(Limit(key, decided.amount, decided.currency, scope=scope, within=within)),
                before={"excess": number, "asked_by": decided.user},
                after={"amount": decided.amount, "currency": decided.currency, "until": decided.until},
                reason=comment.strip() or None,
            )
        self._events.publish(BookChanged())
        return decided

    def in_force(self) -> tuple[StoredLimit, ...]:
        """The limits that count now, or will from a later day, by scope and key."""
        with self._database.read() as connection:
            return limits.in_force(connection)

    def excesses(self) -> tuple[StoredExcess, ...]:
        """Every temporary excess ever asked for, newest first."""
        with self._database.read() as connection:
            return limits.excesses(connection)

    @staticmethod
    def _known(stored: tuple[StoredLimit, ...], scope: Scope, key: str, within: str) -> Limit:
        subject = (scope, key_of(scope, key), _country(within) if within else "")
        found = [item.limit for item in stored if item.limit.subject == subject]
        if not found:
            raise Refused("limits.no_limit", scope=scope.value, key=subject[1], within=subject[2])
        return found[-1]


def key_of(scope: Scope, key: str) -> str:
    """The key as it is stored; Misused as `Limiting.set`."""
    text = key.strip()
    if not text:
        raise Misused("limits.no_key", scope=scope.value)
    match scope:
        case Scope.COUNTRY:
            return _country(text)
        case Scope.SECTOR:
            if text not in SECTORS:
                raise Misused("limits.unknown_sector", sector=text, known=SECTORS)
        case Scope.TENOR:
            try:
                years = Decimal(text)
            except InvalidOperation:
                years = Decimal(-1)
            if not years.is_finite() or not 0 < years <= 100:
                raise Misused("limits.bad_tenor", tenor=text)
            return format(years.normalize(), "f")
    return text


def standing_limit(stored: tuple[StoredLimit, ...], limit: Limit) -> Limit | None:
    """The limit of the same subject that was set last."""
    found = [item.limit for item in stored if item.limit.subject == limit.subject]
    return found[-1] if found else None


def audited(limit: Limit) -> str:
    """What the audit trail calls a limit."""
    place = f" in {limit.within}" if limit.within else ""
    return f"limit {limit.key}" if limit.scope is Scope.COUNTRY else f"limit {limit.scope.value} {limit.key}{place}"


def plain(limit: Limit) -> dict[str, object]:
    """A limit for the audit trail."""
    said: dict[str, object] = {"amount": limit.amount, "currency": limit.currency, "basis": limit.basis.value}
    told = {"valid_from": limit.valid_from, "valid_to": limit.valid_to, "owner": limit.owner, "source": limit.source}
    return said | {name: value for name, value in told.items() if value}


def _money(amount: Decimal, currency: str) -> tuple[str, int]:
    money, _ = currencies.resolve(currency)
    if money is None:
        raise Misused("limits.unknown_currency", currency=currency)
    minor = amount.scaleb(currencies.minor_units(money)) if amount.is_finite() else amount
    if not amount.is_finite() or amount < 0 or minor != minor.to_integral_value() or minor >= 2**63:
        raise Misused("limits.bad_amount", amount=str(amount), currency=money)
    return money, int(minor)


def _country(text: str) -> str:
    code = countries.resolve(text)
    if code is None:
        raise Misused("limits.unknown_country", country=text, suggestion=countries.suggest(text))
    return code
