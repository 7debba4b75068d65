"""Files that someone downloaded, recognised by what is in them; banks often have no way out to the internet."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.refusals import Refused
from app.sources import SOURCES
from app.sources.source import Answered, text_of

#: The largest file that is read as a whole, and the largest of those that are read as a stream (the Board's release).
_LARGEST, _LARGEST_STREAM = 50_000_000, 2_000_000_000
#: So much of a file is looked at to recognise it.
_START = 64_000


@dataclass(frozen=True, slots=True)
class Found:
    """One file: the source whose form it has and its batches, or the reason why it was not taken."""

    name: str
    source: str | None
    batches: Sequence[Answered] = ()
    error: Refused | None = None


def look(path: Path) -> Found:
    """Read one file; whatever is wrong with it becomes its `error`."""
    source = None
    try:
        with path.open("rb") as file:
            start = file.read(_START)
            source = next((source for source in SOURCES if source.recognises(start)), None)
            if source is not None and source.stream is not None and path.stat().st_size > _LARGEST:
                if path.stat().st_size > _LARGEST_STREAM:
                    raise Refused("source.too_large", name=path.name, most=_LARGEST_STREAM)
                file.seek(0)
                return Found(path.name, source.id, source.stream(file, path.name))
            body = start + file.read(_LARGEST + 1 - len(start))
        if len(body) > _LARGEST:
            raise Refused("source.too_large", name=path.name, most=_LARGEST)
        if source is None:
            text_of(body, path.name)
            raise Refused("source.unrecognised", name=path.name)
        return Found(path.name, source.id, source.parse(body, path.name))
    except OSError as error:
        return Found(path.name, None, error=Refused("source.unreadable", name=path.name, detail=error.strerror or ""))
    except Refused as error:
        return Found(path.name, source.id if source else None, error=error)


def files(folder: Path) -> tuple[Path, ...]:
    """The folder's files by name, hidden ones left out."""
    return tuple(sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")))
