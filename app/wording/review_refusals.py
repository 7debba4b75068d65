"""What the review lists refuse, and what to do then."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from app.i18n import gettext as _
from app.wording.formats import number
from app.wording.review_terms import status

_MILLION = Decimal(1_000_000)

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
    "reviews.no_such_list": lambda values: (
        _("There is no list {list}.").format(list=values["list"]),
        _("Known: {known}.").format(known=_(", ").join(values["known"])),
    ),
    "reviews.no_such_parameter": lambda values: (
        _("The list has no parameter {name}.").format(name=values["name"]),
        _("Known: {known}.").format(known=_(", ").join(values["known"])),
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
    "reviews.comment_missing": lambda _values: (
        _("The remark is empty."),
        _("Write what the next reader should know."),
    ),
    "reviews.reason_missing": lambda values: (
        _("Item {item}: this step needs a reason.").format(item=values["item"]),
        _("Say why, in words that the next reader understands."),
    ),
    "reviews.step_not_allowed": lambda values: (
        _("Item {item} is {status}: this step cannot be taken from there.").format(
            item=values["item"], status=status(values["status"])
        ),
        _STEPS.get(values["step"], _other_step)(),
    ),
    "reviews.nothing_asked": lambda values: (
        _("Item {item} is {status}: it asks nothing of a checker.").format(
            item=values["item"], status=status(values["status"])
        ),
        _("An item is confirmed once its decision was sent, or once its owner said that it is done."),
    ),
    "reviews.no_evidence": lambda values: (
        _("Item {item}: there is no book after the decision, and the reason says nothing.").format(item=values["item"]),
        _('Import the next book, or say what was achieved and where that can be seen; "done" is not enough.'),
    ),
    "reviews.short_of_target": lambda values: (
        _short_of_target(values),
        _("Say why it is done all the same, or go on until a book shows the target."),
    ),
    "reviews.nothing_to_undo": lambda values: (
        _("Item {item}: its last step is not yours to take back; it is {who}'s.").format(
            item=values["item"], who=values["who"]
        ),
        _("Only one's own last step can be undone, while nobody has built on it."),
    ),
    "reviews.bad_amount": lambda values: (
        _("{text} is no amount.").format(text=values["text"]),
        _("Write it in the reporting currency without a unit, such as 50400000."),
    ),
    "reviews.bulk_minor_only": lambda values: (
        _("Item {item} is not Minor: it is decided by itself.").format(item=values["item"]),
        _("Leave it out of the selection; owner and due date can be set for all."),
    ),
}


def _other_step() -> str:
    return _("See the item's history for what happened to it.")


_STEPS: dict[str, Callable[[], str]] = {
    "send": lambda: _("Draft a decision first; then it can be sent to a checker."),
    "send_release": lambda: _("Draft a decision first; then it can be sent to a checker."),
    "finish": lambda: _("A checker has to confirm the decision before anybody can say that it is done."),
    "draft": lambda: _("Send the proposed release to a checker, or say that it is done."),
}


def _short_of_target(values: Mapping[str, Any]) -> str:
    achieved = number(values["achieved"] / _MILLION, 1)
    if values["target"] is None:
        return _("Item {item}: the later book shows no fall ({achieved} m).").format(
            item=values["item"], achieved=achieved
        )
    return _("Item {item}: the later book shows {achieved} m less, and the target is {target} m.").format(
        item=values["item"], achieved=achieved, target=number(values["target"] / _MILLION, 1)
    )
