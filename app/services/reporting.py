"""The report of a day: gathered from the other services, put into words, written as PDF or as a workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from alerts.alert import finding as alert_finding
from app import i18n
from app.refusals import Misused, Refused
from app.services.attending import Attending
from app.services.checking import Checking
from app.services.looking_back import look_back
from app.services.metering import Metered
from app.services.reviewing import Reviewing
from app.services.surveying import Surveying
from app.services.watching import Watching
from app.settings import REPORT_SETTINGS
from app.spreadsheets import report_workbook
from app.storage import facts
from app.storage import settings as stored_settings
from app.storage.database import Database
from app.wording import formats, reporting
from app.wording.report import alert_list, answers, fed, limit_list, review_list
from app.wording.report import check as check_words
from app.wording.report.document import Document, Section
from exposures.check import Check

#: Charts of evidence in a report: the gravest alerts'.
CHARTS = 6
KINDS = (".pdf", ".xlsx")


@dataclass(frozen=True, slots=True)
class Reported:
    """The file, its language, the day it is for, and its pages (None: a workbook)."""

    path: Path
    language: str
    day: date
    made: datetime
    pages: int | None


@dataclass(frozen=True, slots=True)
class Frame:
    """A report without its sections: cover, mark and dates of the data; the day's check, and as of when parts speak.

    Figures are as known at `as_of`; what people did is as it stood at `until`.
    """

    document: Document
    made: datetime
    check: Check | None
    as_of: datetime
    until: datetime


class Reporting:
    """Reads only; the language of a report is its own, whatever the window speaks."""

    def __init__(
        self,
        database: Database,
        watching: Watching,
        surveying: Surveying,
        sources: Sequence[Metered],
        reviewing: Reviewing,
        attending: Attending,
        checking: Checking,
        clock: Callable[[], datetime],
        user: str,
    ) -> None:
        self._database = database
        self._watching, self._surveying = watching, surveying
        self._sources, self._reviewing = sources, reviewing
        self._attending, self._checking = attending, checking
        self._clock, self._user = clock, user

    def write(self, path: Path, day: date | None = None, language: str | None = None) -> Reported:
        """Write the report of `day` (None: the bank's) as .pdf or .xlsx, in `language` (None: the reader's).

        Figures, alerts, limits and the book are as known at the cut-off of the day's check, whenever the report is
        made; what people did (lists, decisions, acknowledgements) is as it stood at the end of that day, or now where
        it is not over, because it follows the check. The cover says both instants.

        Misused "report.unknown_kind", "report.not_yet"; Refused "report.no_font", "report.cannot_write".
        """
        kind = path.suffix.lower()
        if kind not in KINDS:
            raise Misused("report.unknown_kind", file=path.name)
        spoken = language or i18n.language()
        day = day or self.day()
        with i18n.speaking(spoken):
            document, made = self.document(day)
            try:
                if kind == ".xlsx":
                    report_workbook.write(path, document)
                    return Reported(path, spoken, day, made, None)
                # The engine and its fonts are loaded for the first PDF, not for every start of the program.
                from app.reports import setting

                return Reported(path, spoken, day, made, setting.write(path, document, made))
            except OSError as error:
                raise Refused("report.cannot_write", file=str(path), detail=error.strerror or str(error)) from error

    def document(self, day: date) -> tuple[Document, datetime]:
        """The report in the language spoken now, and the instant it was made; Misused "report.not_yet"."""
        frame = self.frame(day)
        sections = self._sections(frame.check, day, frame.as_of, frame.until)
        return replace(frame.document, sections=sections), frame.made

    def day(self) -> date:
        """The bank's business day."""
        return self._checking.business_date()

    def day_of(self, instant: datetime) -> date:
        """The bank's day of an instant."""
        return instant.astimezone(self._checking.zone()).date()

    def frame(self, day: date) -> Frame:
        """What every report of a day says of itself; its sections are still to come. Misused "report.not_yet"."""
        now = self._clock()
        if day > self._checking.business_date():
            raise Misused("report.not_yet", date=day)
        with self._database.read() as connection:
            sample = facts.is_sample(connection)
            bank = stored_settings.read(connection, "report", REPORT_SETTINGS)["bank"]
        check = next((one for one in self._checking.checks(day) if one.business_date == day), None)
        start = self._checking.instant(day, self._checking.policy.cut_off)
        as_of = min(start, now) if check is None else check.cut_off
        until = min(now, self._checking.instant(day, time.max))
        tide = self._watching.tide(as_of)
        dates = {tile.id: tile.date for tile in tide.tiles}
        known = self._surveying.batches(as_of)
        book = known[-1] if known else None
        document = Document(
            reporting.title(),
            formats.weekday(day),
            reporting.cover(bank, day, now, self._user, as_of, until),
            (),
            i18n.language(),
            reporting.sample_mark() if sample else "",
            reporting.sample_meaning() if sample else "",
            reporting.data_dates(
                dates["total_assets"],
                dates["on_rrp"],
                None if book is None else book.reporting_date,
                "" if book is None else f"v{book.id}",
            ),
        )
        return Frame(document, now, check, as_of, until)

    def _sections(self, check: Check | None, day: date, as_of: datetime, until: datetime) -> list[Section]:
        past = look_back(self._database, self._sources, as_of, until)
        tide, card = self._watching.tide(as_of), self._surveying.card(as_of=as_of)
        hurting, lists = self._attending.countries(past), self._reviewing.lists(until)
        alerts = alert_finding(past.alerts, as_of)
        gravest = [one.id for one in past.alerts if one.id in past.evidence][:CHARTS]
        figures = alert_list.figures(past.alerts, {id: past.evidence[id] for id in gravest})
        histories = {id: self._watching.history(id, as_of) for id in tide.lines}
        found = [
            answers.day(tide.finding, hurting.finding, card.finding, alerts, lists),
            check_words.section(check, day),
            fed.section(tide, histories),
            alert_list.section(alerts, past.alerts, past.younger, rebuilt=past.rebuilt),
            *(() if figures is None else (figures,)),
            answers.countries(hurting.finding, hurting.rows, hurting.currency, hurting.reporting_date),
        ]
        if self._surveying.batches(as_of):
            seen = self._surveying.exposures(as_of=as_of)
            found.append(limit_list.section(seen.tight, seen.limits, seen.book.currency, seen.batch.reporting_date))
        else:
            found.append(limit_list.no_book(as_of))
        found += [review_list.section(made, self.day_of(until), until) for made in lists]
        return found if check is None else [*found, check_words.evidence(check)]
