"""The words about the templates of risk notices: their fields, what is wrong with one, and how a version stands."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording.formats import moment, number
from app.wording.noticing import secret
from app.wording.notifications import language_name
from app.wording.review_terms import list_name

Values = Mapping[str, Any]


class Fault(Protocol):
    """What is wrong with a text."""

    @property
    def code(self) -> str:
        """Its kind."""
        ...

    @property
    def language(self) -> str:
        """The text it stands in."""
        ...

    @property
    def value(self) -> str:
        """The field, or the words."""
        ...

    @property
    def line(self) -> int:
        """Counted from 1; 0: nowhere in particular."""
        ...


class Version(Protocol):
    """A version of a template."""

    @property
    def maker(self) -> str:
        """Who wrote it."""
        ...

    @property
    def approved(self) -> bool | None:
        """None while it waits."""
        ...

    @property
    def approver(self) -> str | None:
        """Who decided it."""
        ...


def template(name: str) -> str:
    """A template by the list whose items it speaks of."""
    return {
        "institution": _("L6  Notice to an institution"),
        "client": _("L7  Letter to a client"),
    }[name]


def origin(code: str) -> str:
    """Where the text that counts comes from."""
    return {
        "version": _("own version"),
        "file": _("file of the workspace"),
        "shipped": _("as shipped"),
    }[code]


def field(name: str) -> str:
    """What a field stands for."""
    return {
        "addressee": _("the reader's name"),
        "country": _("the country or region"),
        "tier": _("the tier, A or B"),
        "since": _("the day since which it is flagged"),
        "reasons": _("why it is flagged, line by line"),
        "exposure": _("the institution's exposure there"),
        "reported": _("the date of the book"),
        "due_90": _("what of it falls due in 90 days"),
        "decided": _("what L1 to L5 have there, line by line; may be empty"),
        "minimum": _("the minimum amount"),
        "acknowledge_by": _("the day of the acknowledgement"),
        "reply_by": _("the day of the reply"),
        "contact": _("who answers questions"),
        "bank": _("the bank's name"),
        "facts": _("what everybody can know of the currency, line by line; may be empty"),
        "fx": _("whether its debts in foreign currency are a reason"),
        "cover": _("whether its cover is a reason"),
        "measure": _("whether an approved measure touches it"),
        "due": _("what falls due in 30 days; may be empty"),
        "due_by": _("the day until which that falls due"),
    }[name]


def fault(one: Fault) -> str:
    """What is wrong, and where."""
    text = {
        "blank": _("There is no text."),
        "syntax": _("Line {line} cannot be read: {value}."),
        "no_subject": _("The first line must begin with Subject: and say something."),
        "unknown": _("Line {line}: there is no field {value}."),
        "confidential": _("Line {line}: the reader must not be told {value}."),
        "missing": _("The field {value} is missing: {meaning}."),
        "fails": _("It cannot be filled in: {value}."),
        "leak": _("It gives away {secret}: {words}."),
    }[one.code]
    kind, _colon, words = one.value.partition(":")
    values = {"line": number(one.line), "value": one.value.rstrip(".")}
    if one.code == "missing":
        values["meaning"] = field(one.value)
    if one.code == "leak":
        values |= {"secret": secret(kind), "words": words}
    return _("{language}: {fault}").format(language=language_name(one.language), fault=text.format(**values))


def faults(found: Iterable[Fault]) -> str:
    """All of them, one a line."""
    return "\n".join(map(fault, found))


def state(one: Version) -> str:
    """How a version stands."""
    if one.approved is None:
        return _("waits for a second person")
    return (_("released by {who}") if one.approved else _("returned by {who}")).format(who=one.approver)


def version(one: Any) -> str:
    """A version in a line: number, when, by whom, why, and how it stands."""
    what = _("back to the shipped text") if one.is_shipped else one.reason
    return _("{number}  {at}  {who}: {what} ({state})").format(
        number=number(one.id), at=moment(one.at), who=one.maker, what=what, state=state(one)
    )


def standing(origin_of: str, waiting: bool) -> str:
    """Which text counts, and whether another one waits."""
    text = {
        "version": _("The bank's own version counts."),
        "file": _("The file in the folder templates of the workspace counts."),
        "shipped": _("The shipped text counts."),
    }[origin_of]
    return _("{what} Another version waits for a second person.").format(what=text) if waiting else text


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "templates.no_such": lambda v: (
        _("There is no template {name}.").format(name=v["name"]),
        _("Choose one of {known}.").format(known=", ".join(v["known"])),
    ),
    "templates.other_list": lambda v: (
        _("{item} is not on {list}.").format(item=v["item"], list=list_name(v["list"])),
        _("Choose an item of the list whose template it is."),
    ),
    "templates.reason_missing": lambda _v: (
        _("A reason is missing."),
        _("Say why, in words that the second person understands."),
    ),
    "templates.unchanged": lambda _v: (
        _("Both texts are those that count already."),
        _("Change one of them first."),
    ),
    "templates.faulty": lambda v: (
        ngettext("The text has {n} fault: {faults}", "The text has {n} faults: {faults}", len(v["faults"])).format(
            n=number(len(v["faults"])), faults=" ".join(map(fault, v["faults"]))
        ),
        _("Correct it; nothing was kept."),
    ),
    "templates.waits": lambda v: (
        _("Version {number} by {who} still waits for a second person.").format(number=v["number"], who=v["who"]),
        _("Have it released or returned first."),
    ),
    "templates.is_shipped": lambda v: (
        {
            "file": _("No version of the bank's own counts: the text is a file of the workspace."),
            "shipped": _("The shipped text counts already."),
        }[v["origin"]],
        {
            "file": _("Remove the file from the folder templates to use the shipped text."),
            "shipped": _("There is nothing to take back."),
        }[v["origin"]],
    ),
    "templates.unknown": lambda v: (
        _("There is no version {number}.").format(number=v["number"]),
        _("See: tidewatch notice-templates list."),
    ),
    "templates.decided": lambda v: (
        _("Version {number} was decided by {who}.").format(number=v["number"], who=v["who"]),
        _("A decided version is not changed; propose another one."),
    ),
    "templates.cannot_read": lambda v: (
        _("The file {file} cannot be read: {why}.").format(file=v["file"], why=v["why"]),
        _("Save it as plain text in UTF-8."),
    ),
}
