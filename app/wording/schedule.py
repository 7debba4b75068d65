"""Words for the schedule: what ran and why late, what comes next, and the bank's calendar table."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import formats, sources
from app.wording.liquidity import freshness_label

Values = Mapping[str, Any]


def job_label(job: str) -> str:
    """A job of the schedule."""
    return {
        "refresh": _("Fetch releases"),
        "check": _("Daily check"),
        "lists": _("Review lists"),
        "backup": _("Daily backup"),
    }[job]


def state_label(state: str) -> str:
    """Where a run stands."""
    return {
        "running": _("running"),
        "interrupted": _("interrupted"),
        "done": _("done"),
        "failed": _("failed"),
    }[state]


def release_label(release: str) -> str:
    """A release as its publisher calls it."""
    named = {
        "h41": "H.4.1",
        "h6": "H.6",
        "h8": "H.8",
        "h10": "H.10",
        "h15": "H.15",
        "sofr": "SOFR",
        "effr": "EFFR",
        "srf": "SRF",
        "dts": _("Daily Treasury Statement"),
        "policy": _("Policy rates"),
        "target": _("Euro yields"),
        "jgb": _("Japanese yields"),
        "bis_fx": _("FX, from BIS"),
        "bis_rates": _("Central bank policy rates"),
        "bis_month": _("Central bank policy rates, monthly"),
        "bis_claims": _("Foreign bank claims"),
        "imf_month": _("IMF prices and reserves"),
        "wdi": _("World Bank indicators"),
        "tic": "TIC",
        "entered": _("Figures entered by hand"),
    }
    return named[release] if release in named else freshness_label({"market": "fx"}.get(release, release))


def period_label(job: str, key: str) -> str:
    """The period of a run: "H.4.1 of 25 Nov 2026", or a day."""
    if job != "refresh":
        return formats.day(date.fromisoformat(key))
    release, _space, day = key.partition(" ")
    return _("{release} of {day}").format(release=release_label(release), day=formats.day(date.fromisoformat(day)))


def span(late: timedelta) -> str:
    """A stretch of time in its largest fitting unit: "42 minutes", "3 hours", "2 days"."""
    minutes = int(late.total_seconds() // 60)
    if minutes < 120:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=formats.number(minutes))
    hours = minutes // 60
    if hours < 48:
        return ngettext("{count} hour", "{count} hours", hours).format(count=formats.number(hours))
    return ngettext("{count} day", "{count} days", hours // 24).format(count=formats.number(hours // 24))


def _at(v: Values, key: str = "at") -> str:
    """The clock time alone where it is today's."""
    at: datetime = v[key]
    if at.astimezone().date() == v["now"].astimezone().date():
        return formats.hour(at)
    return formats.moment(at)


def _late(text: Callable[[], str]) -> Callable[[Values], str]:
    return lambda v: text().format(at=_at(v), late=span(v["late"]))


def _failed(v: Values) -> str:
    failed, again = _("Failed {at}.").format(at=_at(v)), _("It is tried again {again}.").format(again=_at(v, "again"))
    return formats.together((failed, reason(v["code"], v["values"]), again))


def reason(code: str | None, values: Values) -> str:
    """Why a run failed, one sentence."""
    known: dict[str, Callable[[], str]] = {
        "refresh.not_out": lambda: _("The value has not come out yet."),
        "schedule.fault": lambda: _("It was a fault of the program; the log tells where."),
    }
    if code is None:
        return ""
    if code in known:
        return known[code]()
    for refusals in (sources.REFUSALS, REFUSALS):
        if code in refusals:
            return refusals[code](values)[0]
    return _("It was refused ({code}).").format(code=code)


def _kept(v: Values) -> str:
    return ngettext(
        "{programs} program keeps the schedule.", "{programs} programs keep the schedule.", v["programs"]
    ).format(programs=formats.number(v["programs"]))


SENTENCES: dict[str, Callable[[Values], str]] = {
    "schedule.never": lambda _values: _("Has not run yet."),
    "schedule.running": lambda v: _("Running since {at}.").format(at=_at(v)),
    "schedule.interrupted": lambda v: _("Interrupted after {at}; it is done again.").format(at=_at(v)),
    "schedule.failed": _failed,
    "schedule.ran": lambda v: _("Ran {at}.").format(at=_at(v)),
    "schedule.late.asleep": _late(lambda: _("Ran {at}, {late} late: the computer was asleep.")),
    "schedule.late.closed": _late(lambda: _("Ran {at}, {late} late: the program was closed.")),
    "schedule.late.crashed": _late(lambda: _("Ran {at}, {late} late: the program had ended unexpectedly.")),
    "schedule.late.failed": _late(lambda: _("Ran {at}, {late} late: an earlier attempt had failed.")),
    "schedule.late.busy": _late(lambda: _("Ran {at}, {late} late: other work came first.")),
    "schedule.kept": _kept,
    "schedule.unkept": lambda _values: _(
        "Nothing runs by itself now: open the window, or run: tidewatch schedule run."
    ),
    "schedule.fault": lambda v: formats.together((_("Nothing is fetched."), reason(v["code"], v["values"]))),
    "schedule.sample": lambda _values: _("A sample workspace has no schedule: its clock stands still."),
}


def _place(v: Values) -> str:
    """The file, and the line where there is one to look at."""
    line, file = v.get("line"), v.get("file", "calendar.toml")
    return file if line is None else _("{file}, line {line}").format(file=file, line=line)


def _expected(kind: str) -> str:
    return {
        "table": _("a table"),
        "days": _("a list of dates such as [2026-12-24]"),
        "day": _("a date such as 2026-12-23"),
        "moment": _("a date and time such as 2026-12-28T16:30:00"),
    }[kind]


def _remedy() -> str:
    return _("Correct it, or remove it. Until then the public calendars count, and nothing is fetched by itself.")


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "calendar.unreadable": lambda v: (
        _("{place} cannot be read: {detail}.").format(place=_place(v), detail=v["detail"].rstrip(".")),
        _remedy(),
    ),
    "calendar.unknown": lambda v: (
        _("{place}: there is nothing called {key}.").format(place=_place(v), key=v["key"]),
        formats.together((_("Known here: {known}.").format(known=_(", ").join(v["known"])), _remedy())),
    ),
    "calendar.wrong": lambda v: (
        _("{place}: {key} must be {expected}.").format(
            place=_place(v), key=v["key"], expected=_expected(v["expected"])
        ),
        _remedy(),
    ),
}
