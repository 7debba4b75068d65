"""The bank's business days: weekends and holidays off, Chinese make-up working weekends (调休上班日) on."""

from dataclasses import dataclass, field
from datetime import date, timedelta

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class BankCalendar:
    """`holidays` are weekdays on which the bank is shut, `make_up_days` weekend days on which it works.

    Both come from a table that the bank can edit; a day in both is a working day.
    """

    holidays: frozenset[date] = field(default_factory=frozenset)
    make_up_days: frozenset[date] = field(default_factory=frozenset)

    def is_business_day(self, day: date) -> bool:
        """Whether the bank works on that day."""
        if day in self.make_up_days:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def add(self, day: date, count: int) -> date:
        """The day that lies `count` (≥ 0) business days after `day`; the first one counted is after `day`."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_business_day(day)
        return day

    def between(self, earlier: date, later: date) -> int:
        """How many business days lie after `earlier`, up to and with `later`; 0 where `later` is not later."""
        days = (later - earlier).days
        return sum(self.is_business_day(earlier + timedelta(days=step)) for step in range(1, days + 1))
