"""What the pages of the book say of their figures."""

from app.bootstrap import Program
from app.i18n import gettext as _
from app.storage.books import Batch
from app.wording import formats
from app.wording.origin import Origin, millions, of_book, since
from exposures.reviews.made import Making


def of_batch(batch: Batch, currency: str, *, unit: str = "", beside: str = "") -> Origin:
    """Of figures of one book; `unit` where they are not in millions of its currency."""
    return of_book(
        batch.reporting_date,
        batch.file_name,
        batch.id,
        batch.sheet,
        batch.at,
        unit or millions(currency),
        beside,
    )


def of_making(making: Making) -> Origin:
    """Of the figures of a list, as they stood when it was made."""
    return Origin(
        _("{source}, book {version}, lists made by {who}").format(
            source=making.book_source, version=making.book_version, who=making.who
        ),
        formats.day(making.reporting_date),
        since(making.at),
        millions(making.currency),
    )


def newest(program: Program) -> Batch | None:
    """The newest visible book; None where there is none."""
    batches = program.surveying.batches()
    return batches[-1] if batches else None
