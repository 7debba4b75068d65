"""The first page: the questions of the day and the sentences that answer them."""

from collections.abc import Sequence
from datetime import date

from alerts.finding import Finding
from app.i18n import gettext as _
from app.wording import formats, reviews, terms, today
from app.wording.report.document import Cell, Column, Kind, Marked, Section, Table
from app.wording.sentences import sentence
from exposures.gravity import Country
from exposures.reviews.made import MadeList

#: Countries on the page; what is calm and unlimited comes last and may be left out.
LONGEST = 20


def day(
    tide: Finding,
    hurts: Finding,
    money: Finding,
    alerts: Finding,
    lists: Sequence[MadeList],
) -> Section:
    """Every question of the day with its answer."""
    rows: list[tuple[Cell, ...]] = [
        (_("Is the tide going out?"), sentence(tide)),
        (_("Which country hurts?"), sentence(hurts)),
        (_("Whose money is there?"), sentence(money)),
        (_("What is firing?"), sentence(alerts)),
    ]
    rows += [(reviews.list_question(made.id) or reviews.list_name(made.id), sentence(made.finding)) for made in lists]
    columns = (Column(_("Question"), share=1.0), Column(_("Answer"), Kind.LONG, share=3.2))
    return Section(_("The day's answers"), tables=(Table(columns, rows),))


def countries(finding: Finding, rows: Sequence[Country], currency: str, on: date | None) -> Section:
    """Which country hurts: state, exposure, use of the limit and causes."""
    columns = (
        Column(_("Country or region"), share=1.5),
        Column(_("State"), share=1.1),
        Column(_("Exposure"), Kind.MONEY, 1.0, currency),
        Column(_("Limit used"), Kind.FIGURE, 0.8),
        Column(_("Why"), Kind.LONG, 3.0),
    )
    shown = [_country(row) for row in rows[:LONGEST]]
    facts = [] if on is None else [(_("Book"), formats.day(on))]
    if len(rows) > LONGEST:
        facts.append((_("Not shown"), formats.number(len(rows) - LONGEST)))
    worst = rows[0].severity if rows else 0
    state = ("", "warning", "critical")[worst] if rows else ""
    table = Table(columns, shown, empty=_("There is no book."))
    return Section(_("Which country hurts?"), sentence(finding), state, facts, tables=(table,))


def _country(row: Country) -> tuple[Cell, ...]:
    share = None if row.use is None else row.use.use.share
    return (
        terms.country(row.position.key),
        _state(row),
        row.position.amount(),
        None if share is None else formats.percent(share * 100),
        formats.opening(_("; ").join(today.cause(cause.told) for cause in row.causes)),
    )


def _state(row: Country) -> Marked:
    if row.severity:
        return Marked("critical", _("Critical")) if row.severity > 1 else Marked("warning", _("Warning"))
    return Marked(*terms.limit_state("no_limit" if row.use is None else row.use.state.value))
