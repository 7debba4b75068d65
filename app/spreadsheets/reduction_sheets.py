"""The sheets of exposure reduction (L3): rows with both sides, what fills the gaps, the parts of a row, its lines."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.i18n import gettext as _
from app.i18n import pgettext
from app.spreadsheets.review_sheets import money_column, sheet_name, sheet_title
from app.spreadsheets.workbook import Column, ColumnKind, SheetContent, SheetTable
from app.wording import exposure_reduction as reduction_words
from app.wording import reviews as words
from app.wording.sentences import sentence
from app.wording.terms import country, instrument
from exposures.reviews.item import ReviewItem
from exposures.reviews.made import MadeList, Making
from exposures.reviews.reduction import Side

WRAPPED, COUNT, DATE = ColumnKind.WRAPPED, ColumnKind.COUNT, ColumnKind.DATE


def rows(made: MadeList, making: Making, today: date) -> list[SheetContent]:
    """The rows of the list, by what their gaps are filled, and their parts by group, currency and tenor."""
    return [_items(made, making, today), _fills(made, making), _parts(made, making)]


def _name(item: ReviewItem) -> str:
    return words.item_name(item.proposal.name, item.proposal.key)


def _sides(item: ReviewItem) -> Iterator[tuple[str, Side | None]]:
    """Both sides of a row; liabilities None where the book has none. A currency's row has neither."""
    reduction = item.proposal.reduction
    if reduction is not None and reduction.net is None:
        yield "asset", reduction.assets
        if reduction.kind == "country":
            yield "liability", reduction.liabilities


def _items(made: MadeList, making: Making, today: date) -> SheetContent:
    columns = [
        Column(_("Item")),
        Column(_("Subject"), WRAPPED),
        Column(_("Country or region")),
        Column(_("Tier")),
        Column(_("Priority")),
        Column(_("Side")),
        money_column(_("Now (E)"), making),
        money_column(_("Target (E*)"), making),
        Column(_("Target set by"), WRAPPED),
        money_column(_("To come down (R)"), making),
        money_column(_("Run-off (N)"), making),
        money_column(_("Gap"), making),
        money_column(_("Filled"), making),
        money_column(_("Left open"), making),
        Column(pgettext("exposure", "Until"), DATE),
        Column(_("Action proposed")),
        Column(_("Action decided")),
        Column(_("Owner")),
        Column(_("Due"), DATE),
        Column(_("Status")),
        Column(_("Comment"), WRAPPED),
    ]
    found = [row for item in made.items for row in _item_rows(item, today)]
    part = _("Items")
    table = SheetTable(columns, found)
    return SheetContent(sheet_name(made, part), sheet_title(made, part), sentence(made.finding), (), [table])


def _item_rows(item: ReviewItem, today: date) -> Iterator[tuple[Any, ...]]:
    proposal, decision = item.proposal, item.decision
    reduction = proposal.reduction
    if reduction is None:
        return
    place, tier = country(proposal.key.country), words.tier(proposal.tier)
    head = (item.id, _name(item), place, tier, words.priority(proposal.priority.value))
    tail = (
        reduction.horizon,
        words.action(proposal.action.value),
        words.action(decision.action.value) if decision else "",
        words.owner(item.owner),
        item.due,
        words.status(words.standing(item, today)),
        decision.comment if decision else "",
    )
    if (net := reduction.net) is not None:
        tolerance = _("Currency tolerance")
        yield (*head, _("Net"), net.now, net.tolerance, tolerance, net.hedge, None, net.hedge, None, None, *tail)
    for code, side in _sides(item):
        if side is None:
            figures: tuple[Any, ...] = (None, None, _("Not supplied"), None, None, None, None, None)
        else:
            filled = sum((fill.amount for fill in side.fills), start=side.gap * 0)
            figures = (side.exposure, side.target, reduction_words.rule(side), side.required, side.run_off)
            figures = (*figures, side.gap, filled, side.shortfall)
        yield (*head, reduction_words.side(code), *figures, *tail)


def _fills(made: MadeList, making: Making) -> SheetContent:
    columns = [
        Column(_("Item")),
        Column(_("Subject"), WRAPPED),
        Column(_("Side")),
        Column(_("By what"), WRAPPED),
        money_column(_("Amount"), making),
        Column(_("Lines"), COUNT),
        Column(pgettext("exposure", "Until"), DATE),
        Column(_("Risk moves to"), WRAPPED),
        Column(_("Remark"), WRAPPED),
    ]
    found: list[tuple[Any, ...]] = []
    for item in made.items:
        for code, side in _sides(item):
            if side is None:
                continue
            head = (item.id, _name(item), reduction_words.side(code))
            for fill in side.fills:
                moves = _(", ").join(country(place) for place in fill.moves_to)
                means = reduction_words.means(fill.means.value)
                found.append((*head, means, fill.amount, fill.lines, fill.by, moves, ""))
            if side.shortfall:
                text = reduction_words.shortfall(side, making.currency)
                found.append((*head, _("Left open"), side.shortfall, None, None, "", text))
            for unknown in side.unknown:
                text = reduction_words.unknown(unknown, making.currency)
                found.append((*head, _("Not known"), unknown.amount, unknown.lines, None, "", text))
    part = _("Actions")
    return SheetContent(sheet_name(made, part), sheet_title(made, part), "", (), [SheetTable(columns, found)])


def _parts(made: MadeList, making: Making) -> SheetContent:
    columns = [
        Column(_("Item")),
        Column(_("Subject"), WRAPPED),
        Column(pgettext("splits", "By")),
        Column(_("Part")),
        money_column(_("Assets"), making),
        money_column(_("Run-off of assets"), making),
        money_column(_("Liabilities"), making),
        money_column(_("Run-off of liabilities"), making),
    ]
    found = [
        (
            item.id,
            _name(item),
            reduction_words.dimension(split.dimension),
            reduction_words.part_of(split),
            split.assets,
            split.assets_run_off,
            split.liabilities,
            split.liabilities_run_off,
        )
        for item in made.items
        if item.proposal.reduction is not None
        for split in item.proposal.reduction.splits
    ]
    part = _("Breakdown")
    return SheetContent(sheet_name(made, part), sheet_title(made, part), "", (), [SheetTable(columns, found)])


def lines(made: MadeList, making: Making) -> SheetContent:
    """What runs off or is touched, line by line."""
    columns = [
        Column(_("Item")),
        Column(_("Subject"), WRAPPED),
        Column(_("Side")),
        Column(_("Line number")),
        Column(_("Product")),
        Column(_("Currency")),
        money_column(_("Drawn"), making),
        money_column(_("Undrawn"), making),
        Column(_("Maturity"), DATE),
        money_column(pgettext("exposure", "Run-off"), making),
        Column(_("Action proposed")),
        money_column(_("Comes down by"), making),
        Column(_("Risk moves to")),
        Column(_("Place in the file")),
    ]
    found = [
        (
            item.id,
            _name(item),
            reduction_words.side(line.side),
            line.line_id,
            line.product or instrument(line.instrument),
            line.currency,
            line.amounts.drawn,
            line.amounts.undrawn,
            line.maturity,
            line.run_off,
            words.action(line.action.value),
            line.gives,
            country(line.moves_to) if line.moves_to else "",
            line.source,
        )
        for item in made.items
        for line in item.proposal.lines
    ]
    part = pgettext("sheet", "Lines")
    return SheetContent(sheet_name(made, part), sheet_title(made, part), "", (), [SheetTable(columns, found)])
