"""The words that a report is made with: how it says no, what stands in its cells, and its cover."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from app.i18n import gettext as _
from app.i18n import language
from app.wording import formats


def title() -> str:
    """What a report is called."""
    return _("Daily report")


def sample_mark() -> str:
    """What stands on every page about invented data."""
    return _("SAMPLE")


def sample_meaning() -> str:
    """What the mark means."""
    return _("Sample: every name and amount of the book is invented; the Fed's history is rounded.")


def in_millions(currency: str) -> str:
    """The unit of a money column: "USD m"."""
    return _("{currency} m").format(currency=formats.currency(currency))


def dollar_axis() -> tuple[float, str]:
    """What billions of dollars are multiplied by on an axis, and the unit then: as `formats.dollars` says them."""
    return (10.0, "亿美元") if language() == "zh_CN" else (1.0, "USD bn")


def no_value() -> str:
    """What stands where nothing is known."""
    return "\u2013"


def written(file: str, pages: int | None) -> str:
    """Where the report lies."""
    if pages is None:
        return _("Written to {file}.").format(file=file)
    return _("Written to {file}; pages: {pages}.").format(file=file, pages=formats.number(pages))


def cover(bank: str, day: date, made: datetime, who: str, as_of: datetime, until: datetime) -> list[tuple[str, str]]:
    """The cover's facts: bank, the day it is for, when and by whom it was made, and as of when its parts speak."""
    facts = [(_("Bank"), bank)] if bank else []
    facts += [
        (_("For"), formats.weekday(day)),
        (_("Made"), _("{moment} by {who}").format(moment=formats.dated_moment(made), who=who)),
    ]
    known = _("As known at {moment}").format(moment=formats.dated_moment(as_of))
    done = _("As they stood at {moment}").format(moment=formats.dated_moment(until))
    return [*facts, (_("Figures, alerts, limits"), known), (_("Lists, decisions, notes"), done)]


def data_dates(assets: date | None, on_rrp: date | None, book: date | None, version: str) -> str:
    """How old the data are, for the foot of every page."""
    parts = (
        _("Fed assets: {day}").format(day=_day(assets)),
        _("ON RRP: {day}").format(day=_day(on_rrp)),
        _("Book: {day}").format(day=_day(book))
        if not version
        else _("Book {version}: {day}").format(version=version, day=_day(book)),
    )
    return "  \u00b7  ".join(parts)


def _day(value: date | None) -> str:
    return _("no data") if value is None else formats.day(value)


REFUSALS: dict[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "report.no_font": lambda values: (
        _("The report cannot be set: the font {family} is not installed.").format(family=values["family"]),
        _("Install it (Debian: apt-get install fonts-noto-cjk), or write the report as .xlsx."),
    ),
    "report.unknown_kind": lambda values: (
        _("A report is a PDF or a workbook, not {file}.").format(file=values["file"]),
        _("Give a file name that ends in .pdf or .xlsx."),
    ),
    "report.not_yet": lambda values: (
        _("There is no report for {day} yet.").format(day=formats.day(values["date"])),
        _("Choose a day that is not in the future."),
    ),
    "report.cannot_write": lambda values: (
        _("The file {file} cannot be written: {detail}.").format(file=values["file"], detail=values["detail"]),
        _("Close it if it is open elsewhere, or choose another place."),
    ),
}
