"""The words of the committee pack: its cover, its contents, what it refuses."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording.formats import number

Values = Mapping[str, Any]


def title() -> str:
    """What a pack is called."""
    return _("Committee pack")


def contents() -> str:
    """The heading of its list of contents."""
    return _("Contents")


def anchored(rows: int, digest: str, *, signed: bool) -> tuple[str, str]:
    """Where the audit trail ended when the pack was made: a fact of the cover."""
    text = _("{rows} rows, ends with {digest}; signed") if signed else _("{rows} rows, ends with {digest}; not signed")
    return _("Audit trail"), text.format(rows=number(rows), digest=digest)


def preview_only() -> tuple[str, str]:
    """What stands in the place of the trail's end as long as the pack is only looked at."""
    return _("Audit trail"), _("Preview: nothing is anchored until the pack is written.")


def holds(lists: int, countries: int, scenarios: int) -> tuple[str, str]:
    """What was chosen: a fact of the cover."""
    parts = (
        ngettext("{n} review list", "{n} review lists", lists).format(n=number(lists)),
        ngettext("{n} country or region", "{n} countries and regions", countries).format(n=number(countries)),
        ngettext("{n} scenario", "{n} scenarios", scenarios).format(n=number(scenarios)),
    )
    return _("Chosen"), _(", ").join(parts)


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "pack.unknown_list": lambda v: (
        _("There is no review list {list}.").format(**v),
        _("Choose among {known}.").format(known=", ".join(v["known"])),
    ),
    "pack.folder_exists": lambda v: (
        _("The folder {folder} is there already; the attached files would be mixed with what it holds.").format(**v),
        _("Give the pack another name, or move the folder."),
    ),
    "pack.empty": lambda _v: (
        _("Nothing is chosen for the pack."),
        _("Choose at least one list, country or region, scenario, or the daily check."),
    ),
}
