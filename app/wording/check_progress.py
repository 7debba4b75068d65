"""Words for how far a daily check is, who signs it, and why a button of its page cannot be used."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext

Values = Mapping[str, Any]


def verdict_word(code: str) -> str:
    """A verdict or a decision."""
    return {
        "fine": pgettext("verdict", "Fine"),
        "watch": pgettext("verdict", "Watch"),
        "act": pgettext("verdict", "Act"),
    }[code]


def _so_far(v: Values) -> str:
    return ngettext(
        "{verdict} so far, because of step {place}; {open} step is to be decided.",
        "{verdict} so far, because of step {place}; {open} steps are to be decided.",
        v["open"],
    ).format(verdict=verdict_word(v["verdict"]), place=v["place"], open=v["open"])


def _late(v: Values) -> str:
    return ngettext(
        "Signed: {verdict}. {late} step has late evidence to decide.",
        "Signed: {verdict}. {late} steps have late evidence to decide.",
        v["late"],
    ).format(verdict=verdict_word(v["verdict"]), late=v["late"])


SENTENCES: dict[str, Callable[[Values], str]] = {
    "check.progress.none": lambda v: _("Nothing is decided yet: {steps} steps.").format(steps=v["steps"]),
    "check.progress.open": _so_far,
    "check.progress.ready": lambda v: _("{verdict}, because of step {place}. Every step is decided.").format(
        verdict=verdict_word(v["verdict"]), place=v["place"]
    ),
    "check.progress.with_checker": lambda v: _(
        "{verdict}. {maker} signed; a second person has to agree, because a decision is milder than act."
    ).format(verdict=verdict_word(v["verdict"]), maker=v["maker"]),
    "check.progress.signed": lambda v: _("Signed: {verdict}, because of step {place}.").format(
        verdict=verdict_word(v["verdict"]), place=v["place"]
    ),
    "check.progress.late_evidence": _late,
}
