"""What changed between two books, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import formats
from app.wording.book import amount

Values = Mapping[str, Any]


def kind(code: str) -> str:
    """What became of a line, and the parts of the bridge."""
    return {
        "before": pgettext("bridge", "Before"),
        "new": pgettext("line", "New"),
        "grown": pgettext("line", "Grown"),
        "shrunk": pgettext("line", "Shrunk"),
        "matured": pgettext("line", "Matured"),
        "gone": pgettext("line", "Gone"),
        "same": pgettext("line", "Unchanged"),
        "regraded": pgettext("line", "Rating changed"),
        "reclassified": pgettext("line", "Class changed"),
        "moved": pgettext("line", "Moved"),
        "fx": _("Exchange rates"),
        "rates": _("Rates gained or lost"),
        "after": pgettext("bridge", "After"),
    }[code]


def _signed(value: Any, currency: str) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{amount(abs(value), currency)}"


def _moved(template: str, v: Values) -> str:
    return template.format(
        change=amount(abs(v["change"]), v["currency"]),
        after=amount(v["after"], v["currency"]),
        since=formats.day(v["since"]),
        volume=_signed(v["volume"], v["currency"]),
        fx=_signed(v["fx"], v["currency"]),
    )


def _both(v: Values) -> str:
    return ngettext(
        "{worse} line was classed lower, {better} higher.",
        "{worse} lines were classed lower, {better} higher.",
        v["worse"],
    ).format(worse=formats.number(v["worse"]), better=formats.number(v["better"]))


SENTENCES: dict[str, Callable[[Values], str]] = {
    "changes.one_book": lambda _v: _("There is one book only: changes show from the second on."),
    "changes.none": lambda v: _("Nothing changed since {since}.").format(since=formats.day(v["since"])),
    "changes.level": lambda v: _moved(
        _("The total is what it was on {since}, {after}: volume {volume}, exchange rates {fx}."), v
    ),
    "changes.grew": lambda v: _moved(
        _("Up {change} to {after} since {since}: volume {volume}, exchange rates {fx}."), v
    ),
    "changes.shrank": lambda v: _moved(
        _("Down {change} to {after} since {since}: volume {volume}, exchange rates {fx}."), v
    ),
    "changes.class_both": _both,
    "changes.class_worse": lambda v: ngettext(
        "{lines} line was classed lower.", "{lines} lines were classed lower.", v["lines"]
    ).format(lines=formats.number(v["lines"])),
    "changes.class_better": lambda v: ngettext(
        "{lines} line was classed higher.", "{lines} lines were classed higher.", v["lines"]
    ).format(lines=formats.number(v["lines"])),
    "changes.moved": lambda v: ngettext(
        "{lines} line moved to another country or region, group or entity.",
        "{lines} lines moved to another country or region, group or entity.",
        v["lines"],
    ).format(lines=formats.number(v["lines"])),
    "changes.regraded": lambda v: ngettext("{lines} rating changed.", "{lines} ratings changed.", v["lines"]).format(
        lines=formats.number(v["lines"])
    ),
}

REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "book.one_only": lambda v: (
        _("The book of {date} is the only one: there is nothing to compare it with.").format(
            date=formats.day(v["date"])
        ),
        _("Import the book of an earlier or later date."),
    ),
    "book.one_person": lambda v: (
        _("There is nobody else who could approve a book."),
        _("Write a second person down first: persons add."),
    ),
    "book.not_waiting": lambda v: (
        _("Batch {batch} does not wait for approval.").format(batch=v["batch"]),
        _("See what waits with: book history."),
    ),
    "book.reason_missing": lambda v: (
        _("Batch {batch} can only be returned with a reason.").format(batch=v["batch"]),
        _("Say what is to be mended."),
    ),
    "book.same_file": lambda v: (
        _("{file} is the file that was read.").format(file=v["file"]),
        _("Name another file: what was sent to you stays as it is."),
    ),
    "book.template_exists": lambda v: (
        _("{file} is there already.").format(file=v["file"]),
        _("Name another file: nothing is written over."),
    ),
    "book.no_book_of": lambda v: (
        _("There is no book of {date}.").format(date=formats.day(v["date"])),
        _("There are books of: {dates}.").format(dates=_(", ").join(formats.day(day) for day in v["known"])),
    ),
    "book.wrong_order": lambda v: (
        _("{since} is not before {to}.").format(since=formats.day(v["since"]), to=formats.day(v["to"])),
        _("Give the earlier date with --since and the later with --to."),
    ),
}
