"""The words of debt contagion (L9): its figures, reasons, criteria, rounds, and why nothing qualifies."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording.formats import number, percent
from app.wording.marks import shown
from app.wording.terms import country
from exposures.contagion import Edge
from exposures.reviews.knock_on import KnockOn, Member

Values = Mapping[str, Any]


def subject(key: str, name: str) -> str:
    """What an item is about: a group, a guarantor or a counterparty."""
    return _("{group} group").format(group=name) if key.startswith("group:") else name


def facts() -> dict[str, str]:
    """The figures of an item."""
    return {
        "knock_on": _("Knock-on loss"),
        "of_net_capital": _("Of net capital"),
        "failures": _("Fail in all"),
        "rounds": _("Last round"),
        "guaranteed": _("Guaranteed"),
        "falls_back": _("Falls back"),
        "if_both": _("Loss if both fail"),
    }


def reasons() -> dict[str, str]:
    """What a reason is about; {subject} is whom it speaks of."""
    return {
        "group_members": _("Members of the group in the book"),
        "member_class": _("Class of {subject}"),
        "member_finding": _("Class finding on {subject}"),
        "member_high": _("{subject} is high on the list of asset screening"),
        "guaranteed": _("Guaranteed by who resides in a flagged country or region"),
        "guarantee_share": _("Guaranteed share of {subject}"),
        "guarantee_chain": _("Guarantee chain {subject}"),
        "guarantee_cycle": _("Guarantees in a circle {subject}"),
        "knock_on": _("Knock-on loss against net capital"),
    }


def briefs() -> dict[str, str]:
    """A reason in two or three words with its figure."""
    return {
        "group_members": _("{value} members"),
        "member_class": _("A member is {value}"),
        "member_finding": _("Class finding on a member"),
        "member_high": _("A member is high"),
        "guaranteed": _("Guarantees {value}"),
        "guarantee_share": _("Guarantees {value} of a country or region"),
        "guarantee_chain": _("Chain of {value} guarantees"),
        "guarantee_cycle": _("Circle of {value} guarantees"),
        "knock_on": _("Knock-on {value} of capital"),
    }


def families() -> dict[str, str]:
    """Families of reasons that this list adds."""
    return {
        "group": _("Group"),
        "guarantee": _("Guarantees"),
        "knock_on": _("Knock-on loss"),
        "links": _("Claims between others"),
    }


def missing() -> dict[str, str]:
    """What could not be judged, and what to do."""
    return {
        "links_missing": _(
            "Claims between others are not supplied: only groups, guarantees and the failure itself are followed. "
            "Supply them: supplied import FILE."
        ),
        "links_unconverted": _(
            "{grade} supplied amounts are in a currency without an exchange rate and are left out; add the rate to the "
            "book."
        ),
        "lgd_blank": _("The bank's loss cannot be computed: set reviews.lgd."),
        "net_capital_blank": _("The loss against net capital cannot be computed: set bank.net_capital."),
        "capital_unknown": _("Its capital is not known: it is hit and cannot fail by its loss. Supply its capital."),
        "guarantees_vague": _(
            "{grade} lines name a guarantor, but not that the guarantee is explicit, irrevocable, unconditional and in "
            "force: it burdens the guarantor and covers no loss."
        ),
    }


def kind(code: str) -> str:
    """What a node is."""
    return {
        "counterparty": _("Counterparty"),
        "guarantor": _("Guarantor"),
        "group": _("Group"),
        "other": _("Not in the book"),
    }[code]


def edge(given: Edge) -> str:
    """What joins two nodes."""
    return {"claim": _("lent to"), "control": _("controls"), "guarantee": _("guarantees")}[given.kind]


def fate(member: Member) -> str:
    """What became of a node."""
    if member.round is not None:
        return _("Fails at once") if member.round == 0 else _("Fails in round {n}").format(n=number(member.round))
    if member.lost and member.capital is None:
        return _("Hit, buffer unknown")
    return _("Hit, stands") if member.lost else _("Stands")


def spreads(given: KnockOn, currency: str, amount: Callable[[Any, str], str]) -> str:
    """How far it spreads, in one sentence."""
    fallen = sum(step.failed for step in given.steps)
    last = max((step.number for step in given.steps if step.failed), default=0)
    if not last:
        if given.falls_back:
            text = _("Nobody else fails; {amount} falls back on who is guaranteed.")
            return text.format(amount=amount(given.falls_back, currency))
        return _("Nobody else fails.")
    if given.bank_loss is None:
        return ngettext(
            "{fallen} fail in {n} round; the bank's loss needs reviews.lgd.",
            "{fallen} fail in {n} rounds; the bank's loss needs reviews.lgd.",
            last,
        ).format(fallen=number(fallen), n=number(last))
    return ngettext(
        "{fallen} fail in {n} round; the bank loses {loss}.",
        "{fallen} fail in {n} rounds; the bank loses {loss}.",
        last,
    ).format(fallen=number(fallen), n=number(last), loss=amount(given.bank_loss, currency))


def column(number_of: int, *, stands: bool) -> str:
    """The heading of a column of the network: a round, or who stands in the end."""
    return _("Stand") if stands else _("Round {n}").format(n=number(number_of))


def not_shown(left: int) -> str:
    """How many of those who are joined are not shown."""
    return ngettext("{n} more is joined to them.", "{n} more are joined to them.", left).format(n=number(left))


def place(code: str) -> str:
    """Whom a reason speaks of: a country or region by its name, anybody else as he is called."""
    return country(code) if len(code) == 2 and code.isupper() else code


def _lgd(v: Values) -> str:
    return _("not set: no loss is computed") if v["lgd"] is None else percent(v["lgd"], 0)


#: Findings and criteria of the list.
SENTENCES: dict[str, Callable[[Values], str]] = {
    "l9.empty.no_links": lambda _v: _(
        "Nothing qualifies, flagged or not: the book names no group of two, no guarantor and no parent, and no claims "
        "between others are supplied."
    ),
    "l9.empty.fine": lambda _v: _(
        "Nothing qualifies: no group has a member in trouble, and no guarantor, chain or failure passes its mark."
    ),
    "l9.universe": lambda v: _(
        "Everybody in the book who is joined to another by group, parent or guarantee, and claims between others as "
        "far as supplied. Emerging markets are all but the home country, international organisations and the advanced "
        "economies of {source}."
    ).format(source=v["em_source"]),
    "l9.minimum": lambda v: _(
        "Items below {amount} of the reporting currency are not screened and stand in one row."
    ).format(amount=number(v["amount"])),
    "l9.rounds": lambda v: _(
        "Who fails costs others {loss} of their claims on him; who loses {threshold} of his capital fails in the next "
        "round; a failed parent takes what it controls, and a guarantor pays while he stands. The bank loses its LGD "
        "({lgd}) of what no guarantor covers."
    ).format(loss=percent(v["loss"], 0), threshold=percent(v["threshold"], 0), lgd=_lgd(v)),
    "l9.selection": lambda v: _(
        "Groups of two or more with a member that is non-performing, high on L1 or has a class finding; guarantors "
        "whose country is flagged or who guarantee {country} of an emerging market's exposure; chains of two "
        "guarantees and circles; whose failure brings others down at a loss of {net_capital} of net capital."
    ).format(country=shown("percent", v["country"]), net_capital=shown("percent", v["net_capital"])),
    "l9.action": lambda _v: _(
        "Groups are capped, guarantors replaced; where only the loss speaks, it is hedged. To accept it is a decision "
        "and needs a reason."
    ),
    "l9.priority": lambda v: _(
        "High where the loss passes its mark or in tier A; medium in tier B, on a non-performing member, a chain or a "
        "circle; otherwise low. Due in bank business days: high {high}, medium {medium}, low {low}."
    ).format(**{name: number(v[name]) for name in ("high", "medium", "low")}),
    "l9.rank": lambda _v: _(
        "Knock-on loss, then what falls back, then exposure. Items without an owner are shown first."
    ),
}
