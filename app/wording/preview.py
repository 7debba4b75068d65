"""What the Import page answers, in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import formats, terms

Values = Mapping[str, Any]


def closing(code: str) -> tuple[str, str]:
    """The mark and word of one reconciled sum."""
    return {
        "closed": ("ok", pgettext("reconciliation", "Closed")),
        "rounded": ("ok", _("Rounding")),
        "open": ("critical", pgettext("reconciliation", "Open")),
    }[code]


def _missing(v: Values) -> str:
    fields = _(", ").join(terms.field(name) for name in v["fields"])
    return ngettext(
        "No column for {fields}. Say which it is, or nothing can be imported.",
        "No columns for {fields}. Say which they are, or nothing can be imported.",
        len(v["fields"]),
    ).format(fields=fields)


def _all(v: Values) -> str:
    return ngettext("The one column is read.", "All {read} columns are read.", v["read"]).format(read=v["read"])


def _some(v: Values) -> str:
    return ngettext(
        "{read} column is read, {out} left out.", "{read} columns are read, {out} left out.", v["read"]
    ).format(read=v["read"], out=v["out"])


def _rows(v: Values) -> str:
    return formats.number(v["rows"])


def _none(v: Values) -> str:
    return ngettext("Nothing is wrong in {rows} row.", "Nothing is wrong in {rows} rows.", v["rows"]).format(
        rows=_rows(v)
    )


def _checks(v: Values) -> str:
    return ngettext(
        "{checks} thing to check; every row can be imported.",
        "{checks} things to check; every row can be imported.",
        v["checks"],
    ).format(checks=formats.number(v["checks"]))


def _errors(v: Values) -> str:
    return ngettext(
        "{problems} problem; every row can be imported.",
        "{problems} problems; every row can be imported.",
        v["problems"],
    ).format(problems=formats.number(v["problems"]))


def _set_aside(v: Values) -> str:
    return ngettext(
        "{problems} problems. {set_aside} row cannot be imported as it is.",
        "{problems} problems. {set_aside} rows cannot be imported as they are.",
        v["set_aside"],
    ).format(problems=formats.number(v["problems"]), set_aside=formats.number(v["set_aside"]))


def _reconciles_aside(v: Values) -> str:
    return ngettext(
        "Yes, once the {set_aside} row set aside is counted.",
        "Yes, once the {set_aside} rows set aside are counted.",
        v["set_aside"],
    ).format(set_aside=formats.number(v["set_aside"]))


def _reconciles_not(v: Values) -> str:
    return ngettext(
        "No: {open} sum of the file is neither imported nor set aside in full.",
        "No: {open} sums of the file are neither imported nor set aside in full.",
        v["open"],
    ).format(open=v["open"])


def _changes(v: Values) -> str:
    return _("{new} lines new, {gone} gone, {changed} changed.").format(
        new=formats.number(v["new"]), gone=formats.number(v["gone"]), changed=formats.number(v["changed"])
    )


def _sheet_some(v: Values) -> str:
    return _("{rows} of {count} rows: the first {first}, and those with something to say.").format(
        rows=formats.number(v["rows"]), count=formats.number(v["count"]), first=formats.number(v["first"])
    )


def _sheet_all(v: Values) -> str:
    return ngettext("The one row of the sheet.", "All {count} rows of the sheet.", v["count"]).format(
        count=formats.number(v["count"])
    )


def _past_waiting(v: Values) -> str:
    return ngettext(
        "{count} book waits for a second person.", "{count} books wait for a second person.", v["waiting"]
    ).format(count=formats.number(v["waiting"]))


def scope(file: str, sheet: str, rows_read: int, day: date) -> str:
    """What a preview is of: file, sheet, rows and reporting date."""
    rows = ngettext("{n} row", "{n} rows", rows_read).format(n=formats.number(rows_read))
    return _("{file}, sheet {sheet}, {rows}, reporting date {day}").format(
        file=file, sheet=sheet or "–", rows=rows, day=formats.day(day)
    )


def exceeded(places: Sequence[str]) -> str:
    """The countries or regions whose limit an import would break."""
    text = ngettext(
        "{places} goes over its limit, counting what is pending.",
        "{places} go over their limits, counting what is pending.",
        len(places),
    )
    return text.format(places=_(", ").join(places))


SENTENCES: dict[str, Callable[[Values], str]] = {
    "import.columns.missing": _missing,
    "import.columns.all": _all,
    "import.columns.some": _some,
    "import.problems.none": _none,
    "import.problems.checks": _checks,
    "import.problems.errors": _errors,
    "import.problems.set_aside": _set_aside,
    "import.reconciles.nothing": lambda _v: _("There is nothing to reconcile."),
    "import.reconciles.no": _reconciles_not,
    "import.reconciles.set_aside": _reconciles_aside,
    "import.reconciles.rounded": lambda _v: _("Yes, but for rounding to the currency's smallest unit."),
    "import.reconciles.yes": lambda _v: _("Yes: every sum of the file is imported in full."),
    "import.sheet.none": lambda _v: _("There is no row under the headers."),
    "import.sheet.all": _sheet_all,
    "import.sheet.some": _sheet_some,
    "import.past.none": lambda _v: _("No book is in force."),
    "import.past.some": lambda v: _("The newest book in force is of {date}.").format(date=formats.day(v["newest"])),
    "import.past.waiting": _past_waiting,
    "import.changes.first": lambda v: _("This is the first book: {new} lines.").format(new=formats.number(v["new"])),
    "import.changes.none": lambda _v: _("Nothing: the book stays as it is."),
    "import.changes.some": _changes,
}
