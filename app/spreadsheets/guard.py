"""What a file is, before anything reads it: its content against its name, its bounds, what may not be in it.

Fails closed: what the look does not understand is refused, never handed on.
"""

import io
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from app.refusals import Misused, Refused
from app.spreadsheets import biff, open_document
from app.spreadsheets.binary_sheets import scan_binary_sheet
from app.spreadsheets.entries import check_entries
from app.spreadsheets.parts import WorkbookParts, read_parts
from app.spreadsheets.scan import Scan, scan_sheet
from app.spreadsheets.unlocking import unlock
from exposures.cells import address
from exposures.issues import Issue, Rule, Severity

_T = TypeVar("_T")
EXCEL = (".xlsx", ".xlsm", ".xlsb")
OLD_EXCEL = ".xls"
OPEN_DOCUMENT = ".ods"
TEXT = (".csv", ".txt", ".tsv")
#: Every name a book may have.
READ = (*EXCEL, OLD_EXCEL, OPEN_DOCUMENT, *TEXT)
_OTHER_EXCEL = (".et", ".xlt", ".xltx", ".xltm", ".numbers", ".fods")
_MOST_BYTES = 512 * 2**20  # of the file
_MOST_AREA = 60_000_000  # cells of the used rectangle, which the reader holds whole
_SPARSE_AREA = 4_000_000  # from here on a rectangle must be filled to a fiftieth
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (_OLE, "ole"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"SQLite format 3", "sqlite"),
    (b"PAR1", "parquet"),
)
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|table|script|div|meta)\b", re.I | re.S
)
#: What parts of a spoilt package raise while they are unpacked.
_SPOILT = (NotImplementedError, RuntimeError, EOFError, OSError, ValueError, KeyError, IndexError)
_XML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml")


@dataclass(frozen=True)
class Inspection:
    """A file that may be read: its kind (xlsx, xlsm, xlsb, xls, ods, csv), its sheets as scanned, and what to tell.

    `content` is the workbook itself where it had a password and was opened in memory.
    """

    kind: str
    scans: tuple[Scan, ...] = ()
    notes: tuple[Issue, ...] = ()
    content: bytes | None = None

    @property
    def rows(self) -> int:
        """Rows of the longest sheet."""
        return max((scan.last_row for scan in self.scans), default=0)


def inspect(path: Path, password: str | None = None) -> Inspection:
    """Look at a file; raises Misused where it is not there and Refused where it may not be read."""
    if not path.exists():
        raise Misused("importing.no_file", file=path.name)
    if not path.is_file():
        raise Misused("importing.not_a_file", file=path.name)
    size = path.stat().st_size
    if size == 0:
        raise Refused("importing.empty_file", file=path.name)
    if size > _MOST_BYTES:
        raise Refused("importing.too_large", file=path.name, megabytes=size // 2**20, most=_MOST_BYTES // 2**20)
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise Refused("importing.unreadable_file", file=path.name, error=os.strerror(error.errno or 0)) from None
    extension = path.suffix.lower()
    kind = _kind(head)
    if extension in (*EXCEL, OLD_EXCEL):
        return _inspect_excel(path, extension, kind, password)
    if extension == OPEN_DOCUMENT:
        if kind != "zip":
            raise Refused("importing.not_what_it_says", file=path.name, extension=extension, kind=kind or "text")
        scans = _in_archive(path, path, lambda archive: open_document.scan_document(path.name, archive))
        return Inspection("ods", _held(path, scans), (*_commented(scans), *_notes(scans)))
    if extension in TEXT:
        if kind is not None:
            raise Refused("importing.not_what_it_says", file=path.name, extension=extension, kind=kind)
        return Inspection("csv")
    code = "importing.format_not_read" if extension in _OTHER_EXCEL else "importing.unknown_extension"
    raise Refused(code, file=path.name, extension=extension or path.name)


def _kind(head: bytes) -> str | None:
    """What the first bytes are, None for plain text."""
    for magic, name in _KINDS:
        if head.startswith(magic):
            return name
    if _HTML.match(head):
        return "html"
    return "xml" if _XML.match(head) else None


def _inspect_excel(path: Path, extension: str, kind: str | None, password: str | None) -> Inspection:
    """A workbook of any of Excel's forms; one with a password is opened first."""
    content: bytes | None = None
    if kind == "ole":
        held = path.read_bytes()
        try:
            encrypted = biff.is_encrypted(held)
        except (OSError, ValueError, IndexError, struct.error) as error:
            raise Refused("importing.damaged", file=path.name, error=str(error)) from None
        if encrypted:
            held = content = unlock(path.name, held, password)
            kind = _kind(held[:4096])
        if kind == "ole" and extension != OLD_EXCEL:
            raise Refused("importing.old_format_renamed", file=path.name)
        if kind == "ole":
            return _inspect_old(path, held, content)
    if kind != "zip" or extension == OLD_EXCEL:
        raise Refused("importing.not_what_it_says", file=path.name, extension=extension, kind=kind or "text")

    def look(archive: zipfile.ZipFile) -> tuple[WorkbookParts, tuple[Scan, ...]]:
        parts = read_parts(path.name, archive)
        return parts, _held(path, (_scan(path, archive, parts, name) for name in parts.sheets))

    parts, scans = _in_archive(path, path if content is None else io.BytesIO(content), look)
    told = [
        (parts.macros, Rule.MACROS), (parts.strict, Rule.STRICT_FORM), (parts.links, Rule.EXTERNAL_LINKS),
        (parts.since_1904, Rule.DATES_FROM_1904), (parts.no_texts, Rule.TEXTS_MISSING),
    ]  # fmt: skip
    notes = tuple(_note(rule) for holds, rule in told if holds)
    if parts.comments:
        notes = (*notes, _note(Rule.COMMENTS, count=parts.comments))
    return Inspection(extension.removeprefix("."), scans, (*notes, *_notes(scans)), content)


def _inspect_old(path: Path, held: bytes, content: bytes | None) -> Inspection:
    if not biff.has_workbook(held):
        raise Refused("importing.no_workbook", file=path.name)
    book = biff.scan_book(path.name, held)
    told = [(book.macros, Rule.MACROS), (book.links, Rule.EXTERNAL_LINKS), (book.since_1904, Rule.DATES_FROM_1904)]
    notes = tuple(_note(rule) for holds, rule in told if holds)
    scans = _held(path, book.scans)
    return Inspection("xls", scans, (*notes, *_commented(scans), *_notes(scans)), content)


def _in_archive(path: Path, source: Path | IO[bytes], look: Callable[[zipfile.ZipFile], _T]) -> _T:
    """What `look` finds in a package whose entries are as they should be."""
    try:
        with zipfile.ZipFile(source) as archive:
            check_entries(path, archive)
            return look(archive)
    except zipfile.BadZipFile as error:
        raise Refused("importing.damaged", file=path.name, error=str(error)) from None
    except (zipfile.LargeZipFile, zlib.error, struct.error, *_SPOILT) as error:
        raise Refused("importing.damaged", file=path.name, error=str(error)) from None


def _scan(path: Path, archive: zipfile.ZipFile, parts: WorkbookParts, name: str) -> Scan:
    """The look at one sheet's part."""
    sheet = parts.sheets[name]
    if sheet.part is None:  # a chart or dialogue sheet: no cells
        return Scan(name, visible=sheet.visible)
    if sheet.part.casefold().endswith(".bin"):
        return scan_binary_sheet(name, sheet.visible, path.name, archive.read(sheet.part))
    with archive.open(sheet.part) as stream:
        return scan_sheet(name, sheet.visible, path.name, stream)


def _held(path: Path, scans: Iterable[Scan]) -> tuple[Scan, ...]:
    """The scans, refused where a used rectangle is larger than any reader can hold."""
    found = []
    for scan in scans:
        area = scan.last_row * (scan.last_column + 1)
        if area > _MOST_AREA or (area > _SPARSE_AREA and area > 50 * scan.cells):
            cell = address(scan.last_row, scan.last_column)
            raise Refused("importing.far_cell", file=path.name, sheet=scan.name, cell=cell, cells=scan.cells)
        found.append(scan)
    return tuple(found)


def _note(rule: Rule, sheet: str = "", severity: Severity = Severity.INFO, **values: object) -> Issue:
    return Issue(sheet, "", rule, severity, values=values)


def _commented(scans: Iterable[Scan]) -> tuple[Issue, ...]:
    count = sum(scan.comments for scan in scans)
    return (_note(Rule.COMMENTS, count=count),) if count else ()


def _notes(scans: Iterable[Scan]) -> tuple[Issue, ...]:
    return tuple(_of_sheets(scans))


def _of_sheets(scans: Iterable[Scan]) -> Iterator[Issue]:
    """Sheets that people do not see, and sheets that claim to be larger or smaller than they are."""
    for scan in scans:
        if not scan.visible:
            yield _note(Rule.HIDDEN_SHEET, scan.name)
        if scan.dimension is not None and scan.cells:
            row, column = scan.dimension
            if row < scan.last_row or column < scan.last_column or row > 2 * scan.last_row + 1000:
                claimed, found = address(row, column), address(scan.last_row, scan.last_column)
                yield _note(Rule.EXTENT_CLAIMED, scan.name, claimed=claimed, found=found)
