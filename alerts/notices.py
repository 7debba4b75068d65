"""What of the things that happen to an alert somebody is told of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from alerts.flapping import flapping, severities
from alerts.rule import Severity
from alerts.state import Day, Event, Kind

#: A new episode that fires, a higher severity, and an end. Lower severities and recovering only update what is shown;
#: pending tells nobody, and what ends before it fired was never announced.
NOTIFIED = frozenset({Kind.FIRED, Kind.RAISED, Kind.RESOLVED})


class Told(StrEnum):
    """Why somebody is told."""

    FIRED = "fired"
    RAISED = "raised"
    RESOLVED = "resolved"
    FLAPPING = "flapping"  # from now on its changes are not told
    STEADY = "steady"  # flapping is over and all is calm
    REMAINS = "remains"  # flapping or a silence is over and the problem is still there
    EXPIRED = "expired"  # an acknowledgement ran out and the alert still fires
    ESCALATED = "escalated"  # nobody acknowledged it in time: the second person is told
    SILENCE_ENDS = "silence_ends"  # a reminder before a silence ends
    UNANSWERED = "unanswered"  # no alert: what was sent to somebody outside is not answered in time


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell about an alert: at which observation, with which severity."""

    told: Told
    date: Day
    severity: Severity | None
    episode: Day | None


@dataclass(frozen=True, slots=True)
class Silence:
    """From `start` to `end` nobody is told of alerts that all `matchers` fit; what they do goes on.

    Matchers are "rule", "family", "severity" and the names of labels, each with the text it must have.
    """

    id: int
    matchers: Mapping[str, str]
    start: datetime
    end: datetime
    author: str
    comment: str
    ended: datetime | None = None  # by a person, before its time

    @property
    def until(self) -> datetime:
        """When it ends or ended."""
        return self.end if self.ended is None else min(self.end, self.ended)

    def runs(self, at: datetime) -> bool:
        """Whether it holds at an instant."""
        return self.start <= at < self.until

    def fits(self, rule_id: str, family: str, severity: Severity | None, labels: Mapping[str, str]) -> bool:
        """Whether every matcher fits an alert."""
        known = {**labels, "rule": rule_id, "family": family, "severity": severity.value if severity else ""}
        return all(known.get(name) == text for name, text in self.matchers.items())


def notified(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that are announced, in order, flapping left aside."""
    return tuple(event for event in events if event.kind in NOTIFIED)


def notices(events: Sequence[Event], dates: NDArray[np.datetime64]) -> tuple[Notice, ...]:
    """Everything to tell about one alert's whole past, in order; `dates` are all its observations.

    While it flaps nothing is told but that; when that ends, a problem that is still there is announced (Icinga leaves
    it unsaid, its issue 5713), and an end of which nobody heard as well.
    """
    states = severities(events, dates)
    flaps = flapping(states).flaps
    found: list[Notice] = []
    announced: Severity | None = None
    by_day: dict[date, list[Event]] = {}
    for event in events:
        by_day.setdefault(event.date, []).append(event)
    changed: list[int] = (np.flatnonzero(flaps[1:] != flaps[:-1]) + 1).tolist()
    places = sorted({*changed, *(int(np.searchsorted(dates, np.datetime64(day))) for day in by_day)})
    episode: date | None = None
    severity: Severity | None = None
    for place in places:
        day: date = dates[place].item()
        mine = by_day.get(day, [])
        for event in mine:
            over = event.kind in (Kind.RESOLVED, Kind.NO_DATA, Kind.LAPSED)
            episode, severity = (None, None) if over else (event.episode, event.severity)
        if flaps[place]:
            if not place or not flaps[place - 1]:
                found.append(Notice(Told.FLAPPING, day, severity, episode))
            continue
        if place and flaps[place - 1]:
            told = Told.STEADY if severity is None else Told.REMAINS
            found.append(Notice(told, day, severity, episode))
            announced = severity
            continue
        for event in notified(mine):
            if event.kind is Kind.RESOLVED:
                if announced is not None:
                    found.append(Notice(Told.RESOLVED, day, event.severity, event.episode))
                announced = None
            else:
                found.append(Notice(Told(event.kind.value), day, event.severity, event.episode))
                announced = event.severity
    return tuple(found)
