"""The report of a day: gathered from the other services, put into words, written as PDF or as a workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app import i18n
from app.refusals import Misused, Refused
from app.services.attending import Attending
from app.services.checking import Checking
from app.services.monitoring import Evidence, Monitoring
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


class Reporting:
    """Reads only; the language of a report is its own, whatever the window speaks."""

    def __init__(
        self,
        database: Database,
        watching: Watching,
        surveying: Surveying,
        monitoring: Monitoring,
        reviewing: Reviewing,
        attending: Attending,
        checking: Checking,
        clock: Callable[[], datetime],
        user: str,
    ) -> None:
        self._database = database
        self._watching, self._surveying = watching, surveying
        self._monitoring, self._reviewing = monitoring, reviewing
        self._attending, self._checking = attending, checking
        self._clock, self._user = clock, user

    def write(self, path: Path, day: date | None = None, language: str | None = None) -> Reported:
        """Write the report of `day` (None: the bank's) as .pdf or .xlsx, in `language` (None: the reader's).

        The check is the day's own; answers, alerts, limits and lists are as known now, and the cover says when that
        is. Misused "report.unknown_kind", "report.not_yet"; Refused "report.no_font", "report.cannot_write".
        """
        kind = path.suffix.lower()
        if kind not in KINDS:
            raise Misused("report.unknown_kind", file=path.name)
        spoken = language or i18n.language()
        day = day or self._checking.business_date()
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
        now = self._clock()
        if day > self._checking.business_date():
            raise Misused("report.not_yet", date=day)
        with self._database.read() as connection:
            sample = facts.is_sample(connection)
            bank = stored_settings.read(connection, "report", REPORT_SETTINGS)["bank"]
        check = next((one for one in self._checking.checks(day) if one.business_date == day), None)
        tide = self._watching.tide()
        dates = {tile.id: tile.date for tile in tide.tiles}
        book = self._surveying.batches()[-1] if self._surveying.batches() else None
        document = Document(
            reporting.title(),
            formats.weekday(day),
            reporting.cover(bank, day, now, self._user, None if check is None else check.cut_off),
            self._sections(check, day, now),
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
        return document, now

    def _sections(self, check: Check | None, day: date, now: datetime) -> list[Section]:
        tide, card, hurting = self._watching.tide(), self._surveying.card(), self._attending.countries()
        listed, lists = self._monitoring.alerts(), self._reviewing.lists()
        alerts = self._monitoring.finding()
        evidence: dict[str, Evidence] = {}
        for alert in [one for one in listed if one.fires][:CHARTS]:
            try:
                evidence[alert.id] = self._monitoring.evidence(alert.id)
            except Refused:
                continue  # its figures are no longer stored; the table still tells of it
        figures = alert_list.figures(listed, evidence)
        histories = {id: self._watching.history(id) for id in tide.lines}
        found = [
            answers.day(tide.finding, hurting.finding, card.finding, alerts, lists),
            check_words.section(check, day),
            fed.section(tide, histories),
            alert_list.section(alerts, listed),
            *(() if figures is None else (figures,)),
            answers.countries(hurting.finding, hurting.rows, hurting.currency, hurting.reporting_date),
        ]
        if self._surveying.batches():
            seen = self._surveying.exposures()
            found.append(limit_list.section(seen.tight, seen.limits, seen.book.currency, seen.batch.reporting_date))
        found += [review_list.section(made, self._reviewing.today()) for made in lists]
        return found if check is None else [*found, check_words.evidence(check)]
