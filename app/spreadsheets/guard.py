"""What a file is, before anything reads it: its content against its name, its bounds, what may not be in it.

Fails closed: what the look does not understand is refused, never handed on.
"""

import os
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from app.refusals import Misused, Refused
from app.spreadsheets.parts import WorkbookParts, read_parts
from app.spreadsheets.scan import Scan, scan_sheet
from exposures.cells import address

EXCEL = (".xlsx", ".xlsm")
TEXT = (".csv", ".txt", ".tsv")
_OTHER_EXCEL = (".xls", ".xlsb", ".ods", ".et", ".xlt", ".xltx", ".numbers")
_MOST_BYTES = 512 * 2**20  # of the file
_MOST_UNPACKED = 4 * 2**30
_MOST_RATIO = 200  # unpacked to packed; the largest real book measured had 7
_RATIO_MATTERS = 64 * 2**20  # below this a high ratio harms nobody
_MOST_ENTRIES = 10_000
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
_XML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml")


@dataclass(frozen=True)
class Inspection:
    """A file that may be read: its kind (xlsx, xlsm, csv), its sheets as scanned, and notes worth telling."""

    kind: str
    scans: tuple[Scan, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of the longest sheet."""
        return max((scan.last_row for scan in self.scans), default=0)


def inspect(path: Path) -> Inspection:
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
    if extension in EXCEL:
        return _inspect_excel(path, extension, kind)
    if extension in _OTHER_EXCEL:
        if kind == "ole" and _is_encrypted(path):
            raise Refused("importing.encrypted", file=path.name)
        raise Refused("importing.format_not_read", file=path.name, extension=extension)
    if extension in TEXT:
        if kind is not None:
            raise Refused("importing.not_what_it_says", file=path.name, extension=extension, kind=kind)
        return Inspection("csv")
    raise Refused("importing.unknown_extension", file=path.name, extension=extension or path.name)


def _kind(head: bytes) -> str | None:
    """What the first bytes are, None for plain text."""
    for magic, name in _KINDS:
        if head.startswith(magic):
            return name
    if _HTML.match(head):
        return "html"
    return "xml" if _XML.match(head) else None


def _is_encrypted(path: Path) -> bool:
    """An OLE container with the stream that every encrypted Office document has, or the FILEPASS of an old one."""
    content = path.read_bytes()
    return "EncryptedPackage".encode("utf-16-le") in content or b"\x2f\x00\x36\x00" in content[:4096]


def _inspect_excel(path: Path, extension: str, kind: str | None) -> Inspection:
    if kind == "ole":
        code = "importing.encrypted" if _is_encrypted(path) else "importing.old_format_renamed"
        raise Refused(code, file=path.name)
    if kind != "zip":
        raise Refused("importing.not_what_it_says", file=path.name, extension=extension, kind=kind or "text")
    try:
        with zipfile.ZipFile(path) as archive:
            _check_entries(path, archive)
            parts = read_parts(path.name, archive)
            scans = tuple(_scan(path, archive, parts, name) for name in parts.sheets)
    except zipfile.BadZipFile as error:
        raise Refused("importing.damaged", file=path.name, error=str(error)) from None
    except (zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refused("importing.damaged", file=path.name, error=str(error)) from None
    notes = ["macros"] * parts.macros + ["strict"] * parts.strict
    notes += ["hidden_sheet"] * any(not sheet.visible for sheet in parts.sheets.values())
    return Inspection(extension.removeprefix("."), scans, tuple(notes))


def _check_entries(path: Path, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise Refused("importing.too_many_parts", file=path.name, count=len(entries), most=_MOST_ENTRIES)
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.replace("\\", "/").lstrip("/").casefold()
        if name in seen:
            raise Refused("importing.duplicate_part", file=path.name, part=entry.filename)
        seen.add(name)
        if entry.flag_bits & 0x1:
            raise Refused("importing.encrypted", file=path.name)
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > _MOST_UNPACKED or (unpacked > _RATIO_MATTERS and unpacked / packed > _MOST_RATIO):
        raise Refused("importing.bomb", file=path.name, megabytes=unpacked // 2**20, ratio=round(unpacked / packed))


def _scan(path: Path, archive: zipfile.ZipFile, parts: WorkbookParts, name: str) -> Scan:
    """The look at one sheet's XML; also refuses a used rectangle that no reader can hold."""
    sheet = parts.sheets[name]
    if sheet.part is None:  # a chart or dialogue sheet: no cells
        return Scan(name, visible=sheet.visible)
    with archive.open(sheet.part) as stream:
        scan = scan_sheet(name, sheet.visible, path.name, stream)
    area = scan.last_row * (scan.last_column + 1)
    if area > _MOST_AREA or (area > _SPARSE_AREA and area > 50 * scan.cells):
        cell = address(scan.last_row, scan.last_column)
        raise Refused("importing.far_cell", file=path.name, sheet=name, cell=cell, cells=scan.cells)
    return scan
