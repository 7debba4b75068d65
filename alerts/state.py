"""Where an alert is between two observations, and what can happen to it at one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from alerts.rule import Severity

#: A date, where a field of that name stands in the way.
Day: TypeAlias = date


class Phase(StrEnum):
    """Where an alert is."""

    NORMAL = "normal"
    PENDING = "pending"
    FIRING = "firing"
    RECOVERING = "recovering"
    NO_DATA = "no_data"
    ERROR = "error"


class Kind(StrEnum):
    """What happened to an alert."""

    PENDING = "pending"  # first hit; an episode begins
    LAPSED = "lapsed"  # the hits ended before the alert fired
    FIRED = "fired"
    RAISED = "raised"  # to a higher severity
    LOWERED = "lowered"
    RECOVERING = "recovering"  # below the line, held for `keep` observations
    RETURNED = "returned"  # from recovering back to firing, without waiting again
    RESOLVED = "resolved"
    NO_DATA = "no_data"  # only under the policy "state": the episode ends unresolved
    # Two that keepers of a history add; a pass over readings never makes them.
    REVISED = "revised"  # an earlier observation changed, and all was evaluated anew
    RULE_CHANGED = "rule_changed"  # the same, because the rule has a new version


@dataclass(frozen=True, slots=True)
class Event:
    """One transition: at which observation, with which value against which line; `episode` is its first hit's date."""

    kind: Kind
    date: Day
    value: float | None
    threshold: float | None
    severity: Severity | None
    phase: Phase
    episode: Day


@dataclass(frozen=True, slots=True)
class State:
    """An alert between two observations; everything that the next one needs.

    `waiting` counts per band the observations, or days, since its first hit (None: not hit) and is full at the band's
    `hold`; `hits` are the dates of those first hits; `missed` counts observations since the first miss while
    recovering. `fault` is why the rule cannot be evaluated now; the rest stays as it was, and the next evaluation
    takes the fault away.
    """

    calm: Phase = Phase.NORMAL
    severity: Severity | None = None
    on: tuple[bool, ...] = ()
    waiting: tuple[int | None, ...] = ()
    missed: int | None = None
    episode: Day | None = None
    date: Day | None = None
    value: float | None = None
    stale: bool = False
    fault: str | None = None
    hits: tuple[Day | None, ...] = ()

    @property
    def phase(self) -> Phase:
        """The state shown: error while the rule cannot be evaluated."""
        return Phase.ERROR if self.fault else self.calm

    @property
    def open(self) -> bool:
        """An episode is running."""
        return self.episode is not None
