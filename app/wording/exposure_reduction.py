"""The words of exposure reduction (L3): its rows, both sides, how a gap is filled, and its criteria."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording.formats import day, money, number, percent, together
from app.wording.maturity import tenor
from app.wording.terms import country
from exposures.reviews.reduction import Fill, Side, Split, Unknown
from exposures.reviews.splits import OTHERS

Values = Mapping[str, Any]


def subject(key: str, name: str) -> str:
    """A row's subject: a country or region, a group, or a currency."""
    kind, _colon, _rest = key.rpartition(":")
    if kind == "group":
        return _("{group} group").format(group=name)
    return _("Net position in {currency}").format(currency=name) if kind == "currency" else country(name)


def kind(code: str) -> str:
    """What a row is about."""
    return {"country": _("Country or region"), "group": _("Group"), "currency": _("Currency")}[code]


def side(code: str) -> str:
    """One side of the balance sheet."""
    return {"asset": _("Assets"), "liability": _("Liabilities")}[code]


def dimension(code: str) -> str:
    """What a row is split by."""
    return {"group": _("Group"), "currency": _("Currency"), "tenor": _("Tenor")}[code]


def part_of(given: Split) -> str:
    """A part of a row by its dimension."""
    if given.key == OTHERS:
        return pgettext("splits", "Others")
    if given.dimension == "tenor":
        return tenor(given.key)
    return given.key or _("Not known")


def means(code: str) -> str:
    """By what a gap is filled."""
    return {
        "cancel_undrawn": _("Cancel undrawn commitments"),
        "no_renewal": _("Do not renew what falls due"),
        "sell": _("Sell bonds"),
        "cover": _("Obtain cover"),
        "call": _("Call what is on demand"),
    }[code]


def fill(given: Fill, currency: str) -> str:
    """One means with what it gives, until when, and where cover moves the risk."""
    values = {
        "means": means(given.means.value),
        "amount": money(given.amount, currency),
        "lines": number(given.lines),
        "day": day(given.by) if given.by else "",
        "countries": _(", ").join(country(code) for code in given.moves_to),
    }
    if given.moves_to:
        text = ngettext(
            "{means}: {amount} from {lines} line; the risk moves to {countries}.",
            "{means}: {amount} from {lines} lines; the risk moves to {countries}.",
            given.lines,
        )
    elif given.by:
        text = ngettext(
            "{means}: {amount} from {lines} line by {day}.",
            "{means}: {amount} from {lines} lines by {day}.",
            given.lines,
        )
    else:
        text = ngettext("{means}: {amount} from {lines} line.", "{means}: {amount} from {lines} lines.", given.lines)
    return text.format(**values)


def unknown(given: Unknown, currency: str) -> str:
    """What the book does not say, and what that does to the figures."""
    values = {"lines": number(given.lines), "amount": money(given.amount, currency)}
    match given.what:
        case "revolving":
            text = ngettext(
                "For {lines} line, {amount}, the book does not say whether it revolves: it is not counted as run-off.",
                "For {lines} lines, {amount}, the book does not say whether they revolve: they are not counted as "
                "run-off.",
                given.lines,
            )
        case "undrawn_kind":
            text = ngettext(
                "For {lines} line, {amount} undrawn, the book does not say whether it can be cancelled.",
                "For {lines} lines, {amount} undrawn, the book does not say whether they can be cancelled.",
                given.lines,
            )
        case _:
            text = ngettext(
                "{lines} line, {amount}, has no maturity: nothing of it is counted as run-off.",
                "{lines} lines, {amount}, have no maturity: nothing of them is counted as run-off.",
                given.lines,
            )
    return text.format(**values)


def shortfall(given: Side, currency: str) -> str:
    """What of the gap no means of the book fills; empty where there is nothing."""
    if not given.shortfall:
        return ""
    return _(
        "{amount} stays open: the book does not say what else could be sold, covered or called. The contracts decide."
    ).format(amount=money(given.shortfall, currency))


def rule(given: Side) -> str:
    """What sets a side's target."""
    match given.rule:
        case None:
            return _("No limit is set")
        case "limit":
            return _("Share of the limit")
        case "tier":
            return _("Tier A: share of the exposure")
    return _("Cap on funding from one country or region")


def _amounts(v: Values) -> dict[str, str]:
    """Every amount of a finding in its currency, its day, and its subject in words."""
    said = {name: money(value, v["currency"]) for name, value in v.items() if isinstance(value, Decimal)}
    # What is left of a side is nothing in words, not an amount of zero.
    for name in ("assets_gap", "liabilities_gap"):
        if name in v and not v[name]:
            said[name] = _("nothing")
    if "horizon" in v:
        said["day"] = day(v["horizon"])
    if "key" in v:
        said["subject"] = subject(v["key"], v["name"])
    return said


def _waiting(v: Values) -> str:
    if not v["waiting"]:
        return _("Every item has a decision.")
    return ngettext(
        "{waiting} of {items} item needs a decision.", "{waiting} of {items} items need a decision.", v["items"]
    ).format(waiting=number(v["waiting"]), items=number(v["items"]))


def _headline(text: Callable[[], str]) -> Callable[[Values], str]:
    return lambda v: together([text().format(**_amounts(v)), _waiting(v)])


def _plain(text: Callable[[], str]) -> Callable[[Values], str]:
    return lambda v: text().format(**_amounts(v))


def _countries(v: Values) -> str:
    return _(", ").join(country(code) for code in v["countries"])


#: Findings and criteria of the list.
SENTENCES: dict[str, Callable[[Values], str]] = {
    "l3.fall.assets": _headline(
        lambda: _("{subject} must come down {required} by {day}; run-off gives {run_off}, actions must give {gap}.")
    ),
    "l3.runs_off.assets": _headline(
        lambda: _("{subject} must come down {required} by {day}; run-off of {run_off} is enough.")
    ),
    "l3.fall.liabilities": _headline(
        lambda: _(
            "Funding from {subject} must come down {required} by {day}; run-off gives {run_off}, actions must "
            "give {gap}."
        )
    ),
    "l3.runs_off.liabilities": _headline(
        lambda: _("Funding from {subject} must come down {required} by {day}; run-off of {run_off} is enough.")
    ),
    "l3.fall_none.assets": _headline(
        lambda: _("{subject} must come down {required} by {day}; nothing runs off, actions must give all of it.")
    ),
    "l3.fall_none.liabilities": _headline(
        lambda: _(
            "Funding from {subject} must come down {required} by {day}; nothing runs off, actions must give all of it."
        )
    ),
    "l3.hedge": _headline(lambda: _("{subject}: {required} beyond the tolerance is to be hedged.")),
    "l3.left": _plain(lambda: _("Of {required} that must come down, {gap} is left to actions.")),
    "l3.left_all": _plain(lambda: _("All of the {required} that must come down is left to actions.")),
    "l3.nothing_required": _plain(lambda: _("No limit, tier or cap asks for less: it is on the list by hand.")),
    "l3.left_none": _plain(lambda: _("All of the {required} that must come down runs off by itself.")),
    "l3.both": _plain(
        lambda: _(
            "Assets must come down {assets}, with {assets_gap} left to actions; liabilities {liabilities}, with "
            "{liabilities_gap} left."
        )
    ),
    "l3.opens_gap": _plain(
        lambda: _("To {day} liabilities fall {over} more than assets: both targets together open a liquidity gap.")
    ),
    "l3.short": _plain(lambda: _("{shortfall} of the gap has no means in the book.")),
    "l3.filled": _plain(lambda: _("What the book allows fills the gap of {gap}.")),
    "l3.enough": _plain(lambda: _("Run-off to {day} is enough; no action is needed.")),
    "l3.net": _plain(lambda: _("Net {now} now, {then} at {day}; the tolerance is {tolerance}.")),
    "l3.empty.no_flags": lambda _v: _("Nothing qualifies: no country or region is flagged."),
    "l3.empty.within": lambda v: _("Nothing qualifies: nothing must come down in {countries}.").format(
        countries=_countries(v)
    ),
    "l3.empty.no_target": lambda v: _(
        "Nothing qualifies: {countries} have no limit and none is in tier A, so no target can be computed."
    ).format(countries=_countries(v)),
    "l3.universe": lambda v: _(
        "Flagged countries and regions; groups that have a limit and a line there; their own currencies. A row is "
        "listed where either side must come down. Emerging markets are all but the home country, international "
        "organisations and the advanced economies of {source}."
    ).format(source=v["em_source"]),
    "l3.minimum": lambda v: _(
        "Countries and regions below {amount} of the reporting currency on both sides are not screened."
    ).format(amount=number(v["amount"])),
    "l3.assets": lambda v: _(
        "E is what is used of the limit, without pending. The target E* is the lesser of {limit} of the limit and, in "
        "tier A, {exposure} of E. R = E \u2212 E*; the gap is R less natural run-off."
    ).format(limit=percent(v["limit"], 0), exposure=percent(v["exposure"], 0)),
    "l3.run_off": lambda _v: _(
        "To the first quarter-end at least 90 days after the book's date: instalments that the book names, what is "
        "repaid by contract at maturity on lines that the book says do not revolve (bonds and derivatives always), and "
        "undrawn commitments, guarantees and letters of credit that expire. A line without instalments is taken to be "
        "repaid at maturity; one whose renewal is asked for is expected to stay. What is overdue or non-performing is "
        "not counted."
    ),
    "l3.fill": lambda _v: _(
        "In this order: cancel undrawn commitments that can be cancelled at will; do not renew what falls due; sell "
        "bonds; make eligible the guarantee of a guarantor abroad whom the book names (on the guarantor basis); call "
        "placements and repos on demand. Within each the largest first, because the book gives no income. What runs "
        "off is not used again; what is left open is stated."
    ),
    "l3.liabilities": lambda v: _(
        "Funding from one country or region is capped at {cap} of all liabilities, with the same R, run-off and gap. "
        "Undated liabilities do not run off. A cut of liabilities never counts toward a target of assets."
    ).format(cap=percent(v["cap"], 0)),
    "l3.currency": lambda v: _(
        "Spot assets less spot liabilities in the currency, at the horizon; what is over {tolerance} of the reporting "
        "currency is to be hedged. Forwards are not in the book."
    ).format(tolerance=number(v["tolerance"])),
    "l3.currency_blank": lambda _v: _("Cannot be computed: set the currency tolerance (as shipped it is blank)."),
    "l3.priority": lambda v: _(
        "High where the limit itself is passed or half of R or more is left to actions; medium where anything is left; "
        "low where run-off is enough. Due in bank business days: high {high}, medium {medium}, low {low}."
    ).format(**{name: number(v[name]) for name in ("high", "medium", "low")}),
    "l3.rank": lambda _v: _("The gap as a share of R, then the gap. Items without an owner are shown first."),
}
