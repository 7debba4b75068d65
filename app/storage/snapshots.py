"""Columnar snapshots beside the database: what each batch brought, so that any book opens as fast as any other.

A snapshot holds the versions of lines that begin in one batch and the numbers of those that end in it. Neither ever
changes, so a snapshot is written once, right after its import, and never taken back: supersede and undo add a status,
no line. A book is put together from the snapshots of its path; what a line says is read from disk once, however many
books it stands in. SQL stays the truth: it has the same bytes, packed, and a snapshot that is missing, damaged, of
another program or of another batch is made again from it. A database on a server has none.
"""

import logging
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, insert, select

from app.paths import SNAPSHOTS
from app.storage import columnar
from app.storage.columnar import Array, Column, Columns, Damaged
from app.storage.distinct import Distinct
from app.storage.tables.book import batch, batch_lines, line_end, line_version
from exposures.exposure import FIELDS
from exposures.held import FILE, Held
from exposures.labels import Labels
from exposures.lines import DTYPES, typed

log = logging.getLogger(__name__)
#: A third of the size in a tenth of a second for 100,000 lines; more effort packs little more.
_LEVEL = 1
#: What a snapshot holds; another list of fields makes another word, and older files are made again.
_SHAPE = blake2b(repr([(item.name, item.kind.value) for item in FIELDS]).encode(), digest_size=8).hexdigest()


def folder(connection: Connection) -> Path | None:
    """Where the snapshots of a database lie: beside its file; None where it has none."""
    url = connection.engine.url
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database).parent / SNAPSHOTS


@contextmanager
def stored(connection: Connection, number: int, lines: pd.DataFrame, texts: Distinct | None = None) -> Iterator[None]:
    """Store what the lines say that begin in a batch, in the unit of work that has just added their versions.

    It is packed while the block runs, and written at its end.
    """
    content = _packed(connection, number, _versions(connection, number, lines), lines, texts)
    with ThreadPoolExecutor(1) as beside:
        packing = beside.submit(zlib.compress, content, _LEVEL)  # without Python's lock
        yield
        connection.execute(insert(batch_lines).values(batch=number, content=packing.result()))


@dataclass(frozen=True)
class Made:
    """The snapshot of a batch as SQL has it: the bytes of its file, and the columns in them."""

    number: int
    content: bytes
    columns: Columns


def made(connection: Connection, number: int) -> Made:
    """The snapshot of a batch, read back from SQL."""
    return _from_sql(connection, number)


def keep(connection: Connection, number: int, known: Made | None = None) -> None:
    """Write the snapshot of a committed batch, as SQL has it; one that cannot be written is only told.

    `known` is what the unit of work that stored the batch has read back, where it has.
    """
    place = folder(connection)
    if place is not None:
        _write(place, number, (known or _from_sql(connection, number)).content)


def brought(connection: Connection, number: int) -> tuple[Array, pd.DataFrame]:
    """The versions of lines that begin in a batch, and what they say (columns of DTYPES)."""
    found = _snapshot(connection, number)
    versions = found.arrays["versions"]
    return versions, _frame(found, len(versions))


def book(connection: Connection, path: Sequence[int], known: Made | None = None) -> Held:
    """The lines of the book at the end of that path (newest batch first), as `exposures.lines.typed` holds them.

    `known` is one of its batches that was just read back.
    """
    parts = [
        known.columns if known is not None and known.number == number else _snapshot(connection, number)
        for number in reversed(path)
    ]
    ended = np.concatenate([part.arrays["ended"] for part in parts])
    alive = [~np.isin(part.arrays["versions"], ended) for part in parts]
    chosen = [
        (part, None if some.all() else np.flatnonzero(some), int(some.sum()))
        for part, some in zip(parts, alive, strict=True)
        if some.any()
    ]
    count = sum(lines for _, _, lines in chosen)

    def column(name: str) -> Any:
        found = _parts(name, chosen)
        return columnar.joined(name, found, count) if any(part is not None for part, _ in found) else None

    files = {row.id: row.file_name for row in connection.execute(select(batch.c.id, batch.c.file_name))}
    names = [files[number] for number, some in zip(reversed(path), alive, strict=True) if some.any()]

    def text(name: str) -> Labels:
        if name == FILE:
            return _repeated(names, [lines for _, _, lines in chosen])
        return columnar.labels(_parts(name, chosen), count)

    def whole(places: Array | None) -> pd.DataFrame:
        if places is not None and (np.diff(places) <= 0).any():  # parts are looked up in ascending order
            return whole(None).iloc[places]
        index = pd.RangeIndex(count) if places is None else pd.Index(places)
        data = {name: columnar.joined(name, _parts(name, chosen, places), len(index)) for name in DTYPES}
        return pd.DataFrame(data, index=index, copy=False)

    return Held(count, column, text, whole)


def _repeated(names: Sequence[str], counts: Sequence[int]) -> Labels:
    """Each name for so many lines."""
    values = tuple(sorted(set(names)))
    return Labels(np.repeat(np.array([values.index(name) for name in names], "int32"), counts), values)


def _snapshot(connection: Connection, number: int) -> Columns:
    """A batch's snapshot, from its file or made again."""
    place = folder(connection)
    if place is not None:
        try:
            found = columnar.read(_file(place, number))
            if found.head == _head(connection, number):
                return found
            log.info("the snapshot of batch %d is of another state and is made again", number)
        except FileNotFoundError:
            log.info("the snapshot of batch %d is missing and is made again", number)
        except Damaged as error:
            log.warning("the snapshot of batch %d is damaged and is made again: %s", number, error)
    again = _from_sql(connection, number)
    # What is not committed may still be rolled back, and its number given to another batch.
    if place is not None and not connection.get_execution_options().get("tidewatch_write", False):
        _write(place, number, again.content)
    return again.columns


def _from_sql(connection: Connection, number: int) -> Made:
    """A batch's snapshot as SQL has it; packed anew where the program that stored it knew other fields."""
    query = select(batch_lines.c.content).where(batch_lines.c.batch == number)
    stored = connection.scalars(query).one_or_none()
    if stored is None:
        content = _packed(connection, number, *_from_rows(connection, number))
        return Made(number, content, columnar.unpacked(memoryview(content)))
    content = zlib.decompress(stored)
    found = columnar.unpacked(memoryview(content))
    if found.head != _head(connection, number):
        versions = found.arrays["versions"]
        content = _packed(connection, number, versions, _frame(found, len(versions)))
        found = columnar.unpacked(memoryview(content))
    return Made(number, content, found)


def _from_rows(connection: Connection, number: int) -> tuple[Array, pd.DataFrame]:
    """The versions of a batch that was stored before revision 0018: each line is a row of all its fields."""
    query = select(line_version.c.id, *(line_version.c[name] for name in DTYPES))
    rows = connection.execute(query.where(line_version.c.first_batch == number).order_by(line_version.c.id)).all()
    versions, *columns = zip(*rows, strict=True) if rows else [()] * (len(DTYPES) + 1)
    data = {name: pd.Series(part, dtype=object) for name, part in zip(DTYPES, columns, strict=True)}
    return np.array(versions, "int64"), typed(pd.DataFrame(data))


def _frame(found: Columns, count: int) -> pd.DataFrame:
    data = {name: columnar.joined(name, [(found.columns.get(name), count)], count) for name in DTYPES}
    return pd.DataFrame(data, index=pd.RangeIndex(count), copy=False)


def _versions(connection: Connection, number: int, lines: pd.DataFrame) -> Array:
    """The number of the version that each of the lines has just become."""
    begun = line_version.c.first_batch == number
    query = select(func.min(line_version.c.id), func.max(line_version.c.id), func.count()).where(begun)
    first, last, count = connection.execute(query).one()
    if count != len(lines):
        raise ValueError(f"{count} versions for {len(lines)} lines")
    if not count or last - first + 1 == count:  # stored in the frame's order
        return np.arange(first or 0, (first or 0) + count, dtype="int64")
    stored = connection.execute(select(line_version.c.line_id, line_version.c.id).where(begun))
    numbers = {row.line_id: row.id for row in stored}
    return np.array([numbers[name] for name in lines["line_id"]], "int64")


def _packed(
    connection: Connection, number: int, versions: Array, frame: pd.DataFrame, texts: Distinct | None = None
) -> bytes:
    query = select(line_end.c.version).where(line_end.c.batch == number).order_by(line_end.c.version)
    ended = np.array(connection.scalars(query).all(), "int64")
    return columnar.packed(_head(connection, number), {"versions": versions, "ended": ended}, frame, texts)


def _head(connection: Connection, number: int) -> dict[str, Any]:
    """What tells a batch from any other of its number: all that is known of it, and the last line it brought."""
    known = connection.execute(select(batch).where(batch.c.id == number)).one()
    newest = select(line_version.c.id, line_version.c.content).where(line_version.c.first_batch == number)
    last = connection.execute(newest.order_by(line_version.c.id.desc()).limit(1)).first()
    said = repr([_SHAPE, *known, last and tuple(last)])
    return {"batch": number, "state": blake2b(said.encode(), digest_size=16).hexdigest()}


def _file(place: Path, number: int) -> Path:
    return place / f"{number}.columns"


def _write(place: Path, number: int, content: bytes) -> None:
    try:
        columnar.write(_file(place, number), content)
    except OSError as error:  # a full disk, a folder that may only be read: SQL has it all
        log.info("the snapshot of batch %d cannot be written: %s", number, error.strerror)


def _parts(
    name: str, chosen: Sequence[tuple[Columns, Array | None, int]], wanted: Array | None = None
) -> list[tuple[Column | None, int]]:
    """One column of a book: of each snapshot the lines that stand in it, one after the other; only some, in order."""
    found, begin = [], 0
    for part, places, lines in chosen:
        count, end = lines, begin + lines
        if wanted is not None:
            inside = wanted[np.searchsorted(wanted, begin) : np.searchsorted(wanted, end)] - begin
            places, count = inside if places is None else places[inside], len(inside)
        column = part.columns.get(name)
        found.append((None if column is None else column.taken(places), count))
        begin = end
    return found
