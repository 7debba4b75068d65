"""An empty book for a department to fill in, and a stored one written the same way: importing either asks nothing."""

from datetime import date
from pathlib import Path
from typing import Any

from babel import Locale

from app import i18n
from app.i18n import gettext as _
from app.i18n import pgettext
from app.refusals import Refused
from app.spreadsheets.plain_tables import PlainTable, write_tables
from app.spreadsheets.template import Template, TemplateColumn, write_template
from app.wording import template as words
from exposures import countries, currencies, synonyms
from exposures.book import Book
from exposures.exposure import FIELDS, Field, Kind

_NEEDED = frozenset({"line_id", "counterparty_name", "country", "currency", "outstanding"})
_FORMS = {Kind.MONEY: "money", Kind.DATE: "date", Kind.NUMBER: "percent", Kind.TEXT: "text"}
#: Digits that a number of a workbook holds exactly.
_EXACT_DIGITS = 15
#: Two lines that a department writes over: a covered loan, and a deposit taken.
_EXAMPLES: tuple[dict[str, object], ...] = (
    {
        "line_id": "EX-0001", "side": "asset", "counterparty_id": "C0001", "counterparty_name": "Example Trading Ltd",
        "sector": "corporate", "country": "TR", "booking_entity": "Head office", "booking_entity_kind": "head_office",
        "instrument": "loan", "currency": "USD", "outstanding": 12_500_000.0, "undrawn": 2_500_000.0,
        "undrawn_kind": "committed", "stage": "disbursing", "signing_date": date(2024, 3, 15),
        "maturity": date(2031, 3, 15), "guarantor_name": "Example Export Agency", "guarantor_country": "DE",
        "guarantee_percent": 95.0, "guarantee_explicit": True, "guarantee_irrevocable": True,
        "guarantee_unconditional": True, "guarantee_in_force": True, "rating": "BB", "loan_class": "pass",
        "days_past_due": 0, "ifrs_stage": 1, "relationship_owner": "A. Example",
    },
    {
        "line_id": "EX-0002", "side": "liability", "counterparty_id": "C0002", "counterparty_name": "Example Bank AG",
        "sector": "bank", "country": "DE", "booking_entity": "Head office", "booking_entity_kind": "head_office",
        "instrument": "deposit", "currency": "EUR", "outstanding": 3_000_000.0, "maturity": date(2031, 1, 31),
    },
)  # fmt: skip


def write(path: Path, language: str) -> None:
    """Write the template in English (en) or Chinese (zh_CN); Refused book.template_exists, OSError."""
    if path.exists():
        raise Refused("book.template_exists", file=path.name)
    spoken = i18n.language()
    i18n.set_language(language)
    try:
        made = _template(language)
    finally:
        i18n.set_language(spoken)
    write_template(path, made)


def header(field: str, language: str) -> str:
    """The header that the import knows for a field, in that language."""
    names = synonyms.HEADERS.get(field, field.replace("_", " ")).split("|")
    found = _in(language, names)
    return found[:1].upper() + found[1:]


def _in(language: str, words_of: list[str]) -> str:
    """The first word of the language; the first at all where there is none."""
    chinese = language == "zh_CN"
    return next((word for word in words_of if any(ord(c) > 0x2E80 for c in word) == chinese), words_of[0])


def _template(language: str) -> Template:
    return Template(
        book=pgettext("sheet", "Book"),
        explanations=pgettext("sheet", "Explanations"),
        lists=pgettext("sheet", "Lists"),
        heads=(_("Column"), _("Meaning"), _("Needed"), _("Words")),
        yes=_("yes"),
        columns=[
            TemplateColumn(
                header(field.name, language),
                words.meaning(field.name),
                field.name in _NEEDED,
                _FORMS.get(field.kind, ""),
                _words(field, language),
                strict=field.kind is not Kind.COUNTRY,
            )
            for field in FIELDS
        ],
        examples=[[_example(field, line.get(field.name), language) for field in FIELDS] for line in _EXAMPLES],
        rates=(("EUR", 0.92, date(2026, 1, 2)),),
    )


def _words(field: Field, language: str) -> list[str]:
    match field.kind:
        case Kind.CODE:
            return [_word(field.name, code, language) for code in field.codes]
        case Kind.FLAG:
            return _flags(language)
        case Kind.CURRENCY:
            return sorted(currencies.CODES)
        case Kind.COUNTRY:
            names = Locale.parse(language).territories
            return sorted(str(names[code]) for code in countries.codes() if code in names)
    return []


def _flags(language: str) -> list[str]:
    return ["是", "否"] if language == "zh_CN" else ["yes", "no"]


def _word(field: str, code: str, language: str) -> str:
    return _in(language, synonyms.CODES.get(field, {}).get(code, code).split("|"))


def _example(field: Field, value: object, language: str) -> object:
    match field.kind:
        case Kind.CODE if value is not None:
            return _word(field.name, str(value), language)
        case Kind.FLAG if value is not None:
            return _flags(language)[0 if value else 1]
        case Kind.COUNTRY if value is not None:
            return str(Locale.parse(language).territories[str(value)])
    return value


def write_book(path: Path, book: Book, language: str) -> int:
    """Write a book's lines with the template's headers and words, so that importing them gives the same lines again.

    Amounts of more than fifteen digits and numbers of lines are texts, which a workbook keeps exactly. Returns the
    number of lines. Refused book.template_exists, OSError.
    """
    if path.exists():
        raise Refused("book.template_exists", file=path.name)
    used = [field for field in FIELDS if book.lines[field.name].notna().any() or field.name in _NEEDED]
    spoken = i18n.language()
    i18n.set_language(language)
    try:
        name = pgettext("sheet", "Book")
    finally:
        i18n.set_language(spoken)
    of = book.lines["currency"].tolist()
    columns = []
    for field in used:
        held = book.lines[field.name]
        values = held.astype(object).where(held.notna(), None).tolist()
        columns.append([_written(field, value, code, language) for value, code in zip(values, of, strict=True)])
    rates = PlainTable(
        "rates",
        ("currency", "per USD", "date"),
        [(code, format(rate, "f"), book.reporting_date) for code, rate in sorted(book.rates.items())],
    )
    lines = PlainTable(name, [header(field.name, language) for field in used], list(zip(*columns, strict=True)))
    write_tables(path, [lines, rates], title=name)
    return len(book.lines)


def _written(field: Field, value: Any, currency: str, language: str) -> object:
    """A stored value as a person would have typed it."""
    if value is None:
        return None
    match field.kind:
        case Kind.MONEY:
            amount = currencies.from_minor(int(value), currency)
            return float(amount) if len(amount.as_tuple().digits) <= _EXACT_DIGITS else format(amount, "f")
        case Kind.DATE:
            return value.date()
        case Kind.COUNTRY | Kind.CURRENCY | Kind.TEXT:
            return str(value)
        case Kind.INTEGER:
            return int(value)
        case Kind.NUMBER:
            # With its sign a percentage is read as one, whatever the other lines of its column hold.
            return f"{value!r}%" if field.name == "guarantee_percent" else float(value)
    return _example(field, value, language)
