"""The marks of the review lists in words: what each marks, and how it reads in the criteria."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.i18n import gettext as _
from app.wording.formats import number, percent
from exposures.reviews.marks import MARKS


def shown(unit: str, value: Decimal | int) -> str:
    """A mark as it reads: "7.5 %", "3"."""
    told = Decimal(value).normalize()
    decimals = max(0, -int(told.as_tuple().exponent))
    return percent(told, decimals) if unit == "percent" else number(told, decimals)


def mark(values: Mapping[str, Any], key: str, name: str) -> str:
    """A mark of a criterion; a list that an earlier program made does not say what it was: then it was as shipped."""
    return shown(MARKS[name].unit, values.get(key, MARKS[name].shipped))


def meaning(name: str) -> str:
    """What a mark marks."""
    return {
        "l1.high": _("Points from which a risk is high"),
        "l1.medium": _("Points from which it is medium"),
        "l1.low": _("Points from which it is low"),
        "l1.cover": _("Cover below this share of the exposure counts"),
        "l1.limit_target": _("A tight limit is reduced to this use"),
        "l2.share": _("Share of the entity's exposure"),
        "l2.growth": _("Growth in 12 months"),
        "l2.non_performing": _("Non-performing share"),
        "l2.capital": _("Share of net capital"),
        "l2.many": _("So many triggers shrink the business"),
        "l2.small_share": _("Poor income leads to an exit below this share of the entity"),
        "l5.lapse_days": _("Days after which an approval lapses"),
        "l5.raised_a": _("Approval tiers up in tier A"),
        "l5.raised_b": _("Approval tiers up in tier B"),
        "l6.acknowledge_days": _("Bank business days to acknowledge a notice"),
        "l6.reply_days": _("Bank business days to reply to a notice"),
        "l6.moved": _("A notice is issued again when the exposure moves by"),
        "l8.haircut": _("Haircut on the own sovereign's debt"),
        "l8.capital_amber": _("Capital: amber below"),
        "l8.capital_red": _("Capital: red below"),
        "l8.non_performing_amber": _("Non-performing loans: amber from"),
        "l8.non_performing_red": _("Non-performing loans: red from"),
        "l8.liquid_amber": _("Liquid assets to short liabilities: amber below"),
        "l8.liquid_red": _("Liquid assets to short liabilities: red below"),
        "l8.fx_loans_amber": _("Foreign-currency loans: amber from"),
        "l8.fx_loans_red": _("Foreign-currency loans: red from"),
        "l8.fall_amber": _("Fall of the share price in three months: amber from"),
        "l8.fall_red": _("Fall of the share price in three months: red from"),
        "l8.most_grey": _("So many unknown figures make a bank not assessable"),
        "l8.limit_cut": _("An amber bank's limit falls by"),
        "l9.country_share": _("A guarantor's share of a country's exposure"),
        "l9.net_capital": _("Knock-on loss as a share of net capital"),
        "l10.tier_1": _("Exposure as a share of tier 1 capital"),
        "l10.limit": _("Use of the counterparty's limit"),
    }[name]
