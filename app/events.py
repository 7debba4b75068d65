"""What happened, told to whoever asked: services publish, the window's bridge and other services listen."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SeriesChanged:
    """Observations were added or revised."""

    series_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class BookChanged:
    """A book was imported, superseded or undone, or a limit was set."""


@dataclass(frozen=True, slots=True)
class AlertsChanged:
    """An alert moved, or was acknowledged."""


@dataclass(frozen=True, slots=True)
class ReviewsChanged:
    """A review list was made or an item changed."""


@dataclass(frozen=True, slots=True)
class CheckChanged:
    """A daily check was made, decided, signed, or got late evidence."""

    business_date: date


@dataclass(frozen=True, slots=True)
class ScheduleChanged:
    """A scheduled run began or ended, or a program began or ceased to keep the schedule."""


@dataclass(frozen=True, slots=True)
class NoticesChanged:
    """Somebody was told something, a message of the outbox moved, or how a person is reached changed."""


@dataclass(frozen=True, slots=True)
class PersonsChanged:
    """Somebody was written down, has another role, left or is away, or how approvals ask for a password changed."""


Event = (
    SeriesChanged
    | BookChanged
    | AlertsChanged
    | ReviewsChanged
    | CheckChanged
    | ScheduleChanged
    | NoticesChanged
    | PersonsChanged
)


class Events:
    """Synchronous publish and subscribe; one listener's fault never stops the next."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Event], None]] = []

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Call `listener` with every event from now on; returns the call that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, event: Event) -> None:
        """Tell every listener, in the order in which they came."""
        for listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception:
                log.exception("a listener failed on %s", type(event))
