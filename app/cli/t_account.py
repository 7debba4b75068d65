"""`t-account`: how run-off works, in the three stages of the source document's Figure 4."""

import argparse
from decimal import Decimal, InvalidOperation

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command
from app.i18n import gettext as _
from app.liquidity.t_account import ASSETS, LIABILITIES, Account, Channel, Demonstration
from app.wording.errata import erratum
from app.wording.formats import number
from app.wording.runoff import line_name
from app.wording.sentences import sentence
from app.wording.t_account import stage_name

#: The unit of Figure 4.
UNIT = "USD 100 millions"
#: What the source document has to be corrected in beside its Figure 4: the ratio, and the unit.
_ERRATA = (5, 10)
_CHANNELS = ", ".join(channel.value for channel in Channel)


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Put the command on the command line."""
    parser = add_command(
        commands, "t-account", _show, "What run-off does to the Federal Reserve's balance sheet, in three stages."
    )
    parser.add_argument("--amount", metavar="X", type=decimal, required=True, help=f"what matures, in {UNIT} (亿美元)")
    parser.add_argument(
        "--channel",
        metavar="CHANNEL[=PERCENT]",
        action="append",
        type=_share,
        required=True,
        help=f"who pays: {_CHANNELS}; several with their shares, such as banks=60",
    )


def decimal(text: str) -> Decimal:
    """An argument that is a plain decimal number."""
    try:
        return Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"not a number: {text!r}") from None


def _share(text: str) -> tuple[Channel, Decimal]:
    name, _equals, share = text.partition("=")
    try:
        return Channel(name), decimal(share or "100")
    except ValueError:
        raise argparse.ArgumentTypeError(f"not one of {_CHANNELS}: {name!r}") from None


def _show(program: Program, chosen: argparse.Namespace) -> Outcome:
    mix: dict[Channel, Decimal] = {}
    for channel, share in chosen.channel:
        mix[channel] = mix.get(channel, Decimal(0)) + share
    shown = program.simulating.t_account(chosen.amount, mix)
    return Outcome(_data(shown), _lines(shown))


def _data(shown: Demonstration) -> dict[str, object]:
    return {
        "unit": UNIT,
        "amount": shown.amount,
        "channels": {channel.value: share for channel, share in shown.mix.items()},
        "finding": sentence(shown.finding),
        "errata": {str(number): erratum(number) for number in _ERRATA},
        "stages": [
            {
                "stage": stage.number,
                "assets": {line: getattr(stage.account, line) for line in ASSETS},
                "total_assets": stage.account.assets,
                "liabilities": {line: getattr(stage.account, line) for line in LIABILITIES},
                "total_liabilities": stage.account.liabilities,
                "balances": stage.account.closes,
                "reason": sentence(stage.reason),
                "entries": [
                    {"line": entry.line, "change": entry.change, "reason": sentence(entry.reason)}
                    for entry in stage.entries
                ],
            }
            for stage in shown.stages
        ],
    }


def _lines(shown: Demonstration) -> tuple[str, ...]:
    lines = [sentence(shown.finding), _("Unit: USD 100 m (亿美元), as in the source document's Figure 4.")]
    if shown.on_rrp_carved:
        lines.append(_("Figure 4's other liabilities stand for ON RRP here."))
    lines += [erratum(number) for number in _ERRATA]
    for stage in shown.stages:
        lines += ["", stage_name(stage.number), sentence(stage.reason)]
        lines += [f"  {_signed(entry.change):>8}  {sentence(entry.reason)}" for entry in stage.entries]
        lines += _account(stage.account)
    return tuple(lines)


def _account(account: Account) -> list[str]:
    left = [(line, getattr(account, line)) for line in ASSETS if getattr(account, line)]
    right = [(line, getattr(account, line)) for line in LIABILITIES if getattr(account, line)]
    sides = [f"  {line_name(line):24}{_plain(amount):>10}" for line, amount in left]
    sides.append(f"  {_('Total assets'):24}{_plain(account.assets):>10}")
    sides += [f"    {line_name(line):22}{_plain(amount):>10}" for line, amount in right]
    sides.append(f"    {_('Total liabilities'):22}{_plain(account.liabilities):>10}")
    return sides


def _plain(amount: Decimal) -> str:
    return number(amount, 0 if amount == amount.to_integral_value() else 2)


def _signed(amount: Decimal) -> str:
    return number(amount, 0 if amount == amount.to_integral_value() else 2, sign=True)
