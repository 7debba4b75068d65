"""The bank's own table of release days, calendar.toml in the workspace: what differs from the public lists.

[XFED]                             # Reserve Banks; [XSIF] for the Treasury securities market
shut = [2026-12-24]                # weekdays on which it is shut after all
open = [2026-07-03]                # holidays of the list on which it is open after all

[moved.h41]                        # a release's value and when it comes out instead, Eastern time
2026-12-23 = 2026-12-28T16:30:00
"""

import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.refusals import Refused
from app.series.releases import CALENDARS, EASTERN, NONE, RELEASES, Overrides

#: How the reader of TOML says where it stopped.
_AT = re.compile(r"(?P<what>.*?) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", re.DOTALL)


def read(path: Path) -> Overrides:
    """What the file says, and nothing without a file.

    Refused "calendar.unreadable", "calendar.unknown", "calendar.wrong", each with the `file` and the `line` to look at
    (None where there is none to be named).
    """
    if not path.exists():
        return NONE
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        detail = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise Refused("calendar.unreadable", file=path.name, line=None, detail=detail or "") from None
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = _AT.match(str(error))
        line = int(said["line"]) if said and said["line"] else text.count("\n") + 1
        detail = said["what"] if said else str(error)
        raise Refused("calendar.unreadable", file=path.name, line=line, detail=detail) from None
    try:
        return _overrides(content)
    except Refused as error:
        error.values |= {"file": path.name, "line": _line(text, error.values["key"])}
        raise


def read_or_own(path: Path) -> tuple[Overrides, Refused | None]:
    """What the file says; where it cannot be used the public calendars alone count, and why comes beside them."""
    try:
        return read(path), None
    except Refused as error:
        return NONE, error


def _overrides(content: dict[str, Any]) -> Overrides:
    _known(content, (*CALENDARS, "moved"), "")
    days: dict[str, set[tuple[str, date]]] = {"shut": set(), "open": set()}
    for calendar in CALENDARS:
        table = _table(content, calendar)
        _known(table, tuple(days), f"{calendar}.")
        for key, found in days.items():
            found |= {(calendar, day) for day in _days(table.get(key, []), f"{calendar}.{key}")}
    return Overrides(frozenset(days["shut"]), frozenset(days["open"]), _moved(_table(content, "moved")))


def _line(text: str, key: str) -> int | None:
    """The line on which a dotted key stands, or the table or the part of it that is written there."""
    table, found = "", None
    for number, line in enumerate(text.splitlines(), start=1):
        told = line.partition("#")[0].strip()
        if told.startswith("["):
            table, here = told.strip("[] "), told.strip("[] ")
        else:
            name = told.partition("=")[0].strip().strip("\"'")
            here = ".".join(part for part in (table, name) if part)
        if here and (here == key or key.startswith(f"{here}.")):
            found = number  # the longer key stands below its table
        if here == key:
            break
    return found


def _known(table: dict[str, Any], keys: tuple[str, ...], prefix: str) -> None:
    for key in table:
        if key not in keys:
            raise Refused("calendar.unknown", key=f"{prefix}{key}", known=keys)


def _table(content: dict[str, Any], key: str) -> dict[str, Any]:
    found = content.get(key, {})
    if not isinstance(found, dict):
        raise Refused("calendar.wrong", key=key, expected="table")
    return found


def _days(days: Any, key: str) -> list[date]:
    if not isinstance(days, list) or not all(type(day) is date for day in days):
        raise Refused("calendar.wrong", key=key, expected="days")
    return days


def _moved(table: dict[str, Any]) -> dict[tuple[str, date], datetime]:
    _known(table, tuple(RELEASES), "moved.")
    moved = {}
    for release in table:
        for day, instant in _table(table, release).items():
            key = f"moved.{release}.{day}"
            try:
                value_of = date.fromisoformat(day)
            except ValueError:
                raise Refused("calendar.wrong", key=key, expected="day") from None
            if not isinstance(instant, datetime):
                raise Refused("calendar.wrong", key=key, expected="moment")
            moved[release, value_of] = (instant if instant.tzinfo else instant.replace(tzinfo=EASTERN)).astimezone(UTC)
    return moved
