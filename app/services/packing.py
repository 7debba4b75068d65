"""The committee pack: chosen lists, the daily check, countries' pages and scenarios as one PDF or one workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from app import i18n
from app.jobs import Job
from app.refusals import Misused, Refused
from app.services.exporting import write_attachments
from app.services.profiles import Country
from app.services.profiling import Profiling
from app.services.reporting import KINDS, Frame, Reported, Reporting
from app.services.reviewing import Reviewing
from app.services.stressing import Stressing
from app.services.surveying import Surveying
from app.spreadsheets import report_workbook
from app.storage import attachments, audit, audit_chain
from app.storage.attachments import Attachment
from app.storage.audit_chain import Head
from app.storage.database import Database
from app.wording import packing as words
from app.wording.report import attached, country_page, review_list, stress_part
from app.wording.report import check as check_words
from app.wording.report.document import Document, Section
from exposures.reviews import REVIEW_LISTS

_OCCASION = "pack"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a pack holds: ids of lists, codes of countries or regions, scenarios by id, and whether the daily check.

    `files`: what is attached to those items and countries is written out too, into a folder beside the pack.
    """

    lists: tuple[str, ...] = tuple(one.id for one in REVIEW_LISTS)
    countries: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    check: bool = True
    files: bool = False


class Packing:
    """A pack that is written anchors the audit trail and says on its cover where it ended; a preview does not."""

    def __init__(
        self,
        database: Database,
        reporting: Reporting,
        reviewing: Reviewing,
        profiling: Profiling,
        stressing: Stressing,
        surveying: Surveying,
        key: Callable[[], bytes | None],
        clock: Callable[[], datetime],
        user: str,
    ) -> None:
        self._database, self._reporting, self._reviewing = database, reporting, reviewing
        self._profiling, self._stressing, self._surveying = profiling, stressing, surveying
        self._key, self._clock, self._user = key, clock, user

    def flagged(self) -> tuple[str, ...]:
        """The countries and regions whose pages a pack has unless others are chosen: those the lists flagged."""
        making = next((made.making for made in self._reviewing.lists() if made.making is not None), None)
        flags = () if making is None else making.flags
        able = set(self._profiling.countries())
        return tuple(flag.country for flag in flags if flag.causes and flag.country in able)

    def write(
        self, path: Path, chosen: Chosen, day: date | None = None, language: str | None = None, job: Job | None = None
    ) -> Reported:
        """Write the pack of `day` (None: the bank's) as .pdf or .xlsx, and anchor the audit trail.

        Misused "report.unknown_kind", "report.not_yet", "pack.unknown_list", "country.unknown",
        "stress.unknown_scenario"; Refused "pack.empty", "pack.folder_exists", "report.no_font", "report.cannot_write".
        """
        kind = path.suffix.lower()
        if kind not in KINDS:
            raise Misused("report.unknown_kind", file=path.name)
        folder = path.with_name(f"{path.stem}-files") if chosen.files else None
        if folder is not None and folder.exists():
            raise Refused("pack.folder_exists", folder=folder.name)
        spoken = language or i18n.language()
        day = day or self._reporting.day()
        job = job or Job()
        with i18n.speaking(spoken):
            document, frame = self._document(chosen, day, job, "" if folder is None else folder.name)
            end, signed = self._anchor(path.name, chosen, day, frame)
            document = replace(
                document, facts=[*document.facts, words.anchored(end.rows, end.hash[:16], signed=signed)]
            )
            job.report("pack.setting", 1, 1)
            try:
                if folder is not None:
                    with self._database.read() as connection:
                        write_attachments(connection, folder, self._attached(chosen, frame))
                if kind == ".xlsx":
                    report_workbook.write(path, document)
                    return Reported(path, spoken, day, frame.made, None)
                # The engine and its fonts are loaded for the first PDF, not for every start of the program.
                from app.reports import setting

                return Reported(path, spoken, day, frame.made, setting.write(path, document, frame.made))
            except OSError as error:
                raise Refused("report.cannot_write", file=str(path), detail=error.strerror or str(error)) from error

    def preview(
        self, chosen: Chosen, day: date | None = None, language: str | None = None, job: Job | None = None
    ) -> list[bytes]:
        """Every page as a picture (PNG); nothing is written or anchored. Refused and Misused as `write`."""
        from app.reports import setting

        job = job or Job()
        with i18n.speaking(language or i18n.language()):
            document, frame = self._document(chosen, day or self._reporting.day(), job)
            document = replace(document, facts=[*document.facts, words.preview_only()])
            job.check()
            return setting.pictures(document, frame.made, 80.0)

    def _document(self, chosen: Chosen, day: date, job: Job, folder: str = "") -> tuple[Document, Frame]:
        known = tuple(one.id for one in REVIEW_LISTS)
        for name in chosen.lists:
            if name not in known:
                raise Misused("pack.unknown_list", list=name, known=known)
        if not (chosen.lists or chosen.countries or chosen.scenarios or chosen.check):
            raise Refused("pack.empty")
        frame = self._reporting.frame(day)
        facts = [*frame.document.facts, words.holds(len(chosen.lists), len(chosen.countries), len(chosen.scenarios))]
        sections = [*self._sections(chosen, day, frame, job), *self._files(chosen, frame, folder)]
        return (
            replace(frame.document, title=words.title(), facts=facts, sections=sections, contents=words.contents()),
            frame,
        )

    def _sections(self, chosen: Chosen, day: date, frame: Frame, job: Job) -> Sequence[Section]:
        total = 2 + len(chosen.countries) + len(chosen.scenarios)
        job.report("pack.lists", 0, total)
        made = {one.id: one for one in self._reviewing.lists(frame.until)}
        today = self._reporting.day_of(frame.until)
        found = [check_words.section(frame.check, day)] if chosen.check else []
        for done, code in enumerate(chosen.countries, start=1):
            job.report("pack.countries", done, total)
            found.append(_country(self._profiling.country(code, frame.as_of)))
        batches = self._surveying.batches()
        version = f"v{batches[-1].id}" if batches else "\N{EN DASH}"
        for done, wanted in enumerate(chosen.scenarios, start=1 + len(chosen.countries)):
            job.report("pack.stress", done, total)
            found.append(stress_part.section(self._stressing.run(self._stressing.scenario(wanted)), version))
        return [*found, *(review_list.section(made[name], today, frame.until) for name in chosen.lists)]

    def _attached(self, chosen: Chosen, frame: Frame) -> tuple[Attachment, ...]:
        """What was attached by then to the items of the chosen lists and to the chosen countries."""
        with self._database.read() as connection:
            found = attachments.attachments(connection)
        about = {f"country {code}" for code in chosen.countries}
        return tuple(
            one
            for one in found
            if one.at <= frame.until
            and (one.subject in about or one.subject.removeprefix("item ").partition("-")[0] in chosen.lists)
        )

    def _files(self, chosen: Chosen, frame: Frame, folder: str) -> Sequence[Section]:
        """The list of attached files, where there are any or they were asked for."""
        found = self._attached(chosen, frame)
        if not found and not chosen.files:
            return ()
        with self._database.read() as connection:
            faults = attachments.damaged(connection, found)
        rows: list[attached.Row] = [
            (one.id, one.subject, one.name, one.size, one.who, one.at, one.comment, one.sha256, faults.get(one.id, ""))
            for one in found
        ]
        return (attached.section(rows, folder),)

    def _anchor(self, file: str, chosen: Chosen, day: date, frame: Frame) -> tuple[Head, bool]:
        """Record the pack in the trail and anchor where the trail then ends."""
        now, key = self._clock(), self._key()
        after = {"file": file, "lists": list(chosen.lists), "countries": list(chosen.countries),
                 "scenarios": list(chosen.scenarios), "check": chosen.check,
                 "files": [one.sha256 for one in self._attached(chosen, frame)] if chosen.files else []}  # fmt: skip
        with self._database.write() as connection:
            subject = f"pack {day}"
            audit.record(
                connection, at=now, who=self._user, action="pack.write", subject=subject, after=after,
                data={"as_of": frame.as_of} | audit_chain.signed_by(key),
            )  # fmt: skip
            audit_chain.keep(connection, now, _OCCASION, subject, key)
            return audit_chain.head(connection), key is not None


def _country(seen: Country) -> Section:
    """A country's or region's page from what is known of it."""
    titles = country_page.titles()
    told = [(titles["currency"], seen.fx), (titles["figures"], seen.known), (titles["flag"], seen.flagged),
            (titles["stake"], seen.staked)]  # fmt: skip
    rows = [
        country_page.row(one.concept, one.value, one.unit, one.on, one.source, one.status.value)
        for one in (seen.rate, *seen.indicators)
    ]
    courses = [(titles["score"], "", seen.course), (titles["rate"], "", seen.rate.course)]
    level = None if seen.level is None else seen.level.level
    return country_page.section(seen.code, seen.scored, told, level, courses, rows)
