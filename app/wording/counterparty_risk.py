"""The words of counterparty risk (L10): its figures, reasons, criteria, and why nothing qualifies."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.wording.formats import number, percent
from app.wording.marks import mark, shown

Values = Mapping[str, Any]


def facts() -> dict[str, str]:
    """The figures of an item."""
    return {
        "exposure": _("Exposure"),
        "of_placement": _("Placements"),
        "of_repo": _("Repo"),
        "of_derivative": _("Derivatives"),
        "of_trade_finance": _("Trade finance"),
        "against": _("Wrong-way"),
        "limit_use": _("Limit used"),
        "settlement": _("Settlement"),
    }


def reasons() -> dict[str, str]:
    """What a reason is about."""
    return {
        "wrong_way": _("Wrong-way collateral, counted as zero"),
        "of_tier_1": _("Exposure against tier 1 capital"),
    }


def briefs() -> dict[str, str]:
    """A reason in two or three words with its figure."""
    return {"wrong_way": _("Wrong-way {value}"), "of_tier_1": _("{value} of tier 1")}


def families() -> dict[str, str]:
    """Families of reasons that this list adds."""
    return {
        "wrong_way": _("Wrong-way risk"),
        "settlement": _("Settlement"),
        "derivative": _("Derivatives"),
        "repo": _("Repo"),
        "capital": _("Capital"),
    }


def missing() -> dict[str, str]:
    """What could not be judged, and what to do."""
    return {
        "settlement_missing": _("The book carries no settlements ahead; set reviews.settlements_ahead to show them."),
        "tier_1_blank": _("The share of tier 1 is not known: set reviews.tier_1."),
        "no_counterparty_limit": _("No counterparty has a limit: use of the limit is not known."),
        "reference_missing": _(
            "The book gives neither the reference issuer of a derivative nor which currency is owed: wrong-way risk is "
            "judged by collateral alone."
        ),
        "no_repo": _("The book has no repo."),
        "no_notional": _(
            "Incomplete: the book carries no notional, so derivatives count at current exposure only. Set "
            "reviews.notionals and reviews.derivative_add_on."
        ),
        "haircut_blank": _("Incomplete: no haircut on securities is set, so their collateral counts nothing."),
    }


def _add_on(v: Values) -> str:
    return _("not set, current exposure only") if v["add_on"] is None else percent(v["add_on"], 2)


#: Findings and criteria of the list.
SENTENCES: dict[str, Callable[[Values], str]] = {
    "l10.empty.none": lambda _v: _(
        "Nothing qualifies: no placement, repo, derivative or trade finance in the book, flagged or not."
    ),
    "l10.empty.no_flags": lambda _v: _(
        "Nothing qualifies: no country or region is flagged, and no counterparty passes a mark."
    ),
    "l10.empty.fine": lambda _v: _(
        "Nothing qualifies: no counterparty has its head office where it is flagged, or passes a mark."
    ),
    "l10.universe": lambda v: _(
        "Counterparties with a placement, repo, derivative or trade finance, wherever they are; settlements ahead as "
        "far as supplied. Emerging markets are all but the home country, international organisations and the advanced "
        "economies of {source}."
    ).format(source=v["em_source"]),
    "l10.minimum": lambda v: _(
        "Counterparties below {amount} of the reporting currency are not screened and stand in one row."
    ).format(amount=number(v["amount"])),
    "l10.measure": lambda v: _(
        "Placements and trade finance in full; derivatives at what is owed above collateral and the add-on on the "
        "notional ({add_on}), without netting; repo at cash above collateral less haircut. Settlement ahead stands "
        "apart and is not added."
    ).format(add_on=_add_on(v)),
    "l10.wrong_way": lambda _v: _(
        "Collateral of a derivative or repo in the country of the counterparty or of its head office counts zero."
    ),
    "l10.selection": lambda v: _(
        "Listed where the head office's country is flagged, at {tier_1} of tier 1 or more, at {limit} of the "
        "counterparty's limit or more, or with wrong-way collateral."
    ).format(tier_1=shown("percent", v["tier_1"]), limit=shown("percent", v["limit"])),
    "l10.action": lambda v: _(
        "Breach or wrong-way: collateral call, or no new trades where nothing is collateralised. Settlement ahead and "
        "a critical alert: pay after receipt. At {limit} of the limit: no new trades. Otherwise watch."
    ).format(limit=mark(v, "limit", "l10.limit")),
    "l10.priority": lambda v: _(
        "High on a breach or wrong-way risk, medium on another mark or in tier A, otherwise low. Due in bank business "
        "days: high {high}, medium {medium}, low {low}."
    ).format(**{name: number(v[name]) for name in ("high", "medium", "low")}),
    "l10.rank": lambda _v: _("Exposure against the limit, then exposure. Items without an owner are shown first."),
}
