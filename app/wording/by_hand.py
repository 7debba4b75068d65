"""Words of what people flag or list by hand, of notes, and of attached files."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording.formats import day, number
from app.wording.terms import country
from exposures.reviews.by_hand import HandEntry

Values = Mapping[str, Any]


def entry(one: HandEntry) -> str:
    """What an entry by hand asks for, and how it stands."""
    return _("{entry} ({state})").format(entry=about(one), state=state(one))


def about(one: HandEntry) -> str:
    """What an entry by hand asks for."""
    values = {
        "country": country(one.country),
        "subject": one.subject.removeprefix(f"{one.country}/"),  # who has no number is known by country and name
        "list": one.list_id,
        "tier": one.tier,
        "until": day(one.until),
        "reason": one.reason,
    }
    text = {
        "country": _("{country}, tier {tier}, until {until}: {reason}"),
        "counterparty": _("{subject}, {country}, on L1 until {until}: {reason}"),
        "item": _("{subject}, {country}, on {list} until {until}: {reason}"),
    }[one.kind]
    return text.format(**values)


def state(one: HandEntry) -> str:
    """Whether a second person has looked at it."""
    if one.approved is None:
        return _("waits for a second person")
    text = _("confirmed by {who}") if one.approved else _("returned by {who}")
    return text.format(who=one.approver)


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "hand.unknown_country": lambda v: (
        _("{country} is no country or region that is known here.").format(country=v["country"]),
        _("Write its code or its name, such as TR or Turkey."),
    ),
    "hand.home": lambda v: (
        _("{country} is the home country, which is never flagged.").format(country=country(v["country"])),
        _("Choose another one, or change the setting reviews.home."),
    ),
    "hand.bad_tier": lambda v: (
        _("{tier} is no tier.").format(tier=v["tier"]),
        _("A is to act, B to watch."),
    ),
    "hand.bad_list": lambda v: (
        _("Nothing can be added to {list} by hand.").format(list=v["list"]),
        _("Its items are no single borrowers. Choose one of {lists}.").format(lists=", ".join(v["known"])),
    ),
    "hand.unknown_subject": lambda v: (
        _("The newest book has no counterparty {subject}.").format(subject=v["subject"]),
        _("Write its number or its name as the book has it."),
    ),
    "hand.reason_missing": lambda _v: (
        _("A reason is missing."),
        _("Say why, in words that the second person understands."),
    ),
    "hand.source_missing": lambda _v: (
        _("The source is missing."),
        _("Say where it can be looked up."),
    ),
    "hand.until_past": lambda v: (
        _("Its last day, {until}, has passed.").format(until=day(v["until"])),
        _("Choose today or a later day."),
    ),
    "hand.unknown": lambda v: (
        _("There is no entry {number}.").format(number=v["number"]),
        _("See: tidewatch by-hand list."),
    ),
    "hand.decided": lambda v: (
        _("Entry {number} was decided by {who}.").format(number=v["number"], who=v["who"]),
        _("A decided entry is not changed; propose another one."),
    ),
    "note.bad_kind": lambda v: (
        _("A note is not written on {kind}.").format(kind=v["kind"]),
        _("Write it on a country or on a counterparty."),
    ),
    "note.empty": lambda _v: (
        _("The note is empty."),
        _("Write what the next reader should know."),
    ),
    "note.in_future": lambda v: (
        _("{day} has not come yet.").format(day=day(v["day"])),
        _("A note stands on a day that was."),
    ),
    "attachment.unknown": lambda v: (
        _("There is no attached file {number}.").format(number=v["number"]),
        _("See: tidewatch attachments list."),
    ),
    "attachment.file_missing": lambda v: (
        _("There is no file {file}.").format(file=v["file"]),
        _("Check the name; a folder cannot be attached."),
    ),
    "attachment.cannot_read": lambda v: (
        _("The file {file} cannot be read: {why}.").format(file=v["file"], why=v["why"]),
        _("Close it if it is open elsewhere, or attach a copy."),
    ),
    "attachment.too_large": lambda v: (
        _("{file} has {size} MB; a file may have {most} MB.").format(
            file=v["file"], size=number(v["size"], 1), most=number(v["most"])
        ),
        _("Attach the pages that matter, or name where the file lies in a comment."),
    ),
    "attachment.empty": lambda v: (
        _("{file} is empty.").format(file=v["file"]),
        _("Attach the file that was meant."),
    ),
    "attachment.gone": lambda v: (
        _("The content of {file} is not in the workspace any more.").format(file=v["file"]),
        _("Somebody took it away past the program; a backup may still hold it."),
    ),
    "attachment.altered": lambda v: (
        _("The content of {file} is not the one that was attached.").format(file=v["file"]),
        _("Somebody changed it past the program; nothing was written. A backup may still hold it."),
    ),
    "attachment.exists": lambda v: (
        _("{file} is there already.").format(file=v["file"]),
        _("Choose another name; nothing is written over."),
    ),
    "attachment.unknown_subject": lambda v: (
        _("Nothing here is called {subject}.").format(subject=v["subject"]),
        _("A file is attached to an item (L1-0417), to a country (country TR) or to a counterparty."),
    ),
}


def attached(count: int) -> str:
    """How many files there are."""
    return ngettext("{n} file", "{n} files", count).format(n=number(count))
