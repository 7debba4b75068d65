"""The steps of a review item's history, as sentences."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from app.i18n import gettext as _
from app.wording.formats import day, number
from app.wording.review_terms import action, owner, priority, status
from app.wording.terms import loan_class

_MILLION = Decimal(1_000_000)


def event(code: str, values: Mapping[str, str]) -> str:
    """One step of an item's history."""
    texts: dict[str, Callable[[], str]] = {
        "listed": lambda: _("Put on the list, priority {priority}").format(priority=priority(values["priority"])),
        "release_proposed": lambda: _("No longer qualifies: release proposed"),
        "qualifies_again": lambda: _("Qualifies again"),
        "assigned": lambda: _("Owner {owner}, due {due}").format(
            owner=owner(values["owner"]), due=day(date.fromisoformat(values["due"])) if values["due"] else _("not set")
        ),
        "decided": lambda: _with_why(_decided(values), values),
        "line_decided": lambda: _with_why(
            _("Decision drafted for line {line}: {action}").format(
                line=values["line"], action=action(values["action"])
            ),
            values,
        ),
        "commented": lambda: _("Comment: {text}").format(text=values["comment"]),
        "sent": lambda: _said(asked(values["asked"]), values.get("reason", "")),
        "approved": lambda: _said(_APPROVED[values["asked"]](), values.get("comment", "")),
        "returned": lambda: _said(_("Returned by the checker"), values["reason"]),
        "finished": lambda: _finished(values),
        "filled_in": lambda: _filled_in(values),
        "undone": lambda: _("The step before it was taken back"),
        "attached": lambda: _("File attached: {name}").format(name=values["name"]),
    }
    return texts[code]()


def _filled_in(values: Mapping[str, str]) -> str:
    """What an owner's workbook changed."""
    told = []
    if "owner" in values:
        told.append(_("owner {owner}").format(owner=owner(values["owner"])))
    if "due" in values:
        when = day(date.fromisoformat(values["due"])) if values["due"] else _("not set")
        told.append(_("due {due}").format(due=when))
    if "action" in values:
        told.append(_("decision {action}").format(action=action(values["action"])))
    if values.get("target"):
        told.append(_("target {amount}").format(amount=number(Decimal(values["target"]))))
    if values.get("grade"):
        told.append(_("new class {grade}").format(grade=loan_class(values["grade"])))
    if "status" in values:
        told.append(status(values["status"]))
    what = _(", ").join(told)
    head = _("From workbook {file}").format(file=values["file"])
    return _said(_("{head}: {what}").format(head=head, what=what) if what else head, values.get("comment", ""))


def asked(code: str) -> str:
    """What a checker is asked to confirm."""
    return {
        "decision": _("Decision sent to the checker"),
        "rejection": _("Not to be taken up: sent to the checker"),
        "release": _("Release sent to the checker"),
        "closing": _("Done: the checker is asked to close it"),
    }[code]


_APPROVED: Mapping[str, Callable[[], str]] = {
    "decision": lambda: _("Decision confirmed"),
    "rejection": lambda: _("Confirmed: not taken up"),
    "release": lambda: _("Release confirmed"),
    "closing": lambda: _("Closing confirmed"),
}


def _decided(values: Mapping[str, str]) -> str:
    if not values.get("new_grade"):
        return _("Decision drafted: {action}").format(action=action(values["action"]))
    return _("Decision drafted: {action}, class {before} to {after}").format(
        action=action(values["action"]),
        before=loan_class(values["prior_grade"]) if values["prior_grade"] else _("not known"),
        after=loan_class(values["new_grade"]),
    )


def _with_why(what: str, values: Mapping[str, str]) -> str:
    """A decision, with the amount and the reason that were given for it."""
    target = values.get("target", "")
    amount = _("target {amount}").format(amount=number(Decimal(target))) if target else ""
    return _said(what, _(", ").join(filter(None, (amount, values.get("comment", "")))))


def _said(what: str, text: str) -> str:
    """A step, with what the person said about it."""
    return _("{what}: {text}").format(what=what, text=text) if text else what


def _finished(values: Mapping[str, str]) -> str:
    if "achieved" not in values:
        return _said(_("Done, without a later book"), values["reason"])
    amount = number(Decimal(values["achieved"]) / _MILLION, 1)
    done = _("Done: book {book} shows {amount} m less").format(book=values["book"], amount=amount)
    return _said(done, values["reason"])
