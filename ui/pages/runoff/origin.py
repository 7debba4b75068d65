"""What the pages of the simulator say of their figures: from which balance sheet they start, and what is simulated."""

from datetime import UTC, date, datetime

import numpy as np

from app.i18n import gettext as _
from app.liquidity.backtest import Backtest
from app.services.simulating import Course
from app.wording import formats
from app.wording.origin import Origin, no_day, since


def of_course(course: Course, unit: str) -> Origin:
    """Of simulated months: the Wednesday they start from, and since when it was known."""
    start = course.simulation.start
    series = _(", ").join(dict.fromkeys(start.series.values()))
    day = formats.day(start.on)
    return Origin(
        _("simulated by Tidewatch from the Federal Reserve's H.4.1 ({series})").format(series=series),
        _("starts from {day}; what follows is simulated, {not_observed}").format(day=day, not_observed=no_day()),
        _known(course),
        unit,
    )


def of_test(test: Backtest, unit: str) -> Origin:
    """Of a back-test: simulated against the published figures of its dates."""
    days = _("{first} to {last}").format(first=formats.day(test.dates[0]), last=formats.day(test.dates[-1]))
    known = since(test.known_from) if test.known_from is not None else "–"
    return Origin(_("Federal Reserve H.4.1, and the simulator's code over it"), days, known, unit)


def of_holdings(as_of: date, known_from: datetime | None, unit: str) -> Origin:
    """Of the list of securities of a Wednesday."""
    known = since(known_from) if known_from is not None else "–"
    return Origin(_("New York Fed, SOMA holdings by security"), formats.day(as_of), known, unit)


def _known(course: Course) -> str:
    """Since when the last of the lines of the start was known."""
    day, found = np.datetime64(course.simulation.start.on), []
    for past in course.past.values():
        place = int(np.searchsorted(past.dates, day, side="right")) - 1
        if place >= 0:
            found.append(past.known_from[place])
    if not found:
        return "–"
    return since(max(found).astype("datetime64[s]").item().replace(tzinfo=UTC))
