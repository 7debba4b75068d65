"""How wide each column of a table is, and which go where room is short."""

from collections.abc import Mapping, Sequence

from ui.tables.column import Column

#: An elastic column without a width of its own gives room back down to this many pixels.
_LEAST = 90


def fit(
    columns: Sequence[Column],
    needed: Mapping[str, int],
    headings: Mapping[str, int],
    dragged: Mapping[str, int],
    room: int,
) -> tuple[dict[str, int], bool]:
    """The width of every column that is shown, and whether all of them fit into `room` pixels.

    `needed` is what contents and heading need, `headings` what the heading alone needs, `dragged` what the person
    chose. Columns get what they need; what is left goes out by `stretch`; where room is short, columns go by priority
    and elastic ones give back. A column of priority 0 never goes and is never cut.
    """
    widths = {column.id: dragged.get(column.id) or _wanted(column, needed, headings) for column in columns}
    least = {
        column.id: min(widths[column.id], max(headings[column.id], column.width or _LEAST))
        if column.stretch and column.priority
        else widths[column.id]
        for column in columns
    }
    shown = list(columns)
    while len(shown) > 1 and sum(least[column.id] for column in shown) > room:
        goes = max(shown, key=lambda column: (column.priority, columns.index(column)))
        if goes.priority == 0:
            break
        shown.remove(goes)
    widths = {column.id: widths[column.id] for column in shown}
    elastic = [column for column in shown if column.stretch and column.id not in dragged]
    over = room - sum(widths.values())
    if over < 0:
        _take_back(widths, least, [column.id for column in elastic], -over)
    elif elastic:
        share = sum(column.stretch for column in elastic)
        for column in elastic:
            widths[column.id] += over * column.stretch // share
        widths[elastic[-1].id] += room - sum(widths.values())
    elif shown and not shown[-1].right:
        widths[shown[-1].id] += over
    return widths, sum(widths.values()) <= room


def _wanted(column: Column, needed: Mapping[str, int], headings: Mapping[str, int]) -> int:
    if column.width and not column.stretch:
        return max(column.width, headings[column.id])
    return max(column.width, needed[column.id])


def _take_back(widths: dict[str, int], least: Mapping[str, int], elastic: Sequence[str], lacking: int) -> None:
    """Elastic columns give back in proportion to what they can give."""
    give = {name: widths[name] - least[name] for name in elastic}
    whole = sum(give.values()) or 1
    for name in elastic:
        # rounded up, so that rounding never leaves a pixel too many
        widths[name] -= min(give[name], -(-lacking * give[name] // whole))
