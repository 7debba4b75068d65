"""Setting country limits and saying which are in force."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from app.events import BookChanged, Events
from app.refusals import Misused
from app.storage import audit, limits
from app.storage.database import Database
from app.storage.limits import StoredLimit
from exposures import countries, currencies
from exposures.limits import CountryLimit


class Limiting:
    """Limits are added, never changed; the newest of a country counts."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime], user: str) -> None:
        self._database = database
        self._events = events
        self._clock = clock
        self._user = user

    def set(self, country: str, amount: Decimal, currency: str) -> CountryLimit:
        """Set a country's limit, guarantor basis, drawn + undrawn; the country by code, English or Chinese name.

        Raises Misused limits.unknown_country, limits.unknown_currency, limits.bad_amount (negative, not a number,
        finer than the currency's minor unit, or beyond what is kept).
        """
        code = countries.resolve(country)
        if code is None:
            raise Misused("limits.unknown_country", country=country, suggestion=countries.suggest(country))
        money, _ = currencies.resolve(currency)
        if money is None:
            raise Misused("limits.unknown_currency", currency=currency)
        minor = amount.scaleb(currencies.minor_units(money)) if amount.is_finite() else amount
        if not amount.is_finite() or amount < 0 or minor != minor.to_integral_value() or minor >= 2**63:
            raise Misused("limits.bad_amount", amount=str(amount), currency=money)
        limit = CountryLimit(code, currencies.from_minor(int(minor), money), money)
        now = self._clock()
        with self._database.write() as connection:
            before = next((item for item in limits.in_force(connection) if item.limit.country == code), None)
            limits.add(connection, limit, self._user, now)
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="limits.set",
                subject=f"limit {code}",
                before=None if before is None else _plain(before.limit),
                after=_plain(limit),
            )
        self._events.publish(BookChanged())
        return limit

    def in_force(self) -> tuple[StoredLimit, ...]:
        """The limits that count now, by country."""
        with self._database.read() as connection:
            return limits.in_force(connection)


def _plain(limit: CountryLimit) -> dict[str, object]:
    return {"amount": limit.amount, "currency": limit.currency, "basis": limit.basis.value}
