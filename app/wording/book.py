"""The book's findings and refusals in words."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import formats, terms

Values = Mapping[str, Any]


def amount(value: Decimal, currency: str) -> str:
    """An amount as sentences say it: "USD 1,842 m"."""
    return formats.money(value, currency)


def status(code: str) -> str:
    """What became of an import."""
    return {
        "committed": _("the book"),
        "superseded": _("superseded"),
        "withdrawn": _("withdrawn"),
        "waiting": _("waiting"),
    }[code]


def ending(code: str, batch: int | None) -> str:
    """How an import ended, in one sentence."""
    match code:
        case "imported":
            return _("Imported as batch {batch}.").format(batch=batch)
        case "waiting":
            return _("Stored as batch {batch}; it counts once a second person approves it.").format(batch=batch)
        case "already_imported":
            return _("This file is already imported as batch {batch}; nothing was doubled.").format(batch=batch)
        case "rejected":
            return _("Not all is right, and all or nothing was asked for: nothing was stored.")
        case "previewed":
            return _("Checked only: nothing was stored.")
    return _("No line could be read, so nothing was stored.")


def _share(value: Decimal) -> str:
    return formats.percent(value, 0)


def _mid(instrument: str) -> str:
    """An instrument inside a sentence."""
    return terms.instrument(instrument).lower()


def _where(text: str, v: Values) -> str:
    return text.format(
        country=terms.country(v["country"]),
        amount=amount(v["amount"], v["currency"]),
        tightest=terms.country(v["tightest"]) if "tightest" in v else "",
    )


def _empty(v: Values) -> str:
    if v["not_converted"]:
        return ngettext(
            "Nothing to show: {lines} line has no exchange rate.",
            "Nothing to show: {lines} lines have no exchange rate.",
            v["not_converted"],
        ).format(lines=formats.number(v["not_converted"]))
    return _("The book holds no claims.")


def _due_one(v: Values) -> str:
    return _("{first} fall due first there.").format(first=terms.instrument(v["first"]))


def _due_two(v: Values) -> str:
    return _("{first} and {second} fall due first there.").format(
        first=terms.instrument(v["first"]), second=_mid(v["second"])
    )


def _breaches(v: Values) -> str:
    text = ngettext(
        "{breaches} breach, {near} above {mark}.", "{breaches} breaches, {near} above {mark}.", v["breaches"]
    )
    return text.format(breaches=v["breaches"], near=v["near"], mark=_share(v["mark"]))


def _breaches_and_expected(v: Values) -> str:
    text = ngettext(
        "{breaches} breach and {expected} expected once pending is signed, {near} above {mark}.",
        "{breaches} breaches and {expected} expected once pending is signed, {near} above {mark}.",
        v["breaches"],
    )
    return text.format(breaches=v["breaches"], expected=v["expected"], near=v["near"], mark=_share(v["mark"]))


def _expected(v: Values) -> str:
    text = ngettext(
        "{expected} breach expected once pending is signed, {near} above {mark}.",
        "{expected} breaches expected once pending is signed, {near} above {mark}.",
        v["expected"],
    )
    return text.format(expected=v["expected"], near=v["near"], mark=_share(v["mark"]))


def _near(v: Values) -> str:
    return _("No breach, {near} above {mark}.").format(near=v["near"], mark=_share(v["mark"]))


def _fine(v: Values) -> str:
    return _("No limit is above {mark}; {country} is the tightest at {share}.").format(
        mark=_share(v["mark"]), country=terms.country(v["country"]), share=_share(v["share"])
    )


def no_limits(v: Values) -> str:
    """That there is no limit, and how many countries or regions have exposure without one."""
    if not v["without"]:
        return _("No limit is set.")
    return ngettext(
        "No limit is set; {countries} country or region has exposure.",
        "No limit is set; {countries} countries and regions have exposure.",
        v["without"],
    ).format(countries=v["without"])


def _money(v: Values) -> str:
    return _("{amount} in {country}, {share} of the limit.").format(
        amount=amount(v["amount"], v["currency"]), country=terms.country(v["country"]), share=_share(v["share"])
    )


def _money_with_pending(v: Values) -> str:
    return _("{amount} in {country}, {share} of the limit, {with_pending} with pending.").format(
        amount=amount(v["amount"], v["currency"]),
        country=terms.country(v["country"]),
        share=_share(v["share"]),
        with_pending=_share(v["with_pending"]),
    )


def _money_not_comparable(v: Values) -> str:
    return _("{amount} in {country}; its limit is in {limit_currency}, which has no rate.").format(
        amount=amount(v["amount"], v["currency"]),
        country=terms.country(v["country"]),
        limit_currency=v["limit_currency"],
    )


def _not_converted(v: Values) -> str:
    return ngettext(
        "{lines} line in {currencies} is not converted: it has no exchange rate and stands in no total.",
        "{lines} lines in {currencies} are not converted: they have no exchange rate and stand in no total.",
        v["lines"],
    ).format(lines=formats.number(v["lines"]), currencies=_(", ").join(v["currencies"]))


def _no_currency(v: Values) -> str:
    return ngettext(
        "{lines} line without a currency is not converted and stands in no total.",
        "{lines} lines without a currency are not converted and stand in no total.",
        v["lines"],
    ).format(lines=formats.number(v["lines"]))


def _ineligible(v: Values) -> str:
    return ngettext(
        "{lines} line names a guarantor or a country of risk that may not move it; it stays with who owes.",
        "{lines} lines name a guarantor or a country of risk that may not move them; they stay with who owes.",
        v["lines"],
    ).format(lines=formats.number(v["lines"]))


SENTENCES: dict[str, Callable[[Values], str]] = {
    "book.none": lambda v: _("No book yet: import the exposure workbook."),
    "book.where.empty": _empty,
    "book.where.largest": lambda v: _where(_("{country} is the largest, {amount}; no limit tells how tight."), v),
    "book.where.largest_and_tightest": lambda v: _where(_("{country} is the largest and the tightest."), v),
    "book.where.largest_other_tightest": lambda v: _where(_("{country} is the largest, {tightest} the tightest."), v),
    "book.due.one": _due_one,
    "book.due.two": _due_two,
    "book.limits.none": no_limits,
    "book.limits.not_comparable": lambda v: _("No limit can be compared: their currencies have no exchange rate."),
    "book.limits.breaches": _breaches,
    "book.limits.breaches_and_expected": _breaches_and_expected,
    "book.limits.expected": _expected,
    "book.limits.near": _near,
    "book.limits.fine": _fine,
    "book.limits.unused": lambda v: _("No limit is used."),
    "book.money.limited": _money,
    "book.money.limited_with_pending": _money_with_pending,
    "book.money.no_limit": lambda v: _where(_("{amount} in {country}; no limit is set."), v),
    "book.money.zero_limit": lambda v: _where(_("{amount} in {country}, where the limit is zero."), v),
    "book.money.not_comparable": _money_not_comparable,
    "book.not_converted": _not_converted,
    "book.no_currency": _no_currency,
    "book.basis.same": lambda v: _(
        "The book has no guarantor fields, so the guarantor basis is the immediate-counterparty basis."
    ),
    "book.basis.ineligible": _ineligible,
}


def _day(value: date) -> str:
    return formats.day(value)


def mapping_fault(reason: str, entry: str) -> str:
    """What is wrong with an entry of a mapping, as a part of a sentence in brackets; the key is MappingError.reason."""
    return {
        "decimal_mark": _("{entry} must be a point or a comma"),
        "hidden": _("{entry} must be skip, or not be there"),
        "missing_entry": _("the entry {entry} is missing"),
        "negative_tolerance": _("{entry} must not be negative"),
        "not_a_number": _("{entry} is no number"),
        "not_a_row": _("{entry} must be the number of a row, or 0 to have it found"),
        "not_a_severity": _("{entry} must name a check, and error, warning or info for it"),
        "not_a_table": _("{entry} must be a table of names and values"),
        "not_a_unit": _("{entry} must give an amount a factor above zero"),
        "not_fields": _("{entry} must be a list of fields"),
        "not_text": _("{entry} must be a text"),
        "not_toml": _("the text is no TOML"),
        "unknown_code": _("{entry} names a code that its field does not have"),
        "unknown_entry": _("{entry} is no entry of a mapping"),
        "unknown_field": _("{entry} names a field that does not exist"),
        "unreadable_text": _("it is no text in UTF-8"),
    }[reason].format(entry=entry)


def _mapping_wrong(v: Values) -> tuple[str, str]:
    values = {"file": v["file"], "line": v["line"], "fault": mapping_fault(v["reason"], v["entry"])}
    if v["line"]:
        what = _("The mapping {file} cannot be read (line {line}: {fault}).").format(**values)
    else:
        what = _("The mapping {file} cannot be read ({fault}).").format(**values)
    return what, _("Correct that place in the file and try again.")


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "book.none": lambda v: (_("There is no book yet."), _("Import one first: book import FILE --reporting-date DATE.")),
    "book.file_missing": lambda v: (
        _("There is no file {file}.").format(file=v["file"]),
        _("Check the path and try again."),
    ),
    "book.file_locked": lambda v: (
        _("The file {file} may not be read: another program holds it, or it is not yours.").format(file=v["file"]),
        _("Close it in Excel and try again."),
    ),
    "book.file_changed": lambda v: (
        _("The file {file} changed while it was read; nothing was stored.").format(file=v["file"]),
        _("Close it in Excel and import it again."),
    ),
    "book.mapping_missing": lambda v: (
        _("There is no mapping {mapping}.").format(mapping=v["mapping"]),
        _("Name a TOML file, or one of: {known}.").format(known=_(", ").join(v["known"]) or "–"),
    ),
    "book.mapping_wrong": _mapping_wrong,
    "book.sheet_missing": lambda v: (
        _("The workbook has no sheet {sheet}.").format(sheet=v["sheet"]),
        _("Name one of its sheets: {sheets}.").format(sheets=_(", ").join(v["sheets"])),
    ),
    "book.no_table": lambda v: (
        _("No table with headers was found in {file}.").format(file=v["file"]),
        _("Name the sheet with --sheet, or the header row in a mapping."),
    ),
    "book.future_date": lambda v: (
        _("The reporting date {date} has not come yet.").format(date=_day(v["date"])),
        _("Give the date the book was drawn up for."),
    ),
    "book.date_taken": lambda v: (
        _("{date} already has a book: batch {batch}, from {file}. Nothing was stored.").format(
            date=_day(v["date"]), batch=v["batch"], file=v["file"]
        ),
        _("To put this file in its place, say why: --supersede REASON."),
    ),
    "book.unknown_batch": lambda v: (
        _("There is no batch {batch}.").format(batch=v["batch"]),
        _("See the batches with book history."),
    ),
    "book.nothing_to_undo": lambda v: (
        _("There is no book to withdraw."),
        _("See what was imported with book history."),
    ),
    "limits.unknown_country": lambda v: (
        _("{country} is no country or region that is known.").format(country=v["country"]),
        _("Use its ISO code, English or Chinese name, for example {suggestion}.").format(
            suggestion=v["suggestion"] or "TR"
        ),
    ),
    "limits.unknown_currency": lambda v: (
        _("{currency} is no currency that is known.").format(currency=v["currency"]),
        _("Use its ISO code, for example USD."),
    ),
    "limits.bad_amount": lambda v: (
        _("{amount} is no amount for a limit in {currency}.").format(amount=v["amount"], currency=v["currency"]),
        _("Use a number not below zero, without separators, for example 2000000000."),
    ),
}
