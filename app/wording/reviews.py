"""The words of the review lists and their items: names, actions, states, steps, findings and refusals."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import (
    asset_screening,
    bank_soundness,
    client_notices,
    counterparty_risk,
    debt_contagion,
    exposure_reduction,
    institution_notices,
    lending_restraint,
    overseas_layout,
    project_approval,
)
from app.wording.formats import day, number, short_day
from app.wording.review_history import asked, event
from app.wording.review_parts import criterion, part, short_part
from app.wording.review_reasons import amount, brief, family, figure, reason, source, why_not_assessable
from app.wording.review_refusals import REFUSALS
from app.wording.review_terms import (
    action,
    due,
    item_name,
    list_name,
    list_question,
    owner,
    priority,
    role,
    short_action,
    standing,
    status,
    tier,
    unjudged,
)

#: The words of reasons and of the control total are asked for here too; they have files of their own.
__all__ = [
    "REFUSALS",
    "SENTENCES",
    "action",
    "amount",
    "asked",
    "brief",
    "criterion",
    "due",
    "event",
    "family",
    "figure",
    "item_name",
    "list_name",
    "list_question",
    "made_on",
    "owner",
    "part",
    "priority",
    "reason",
    "role",
    "short_action",
    "short_part",
    "source",
    "standing",
    "status",
    "tier",
    "unjudged",
    "why_not_assessable",
]


def _need(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        "waiting": number(values["waiting"]),
        "items": number(values["items"]),
        "amount": amount(values["amount"], values["currency"]),
        "overdue": number(values["overdue"]),
    }


def _need_decision(values: Mapping[str, Any]) -> str:
    return ngettext(
        "{waiting} of {items} item needs a decision; {amount}.",
        "{waiting} of {items} items need a decision; {amount}.",
        values["items"],
    ).format(**_need(values))


def _need_decision_overdue(values: Mapping[str, Any]) -> str:
    if values["overdue"] == 1:
        text = _("{waiting} of {items} items need a decision; {amount}. One is overdue.")
    else:
        text = _("{waiting} of {items} items need a decision; {amount}. {overdue} are overdue.")
    return text.format(**_need(values))


def _all_decided(values: Mapping[str, Any]) -> str:
    text = _("All {items} items have a decision; none is overdue.")
    return text.format(items=number(values["items"]))


def _all_decided_overdue(values: Mapping[str, Any]) -> str:
    return ngettext(
        "All {items} items have a decision; {overdue} is overdue.",
        "All {items} items have a decision; {overdue} are overdue.",
        values["overdue"],
    ).format(items=number(values["items"]), overdue=number(values["overdue"]))


def _mine(values: Mapping[str, Any]) -> str:
    texts = {"items": number(values["items"]), "overdue": number(values["overdue"])}
    if values["overdue"]:
        return ngettext(
            "{items} item is yours to do; {overdue} overdue.",
            "{items} items are yours to do; {overdue} overdue.",
            values["items"],
        ).format(**texts)
    if values["first"] is None:
        return ngettext("{items} item is yours to do.", "{items} items are yours to do.", values["items"]).format(
            **texts
        )
    return ngettext(
        "{items} item is yours to do; the first is due on {day}.",
        "{items} items are yours to do; the first is due on {day}.",
        values["items"],
    ).format(day=short_day(values["first"]), **texts)


def _lines(values: Mapping[str, Any], *, due_soon: bool) -> str:
    text = (
        ngettext(
            "{lines} line, {amount}; {due} falls due within 90 days.",
            "{lines} lines, {amount}; {due} falls due within 90 days.",
            values["lines"],
        )
        if due_soon
        else ngettext(
            "{lines} line, {amount}; nothing falls due within 90 days.",
            "{lines} lines, {amount}; nothing falls due within 90 days.",
            values["lines"],
        )
    )
    currency = values["currency"]
    return text.format(
        lines=number(values["lines"]),
        amount=amount(values["amount"], currency),
        due=amount(values["due"], currency),
    )


#: Findings and criteria of the lists.
SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    **asset_screening.SENTENCES,
    **overseas_layout.SENTENCES,
    **lending_restraint.SENTENCES,
    **project_approval.SENTENCES,
    **institution_notices.SENTENCES,
    **client_notices.SENTENCES,
    **bank_soundness.SENTENCES,
    **debt_contagion.SENTENCES,
    **counterparty_risk.SENTENCES,
    **exposure_reduction.SENTENCES,
    "reviews.never_made": lambda _values: _("The lists have not been made yet."),
    "reviews.need_decision": _need_decision,
    "reviews.need_decision_overdue": _need_decision_overdue,
    "reviews.all_decided": _all_decided,
    "reviews.all_decided_overdue": _all_decided_overdue,
    "reviews.all_settled": lambda values: ngettext(
        "Nothing is open; {items} item is settled.", "Nothing is open; {items} items are settled.", values["items"]
    ).format(items=number(values["items"])),
    "reviews.mine": _mine,
    "reviews.mine_none": lambda _values: _("Nothing is yours to do."),
    "reviews.approvals": lambda values: ngettext(
        "{items} item waits for a second person.", "{items} items wait for a second person.", values["items"]
    ).format(items=number(values["items"])),
    "reviews.approvals_none": lambda _values: _("Nothing waits for a checker."),
    "reviews.none_open": lambda _values: _("Nothing is open."),
    "reviews.unassigned": lambda values: ngettext(
        "{unassigned} of {items} open items has no owner.",
        "{unassigned} of {items} open items have no owner.",
        values["unassigned"],
    ).format(unassigned=number(values["unassigned"]), items=number(values["items"])),
    "reviews.none_dated": lambda values: ngettext(
        "{items} item is open and has no due date.", "{items} items are open; none has a due date.", values["items"]
    ).format(items=number(values["items"])),
    "reviews.high_first_due": lambda values: ngettext(
        "{high} is high; the first is due on {day}.", "{high} are high; the first is due on {day}.", values["high"]
    ).format(high=number(values["high"]), day=short_day(values["first"])),
    "reviews.first_due": lambda values: _("None is high; the first is due on {day}.").format(
        day=short_day(values["first"])
    ),
    "reviews.accounted": lambda values: _("{left} of {lines} lines are left out, each for one reason.").format(
        left=number(values["left"]), lines=number(values["lines"])
    ),
    "reviews.not_accounted": lambda _values: _("The parts do not add up to the book: a fault of the program."),
    "reviews.weight": lambda values: ngettext(
        "Risk: {priority}; {points} point from {reasons} reasons.",
        "Risk: {priority}; {points} points from {reasons} reasons.",
        values["points"],
    ).format(priority=priority(values["priority"]), points=number(values["points"]), reasons=number(values["reasons"])),
    "reviews.weight_plain": lambda values: ngettext(
        "Risk: {priority}; {reasons} reason.", "Risk: {priority}; {reasons} reasons.", values["reasons"]
    ).format(priority=priority(values["priority"]), reasons=number(values["reasons"])),
    "reviews.lines_of_banks": lambda values: _("{amount} by its banks, which have their own items.").format(
        amount=amount(values["amount"], values["currency"])
    ),
    "reviews.lines": lambda values: _lines(values, due_soon=False),
    "reviews.lines_due": lambda values: _lines(values, due_soon=True),
}


def made_on(making_day: Any, version: str, file: str) -> str:
    """Which book a list was made on."""
    return _("Book {version} of {date}, {file}").format(version=version, date=day(making_day), file=file)
