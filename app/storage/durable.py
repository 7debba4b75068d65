"""Files that survive a power cut: written through to the disk before they count."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Write a file, or a folder's list of names, through to the disk; Windows has no such thing for folders."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(source: Path, target: Path) -> None:
    """Give a file or folder its place, whole or not at all, and make that last."""
    os.replace(source, target)
    sync(target.parent)
