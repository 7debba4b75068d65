"""The two families a report is set in, and where they lie; without Chinese letters there is no report."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst

from app.refusals import Refused

LATIN = "Inter"
#: The first of these that the system has; the last two come with Windows and macOS.
CHINESE = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC")
_REGULAR = 400


@dataclass(frozen=True, slots=True)
class Fonts:
    """What was found: every font for the engine, the families to ask for, and the files of their regular cut."""

    known: typst.Fonts
    families: tuple[str, ...]
    files: tuple[Path, ...]


@lru_cache(maxsize=1)
def find() -> Fonts:
    """The system's fonts, in its font folders; Refused "report.no_font" without a Chinese family."""
    return choose(typst.Fonts(include_system_fonts=True))


def choose(known: typst.Fonts) -> Fonts:
    """Inter where it is there (else the Chinese family's own Latin letters) and a Chinese family."""
    names = set(known.families())
    chinese = next((name for name in CHINESE if name in names), None)
    if chinese is None:
        raise Refused("report.no_font", family=CHINESE[0])
    families = (LATIN, chinese) if LATIN in names else (chinese,)
    return Fonts(known, families, tuple(_file(known, family) for family in families))


def _file(known: typst.Fonts, family: str) -> Path:
    cuts = [cut for cut in known.fonts() if cut.family == family and cut.path is not None]
    nearest = min(cuts, key=lambda cut: (cut.style != "normal", abs(cut.weight - _REGULAR)))
    return Path(str(nearest.path))
