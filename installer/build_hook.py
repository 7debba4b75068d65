"""Puts the compiled texts into the wheel."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    """Compiles every catalogue before the wheel is filled."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the .mo files, which are not under version control, as part of the wheel."""
        sys.path.insert(0, str(Path(self.root) / "installer"))
        try:
            from catalogues import compile_catalogues
        finally:
            sys.path.pop(0)
        root = Path(self.root)
        build_data["artifacts"] += [str(made.relative_to(root)) for made in compile_catalogues(root)]
