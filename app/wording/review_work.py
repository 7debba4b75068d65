"""Words of the work on review items: who made and who checks, what came down, why somebody cannot be the checker."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from app.i18n import gettext as _
from app.wording.formats import day, number
from app.wording.review_terms import action, owner
from exposures.reviews.closing import Achieved
from exposures.reviews.item import ReviewItem
from exposures.reviews.made import MadeList

_MILLION = Decimal(1_000_000)


def currency(made: Iterable[MadeList]) -> str:
    """The reporting currency of the lists; "" before they were made."""
    return next((one.making.currency for one in made if one.making is not None), "")


def question(code: str) -> str:
    """What waits for the checker, in two or three words."""
    return {
        "decision": _("Confirm decision"),
        "rejection": _("Confirm: not taken up"),
        "release": _("Confirm release"),
        "closing": _("Confirm closing"),
    }[code]


def elsewhere(kind: str) -> str:
    """What waits for a second person on other pages, in two or three words."""
    return {
        "notices": _("Notices"),
        "texts": _("Texts of notices"),
        "by_hand": _("Entries by hand"),
        "excesses": _("Excesses over limits"),
        "levels": _("Country-risk levels"),
        "entries": _("Entered figures"),
        "books": _("Books"),
    }[kind]


def persons(item: ReviewItem) -> tuple[str, ...]:
    """Who made what is asked or was confirmed last, and who checks it."""
    if item.maker is None:
        return ()
    waits = item.waits_for_checker
    checker = _("Checker: waiting") if waits or item.checker is None else _("Checker: {who}").format(who=item.checker)
    return _("Maker: {who}").format(who=item.maker), checker


def achieved(shown: Achieved, currency: str) -> str:
    """What a later book shows, both books at its rates."""
    values = {
        "book": shown.book,
        "day": day(shown.reporting_date),
        "amount": number(abs(shown.amount) / _MILLION, 1),
        "before": number(shown.before / _MILLION, 1),
        "after": number(shown.after / _MILLION, 1),
        "currency": currency,
    }
    if shown.amount < 0:
        text = _("Book {book} of {day} shows {currency} {amount} m more: {before} before, {after} now, at its rates.")
    else:
        text = _("Book {book} of {day} shows {currency} {amount} m less: {before} before, {after} now, at its rates.")
    return text.format(**values)


def why_not(code: str) -> str:
    """Why the acting person cannot be the checker of an item."""
    return {
        "own": _("You made it; another person has to check it."),
        "role": _("It takes the role of an approver."),
    }[code]


def field(name: str, before: str, after: str) -> str:
    """One field of an item as a bulk edit would change it."""
    values = {"before": _shown(name, before), "after": _shown(name, after)}
    return {
        "owner": _("owner {before} to {after}"),
        "due": _("due {before} to {after}"),
        "action": _("action {before} to {after}"),
    }[name].format(**values)


def _shown(name: str, value: str) -> str:
    if name == "owner":
        return owner(value)
    if not value:
        return _("not set")
    return day(date.fromisoformat(value)) if name == "due" else action(value)
