"""Words for silences, notices and how alerts turned out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from alerts.notices import Silence, Told
from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import alerts
from app.wording.formats import dated_moment, day, number
from app.wording.terms import country

Values = Mapping[str, Any]


def told(of: Told) -> str:
    """Why somebody was told."""
    return {
        Told.FIRED: pgettext("notice", "Fires"),
        Told.RAISED: pgettext("notice", "Rose to a higher severity"),
        Told.RESOLVED: pgettext("notice", "Is over"),
        Told.FLAPPING: _("Flaps: its changes are not told until it is steady"),
        Told.STEADY: _("No longer flaps, and is calm"),
        Told.REMAINS: _("Still there"),
        Told.EXPIRED: _("The acknowledgement is over, and it still fires"),
        Told.ESCALATED: _("Not acknowledged in time"),
        Told.SILENCE_ENDS: _("A silence is about to end"),
        Told.UNANSWERED: _("Not answered in time"),
    }[of]


def unanswered(number: str, list_id: str, due: date, *, acknowledged: bool) -> str:
    """A risk notice of a list that waits for its answer longer than it may."""
    text = (
        _("Notice {number} ({list}), reply due by {due}")
        if acknowledged
        else _("Notice {number} ({list}), to be acknowledged by {due}")
    )
    return text.format(number=number, list=list_id, due=day(due))


def notice_title(title: str, key: str, *, silence: bool) -> str:
    """What a notice of the inbox is about: its alert's title, else a silence, else the letter that its key names."""
    if title:
        return title
    if key.startswith("letter/"):
        return _("Notice {number}").format(number=key.split("/")[1])
    return _("Silence") if silence else ""


def bubble_line(title: str, what: str, deputy_of: str) -> str:
    """One thing in the tray's bubble; `deputy_of` names who is away, where the reader stands in."""
    line = _("{title}: {told}").format(title=title, told=what) if title else what
    return _("{line} (as deputy of {names})").format(line=line, names=deputy_of) if deputy_of else line


def bubble(texts: Sequence[str], grave: int) -> tuple[str, str]:
    """Title and text of one bubble of the tray for all that was told since the last: the first three, and how many."""
    count = len(texts)
    if count == 1:
        return _("Tidewatch: critical") if grave else _("Tidewatch"), texts[0]
    heading = ngettext(
        "{count} notice, {critical} of them critical", "{count} notices, {critical} of them critical", count
    )
    lines = list(texts[:3])
    if count > len(lines):
        lines.append(_("and {count} more").format(count=number(count - len(lines))))
    return heading.format(count=number(count), critical=number(grave)), "\n".join(lines)


def outcome(of: str) -> str:
    """How an alert turned out."""
    return {
        "true": _("It told of something that needed action"),
        "false": _("Nothing was behind it"),
        "known": _("True, and known before"),
    }[of]


def matchers(of: Silence) -> str:
    """What a silence is about: "Turkey, rule E9"."""
    names = {"rule": _("rule"), "family": _("family"), "severity": _("severity")}
    parts = [
        country(text) if name == "country" else _("{name} {text}").format(name=names.get(name, name), text=text)
        for name, text in sorted(of.matchers.items())
    ]
    return _(", ").join(parts)


def silence(of: Silence) -> str:
    """A silence in a line."""
    return _("{what}: silenced by {author} until {end}; {comment}").format(
        what=matchers(of), author=of.author, end=dated_moment(of.until), comment=of.comment
    )


def hidden(by: str) -> str:
    """Why nobody was told."""
    kind, _colon, which = by.partition(":")
    if kind == "inhibited":
        return _("not told: a consequence of rule {rule}").format(rule=which)
    return _("hidden by silence {id}").format(id=which) if by else ""


def _beyond(values: Values) -> tuple[str, str]:
    value = alerts.amount(values["value"], values["unit"])
    return (
        _("{id} is beyond that already: {value}.").format(id=values["id"], value=value),
        _("Name a worse value, or none."),
    )


def _still_open(values: Values) -> tuple[str, str]:
    return (
        _("{id} has not ended.").format(id=values["id"]),
        _("Say how it turned out once it is over."),
    )


REFUSALS = {
    "alerts.beyond_already": _beyond,
    "alerts.still_open": _still_open,
    "silences.no_matcher": lambda values: (
        _("A silence of everything is not possible."),
        _("Name at least one of rule, family, severity, country."),
    ),
    "silences.comment_missing": lambda values: (
        _("A silence needs a comment; nothing was stored."),
        _("Write in a sentence why nobody needs to be told."),
    ),
    "silences.end_past": lambda values: (
        _("A silence cannot end in the past ({end}).").format(end=day(values["end"].date())),
        _("Choose a later end."),
    ),
    "silences.too_long": lambda values: (
        _("A silence lasts at most {days} days.").format(days=values["days"]),
        _("Choose an earlier end; its author is reminded before it ends."),
    ),
    "silences.unknown": lambda values: (
        _("There is no silence {id}.").format(id=values["id"]),
        _("See them with: alerts silences."),
    ),
    "silences.over": lambda values: (
        _("Silence {id} is over already.").format(id=values["id"]),
        _("Nothing needs to be done."),
    ),
    "silences.matcher": lambda values: (
        _("{text} is not NAME=TEXT.").format(text=values["text"]),
        _("Write for example: rule=E9 country=TR."),
    ),
}
