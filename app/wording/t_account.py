"""The words of the T-account: its stages, its entries, who pays."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from app.i18n import gettext as _
from app.wording.formats import number

Values = Mapping[str, Any]


def channel_name(channel: str) -> str:
    """Who pays for a month's run-off."""
    return {
        "banks": _("Banks, from reserves"),
        "money-funds": _("Money funds, from ON RRP"),
        "treasury-cash": _("The Treasury, from its cash"),
    }[channel]


def stage_name(stage: int) -> str:
    """One of the three moments of the T-account."""
    return {
        1: _("1. Before the securities mature"),
        2: _("2. The Treasury gathers the cash"),
        3: _("3. The Fed has been repaid"),
    }[stage]


def short_amount(value: Decimal) -> str:
    """An amount of the T-account, as short as it can be written."""
    whole = value == value.to_integral_value()
    return number(value, 0 if whole else min(4, -int(value.normalize().as_tuple().exponent)))


def _said(text: str, v: Values) -> str:
    """A sentence with its amounts written as short as they can be."""
    return text.format(**{name: short_amount(v[name]) for name in ("amount", "cash") if name in v})


def _mixed(v: Values) -> str:
    parts = [
        _("{who} {amount}").format(who=channel_name(channel), amount=short_amount(amount))
        for channel, amount in v["given"].items()
    ]
    return _("The Fed shrinks by {amount}: {parts}.").format(
        amount=short_amount(v["amount"]), parts=_("; ").join(parts)
    )


SENTENCES: dict[str, Callable[[Values], str]] = {
    "t_account.banks": lambda v: _said(
        _("The Fed and the banks' reserves both shrink by {amount}; the Treasury's account is back where it was."), v
    ),
    "t_account.money_funds": lambda v: _said(
        _("The Fed and ON RRP both shrink by {amount}; the banks' reserves do not move."), v
    ),
    "t_account.treasury_cash": lambda v: _said(
        _(
            "The Fed and the Treasury's account both shrink by {amount}; nobody buys anything, and reserves do "
            "not move."
        ),
        v,
    ),
    "t_account.mixed": _mixed,
    "t_account.stage.before": lambda v: _said(_("{amount} of the Fed's Treasuries are about to mature."), v),
    "t_account.stage.raise": lambda _v: _(
        "The Treasury sells new debt to others; the Fed's total does not change yet."
    ),
    "t_account.stage.no_raise": lambda _v: _("The Treasury sells no new debt: the cash is in its account already."),
    "t_account.stage.repaid": lambda v: _said(_("Both sides of the Fed's balance sheet are {amount} smaller."), v),
    "t_account.entry.banks": lambda v: _said(
        _("Buyers pay for new Treasuries from their bank accounts, so their banks pay {amount} out of reserves."), v
    ),
    "t_account.entry.money_funds": lambda v: _said(
        _("Money funds buy new Treasuries with {amount} that they no longer lend to the Fed overnight."), v
    ),
    "t_account.entry.treasury_raises": lambda v: _said(
        _("The Treasury receives {amount} for the new debt in its account at the Fed."), v
    ),
    "t_account.entry.matured": lambda v: _said(
        _("{amount} of Treasuries mature, are repaid and not replaced: the Fed's assets fall."), v
    ),
    "t_account.entry.repaid_none": lambda v: _said(
        _("The Treasury repays {amount} from its account, with the cash that it just raised."), v
    ),
    "t_account.entry.repaid_some": lambda v: _said(
        _("The Treasury repays {amount} from its account, {cash} of it from the cash it had before."), v
    ),
    "t_account.entry.repaid_all": lambda v: _said(_("The Treasury repays {amount} from the cash it had before."), v),
}
