"""The columns of a list's own figures, after its amounts: money and percent as numbers, the rest as words."""

from collections.abc import Sequence
from decimal import Decimal

from app.spreadsheets.review_sheets import money_column
from app.spreadsheets.workbook import Column, ColumnKind
from app.wording.review_figures import fact, fact_value
from exposures.reviews.item import Fact, ReviewItem
from exposures.reviews.made import Making


def figures_of(items: Sequence[ReviewItem]) -> tuple[Fact, ...]:
    """One of each figure that the items have, in their order."""
    return tuple({one.code: one for item in items for one in item.proposal.facts}.values())


def columns(shown: Sequence[Fact], making: Making) -> list[Column]:
    """A column for each."""
    return [_column(one, making) for one in shown]


def cells(item: ReviewItem, shown: Sequence[Fact], making: Making) -> list[Decimal | str | None]:
    """An item's cells in these columns; what is not known stays empty."""
    own = {one.code: one for one in item.proposal.facts}
    return [_cell(own.get(one.code), making) for one in shown]


def _column(shown: Fact, making: Making) -> Column:
    label = fact(shown.code)
    if shown.unit == "money":
        return money_column(label, making)
    return Column(label, ColumnKind.PERCENT if shown.unit == "percent" else ColumnKind.FIGURE)


def _cell(own: Fact | None, making: Making) -> Decimal | str | None:
    if own is None or own.value is None or own.unit in ("money", "percent"):
        return None if own is None else own.value
    return fact_value(own, making.currency)
