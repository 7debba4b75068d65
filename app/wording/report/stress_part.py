"""A scenario on paper: what it assumes, what it does to the book, country by country, and what it could not tell."""

from decimal import Decimal

from app.i18n import gettext as _
from app.wording import formats, stress, terms
from app.wording.report.document import Bar, BarChart, Cell, Column, Kind, Section, Table
from app.wording.sentences import sentence
from exposures import stress as figures
from exposures.limits import LimitUse
from exposures.stress import StressedCountry, StressResult

#: So many countries and regions are drawn, those nearest to their limit.
_DRAWN = 10


def section(result: StressResult, version: str) -> Section:
    """One scenario over the book `version`; nothing is written to the book."""
    currency = result.currency
    assumed = [(what, how) for what, how in stress.assumptions(result.scenario)]
    facts = [(_("Book"), version), *assumed, *((_("Note"), note) for note in stress.notes(result))]
    if result.loss is not None and result.loss_after is not None:
        loss = _("{before}, after {after}").format(
            before=formats.money(result.loss, currency), after=formats.money(result.loss_after, currency)
        )
        facts.append((_("Expected loss"), loss))
    columns = (
        Column(_("Country or region"), share=1.6),
        Column(_("Exposure"), Kind.MONEY, 1.0, currency),
        Column(_("After"), Kind.MONEY, 1.0, currency),
        Column(_("Limit used"), Kind.PERCENT, 0.9),
        Column(_("After"), Kind.PERCENT, 0.9),
        Column(_("Remark"), Kind.LONG, 1.8),
    )
    table = Table(
        columns,
        [_row(one) for one in result.countries],
        totals={0: _("Total"), 1: result.exposure, 2: result.exposure_after},
    )
    tables = [table, *_liquidity(result)]
    chart = _chart(result)
    title = _("Stress: {name}").format(name=result.scenario.name)
    return Section(title, sentence(figures.finding(result)), "", facts, () if chart is None else (chart,), tables)


def _row(one: StressedCountry) -> tuple[Cell, ...]:
    remark = _("Lower only because the currency fell") if one.flattered else ""
    return (
        terms.country(one.country),
        one.exposure,
        one.exposure_after,
        _share(one.limit),
        _share(one.limit_after),
        remark,
    )


def _share(use: LimitUse | None) -> Decimal | None:
    return None if use is None or use.use.share is None else use.use.share * 100


def _liquidity(result: StressResult) -> list[Table]:
    if not result.liquidity:
        return []
    currency = result.currency
    columns = (
        Column(_("Country or region"), share=1.6),
        Column(_("Days"), Kind.COUNT, 0.6),
        Column(_("Falls due to us"), Kind.MONEY, 1.0, currency),
        Column(_("We repay"), Kind.MONEY, 1.0, currency),
        Column(_("Drawn by others"), Kind.MONEY, 1.0, currency),
        Column(_("Liquidity gap"), Kind.MONEY, 1.0, currency),
    )
    rows = [
        (terms.country(gap.country), gap.days, gap.maturing, gap.funding, gap.undrawn, gap.gap)
        for gap in result.liquidity
    ]
    return [Table(columns, rows, _("Without roll-over"))]


def _chart(result: StressResult) -> BarChart | None:
    shares = [(one, _share(one.limit), _share(one.limit_after)) for one in result.countries]
    used = [(one, before, after) for one, before, after in shares if before is not None and after is not None]
    if not used:
        return None
    used.sort(key=lambda found: -found[2])
    bars = [
        Bar(
            terms.country(one.country),
            float(min(before, after)),
            float(max(after - before, Decimal(0))),
            terms.limit_state(one.limit_after.state.value)[0] if one.limit_after else "nodata",
            formats.percent(after),
        )
        for one, before, after in used[:_DRAWN]
    ]
    marks = [(80.0, "warning", _("Warning")), (100.0, "critical", _("Limit"))]
    return BarChart(_("Limits under stress"), bars, marks, _("Before"), _("Added by the scenario"))
