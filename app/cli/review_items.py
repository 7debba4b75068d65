"""`reviews show|assign|decide|comment|send|reject|approve|return|finish|undo|bulk|mine|approvals`: one item's way."""

import argparse
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, iso_date
from app.i18n import gettext as _
from app.refusals import Misused
from app.services.deciding import Bulk, Change
from app.wording import review_work
from app.wording import reviews as words
from app.wording.formats import day, moment, number
from app.wording.sentences import REFUSALS
from exposures.exposure import CLASSES
from exposures.reviews.item import Action, Decision, ReviewItem

_ACTIONS = [action.value for action in Action]


def add(group: "Commands[argparse.ArgumentParser]") -> None:
    """The commands, in the group `reviews`."""
    _one(group, "show", _show, "an item with its history, its evidence and what can be done with it")
    assign = _one(group, "assign", _assign, "set an item's owner and due date; what is not given is taken away")
    assign.add_argument("--owner", metavar="NAME")
    assign.add_argument("--due", type=iso_date, metavar="DATE")
    decide = _one(group, "decide", _decide, "draft a decision on an item")
    decide.add_argument("action", choices=_ACTIONS)
    decide.add_argument("--target", metavar="AMOUNT", help="by how much it is to come down, in the reporting currency")
    decide.add_argument("--grade", choices=CLASSES, help="the loan class that is proposed")
    decide.add_argument("--comment", default="", metavar="TEXT", help="why; needed to keep")
    comment = _one(group, "comment", _comment, "add a remark to an item")
    comment.add_argument("text", metavar="TEXT")
    _several(group, "send", _send, "send drafted decisions, or proposed releases, to a checker")
    reject = _one(group, "reject", _reject, "ask the checker to agree that an item is not taken up")
    reject.add_argument("--reason", required=True, metavar="TEXT")
    approve = _several(group, "approve", _approve, "confirm as the second person what items ask")
    approve.add_argument("--comment", default="", metavar="TEXT")
    back = _one(group, "return", _return, "return to the maker what an item asks")
    back.add_argument("--reason", required=True, metavar="TEXT")
    finish = _one(group, "finish", _finish, "say that an item is done, by a later book or with a reason")
    finish.add_argument("--reason", default="", metavar="TEXT")
    _several(group, "undo", _undo, "take back your own last step on items")
    bulk = _several(group, "bulk", _bulk, "change several items at once; without --apply only what would change")
    bulk.add_argument("--owner", metavar="NAME")
    bulk.add_argument("--due", type=iso_date, metavar="DATE")
    bulk.add_argument("--action", choices=_ACTIONS, help="a decision: for items of priority Minor only")
    bulk.add_argument("--comment", default="", metavar="TEXT")
    bulk.add_argument("--apply", action="store_true", help="do it")
    add_command(group, "mine", _mine, "the open items that are yours, or that you stand in for")
    add_command(group, "approvals", _approvals, "what waits for a checker, and whether you can be it")


def _one(group: Any, name: str, run: Any, help_text: str) -> argparse.ArgumentParser:
    parser = add_command(group, name, run, help_text)
    parser.add_argument("item", metavar="ITEM", help="as `reviews list` prints it: L1-0417")
    return parser


def _several(group: Any, name: str, run: Any, help_text: str) -> argparse.ArgumentParser:
    parser = add_command(group, name, run, help_text)
    parser.add_argument("items", nargs="+", metavar="ITEM", help="as `reviews list` prints it: L1-0417")
    return parser


def _show(program: Program, chosen: argparse.Namespace) -> Outcome:
    item = program.reviewing.item(chosen.item)
    evidence = program.deciding.evidence(item.id)
    currency = review_work.currency(program.reviewing.lists())
    lines = [_line(item, program.reviewing.today()), *review_work.persons(item)]
    if evidence is not None:
        lines.append(review_work.achieved(evidence, currency))
    lines += [
        _("{moment}  {who}  {text}").format(
            moment=moment(entry.at), who=entry.who, text=words.event(entry.event, entry.values)
        )
        for entry in item.history
    ]
    data = _plain(item)
    data["evidence"] = None if evidence is None else {"achieved": evidence.amount, "book": evidence.book}
    data["history"] = [
        {"at": entry.at, "who": entry.who, "event": entry.event, "values": dict(entry.values)} for entry in item.history
    ]
    return Outcome(data, tuple(lines))


def _assign(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _said(program, [program.reviewing.assign(chosen.item, chosen.owner, chosen.due)])


def _decide(program: Program, chosen: argparse.Namespace) -> Outcome:
    action = Action(chosen.action)
    return _said(
        program, [program.reviewing.decide(chosen.item, action, _amount(chosen.target), chosen.comment, chosen.grade)]
    )


def _comment(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _said(program, [program.reviewing.comment(chosen.item, chosen.text)])


def _send(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _said(program, program.deciding.send(*chosen.items))


def _reject(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _said(program, [program.deciding.reject(chosen.item, chosen.reason)])


def _approve(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _said(program, program.deciding.approve(*chosen.items, comment=chosen.comment))


def _return(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _said(program, [program.deciding.send_back(chosen.item, chosen.reason)])


def _finish(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _said(program, [program.deciding.finish(chosen.item, chosen.reason)])


def _undo(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _said(program, program.deciding.undo(*chosen.items))


def _bulk(program: Program, chosen: argparse.Namespace) -> Outcome:
    action = None if chosen.action is None else Action(chosen.action)
    bulk = Bulk(chosen.owner, chosen.due, action, chosen.comment)
    if chosen.apply:
        return _said(program, program.deciding.apply(chosen.items, bulk))
    changes = program.deciding.preview(chosen.items, bulk)
    data = {
        "changes": [
            {"item": one.item.id, "fields": [list(part) for part in one.fields], "refused": one.refused or None}
            for one in changes
        ]
    }
    return Outcome(data, tuple(_preview(one) for one in changes))


def _mine(program: Program, _chosen: argparse.Namespace) -> Outcome:
    return _listed(program, program.working.mine(), _("Nothing is yours to do."))


def _approvals(program: Program, _chosen: argparse.Namespace) -> Outcome:
    found, today = program.working.approvals(), program.reviewing.today()
    lines = [
        _("{line}  {why}").format(line=_line(one.item, today), why=review_work.why_not(one.why))
        if one.why
        else _line(one.item, today)
        for one in found
    ]
    also = program.working.elsewhere()
    lines += [
        _("Elsewhere: {kind} {n}").format(kind=review_work.elsewhere(kind), n=number(count)) for kind, count in also
    ]
    data = {"items": [_plain(one.item) | {"why_not": one.why or None} for one in found], "elsewhere": dict(also)}
    return Outcome(data, tuple(lines) or (_("Nothing waits for a checker."),))


def _preview(change: Change) -> str:
    if change.refused:
        values = {"item": change.item.id, "status": change.item.status.value, "step": "", "who": ""}
        return REFUSALS[change.refused](values)[0]
    parts = [review_work.field(name, before, after) for name, before, after in change.fields]
    told = _("; ").join(parts) if parts else _("nothing changes")
    return _("{item}: {changes}").format(item=change.item.id, changes=told)


def _said(program: Program, items: Iterable[ReviewItem]) -> Outcome:
    return _listed(program, items, "")


def _listed(program: Program, items: Iterable[ReviewItem], none: str) -> Outcome:
    found, today = list(items), program.reviewing.today()
    return Outcome({"items": [_plain(item) for item in found]}, tuple(_line(item, today) for item in found) or (none,))


def _line(item: ReviewItem, today: date) -> str:
    return "  ".join(
        (
            item.id,
            words.item_name(item.proposal.name, item.proposal.key),
            words.status(words.standing(item, today)),
            words.owner(item.owner),
            day(item.due) if item.due else _("no due date"),
        )
    )


def _plain(item: ReviewItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "status": item.status.value,
        "owner": item.owner,
        "due": item.due,
        "asked": item.asked.value if item.waits_for_checker and item.asked else None,
        "maker": item.maker,
        "checker": item.checker,
        "decision": _decision(item.decision),
    }


def _decision(decision: Decision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {
        "action": decision.action.value,
        "target": decision.target,
        "comment": decision.comment,
        "maker": decision.maker,
        "prior_grade": decision.prior_grade,
        "new_grade": decision.new_grade,
    }


def _amount(text: str | None) -> Decimal | None:
    try:
        found = None if text is None else Decimal(text.replace(",", ""))
    except InvalidOperation:
        found = Decimal("nan")
    if found is not None and not found.is_finite():
        raise Misused("reviews.bad_amount", text=text)
    return found
