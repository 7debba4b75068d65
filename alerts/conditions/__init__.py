"""The conditions a rule may have; a new one is a file and a line here."""

from alerts.conditions.book_change import BookChange
from alerts.conditions.book_limit import BookLimit
from alerts.conditions.change import Change
from alerts.conditions.comparison import Comparison
from alerts.conditions.composite import Composite, Part
from alerts.conditions.condition import Condition, Input
from alerts.conditions.count import Count
from alerts.conditions.crossing import Crossing
from alerts.conditions.level import Level
from alerts.conditions.percent_change import PercentChange
from alerts.conditions.percentile import Percentile
from alerts.conditions.spread import Spread
from alerts.conditions.staleness import Staleness
from alerts.conditions.z_score import ZScore

CONDITIONS: tuple[type[Condition], ...] = (
    Level,
    Change,
    PercentChange,
    ZScore,
    Percentile,
    Spread,
    Crossing,
    Composite,
    Staleness,
    BookLimit,
    BookChange,
    Count,
)

__all__ = [
    "CONDITIONS",
    "BookChange",
    "BookLimit",
    "Change",
    "Comparison",
    "Composite",
    "Condition",
    "Count",
    "Crossing",
    "Input",
    "Level",
    "Part",
    "PercentChange",
    "Percentile",
    "Spread",
    "Staleness",
    "ZScore",
]
