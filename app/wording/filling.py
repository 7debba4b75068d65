"""The words of the sheet that owners fill in, of its faults, and of what merging it would do."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import reviews as terms
from app.wording.formats import day, number
from app.wording.terms import loan_class
from exposures.reviews.merging import Field, Merged

Values = Mapping[str, Any]
_NAMED = 20


def title() -> str:
    """The heading of the sheet."""
    return _("To fill in: owner, due date, decision, status, comment")


def explanation() -> str:
    """How it is filled in."""
    return _(
        "Fill in the yellow columns and send the file back; everything else is locked and sealed. A status left empty "
        "stays as it is. Nothing counts until it was read in and, where it needs one, a second person has checked it."
    )


def headings() -> dict[str, str]:
    """The columns."""
    return {
        "item": _("Item"),
        "list": _("List"),
        "subject": _("Subject"),
        "action": _("What is to be done"),
        "status_now": _("Status now"),
        "owner": _("Owner"),
        "due": _("Due"),
        "decide": pgettext("item", "Decision"),
        "target": _("Target amount, reporting currency"),
        "grade": _("New class"),
        "status": _("New status"),
        "comment": _("Comment"),
    }


def bad_date() -> str:
    """What the sheet says of a cell that is no day."""
    return _("Enter a day, such as 2026-06-30.")


def bad_amount() -> str:
    """What the sheet says of a cell that is no amount."""
    return _("Enter an amount in the reporting currency, such as 50400000.")


def list_of(list_id: str) -> str:
    """A list with its name."""
    return _("{list} {name}").format(list=list_id, name=terms.list_name(list_id))


def step(action: str, amount: Decimal | None, currency: str) -> str:
    """What is to be done, and by how much."""
    word = terms.action(action)
    if amount is None:
        return word
    return _("{action} {amount}").format(action=word, amount=terms.amount(amount, currency))


def status(code: str) -> str:
    """What an owner makes of an item."""
    return {
        "with_checker": _("Send to checker"),
        "done": _("Done"),
        "rejected": _("Not to be taken up"),
    }[code]


def field(name: str) -> str:
    """A field that can differ."""
    return {
        "owner": _("Owner"),
        "due": _("Due"),
        "action": pgettext("item", "Decision"),
        "target": _("Target"),
        "grade": _("New class"),
        "status": _("Status"),
    }[name]


def value(name: str, text: str) -> str:
    """A field's value for people."""
    if not text:
        return _("not set")
    if name == "due":
        return day(date.fromisoformat(text))
    if name == "target":
        return number(Decimal(text), max(0, -int(Decimal(text).as_tuple().exponent)))
    words = {"status": terms.status, "action": terms.action, "grade": loan_class}
    return words[name](text) if name in words else text


def change(one: Field) -> str:
    """A change that only the workbook made."""
    return _("{field}: {before} to {after}").format(
        field=field(one.name), before=value(one.name, one.program), after=value(one.name, one.workbook)
    )


def conflict(one: Field) -> str:
    """A field that both changed, side by side."""
    return _("{field}: exported {base}, here {program}, in the workbook {workbook}").format(
        field=field(one.name),
        base=value(one.name, one.base),
        program=value(one.name, one.program),
        workbook=value(one.name, one.workbook),
    )


def why_not(code: str) -> str:
    """Why nothing of a row can be taken."""
    return {
        "settled": _("the item is settled"),
        "not_now": _("the status cannot be reached from where the item stands"),
        "comment_needed": _("this status needs a comment that says why"),
        "action_needed": _("a target or a class needs a decision"),
        "lies_with_checker": _("its decision lies with the checker"),
        "decision_and_status": _("what is decided anew can only be sent to the checker"),
        "evidence": _("no later book shows what was done, and no comment says it"),
        "short": _("the later book shows less than the target, and no comment says why"),
    }[code]


def answer(rows: int, found: tuple[Merged, ...]) -> str:
    """What merging would do, in one sentence."""
    changed = sum(bool(one.changes or one.comment) and not one.refused for one in found)
    open_ = sum(bool(one.conflicts) and not one.refused for one in found)
    refused = sum(bool(one.refused) for one in found)
    if not found:
        return ngettext(
            "{n} row was read, and nothing differs.", "{n} rows were read, and nothing differs.", rows
        ).format(n=number(rows))
    return _(
        "Of {n} rows {changed} change something, {conflicts} were changed here too, {refused} cannot be taken."
    ).format(n=number(rows), changed=number(changed), conflicts=number(open_), refused=number(refused))


def _fault(one: Any) -> str:
    return {
        "altered": _("row {row} ({item}): its locked cells were altered, or it is from another making of the lists"),
        "twice": _("row {row}: {item} stands twice"),
        "formula": _("row {row} ({item}): a formula without a value in {value}"),
        "bad_date": _("row {row} ({item}): not a date: {value}"),
        "bad_amount": _("row {row} ({item}): not an amount: {value}"),
        "unknown_action": _("row {row} ({item}): nothing that its list can decide: {value}"),
        "unknown_grade": _("row {row} ({item}): no such class: {value}"),
        "unknown_status": _("row {row} ({item}): no such status: {value}"),
    }[one.problem].format(row=one.row, item=one.item or _("no item"), value=one.value)


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "filling.no_sheet": lambda v: (
        _("{file} is no list workbook of this program, or its sheets were taken out.").format(**v),
        _("Export the lists again (reviews export) and fill in that file."),
    ),
    "filling.foreign": lambda v: (
        _("{file} comes from another workspace.").format(**v),
        _("Read it in where it was exported."),
    ),
    "filling.altered": lambda v: (
        _("{file} was altered: {faults}.").format(
            file=v["file"], faults=_("; ").join(_fault(one) for one in v["faults"][:_NAMED])
        ),
        _("Nothing was taken. Fill in only the yellow columns of a fresh export."),
    ),
    "filling.conflicts": lambda v: (
        ngettext(
            "{n} item was changed here too since the export.",
            "{n} items were changed here too since the export.",
            v["items"],
        ).format(n=number(v["items"])),
        _("Say whose value counts: --conflicts program or workbook, or --workbook ITEM for single items."),
    ),
    "filling.nothing_to_undo": lambda _v: (
        _("No workbook was read in that could be taken back."),
        _("Only the last one can be, by who read it in."),
    ),
}
