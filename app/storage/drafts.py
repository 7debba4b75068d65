"""A book before it has a number: what it would change, and storing it whole."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, insert, select

from app.storage import books, evidence
from app.storage.books import Brought
from app.storage.tables.book import batch, line_end, line_version, rate
from exposures.exposure import FIELDS, LATER_FIELDS, SOURCE_COLUMNS
from exposures.issues import Issue
from exposures.lines import typed
from exposures.rates import Rate

_NAMES = tuple(item.name for item in FIELDS)


@dataclass(frozen=True, kw_only=True)
class Draft(Brought):
    """Everything a new batch holds before it has a number; `reconciliation` is the file's side of it."""

    not_counted: int
    lines: pd.DataFrame
    quarantined: pd.DataFrame
    issues: tuple[Issue, ...] = ()
    rates: tuple[Rate, ...] = ()
    supersedes: int | None = None
    reason: str | None = None
    waits: bool = False  # for a second person: nothing becomes visible or is superseded yet


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

    is_new = np.array(changed, dtype=bool)
    fresh: dict[str, list[Any]] = {name: _plain(lines[is_new], name) for name in (*_NAMES, *SOURCE_COLUMNS)}
    fresh["content"] = [content for content, new in zip(contents, changed, strict=True) if new]
    fresh["first_batch"] = [number] * len(fresh["content"])
    books.store_columns(connection, line_version, fresh)
    books.store_rows(connection, line_end, [{"version": version, "batch": number} for version in ended])
    books.store_rows(connection, rate, [_rate_row(number, item) for item in draft.rates])
    evidence.keep_issues(connection, number, draft.issues)
    evidence.keep_quarantined(connection, number, draft.quarantined)
    if draft.waits:
        books.set_status(connection, number, books.Status.WAITING, draft.at, draft.user, draft.reason)
        return number
    if draft.supersedes is not None:
        books.set_status(connection, draft.supersedes, books.Status.SUPERSEDED, draft.at, draft.user, draft.reason)
    books.set_status(connection, number, books.Status.COMMITTED, draft.at, draft.user, draft.reason)
    return number


def compare(connection: Connection, draft: Draft) -> tuple[int | None, int, int, int]:
    """The base a draft would have, and against it how many lines are new, changed and gone; stores nothing."""
    base = _base(connection, draft)
    held = {line: content for line, (_, content) in _held(connection, base).items()}
    lines = typed(draft.lines)
    given = dict(zip(lines["line_id"].tolist(), content_hashes(lines), strict=True))
    changed = sum(line in held and held[line] != content for line, content in given.items())
    return base, len(given.keys() - held.keys()), changed, len(held.keys() - given.keys())


def content_hashes(frame: pd.DataFrame) -> list[str]:
    """A hash of every field of each line; where it stood in its file does not count.

    A later field counts only where it says something, so that a line stored before it was known is still the same.
    """
    columns = [_written(_plain(frame, name)) for name in _NAMES if name not in LATER_FIELDS]
    for name in sorted(LATER_FIELDS):
        if frame[name].notna().any():
            texts = _written(_plain(frame, name))
            columns[-1] = [
                last if text == "None" else f"{last}\x1e{name}={text}"
                for last, text in zip(columns[-1], texts, strict=True)
            ]
    rows = zip(*columns, strict=True)
    return [blake2b("\x1f".join(row).encode(), digest_size=16).hexdigest() for row in rows]


def _written(values: list[Any]) -> list[str]:
    """`repr` of each, most of which are the same few in one column."""
    known = {value: repr(value) for value in set(values)}
    return [known[value] for value in values]


_DRAFT_COLUMNS = (
    *("reporting_date", "file_name", "sha256", "rates_sha256", "mapping_name", "mapping_text", "fingerprint", "sheet"),
    *("user", "at", "rows_read", "not_counted", "supersedes", "reason"),
)


def _base(connection: Connection, draft: Draft) -> int | None:
    """What it supersedes; else the visible book nearest before the date, or where there is none, nearest after."""
    if draft.supersedes is not None:
        return draft.supersedes
    known = books.visible(connection)
    earlier = [item for item in known if item.reporting_date <= draft.reporting_date]
    nearest = earlier[-1:] or known[:1]
    return nearest[0].id if nearest else None


def _held(connection: Connection, base: int | None) -> dict[str, tuple[int, str]]:
    if base is None:
        return {}
    query = books.in_book(
        select(line_version.c.line_id, line_version.c.id, line_version.c.content), books.path(connection, base)
    )
    return {line: (version, content) for line, version, content in connection.execute(query)}


def _plain(frame: pd.DataFrame, name: str) -> list[Any]:
    """A typed column as Python values the database takes; missing is None."""
    column = frame[name]
    if column.isna().all():
        return [None] * len(column)
    if column.dtype.kind == "M":
        return column.to_numpy().astype("datetime64[D]").astype(object).tolist()  # type: ignore[no-any-return]
    return column.astype(object).where(column.notna(), None).tolist()  # type: ignore[no-any-return]


def _rate_row(number: int, item: Rate) -> dict[str, Any]:
    return {"batch": number, "currency": item.currency, "per_usd": format(item.per_usd, "f"), "on": item.on}
