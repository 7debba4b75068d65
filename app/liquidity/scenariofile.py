"""A scenario as TOML text, for files and for the store: only what differs from the defaults has to be written."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import tomli_w

from app.liquidity.caps import Into
from app.liquidity.scenario import AmpleUnit, Override, Scenario, Split, check
from app.refusals import Misused


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError
    return Decimal(value)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


#: Where each field stands in the file (table, key), how it is read, and what is expected there.
_FIELDS: tuple[tuple[str, str, str, Callable[[Any], Any], str], ...] = (
    ("name", "", "name", _text, "text"),
    ("treasury_cap", "caps", "treasury", _number, "number"),
    ("agency_cap", "caps", "agency", _number, "number"),
    ("bills_fill", "caps", "bills_fill", _truth, "true or false"),
    ("excess_into", "caps", "agency_excess_into", Into, "mbs, treasuries or bills"),
    ("purchases", "caps", "purchases", _number, "number"),
    ("pay_down", "maturities", "agency_pay_down_percent", _number, "number"),
    ("coupons_due", "maturities", "coupons_due_percent", _number, "number"),
    ("bill_months", "maturities", "bill_months", _whole, "whole number"),
    ("on_rrp_floor", "floors", "on_rrp", _number, "number"),
    ("tga_floor", "floors", "treasury_account", _number, "number"),
    ("ample", "ample", "value", _number, "number"),
    ("ample_unit", "ample", "unit", AmpleUnit, "usd_billions, percent_of_gdp or percent_of_bank_assets"),
    ("notes", "monthly_change", "notes", _number, "number"),
    ("foreign_rrp", "monthly_change", "foreign_rrp", _number, "number"),
    ("other_liabilities", "monthly_change", "other_liabilities", _number, "number"),
    ("other_assets", "monthly_change", "other_assets", _number, "number"),
    ("growth", "ample", "growth_percent_a_year", _number, "number"),
)
_SHARES = (("reserves", "reserves"), ("on_rrp", "on_rrp"), ("tga", "treasury_account"))
_MONTHLY = (("treasury_cap", "treasury"), ("agency_cap", "agency"), ("purchases", "purchases"))
_TABLES = frozenset({table for _, table, *_ in _FIELDS if table} | {"funding", "month"})


def read(text: str) -> Scenario:
    """The scenario of a file's text.

    Misused "scenario.not_toml" (reason), "scenario.unknown_key" (key), "scenario.bad_value" (key, expected), and what
    `scenario.check` refuses.
    """
    try:
        found = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Misused("scenario.not_toml", reason=str(error)) from None
    known = {(table, key) for _, table, key, *_ in _FIELDS}
    for name, value in found.items():
        if name not in _TABLES and ("", name) not in known:
            raise Misused("scenario.unknown_key", key=name)
        if name in _TABLES and not isinstance(value, dict):
            raise Misused("scenario.bad_value", key=name, expected="table")
    for table in _TABLES - {"funding", "month"}:
        for key in found.get(table, {}):
            if (table, key) not in known:
                raise Misused("scenario.unknown_key", key=f"{table}.{key}")
    given: dict[str, Any] = {}
    for name, table, key, reader, expected in _FIELDS:
        place = found.get(table, {}) if table else found
        if key in place:
            given[name] = _value(place[key], f"{table}.{key}".lstrip("."), reader, expected)
    if "funding" in found:
        given["split"] = _split(found["funding"], "funding")
    given["months"] = {_month(key): _override(key, row) for key, row in found.get("month", {}).items()}
    return check(replace(Scenario(), **given))


def write(scenario: Scenario) -> str:
    """The scenario as text that `read` takes; what is as published or as measured is left out."""
    whole: dict[str, Any] = {}
    for name, table, key, _reader, _expected in _FIELDS:
        value = getattr(scenario, name)
        if value is not None and value != "":
            (whole.setdefault(table, {}) if table else whole)[key] = _plain(value)
    whole["funding"] = {key: _plain(getattr(scenario.split, name)) for name, key in _SHARES}
    for month, other in sorted(scenario.months.items()):
        row: dict[str, Any] = {
            key: _plain(value) for name, key in _MONTHLY if (value := getattr(other, name)) is not None
        }
        if other.split is not None:
            row["funding"] = {key: _plain(getattr(other.split, name)) for name, key in _SHARES}
        whole.setdefault("month", {})[f"{month:%Y-%m}"] = row
    return tomli_w.dumps(whole)


def _value(value: Any, key: str, reader: Callable[[Any], Any], expected: str) -> Any:
    try:
        return reader(value)
    except ValueError:
        raise Misused("scenario.bad_value", key=key, expected=expected) from None


def _split(row: Mapping[str, Any], key: str) -> Split:
    if not isinstance(row, dict):
        raise Misused("scenario.bad_value", key=key, expected="table")
    if stray := set(row) - {name for _, name in _SHARES}:
        raise Misused("scenario.unknown_key", key=f"{key}.{min(stray)}")
    # A channel that is not written pays nothing.
    return Split(*(_value(row.get(name, 0), f"{key}.{name}", _number, "number") for _, name in _SHARES))


def _month(key: str) -> date:
    try:
        return date.fromisoformat(f"{key}-01")
    except ValueError:
        raise Misused("scenario.bad_value", key=f"month.{key}", expected="a month such as 2026-08") from None


def _override(month: str, row: Any) -> Override:
    if not isinstance(row, dict):
        raise Misused("scenario.bad_value", key=f"month.{month}", expected="table")
    if stray := set(row) - {key for _, key in _MONTHLY} - {"funding"}:
        raise Misused("scenario.unknown_key", key=f"month.{month}.{min(stray)}")
    amounts = {
        name: _value(row[key], f"month.{month}.{key}", _number, "number") for name, key in _MONTHLY if key in row
    }
    split = _split(row["funding"], f"month.{month}.funding") if "funding" in row else None
    return Override(**amounts, split=split)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    return str(value) if isinstance(value, Into | AmpleUnit) else value
