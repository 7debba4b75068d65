"""The review lists as a finished workbook: criteria and sources, items, lines, what was left out, control total."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from app.i18n import gettext as _
from app.spreadsheets import figure_columns, reduction_sheets, review_beneath
from app.spreadsheets.review_sheets import money_column, sheet_name, sheet_title
from app.spreadsheets.workbook import Column, ColumnKind, SheetContent, SheetTable, write_workbook
from app.wording import reviews as words
from app.wording.formats import currency, dated_moment, day, number
from app.wording.sentences import sentence
from app.wording.terms import country, loan_class
from exposures.reason import Reason
from exposures.reviews.item import Fact, ReviewItem
from exposures.reviews.made import MadeList, Making
from exposures.reviews.review_list import ListResult, Part

WRAPPED, FIGURE, MONEY = ColumnKind.WRAPPED, ColumnKind.FIGURE, ColumnKind.MONEY
COUNT, DATE = ColumnKind.COUNT, ColumnKind.DATE


def write(
    path: Path,
    lists: Sequence[MadeList],
    now: datetime,
    today: date,
    *,
    sample: bool,
    fill: Callable[[Workbook], None] | None = None,
) -> tuple[str, ...]:
    """Write every list that was made; returns the cells whose text lost characters. Raises OSError.

    `fill` adds the sheet that owners fill in.
    """
    sheets: list[SheetContent] = []
    for made in lists:
        if made.making is not None and made.result is not None:
            cuts = made.id == "L3"
            sheets += [
                _criteria(made, made.making, made.result, now, sample=sample),
                *(reduction_sheets.rows(made, made.making, today) if cuts else [_items(made, made.making, today)]),
                review_beneath.reasons(made, made.making),
                reduction_sheets.lines(made, made.making) if cuts else review_beneath.lines(made, made.making),
                _not_assessable(made, made.result),
                _control(made, made.making, made.result),
            ]
    mark = _("SAMPLE") if sample else ""
    page_text = _("Page {page} of {pages}").format(page="&P", pages="&N")
    return write_workbook(path, sheets, mark=mark, page_text=page_text, finish=fill)


def _criteria(made: MadeList, making: Making, result: ListResult, now: datetime, *, sample: bool) -> SheetContent:
    part = _("Criteria and sources")
    facts = [
        (_("Book"), words.made_on(making.reporting_date, making.book_version, making.book_source)),
        (_("Lists made"), _("{moment} by {who}").format(moment=dated_moment(making.at), who=making.who)),
        (_("Exported"), dated_moment(now)),
        (_("Amounts in"), currency(making.currency)),
        (_("Dollar tide"), _("On") if making.tide.on else _("Off")),
    ]
    if sample:
        facts.append((_("Data"), _("Sample: invented names and amounts")))
    criteria = SheetTable(
        [Column(_("Criterion")), Column(_("What is applied"), WRAPPED)],
        [(words.criterion(criterion.case), sentence(criterion)) for criterion in result.criteria],
        _("How the list is made"),
    )
    flagged = SheetTable(
        [
            Column(_("Country or region")),
            Column(_("Why"), WRAPPED),
            Column(_("Tier")),
            Column(_("Value"), FIGURE),
            Column(_("Threshold"), FIGURE),
            Column(_("Date"), DATE),
            Column(_("Source")),
            Column(_("Since"), DATE),
        ],
        [
            (
                country(flag.country),
                words.reason(reason),
                words.tier(flag.tier.value),
                words.figure(reason.value, reason.unit, making.currency),
                words.figure(reason.threshold, reason.unit, making.currency),
                reason.date,
                words.source(reason, making.book_source),
                flag.since,
            )
            for flag in making.flags
            for reason in flag.reasons
        ],
        _("Flagged countries and regions"),
    )
    left_out = _parts_table(result.excluded, making, _("What was left out"))
    summary = SheetTable(
        [
            Column(_("Country or region")),
            Column(_("Subjects"), COUNT),
            Column(_("Lines"), COUNT),
            Column(_("Exposure, {currency}").format(currency=currency(making.currency)), MONEY),
        ],
        [(country(row.country or ""), row.subjects, row.lines, row.amount) for row in result.summary],
        _("Emerging markets that are not flagged, by immediate country"),
    )
    tables = [criteria, flagged, left_out, summary]
    return SheetContent(sheet_name(made, part), sheet_title(made, part), sentence(made.finding), facts, tables)


def _parts_table(parts: Sequence[Part], making: Making, heading: str) -> SheetTable:
    columns = [
        Column(_("Part of the book")),
        Column(_("Subjects"), COUNT),
        Column(_("Lines"), COUNT),
        Column(_("Exposure, {currency}").format(currency=currency(making.currency)), MONEY),
    ]
    rows = [(words.part(part.case), part.subjects, part.lines, part.amount) for part in parts]
    return SheetTable(columns, rows, heading)


def _items(made: MadeList, making: Making, today: date) -> SheetContent:
    shown = figure_columns.figures_of(made.items)
    columns = [
        Column(_("Item")),
        Column(_("Subject"), WRAPPED),
        Column(_("Country or region")),
        Column(_("Counts as")),
        Column(_("Tier")),
        Column(_("Priority")),
        Column(_("Points"), COUNT),
        Column(_("Why"), WRAPPED),
        *review_beneath.amount_columns(making),
        Column(_("Action proposed")),
        money_column(_("Amount"), making),
        Column(_("Class proposed")),
        *figure_columns.columns(shown, making),
        Column(_("Action decided")),
        Column(_("Owner")),
        Column(_("Due"), DATE),
        Column(_("Status")),
        Column(_("Comment"), WRAPPED),
    ]
    rows = [_item_row(item, making, today, shown) for item in made.items]
    sums: dict[int, Any] = {0: _("Total")}
    sums |= {place: sum(row[place] for row in rows) for place in range(8, 14)}
    part = _("Items")
    table = SheetTable(columns, rows, totals=sums)
    return SheetContent(sheet_name(made, part), sheet_title(made, part), sentence(made.finding), (), [table])


def _item_row(item: ReviewItem, making: Making, today: date, shown: Sequence[Fact]) -> tuple[Any, ...]:
    proposal, decision = item.proposal, item.decision
    return (
        item.id,
        words.item_name(proposal.name, proposal.key),
        country(proposal.key.country),
        words.role(proposal.role),
        words.tier(proposal.tier),
        words.priority(proposal.priority.value),
        proposal.points,
        "\n".join(_reason_line(reason, making) for reason in proposal.reasons),
        *review_beneath.amounts(proposal.amounts),
        words.action(proposal.action.value),
        proposal.amount,
        loan_class(proposal.proposed_class),
        *figure_columns.cells(item, shown, making),
        words.action(decision.action.value) if decision else "",
        words.owner(item.owner),
        item.due,
        words.status(words.standing(item, today)),
        decision.comment if decision else "",
    )


def _reason_line(reason: Reason, making: Making) -> str:
    if reason.value is None:
        return words.reason(reason)
    return _("{reason} {value}").format(
        reason=words.reason(reason), value=words.figure(reason.value, reason.unit, making.currency)
    )


def _not_assessable(made: MadeList, result: ListResult) -> SheetContent:
    columns = [Column(_("Subject"), WRAPPED), Column(_("Family")), Column(_("Why not"), WRAPPED)]
    rows = [
        (
            words.unjudged(row.subject, row.name, made.id),
            words.family(row.family),
            words.why_not_assessable(row.why, row.value),
        )
        for row in result.not_assessable
    ]
    part = _("Not assessable")
    return SheetContent(sheet_name(made, part), sheet_title(made, part), "", (), [SheetTable(columns, rows)])


def _control(made: MadeList, making: Making, result: ListResult) -> SheetContent:
    part = _("Control total")
    control = result.control
    table = _parts_table(control.parts, making, "")
    totals = {0: _("All parts"), 2: control.lines, 3: control.amount}
    book = words.made_on(making.reporting_date, making.book_version, making.book_source)
    facts = [
        (_("Lines in the book"), number(control.book_lines)),
        (_("Claims in the book"), f"{currency(making.currency)} {number(control.book_amount, 2)}"),
        (_("Date of the book"), day(making.reporting_date)),
    ]
    answer = (
        _("The parts tie to {book}.").format(book=book)
        if result.ties
        else _("The parts do not tie to {book}: this is a fault of the program.").format(book=book)
    )
    tied = [SheetTable(table.columns, table.rows, totals=totals)]
    if (owed := result.liabilities) is not None:
        table = _parts_table(owed.parts, making, _("Liabilities"))
        totals = {0: _("All parts"), 2: owed.lines, 3: owed.amount}
        tied.append(SheetTable(table.columns, table.rows, _("Liabilities"), totals=totals))
    return SheetContent(sheet_name(made, part), sheet_title(made, part), answer, facts, tied)
