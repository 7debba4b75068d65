"""A book before it has a number: what it would change, and storing it whole."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection, insert, select

from app.storage import books, evidence, snapshots
from app.storage.books import Brought
from app.storage.content import MARK, content_hashes
from app.storage.distinct import Distinct
from app.storage.tables.book import batch, line_end, line_version, rate
from exposures.issues import Issue
from exposures.lines import typed
from exposures.rates import Rate


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
    texts = Distinct(lines)
    against = _against(connection, base, lines, texts)
    values |= {"new_versions": int(against.fresh.sum()), "ended_versions": len(against.ended)}
    number: int = connection.execute(insert(batch).values(values)).inserted_primary_key[0]  # type: ignore[index]

    whole = bool(against.fresh.all())
    new = lines if whole else lines[against.fresh]
    fresh: dict[str, list[Any]] = {
        "line_id": new["line_id"].tolist(),
        "content": against.contents[against.fresh].tolist(),
        "first_batch": [number] * len(new),
    }
    books.store_columns(connection, line_version, fresh)
    books.store_rows(connection, line_end, [{"version": version, "batch": number} for version in against.ended])
    books.store_rows(connection, rate, [_rate_row(number, item) for item in draft.rates])
    with snapshots.stored(connection, number, new, texts if whole else None):
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
    against = _against(connection, base, typed(draft.lines))
    fresh, changed = int(against.fresh.sum()), int((against.fresh & against.known).sum())
    return base, fresh - changed, changed, len(against.ended) - changed


@dataclass(frozen=True)
class _Against:
    """Lines against those of their base: which say something new, which of them were there, and what ends."""

    contents: npt.NDArray[np.object_]
    fresh: npt.NDArray[np.bool_]
    known: npt.NDArray[np.bool_]
    ended: list[int]


def _against(connection: Connection, base: int | None, lines: pd.DataFrame, texts: Distinct | None = None) -> _Against:
    contents = np.array(content_hashes(lines, texts), dtype=object)
    if base is None:
        count = len(lines)
        return _Against(contents, np.ones(count, dtype=bool), np.zeros(count, dtype=bool), [])
    held = _held(connection, base)
    places = pd.Index(held["line_id"]).get_indexer(pd.Index(lines["line_id"].to_numpy(dtype=object)))
    known = places >= 0
    same = known & np.asarray(held["content"][places] == contents, dtype=bool) if len(held["line_id"]) else known
    stays = np.zeros(len(held["line_id"]), dtype=bool)
    stays[places[same]] = True
    return _Against(contents, ~same, known, held["version"][~stays].tolist())


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


def _held(connection: Connection, base: int) -> dict[str, npt.NDArray[np.object_]]:
    """Number, version and content of every line of a book."""
    columns = (line_version.c.line_id, line_version.c.id, line_version.c.content)
    rows = connection.execute(books.in_book(select(*columns), books.path(connection, base))).all()
    data = zip(*rows, strict=True) if rows else ((), (), ())
    held = {
        name: np.array(part, dtype=object) for name, part in zip(("line_id", "version", "content"), data, strict=True)
    }
    if any(not content.startswith(MARK) for content in held["content"]):  # of an earlier program's hash
        lines = books.lines(connection, base)
        now = dict(zip(lines["line_id"].tolist(), content_hashes(lines), strict=True))
        held["content"] = np.array([now[line] for line in held["line_id"]], dtype=object)
    return held


def _rate_row(number: int, item: Rate) -> dict[str, Any]:
    return {"batch": number, "currency": item.currency, "per_usd": format(item.per_usd, "f"), "on": item.on}
