"""Words of what people flag or list by hand, of notes, and of attached files."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import review_terms
from app.wording.formats import day, number
from app.wording.terms import country
from exposures.reviews.by_hand import HandEntry
from exposures.reviews.hand_subjects import KINDS, Subject

Values = Mapping[str, Any]


def entry(one: HandEntry) -> str:
    """What an entry by hand asks for, and how it stands."""
    return _("{entry} ({state})").format(entry=about(one), state=state(one))


def about(one: HandEntry) -> str:
    """What an entry by hand asks for."""
    values = {
        "country": country(one.country),
        "subject": subject(one.list_id or "L1", one.subject, one.country),
        "list": one.list_id,
        "tier": one.tier,
        "until": day(one.until),
        "reason": one.reason,
    }
    if one.kind == "item" and one.list_id == "L3":  # it is about the country or region itself, or all of a group
        return _("{subject}, on {list} until {until}: {reason}").format(**values)
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


def subject(list_id: str, key: str, place: str) -> str:
    """What an entry is about, as its list names it; who has no number is known by country and name."""
    kind, colon, name = key.partition(":")
    if kind == "guarantor" and colon:
        return _("Guarantor {name}").format(name=name.removeprefix(f"{place} "))
    return review_terms.about(list_id, key, name if colon else key.removeprefix(f"{place}/"))


def kind(code: str) -> str:
    """What an item of a list is about."""
    return {
        "counterparty": _("a counterparty, by its number or name"),
        "bank": _("a bank, by its number or name"),
        "system": _("a banking system, by its country or region"),
        "entity": _("a booking entity with claims in the country or region"),
        "project": _("a project before its first draw, by its line number"),
        "country": _("a country or region"),
        "group": _("a group"),
        "currency": _("a country's own currency"),
        "guarantor": _("a guarantor"),
    }[code]


def kinds(codes: Sequence[str]) -> str:
    """What the items of a list can be about, in one line."""
    return _("; ").join(kind(code) for code in codes)


def called(list_id: str, one: Subject) -> str:
    """Something that can be put on a list, with where it is."""
    name = review_terms.about(list_id, one.key, one.name)
    if one.kind in ("country", "system"):
        return name
    return _("{subject}, {country}").format(subject=name, country=country(one.country))


def nothing(list_id: str) -> str:
    """Why nothing can be put on a list."""
    return _("The newest book has nothing that {list} could be about: {kinds}.").format(
        list=list_id, kinds=kinds(KINDS[list_id])
    )


def _shown(values: Values) -> dict[str, Any]:
    """The values of a refusal as its sentences say them."""
    shown = dict(values)
    for name, form in _FORMS.items():
        if shown.get(name) is not None:
            shown[name] = form(shown[name])
    return shown


def _choices(found: Sequence[tuple[str, str]]) -> str:
    return _("; ").join(_("{subject} in {country}").format(subject=key, country=country(place)) for key, place in found)


_FORMS: Mapping[str, Callable[[Any], str]] = {
    "until": day,
    "day": day,
    "known": lambda lists: ", ".join(lists),
    "kinds": kinds,
    "choices": _choices,
    "size": lambda size: number(size, 1),
    "most": number,
}


def _refusal(what: Callable[[], str], remedy: Callable[[], str]) -> Callable[[Values], tuple[str, str]]:
    return lambda values: (what().format(**_shown(values)), remedy().format(**_shown(values)))


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "hand.unknown_country": _refusal(
        lambda: _("{country} is no country or region that is known here."),
        lambda: _("Write its code or its name, such as TR or Turkey."),
    ),
    "hand.home": lambda v: (
        _("{country} is the home country, which is never flagged.").format(country=country(v["country"])),
        _("Choose another one, or change the setting reviews.home."),
    ),
    "hand.bad_tier": _refusal(
        lambda: _("{tier} is no tier."),
        lambda: _("A is to act, B to watch."),
    ),
    "hand.bad_list": _refusal(
        lambda: _("There is no list {list}."),
        lambda: _("Choose one of {known}."),
    ),
    "hand.unknown_subject": _refusal(
        lambda: _("The newest book has no counterparty {subject}."),
        lambda: _("Write its number or its name as the book has it."),
    ),
    "hand.not_of_list": _refusal(
        lambda: _("The newest book has nothing called {subject} that {list} could be about."),
        lambda: _("{list} is about: {kinds}. Write it as the book has it."),
    ),
    "hand.country_needed": _refusal(
        lambda: _("{subject} stands for more than one: {choices}."),
        lambda: _("Say which, by its key or with its country or region."),
    ),
    "hand.reason_missing": _refusal(
        lambda: _("A reason is missing."),
        lambda: _("Say why, in words that the second person understands."),
    ),
    "hand.source_missing": _refusal(
        lambda: _("The source is missing."),
        lambda: _("Say where it can be looked up."),
    ),
    "hand.until_past": _refusal(
        lambda: _("Its last day, {until}, has passed."),
        lambda: _("Choose today or a later day."),
    ),
    "hand.unknown": _refusal(
        lambda: _("There is no entry {number}."),
        lambda: _("See: tidewatch by-hand list."),
    ),
    "hand.decided": _refusal(
        lambda: _("Entry {number} was decided by {who}."),
        lambda: _("A decided entry is not changed; propose another one."),
    ),
    "note.bad_kind": _refusal(
        lambda: _("A note is not written on {kind}."),
        lambda: _("Write it on a country or on a counterparty."),
    ),
    "note.empty": _refusal(
        lambda: _("The note is empty."),
        lambda: _("Write what the next reader should know."),
    ),
    "note.in_future": _refusal(
        lambda: _("{day} has not come yet."),
        lambda: _("A note stands on a day that was."),
    ),
    "note.no_reason": _refusal(
        lambda: _("The reason is missing."),
        lambda: _("Say why the note is withdrawn; both stay on record."),
    ),
    "note.unknown": _refusal(
        lambda: _("There is no note {number}."),
        lambda: _("See: tidewatch notes list."),
    ),
    "note.withdrawn": _refusal(
        lambda: _("Note {number} was withdrawn by {who}."),
        lambda: _("Write another note."),
    ),
    "attachment.unknown": _refusal(
        lambda: _("There is no attached file {number}."),
        lambda: _("See: tidewatch attachments list."),
    ),
    "attachment.file_missing": _refusal(
        lambda: _("There is no file {file}."),
        lambda: _("Check the name; a folder cannot be attached."),
    ),
    "attachment.cannot_read": _refusal(
        lambda: _("The file {file} cannot be read: {why}."),
        lambda: _("Close it if it is open elsewhere, or attach a copy."),
    ),
    "attachment.too_large": _refusal(
        lambda: _("{file} has {size} MB; a file may have {most} MB."),
        lambda: _(
            "Attach the pages that matter, or name where the file lies in a comment. An administrator sets the limit:"
            " tidewatch settings set attachments.most_megabytes 50."
        ),
    ),
    "attachment.runs": _refusal(
        lambda: _("{file} is a program or a script, and nothing that can be run is kept here."),
        lambda: _("Attach a document that shows what is meant, such as a PDF or a picture."),
    ),
    "attachment.empty": _refusal(
        lambda: _("{file} is empty."),
        lambda: _("Attach the file that was meant."),
    ),
    "attachment.gone": _refusal(
        lambda: _("The content of {file} is not in the workspace any more."),
        lambda: _("Somebody took it away past the program; a backup may still hold it."),
    ),
    "attachment.altered": _refusal(
        lambda: _("The content of {file} is not the one that was attached."),
        lambda: _("Somebody changed it past the program; nothing was written. A backup may still hold it."),
    ),
    "attachment.exists": _refusal(
        lambda: _("{file} is there already."),
        lambda: _("Choose another name; nothing is written over."),
    ),
    "attachment.unknown_subject": _refusal(
        lambda: _("Nothing here is called {subject}."),
        lambda: _("A file is attached to an item (L1-0417), to a country (country TR) or to a counterparty."),
    ),
}


def attached(count: int) -> str:
    """How many files there are."""
    return ngettext("{n} file", "{n} files", count).format(n=number(count))
