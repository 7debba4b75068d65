"""Marked days in a chart: FOMC statements, purchases and run-off, tax dates, month- and quarter-ends."""

from collections.abc import Iterable
from datetime import date

from app.i18n import gettext as _
from app.liquidity import dated_events
from app.liquidity.dated_events import Events, Kind
from app.wording import formats
from app.wording.tracking import event_kind, event_label
from ui.charts.parts import Moment

#: Kinds whose days are told by name at the top; the others have a name only at the cross-hair.
_NAMED = (Kind.RUNOFF,)
#: The lists that charts mark, one for the whole window.
_in_use: list[Events] = []


def use(events: Events) -> None:
    """From now on charts mark these days."""
    _in_use[:] = [events]


def current() -> Events:
    """The lists that charts mark: the shipped ones where nobody said otherwise."""
    return _in_use[0] if _in_use else dated_events.shipped()


def moments(kinds: Iterable[str], start: date, end: date) -> tuple[Moment, ...]:
    """The marks of some kinds between two days, oldest first."""
    found = [event for kind in kinds for event in current().listed(Kind(kind), start, end)]
    return tuple(
        Moment(
            event.on,
            # a bank's own day has a name of its own
            event_label(event.kind, event.code) or event.code or event_kind(event.kind),
            quiet=event.kind not in _NAMED,
        )
        for event in sorted(found, key=lambda one: one.on)
    )


def told(kind: Kind) -> str:
    """Where the days of a kind come from, for the menu; empty where they are the calendar's."""
    origin = current().origin(kind)
    if not origin.source:
        return ""
    dated = _("written down {day}").format(day=formats.day(current().dated))
    return "\n".join((origin.source, origin.url, dated))
