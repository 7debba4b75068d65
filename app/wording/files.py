"""What was met in a file on its way in, and why a workbook with a password or of another form was refused."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import formats, terms
from exposures.issues import Issue
from exposures.sheets import OF_LINES

Values = Mapping[str, Any]


def _blank_texts(issue: Issue) -> str:
    return ngettext(
        "{count} cell holds only spaces or an empty text; it was read as blank.",
        "{count} cells hold only spaces or an empty text; they were read as blank.",
        issue.values["count"],
    ).format(count=formats.number(issue.values["count"]))


def _comments(issue: Issue) -> str:
    return ngettext(
        "{count} comment at a cell was not read; what it says counts only in a column.",
        "{count} comments at cells were not read; what they say counts only in a column.",
        issue.values["count"],
    ).format(count=issue.values["count"])


def _text_form(issue: Issue) -> str:
    delimiter = {
        ",": pgettext("delimiter", "comma"),
        ";": pgettext("delimiter", "semicolon"),
        "\t": pgettext("delimiter", "tab"),
        "|": pgettext("delimiter", "bar"),
    }.get(issue.values["delimiter"], issue.values["delimiter"])
    mark = {".": pgettext("decimal mark", "point"), ",": pgettext("decimal mark", "comma")}
    return _("Read as {encoding}, columns parted by {delimiter}, decimal mark {mark}.").format(
        encoding=issue.values["encoding"], delimiter=delimiter, mark=mark[issue.values["decimal_mark"]]
    )


def _role(code: str) -> str:
    return {
        "assets": _("assets"),
        "liabilities": _("liabilities"),
        "pipeline": _("pending projects"),
        "counterparties": _("counterparties"),
        "ratings": _("ratings"),
        "limits": _("limits"),
        "claims": _("claims between others"),
    }.get(code, code)


def _not_read(issue: Issue) -> str:
    """What is lost with the sheet, and what to do about it."""
    role = issue.values["role"]
    if role == "claims":
        return _("A sheet of claims between others, not read here: take the file in on Review lists, “Supply figures”.")
    if role in OF_LINES:
        text = _("A sheet of {role}, not read: its headers need a line number, a country or region, and an amount.")
        return text.format(role=_role(role))
    return _("A sheet of {role}; this import does not read it.").format(role=_role(role))


def _orphans(issue: Issue) -> str:
    return ngettext(
        "{count} counterparty number of the lines is not in this sheet: {named}.",
        "{count} counterparty numbers of the lines are not in this sheet: {named}.",
        issue.values["count"],
    ).format(count=formats.number(issue.values["count"]), named=issue.value)


def _filled_in(issue: Issue) -> str:
    count = issue.values["count"]
    if "named" not in issue.values:  # stored by an earlier program
        return ngettext(
            "{count} cell that lines lack was filled in from this sheet.",
            "{count} cells that lines lack were filled in from this sheet.",
            count,
        ).format(count=formats.number(count))
    return ngettext(
        "{field} of {count} line was filled from this sheet, since the line has none: {named}.",
        "{field} of {count} lines was filled from this sheet, since they have none: {named}.",
        count,
    ).format(field=terms.field(issue.field), count=formats.number(count), named=issue.values["named"])


#: Rules of the file itself.
MESSAGES: Mapping[str, Callable[[Issue], str]] = {
    "macros": lambda i: _("The workbook holds macros; they were not run."),
    "strict_form": lambda i: _("The workbook is in the strict Open XML form; it was read in full."),
    "comments": _comments,
    "external_links": lambda i: _("The workbook links to other workbooks; they were not opened, stored values count."),
    "dates_from_1904": lambda i: _("The workbook counts its days from 1904; dates were read so."),
    "hidden_sheet": lambda i: _("A hidden sheet; it is read only where it is chosen."),
    "extent_claimed": lambda i: _(
        "The sheet claims to end at {claimed}; its last cell is {found}, all was read."
    ).format(**i.values),
    "blank_texts": _blank_texts,
    "texts_missing": lambda i: _(
        "The part with the texts is not where the workbook says; what was found of it was read. Compare a few texts."
    ),
    "text_form": _text_form,
    "sheet_repeats": lambda i: _(
        "Not read: {count} of its line numbers stand in {sheet} as well, and would count twice."
    ).format(count=formats.number(i.values["count"]), sheet=i.values["sheet"]),
    "sheet_not_read": _not_read,
    "filled_in": _filled_in,
    "country_supplied": lambda i: ngettext(
        "{count} line of {counterparty} has no country or region; {country} was filled from this sheet ({first}).",
        "{count} lines of {counterparty} have no country or region; {country} was filled from this sheet, first in "
        "{first}.",
        i.values["count"],
    ).format(
        count=formats.number(i.values["count"]),
        counterparty=i.values["counterparty"],
        country=terms.country(i.value),
        first=i.values["first"],
    ),
    "orphans": _orphans,
    "without_lines": lambda i: ngettext(
        "{count} counterparty number of this sheet has no line: {named}.",
        "{count} counterparty numbers of this sheet have no line: {named}.",
        i.values["count"],
    ).format(count=formats.number(i.values["count"]), named=i.value),
    "listed_again": lambda i: _("{value} stands in {first} already; what stands first counts.").format(
        value=i.value, first=i.values["first"]
    ),
    "master_differs": lambda i: ngettext(
        "{count} line, first {line}, says {value} instead; the line's own value stands.",
        "{count} lines, first {line}, say {value} instead; the lines' own value stands.",
        i.values["count"],
    ).format(count=formats.number(i.values["count"]), line=i.values["line"], value=i.values["value"]),
    "limit_column_missing": lambda i: _(
        "No limit was read: the sheet has no column that says how much, or whose limit it is."
    ),
    "limit_unreadable": lambda i: _("{value} cannot be read; this row sets no limit.").format(value=i.value or "–"),
    "limit_repeated": lambda i: _("The limit of {value} stands in {first} already; that one counts.").format(
        value=i.value, first=i.values["first"]
    ),
    "limit_without_lines": lambda i: _("No line of the book belongs to {value}.").format(value=i.value),
    "limits_read": lambda i: ngettext(
        "{count} limit was read from this sheet.", "{count} limits were read from this sheet.", i.values["count"]
    ).format(count=formats.number(i.values["count"])),
}

REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "importing.encrypted": lambda v: (
        _("{file} is protected with a password.").format(file=v["file"]),
        _("Give the password: it is used once and kept nowhere."),
    ),
    "importing.wrong_password": lambda v: (
        _("The password does not open {file}.").format(file=v["file"]),
        _("Ask who sent the file; capitals count."),
    ),
    "importing.unknown_encryption": lambda v: (
        _("{file} is protected in a way that only Excel opens.").format(file=v["file"]),
        _("Open it in Excel, remove the password, save it, and import it again."),
    ),
    "importing.encrypted_document": lambda v: (
        _("{file} is protected with a password.").format(file=v["file"]),
        _("Open it where it was made, remove the password, save it, and import it again."),
    ),
    "importing.old_format_renamed": lambda v: (
        _("{file} is an old Excel workbook (.xls) with another name.").format(file=v["file"]),
        _("Let its name end in .xls and import it again."),
    ),
    "importing.unknown_extension": lambda v: (
        _("{file} is neither a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods) nor a text table (.csv, .txt, .tsv).").format(
            file=v["file"]
        ),
        _("Open it in Excel or WPS, save it as .xlsx, and import that file."),
    ),
}
