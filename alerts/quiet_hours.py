"""Hours in which a person is not to be disturbed: what is told then waits until they are over."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to `end` by the clock of `zone`, every day; over midnight where `end` is not after `start`.

    The same start and end would be all day, for ever, and is refused by whoever stores them.
    """

    start: time
    end: time
    zone: str

    def until(self, at: datetime) -> datetime | None:
        """When they are over (an instant of the same kind as `at`); None where it is not quiet at `at`.

        An end that the clock skips in spring is an hour later by the clock; one that comes twice in autumn is the
        first of both.
        """
        local = at.astimezone(ZoneInfo(self.zone))
        today = local.date()
        for day in (today - timedelta(days=1), today):
            begins = datetime.combine(day, self.start, ZoneInfo(self.zone))
            last = day if self.end > self.start else day + timedelta(days=1)
            ends = datetime.combine(last, self.end, ZoneInfo(self.zone))
            # Compared as instants: of two clock times in one zone Python would compare the hands only.
            if begins.timestamp() <= at.timestamp() < ends.timestamp():
                return ends.astimezone(at.tzinfo)
        return None
