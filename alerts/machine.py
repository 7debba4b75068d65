"""The steps of an alert's life without dates: from one place and one observation's comparisons to the next place.

There are few places and few comparisons, so each step is worked out once for all rules of the same bands and policies.
"""

from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from alerts.rule import Band, NoData, Severity
from alerts.state import Kind, Phase

#: Waiting for thousands of observations makes as many places; beyond this the steps are worked out anew.
_MOST = 20_000


class Place(NamedTuple):
    """A state without dates (`alerts.state.State`)."""

    phase: Phase
    severity: Severity | None
    on: tuple[bool, ...]
    waiting: tuple[int | None, ...]
    missed: int | None
    stale: bool


class Told(NamedTuple):
    """An event without dates; `begins`: its episode begins at this observation."""

    kind: Kind
    threshold: float | None
    severity: Severity | None
    phase: Phase
    begins: bool


class Course(Enum):
    """What becomes of the episode."""

    NONE = "none"
    KEPT = "kept"
    BEGUN = "begun"


Outcome = tuple[Place, tuple[Told, ...], Course]


class Machine:
    """The steps of one set of bands and policies. A step that changes nothing gives the very same place."""

    def __init__(self, warning: Band | None, critical: Band | None, keep: int, no_data: NoData) -> None:
        pairs = ((Severity.WARNING, warning), (Severity.CRITICAL, critical))
        self.bands = tuple((severity, band) for severity, band in pairs if band is not None)
        self.critical, self.keep, self.no_data = critical, keep, no_data
        self.in_days = any(band.in_days for _, band in self.bands)
        self._known: dict[tuple[Place, int, tuple[int, ...]], Outcome] = {}

    def after(self, place: Place, code: int, days: tuple[int, ...]) -> Outcome:
        """Take one observation, its comparisons as bits; `days` since each band's first hit where bands wait days."""
        key = (place, code, days)
        if key not in self._known:
            if len(self._known) > _MOST:
                self._known.clear()
            step = _Step(self, place, days)
            step.take(code)
            after = step.place()
            changed = after != place or bool(step.told)
            # `place` itself where nothing changed, so that the caller need not compare.
            self._known[key] = (after if changed else place, tuple(step.told), step.course)
        found = self._known[key]
        return (place, *found[1:]) if found[0] == place and not found[1] else found


@lru_cache(maxsize=4096)
def machine(warning: Band | None, critical: Band | None, keep: int, no_data: NoData) -> Machine:
    """The machine of these bands and policies."""
    return Machine(warning, critical, keep, no_data)


class _Step:
    """One step, worked out: the place unpacked, and what is told."""

    def __init__(self, of: Machine, place: Place, days: tuple[int, ...]) -> None:
        self.of, self.bands, self.days = of, of.bands, days
        self.phase, self.severity = place.phase, place.severity
        self.on, self.waiting = list(place.on), list(place.waiting)
        self.missed, self.stale = place.missed, place.stale
        self.course = Course.KEPT if place.phase in (Phase.PENDING, Phase.FIRING, Phase.RECOVERING) else Course.NONE
        self.told: list[Told] = []

    def place(self) -> Place:
        """Where it is now."""
        return Place(self.phase, self.severity, tuple(self.on), tuple(self.waiting), self.missed, self.stale)

    def take(self, code: int) -> None:
        """One observation: bit 0 no value, then per band hit and still held."""
        self.stale = bool(code & 1)
        if not self.stale:
            top = self._move(code)
            if top >= 0:
                self._fire(top)
            elif self.phase in (Phase.FIRING, Phase.RECOVERING):
                self._miss()
            else:
                self._wait()
        elif self.of.no_data is NoData.STATE:
            self._vanish()

    def _move(self, code: int) -> int:
        """Move every band by its comparisons; the highest band that is on, −1 for none."""
        standing = -1
        if self.phase in (Phase.FIRING, Phase.RECOVERING):
            standing = next(place for place, (severity, _) in enumerate(self.bands) if severity is self.severity)
        top = -1
        for place, (_, band) in enumerate(self.bands):
            hit, held = code >> (1 + 2 * place) & 1, code >> (2 + 2 * place) & 1
            if self.on[place]:
                self.on[place] = bool(held)
                if not held:
                    self.waiting[place] = None
            elif hit:
                passed = self.waiting[place] = self._passed(place, band)
                # What fires already need not wait again for the same severity or a lower one.
                self.on[place] = passed >= band.hold or place <= standing
            else:
                self.waiting[place] = None
            if self.on[place]:
                top = place
        for place in range(top):
            self.on[place] = self.on[place] or bool(code >> (1 + 2 * place) & 1)
        return top

    def _passed(self, place: int, band: Band) -> int:
        """Observations, or days, since the band's first hit; no more than it must wait."""
        passed = self.waiting[place]
        if passed is None:
            return 0
        return min(self.days[place] if band.in_days else passed + 1, band.hold)

    def _fire(self, top: int) -> None:
        severity, band = self.bands[top]
        was, self.severity = self.severity, severity
        phase, self.phase = self.phase, Phase.FIRING
        self.missed = None
        if phase not in (Phase.FIRING, Phase.RECOVERING):
            if self.course is Course.NONE:
                self.course = Course.BEGUN
            self._tell(Kind.FIRED, band.threshold)
            return
        worse = was is Severity.WARNING and severity is Severity.CRITICAL
        if phase is Phase.RECOVERING:
            self._tell(Kind.RETURNED, band.threshold)
        elif was is Severity.CRITICAL and severity is Severity.WARNING:
            self._tell(Kind.LOWERED, self.of.critical.clears_at if self.of.critical else None)
        if worse:
            self._tell(Kind.RAISED, band.threshold)

    def _miss(self) -> None:
        self.missed = 0 if self.missed is None else min(self.missed + 1, self.of.keep)
        mildest = self.bands[0][1]
        if self.missed < self.of.keep:
            if self.phase is Phase.FIRING:
                self.phase = Phase.RECOVERING
                self._tell(Kind.RECOVERING, mildest.clears_at)
            return
        self.phase = Phase.NORMAL
        self._tell(Kind.RESOLVED, mildest.clears_at)
        self.severity, self.missed, self.course = None, None, Course.NONE
        self._wait()

    def _wait(self) -> None:
        waiting = [place for place, passed in enumerate(self.waiting) if passed is not None]
        if waiting and self.phase is not Phase.PENDING:
            self.phase, self.course = Phase.PENDING, Course.BEGUN
            self._tell(Kind.PENDING, self.bands[waiting[0]][1].threshold)
        elif not waiting:
            pending, self.phase = self.phase is Phase.PENDING, Phase.NORMAL
            if pending:
                self._tell(Kind.LAPSED, self.bands[0][1].threshold)
            self.course = Course.NONE

    def _vanish(self) -> None:
        if self.phase is Phase.NO_DATA:
            return
        self.phase = Phase.NO_DATA
        if self.course is not Course.NONE:
            self._tell(Kind.NO_DATA, None)
        count = len(self.bands)
        self.on, self.waiting = [False] * count, [None] * count
        self.severity, self.missed, self.course = None, None, Course.NONE

    def _tell(self, kind: Kind, threshold: float | None) -> None:
        begins = self.course is Course.BEGUN
        self.told.append(Told(kind, threshold, self.severity, self.phase, begins))
