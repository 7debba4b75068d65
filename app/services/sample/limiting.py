"""The sample's limits beyond those of countries, and two temporary excesses: one in force, one that waits."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from app.storage import limits
from app.storage.database import Database
from exposures.book import Basis
from exposures.limits import Limit, Scope

#: Who sets limits and asks for excesses, and who approves them.
MAKER, CHECKER = "陈立", "王敏"
#: Scope, whom (a counterparty by its name), limit in USD millions, country that it is a part of, day of review.
LIMITS: tuple[tuple[Scope, str, str, str, date | None], ...] = (
    (Scope.GROUP, "Anadolu", "500", "", date(2022, 12, 31)),
    (Scope.GROUP, "Ege", "200", "", date(2022, 12, 31)),
    (Scope.GROUP, "Pampa", "120", "", date(2022, 4, 30)),  # its review is late
    (Scope.COUNTERPARTY, "Marmara Bankası", "310", "", date(2022, 9, 30)),
    (Scope.COUNTERPARTY, "Anadolu Enerji A.Ş.", "520", "", date(2022, 12, 31)),  # above its group's
    (Scope.SECTOR, "bank", "900", "TR", None),
    (Scope.PRODUCT, "trade_finance", "2600", "", None),
    (Scope.TENOR, "5", "3000", "", None),
)
#: Scope, whom, excess in USD millions, last day, why, and whether it was approved.
EXCESSES: tuple[tuple[Scope, str, str, date, str, bool], ...] = (
    (Scope.GROUP, "Ege", "25", date(2022, 5, 31), "Letters of credit run off by the end of May", True),
    (Scope.COUNTERPARTY, "Marmara Bankası", "20", date(2022, 6, 15), "Refinancing falls due on 28 May", False),
)


def enter(database: Database, counterparties: Mapping[str, int], now: datetime) -> None:
    """Set and ask for it all, once; `counterparties` are the sample's numbers by name."""
    with database.write() as connection:
        if any(stored.limit.scope is not Scope.COUNTRY for stored in limits.in_force(connection)):
            return
        for scope, whom, amount, within, until in LIMITS:
            key = _key(scope, whom, counterparties)
            limit = Limit(
                key, Decimal(amount) * 10**6, "USD", Basis.IMMEDIATE, scope=scope, within=within, valid_to=until,
                owner=MAKER,
            )  # fmt: skip
            limits.add(connection, limit, MAKER, now)
        for scope, whom, amount, last, why, approved in EXCESSES:
            subject = (scope, _key(scope, whom, counterparties), "")
            asked = limits.ask_excess(connection, subject, Decimal(amount) * 10**6, "USD", last, why, MAKER, now)
            if approved:
                limits.decide_excess(connection, asked.id, True, CHECKER, now + timedelta(minutes=20), "")


def _key(scope: Scope, whom: str, counterparties: Mapping[str, int]) -> str:
    return f"C{counterparties[whom]}" if scope is Scope.COUNTERPARTY else whom
