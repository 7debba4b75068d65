"""Marked days in a chart: FOMC statements, purchases and run-off, tax dates, month- and quarter-ends."""

from collections.abc import Iterable
from datetime import date

from app.liquidity import dated_events
from app.liquidity.dated_events import Kind
from app.wording.tracking import event_kind, event_label
from ui.charts.parts import Moment

#: Kinds whose days are told by name at the top; the others have a name only at the cross-hair.
_NAMED = (Kind.RUNOFF,)


def moments(kinds: Iterable[str], start: date, end: date) -> tuple[Moment, ...]:
    """The marks of some kinds between two days, oldest first."""
    found = [event for kind in kinds for event in dated_events.listed(Kind(kind), start, end)]
    return tuple(
        Moment(event.on, event_label(event.kind, event.code) or event_kind(event.kind), quiet=event.kind not in _NAMED)
        for event in sorted(found, key=lambda one: one.on)
    )
