"""Words for the Sources page: what arrived, what failed, how a source is reached."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.refusals import Refused
from app.wording import sources
from app.wording.formats import day, number, together

Values = Mapping[str, Any]


def source_name(id: str) -> str:
    """A source as people call it; who gave an observation may also be a person or the sample."""
    return {
        "ddp": _("Federal Reserve Board"),
        "fred": _("FRED, with a key"),
        "fredgraph": "FRED",
        "nyfed": _("New York Fed"),
        "treasury": _("US Treasury, Fiscal Data"),
        "tic": _("US Treasury, TIC"),
        "bis": "BIS",
        "bcra": "BCRA",
        "imf": _("IMF"),
        "imf_rates": _("IMF exchange rates"),
        "worldbank": _("World Bank"),
        "ecb": _("European Central Bank"),
        "mof": _("Japan's Ministry of Finance"),
        "by_hand": _("Without a public source"),
        "sample": _("Sample"),
    }.get(id, id)


def source_detail(id: str) -> str:
    """What a source is."""
    return {
        "ddp": _("Data Download Program, H.4.1"),
        "fred": _("The St. Louis Fed's interface: units and revisions"),
        "fredgraph": _("Chart downloads of the St. Louis Fed"),
        "nyfed": _("Rates, operations and holdings of the markets desk"),
        "treasury": _("The Treasury's account, day by day"),
        "tic": _("Foreigners' holdings and purchases of US securities"),
        "bis": _("Exchange rates, policy rates, foreign banks' claims"),
        "bcra": _("Argentina's central bank: the day's peso, lira and Chilean peso"),
        "imf": _("Consumer prices and official reserves"),
        "imf_rates": _("Representative rate of the Chilean peso"),
        "worldbank": _("Yearly indicators: reserves, debt, current account"),
        "ecb": _("Yield curve of the euro area"),
        "mof": _("Yields of Japanese government bonds"),
        "by_hand": _("Filled by hand or from files"),
    }[id]


def state(code: str) -> tuple[str, str]:
    """The shape and the word of a series or a source."""
    return {
        "fresh": ("ok", _("Up to date")),
        "late": ("stale", _("Late")),
        "stale": ("stale", _("Stale")),
        "empty": ("nodata", _("No data")),
        "ended": ("done", _("Ended")),
        "failed": ("warning", _("Failed")),
        "off": ("nodata", _("Switched off")),
        "keyless": ("nodata", _("Without its key")),
    }[code]


def key_words(place: str | None) -> str:
    """Whether a source that wants a key has one, and where ("safe", "environment"); never the key."""
    if place is None:
        return _("no key")
    return {"environment": _("key from the environment"), "safe": _("key in the system's safe")}[place]


def key_standing(place: str) -> str:
    """A sentence about a key that there is."""
    if place == "environment":
        return _("The key comes from the environment of the program.")
    return _("A key is kept in the system's safe. A new one takes its place.")


def definition(code: str | None) -> str:
    """What a source measures where that is not quite what the first source of the series does; else nothing."""
    return {
        "quotient": _("the day's dollar rate over the currency's, by Argentina's central bank"),
        "representative": _("the IMF's representative rate"),
        None: "",
    }.get(code, code or "")


def setting_label(key: str) -> str:
    """A setting of a source."""
    return {
        "enabled": _("Ask this source"),
        "base_url": _("Address"),
        "proxy": _("Proxy"),
        "ca_bundle": _("Certificates"),
    }[key]


def cause(error: Refused) -> tuple[str, str]:
    """Why a fetch failed and what to do, also where the log does not keep everything the sentence needs."""
    worded = REFUSALS.get(error.code) or sources.REFUSALS.get(error.code)
    if worded is not None:
        try:
            return worded(error.values)
        except (KeyError, TypeError, ValueError, AttributeError):
            pass  # an entry of an older program, or a detail with a comma in it
    return (
        _("{name} was refused ({code}).").format(name=error.values.get("name", ""), code=error.code),
        _("The old data stays. Fetch again to see the whole message."),
    )


def _names(ids: Any) -> str:
    return _(", ").join(source_name(id) for id in ids)


def _failed(v: Values) -> str:
    said = ngettext(
        "{sources} did not give everything: {count} request failed.",
        "{sources} did not give everything: {count} requests failed.",
        v["requests"],
    ).format(sources=_names(v["failed"]), count=number(v["requests"]))
    return together([said, _late(v)]) if v["late"] else said


def _late(v: Values) -> str:
    return ngettext(
        "{late} of {series} series is later than its release calendar says.",
        "{late} of {series} series are later than their release calendar says.",
        v["late"],
    ).format(late=number(v["late"]), series=number(v["series"]))


SENTENCES: dict[str, Callable[[Values], str]] = {
    "sources.nothing": lambda _values: _("No figure has been fetched yet."),
    "sources.unusable": lambda v: _("{sources} cannot be asked: the settings file is wrong.").format(
        sources=_names(v["failed"])
    ),
    "sources.failed": _failed,
    "sources.late": _late,
    "sources.off": lambda v: _("Everything is up to date; {sources} is switched off.").format(sources=_names(v["off"])),
    "sources.gaps": lambda v: _("What was fetched is up to date; {empty} of {series} series have no figures.").format(
        empty=number(v["empty"]), series=number(v["series"])
    ),
    "sources.fresh": lambda v: _("All {series} series are as new as their release calendar says.").format(
        series=number(v["series"])
    ),
    "sources.answered": lambda v: _("{host} answered; its newest figure is of {day}. Nothing was stored.").format(
        host=v["host"], day=day(v["day"])
    ),
    "sources.answered_empty": lambda v: _(
        "{host} answered, but without a figure of the last two months. Nothing was stored."
    ).format(host=v["host"]),
}

REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "source.address": lambda v: (
        _("“{address}” is not an address.").format(address=v["address"]),
        _("Write it whole, such as https://mirror.bank.example/ or http://proxy.bank.example:8080."),
    ),
}
