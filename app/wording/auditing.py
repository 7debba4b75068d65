"""Words for the audit trail: whether it stands, what was tampered with, and what the answer cannot show."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import formats

Values = Mapping[str, Any]


def _rows(first: int, last: int) -> str:
    """A row, or a run of rows."""
    if first >= last:
        return _("Row {row}").format(row=last)
    return _("Rows {first} to {last}").format(first=first, last=last)


def occasion(code: str, subject: str) -> str:
    """What an anchor was made with."""
    return _("the backup ({subject})").format(subject=subject) if code == "backup" else subject


def _truncated(values: Values) -> str:
    rows = _rows(values["row"], values["last"])
    if not values["occasion"]:
        return _("{rows}: cut off at the end of the trail; the last writer counted them.").format(rows=rows)
    told = occasion(values["occasion"], values["subject"])
    return _("{rows}: cut off; {occasion} counted them.").format(rows=rows, occasion=told)


FAULTS: dict[str, Callable[[Values], str]] = {
    "edited": lambda v: _("Row {row}: its content was changed after it was written.").format(row=v["row"]),
    "rewritten": lambda v: _("Row {row}: rewritten with a hash of its own; the chain does not fit it.").format(
        row=v["row"]
    ),
    "deleted": lambda v: _("{rows}: deleted; what follows is chained to what is gone.").format(
        rows=_rows(v["row"], v["last"])
    ),
    "reordered": lambda v: _("Row {row}: moved; the chain has another row in its place.").format(row=v["row"]),
    "added": lambda v: _("{rows}: added past the program; its last writer did not write them.").format(
        rows=_rows(v["row"], v["last"])
    ),
    "truncated": _truncated,
    "recomputed": lambda v: _(
        "{rows}: one of them was changed and the hashes computed anew; {occasion} anchored another hash at row {last}."
    ).format(rows=_rows(v["row"], v["last"]), occasion=occasion(v["occasion"], v["subject"]), last=v["last"]),
    "forged": lambda v: _(
        "{rows}: the anchor of {occasion} does not bear the signature of its key, so they may have been changed and "
        "the hashes computed anew."
    ).format(rows=_rows(v["row"], v["last"]), occasion=occasion(v["occasion"], v["subject"])),
    "unanchored": lambda v: _("Row {row}: {subject} was signed here, and its anchor was taken away.").format(
        row=v["row"], subject=v["subject"]
    ),
    "unsigned": lambda v: _(
        "Row {row}: its anchor was signed and bears no such signature any more; it was rewritten."
    ).format(row=v["row"]),
    "headless": lambda v: _(
        "Row {row}: the record of where the trail ends was taken away; rows after it may be missing."
    ).format(row=v["row"]),
    "same_person": lambda v: _("{subject}: {who} did the first step and the second.").format(
        subject=v["subject"], who=v["who"]
    ),
    "unrecorded": lambda v: _("{subject}: a step of {who} is stored that the trail does not hold.").format(
        subject=v["subject"], who=v["who"]
    ),
    "altered": lambda v: _("{subject}: a step of {who} was changed or deleted after it was recorded.").format(
        subject=v["subject"], who=v["who"]
    ),
}


def fault(code: str, values: Values) -> str:
    """A sign of tampering, which names its row."""
    return FAULTS[code](values)


def _whole(values: Values, start: str) -> str:
    if not values["after"]:
        return start
    return formats.together((start, _("Nothing is anchored after row {row}.").format(row=values["row"])))


SENTENCES: dict[str, Callable[[Values], str]] = {
    "audit.empty": lambda _v: _("The audit trail holds no row yet; the first change of anything writes it."),
    "audit.tampered": lambda v: ngettext(
        "The audit trail does not stand as it was written: {signs} sign of tampering in {rows} rows.",
        "The audit trail does not stand as it was written: {signs} signs of tampering in {rows} rows.",
        v["signs"],
    ).format(signs=formats.number(v["signs"]), rows=formats.number(v["rows"])),
    "audit.signed": lambda v: _whole(
        v,
        ngettext(
            "The audit trail's {rows} row follows from the first to the last, and a signature vouches up to row {row}.",
            "The audit trail's {rows} rows follow from the first to the last, and a signature vouches up to row {row}.",
            v["rows"],
        ).format(rows=formats.number(v["rows"]), row=v["row"]),
    ),
    "audit.unsigned": lambda v: _whole(
        v,
        ngettext(
            "The audit trail's {rows} row follows from the first to the last; it is anchored up to row {row}, "
            "unsigned.",
            "The audit trail's {rows} rows follow from the first to the last; they are anchored up to row {row}, "
            "unsigned.",
            v["rows"],
        ).format(rows=formats.number(v["rows"]), row=v["row"]),
    ),
    "audit.unanchored": lambda v: ngettext(
        "The audit trail's {rows} row follows from the first to the last. Nothing is anchored after row 0: sign a "
        "check or make a backup.",
        "The audit trail's {rows} rows follow from the first to the last. Nothing is anchored after row 0: sign a "
        "check or make a backup.",
        v["rows"],
    ).format(rows=formats.number(v["rows"])),
    "audit.no_key": lambda _v: _(
        "This account's keyring holds no key to check signatures with; without a keyring anchors stay unsigned."
    ),
    "audit.foreign": lambda v: ngettext(
        "{anchors} anchor fits but is signed with a key of another account or machine; check it there.",
        "{anchors} anchors fit but are signed with a key of another account or machine; check them there.",
        v["anchors"],
    ).format(anchors=formats.number(v["anchors"])),
    "audit.later_unsigned": lambda v: _(
        "Between rows {signed} and {row} anchors are unsigned: whoever can write to the database could have made them."
    ).format(row=v["row"], signed=v["signed"]),
    "audit.replaced": lambda v: ngettext(
        "{anchors} older copy is of a trail that a restored backup has replaced.",
        "{anchors} older copies are of a trail that a restored backup has replaced.",
        v["anchors"],
    ).format(anchors=formats.number(v["anchors"])),
    "audit.chained_later": lambda v: ngettext(
        "{rows} row was written before rows were chained; the chain shows changes to it only since then.",
        "{rows} rows were written before rows were chained; the chain shows changes to them only since then.",
        v["rows"],
    ).format(rows=formats.number(v["rows"])),
    "audit.limits": lambda _v: _(
        "This is evidence against colleagues, not against the machine's administrator, who can reach the key too."
    ),
}


def no_rows() -> str:
    """A list of the trail with nothing in it."""
    return _("No row of the audit trail fits.")
