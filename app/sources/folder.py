"""Files that someone downloaded, recognised by what is in them; banks often have no way out to the internet."""

from dataclasses import dataclass
from pathlib import Path

from app.refusals import Refused
from app.series.series import Batch
from app.sources import SOURCES
from app.sources.source import text_of

#: The largest file looked at: a whole H.4.1 package is below a tenth of this.
_LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """One file: the source whose form it has and its batches, or the reason why it was not taken."""

    name: str
    source: str | None
    batches: tuple[Batch, ...] = ()
    error: Refused | None = None


def look(path: Path) -> Found:
    """Read one file; whatever is wrong with it becomes its `error`."""
    try:
        with path.open("rb") as file:
            body = file.read(_LARGEST + 1)
    except OSError as error:
        return Found(path.name, None, error=Refused("source.unreadable", name=path.name, detail=error.strerror or ""))
    if len(body) > _LARGEST:
        return Found(path.name, None, error=Refused("source.too_large", name=path.name, most=_LARGEST))
    source = next((source for source in SOURCES if source.recognises(body)), None)
    try:
        if source is None:
            text_of(body, path.name)
            raise Refused("source.unrecognised", name=path.name)
        return Found(path.name, source.id, source.parse(body, path.name))
    except Refused as error:
        return Found(path.name, source.id if source else None, error=error)


def files(folder: Path) -> tuple[Path, ...]:
    """The folder's files by name, hidden ones left out."""
    return tuple(sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")))
