"""The words of risk notices: their facts in the reader's language, their stages, and what was refused."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import formats, reviews
from app.wording import terms as general
from exposures.reason import Reason

Values = Mapping[str, Any]


#: The shipped rules of a currency's move in value, and over how many observations each looks.
_OVER = {"E9": 5, "E10": 20}


def country(code: str) -> str:
    """A country or region."""
    return general.country(code)


def day(of: date) -> str:
    """A date."""
    return formats.day(of)


def amount(value: Decimal, currency: str) -> str:
    """An amount with its currency."""
    return reviews.amount(value, currency)


def reasons(given: Iterable[Reason], currency: str) -> list[str]:
    """Why a country is flagged, for an institution: what, its figure, its date."""
    return [
        (_("{what}, {day}") if one.value is None else _("{what}: {value}, {day}")).format(
            what=reviews.reason(one), value=reviews.figure(one.value, one.unit, currency), day=day(one.date)
        )
        for one in given
    ]


def public_facts(given: Iterable[Reason]) -> list[str]:
    """What everybody can know of the currency, for a client: how far it moved and by which day; nothing of ours."""
    moves = {
        (_OVER[one.labels["rule"]], one.value, one.date)
        for one in given
        if one.metric in ("country_alert", "fx_debt") and one.labels.get("rule", "") in _OVER
        if isinstance(one.value, Decimal)
    }
    return [
        _("The currency moved by {percent} against the dollar over {count} trading days to {day}.").format(
            percent=formats.percent(value, 1, sign=True), count=formats.number(over), day=day(until)
        )
        for over, value, until in sorted(moves)
    ]


def decided(list_id: str, count: int, whole: Decimal, currency: str) -> str:
    """What a list has on an institution's business; no client is named."""
    if not whole:
        text = ngettext("{list}: {count} item", "{list}: {count} items", count)
        return text.format(list=reviews.list_name(list_id), count=formats.number(count))
    text = ngettext("{list}: {count} item, {amount}", "{list}: {count} items, {amount}", count)
    return text.format(list=reviews.list_name(list_id), count=formats.number(count), amount=amount(whole, currency))


def unnamed_bank() -> str:
    """The sender where the bank has not said its name."""
    return _("The bank")


def mark(*, sample: bool, draft: bool) -> str:
    """What stands at the top of the paper."""
    parts = ([_("SAMPLE")] if sample else []) + ([_("DRAFT, not approved")] if draft else [])
    return _(", ").join(parts)


def stage(of: str) -> str:
    """How far a notice has come."""
    return {
        "drafted": pgettext("notice", "With checker"),
        "returned": pgettext("notice", "Returned"),
        "approved": pgettext("notice", "Approved"),
        "undelivered": pgettext("notice", "Not delivered"),
        "out": pgettext("notice", "Sent"),
        "overdue": pgettext("notice", "Overdue"),
        "acknowledged": pgettext("notice", "Acknowledged"),
        "replied": pgettext("notice", "Replied"),
    }[of]


def step(of: str) -> str:
    """What was done with a notice."""
    return {
        "approved": _("Approved"),
        "returned": pgettext("notice", "Returned"),
        "handed": _("Handed over on paper"),
        "acknowledged": pgettext("notice", "Acknowledged"),
        "replied": pgettext("notice", "Replied"),
    }[of]


_SECRETS: dict[str, Callable[[], str]] = {
    "class": lambda: _("a loan class"),
    "grade": lambda: _("a grade"),
    "limit": lambda: _("a limit"),
    "score": lambda: _("a score"),
    "watch_list": lambda: _("that the reader is on a list"),
    "other_client": lambda: _("another client"),
}


def secret(code: str) -> str:
    """What a reader must not be told."""
    return _SECRETS[code]()


SENTENCES: dict[str, Callable[[Values], str]] = {
    "notices.none": lambda _v: _("No notice was drafted yet."),
    "notices.nothing_to_do": lambda v: ngettext(
        "{all} notice; nothing waits.", "{all} notices; nothing waits.", v["all"]
    ).format(all=formats.number(v["all"])),
    "notices.waiting": lambda v: ngettext(
        "{checker} notice waits for a checker.", "{checker} notices wait for a checker.", v["checker"]
    ).format(checker=formats.number(v["checker"])),
    "notices.overdue": lambda v: ngettext(
        "{overdue} notice was not delivered or not answered in time.",
        "{overdue} notices were not delivered or not answered in time.",
        v["overdue"],
    ).format(overdue=formats.number(v["overdue"])),
}

REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "notices.wrong_list": lambda v: (
        _("{item} is told to nobody outside: only items of L6 and L7 are.").format(item=v["item"]),
        _("Choose an item of L6 or L7."),
    ),
    "notices.by_call": lambda v: (
        _("{item} was listed by hand and gets no letter: it is in recovery, on hold or a sovereign.").format(
            item=v["item"]
        ),
        _("Let somebody senior call, and write on the item what was said."),
    ),
    "notices.unchanged": lambda v: (
        _("The last notice about {item} still holds.").format(item=v["item"]),
        _("Another is issued once the tier rises or the exposure moves by {moved}.").format(
            moved=formats.percent(v["moved"], 0)
        ),
    ),
    "notices.bad_template": lambda v: (
        _("The template {file} cannot be used: {detail}.").format(file=v["file"], detail=v["detail"]),
        _("Correct it, or remove it to use the one that is shipped."),
    ),
    "notices.confidential": lambda v: (
        _("The notice of {item} would give away {what} (“{words}”); nothing was stored.").format(
            item=v["item"], what=_SECRETS[v["kind"]](), words=v["words"]
        ),
        _("Take it out of the template."),
    ),
    "notices.decided": lambda v: (
        _("{notice} is decided already.").format(notice=v["notice"]),
        _("Draft another one where it is needed."),
    ),
    "notices.not_out": lambda v: (
        _("{notice} is not approved, so nobody can have answered it.").format(notice=v["notice"]),
        _("Have a second person approve it first."),
    ),
    "notices.noted": lambda v: (
        _("That is noted of {notice} already.").format(notice=v["notice"]),
        _("Nothing needs to be done."),
    ),
    "notices.reason_missing": lambda _v: (
        _("It needs a sentence; nothing was stored."),
        _("Write why, or what was said."),
    ),
    "notices.wrong_step": lambda _v: (
        _("This step is decided by a second person, not noted."),
        _("Use: tidewatch notices approve, or tidewatch notices return."),
    ),
    "notices.unknown": lambda v: (
        _("There is no notice {id}.").format(id=v["id"]),
        _("See: tidewatch notices list."),
    ),
}
