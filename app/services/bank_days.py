"""The bank's days and hours: its zone, its calendar, and which of its business days lie where."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.services import review_inputs
from app.settings import REVIEW_SETTINGS
from app.storage import settings as stored_settings
from app.storage.database import Database
from exposures.calendar import BankCalendar


class BankDays:
    """As the bank's settings say now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def zone(self) -> ZoneInfo:
        """Where the bank's day begins and ends."""
        with self._database.read() as connection:
            return ZoneInfo(stored_settings.read(connection, "reviews", REVIEW_SETTINGS)["time_zone"])

    def calendar(self, day: date) -> BankCalendar:
        """The bank's business days around `day`."""
        with self._database.read() as connection:
            return review_inputs.calendar(stored_settings.read(connection, "reviews", REVIEW_SETTINGS), day)

    def answers(self, list_id: str, day: date) -> tuple[date | None, date]:
        """By when a notice that goes out on `day` is acknowledged (None: a client's), and by when it is replied to."""
        with self._database.read() as connection:
            values = stored_settings.read(connection, "reviews", REVIEW_SETTINGS)
        return review_inputs.answer_days(values, list_id, day)

    def instant(self, day: date, hour: time) -> datetime:
        """An hour of the bank's day, in UTC."""
        return datetime.combine(day, hour, self.zone()).astimezone(UTC)

    def of(self, moment: datetime) -> date:
        """The bank's day at a moment."""
        return moment.astimezone(self.zone()).date()

    def between(self, first: date, last: date) -> list[date]:
        """The business days from `first` to `last`, both counted, oldest first."""
        calendars: dict[int, BankCalendar] = {}
        days = []
        for step in range((last - first).days + 1):
            day = first + timedelta(days=step)
            if day.year not in calendars:
                calendars[day.year] = self.calendar(day)
            if calendars[day.year].is_business_day(day):
                days.append(day)
        return days

    def before(self, day: date, count: int) -> date:
        """The day that lies `count` business days before `day`."""
        calendar = self.calendar(day)
        while count > 0:
            day -= timedelta(days=1)
            count -= calendar.is_business_day(day)
        return day
