"""Which of the things that happen to an alert somebody is told of."""

from collections.abc import Iterable

from alerts.monitor import Event, Kind

#: A new episode that fires, a higher severity, and an end. Lower severities and recovering only update what is shown;
#: pending tells nobody, and what ends before it fired was never announced.
NOTIFIED = frozenset({Kind.FIRED, Kind.RAISED, Kind.RESOLVED})


def notified(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that are announced, in order."""
    return tuple(event for event in events if event.kind in NOTIFIED)
