"""The words of what the bank supplies beside its book: its sheets, their columns, faults and refusals."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import language
from app.wording import formats
from exposures.reviews.sectors import Borrower
from exposures.supplied_tables import SuppliedColumn, SuppliedFault

Values = Mapping[str, Any]
#: How many faults one refusal names.
_NAMED = 20


def table(kind: str) -> str:
    """What a kind of sheet is called."""
    return {
        "links": _("Claims between others"),
        "capital": _("Capital of counterparties"),
        "banks": _("Soundness of banks"),
        "systems": _("Soundness of banking systems"),
    }[kind]


def heading(column: SuppliedColumn) -> str:
    """A column's heading in the reader's language, which an import knows in both."""
    return column.headings[1] if language().startswith("zh") else column.headings[0]


def meaning(kind: str, column: SuppliedColumn) -> str:
    """What stands in a column."""
    return {
        "kind": _("Claim, control or guarantee."),
        "source": _("Who loses if the other fails, owns it, or guarantees it: number or name as in the book."),
        "target": _("Who owes, is owned, or is guaranteed: number or name as in the book, or a name outside of it."),
        "amount": _("What is owed or guaranteed, in units of the currency; not needed for control."),
        "currency": _("ISO code of the currency."),
        "capital_amount": _("The capital or equity that losses consume, in units of the currency."),
        "counterparty": _("Number or name as in the book."),
        "country": _("Name or ISO code."),
        "cet1": _("Common equity tier 1, in any one unit together with the next two."),
        "sovereign": _("Bonds of its own sovereign that the bank holds."),
        "rwa": _("Risk-weighted assets."),
        "capital": _("Capital in percent of risk-weighted assets: 12 is 12 %."),
        "non_performing": _("Non-performing loans in percent of all loans: 6 is 6 %."),
        "liquid": _("Liquid assets in percent of short liabilities."),
        "fx_loans": _("Loans in foreign currency in percent of all loans."),
        "roll_over": _("External debt that was rolled over in percent of what fell due; shown, not judged."),
        "rating": _("The rating; without one the book's counts."),
        "equity": _("How much the share price changed in three months, in percent: -30 is a fall of 30 %."),
        "date": _("The day the figures are of."),
        "origin": _("Where they come from: publication, page, who."),
    }[column.name]


def link_kind(code: str) -> str:
    """A kind of link, as the import reads it in the reader's language."""
    return {"claim": _("claim"), "control": _("control"), "guarantee": _("guarantee")}[code]


def sector(code: str | None) -> str:
    """What kind of borrower somebody is."""
    return {
        None: _("Not known"),
        "sovereign": _("Sovereign"),
        "central_bank": _("Central bank"),
        "bank": _("Bank"),
        "financial": _("Other financial"),
        "corporate": _("Corporate"),
        "public": _("Public body"),
        "household": _("Household"),
        "international": _("International organisation"),
        "other": _("Other"),
    }[code]


def standing(borrower: Borrower) -> str:
    """Where a borrower's sector is from: who reviewed it and when, the book, or nowhere."""
    if (review := borrower.reviewed) is not None:
        return _("Reviewed by {who} on {day}: {source}").format(
            who=review.who, day=formats.day(review.at.date()), source=review.origin
        )
    if borrower.sector is not None:
        return _("From the book")
    return _("Not reviewed; called like a bank") if borrower.like_a_bank else _("Not reviewed")


def faults(found: tuple[SuppliedFault, ...]) -> str:
    """The first faults with their cells."""
    return _("; ").join(_("{cell}: {problem}").format(cell=one.cell, problem=_problem(one)) for one in found[:_NAMED])


def _problem(fault: SuppliedFault) -> str:
    return {
        "missing": _("needed, and empty"),
        "bad_date": _("not a date: {value}"),
        "bad_number": _("not a number: {value}"),
        "bad_kind": _("neither claim, control nor guarantee: {value}"),
        "bad_country": _("no country or region: {value}"),
        "bad_currency": _("no currency: {value}"),
        "negative": _("negative: {value}"),
        "future": _("lies in the future: {value}"),
        "itself": _("both sides are the same"),
        "twice": _("stands already in {value}"),
        "no_figure": _("the row has no figure"),
    }[fault.problem].format(value=fault.value)


#: What the services refuse.
REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "supplied.bad_file": lambda v: (
        _("Nothing was taken from {file}: {faults}.").format(file=v["file"], faults=faults(v["faults"])),
        _("Correct the cells and import the file again; a file is taken whole or not at all."),
    ),
    "supplied.no_table": lambda v: (
        _("{file} has no sheet that is known here.").format(file=v["file"]),
        _("Write an empty one with: supplied template FILE.xlsx."),
    ),
    "supplied.no_rows": lambda v: (
        _("{file} has no row to take: {sheets} hold nothing beneath their headings.").format(
            file=v["file"], sheets=_(", ").join(v["sheets"])
        ),
        _("Fill in at least one row and import the file again; to take back what was supplied: supplied undo."),
    ),
    "supplied.nothing_to_undo": lambda v: (
        _("Nothing was supplied of this: {table}.").format(table=table(v["kind"])),
        _("See what was: supplied show."),
    ),
    "sectors.no_such_borrower": lambda v: (
        _("The book has no borrower {subject}.").format(**v),
        _("See them with: sectors list."),
    ),
    "sectors.unknown_sector": lambda v: (
        _("There is no sector {sector}.").format(**v),
        _("Choose one of: {known}.").format(known=", ".join(v["known"])),
    ),
    "sectors.no_source": lambda _values: (
        _("A reviewed sector needs its source."),
        _("Say where it comes from: licence register, annual report, page and date."),
    ),
    "sectors.not_reviewed": lambda v: (
        _("The sector of {subject} was not reviewed.").format(**v),
        _("There is nothing to withdraw."),
    ),
}
