"""The parameters of a list's criteria in words: what each means, what it is set to, and how it came to that."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import configuring, formats, marks
from app.wording.review_terms import priority
from exposures.reviews.made import MadeList
from exposures.reviews.marks import MARKS
from exposures.reviews.parameter import Parameter


def meaning(one: Parameter) -> str:
    """What a parameter says."""
    if one.entry in MARKS:
        return marks.meaning(one.entry)
    if one.entry:
        return _("Bank business days until an item is due: {priority}").format(priority=priority(one.entry))
    return configuring.meaning(one.key)


def value(one: Parameter) -> str:
    """What it is set to; where it is blank, what that stops."""
    stops = configuring.while_blank(one.key)
    if not one.value and stops:
        return _("blank: {stops}").format(stops=stops)
    return _shown(one, one.value)


def shipped(one: Parameter) -> str:
    """What it is as shipped."""
    return _shown(one, one.shipped)


def applied(made: MadeList, parameters: Sequence[Parameter]) -> str:
    """When the criteria were applied as they stand here, and whether a parameter was changed since."""
    if made.making is None:
        return ""
    when = _("As applied on {when} to book {version}.").format(
        when=formats.moment(made.making.at), version=made.making.book_version
    )
    later = sum(bool(one.changes) and one.changes[-1].at > made.making.at for one in parameters)
    if not later:
        return when
    since = ngettext(
        "{n} parameter was changed since: make the lists again.",
        "{n} parameters were changed since: make the lists again.",
        later,
    )
    return formats.together([when, since.format(n=later)])


def history(one: Parameter, most: int) -> str:
    """The newest changes of a parameter, the newest first."""
    if not one.changes:
        return _("Nobody has changed it.")
    return "\n".join(
        _("{when}, {who}: from {before} to {after}").format(
            when=formats.moment(change.at),
            who=change.who,
            before=_shown(one, change.before or one.shipped),
            after=_shown(one, change.after or one.shipped),
        )
        for change in reversed(one.changes[-most:])
    )


def _shown(one: Parameter, text: str) -> str:
    """A value as it reads: numbers in the reader's language, percents of marks with their sign."""
    if not text:
        return _("blank")
    if one.entry in MARKS:
        return marks.shown(MARKS[one.entry].unit, Decimal(text))
    try:
        return marks.shown("", Decimal(text))
    except InvalidOperation:
        return text
