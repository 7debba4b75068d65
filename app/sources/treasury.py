"""The Treasury's daily statement (Fiscal Data): the account's balance through its three regimes, and its flows.

Until 2021-09-30 the account is called "Federal Reserve Account", until 2022-04-15 "Treasury General Account (TGA)";
since then its opening and closing balance are rows of their own, and the closing one stands in `open_today_bal`.
Everything is text, what is missing the text "null"; amounts are millions of dollars.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from app.liquidity.treasury_flows import Direction, TreasuryFlow
from app.refusals import Refused
from app.sources.source import (
    TREASURY_FLOWS,
    Answered,
    FlowsTable,
    Request,
    Source,
    Span,
    batch_of,
    day_of,
    field_of,
    json_of,
    put_once,
    value_of,
)

ID = "treasury"
_PATH = "services/api/fiscal_service/v1/accounting/dts/"
_BALANCE, _FLOWS = "operating_cash_balance", "deposits_withdrawals_operating_cash"
_FIRST = date(2005, 10, 3)
#: One answer holds so many rows; the spans are made so that none has more.
_PAGE = 10_000
_BALANCE_YEARS, _FLOW_DAYS = 5, 91
#: Categories are fetched for so long back on the first time; `refresh --since` fetches more.
_FLOW_HISTORY = timedelta(days=3 * 366)
_DAY = timedelta(days=1)
#: What closes the account's day, by the name of the row: the fields to look into, in this order.
_CLOSING = {
    "federal reserve account": ("close_today_bal",),
    "treasury general account (tga)": ("close_today_bal",),
    "treasury general account (tga) closing balance": ("open_today_bal", "close_today_bal"),
}
_TOTALS = {
    "total tga deposits (table ii)": "TGA_DEPOSITS",
    "total tga withdrawals (table ii) (-)": "TGA_WITHDRAWALS",
}
_ACCOUNTS = frozenset({"federal reserve account", "treasury general account (tga)", "treasury general account"})
_DIRECTIONS = {"deposits": Direction.DEPOSIT, "withdrawals": Direction.WITHDRAWAL}


def requests(span: Span) -> tuple[Request, ...]:
    """The balance and the categories, in spans whose answers are whole."""
    return (*_balances(span), *_categories(span))


def _balances(span: Span) -> tuple[Request, ...]:
    fields = "record_date,account_type,close_today_bal,open_today_bal"
    since = span.start("TGA_CLOSE")
    if since is not None:
        return (_request("balance", _BALANCE, fields, since, span.until, since),)
    found, begin = [], date(span.until.year - span.until.year % _BALANCE_YEARS, 1, 1)
    end = span.until
    while end >= _FIRST:
        resource = "balance" if end == span.until else f"balance {begin.year}"
        found.append(_request(resource, _BALANCE, fields, max(begin, _FIRST), end, None))
        begin, end = date(begin.year - _BALANCE_YEARS, 1, 1), begin - _DAY
    return tuple(found)


def _categories(span: Span) -> tuple[Request, ...]:
    fields = "record_date,account_type,transaction_type,transaction_catg,transaction_catg_desc,transaction_today_amt"
    known = span.newest.get(TREASURY_FLOWS)
    since = span.since or (None if known is None else (known - timedelta(days=7)).replace(day=1))
    begin = max(since or (span.until - _FLOW_HISTORY).replace(day=1), _FIRST)
    if since is not None and (span.until - begin).days <= _FLOW_DAYS:
        return (_request("categories", _FLOWS, fields, begin, span.until, since),)
    found = []
    while begin <= span.until:
        end = min(begin + timedelta(days=_FLOW_DAYS) - _DAY, span.until)
        resource = "categories" if end == span.until else f"categories {begin}"
        found.append(_request(resource, _FLOWS, fields, begin, end, since))
        begin = end + _DAY
    return tuple(found)


def _request(resource: str, table: str, fields: str, begin: date, end: date, since: date | None) -> Request:
    return Request(
        resource,
        f"{_PATH}{table}",
        {
            "fields": fields,
            "filter": f"record_date:gte:{begin},record_date:lte:{end}",
            "sort": "record_date",
            "page[number]": "1",
            "page[size]": str(_PAGE),
            "format": "json",
        },
        since=since,
    )


def recognises(body: bytes) -> bool:
    """Whether a file is an answer about the daily statement."""
    start = body[:4000]
    return start[:64].lstrip().startswith(b"{") and b'"data"' in start and b'"record_date"' in start


def parse(body: bytes, name: str) -> tuple[Answered, ...]:
    """The balance with the day's deposits and withdrawals, or these by category; Refused on any other shape."""
    answer = json_of(body, name)
    if isinstance(answer, dict) and "error" in answer:
        raise Refused("source.said", name=name, detail=str(answer.get("message") or answer["error"]))
    rows = field_of(answer, "data", name)
    if not isinstance(rows, list):
        raise Refused("source.column", name=name, column="data[]", found=type(rows).__name__)
    if not rows:
        return ()
    total = value_of(field_of(field_of(answer, "meta", name), "total-count", name), name, 0)
    if total is not None and total > len(rows):
        raise Refused("source.incomplete", name=name, rows=len(rows), total=int(total))
    if "transaction_catg" in rows[0]:
        return _flows(rows, name)
    return _balance(rows, name)


def _balance(rows: list[Any], name: str) -> tuple[Answered, ...]:
    values: dict[str, dict[date, float]] = defaultdict(dict)
    accounts: dict[date, set[str]] = defaultdict(set)
    for line, row in enumerate(rows, 1):
        day = day_of(field_of(row, "record_date", name), name, line)
        account = str(field_of(row, "account_type", name)).strip()
        accounts[day].add(account)
        cells = {key: field_of(row, key, name) for key in ("close_today_bal", "open_today_bal")}
        if (fields := _CLOSING.get(account.lower())) is not None:
            told = [value_of(cells[key], name, line) for key in fields]
            put_once(values["TGA_CLOSE"], day, next((v for v in told if v is not None), None), name, line)
        elif (id := _TOTALS.get(account.lower())) is not None:
            put_once(values[id], day, value_of(cells["open_today_bal"], name, line), name, line)
    for day, found in sorted(accounts.items()):
        if day not in values["TGA_CLOSE"]:
            raise Refused("source.account", name=name, day=day, found=", ".join(sorted(found))[:200])
    return tuple(batch_of(id, ID, told, "USD millions") for id, told in values.items() if told)


def _flows(rows: list[Any], name: str) -> tuple[Answered, ...]:
    amounts: dict[tuple[date, Direction, str], int] = {}
    lines: set[tuple[date, Direction, str, int]] = set()
    accounts: set[str] = set()
    for line, row in enumerate(rows, 1):
        account = str(field_of(row, "account_type", name)).strip()
        accounts.add(account)
        category = _category(row, name)
        if account.lower() not in _ACCOUNTS or category is None:
            continue
        day = day_of(field_of(row, "record_date", name), name, line)
        told = str(field_of(row, "transaction_type", name)).strip()
        direction = _DIRECTIONS.get(told.lower())
        if direction is None:
            raise Refused("source.unknown_series", name=name, found=told)
        value = value_of(field_of(row, "transaction_today_amt", name), name, line)
        if value is None:
            continue
        if value != int(value):
            raise Refused("source.number", name=name, line=line, cell=str(value))
        amount = int(value)
        if amount and (day, direction, category, amount) in lines:
            raise Refused("source.twice", name=name, line=line, day=day)
        lines.add((day, direction, category, amount))
        amounts[day, direction, category] = amounts.get((day, direction, category), 0) + amount
    if not amounts:
        raise Refused("source.account", name=name, day=None, found=", ".join(sorted(accounts))[:200])
    return (FlowsTable(ID, tuple(TreasuryFlow(*key, amount) for key, amount in amounts.items())),)


def _category(row: Any, name: str) -> str | None:
    """The category as the statement names it; None for its totals, and for rows without one."""
    parts = [str(field_of(row, "transaction_catg", name)), str(row.get("transaction_catg_desc") or "null")]
    said = [part.strip() for part in parts if part.strip().lower() not in ("null", "")]
    if not said or said[0].lower().startswith(("total", "sub-total", "subtotal")):
        return None
    return ": ".join(dict.fromkeys(said))


SOURCE = Source(
    ID,
    "https://api.fiscaldata.treasury.gov/",
    requests,
    recognises,
    parse,
    attribution="Source: U.S. Department of the Treasury, Bureau of the Fiscal Service, Fiscal Data.",
)
