"""The words of the review lists and their items: names, actions, states, steps, findings and refusals."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import (
    asset_screening,
    bank_soundness,
    counterparty_risk,
    debt_contagion,
    exposure_reduction,
    lending_restraint,
    overseas_layout,
    project_approval,
)
from app.wording.exposure_reduction import subject
from app.wording.formats import day, number, short_day
from app.wording.review_parts import criterion, part, short_part
from app.wording.review_reasons import amount, brief, family, figure, reason, source, why_not_assessable
from exposures.reviews.item import ItemKey

#: The words of reasons and of the control total are asked for here too; they have files of their own.
__all__ = [
    "REFUSALS",
    "SENTENCES",
    "action",
    "amount",
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
    "status",
    "tier",
    "unjudged",
    "why_not_assessable",
]


def list_name(list_id: str) -> str:
    """What a list is called."""
    return {
        "L1": _("Asset screening"),
        "L2": _("Overseas layout"),
        "L3": _("Exposure cuts"),
        "L4": _("New lending"),
        "L5": _("Project approval"),
        "L8": _("Bank soundness"),
        "L9": _("Debt contagion"),
        "L10": _("Counterparties"),
    }.get(list_id, list_id)


def list_question(list_id: str) -> str:
    """The question that a list answers."""
    return {
        "L1": _("Which assets are at risk?"),
        "L2": _("Where do we grow too large?"),
        "L3": _("How far down, and by what?"),
        "L4": _("What can be cut?"),
        "L5": _("Which need more approval?"),
        "L8": _("Which banks are weak?"),
        "L9": _("Who pulls others down?"),
        "L10": _("Who could fail us?"),
    }.get(list_id, "")


def item_name(name: str, key: ItemKey) -> str:
    """Who or what an item is about; a list of exposures has a country, a group or a currency as its subject."""
    if key.list_id == "L5":
        return _("{name}, {project}").format(name=name, project=key.subject)
    return about(key.list_id, key.subject, name)


def about(list_id: str, key: str, name: str) -> str:
    """A subject by its list: L3 has countries, groups and currencies, L8 banking systems, L9 groups."""
    match list_id:
        case "L3":
            return subject(key, name)
        case "L8":
            return bank_soundness.subject(key, name)
        case "L9":
            return debt_contagion.subject(key, name)
    return name


def unjudged(key: str, name: str, list_id: str) -> str:
    """Who or what could not be judged; the whole book where it is nobody in particular."""
    if not key:
        return _("The whole book")
    return about(list_id, key, name)


def priority(code: str) -> str:
    """How pressing an item is."""
    return {"high": _("High"), "medium": _("Medium"), "low": _("Low"), "minor": _("Minor")}[code]


def action(code: str) -> str:
    """What is proposed, or decided."""
    return {
        "recover": _("Recovery and provision"),
        "downgrade": _("Downgrade"),
        "reduce": _("Reduce"),
        "no_renewal": _("Do not renew"),
        "add_collateral": _("Add collateral"),
        "call_report": _("Call report"),
        "cancel_undrawn": _("Cancel undrawn"),
        "sell": _("Sell"),
        "cover": _("Obtain cover"),
        "call": _("Call in"),
        "hedge": _("Hedge"),
        "run_off": _("Let run off"),
        "freeze": _("Freeze growth"),
        "shrink": _("Shrink"),
        "exit": _("Consider exit"),
        "invoke_draw_stop": _("Invoke draw-stop"),
        "let_lapse": _("Let lapse"),
        "hold_draw": _("Hold the draw"),
        "no_increase": _("No increase"),
        "renew_higher": _("Renew one tier up"),
        "decline": _("Decline or hold"),
        "top_tier": _("Top approval tier"),
        "higher_tier": _("Higher tier"),
        "approve_again": _("Approve again"),
        "stop_trades": _("No new trades"),
        "pay_after_receipt": _("Pay after receipt"),
        "check_contract": _("Read the contract"),
        "run_down": _("Overnight only, let run off"),
        "shorten": _("Shorten and cut the limit"),
        "cap_group": _("Cap the group"),
        "replace_guarantor": _("Replace the guarantor"),
        "watch": _("Watch"),
        "keep": _("Keep"),
    }[code]


def short_action(code: str) -> str:
    """An action in a column: one or two words."""
    return _("Recover") if code == "recover" else action(code)


def due(code: str) -> str:
    """When open items are due."""
    return {
        "overdue": _("Overdue"),
        "soon": _("In 7 days"),
        "later": pgettext("due", "Later"),
        "undated": _("No date"),
    }[code]


def status(code: str) -> str:
    """Where an item stands; "overdue" is what a passed due date makes of an open one, "drafted" what a
    decision makes of a proposed one.
    """
    return {
        "proposed": _("Proposed"),
        "with_checker": _("With checker"),
        "returned": _("Returned"),
        "drafted": _("Drafted"),
        "in_work": _("In work"),
        "done": _("Done"),
        "closed": _("Closed"),
        "rejected": _("Rejected"),
        "release_proposed": _("Release proposed"),
        "overdue": _("Overdue"),
    }[code]


def role(code: str) -> str:
    """Why a country counts for an item."""
    return {
        "immediate": _("Immediate country only"),
        "guarantor": _("Guarantor country only"),
        "both": _("Immediate and guarantor country"),
    }[code]


def tier(code: str) -> str:
    """How a flagged country is treated."""
    return {"A": _("A, act"), "B": _("B, watch"), "": _("Not flagged")}[code]


def owner(name: str | None) -> str:
    """Who owns an item."""
    return name or _("Unassigned")


def event(code: str, values: Mapping[str, str]) -> str:
    """One step of an item's history."""
    texts: dict[str, Callable[[], str]] = {
        "listed": lambda: _("Put on the list, priority {priority}").format(priority=priority(values["priority"])),
        "release_proposed": lambda: _("No longer qualifies: release proposed"),
        "qualifies_again": lambda: _("Qualifies again"),
        "assigned": lambda: _("Owner {owner}, due {due}").format(
            owner=owner(values["owner"]), due=day(date.fromisoformat(values["due"])) if values["due"] else _("not set")
        ),
        "decided": lambda: _("Decision drafted: {action}").format(action=action(values["action"])),
        "line_decided": lambda: _("Decision drafted for line {line}: {action}").format(
            line=values["line"], action=action(values["action"])
        ),
        "commented": lambda: _("Comment: {text}").format(text=values["comment"]),
    }
    return texts[code]()


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
    "reviews.lines": lambda values: _lines(values, due_soon=False),
    "reviews.lines_due": lambda values: _lines(values, due_soon=True),
}

REFUSALS: dict[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "reviews.no_book": lambda _values: (
        _("There is no book to make the lists from."),
        _("Import one first: book import FILE --reporting-date DATE."),
    ),
    "reviews.never_made": lambda _values: (
        _("The lists have not been made yet."),
        _("Make them first: reviews generate."),
    ),
    "reviews.no_such_item": lambda values: (
        _("There is no item {item}.").format(item=values["item"]),
        _("See reviews list for the ids."),
    ),
    "reviews.no_such_line": lambda values: (
        _("Item {item} has no line {line}.").format(item=values["item"], line=values["line"]),
        _("Choose one of the lines beneath the item."),
    ),
    "reviews.settled": lambda values: (
        _("Item {item} is settled ({status}).").format(item=values["item"], status=status(values["status"])),
        _("A settled item is not changed; it comes back with the country's next episode."),
    ),
    "reviews.keep_needs_reason": lambda _values: (
        _("Keep is a decision and needs a reason."),
        _("Say in the comment why nothing is to be done."),
    ),
    "reviews.negative_target": lambda values: (
        _("The target {target} is negative.").format(target=number(values["target"], 2)),
        _("Give the amount by which the exposure is to fall, without a sign."),
    ),
    "reviews.cannot_write": lambda values: (
        _("The file {file} cannot be written: {detail}.").format(file=values["file"], detail=values["detail"]),
        _("Close it if it is open elsewhere, or choose another place."),
    ),
}


def made_on(making_day: Any, version: str, file: str) -> str:
    """Which book a list was made on."""
    return _("Book {version} of {date}, {file}").format(version=version, date=day(making_day), file=file)
