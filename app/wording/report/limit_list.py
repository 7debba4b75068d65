"""The limits of a report: how much of each is used, as bars and as a table."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from alerts.finding import Finding
from app.i18n import gettext as _
from app.wording import formats, terms
from app.wording.report.document import Bar, BarChart, Cell, Column, Kind, Marked, Section, Table
from app.wording.sentences import sentence
from exposures.limits import CRITICAL, FULL, WARNING, LimitUse

#: Bars on the page; the table has every limit.
BARS = 14


def section(finding: Finding, uses: Sequence[LimitUse], currency: str, on: date) -> Section:
    """Every limit in force with its use on the book of `on`, the tightest first."""
    limited = [use for use in uses if use.limit is not None]
    columns = (
        Column(_("Country or region"), share=1.7),
        Column(_("State"), share=1.25),
        Column(_("Limit"), Kind.MONEY, 1.0, currency),
        Column(_("Used"), Kind.MONEY, 1.0, currency),
        Column(_("Pending approval"), Kind.MONEY, 1.1, currency),
        Column(_("Headroom"), Kind.MONEY, 1.0, currency),
        Column(_("Limit used"), Kind.PERCENT, 0.9),
        Column(_("With pending"), Kind.PERCENT, 0.9),
    )
    table = Table(columns, [_row(use) for use in limited], empty=_("No limit is set."))
    bars = [bar for use in limited[:BARS] if (bar := _bar(use)) is not None]
    chart = BarChart(
        _("Use of the country limits"),
        bars,
        (
            (float(WARNING * 100), "warning", _("Warning")),
            (float(CRITICAL * 100), "critical", _("Critical")),
            (float(FULL * 100), "nodata", _("Limit")),
        ),
        _("Used"),
        _("Pending approval"),
        note=_("Book of {day}; guarantor basis, drawn and undrawn").format(day=formats.day(on)),
    )
    state = terms.limit_state(limited[0].state.value)[0] if limited else "nodata"
    return Section(_("How tight are the limits?"), sentence(finding), state, (), (chart,) if bars else (), (table,))


def no_book(as_of: datetime) -> Section:
    """Nothing was imported by then, so no limit has a use."""
    text = _("No book had been imported by {moment}, so the use of limits is not known.")
    return Section(_("How tight are the limits?"), text.format(moment=formats.dated_moment(as_of)), "nodata")


def _row(use: LimitUse) -> tuple[Cell, ...]:
    figures = use.use
    return (
        terms.country(use.country),
        Marked(*terms.limit_state(use.state.value)),
        figures.limit,
        figures.used,
        figures.pending,
        figures.headroom,
        _percent(figures.share),
        _percent(figures.share_with_pending),
    )


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else share * 100


def _bar(use: LimitUse) -> Bar | None:
    share, whole = use.use.share, use.use.share_with_pending
    if share is None or whole is None:
        return None
    state = terms.limit_state(use.state.value)[0]
    used, pending = float(share * 100), float((whole - share) * 100)
    return Bar(terms.country(use.country), used, pending, state, formats.percent(whole * 100))
