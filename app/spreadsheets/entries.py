"""The directory of a package: how many parts, how large, of which names. Quick, and looked at before any part is."""

import zipfile
from pathlib import Path

from app.refusals import Refused

_MOST_UNPACKED = 4 * 2**30
_MOST_RATIO = 200  # unpacked to packed; the largest real book measured had 7
_RATIO_MATTERS = 64 * 2**20  # below this a high ratio harms nobody
_MOST_ENTRIES = 10_000


def check_entries(path: Path, archive: zipfile.ZipFile) -> int:
    """How many bytes the parts have once unpacked; raises Refused where they are too many, doubled or encrypted."""
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
            raise Refused("importing.encrypted_document", file=path.name)
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > _MOST_UNPACKED or (unpacked > _RATIO_MATTERS and unpacked / packed > _MOST_RATIO):
        raise Refused("importing.bomb", file=path.name, megabytes=unpacked // 2**20, ratio=round(unpacked / packed))
    return unpacked
