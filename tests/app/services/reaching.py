"""How a test's workspace reaches sources: those named here, and no other, so that nothing leaves the machine."""

from pathlib import Path
from typing import Any

import tomli_w

from app.sources import SOURCES


def reach(path: Path, **sources: dict[str, Any]) -> None:
    """Write sources.toml: each named source with its settings, every other one switched off."""
    tables = {source.id: sources.get(source.id, {"enabled": False}) for source in SOURCES}
    path.write_text(tomli_w.dumps(tables), "utf-8")
