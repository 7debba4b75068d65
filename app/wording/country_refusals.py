"""What was refused about countries, levels, flags and entered figures, and what to do next."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.wording.formats import day
from app.wording.terms import country

Values = Mapping[str, Any]


def _faults(v: Values) -> str:
    told = [_("{cell}: {problem}").format(cell=one.cell, problem=_problem(one)) for one in v["faults"][:20]]
    return _("; ").join(told) or _("no figure was found")


def _problem(fault: Any) -> str:
    return {
        "no_headings": _("no headings (date and value with series, or date and series as columns)"),
        "unknown_series": _("no series {value}").format(value=fault.value),
        "bad_date": _("not a date: {value}").format(value=fault.value or _("empty")),
        "bad_value": _("not a number: {value}").format(value=fault.value or _("empty")),
        "no_source": _("no source"),
        "future": _("lies in the future: {value}").format(value=fault.value),
        "twice": _("stands already in {value}").format(value=fault.value),
    }[fault.problem]


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "country.unknown": lambda v: (
        _("“{country}” is no known country or region.").format(**v),
        _("Did you mean {suggestion}?").format(**v) if v.get("suggestion") else _("Use an ISO code such as TR."),
    ),
    "country.bad_formula": lambda v: (
        _("The formula file {file} cannot be used: {key} ({detail}).").format(**v),
        _("Correct the file in the workspace, or remove it to use the shipped formula."),
    ),
    "country.bad_set": lambda v: (
        _("The file {file} with the emerging markets cannot be used: {detail}.").format(**v),
        _("Correct the file in the workspace, or remove it to use the shipped one."),
    ),
    "country.file_there": lambda v: (
        _("{file} is in the workspace already.").format(**v),
        _("Edit it there, or remove it first."),
    ),
    "level.unknown_country": lambda v: (
        _("“{country}” is no known country or region.").format(**v),
        _("Did you mean {suggestion}?").format(**v) if v.get("suggestion") else _("Use an ISO code such as TR."),
    ),
    "level.bad_level": lambda v: (
        _("“{level}” is no country-risk level.").format(level=v["level"]),
        _("One of: {known}.").format(known=_(", ").join(v["known"])),
    ),
    "level.rationale_missing": lambda _values: (
        _("A country-risk level needs a rationale."),
        _("Say why, in a sentence."),
    ),
    "level.reason_missing": lambda _values: (_("To return a proposal needs a reason."), _("Say why, in a sentence.")),
    "level.unknown": lambda v: (
        _("There is no proposal {level}.").format(**v),
        _("See: tidewatch country level list."),
    ),
    "level.decided": lambda v: (
        _("{who} has decided on proposal {level} already.").format(**v),
        _("Propose the level anew."),
    ),
    "flag.unknown_country": lambda v: (
        _("“{country}” is no known country or region.").format(**v),
        _("Use an ISO code such as TR, or TIDE for the dollar tide."),
    ),
    "flag.reason_missing": lambda _values: (_("A release needs a reason."), _("Say why, in a sentence.")),
    "flag.not_proposed": lambda v: (
        _("{country} is not proposed for release.").format(
            country=_("The dollar tide") if v["country"] == "TIDE" else country(v["country"])
        ),
        _("A flag is proposed for release 20 bank business days after its last cause has ended."),
    ),
    "flag.released": lambda v: (
        _("This stay on the flagged list was released before."),
        _("Make the review lists again."),
    ),
    "entries.source_missing": lambda v: (
        _("A figure that is entered needs a source of 1 to {most} characters.").format(most=v["most"]),
        _("Say where it comes from: publication, page or terminal, and its date."),
    ),
    "entries.future": lambda v: (
        _("{day} lies in the future.").format(day=day(v["date"])),
        _("Enter figures of past days."),
    ),
    "entries.not_a_number": lambda v: (
        _("The value for {series} is not a number.").format(**v),
        _("Write it with digits, such as 418 or -9.8."),
    ),
    "entries.reason_missing": lambda _values: (_("To return a figure needs a reason."), _("Say why, in a sentence.")),
    "entries.unknown": lambda v: (
        _("There is no entry {entry}.").format(**v),
        _("See: tidewatch series entries."),
    ),
    "entries.decided": lambda v: (
        _("{who} has checked entry {entry} already.").format(**v),
        _("Enter a correction as a new figure."),
    ),
    "entries.bad_file": lambda v: (
        _("Nothing was taken from {file}: {faults}.").format(file=v["file"], faults=_faults(v)),
        _("Correct the cells and import the file again; a file is taken whole or not at all."),
    ),
}
