"""A backup in one file: a zip of parts with a manifest, sealed, so that no byte of it can change unseen."""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from app.storage import durable

#: Raise it when an older program could no longer read the file.
FORMAT = 2  # 2: the end of the audit trail
_MANIFEST = "manifest.json"
#: The zip's comment is its last bytes: this, then the SHA-256 of everything before that digest.
_SEAL = b"tidewatch-sha256:"
_DIGEST = 64
_CHUNK = 1 << 20
#: Parts are the database and settings beside it or one folder below; nothing can be written anywhere else.
_PART = re.compile(r"(?:[\w-][\w .-]*/)?[\w-][\w .-]*\.(?:sqlite|toml)")


class Unsound(Exception):
    """The file is no backup, or not as it was written."""


class Newer(Exception):
    """A newer program has written the file; `program` is its version."""

    def __init__(self, program: str) -> None:
        super().__init__(program)
        self.program = program


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the workspace: where it stood, its bytes and their SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; `rows` are the database's by table, `reason` a code (daily, asked …)."""

    program: str
    schema: str
    made_at: datetime
    reason: str
    sample: bool
    rows: Mapping[str, int]
    parts: tuple[Part, ...] = ()
    format: int = FORMAT
    audit: Mapping[str, Any] | None = None  # where the audit trail ended; None: a format before it


def write(file: Path, manifest: Manifest, parts: Sequence[tuple[str, Path]], check: Callable[[], None]) -> Manifest:
    """Write the backup, whole or not at all; `check` is called often and may raise. Raises OSError.

    Gives the manifest with its parts.
    """
    draft = file.with_name(f".{file.name}.part")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed:
            found = []
            for name, source in parts:
                with source.open("rb") as stream, packed.open(_entry(name, manifest), "w", force_zip64=True) as into:
                    found.append(_copy(name, stream, into, check))
            whole = Manifest(**{**_fields(manifest), "parts": tuple(found)})
            packed.writestr(_entry(_MANIFEST, manifest), _text(whole))
            packed.comment = _SEAL + b"0" * _DIGEST
        with draft.open("r+b") as stream:
            digest = _digest(stream, draft.stat().st_size - _DIGEST, check)
            stream.seek(-_DIGEST, 2)
            stream.write(digest)
        durable.sync(draft)
        durable.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    return whole


class Archive:
    """A backup that was found to be as it was written."""

    def __init__(self, packed: zipfile.ZipFile, manifest: Manifest) -> None:
        self._packed = packed
        self.manifest = manifest

    def extract(self, folder: Path, check: Callable[[], None]) -> None:
        """Write every part below the folder and through to the disk; raises Unsound, OSError."""
        for part in self.manifest.parts:
            path = folder / part.name
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._packed.open(part.name) as stream, path.open("wb") as into:
                if _copy(part.name, stream, into, check) != part:
                    raise Unsound(part.name)
            durable.sync(path)


@contextmanager
def opened(file: Path, check: Callable[[], None]) -> Iterator[Archive]:
    """A backup to read, after every byte of it was held against its seal; raises Unsound, Newer, OSError."""
    with file.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _DIGEST - len(_SEAL)))
        seal = stream.read()
        if not seal.startswith(_SEAL) or _digest(stream, size - _DIGEST, check) != seal[len(_SEAL) :]:
            raise Unsound(file.name)
        try:
            with zipfile.ZipFile(stream) as packed:
                yield Archive(packed, _manifest(packed.read(_MANIFEST)))
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
            raise Unsound(file.name) from error


def manifest_of(file: Path) -> Manifest:
    """What a backup says of itself; that its parts are whole is not looked at. Raises Unsound, Newer, OSError."""
    try:
        with zipfile.ZipFile(file) as packed:
            return _manifest(packed.read(_MANIFEST))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise Unsound(file.name) from error


def is_sealed(file: Path) -> bool:
    """Whether a file ends as a backup does; that nothing in it changed is not looked at."""
    with file.open("rb") as stream:
        stream.seek(max(0, stream.seek(0, 2) - _DIGEST - len(_SEAL)))
        return stream.read(len(_SEAL)) == _SEAL


def is_part(name: str) -> bool:
    """Whether a file of the workspace, by its path below it with /, can be a part."""
    return _PART.fullmatch(name) is not None and ".." not in PurePosixPath(name).parts


def _manifest(text: bytes) -> Manifest:
    said = json.loads(text)
    if said["format"] > FORMAT:
        raise Newer(str(said["program"]))
    parts = tuple(Part(**part) for part in said.pop("parts"))
    if not all(is_part(part.name) for part in parts):
        raise ValueError("a part that stands elsewhere")
    return Manifest(**{**said, "made_at": datetime.fromisoformat(said["made_at"]), "parts": parts})


def _text(manifest: Manifest) -> str:
    said = asdict(manifest) | {"made_at": manifest.made_at.astimezone(UTC).isoformat()}
    return json.dumps(said, ensure_ascii=False, indent=2)


def _fields(manifest: Manifest) -> dict[str, Any]:
    return {name: getattr(manifest, name) for name in manifest.__dataclass_fields__}


def _entry(name: str, manifest: Manifest) -> zipfile.ZipInfo:
    made_at = manifest.made_at.astimezone(UTC)
    entry = zipfile.ZipInfo(name, (max(made_at.year, 1980), *made_at.timetuple()[1:6]))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _copy(name: str, stream: IO[bytes], into: IO[bytes], check: Callable[[], None]) -> Part:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        check()
        digest.update(chunk)
        into.write(chunk)
        size += len(chunk)
    return Part(name, size, digest.hexdigest())


def _digest(stream: IO[bytes], length: int, check: Callable[[], None]) -> bytes:
    """The SHA-256, as hexadecimal digits, of the first `length` bytes."""
    stream.seek(0)
    digest = hashlib.sha256()
    while length > 0 and (chunk := stream.read(min(_CHUNK, length))):
        check()
        digest.update(chunk)
        length -= len(chunk)
    return digest.hexdigest().encode()
