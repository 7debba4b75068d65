"""What an import found: the file's sums against the store's, the issues, and the rows that were set aside."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from app.storage import books
from app.storage.snapshots import Made
from app.storage.tables.book import import_issue, quarantined_row, reconciliation
from exposures.currencies import from_minor
from exposures.issues import Issue, Rule, Severity
from exposures.labels import sums

#: One for all: `json.dumps` would make another for every issue.
_JSON = json.JSONEncoder(ensure_ascii=False, default=str)
#: What stands between two mappings of a list, and perhaps within a text.
_BETWEEN = "}, {"


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


def keep_reconciliation(connection: Connection, number: int, found: Iterable[Reconciled]) -> None:
    """Store the reconciliation of a batch that this unit of work has just added, before anybody can see it."""
    rows = [
        {name: _decimal_text(value) for name, value in asdict(item).items()} | {"batch": number, "place": place}
        for place, item in enumerate(found)
    ]
    books.store_rows(connection, reconciliation, rows)


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


def stored_sums(
    connection: Connection, number: int, names: Collection[str], known: Made | None = None
) -> dict[str, dict[tuple[str | None, str | None], Decimal]]:
    """What the store holds of money fields, by (currency, country), read back and added up in minor units.

    `known` is the book's newest batch, read back already.
    """
    held = books.held(connection, number, known)
    labels = [held.labels("currency"), held.labels("country")]
    amounts = np.stack([held.amounts(name) for name in names], axis=1)
    found = list(sums(labels, amounts, np.arange(len(held))))
    return {
        name: {(code, country): from_minor(added[at], code or "") for (code, country), added, _ in found}
        for at, name in enumerate(names)
    }


def keep_issues(connection: Connection, number: int, found: Sequence[Issue]) -> None:
    """Store what the import of a batch found, in its order."""
    columns = {
        "batch": [number] * len(found),
        "place": range(len(found)),
        "sheet": [item.sheet for item in found],
        "cell": [item.cell for item in found],
        "rule": [str(item.rule) for item in found],
        "severity": [str(item.severity) for item in found],
        "value": [item.value for item in found],
        "field": [item.field for item in found],
        "suggestion": [item.suggestion for item in found],
        "values": _texts([item.values for item in found]),
    }
    books.store_columns(connection, import_issue, columns)


def _texts(found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each as JSON. Written in one go, three times as fast; one by one where it cannot be told where each ends."""
    texts = _JSON.encode([dict(values) for values in found])[1:-1].split(_BETWEEN)
    if len(texts) != len(found):
        return [_JSON.encode(dict(values)) for values in found]
    ends = len(texts) - 1
    return [("{" if at else "") + text + ("}" if at < ends else "") for at, text in enumerate(texts)]


def issues(connection: Connection, number: int) -> tuple[Issue, ...]:
    """Everything the import found, in its order."""
    query = select(import_issue).where(import_issue.c.batch == number).order_by(import_issue.c.place)
    names = ("sheet", "cell", "rule", "severity", "value", "field", "suggestion", "values")
    found = connection.execute(query.with_only_columns(*(import_issue.c[name] for name in names)))
    return tuple(
        Issue(sheet, cell, Rule(rule), Severity(severity), value, named, suggestion, json.loads(values))
        for sheet, cell, rule, severity, value, named, suggestion, values in found
    )


def keep_quarantined(connection: Connection, number: int, rows: pd.DataFrame) -> None:
    """Store the rows that were set aside: columns source_sheet, source_row, rules and cells."""
    books.store_rows(connection, quarantined_row, _quarantined(number, rows))


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


def _decimal_text(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else value
