"""What a column is: declared once by the page, read by the model, the drawing and the copying alike."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from app.i18n import gettext as _


class Kind(Enum):
    """How a cell is drawn, sorted and copied."""

    TEXT = auto()
    TWO_LINE = auto()  # `detail` names the array of the second line
    NUMBER = auto()
    SEVERITY = auto()  # mark and word; `detail` names an array of words where they differ from the severity's own
    HEAT = auto()  # a number on a shade of its amount
    BAR = auto()  # use of a limit in percent; `detail` names the array of the use with what is pending
    SPARK = auto()  # a small line, an array of floats a row
    DATE = auto()
    LINK = auto()  # text that does something: `TableView.link_opened`
    TICK = auto()  # a mark alone; its word is the tooltip and what a screen reader says


#: The kinds whose values are numbers and stand on the right.
NUMERIC = frozenset({Kind.NUMBER, Kind.HEAT})
#: The severities from the gravest, which is also the order of sorting.
SEVERITIES = ("critical", "warning", "watch", "pending", "stale", "nodata", "todo", "now", "ok", "done")


@dataclass(frozen=True, slots=True)
class Column:
    """One column; its `id` is stable (remembered widths, exports), its header is asked for whenever it is drawn.

    `width` is in pixels at 100 %, 0 as wide as the contents; what room is left goes out by `stretch`, and a column
    that stretches gives room back down to its `width`. When room is short, the columns of the highest `priority` go
    first, and 0 never goes and is never cut.
    """

    id: str
    header: Callable[[], str]
    kind: Kind = Kind.TEXT
    width: int = 0
    stretch: int = 0
    priority: int = 1
    decimals: int = 0
    unit: Callable[[], str] | None = None
    sign: bool = False
    strong: bool = False
    quiet: bool = False
    short_date: bool = False
    fades: bool = False  # not shown where no row has a value
    detail: str = ""  # see Kind
    tone: str = ""  # names an array of severities that colour the cell's text
    note: str = ""  # names an array of tooltips
    swatch: str = ""  # names an array of chart colour roles, drawn as a small square before the text
    indent: str = ""  # names an array of levels; level 0 is drawn semibold where any row is indented

    @property
    def right(self) -> bool:
        """Whether cells and header stand on the right."""
        return self.kind in NUMERIC

    @property
    def heading(self) -> str:
        """The header with its unit, as it is copied and exported."""
        header = self.header().replace("\n", " ")
        unit = self.unit() if self.unit else ""
        return _("{name}, {unit}").format(name=header, unit=unit) if unit and unit not in header else header
