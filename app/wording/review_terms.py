"""The terms of the review lists: what lists, actions, states and roles of a country are called."""

from datetime import date

from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording import bank_soundness, debt_contagion
from app.wording.exposure_reduction import subject
from exposures.reviews.item import ItemKey, ReviewItem, Status


def list_name(list_id: str) -> str:
    """What a list is called."""
    return {
        "mine": _("My work"),
        "approvals": _("My approvals"),
        "L1": _("Asset screening"),
        "L2": _("Overseas layout"),
        "L3": _("Exposure cuts"),
        "L4": _("New lending"),
        "L5": _("Project approval"),
        "L6": _("Institution notices"),
        "L7": _("Client notices"),
        "L8": _("Bank soundness"),
        "L9": _("Debt contagion"),
        "L10": _("Counterparties"),
    }.get(list_id, list_id)


def list_question(list_id: str) -> str:
    """The question that a list answers."""
    return {
        "mine": _("What is mine to do?"),
        "approvals": _("What waits for a checker?"),
        "L1": _("Which assets are at risk?"),
        "L2": _("Where do we grow too large?"),
        "L3": _("How far down, and by what?"),
        "L4": _("What can be cut?"),
        "L5": _("Which need more approval?"),
        "L6": _("Which branch must know?"),
        "L7": _("Which client must know?"),
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
        "notify": _("Send a notice"),
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


def standing(item: ReviewItem, today: date | None) -> str:
    """The code of where an item stands: its state, "drafted" with a decision, on a day past its due date "overdue"."""
    if today is not None and item.overdue(today):
        return "overdue"
    if item.status is Status.PROPOSED and item.decision is not None:
        return "drafted"
    return item.status.value


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
