"""One kind of number for everything that a rule can watch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure that changes over time: a Fed series, a derived figure, a country indicator or a book figure.

    `labels` tell apart the figures of one kind: {"country": "TR"}; an empty mapping is a figure without scope.
    """

    id: str
    unit: str
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def scope(self) -> str:
        """The labels as one text, the same for equal labels in any order; empty without labels."""
        return ",".join(f"{name}={self.labels[name]}" for name in sorted(self.labels))

    @property
    def key(self) -> str:
        """The metric and its labels as one text, the same for equal labels in any order."""
        return f"{self.id}{{{self.scope}}}" if self.labels else self.id


@dataclass(frozen=True, slots=True)
class Reading:
    """A metric's value for one date, and since when it was known; `value` None is "no data", never zero."""

    metric: Metric
    date: date
    value: float | None
    known_from: datetime
    assumed: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """All readings of one metric in columns, dates ascending and each once.

    `dates` datetime64[D]; `values` float64 in the metric's unit, NaN is "no data"; `known_from` datetime64[us] in
    UTC; `assumed` bool, true where known-from is a scheduled release and not the vendor's word. `beside` are what a
    condition's further inputs said at the same rows (`alerts.inputs`), NaN where nothing was known.
    """

    metric: Metric
    dates: NDArray[np.datetime64]
    values: NDArray[np.float64]
    known_from: NDArray[np.datetime64]
    assumed: NDArray[np.bool_]
    beside: tuple[NDArray[np.float64], ...] = ()
    #: Digests of the first so many rows: many rules read the same figures.
    _digests: dict[int, str] = field(default_factory=dict, repr=False)
    #: What conditions made of the rows, by the condition and the row they began at; kept by `alerts.monitor`.
    computed: dict[tuple[object, int], NDArray[np.float64]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        columns = (self.values, self.known_from, self.assumed, *self.beside)
        if any(len(column) != len(self.dates) for column in columns):
            raise ValueError(f"columns of {self.metric.key} differ in length")
        if len(self.dates) > 1 and not (self.dates[1:] > self.dates[:-1]).all():
            raise ValueError(f"dates of {self.metric.key} do not ascend")

    def __len__(self) -> int:
        return len(self.dates)

    @classmethod
    def of(cls, metric: Metric, readings: Iterable[Reading]) -> "Readings":
        """The columns of single readings of `metric`, in any order of dates."""
        rows = sorted(readings, key=lambda reading: reading.date)
        return cls(
            metric,
            np.array([row.date for row in rows], dtype="datetime64[D]"),
            np.array([np.nan if row.value is None else row.value for row in rows], dtype=np.float64),
            np.array([row.known_from.astimezone(UTC).replace(tzinfo=None) for row in rows], dtype="datetime64[us]"),
            np.array([row.assumed for row in rows], dtype=bool),
        )

    def first(self, count: int) -> "Readings":
        """The `count` earliest readings."""
        return self.take(slice(0, count))

    def last(self, count: int) -> "Readings":
        """The `count` latest readings."""
        return self.take(slice(max(len(self) - count, 0), None))

    def take(self, part: "slice | NDArray[np.bool_] | NDArray[np.intp]") -> "Readings":
        """The rows of a slice, a mask or an ascending index."""
        return Readings(
            self.metric,
            self.dates[part],
            self.values[part],
            self.known_from[part],
            self.assumed[part],
            tuple(column[part] for column in self.beside),
        )

    def digest(self, count: int) -> str:
        """Of the dates and values of the first `count` rows: the same as long as nothing was revised."""
        if count not in self._digests:
            days = self.dates[:count].astype("datetime64[D]").astype(np.int64)
            parts = (days, self.values[:count], *(column[:count] for column in self.beside))
            self._digests[count] = blake2b(b"".join(part.tobytes() for part in parts), digest_size=16).hexdigest()
        return self._digests[count]
