"""A review list of a report: its items with reasons, amounts, action, owner and due date."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from app.i18n import gettext as _
from app.wording import formats, reviews
from app.wording.report.document import Cell, Column, Kind, Marked, Section, Table
from app.wording.sentences import sentence
from app.wording.terms import country
from exposures.reviews.item import Priority, Proposal, ReviewItem
from exposures.reviews.made import MadeList, Making
from exposures.reviews.outlook import accounted
from exposures.reviews.review_list import ControlTotal

_STATES = {Priority.HIGH: "critical", Priority.MEDIUM: "warning", Priority.LOW: "watch", Priority.MINOR: "nodata"}


def section(made: MadeList, today: date, until: datetime) -> Section:
    """One list as it stood at `until`; nothing is left out."""
    title = _("{list} {name}").format(list=made.id, name=reviews.list_name(made.id))
    if made.making is None:
        text = _("This list had not been made by {moment}.").format(moment=formats.dated_moment(until))
        return Section(title, text, "nodata")
    making = made.making
    currency = making.currency
    columns = (
        Column(_("Item"), share=0.95),
        Column(_("Subject"), Kind.LONG, 1.7),
        Column(_("Country or region"), share=1.05),
        Column(_("Priority"), share=0.95),
        Column(_("Why"), Kind.LONG, 2.85),
        Column(_("Amount") if made.id == "L5" else _("Exposure"), Kind.MONEY, 0.9, currency),
        Column(_("Due in 90 days"), Kind.MONEY, 1.1, currency),
        Column(_("Action"), Kind.LONG, 2.05),
        Column(_("Owner"), share=1.05),
        Column(_("Due"), Kind.DATE, 0.95),
        Column(_("Status"), share=0.95),
    )
    totals: dict[int, Cell] = {0: _("Items")}
    totals |= {
        5: sum((_exposure(item.proposal) for item in made.items), Decimal(0)),
        6: sum((item.proposal.amounts.due_90 for item in made.items), Decimal(0)),
    }
    table = Table(
        columns,
        [_row(item, making, today) for item in made.items],
        totals=totals if made.items else {},
        empty=sentence(made.finding),
    )
    facts = [
        (_("Book"), reviews.made_on(making.reporting_date, making.book_version, making.book_source)),
        (_("List made"), _("{moment} by {who}").format(moment=formats.dated_moment(making.at), who=making.who)),
        (_("Flagged"), _flagged(making)),
    ]
    overdue = any(item.overdue(today) for item in made.items)
    tables = (table,) if made.result is None else (table, _control(made.result.control, making))
    return Section(title, sentence(made.finding), "warning" if overdue else "", facts, (), tables, wide=True)


def _control(control: ControlTotal, making: Making) -> Table:
    """How the list ties to the book: every line of it in one part."""
    columns = (
        Column(_("Part"), Kind.LONG, 5.0),
        Column(_("Lines"), Kind.COUNT, 1.0),
        Column(_("Exposure"), Kind.MONEY, 1.2, making.currency),
    )
    rows = [(reviews.part(part.case), part.lines, part.amount) for part in control.parts if part.lines or part.amount]
    whole = _("Book {version}").format(version=making.book_version)
    totals: dict[int, Cell] = {0: whole, 1: control.book_lines, 2: control.book_amount}
    return Table(columns, rows, sentence(accounted(control)), totals)


def _flagged(making: Making) -> str:
    names: Sequence[str] = [country(flag.country) for flag in making.flags]
    return _(", ").join(names) or _("None")


def _row(item: ReviewItem, making: Making, today: date) -> tuple[Cell, ...]:
    proposal = item.proposal
    standing = reviews.standing(item, today)
    return (
        item.id,
        reviews.item_name(proposal.name, proposal.key),
        country(proposal.key.country),
        Marked(_STATES[proposal.priority], reviews.priority(proposal.priority.value)),
        _("; ").join(dict.fromkeys(reviews.brief(reason, making.currency) for reason in proposal.reasons)),
        _exposure(proposal),
        proposal.amounts.due_90,
        _action(item, making.currency),
        reviews.owner(item.owner),
        item.due,
        Marked("warning", reviews.status(standing)) if standing == "overdue" else reviews.status(standing),
    )


def _exposure(proposal: Proposal) -> Decimal:
    """What an item counts for in the control total: of a reduction what its target is held against."""
    reduction = proposal.reduction
    return proposal.size if reduction is None or reduction.assets is None else reduction.assets.exposure


def _action(item: ReviewItem, currency: str) -> str:
    if item.decision is None:
        return _with_amount(reviews.action(item.proposal.action.value), item.proposal.amount, currency)
    action = _with_amount(reviews.action(item.decision.action.value), item.decision.target, currency)
    decided = _("Decided: {action}").format(action=action)
    return (
        _("{action}; {comment}").format(action=decided, comment=item.decision.comment)
        if item.decision.comment
        else decided
    )


def _with_amount(action: str, amount: Decimal | None, currency: str) -> str:
    if amount is None:
        return action
    return _("{action} {amount}").format(action=action, amount=reviews.amount(amount, currency))
