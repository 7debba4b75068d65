"""How a source stands: its series, its settings, its key, its host, and the sentence about all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alerts.finding import Finding
from app.credentials import Kept
from app.refusals import Refused
from app.services.carrying import Carried
from app.settings import SourceSettings
from app.sources.source import Key


@dataclass(frozen=True, slots=True)
class Provider:
    """A source and how it is reached. `settings` is None where the bank's file cannot be used, `fault` says why.

    `state` is off, keyless (it wants a key and there is none), failed, late, stale, empty or fresh: the gravest of its
    series.
    """

    id: str
    base_url: str
    host: str
    settings: SourceSettings | None
    fault: Refused | None
    carried: tuple[Carried, ...]
    answered_at: datetime | None
    state: str
    attribution: str = ""
    key: Key | None = None  # how the source wants its key, None where it wants none
    kept: Kept | None = None  # whether there is one, and where
    stands_in: str | None = None

    @property
    def faults(self) -> tuple[Refused, ...]:
        """What failed, each cause once."""
        found = [self.fault, *(one.fault for one in self.carried)]
        return tuple({_cause(one): one for one in found if one is not None}.values())


@dataclass(frozen=True, slots=True)
class Host:
    """A machine that the program contacts, for which source, and through which proxy."""

    name: str
    source: str
    proxy: str | None
    asked: bool  # False: the source is switched off, or has no key


@dataclass(frozen=True, slots=True)
class Standing:
    """The page: its sentence, every source, every host, and why the bank's table of release days cannot be used."""

    finding: Finding
    providers: tuple[Provider, ...]
    hosts: tuple[Host, ...]
    calendar: Refused | None = None


def finding(providers: Iterable[Provider]) -> Finding:
    """The page's sentence: settings that cannot be used, something failed, nothing yet, something late, a source
    switched off, series without figures, or all there.
    """
    providers = list(providers)
    every = {one.series.id: one for provider in providers for one in provider.carried}
    live = [one for one in every.values() if one.state != "ended"]
    late = [one for one in live if one.state in ("late", "stale")]
    failed = [provider for provider in providers if provider.state == "failed"]
    off = [provider.id for provider in providers if provider.state == "off"]
    values = {
        "series": len(live),
        "late": len(late),
        "empty": sum(one.state == "empty" for one in live),
        "failed": tuple(provider.id for provider in failed),
        "requests": sum(one.fault is not None for provider in failed for one in provider.carried),
        "off": tuple(off),
    }
    if any(provider.fault is not None for provider in failed):
        return Finding("sources.unusable", values)
    if failed:
        return Finding("sources.failed", values)
    if all(one.state == "empty" for one in live):
        return Finding("sources.nothing", values)
    if late:
        return Finding("sources.late", values)
    if off:
        return Finding("sources.off", values)
    return Finding("sources.gaps" if values["empty"] else "sources.fresh", values)


def gravest(found: Iterable[Carried]) -> str:
    """The state of the series that stands worst; "empty" where there is none."""
    states = {one.state for one in found}
    return next((state for state in ("stale", "late", "fresh", "empty") if state in states), "empty")


def hosts(providers: Iterable[Provider]) -> Iterable[Host]:
    """Every machine that the program contacts."""
    for provider in providers:
        if provider.host:
            proxy = provider.settings.proxy if provider.settings else None
            asked = provider.settings is not None and provider.settings.enabled and provider.state != "keyless"
            yield Host(provider.host, provider.id, proxy, asked)


def _cause(error: Refused) -> tuple[str, str]:
    return error.code, str(error.values.get("detail", error.values.get("status", "")))
