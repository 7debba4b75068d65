"""The middle: every series of a source, how far its figures go, what comes next, and what failed with its remedy."""

import numpy as np
from PySide6.QtCore import Slot

from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.carrying import Carried
from app.services.provider import Provider
from app.wording import formats, liquidity, sourcing
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.filter_box import FilterBox
from ui.tables.view import TableView
from ui.widgets.card import Card
from ui.widgets.choice import Segments

#: How many causes are written out; the others are counted.
CAUSES = 2


class CarriedCard(Card):
    """The series of one source, those that wait for something first."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._provider: Provider | None = None
        self.part = Segments(["all", "late"], "all")
        self.part.chosen.connect(self._filter)
        self.table = TableView(
            (
                Column("series", lambda: _("Series"), Kind.TWO_LINE, detail="detail", note="whole", stretch=1,
                       width=150, priority=1),
                Column("state", lambda: _("State"), Kind.SEVERITY, detail="word", priority=0),
                Column("day", lambda: _("Data to"), Kind.DATE, priority=0),
                Column("next", lambda: _("Next release"), quiet=True, priority=1),
            ),
            title="", row="two_line", name="sources.carried", state=state,
        )  # fmt: skip
        self.filter = FilterBox(self.table)
        self.filter.setFixedWidth(130)
        self.corner.addWidget(self.filter)
        self.corner.addWidget(self.part)
        self.body.addWidget(self.table, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What did this source give?"))
        self.table.setAccessibleName(_("Series of the source"))
        self.filter.retranslate()
        self._words()
        if self._provider is not None:
            self.show_provider(self._provider)

    def _words(self) -> None:
        carried = () if self._provider is None else self._provider.carried
        late = sum(_waits(one) for one in carried)
        self.part.fill([_("All {count}").format(count=len(carried)), _("Late {count}").format(count=late)])

    def show_provider(self, provider: Provider) -> None:
        """Show one source's series, those that wait for something first."""
        self._provider = provider
        self._words()
        self.say(self._answer(provider))
        self._say_faults(provider)
        rows = sorted(provider.carried, key=_place)
        states = [("failed" if one.fault is not None else one.state) for one in rows]
        titles = [liquidity.series_name(one.series) for one in rows]
        self.table.rows.load(
            {
                "series": titles,
                "whole": [_tip(title, one) for title, one in zip(titles, rows, strict=True)],
                "state": [sourcing.state(state)[0] for state in states],
                "word": [_state_words(one, state) for one, state in zip(rows, states, strict=True)],
                "day": [one.data_date for one in rows],
                "next": [None if one.next_at is None else formats.moment(one.next_at) for one in rows],
                "detail": [_detail(one) for one in rows],
            },
            keys=[one.series.id for one in rows],
        )
        self._rows = rows
        self.table.context = sourcing.source_name(provider.id)
        self._filter(self.part.current)

    @staticmethod
    def _answer(provider: Provider) -> str:
        name = sourcing.source_name(provider.id)
        live = [one for one in provider.carried if one.state != "ended"]
        values = {
            "source": name,
            "series": formats.number(len(provider.carried)),
            "late": sum(one.state in ("late", "stale") for one in live),
            "failed": sum(one.fault is not None for one in provider.carried),
        }
        if provider.state == "off":
            return _("{source} is switched off and is not asked.").format(**values)
        if values["failed"]:
            text = ngettext(
                "{source}: {failed} series could not be fetched.",
                "{source}: {failed} series could not be fetched.",
                int(values["failed"]),
            )
            return text.format(**values)
        if values["late"]:
            return _("{source}: {late} of {series} series are late.").format(**values)
        if all(one.data_date is None for one in live):
            return _("{source}: nothing has been fetched yet.").format(**values)
        return _("{source}: {series} series, none is late.").format(**values)

    def _say_faults(self, provider: Provider) -> None:
        """What failed and what to do, each cause once."""
        faults = provider.faults
        said = [formats.together(sourcing.cause(fault)) for fault in faults[:CAUSES]]
        more = len(faults) - CAUSES
        if more > 0:
            said.append(ngettext("{more} more cause.", "{more} more causes.", more).format(more=more))
        self.add_note("\n".join(said))

    @Slot(str)
    def _filter(self, part: str) -> None:
        if self._provider is not None:
            self.table.rows.filter_rows(np.array([part == "all" or _waits(one) for one in self._rows], bool))


def _waits(one: Carried) -> bool:
    return one.fault is not None or one.state in ("late", "stale")


def _place(one: Carried) -> tuple[int, str]:
    order = ("stale", "late", "fresh", "empty", "ended")
    return (-1 if one.fault is not None else order.index(one.state)), one.series.id


def _state_words(one: Carried, state: str) -> str:
    if state in ("late", "stale"):
        return ngettext("{missed} release missed", "{missed} releases missed", one.missed).format(missed=one.missed)
    return sourcing.state(state)[1]


def _detail(one: Carried) -> str:
    """What the source calls a series, who gave its newest figure where that is another, and when it was asked; why it
    has no source.
    """
    if one.series.absence is not None and one.given_by is None:
        return liquidity.absence(one.series.absence)
    if one.asked_at is not None:
        return _("{name}, asked {at}").format(name=one.name, at=formats.moment(one.asked_at))
    if one.given_by is not None and one.given_by != one.source:
        return _("{name}, figures from {source}").format(name=one.name, source=sourcing.source_name(one.given_by))
    return one.name


def _tip(title: str, one: Carried) -> str:
    if one.fault is None:
        return "\n".join(text for text in (title, liquidity.series_meaning(one.series), _detail(one)) if text)
    return "\n".join((title, *sourcing.cause(one.fault)))
