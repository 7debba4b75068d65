"""`notices …`: risk notices to institutions and clients, from the draft to the reply."""

import argparse
from pathlib import Path
from typing import Any

from app import i18n
from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command, add_group
from app.i18n import gettext as _
from app.refusals import Misused
from app.services.noticing import Standing, finding
from app.storage.notices import Notice, Step
from app.wording import noticing as words
from app.wording.formats import dated_moment, day
from app.wording.reviews import item_name, list_name
from app.wording.sentences import sentence
from app.wording.terms import country


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """The group."""
    group = add_group(commands, "notices", "risk notices to institutions (L6) and clients (L7)")
    add_command(group, "list", _list, "every notice as it stands, and items without one")
    draft = add_command(group, "draft", _draft, "draft the notice of an item; a second person approves it")
    draft.add_argument("item", metavar="ITEM", help="as `reviews list` prints it: L7-0012")
    draft.add_argument("--language", choices=i18n.LANGUAGES)
    show = add_command(group, "show", _show, "what a notice says, and every step")
    pdf = add_command(group, "pdf", _pdf, "write a notice as PDF")
    approve = add_command(
        group, "approve", _approve, "let it go: by mail, or to be handed over where there is no address"
    )
    back = add_command(group, "return", _return, "return a draft")
    answer = add_command(group, "answer", _answer, "note that it was handed over, acknowledged, or what was replied")
    for parser in (show, pdf, approve, back, answer):
        parser.add_argument("notice", metavar="NUMBER", help="as `notices list` prints it: N-0007")
    pdf.add_argument("file", metavar="FILE", type=Path)
    approve.add_argument("--comment", default="", metavar="TEXT")
    back.add_argument("--reason", required=True, metavar="TEXT")
    answer.add_argument("step", choices=[Step.HANDED.value, Step.ACKNOWLEDGED.value, Step.REPLIED.value])
    answer.add_argument("--comment", required=True, metavar="TEXT", help="to whom, by whom, or what was said")


def _list(program: Program, _chosen: argparse.Namespace) -> Outcome:
    found, waiting = program.noticing.notices(), program.noticing.waiting()
    said = finding(found)
    lines = [sentence(said), *(_line(one) for one in found)]
    lines += [
        _("{item}  no notice yet: {name}, {country}").format(
            item=item.id,
            name=item_name(item.proposal.name, item.proposal.key),
            country=country(item.proposal.key.country),
        )
        for item in waiting
    ]
    data = {
        "finding": said.case,
        "notices": [_data(one.notice) | {"stage": one.stage, "due": one.due} for one in found],
        "without": [item.id for item in waiting],
    }
    return Outcome(data, tuple(lines))


def _line(one: Standing) -> str:
    notice = one.notice
    due = _("answer due {day}").format(day=day(one.due)) if one.due is not None else ""
    return (
        f"{notice.number}  {list_name(notice.list_id)}  {notice.addressee}  {country(notice.country)}  "
        f"{words.stage(one.stage.value)}  {due}"
    ).rstrip()


def _draft(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _shown(program.noticing.draft(chosen.item, chosen.language))


def _show(program: Program, chosen: argparse.Namespace) -> Outcome:
    number = _number(chosen.notice)
    found = next((one.notice for one in program.noticing.notices() if one.notice.id == number), None)
    if found is None:
        raise Misused("notices.unknown", id=chosen.notice)
    return _shown(found)


def _pdf(program: Program, chosen: argparse.Namespace) -> Outcome:
    made = program.noticing.pdf(_number(chosen.notice))
    chosen.file.write_bytes(made)
    return Outcome({"file": str(chosen.file), "bytes": len(made)}, (str(chosen.file),))


def _approve(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _shown(program.noticing.approve(_number(chosen.notice), chosen.comment))


def _return(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _shown(program.noticing.give_back(_number(chosen.notice), chosen.reason))


def _answer(program: Program, chosen: argparse.Namespace) -> Outcome:
    return _shown(program.noticing.note(_number(chosen.notice), Step(chosen.step), chosen.comment))


def _shown(one: Notice) -> Outcome:
    to = one.email or _("on paper")
    head = (f"{one.number}  {one.addressee} ({to})", one.heading, "", *one.body.split("\n"), "")
    steps = (f"{dated_moment(done.at)}  {words.step(done.step.value)}  {done.who}  {done.comment}".rstrip()
             for done in one.steps.values())  # fmt: skip
    return Outcome(_data(one), (*head, *steps))


def _data(one: Notice) -> dict[str, Any]:
    return {
        "number": one.number,
        "item": one.item,
        "list": one.list_id,
        "subject": one.subject,
        "country": one.country,
        "tier": one.tier,
        "amount": one.amount,
        "currency": one.currency,
        "addressee": one.addressee,
        "email": one.email or None,
        "language": one.language,
        "heading": one.heading,
        "body": one.body,
        "maker": one.maker,
        "at": one.at,
        "acknowledge_by": one.acknowledge_by,
        "reply_by": one.reply_by,
        "steps": [
            {"step": done.step, "who": done.who, "at": done.at, "comment": done.comment} for done in one.steps.values()
        ],
    }


def _number(text: str) -> int:
    digits = text.upper().removeprefix("N-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 16):
        raise Misused("notices.unknown", id=text)
    return int(digits)
