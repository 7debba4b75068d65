"""`reviews generate`, `reviews list`, `reviews export`: making the review lists and handing them over."""

import argparse
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from app import i18n
from app.bootstrap import Program
from app.cli import review_filling, review_items
from app.cli.command import Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.wording import parameters
from app.wording import reviews as words
from app.wording.formats import day, number
from app.wording.sentences import sentence
from app.wording.terms import country
from exposures.reason import Value
from exposures.reviews.item import ReviewItem
from exposures.reviews.made import MadeList
from exposures.reviews.reduction import Reduction, Side


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the group."""
    group = add_group(commands, "reviews", "make, list and export the review lists")
    add_command(group, "generate", generate, "make every review list again on the latest book; nothing is lost")
    add_command(group, "list", show, "list the items of every review list with their reasons")
    parser = add_command(group, "export", export, "write the review lists into a finished workbook")
    parser.add_argument("file", metavar="FILE.xlsx", type=Path, help="the workbook to write")
    parser.add_argument("--language", choices=i18n.LANGUAGES, help="the workbook's language (default: yours)")
    parser = add_command(group, "criteria", criteria, "by which rules a list was made, and its parameters")
    parser.add_argument("list", metavar="LIST", help="such as L2")
    review_filling.add(group)
    review_items.add(group)


def criteria(program: Program, arguments: argparse.Namespace) -> Outcome:
    """What a list goes by."""
    found = program.calibrating.parameters(arguments.list)
    made = next(one for one in program.reviewing.lists() if one.id == arguments.list)
    said = [sentence(one) for one in made.result.criteria] if made.result is not None else []
    lines = [parameters.applied(made, found), *said]
    for one in found:
        line = _("{name}: {value} (as shipped {shipped}; {meaning})").format(
            name=one.name, value=parameters.value(one), shipped=parameters.shipped(one), meaning=parameters.meaning(one)
        )
        lines += [line, *(f"  {each}" for each in parameters.history(one, len(one.changes)).split("\n") if one.changes)]
    data = {
        "list": made.id,
        "criteria": said,
        "parameters": [asdict(one) | {"name": one.name, "meaning": parameters.meaning(one)} for one in found],
    }
    return Outcome(data, tuple(filter(None, lines)))


def generate(program: Program, _arguments: argparse.Namespace) -> Outcome:
    """Make the lists."""
    generated = program.reviewing.generate()
    data = {
        "run": generated.run,
        "book": generated.book_version,
        "lists": [
            {
                "id": made.id,
                "items": len(made.items),
                "new": generated.lists[made.id].new,
                "changed": generated.lists[made.id].changed,
                "release_proposed": generated.lists[made.id].released,
                "ties": None if made.result is None else made.result.ties,
            }
            for made in generated.made
        ],
    }
    lines = []
    for made in generated.made:
        change = generated.lists[made.id]
        lines.append(
            _("{list} {name}: {part}").format(list=made.id, name=words.list_name(made.id), part=sentence(made.finding))
        )
        lines.append(
            _("  {new} new, {changed} changed, {released} to be released.").format(
                new=number(change.new), changed=number(change.changed), released=number(change.released)
            )
        )
    return Outcome(data, tuple(lines))


def show(program: Program, _arguments: argparse.Namespace) -> Outcome:
    """List the items."""
    made = program.reviewing.lists()
    today = program.reviewing.today()
    data = {"lists": [{"id": one.id, "items": [_plain(item) for item in one.items]} for one in made]}
    lines: list[str] = []
    for one in made:
        lines.append(
            _("{list} {name}: {part}").format(list=one.id, name=words.list_name(one.id), part=sentence(one.finding))
        )
        lines += [_row(item, one, today) for item in one.items]
    return Outcome(data, tuple(lines))


def export(program: Program, arguments: argparse.Namespace) -> Outcome:
    """Write the workbook."""
    done = program.reviewing.export(arguments.file, arguments.language)
    noted = tuple(
        _("{cell}: characters that a workbook cannot hold were left out.").format(cell=cell) for cell in done.notes
    )
    text = _("Written to {file}.").format(file=done.path)
    return Outcome({"file": str(done.path), "notes": list(done.notes)}, (text,), warnings=noted)


def _plain(item: ReviewItem) -> dict[str, object]:
    reasons = [
        {
            "metric": reason.metric,
            "value": _short(reason.value),
            "threshold": _short(reason.threshold),
            "date": reason.date,
        }
        for reason in item.proposal.reasons
    ]
    plain: dict[str, object] = {"id": item.id, "subject": item.proposal.name, "reasons": reasons}
    plain["status"] = item.status.value
    if item.proposal.facts:
        plain |= {"action": item.proposal.action.value, "amount": _short(item.proposal.amount)}
        plain["facts"] = {fact.code: _short(fact.value) for fact in item.proposal.facts}
    if item.proposal.reduction is not None:
        plain["reduction"] = _plain_reduction(item.proposal.reduction)
    return plain


def _plain_reduction(reduction: Reduction) -> dict[str, object]:
    """A row of exposure reduction: each side with E, E*, R, N, gap and fills; null where it is not supplied."""
    plain: dict[str, object] = {
        "kind": reduction.kind,
        "horizon": reduction.horizon,
        "assets": _plain_side(reduction.assets),
        "liabilities": _plain_side(reduction.liabilities),
    }
    if (net := reduction.net) is not None:
        plain["net"] = {"now": _short(net.now), "horizon": _short(net.then), "hedge": _short(net.hedge)}
    return plain


def _plain_side(side: Side | None) -> dict[str, object] | None:
    if side is None:
        return None
    return {
        "exposure": _short(side.exposure),
        "target": _short(side.target),
        "required": _short(side.required),
        "run_off": _short(side.run_off),
        "gap": _short(side.gap),
        "fills": [{"means": fill.means.value, "amount": _short(fill.amount)} for fill in side.fills],
        "shortfall": _short(side.shortfall),
    }


def _step(item: ReviewItem, currency: str) -> str:
    """What is proposed; where exposure comes down, by how much."""
    word, amount = words.action(item.proposal.action.value), item.proposal.amount
    if amount is None:
        return word
    return _("{action} {amount}").format(action=word, amount=words.amount(amount, currency))


def _short(value: Value) -> Value:
    """Without the zeros that a division leaves behind its last figure."""
    return value.normalize() if isinstance(value, Decimal) else value


def _row(item: ReviewItem, made: MadeList, today: date) -> str:
    proposal = item.proposal
    currency = made.making.currency if made.making else ""
    return "  ".join(
        (
            item.id,
            words.item_name(proposal.name, proposal.key),
            country(proposal.key.country),
            words.priority(proposal.priority.value),
            words.amount(proposal.size, currency),
            _step(item, currency),
            words.owner(item.owner),
            day(item.due) if item.due else _("no due date"),
            words.status(words.standing(item, today)),
        )
    )
