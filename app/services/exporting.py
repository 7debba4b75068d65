"""Everything the workspace holds, for other programs: each table as CSV, all of them in one workbook, the settings."""

import csv
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.jobs import Job
from app.paths import Workspace
from app.refusals import Refused
from app.services.backing_up import settings_files
from app.spreadsheets.plain_tables import PlainTable, write_tables
from app.storage import attachments, books, contents, facts
from app.storage.attachments import Altered, Attachment
from app.storage.database import Database
from exposures.currencies import from_minor
from exposures.exposure import MONEY_FIELDS

WORKBOOK = "tidewatch.xlsx"
#: What stands in no export: files have a folder of their own, "line_version" tells what "batch_lines" holds, and nobody
#: needs the hash of a password.
_BLANK = {"attachment_content": ("content",), "batch_lines": ("content",), "password": ("hash",)}
#: What no system lets stand in a file's name.
_BAD = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
#: Columns that hold minor units of the currency in the row's column "currency"; they leave in major units.
_MINOR = {"line_version": MONEY_FIELDS, "limit_version": ("amount",), "limit_excess": ("amount",)}


@dataclass(frozen=True)
class Exported:
    """Where everything lies, rows by table, and the sheets in which a text lost characters Excel cannot hold."""

    folder: Path
    rows: dict[str, int]
    notes: tuple[str, ...]


class Exporting:
    """Reads only; everything written is of one state of the data."""

    def __init__(self, database: Database, workspace: Workspace, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._workspace = workspace
        self._clock = clock

    def export_all(self, folder: Path, job: Job | None = None) -> Exported:
        """Write everything into a new or empty folder, whole or not at all.

        attachments/ holds the attached files; hashes of passwords are left out.
        csv/TABLE.csv is UTF-8 with a header row; amounts stand in major units of the row's currency, instants in UTC.
        Refused export.folder_taken, export.cannot_write.
        """
        folder = folder.absolute()
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Refused("export.folder_taken", folder=str(folder))
        draft = folder.with_name(f".{folder.name}.part")
        try:
            shutil.rmtree(draft, ignore_errors=True)
            (draft / "csv").mkdir(parents=True)
            with self._database.read() as connection:
                rows, notes = self._write(connection, draft, job or Job())
            root = self._workspace.root
            for path in settings_files(root):
                target = draft / "settings" / path.relative_to(root)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
            if folder.exists():
                folder.rmdir()
            os.replace(draft, folder)
        except OSError as error:
            why = os.strerror(error.errno or 0)
            raise Refused("export.cannot_write", folder=str(folder), why=why) from error
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        return Exported(folder, rows, notes)

    def _write(self, connection: Connection, draft: Path, job: Job) -> tuple[dict[str, int], tuple[str, ...]]:
        counts = contents.row_counts(connection)
        names = [*counts, *(["book"] if books.visible(connection) else [])]
        rows = {}
        for place, name in enumerate(names):
            job.report("csv", place, 2 * len(names))
            rows[name] = _write_csv(draft / "csv" / f"{name}.csv", _table(connection, name), job)
        write_attachments(connection, draft / "attachments", attachments.attachments(connection))
        sample = facts.is_sample(connection)
        about = PlainTable("about", ("what", "value"), self._about(connection, rows, sample=sample))
        tables = _telling((_table(connection, name) for name in names), len(names), job)
        notes = write_tables(draft / WORKBOOK, (about, *tables), title="Tidewatch SAMPLE" if sample else "Tidewatch")
        return rows, notes

    def _about(self, connection: Connection, rows: dict[str, int], *, sample: bool) -> list[tuple[str, Any]]:
        newest = books.visible(connection)[-1:]
        return [
            ("data", "SAMPLE" if sample else "workspace"),
            ("exported at", _plain(self._clock())),
            ("newest book", newest[0].reporting_date if newest else None),
            *((f"rows of {name}", count) for name, count in rows.items()),
        ]


def write_attachments(connection: Connection, folder: Path, wanted: Iterable[Attachment]) -> dict[int, str]:
    """Each attached file whose content is sound, as NUMBER-NAME, into a folder that is made for the first one.

    What is not written, by number: "gone" or "altered".
    """
    faults = {}
    for one in wanted:
        try:
            content = attachments.content(connection, one)
        except Altered as error:
            faults[one.id] = "gone" if error.missing else "altered"
            continue
        folder.mkdir(exist_ok=True)
        (folder / f"{one.id}-{_BAD.sub('_', one.name)}").write_bytes(content)
    return faults


def _telling(tables: Iterator[PlainTable], count: int, job: Job) -> Iterator[PlainTable]:
    for place, table in enumerate(tables):
        job.report("workbook", count + place, 2 * count)
        yield table


def _table(connection: Connection, name: str) -> PlainTable:
    """A stored table, or "book": the lines of the newest book."""
    if name == "book":
        lines = books.lines(connection, books.visible(connection)[-1].id)
        values = lines.astype(object).where(lines.notna(), None)
        return PlainTable(name, list(lines.columns), _rows("line_version", list(lines.columns), values.to_numpy()))
    headers, rows = contents.rows(connection, name)
    return PlainTable(name, headers, _rows(name, headers, rows))


def _rows(name: str, headers: Sequence[str], rows: Any) -> Iterator[list[Any]]:
    minor = [headers.index(column) for column in _MINOR.get(name, ())]
    currency = headers.index("currency") if minor else -1
    blank = [headers.index(column) for column in _BLANK.get(name, ())]
    for row in rows:
        values = [_plain(value) for value in row]
        for place in blank:
            values[place] = ""
        for place in minor:
            if values[place] is not None:
                values[place] = from_minor(int(values[place]), values[currency] or "")
        yield values


def _plain(value: Any) -> Any:
    """An instant as text in UTC, a day as a date; everything else as it is."""
    if isinstance(value, datetime):
        if value.tzinfo is None:  # a day of a frame of lines
            return value.date()
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value


def _write_csv(path: Path, table: PlainTable, job: Job) -> int:
    count = 0
    # With a byte-order mark Excel reads Chinese.
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(table.headers)
        for row in table.rows:
            if count % 1000 == 0:
                job.check()
            writer.writerow([_text(value) for value in row])
            count += 1
    return count


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case date():
            return value.isoformat()
        case float():
            return format(Decimal(repr(value)), "f")
    return str(value)
