"""The layouts of workbooks the program knows: those shipped with it, and those saved in the workspace."""

import os
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from app.refusals import Misused, Refused
from app.settings import rewritten
from exposures import headers, mapping
from exposures.cells import Cells, Sheet, Workbook
from exposures.mapping import MappingError
from exposures.rates import holds_rates


def known(folder: Path) -> dict[str, mapping.Mapping]:
    """By name; a saved one stands before a shipped one of the same name. Refused book.mapping_wrong."""
    saved = {layout.name: layout for layout in map(read, sorted(folder.glob("*.toml")))}
    return saved | {name: layout for name, layout in mapping.shipped().items() if name not in saved}


def find(layouts: Mapping[str, mapping.Mapping], wanted: str) -> mapping.Mapping:
    """A layout by its name, or in the TOML file of that path; Misused book.mapping_missing."""
    if wanted in layouts:
        return layouts[wanted]
    path = Path(wanted)
    if path.is_file():
        return read(path)
    raise Misused("book.mapping_missing", mapping=wanted, known=tuple(layouts))


def read(path: Path) -> mapping.Mapping:
    """The layout in a TOML file; Refused book.mapping_wrong names the line and the entry."""
    try:
        return mapping.from_toml(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused("book.mapping_wrong", file=path.name, reason="unreadable_text", line=0, entry="") from error
    except MappingError as error:
        raise Refused(
            "book.mapping_wrong", file=path.name, reason=error.reason, line=error.line, entry=error.entry
        ) from error


def save(folder: Path, layout: mapping.Mapping) -> Path:
    """Keep a layout in the workspace, whole or not at all; one of the same name is replaced, its comments stay."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^\w-]+", "-", layout.name.casefold()).strip("-") or "layout"
    path = folder / f"{stem}.toml"
    waiting = folder / f".{stem}.{os.getpid()}.tmp"
    text = mapping.to_toml(layout)
    if path.exists():
        with suppress(tomllib.TOMLDecodeError, UnicodeDecodeError):  # what cannot be read is replaced
            text = rewritten(path.read_text(encoding="utf-8-sig"), tomllib.loads(text))
    waiting.write_text(text, encoding="utf-8")
    waiting.replace(path)
    return path


def choose(
    workbook: Workbook,
    layouts: Mapping[str, mapping.Mapping],
    given: mapping.Mapping | None,
    sheet: str | None,
    file: Path,
) -> tuple[Cells, mapping.Mapping, str]:
    """The table to read and how: by the layout given, the one whose headers these are, or what the headers say.

    Without a named sheet it is the one that says most, a visible one first. The third is given, recognised or
    proposed. Raises Refused book.sheet_missing, book.no_table.
    """
    found = []
    for item in _candidates(workbook, given, sheet):
        wanted = given.wanted if given else ()
        cells = headers.find_table(item, given.header_row if given else 0, wanted)
        if cells is None:
            continue
        if given is not None:
            found.append((len(set(wanted) & set(cells.headers)), cells, given, "given"))
        elif (saved := _recognise(cells, layouts)) is not None:
            return cells, saved, "recognised"
        else:
            proposed = mapping.propose(cells, file.stem)
            found.append((len(proposed.columns), cells, proposed, "proposed"))
    if not found:
        raise Refused("book.no_table", file=file.name)
    _, cells, layout, origin = max(found, key=lambda row: row[0])  # of equals the first
    return cells, layout, origin


def _candidates(workbook: Workbook, given: mapping.Mapping | None, sheet: str | None) -> list[Sheet]:
    name = sheet or (given.sheet if given else "")
    named = workbook.sheet(name) if name else None
    # A layout may name its sheet; a CSV of the same layout has only one, named otherwise.
    if name and named is None and (sheet or len(workbook.sheets) > 1):
        raise Refused("book.sheet_missing", sheet=name, sheets=workbook.names)
    if named is not None:
        return [named]
    return sorted((item for item in workbook.sheets if not holds_rates(item)), key=lambda item: not item.visible)


def recognised_or_proposed(cells: Cells, layouts: Mapping[str, mapping.Mapping], name: str) -> mapping.Mapping:
    """The layout made for these headers, else what the headers say."""
    return _recognise(cells, layouts) or mapping.propose(cells, name)


def _recognise(cells: Cells, layouts: Mapping[str, mapping.Mapping]) -> mapping.Mapping | None:
    """The layout made for these headers; a shipped one has no fingerprint and is known by what it reads."""
    fingerprint = headers.fingerprint(cells.headers)
    for layout in layouts.values():
        if fingerprint == layout.fingerprint if layout.fingerprint else set(layout.wanted) <= set(cells.headers):
            return layout
    return None
