"""What stands beneath the items of a list in its workbook: their reasons and their lines."""

from decimal import Decimal
from typing import Any

from app.i18n import gettext as _
from app.i18n import pgettext
from app.spreadsheets.review_sheets import money_column, sheet_name, sheet_title
from app.spreadsheets.workbook import Column, ColumnKind, SheetContent, SheetTable
from app.wording import reviews as words
from app.wording.terms import instrument, loan_class
from exposures.reviews.item import Amounts, ItemLine, ReviewItem
from exposures.reviews.made import MadeList, Making

WRAPPED, FIGURE = ColumnKind.WRAPPED, ColumnKind.FIGURE
COUNT, DATE = ColumnKind.COUNT, ColumnKind.DATE


def amount_columns(making: Making) -> list[Column]:
    """The columns of an exposure."""
    headers = (
        _("Drawn"),
        _("Undrawn"),
        _("Exposure, immediate"),
        _("Exposure, guarantor"),
        _("Due in 30 days"),
        _("Due in 90 days"),
    )
    return [money_column(header, making) for header in headers]


def amounts(of: Amounts) -> tuple[Decimal, ...]:
    """An exposure in the order of its columns."""
    return (of.drawn, of.undrawn, of.immediate, of.guarantor, of.due_30, of.due_90)


def reasons(made: MadeList, making: Making) -> SheetContent:
    """Every reason of every item."""
    columns = [
        Column(_("Item")),
        Column(_("Subject"), WRAPPED),
        Column(_("Family")),
        Column(_("Reason"), WRAPPED),
        Column(_("Value"), FIGURE),
        Column(_("Threshold"), FIGURE),
        Column(_("Date"), DATE),
        Column(_("Points"), COUNT),
        Column(_("Source"), WRAPPED),
    ]
    rows = [
        (
            item.id,
            words.item_name(item.proposal.name, item.proposal.key),
            words.family(reason.family),
            words.reason(reason),
            words.figure(reason.value, reason.unit, making.currency),
            words.figure(reason.threshold, reason.unit, making.currency),
            reason.date,
            reason.points,
            words.source(reason, making.book_source),
        )
        for item in made.items
        for reason in item.proposal.reasons
    ]
    part = _("Reasons")
    return SheetContent(sheet_name(made, part), sheet_title(made, part), "", (), [SheetTable(columns, rows)])


def lines(made: MadeList, making: Making) -> SheetContent:
    """Every line beneath an item, with their sum."""
    columns = [
        Column(_("Item")),
        Column(_("Subject"), WRAPPED),
        Column(_("Line number")),
        Column(_("Product")),
        Column(_("Currency")),
        *amount_columns(making),
        Column(_("Maturity"), DATE),
        Column(_("Class")),
        Column(_("Least class")),
        Column(_("Days past due"), COUNT),
        Column(_("Action proposed")),
        Column(_("Place in the file")),
    ]
    rows = [_line_row(item, line) for item in made.items for line in item.proposal.lines]
    sums: dict[int, Any] = {0: _("Total")}
    sums |= {place: sum(row[place] for row in rows) for place in range(5, 11)}
    part = pgettext("sheet", "Lines")
    table = SheetTable(columns, rows, totals=sums)
    return SheetContent(sheet_name(made, part), sheet_title(made, part), "", (), [table])


def _line_row(item: ReviewItem, line: ItemLine) -> tuple[Any, ...]:
    return (
        item.id,
        words.item_name(item.proposal.name, item.proposal.key),
        line.line_id,
        line.product or instrument(line.instrument),
        line.currency,
        *amounts(line.amounts),
        line.maturity,
        loan_class(line.loan_class),
        loan_class(line.minimum_class),
        line.days_past_due,
        words.action(line.action.value),
        line.source,
    )
