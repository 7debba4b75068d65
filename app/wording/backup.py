"""Backups, restoring and the export of everything in words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import formats

Values = Mapping[str, Any]


def reason(code: str) -> str:
    """Why a copy was made."""
    return {
        "asked": _("Asked for"),
        "daily": _("Daily copy"),
        "migration": _("Before the tables were brought up to date"),
        "undo": _("Before an import was undone"),
        "restore": _("Before a backup was restored"),
    }[code]


def phase(code: str) -> str:
    """What a backup, a restore or an export is doing."""
    return {
        "copying": _("Copying the database"),
        "packing": _("Testing and packing the copy"),
        "unpacking": _("Testing and unpacking the backup"),
        "preparing": _("Bringing its tables up to date"),
        "reading": _("Reading every copy whole"),
        "csv": _("Writing CSV files"),
        "workbook": _("Writing the workbook"),
    }[code]


def size(count: int) -> str:
    """Bytes as people read them."""
    if count < 1_000_000:
        return _("{number} kB").format(number=formats.number(count / 1000, 1))
    return _("{number} MB").format(number=formats.number(count / 1_000_000, 1))


def state(fault: str | None) -> tuple[str, str]:
    """The shape and the word of a copy that was read: whole, or the code of why it is of no use."""
    if fault is None:
        return "ok", _("Whole")
    return ("stale", _("Newer program")) if fault == "backup.newer" else ("critical", _("Damaged"))


def rule_of_keeping(days: int, weeks: int, months: int, others: int) -> str:
    """Which copies are made and how long they stay."""
    return _(
        "A copy is made every bank working day, and before a migration, an undo and a restore. Kept are those of the "
        "newest {days} days, {weeks} weeks and {months} months, and the newest {others} of each other kind."
    ).format(days=days, weeks=weeks, months=months, others=others)


def _useless(values: Values) -> str:
    text = ngettext(
        "{useless} of {copies} copies cannot be restored; the newest whole one is of {newest}.",
        "{useless} of {copies} copies cannot be restored; the newest whole one is of {newest}.",
        values["useless"],
    )
    return text.format(
        useless=values["useless"], copies=values["copies"], newest=formats.dated_moment(values["newest"])
    )


SENTENCES: dict[str, Callable[[Values], str]] = {
    "copies.none": lambda _v: _("No copy of this workspace is kept yet."),
    "copies.all_useless": lambda v: ngettext(
        "The one copy cannot be restored: make another one now.",
        "None of the {copies} copies can be restored: make another one now.",
        v["copies"],
    ).format(copies=v["copies"]),
    "copies.some_useless": _useless,
    "copies.old": lambda v: ngettext(
        "The newest copy is {days} day old, of {newest}; what came after it stands in no copy.",
        "The newest copy is {days} days old, of {newest}; what came after it stands in no copy.",
        v["days"],
    ).format(days=v["days"], newest=formats.dated_moment(v["newest"])),
    "copies.whole": lambda v: ngettext(
        "Everything up to {newest} can be brought back: the one copy is whole.",
        "Everything up to {newest} can be brought back: all {copies} copies are whole.",
        v["copies"],
    ).format(copies=v["copies"], newest=formats.dated_moment(v["newest"])),
}


def made(file: str, count: int, rows: int) -> str:
    """A backup was made."""
    return ngettext(
        "Backup written: {file}, {size}, {rows} row.", "Backup written: {file}, {size}, {rows} rows.", rows
    ).format(file=file, size=size(count), rows=formats.number(rows))


def restored(workspace: str, made_at: datetime, rows: int) -> str:
    """A backup took the place of a workspace."""
    return ngettext(
        "{workspace} is as it was on {moment}, with {rows} row.",
        "{workspace} is as it was on {moment}, with {rows} rows.",
        rows,
    ).format(workspace=workspace, moment=formats.dated_moment(made_at), rows=formats.number(rows))


def replaced(place: str) -> str:
    """Where what stood there before can be found."""
    return _("What it replaced is kept in {place}.").format(place=place)


def exported(folder: str, tables: int, rows: int) -> str:
    """Everything was exported."""
    return _("Everything written to {folder}: {tables} tables, {rows} rows, each as CSV and Excel.").format(
        folder=folder, tables=formats.number(tables), rows=formats.number(rows)
    )


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "backup.file_missing": lambda v: (
        _("There is no file {file}.").format(file=v["file"]),
        _("Check the path and try again."),
    ),
    "backup.file_taken": lambda v: (
        _("{file} is there already and is no backup, so it was left alone.").format(file=v["file"]),
        _("Name another file."),
    ),
    "backup.other_database": lambda v: (
        _("This workspace keeps its data on a database server."),
        _("Use the server's own backup."),
    ),
    "backup.busy": lambda v: (
        _("Another program is making a backup of this workspace and did not finish in time."),
        _("Wait for it to end, then try again."),
    ),
    "backup.damaged_workspace": lambda v: (
        _("The workspace's database is damaged, so no sound copy can be made of it."),
        _("Restore an earlier backup: restore FILE --replace."),
    ),
    "backup.cannot_write": lambda v: (
        _("{file} cannot be written ({why}).").format(file=v["file"], why=v["why"]),
        _("Look at the free space and your rights there, or name another place."),
    ),
    "backup.unsound": lambda v: (
        _("{file} is no whole backup: it was cut short or changed, or it is another kind of file.").format(
            file=v["file"]
        ),
        _("Nothing was changed. Use another backup."),
    ),
    "backup.cannot_read": lambda v: (
        _("{file} cannot be read ({why}).").format(file=v["file"], why=v["why"]),
        _("Look at your rights there, or use another backup."),
    ),
    "backup.newer": lambda v: (
        _("{file} was written by a newer program (Tidewatch {program}).").format(file=v["file"], program=v["program"]),
        _("Nothing was changed. Update Tidewatch, then restore it."),
    ),
    "backup.workspace_open": lambda v: (
        _("A program has the workspace {workspace} open.").format(workspace=v["workspace"]),
        _("Close Tidewatch, in the notification area too, and try again."),
    ),
    "backup.restoring": lambda v: (
        _("A backup is just being restored into this workspace."),
        _("Wait for it to end, then try again."),
    ),
    "backup.holds_data": lambda v: (
        _("The workspace {workspace} holds data, and restoring would replace them.").format(workspace=v["workspace"]),
        _("Say --replace to do it (what is there is kept among its backups), or name another --workspace."),
    ),
    "export.folder_taken": lambda v: (
        _("The folder {folder} is not empty.").format(folder=v["folder"]),
        _("Name a new or an empty folder."),
    ),
    "export.cannot_write": lambda v: (
        _("{folder} cannot be written ({why}).").format(folder=v["folder"], why=v["why"]),
        _("Look at the free space and your rights there, or name another place."),
    ),
}
