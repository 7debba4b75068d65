"""The words of the pages on dollar liquidity: reserves, ON RRP, the Treasury's account, rates, marked days."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording.formats import day, dollars, number, percent


def scale_word(scale: str) -> str:
    """A unit of the balance sheet as a heading writes it."""
    return {"usd_m": _("USD m"), "usd_bn": _("USD bn"), "usd_yi": "亿美元", "gdp": _("% of GDP")}[scale]


def claim_label(id: str) -> str:
    """Who holds the money that the Fed created."""
    return {"reserves": _("Reserves"), "on_rrp": _("ON RRP"), "tga": _("Treasury account")}[id]


def track_label(id: str) -> str:
    """A line of a chart by the id of its series or derived figure."""
    return {
        "WRBWFRBL": _("Reserve balances"),
        "WLODLL": _("Deposits of banks"),
        "WRESBAL": _("Reserves, week average"),
        "RRPONTSYD": _("ON RRP"),
        "WLRRAOL": _("ON RRP, Wednesdays"),
        "RRPONTSYAWARD": _("ON RRP rate"),
        "REQRESNS": _("Required reserves"),
        "EXCSRESNS": _("Excess reserves"),
        "TGA_CLOSE": _("Treasury account, daily"),
        "WDTGAL": _("Treasury account, Wednesdays"),
        "WTREGEN": _("Treasury account, week average"),
        "SRF": _("SRF take-up"),
        "SRF_RATE": _("SRF minimum bid rate"),
        "DFEDTARU": _("Range high"),
        "DFEDTARL": _("Range low"),
        "M2_BASE": _("M2 to monetary base"),
        "us_jp": _("US less Japan"),
        "us_ea": _("US less euro area"),
        "us_cn": _("US less China"),
    }.get(id, id)


def event_kind(kind: str) -> str:
    """A kind of marked days."""
    return {
        "runoff": _("Purchases and run-off"),
        "fomc": _("FOMC statements"),
        "tax": _("Tax dates"),
        "quarter_end": _("Quarter-ends"),
        "month_end": _("Month-ends"),
    }[kind]


def event_label(kind: str, code: str) -> str:
    """What stands beside a marked day; empty where the kind says enough."""
    return {
        "purchases_1": _("QE1"),
        "purchases_2": _("QE2"),
        "purchases_3": _("QE3"),
        "taper_talk": _("Taper talk"),
        "purchases_3_end": _("QE3 ends"),
        "runoff_1_start": _("QT1"),
        "runoff_1_end": _("QT1 ends"),
        "purchases_4": _("QE4"),
        "runoff_2_plan": _("QT2 plan"),
        "runoff_2_start": _("QT2"),
        "runoff_2_slower": _("QT2 slower"),
        "runoff_2_slowest": _("QT2 slower still"),
        "runoff_2_end": _("QT2 ends"),
        "reserve_management": _("Reserve management purchases"),
    }.get(code, "")


def turn_label(kind: str, on: date) -> str:
    """A month- or quarter-end by its day."""
    if kind == "quarter_end":
        return _("Quarter-end {day}").format(day=day(on))
    return _("Month-end {day}").format(day=day(on))


def category_side(side: str) -> str:
    """Whether money came into the Treasury's account or left it."""
    return {"deposits": _("Comes from"), "withdrawals": _("Goes to")}[side]


def _level(text: str, v: Mapping[str, Any]) -> str:
    values = {"level": dollars(v["level"], 1), "day": day(v["date"])}
    if "change" in v:
        values |= {"change": dollars(abs(v["change"]), 1)}
    if "peak" in v:
        values |= {"peak": dollars(v["peak"], 1), "peak_day": day(v["peak_date"])}
    return text.format(**values)


def _held(text: str, v: Mapping[str, Any]) -> str:
    """A sentence on reserves, with their share where there is one."""
    said = _level(text, v)
    if v.get("share") is None:
        return said
    share = percent(v["share"], 1)
    if v["of"] == "total_liabilities":
        tail = _("That is {share} of the Fed's liabilities.").format(share=share)
    else:
        tail = _("That is {share} of the Fed's assets; total liabilities have no history here.").format(share=share)
    return pgettext("two sentences", "{first} {second}").format(first=said, second=tail)


def _bp(value: float) -> str:
    return number(value, 0, sign=True)


SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    # How much do banks hold?
    "reserves.no_data": lambda v: _("Cannot be said: no data for {series}. Refresh, or take in files.").format(
        series=v["series"]
    ),
    "reserves.level": lambda v: _held(_("Banks hold {level} at the Fed on {day}."), v),
    "reserves.steady": lambda v: _held(_("Banks hold {level} at the Fed ({day}), hardly changed in a year."), v),
    "reserves.rising": lambda v: _held(
        _("Banks hold {level} at the Fed ({day}), {change} more than a year before."), v
    ),
    "reserves.falling": lambda v: _held(
        _("Banks hold {level} at the Fed ({day}), {change} less than a year before."), v
    ),
    "required.ended": lambda v: _(
        "Nothing has been required since {since}; the series of required and excess reserves end with {last}."
    ).format(since=day(v["since"]), last=day(v["last"])),
    "required.no_data": lambda v: _(
        "Nothing has been required since {since}. The ended series of required and excess reserves (REQRESNS, "
        "EXCSRESNS) are not stored: refresh, or take in their files."
    ).format(since=day(v["since"])),
    # What is left of the ON RRP buffer?
    "on_rrp.no_data": lambda v: _("Cannot be said: no data for {series}. Refresh, or take in files.").format(
        series=v["series"]
    ),
    "on_rrp.empty": lambda v: (
        _level(_("Nothing to speak of: ON RRP is {level} ({day}), after {peak} on {peak_day}."), v)
        if "peak" in v
        else _level(_("Nothing to speak of: ON RRP is {level} ({day})."), v)
    ),
    "on_rrp.level": lambda v: _level(_("ON RRP holds {level} on {day}."), v),
    "on_rrp.steady": lambda v: _level(_("ON RRP holds {level} ({day}), hardly changed in a year."), v),
    "on_rrp.rising": lambda v: _level(_("ON RRP holds {level} ({day}), {change} more than a year before."), v),
    "on_rrp.falling": lambda v: _level(
        _("ON RRP holds {level} ({day}), {change} less than a year before: it drains first."), v
    ),
    "award.no_data": lambda v: _("The award rate (RRPONTSYAWARD) is not stored: refresh, or take in its file."),
    # Does the Treasury take money out?
    "tga.no_data": lambda v: _("Cannot be said: no data for {series}. Refresh, or take in files.").format(
        series=v["series"]
    ),
    "tga.level": lambda v: _level(_("The Treasury holds {level} on {day}."), v),
    "tga.steady": lambda v: _level(_("No: the Treasury holds {level} ({day}), hardly changed in four weeks."), v),
    "tga.rising": lambda v: _level(
        _("Yes: the Treasury holds {level} ({day}), {change} more than four weeks before; reserves lose as much."), v
    ),
    "tga.falling": lambda v: _level(
        _("No, it pays out: the Treasury holds {level} ({day}), {change} less than four weeks before."), v
    ),
    "tga.weekly": lambda v: _(
        "Wednesday levels; the daily balance comes from the Daily Treasury Statement once that source has been fetched."
    ),
    # Where does the Treasury's cash come from, and where does it go?
    "cash.not_carried": lambda v: _(
        "Cannot be said yet: deposits and withdrawals by category of the Daily Treasury Statement are not stored."
    ),
    "cash.no_data": lambda v: _(
        "Cannot be said: no deposits and withdrawals of the Daily Treasury Statement in these days. Refresh."
    ),
    "cash.drew": lambda v: _cash(
        _("More went out than came in, by {net}; most came from {source} and most went to {use}."), v
    ),
    "cash.built": lambda v: _cash(
        _("More came in than went out, by {net}; most came from {source} and most went to {use}."), v
    ),
    # Do rates hold at the turn?
    "turn.no_data": lambda v: _("Cannot be said: no quarter-end with SOFR and IORB is stored. Refresh."),
    "turn.calm": lambda v: _turn(
        _(
            "The last quarter-end ({day}) was calm: SOFR moved {jump} bp; the worst of eight was {worst} bp "
            "on {worst_day}."
        ),
        v,
    ),
    "turn.firm": lambda v: _turn(
        _(
            "The last quarter-end ({day}) was firm: SOFR jumped {jump} bp; the worst of eight was {worst} bp "
            "on {worst_day}."
        ),
        v,
    ),
    "srf.not_carried": lambda v: _("Take-up of the Standing Repo Facility has no source here yet."),
    "srf.no_data": lambda v: _("No take-up of the Standing Repo Facility is stored. Refresh."),
    "srf.unused": lambda v: _("The Standing Repo Facility has not been used."),
    "srf.used": lambda v: _("The Standing Repo Facility lent {amount} on {day}.").format(
        amount=dollars(v["amount"], 1), day=day(v["date"])
    ),
    "srf.used_before": lambda v: _(
        "The Standing Repo Facility lends nothing now; last it lent {before} on {day}."
    ).format(before=dollars(v["before"], 1), day=day(v["on"])),
}


def _turn(text: str, v: Mapping[str, Any]) -> str:
    return text.format(day=day(v["date"]), jump=_bp(v["jump"]), worst=_bp(v["worst"]), worst_day=day(v["worst_date"]))


def _cash(text: str, v: Mapping[str, Any]) -> str:
    return text.format(net=dollars(abs(v["net"]), 1), source=v["source"], use=v["use"])
