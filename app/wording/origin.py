"""Where figures come from, said the same way beside every table and in every export."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.i18n import gettext as _
from app.wording import formats


@dataclass(frozen=True, slots=True)
class Origin:
    """What every figure tells of itself, in the reader's language: source, day, since when it was known, unit.

    Where the rows of a table differ, the word says that each row tells it (`each_row()`).
    """

    source: str
    observed: str
    known_from: str
    unit: str

    def facts(self) -> list[tuple[str, str]]:
        """The four with their names, for the head of a sheet."""
        return [
            (_("Source"), self.source),
            (_("Observed"), self.observed),
            (_("Known from"), self.known_from),
            (_("Unit"), self.unit),
        ]

    def columns(self, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> tuple[list[str], list[list[object]]]:
        """A table of plain values with the four at the end of every row, for files that have no head."""
        names, values = zip(*self.facts(), strict=True)
        return [*headers, *names], [[*row, *values] for row in rows]

    def text(self, between: str = "; ") -> str:
        """The four in one text: one line for a copied table, a line each for a tooltip."""
        return between.join(_("{name}: {value}").format(name=name, value=value) for name, value in self.facts())


def of_book(
    reporting_date: date, file_name: str, batch: int, sheet: str, imported: datetime, unit: str, beside: str = ""
) -> Origin:
    """Of the book's figures: the file (and sheet) that was imported, its date, and when it came in.

    `beside` names what else went into them ("limits in force").
    """
    values = {"file": file_name, "batch": batch, "sheet": sheet}
    text = _("{file}, sheet {sheet}, batch {batch}") if sheet else _("{file}, batch {batch}")
    source = text.format(**values)
    return Origin(
        _("{source}; {beside}").format(source=source, beside=beside) if beside else source,
        formats.day(reporting_date),
        since(imported),
        unit,
    )


def joined(origins: Sequence[Origin]) -> Origin:
    """Of figures that rest on several: each part once, in the order given."""

    def parts(texts: Iterable[str]) -> str:
        return _(" and ").join(dict.fromkeys(text for text in texts if text))

    return Origin(
        parts(one.source for one in origins),
        parts(one.observed for one in origins),
        parts(one.known_from for one in origins),
        parts(one.unit for one in origins),
    )


def since(instant: datetime) -> str:
    """An instant from which something was known, in UTC, so that every copy says the same."""
    utc = instant.astimezone(UTC)
    return _("{day} {hour} UTC").format(day=formats.day(utc.date()), hour=f"{utc:%H:%M}")


def millions(currency: str) -> str:
    """The unit of the book's tables."""
    return _("{currency} m").format(currency=formats.currency(currency))


def each_row() -> str:
    """That a table's rows differ, and each tells its own."""
    return _("as each row says")


def no_day() -> str:
    """That something is assumed or simulated and so was never observed."""
    return _("not observed")
