"""Books in the store: batches are added whole, made visible by one status row, and never changed afterwards."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, func, insert, select

from app.storage.tables.book import (
    batch,
    batch_status,
    import_issue,
    line_end,
    line_version,
    quarantined_row,
    rate,
    reconciliation,
)
from exposures.currencies import from_minor
from exposures.exposure import FIELDS, SOURCE_COLUMNS
from exposures.issues import Issue, Rule, Severity
from exposures.lines import typed
from exposures.rates import Rate

_NAMES = tuple(item.name for item in FIELDS)


class Status(StrEnum):
    """What became of a batch."""

    COMMITTED = "committed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Draft:
    """Everything a new batch holds before it has a number; `reconciliation` is the file's side of it."""

    reporting_date: date
    file_name: str
    sha256: str
    rates_sha256: str
    mapping_name: str
    mapping_text: str
    fingerprint: str
    sheet: str
    tolerance: Decimal
    user: str
    at: datetime
    rows_read: int
    not_counted: int
    lines: pd.DataFrame
    quarantined: pd.DataFrame
    issues: tuple[Issue, ...] = ()
    rates: tuple[Rate, ...] = ()
    supersedes: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One money field in one currency and country: the file's sum against the store's, in units of the currency."""

    field: str
    currency: str | None
    country: str | None
    rows: int
    in_file: Decimal
    stored: Decimal
    quarantined: Decimal
    unreadable: int = 0

    @property
    def difference(self) -> Decimal:
        """What is neither stored nor set aside: roundings to the minor unit, and rows that are no lines."""
        return self.in_file - self.stored - self.quarantined


@dataclass(frozen=True, slots=True)
class Batch:
    """One stored import."""

    id: int
    reporting_date: date
    file_name: str
    sha256: str
    rates_sha256: str
    mapping_name: str
    mapping_text: str
    fingerprint: str
    sheet: str
    tolerance: Decimal
    user: str
    at: datetime
    rows_read: int
    imported: int
    quarantined: int
    not_counted: int
    new_versions: int
    ended_versions: int
    base_batch: int | None
    supersedes: int | None
    reason: str | None
    status: Status

    @property
    def visible(self) -> bool:
        """Whether it is the book of its date."""
        return self.status is Status.COMMITTED


def batches(connection: Connection, as_of: datetime | None = None) -> list[Batch]:
    """Every batch ever stored with what became of it, newest first; with `as_of` as things stood then."""
    newest = select(func.max(batch_status.c.id)).group_by(batch_status.c.batch)
    if as_of is not None:
        newest = newest.where(batch_status.c.at <= as_of)
    query = (
        select(batch, batch_status.c.status)
        .join(batch_status, batch_status.c.batch == batch.c.id)
        .where(batch_status.c.id.in_(newest))
        .order_by(batch.c.id.desc())
    )
    return [_batch(dict(row._mapping)) for row in connection.execute(query)]


def visible(connection: Connection, as_of: datetime | None = None) -> list[Batch]:
    """The batch of every reporting date that has one, oldest date first; with `as_of` as things stood then."""
    known = (item for item in batches(connection, as_of) if item.visible)
    return sorted(known, key=lambda item: item.reporting_date)


def add(connection: Connection, draft: Draft) -> int:
    """Store a batch and make it visible, in the caller's unit of work; returns its number.

    Only lines that are new or changed against the base are written; the batch it supersedes stops being visible.
    """
    base = _base(connection, draft)
    values = {name: getattr(draft, name) for name in _DRAFT_COLUMNS} | {
        "tolerance": format(draft.tolerance, "f"),
        "imported": len(draft.lines),
        "quarantined": len(draft.quarantined),
        "base_batch": base,
    }
    lines = typed(draft.lines)
    contents = content_hashes(lines)
    held = _held(connection, base)
    ids = lines["line_id"].tolist()
    changed = [held.get(line, (0, ""))[1] != content for line, content in zip(ids, contents, strict=True)]
    given = dict(zip(ids, contents, strict=True))
    ended = [version for line, (version, content) in held.items() if given.get(line) != content]
    values |= {"new_versions": sum(changed), "ended_versions": len(ended)}
    number: int = connection.execute(insert(batch).values(values)).inserted_primary_key[0]  # type: ignore[index]

    fresh = _records(lines[np.array(changed, dtype=bool)])
    for row, content in zip(fresh, (c for c, new in zip(contents, changed, strict=True) if new), strict=True):
        row |= {"first_batch": number, "content": content}
    _insert(connection, line_version, fresh)
    _insert(connection, line_end, [{"version": version, "batch": number} for version in ended])
    _insert(connection, rate, [_rate_row(number, item) for item in draft.rates])
    _insert(connection, import_issue, [_issue_row(number, place, item) for place, item in enumerate(draft.issues)])
    _insert(connection, quarantined_row, _quarantined(number, draft.quarantined))
    if draft.supersedes is not None:
        set_status(connection, draft.supersedes, Status.SUPERSEDED, draft.at, draft.user, draft.reason)
    set_status(connection, number, Status.COMMITTED, draft.at, draft.user, draft.reason)
    return number


def compare(connection: Connection, draft: Draft) -> tuple[int | None, int, int, int]:
    """The base a draft would have, and against it how many lines are new, changed and gone; stores nothing."""
    base = _base(connection, draft)
    held = {line: content for line, (_, content) in _held(connection, base).items()}
    lines = typed(draft.lines)
    given = dict(zip(lines["line_id"].tolist(), content_hashes(lines), strict=True))
    changed = sum(line in held and held[line] != content for line, content in given.items())
    return base, len(given.keys() - held.keys()), changed, len(held.keys() - given.keys())


def set_status(
    connection: Connection, number: int, status: Status, at: datetime, user: str, reason: str | None
) -> None:
    """Say what became of a batch; the row is added, no earlier one changes."""
    connection.execute(insert(batch_status).values(batch=number, status=status.value, at=at, user=user, reason=reason))


def keep_reconciliation(connection: Connection, number: int, found: Iterable[Reconciled]) -> None:
    """Store the reconciliation of a batch that this unit of work has just added, before anybody can see it."""
    rows = [
        {name: _decimal_text(value) for name, value in asdict(item).items()} | {"batch": number, "place": place}
        for place, item in enumerate(found)
    ]
    _insert(connection, reconciliation, rows)


def reconciliation_of(connection: Connection, number: int) -> tuple[Reconciled, ...]:
    """The reconciliation of a batch, in the order in which it was made."""
    query = select(reconciliation).where(reconciliation.c.batch == number).order_by(reconciliation.c.place)
    return tuple(
        Reconciled(
            row.field,
            row.currency,
            row.country,
            row.rows,
            Decimal(row.in_file),
            Decimal(row.stored),
            Decimal(row.quarantined),
            row.unreadable,
        )
        for row in connection.execute(query)
    )


def lines(connection: Connection, number: int) -> pd.DataFrame:
    """The lines of a book in the types of `exposures.book.DTYPES`; the index counts from 0."""
    columns = [line_version.c[name] for name in (*_NAMES, *SOURCE_COLUMNS)]
    query = _in_book(select(*columns), path(connection, number)).order_by(line_version.c.id)
    rows = connection.execute(query).all()
    data = zip(*rows, strict=True) if rows else [()] * len(columns)
    names = (*_NAMES, *SOURCE_COLUMNS)
    return typed(pd.DataFrame({name: pd.Series(part, dtype=object) for name, part in zip(names, data, strict=True)}))


def stored_sums(connection: Connection, number: int, name: str) -> dict[tuple[str | None, str | None], Decimal]:
    """What the store holds of one money field, by (currency, country), added up by the database in minor units."""
    currency, country, amount = line_version.c.currency, line_version.c.country, line_version.c[name]
    query = select(currency, country, func.sum(amount)).group_by(currency, country)
    found = connection.execute(_in_book(query, path(connection, number)))
    return {(code, place): from_minor(int(total or 0), code or "") for code, place, total in found}


def rates(connection: Connection, number: int) -> tuple[Rate, ...]:
    """The rates that came with a batch, by currency and date."""
    query = select(rate).where(rate.c.batch == number).order_by(rate.c.currency, rate.c.on)
    return tuple(Rate(row.currency, Decimal(row.per_usd), row.on) for row in connection.execute(query))


def issues(connection: Connection, number: int) -> tuple[Issue, ...]:
    """Everything the import found, in its order."""
    query = select(import_issue).where(import_issue.c.batch == number).order_by(import_issue.c.place)
    names = ("sheet", "cell", "rule", "severity", "value", "field", "suggestion", "values")
    found = connection.execute(query.with_only_columns(*(import_issue.c[name] for name in names)))
    return tuple(
        Issue(sheet, cell, Rule(rule), Severity(severity), value, named, suggestion, json.loads(values))
        for sheet, cell, rule, severity, value, named, suggestion, values in found
    )


def path(connection: Connection, number: int) -> tuple[int, ...]:
    """The batch, its base, and so on back to the first."""
    bases: dict[int, int | None] = {row.id: row.base_batch for row in connection.execute(select(batch))}
    found = [number]
    while (base := bases[found[-1]]) is not None:
        found.append(base)
    return tuple(found)


def content_hashes(frame: pd.DataFrame) -> list[str]:
    """A hash of every field of each line; where it stood in its file does not count."""
    columns = [[repr(value) for value in _plain(frame, name)] for name in _NAMES]
    rows = zip(*columns, strict=True)
    return [blake2b("\x1f".join(row).encode(), digest_size=16).hexdigest() for row in rows]


_DRAFT_COLUMNS = (
    *("reporting_date", "file_name", "sha256", "rates_sha256", "mapping_name", "mapping_text", "fingerprint", "sheet"),
    *("user", "at", "rows_read", "not_counted", "supersedes", "reason"),
)


def _base(connection: Connection, draft: Draft) -> int | None:
    """What it supersedes; else the visible book nearest before the date, or where there is none, nearest after."""
    if draft.supersedes is not None:
        return draft.supersedes
    known = visible(connection)
    earlier = [item for item in known if item.reporting_date <= draft.reporting_date]
    nearest = earlier[-1:] or known[:1]
    return nearest[0].id if nearest else None


def _held(connection: Connection, base: int | None) -> dict[str, tuple[int, str]]:
    if base is None:
        return {}
    query = _in_book(select(line_version.c.line_id, line_version.c.id, line_version.c.content), path(connection, base))
    return {line: (version, content) for line, version, content in connection.execute(query)}


def _in_book(query: Select[Any], batches_of_path: tuple[int, ...]) -> Select[Any]:
    ended = select(line_end.c.version).where(
        line_end.c.version == line_version.c.id, line_end.c.batch.in_(batches_of_path)
    )
    return query.where(line_version.c.first_batch.in_(batches_of_path), ~ended.exists())


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _plain(frame: pd.DataFrame, name: str) -> list[Any]:
    """A typed column as Python values the database takes; missing is None."""
    column = frame[name]
    if column.dtype.kind == "M":
        return column.to_numpy().astype("datetime64[D]").astype(object).tolist()  # type: ignore[no-any-return]
    return column.astype(object).where(column.notna(), None).tolist()  # type: ignore[no-any-return]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    names = (*_NAMES, *SOURCE_COLUMNS)
    columns = [_plain(frame, name) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _rate_row(number: int, item: Rate) -> dict[str, Any]:
    return {"batch": number, "currency": item.currency, "per_usd": format(item.per_usd, "f"), "on": item.on}


def _issue_row(number: int, place: int, item: Issue) -> dict[str, Any]:
    return {
        "batch": number,
        "place": place,
        "sheet": item.sheet,
        "cell": item.cell,
        "rule": item.rule.value,
        "severity": item.severity.value,
        "value": item.value,
        "field": item.field,
        "suggestion": item.suggestion,
        "values": json.dumps(dict(item.values), ensure_ascii=False, default=str),
    }


def _quarantined(number: int, rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "batch": number,
            "place": place,
            "sheet": row["source_sheet"],
            "row": int(row["source_row"]),
            "rules": json.dumps([str(rule) for rule in row["rules"]]),
            "cells": json.dumps(row["cells"], ensure_ascii=False, default=str),
        }
        for place, row in enumerate(rows.to_dict("records"))
    ]


def _batch(row: dict[str, Any]) -> Batch:
    status, tolerance = row.pop("status"), row.pop("tolerance")
    return Batch(**row, status=Status(status), tolerance=Decimal(tolerance))


def _decimal_text(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else value
