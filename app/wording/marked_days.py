"""The words of the lists of marked days and of what is wrong in the bank's own."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _

Values = Mapping[str, Any]


def problem(code: str, place: str) -> str:
    """What is wrong in the file, and where."""
    return {
        "toml": _("it is not a TOML file"),
        "missing": _("{place} is missing").format(place=place),
        "not_dates": _("{place} has something that is no date").format(place=place),
        "kind": _("{place} has an unknown kind; runoff and fomc are known").format(place=place),
    }[code]


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "events.bad_file": lambda v: (
        _("{file} cannot be used: {problem}.").format(file=v["file"], problem=problem(v["problem"], v["place"])),
        _("Mend it, or delete it: charts then mark the days that are shipped."),
    ),
    "events.file_there": lambda v: (
        _("{file} is in the workspace already.").format(file=v["file"]),
        _("Edit that file, or delete it first."),
    ),
}
