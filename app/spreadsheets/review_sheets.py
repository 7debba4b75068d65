"""What every sheet of a review list shares: its name, its title and its columns of money."""

from app.i18n import gettext as _
from app.spreadsheets.workbook import Column, ColumnKind
from app.wording import reviews as words
from app.wording.formats import currency
from exposures.reviews.made import MadeList, Making


def sheet_title(made: MadeList, part: str) -> str:
    """The heading on the sheet."""
    return _("{list} {name}: {part}").format(list=made.id, name=words.list_name(made.id), part=part)


def sheet_name(made: MadeList, part: str) -> str:
    """The name on the sheet's tab."""
    return _("{list} {part}").format(list=made.id, part=part)


def money_column(label: str, making: Making) -> Column:
    """A column of amounts in the book's currency."""
    return Column(_("{amount}, {currency}").format(amount=label, currency=currency(making.currency)), ColumnKind.MONEY)
