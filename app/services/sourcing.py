"""Where the figures come from: what was fetched and when, what failed, how each source is reached, and which hosts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from alerts.finding import Finding
from app.credentials import Keys
from app.events import Events, ScheduleChanged
from app.jobs import Job
from app.paths import Workspace
from app.refusals import Misused, Refused
from app.series.catalogue import CATALOGUE
from app.series.series import Batch
from app.services.carrying import Carried, carried
from app.services.provider import Provider, Standing, finding, gravest, hosts
from app.settings import SourceSettings, plain_settings, put_source_settings, source_settings
from app.sources import SOURCES
from app.sources.http import Http
from app.sources.source import Source, Span
from app.storage import audit, fetches, observations
from app.storage.database import Database
from app.timetable import table

#: The row of the series that no public source carries: officers and the sample workspace fill them.
BY_HAND = "by_hand"
#: A test asks for so much: every series has come out once in it.
_TEST_SPAN = timedelta(days=60)


class Sourcing:
    """Reads the fetch log and the release calendars; writes the bank's sources.toml."""

    def __init__(
        self,
        workspace: Workspace,
        database: Database,
        events: Events,
        clock: Callable[[], datetime],
        user: str,
        keys: Keys,
    ) -> None:
        self._keys = keys
        self._workspace, self._database, self._events = workspace, database, events
        self._clock, self._user = clock, user

    def standing(self) -> Standing:
        """Every source as it stands; where the bank's calendar cannot be used, by the public ones, and why."""
        now, (overrides, fault) = self._clock(), table.read_or_own(self._workspace.calendar)
        with self._database.read() as connection:
            newest, given = fetches.newest(connection), fetches.given(connection)
            answered = observations.last_successes(connection)
        providers = []
        for source in SOURCES:
            found = tuple(
                carried(series, source.id, newest, given, now, overrides)
                for series in CATALOGUE
                if series.name_in(source.id) is not None
            )
            providers.append(self._provider(source, found, answered.get(source.id)))
        own = tuple(
            carried(series, BY_HAND, newest, given, now, overrides) for series in CATALOGUE if not series.sources
        )
        providers.append(Provider(BY_HAND, "", "", None, None, own, None, gravest(own)))
        return Standing(finding(providers), tuple(providers), tuple(hosts(providers)), fault)

    def change(self, source_id: str, settings: SourceSettings) -> SourceSettings:
        """Set how a source is reached; what cannot work is refused before anything is written.

        Misused "source.unknown"; Refused "source.address", "source.settings", "settings.unreadable".
        """
        source = _source(source_id)
        self._usable(source, settings)
        path, now = self._workspace.sources, self._clock()
        before = source_settings(path, source_id)
        if before == settings:
            return settings
        with self._database.write() as connection:
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="source.settings",
                subject=f"source {source_id}",
                before=plain_settings(before),
                after=plain_settings(settings),
            )
            put_source_settings(path, source_id, settings)
        self._events.publish(ScheduleChanged())
        return settings

    def switch(self, source_id: str, on: bool) -> SourceSettings:
        """Ask a source from now on, or ask it no more; as `change`."""
        _source(source_id)
        settings = source_settings(self._workspace.sources, source_id)
        return self.change(source_id, replace(settings, enabled=on))

    def test(self, source_id: str, settings: SourceSettings, _job: Job | None = None) -> Finding:
        """Ask the source one small question with these settings, and store nothing: sources.answered, or
        sources.answered_empty. Refused "source.…" says why it did not answer.
        """
        source = _source(source_id)
        self._usable(source, settings)
        today = self._clock().date()
        request = source.requests(Span(today, today - _TEST_SPAN))[0]
        key = self._keys.find(source.id) if source.key is not None else None
        if source.key is not None and source.key.needed and key is None:
            raise Refused("credentials.needed", source=source.id, page=source.key.page)
        with Http(source, replace(settings, attempts=1), now=self._clock, key=key) as http:
            answer = http.ask(request)
            found = list(source.parse(answer.body, request.resource)) if answer.body is not None else []
            for following in source.more(request, answer.body) if answer.body is not None else ():
                answer = http.ask(following)
                found += source.parse(answer.body, following.resource) if answer.body is not None else ()
        batches = [one for one in found if isinstance(one, Batch)]
        newest = max((day for batch in batches for day, _value in batch.values), default=None)
        values = {"source": source.id, "host": _host(settings.base_url or source.base_url), "day": newest}
        return Finding("sources.answered" if newest else "sources.answered_empty", values)

    def keep_key(self, source_id: str, key: str) -> None:
        """Put a source's key into the system's safe; the audit trail says that it was done, never the key.

        Misused "source.unknown"; Refused "credentials.not_wanted", "credentials.empty", "credentials.no_safe".
        """
        self.wants_key(source_id)
        self._keys.keep(source_id, key)
        self._note_key("source.key_set", source_id)

    def remove_key(self, source_id: str) -> None:
        """Take a source's key out of the system's safe, audited.

        Misused "source.unknown"; Refused "credentials.not_wanted", "credentials.none", "credentials.environment".
        """
        self.wants_key(source_id)
        self._keys.forget(source_id)
        self._note_key("source.key_removed", source_id)

    def test_key(self, source_id: str, job: Job | None = None) -> Finding:
        """Ask the source one small question with the key and the settings there are; as `test`.

        Refused "credentials.needed" where there is none, "credentials.refused" where the source does not accept it.
        """
        self.wants_key(source_id)
        return self.test(source_id, source_settings(self._workspace.sources, source_id), job)

    def wants_key(self, source_id: str) -> None:
        """Misused "source.unknown"; Refused "credentials.not_wanted" for a source that is open to everybody."""
        if _source(source_id).key is None:
            raise Refused("credentials.not_wanted", source=source_id)

    def _note_key(self, action: str, source_id: str) -> None:
        with self._database.write() as connection:
            audit.record(connection, at=self._clock(), who=self._user, action=action, subject=f"source {source_id}")
        self._events.publish(ScheduleChanged())

    def _usable(self, source: Source, settings: SourceSettings) -> None:
        for key in ("base_url", "proxy"):
            address = getattr(settings, key)
            if address is not None and not _is_address(address):
                raise Refused("source.address", source=source.id, key=key, address=address)
        with Http(source, settings, now=self._clock):
            pass  # opens nothing yet: proxy and certificates are looked at

    def _provider(self, source: Source, found: tuple[Carried, ...], answered: datetime | None) -> Provider:
        try:
            settings, fault = source_settings(self._workspace.sources, source.id), None
        except Refused as error:
            settings, fault = None, error
        off = settings is not None and not settings.enabled
        kept = self._keys.kept(source.id) if source.key is not None else None
        keyless = source.key is not None and source.key.needed and kept is None
        failed = fault is not None or any(one.fault is not None for one in found)
        state = "off" if off else "keyless" if keyless else "failed" if failed else gravest(found)
        host = _host((settings.base_url if settings else None) or source.base_url)
        return Provider(
            source.id,
            source.base_url,
            host,
            settings,
            fault,
            found,
            answered,
            state,
            source.attribution,
            source.key,
            kept,
            source.stands_in,
        )


def _source(source_id: str) -> Source:
    for source in SOURCES:
        if source.id == source_id:
            return source
    raise Misused("source.unknown", source=source_id, known=tuple(source.id for source in SOURCES))


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
