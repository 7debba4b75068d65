"""What a table remembers of its reader: the widths they dragged and the order they chose."""

import json
from collections.abc import Collection, Mapping

from ui.state import Setting, State

#: Widths outside are not of this program (px).
NARROWEST, WIDEST = 24, 2000


def _setting(name: str) -> Setting:
    return Setting(f"tables/{name}", "")


def remember(state: State | None, name: str, widths: Mapping[str, int], order: tuple[str, bool] | None) -> None:
    """Keep widths by column and the order (column, downward) under a table's name; without a name nothing."""
    if state is not None and name:
        state.put(_setting(name), json.dumps({"widths": dict(widths), "sort": order}))


def recall(state: State | None, name: str, columns: Collection[str]) -> tuple[dict[str, int], tuple[str, bool] | None]:
    """What was kept for the columns that there still are."""
    if state is None or not name:
        return {}, None
    try:
        kept = json.loads(state.get(_setting(name)) or "{}")
        widths = {
            column: int(width)
            for column, width in kept.get("widths", {}).items()
            if column in columns and NARROWEST <= int(width) <= WIDEST
        }
        sort = kept.get("sort")
        return widths, (str(sort[0]), bool(sort[1])) if sort and sort[0] in columns else None
    except (ValueError, TypeError, AttributeError, IndexError):
        return {}, None  # a file that somebody else wrote: the table starts as it was made
