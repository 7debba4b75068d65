"""The layouts of workbooks the program knows: those shipped with it, and those saved in the workspace."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from app.refusals import Misused, Refused
from exposures import mapping
from exposures.mapping import MappingError


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
        raise Refused("book.mapping_wrong", file=path.name, reason="not_text", line=0, entry="") from error
    except MappingError as error:
        raise Refused(
            "book.mapping_wrong", file=path.name, reason=error.reason, line=error.line, entry=error.entry
        ) from error


def save(folder: Path, layout: mapping.Mapping) -> Path:
    """Keep a layout in the workspace, whole or not at all; one of the same name is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^\w-]+", "-", layout.name.casefold()).strip("-") or "layout"
    path = folder / f"{stem}.toml"
    waiting = folder / f".{stem}.{os.getpid()}.tmp"
    waiting.write_text(mapping.to_toml(layout), encoding="utf-8")
    waiting.replace(path)
    return path
