"""How run-off works: the Fed's T-account before, while and after maturing Treasuries are paid, for each who pays.

Figure 4 of the source document, and the two other channels of its text: money funds give up ON RRP, the Treasury pays
from its cash. Amounts are decimals in one unit throughout (the document's is 亿美元, USD 100 millions).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from alerts.finding import Finding
from app.refusals import Misused

HUNDRED = Decimal(100)


class Channel(StrEnum):
    """Who pays for the securities that the Fed no longer renews."""

    BANKS = "banks"
    MONEY_FUNDS = "money-funds"
    TREASURY_CASH = "treasury-cash"


@dataclass(frozen=True, slots=True)
class Account:
    """The Fed's balance sheet in the figure's lines."""

    treasuries: Decimal
    reserves: Decimal
    on_rrp: Decimal
    tga: Decimal
    other: Decimal
    other_assets: Decimal = Decimal(0)

    @property
    def assets(self) -> Decimal:
        """The left side."""
        return self.treasuries + self.other_assets

    @property
    def liabilities(self) -> Decimal:
        """The right side, capital with it."""
        return self.reserves + self.on_rrp + self.tga + self.other

    @property
    def closes(self) -> bool:
        """Whether both sides are equal."""
        return self.assets == self.liabilities


#: Lines in the order of the figure.
ASSETS: tuple[str, ...] = ("treasuries", "other_assets")
LIABILITIES: tuple[str, ...] = ("reserves", "on_rrp", "tga", "other")
#: Figure 4: 1000 of Treasuries against reserves of 700, Treasury cash of 200 and 100 of other liabilities.
FIGURE_4 = Account(Decimal(1000), Decimal(700), Decimal(0), Decimal(200), Decimal(100))


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of one line and why: `reason` is its sentence."""

    line: str
    change: Decimal
    reason: Finding


@dataclass(frozen=True, slots=True)
class Stage:
    """The account at one of three moments, with the entries that led to it."""

    number: int
    account: Account
    entries: tuple[Entry, ...]
    reason: Finding


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The three stages for an amount and a mix; `on_rrp_carved` says that Figure 4's "other" stands for ON RRP."""

    amount: Decimal
    mix: Mapping[Channel, Decimal]
    stages: tuple[Stage, Stage, Stage]
    finding: Finding
    on_rrp_carved: bool


def opening(mix: Mapping[Channel, Decimal]) -> Account:
    """Figure 4's account; where money funds pay, its "other" is shown as the ON RRP that the figure leaves out."""
    if mix.get(Channel.MONEY_FUNDS, Decimal(0)) > 0:
        return Account(FIGURE_4.treasuries, FIGURE_4.reserves, FIGURE_4.other, FIGURE_4.tga, Decimal(0))
    return FIGURE_4


def demonstrate(amount: Decimal, mix: Mapping[Channel, Decimal], start: Account | None = None) -> Demonstration:
    """The three stages of an amount that matures and is not renewed; `mix` is percent by channel.

    Misused "t_account.amount" (not above zero), "t_account.mix" (not 100 percent), "t_account.too_much" (a line, or
    the Treasuries, hold less than they would have to give).
    """
    if not amount.is_finite() or amount <= 0:
        raise Misused("t_account.amount", amount=amount)
    if any(not share.is_finite() or share < 0 for share in mix.values()) or sum(mix.values()) != HUNDRED:
        raise Misused("t_account.mix", total=sum(mix.values()))
    first = start or opening(mix)
    given = _given(amount, mix)
    banks, funds, cash = (given[channel] for channel in Channel)
    raised = banks + funds
    for line, needed in (("treasuries", amount), ("reserves", banks), ("on_rrp", funds), ("tga", cash)):
        if needed > getattr(first, line):
            raise Misused("t_account.too_much", line=line, held=getattr(first, line), needed=needed)
    paying = [
        Entry("reserves", -banks, Finding("t_account.entry.banks", {"amount": banks})),
        Entry("on_rrp", -funds, Finding("t_account.entry.money_funds", {"amount": funds})),
        Entry("tga", raised, Finding("t_account.entry.treasury_raises", {"amount": raised})),
    ]
    cash_case = "all" if cash == amount else "some" if cash else "none"
    repaying = [
        Entry("treasuries", -amount, Finding("t_account.entry.matured", {"amount": amount})),
        Entry("tga", -amount, Finding(f"t_account.entry.repaid_{cash_case}", {"amount": amount, "cash": cash})),
    ]
    before = Stage(1, first, (), Finding("t_account.stage.before", {"amount": amount}))
    second = _stage(2, first, paying, Finding("t_account.stage.raise" if raised else "t_account.stage.no_raise"))
    third = _stage(3, second.account, repaying, Finding("t_account.stage.repaid", {"amount": amount}))
    return Demonstration(
        amount, dict(mix), (before, second, third), _answer(amount, given), start is None and funds > 0
    )


def _given(amount: Decimal, mix: Mapping[Channel, Decimal]) -> dict[Channel, Decimal]:
    """Each channel's amount; the last that pays takes what rounding leaves."""
    given = {channel: (amount * mix.get(channel, Decimal(0)) / HUNDRED) for channel in Channel}
    paying = [channel for channel in Channel if given[channel]]
    given[paying[-1]] += amount - sum(given.values())
    return given


def _stage(number: int, before: Account, entries: list[Entry], reason: Finding) -> Stage:
    made = tuple(entry for entry in entries if entry.change)
    lines = {line: getattr(before, line) for line in (*ASSETS, *LIABILITIES)}
    for entry in made:
        lines[entry.line] += entry.change
    return Stage(number, Account(**lines), made, reason)


def _answer(amount: Decimal, given: Mapping[Channel, Decimal]) -> Finding:
    """Cases: t_account.banks, t_account.money_funds, t_account.treasury_cash, t_account.mixed."""
    paying = [channel for channel in Channel if given[channel]]
    values = {"amount": amount, "given": {channel.value: given[channel] for channel in paying}}
    case = paying[0].value.replace("-", "_") if len(paying) == 1 else "mixed"
    return Finding(f"t_account.{case}", values)
