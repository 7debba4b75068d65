"""Comparing a book with the one before it."""

from datetime import date

from app.refusals import Misused, Refused
from app.services.surveying import Surveying
from app.storage.books import Batch
from exposures.book import Measure
from exposures.changes import Changed, compare


class Comparing:
    """Reads only."""

    def __init__(self, surveying: Surveying) -> None:
        self._surveying = surveying

    def books(self) -> list[Batch]:
        """The books that can be compared, oldest reporting date first."""
        return self._surveying.batches()

    def changes(
        self, to: date | None = None, since: date | None = None, measure: Measure = Measure.DRAWN_UNDRAWN
    ) -> Changed:
        """What changed from the book of `since` (default: the one before) to that of `to` (default: the newest).

        Refused book.none, book.one_only; Misused book.no_book_of where a date has no book, book.wrong_order.
        """
        known = self.books()
        if not known:
            raise Refused("book.none")
        last = known[-1] if to is None else _of(known, to)
        earlier = [item for item in known if item.reporting_date < last.reporting_date]
        if since is not None:
            first = _of(known, since)
            if first.reporting_date >= last.reporting_date:
                raise Misused("book.wrong_order", since=since, to=last.reporting_date)
        elif earlier:
            first = earlier[-1]
        else:
            raise Refused("book.one_only", date=last.reporting_date)
        return compare(self._surveying.book(first.id), self._surveying.book(last.id), measure)


def _of(known: list[Batch], day: date) -> Batch:
    for item in known:
        if item.reporting_date == day:
            return item
    raise Misused("book.no_book_of", date=day, known=tuple(item.reporting_date for item in known))
