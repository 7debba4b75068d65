"""What the page says of something that was done."""

from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.reviewing import Exported, Generated
from app.wording import formats
from app.wording import reviews as words
from exposures.reviews.item import ReviewItem


def saved(item: ReviewItem) -> str:
    """An item was kept with its owner and due date."""
    return _("{item}: saved; owner {owner}, due {day}").format(
        item=words.item_name(item.proposal.name, item.proposal.key),
        owner=words.owner(item.owner),
        day=formats.day(item.due) if item.due else _("not set"),
    )


def made(done: Generated) -> str:
    """The lists were made again."""
    changes = done.lists.values()
    new, changed = sum(one.new for one in changes), sum(one.changed for one in changes)
    released = sum(one.released for one in changes)
    items = ngettext("{n} new item", "{n} new items", new).format(n=formats.number(new))
    return _("Lists made: {items}, {changed} changed, {released} to be released; what people set stays").format(
        items=items, changed=formats.number(changed), released=formats.number(released)
    )


def exported(done: Exported) -> str:
    """The lists were written into a workbook."""
    if not done.notes:
        return _("Review lists written to {file}").format(file=done.path.name)
    return ngettext(
        "Review lists written to {file}; {n} cell lost characters that a workbook cannot hold",
        "Review lists written to {file}; {n} cells lost characters that a workbook cannot hold",
        len(done.notes),
    ).format(file=done.path.name, n=len(done.notes))
