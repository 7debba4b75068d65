"""The reader at work beside the guard: it needs a second of one core, and holds nothing that Python needs meanwhile.

What it has read is handed out only to who asks for it, after the guard has spoken. A file that ends the process or
fills its memory before that is read once more, the guard first (`app.spreadsheets.child`), so that the guard's word
is the one that is heard. This module is imported before numpy and all else, and imports none of it.
"""

import threading
import zipfile
from concurrent.futures import Future
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

from app.refusals import Refused
from app.spreadsheets.entries import check_entries

_FORMS = (".xlsx", ".xlsm", ".xlsb")
#: Bytes of all parts. A larger book may have more rows than the first limit of memory is for: the guard counts them.
_MOST_UNPACKED = 256 * 2**20


class Loading:
    """A workbook and its sheets, read one after the other in a thread; who asks waits, and is told what went wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._told: Future[tuple[list[str], list[SheetMetadata]]] = Future()
        self._sheets: dict[str, Future[CalamineSheet]] = {}
        threading.Thread(target=self._load, daemon=True).start()

    @property
    def sheet_names(self) -> list[str]:
        """As the reader gives them."""
        return self._told.result()[0]

    @property
    def sheets_metadata(self) -> list[SheetMetadata]:
        """As the reader gives them."""
        return self._told.result()[1]

    def get_sheet_by_name(self, name: str) -> CalamineSheet:
        """A sheet, once: it is not kept."""
        self._told.result()
        return self._sheets.pop(name).result()

    def _load(self) -> None:
        try:
            book = CalamineWorkbook.from_path(str(self.path))
            told = (book.sheet_names, book.sheets_metadata)  # the workbook answers nothing while it reads a sheet
            self._sheets = {name: Future() for name in book.sheet_names}
            waiting = list(self._sheets.items())
        except BaseException as error:  # noqa: BLE001 - the reader's panic is no Exception
            self._told.set_exception(error)
            return
        self._told.set_result(told)
        while waiting:
            name, sheet = waiting.pop(0)
            try:
                sheet.set_result(book.get_sheet_by_name(name))
            except BaseException as error:  # noqa: BLE001
                sheet.set_exception(error)
            del sheet


_begun: Loading | None = None


def begin(path: Path) -> None:
    """Start to read a workbook whose package is sound by its directory; nothing happens for any other file."""
    global _begun
    if path.suffix.lower() not in _FORMS:
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = check_entries(path, archive)
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile, Refused):
        return  # the guard will say what it is
    if unpacked <= _MOST_UNPACKED:
        _begun = Loading(path)


def is_reading() -> bool:
    """Whether a reader was begun that nobody has asked for yet."""
    return _begun is not None


def taken(path: Path) -> Loading | None:
    """What was begun for this file, once; None where nothing was."""
    global _begun
    found, _begun = _begun, None
    return found if found is not None and found.path == path else None
