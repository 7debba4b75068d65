"""What the command box finds beside commands: series, countries and regions, counterparties."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.series.series import Series
from app.wording import liquidity, terms
from ui.commands import Commands
from ui.tasks import Tasks
from ui.widgets.commandbox import CommandBox

#: No more counterparties than can be offered at once; a larger book has its filter on the Exposures page.
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to be found: series with data, countries of the newest book, counterparties."""

    series: tuple[Series, ...] = ()
    countries: tuple[str, ...] = ()
    counterparties: tuple[str, ...] = ()


def fetch(program: Program, _job: Job) -> Found:
    """Read it from the store."""
    series = tuple(entry.series for entry in program.watching.catalogue() if entry.count)
    if not program.surveying.batches():
        return Found(series)
    book = program.surveying.book()
    countries = tuple(row.key for row in book.by_country() if row.key is not None)
    return Found(series, countries, tuple(dict.fromkeys(book.largest_names(MOST))))


class Finder(QObject):
    """Keeps the command box's targets, and goes where one of them leads."""

    def __init__(
        self, program: Program, tasks: Tasks, box: CommandBox, commands: Commands, go: Callable[..., None]
    ) -> None:
        super().__init__(box)
        self._program, self._tasks, self._box = program, tasks, box
        self._commands, self._go = commands, go
        self._found = Found()
        self._ways: dict[str, Callable[[], Any]] = {}
        box.chosen.connect(self._take)

    def ask(self) -> None:
        """Ask what there is to be found."""
        self._tasks.run(self, partial(fetch, self._program), self._came, about="found")

    def retranslate(self) -> None:
        """Offer everything in the language in force."""
        self._ways, offered = {}, []
        # A country's name begins many series of it: who types it means the country.
        for code in self._found.countries:
            words = _("{country}: country or region").format(country=terms.country(code))
            offered.append((f"country.{code}", words))
            self._ways[f"country.{code}"] = partial(self._go, "exposures", country=code)
        for name in self._found.counterparties:
            offered.append((f"counterparty.{name}", _("{name}: counterparty").format(name=name)))
            self._ways[f"counterparty.{name}"] = partial(self._go, "exposures", find=name)
        for series in self._found.series:
            words = _("{title} ({id}): series").format(title=liquidity.series_name(series), id=series.id)
            offered.append((f"series.{series.id}", words))
            self._ways[f"series.{series.id}"] = partial(self._go, "liquidity")
        self._box.offer("found", offered)

    def _came(self, found: Found) -> None:
        self._found = found
        self.retranslate()

    @Slot(str)
    def _take(self, chosen: str) -> None:
        if (way := self._ways.get(chosen)) is not None:
            way()
        else:
            self._commands.run(chosen)
