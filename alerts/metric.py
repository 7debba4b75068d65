"""One kind of number for everything that a rule can watch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that changes over time: a Fed series, a derived figure, a country indicator or a book figure.

    `labels` tell apart the figures of one kind: {"country": "TR"}; an empty mapping is a figure without scope.
    """

    id: str
    unit: str
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The metric and its labels as one text, the same for equal labels in any order."""
        scope = ",".join(f"{name}={self.labels[name]}" for name in sorted(self.labels))
        return f"{self.id}{{{scope}}}" if scope else self.id


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric's value for one date, and since when it was known; `value` None is "no data", never zero."""

    metric: Metric
    date: date
    value: float | None
    known_from: datetime
    assumed: bool = False
    source: str = ""
