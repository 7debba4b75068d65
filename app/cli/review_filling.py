"""`reviews import`, `reviews undo-import`: what owners filled into a list workbook, previewed and merged."""

import argparse
from pathlib import Path

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command
from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.merging import Merge
from app.wording import filling as words
from app.wording.formats import number
from exposures.reviews.merging import Field, Merged, Side


def add(group: "Commands[argparse.ArgumentParser]") -> None:
    """The commands, in the group `reviews`."""
    take = add_command(group, "import", _take, "read a filled-in list workbook; without --apply only what would change")
    take.add_argument("file", metavar="FILE.xlsx", type=Path, help="the workbook that reviews export wrote")
    take.add_argument("--apply", action="store_true", help="do it, in one unit of work")
    take.add_argument(
        "--conflicts", choices=[side.value for side in Side], help="whose value counts where both changed"
    )
    take.add_argument("--workbook", metavar="ITEM", action="append", default=[], help="of this item the workbook's")
    add_command(group, "undo-import", _undo, "take back what your last filled-in workbook changed")


def _take(program: Program, arguments: argparse.Namespace) -> Outcome:
    plan = program.merging.preview(arguments.file)
    lines = [words.answer(plan.rows, plan.found), *_lines(plan)]
    data: dict[str, object] = {
        "file": plan.file,
        "rows": plan.rows,
        "items": [_plain(one) for one in plan.found],
        "applied": None,
    }
    if arguments.apply:
        side = Side(arguments.conflicts) if arguments.conflicts else None
        done = program.merging.take(arguments.file, side, arguments.workbook)
        data["applied"] = [item.id for item in done.items]
        lines.append(
            ngettext("{n} item changed.", "{n} items changed.", len(done.items)).format(n=number(len(done.items)))
        )
    elif plan.found:
        lines.append(_("Nothing is stored yet: --apply."))
    return Outcome(data, tuple(lines))


def _undo(program: Program, _arguments: argparse.Namespace) -> Outcome:
    done = program.merging.undo()
    n = len(done.items)
    text = ngettext("{n} item is as it was before {file}.", "{n} items are as they were before {file}.", n)
    data = {"file": done.file, "items": [item.id for item in done.items]}
    return Outcome(data, (text.format(n=number(n), file=done.file),))


def _lines(plan: Merge) -> list[str]:
    found = []
    for one in plan.found:
        told = [words.why_not(one.refused)] if one.refused else [words.change(field) for field in one.changes]
        told += [words.conflict(field) for field in one.conflicts if not one.refused]
        told += [_("comment: {text}").format(text=one.comment)] if one.comment and not one.refused else []
        found.append(_("  {item}: {what}").format(item=one.item.id, what=_("; ").join(told)))
    return found


def _plain(one: Merged) -> dict[str, object]:
    return {
        "item": one.item.id,
        "row": one.filled.row,
        "changes": [_field(field) for field in one.changes],
        "conflicts": [_field(field) for field in one.conflicts],
        "comment": one.comment,
        "refused": one.refused or None,
    }


def _field(field: Field) -> dict[str, str]:
    return {"field": field.name, "exported": field.base, "program": field.program, "workbook": field.workbook}
