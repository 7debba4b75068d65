"""The words of run-off: the T-account's entries, the simulator's answers and notes, the proof, SOMA maturities."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import soma, t_account
from app.wording.formats import day, dollars, number, percent
from app.wording.months import month_name as month_name
from app.wording.months import short_month as short_month

Values = Mapping[str, Any]
_BILLION = 10**9


def line_name(line: str) -> str:
    """A line of the simulated balance sheet."""
    return {
        "total_assets": _("Total assets"),
        "treasuries": _("US Treasuries"),
        "mbs": _("Agency MBS"),
        "other_assets": _("Other assets"),
        "reserves": _("Reserves"),
        "on_rrp": _("ON RRP"),
        "tga": _("Treasury account"),
        "notes": pgettext("banknotes", "Notes"),
        "foreign_rrp": _("Foreign official repos"),
        "other": _("Other liabilities"),
        "other_liabilities": _("Other liabilities"),
    }[line]


def ample_unit(unit: str) -> str:
    """What the floor of ample is measured in."""
    return {
        "usd_billions": _("USD bn"),
        "percent_of_gdp": _("% of GDP"),
        "percent_of_bank_assets": _("% of bank assets"),
    }[unit]


def agency_into(target: str) -> str:
    """What reinvested agency principal buys."""
    return {"mbs": _("Agency MBS"), "treasuries": _("Treasuries"), "bills": _("Treasury bills")}[target]


def field_name(name: str) -> str:
    """An assumption of a scenario, as refusals name it."""
    return {
        "treasury_cap": _("cap on Treasuries"),
        "agency_cap": _("cap on agency securities"),
        "purchases": _("purchases"),
        "pay_down": _("agency principal"),
        "coupons_due": _("maturing coupon securities"),
        "bill_months": _("life of a bill"),
        "on_rrp_floor": _("floor of ON RRP"),
        "tga_floor": _("floor of the Treasury account"),
        "ample": _("floor of ample reserves"),
        "notes": _("growth of notes"),
        "foreign_rrp": _("change of foreign official repos"),
        "other_liabilities": _("change of other liabilities"),
        "other_assets": _("change of other assets"),
        "growth": _("growth of GDP or bank assets"),
    }[name]


def _names(values: Any) -> str:
    return _(", ").join(line_name(value) for value in values)


def _crossed(v: Values) -> str:
    return _("{month}, month {place} of {months}.").format(
        month=month_name(v["month"]), place=v["place"], months=v["months"]
    )


def _emptied(months: str, v: Values) -> str:
    return months.format(place=v["place"], share=percent(v["share"], 0))


_OWN: dict[str, Callable[[Values], str]] = {
    # The simulator's answers.
    "runoff.crossed": _crossed,
    "runoff.already_below": lambda v: _("They already are not: {gap} below the floor on {day}.").format(
        gap=dollars(v["gap"], 0), day=day(v["date"])
    ),
    "runoff.exhausted": lambda v: _(
        "Reserves would fall below zero in {month}, month {place} of {months}: this cannot happen as assumed."
    ).format(month=month_name(v["month"]), place=v["place"], months=v["months"]),
    "runoff.no_floor": lambda v: _(
        "The floor in {unit} cannot be drawn: that figure has no data. Reserves are lowest in {month}, at {lowest}."
    ).format(unit=ample_unit(v["unit"]), month=month_name(v["lowest_month"]), lowest=dollars(v["lowest"], 0)),
    "runoff.stays_above": lambda v: _("Not within {months} months: the least room above the floor is {above}.").format(
        months=v["months"], above=dollars(v["above"], 0)
    ),
    "runoff.on_rrp_empty": lambda v: _emptied(
        ngettext(
            "ON RRP is empty within a month, so reserves carry {share} of the run-off.",
            "ON RRP is empty within {place} months, so reserves carry {share} of the run-off.",
            v["place"],
        ),
        v,
    ),
    "runoff.tga_empty": lambda v: _emptied(
        ngettext(
            "The Treasury's account is at its floor within a month; reserves carry {share} of the run-off.",
            "The Treasury's account is at its floor within {place} months; reserves carry {share} of the run-off.",
            v["place"],
        ),
        v,
    ),
    "runoff.grows": lambda v: _("Purchases outweigh the run-off: assets grow by {amount} in {months} months.").format(
        amount=dollars(v["amount"], 0), months=v["months"]
    ),
    "pace.none": lambda v: _("Nothing runs off in {months} months: everything that matures is rolled over.").format(
        months=v["months"]
    ),
    "pace.grows": lambda v: _(
        "Purchases of {bought} outweigh what runs off: assets grow by {grown} in {months} months."
    ).format(bought=dollars(v["bought"], 0), grown=dollars(-v["run_off"], 0), months=v["months"]),
    "pace.full": lambda v: _("{run_off} run off in {months} months, as much as the caps allow.").format(
        run_off=dollars(v["run_off"], 0), months=v["months"]
    ),
    "pace.short": lambda v: _("{run_off} run off in {months} months; the caps would allow {allowed}.").format(
        run_off=dollars(v["run_off"], 0), months=v["months"], allowed=dollars(v["allowed"], 0)
    ),
    "compare.one": lambda _v: _("Save two scenarios or more to see them side by side."),
    "compare.none_crosses": lambda v: _(
        "None of {count} reaches its floor; {name} ends with the least reserves, {reserves}."
    ).format(count=v["count"], name=v["name"], reserves=dollars(v["reserves"], 0)),
    "compare.first": lambda v: _(
        "{name} reaches its floor first, in {month}; {crossing} of {count} reach theirs."
    ).format(name=v["names"][0], month=month_name(v["month"]), crossing=v["crossing"], count=v["count"]),
    "compare.together": lambda v: _("{names} reach their floor in the same month, {month}.").format(
        names=_(", ").join(v["names"]), month=month_name(v["month"])
    ),
    # What must be said beside a result.
    "runoff.note.no_ladder": lambda v: _(
        "No maturity ladder: {percent} of the coupon securities are taken to mature every month. "
        "Take in the New York Fed's holdings to use their own dates."
    ).format(percent=percent(v["percent"], 1)),
    "runoff.note.pay_down_measured": lambda v: _(
        "Agency principal: {percent} of what is held a month, the average of the last 12 months."
    ).format(percent=percent(v["percent"], 2)),
    "runoff.note.pay_down_declared": lambda v: _(
        "Agency principal: {percent} of what is held a month, declared, because the last 12 months do not tell it."
    ).format(percent=percent(v["percent"], 2)),
    "runoff.note.pay_down_given": lambda v: _(
        "Agency principal: {percent} of what is held a month, as entered."
    ).format(percent=percent(v["percent"], 2)),
    "runoff.note.unknown_lines": lambda v: _(
        "No figure on {day}: {lines}. They are part of other liabilities, and what they would pay falls on reserves."
    ).format(day=day(v["date"]), lines=_names(v["lines"])),
    "runoff.note.week_average": lambda v: _(
        "Reserves of {day} are the week's average, not the Wednesday's level."
    ).format(day=day(v["date"])),
    "runoff.note.not_published": lambda v: _(
        "No caps were announced for {month}: without caps of your own everything is taken as rolled over."
    ).format(month=month_name(v["month"])),
    "runoff.note.purchases": lambda v: _(
        "Purchases of bills, up to {amount} in {month}, are an assumption beyond the first announced amount."
    ).format(amount=dollars(v["amount"], 0), month=month_name(v["month"])),
    "runoff.note.rest_of_month": lambda v: _(
        "What is left of the start's month is not simulated; {month} comes first."
    ).format(month=month_name(v["month"])),
    # How wrong it was.
    "backtest.none": lambda _v: _("Not known: neither past run-off has all its data here."),
    "backtest.one": lambda v: _(
        "{percent} of assets on average in {episode}; the other run-off has no data here."
    ).format(percent=percent(v["percent"], 1), episode=v["episode"]),
    "backtest.all": lambda v: _("{percent} of assets or better, on average; at the end {end} or better.").format(
        percent=percent(v["percent"], 1), end=percent(v["end"], 1)
    ),
}
SENTENCES = t_account.SENTENCES | soma.SENTENCES | _OWN


def _split(v: Values) -> tuple[str, str]:
    total = percent(v["total"], 0)
    if v["month"] is None:
        said = _("The shares of who pays add up to {total}.").format(total=total)
    else:
        said = _("The shares of who pays in {month} add up to {total}.").format(
            month=month_name(v["month"]), total=total
        )
    return said, _("Change them so that they add up to 100 % and none is below zero.")


def _again(v: Values) -> str:
    return _("Enter a number from {low} to {high}.").format(low=number(v["low"]), high=number(v["high"]))


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "runoff.no_data": lambda _v: (
        _("There is no balance sheet from which a simulation could begin."),
        _("Refresh, or take in files of the H.4.1: total assets, Treasuries, agency MBS and reserves are needed."),
    ),
    "runoff.no_start": lambda v: (
        _("A simulation cannot begin on {day}: there is no figure for {lines}.").format(
            day=day(v["date"]), lines=_names(v["missing"])
        ),
        _("Choose a Wednesday with these lines, or take in files of the H.4.1 that have them."),
    ),
    "runoff.no_backtest": lambda v: (
        _("{episode} cannot be tested: a line lacks data between {start} and {end}.").format(
            episode=v["episode"], start=day(v["start"]), end=day(v["end"])
        ),
        _("Refresh, or take in files with total assets, Treasuries and agency MBS of those years."),
    ),
    "runoff.no_weights": lambda _v: (
        _("There is no amount above zero to share out by."),
        _("Give the offering amounts, such as 24,21,13."),
    ),
    "runoff.no_holdings": lambda _v: (
        _("There are no holdings of the open market account."),
        _("Refresh the New York Fed, or take in a file of its holdings."),
    ),
    "t_account.amount": lambda _v: (
        _("The amount must be above zero."),
        _("Enter what matures and is not renewed, such as 10."),
    ),
    "t_account.mix": lambda v: (
        _("The channels' shares add up to {total}.").format(total=percent(v["total"], 0)),
        _("Change them so that they add up to 100 % and none is below zero."),
    ),
    "t_account.too_much": lambda v: (
        _("{line}: {needed} would have to come from {held}.").format(
            line=line_name(v["line"]),
            held=t_account.short_amount(v["held"]),
            needed=t_account.short_amount(v["needed"]),
        ),
        _("Enter a smaller amount, or let another channel pay."),
    ),
    "scenario.not_toml": lambda v: (
        _("The scenario file cannot be read: {reason}.").format(reason=v["reason"]),
        _("Write it as TOML; a saved scenario exported from here shows every key."),
    ),
    "scenario.no_file": lambda v: (
        _("There is no file {file}.").format(file=v["file"]),
        _("Name a scenario file that is there."),
    ),
    "scenario.unknown_key": lambda v: (
        _("The scenario file has a key that means nothing here: {key}.").format(key=v["key"]),
        _("Take it out or correct it; a saved scenario exported from here shows every key."),
    ),
    "scenario.bad_value": lambda v: (
        _("The value of {key} in the scenario file is not usable.").format(key=v["key"]),
        _("Expected there: {expected}.").format(expected=v["expected"]),
    ),
    "scenario.out_of_range": lambda v: (
        _("{value} is out of range for the {field}.").format(value=v["value"], field=field_name(v["field"])),
        _again(v),
    ),
    "scenario.split": _split,
    "scenario.horizon": lambda v: (
        _("A horizon of {months} months is not possible.").format(months=v["months"]),
        _("Choose 1 to {most} months.").format(most=v["most"]),
    ),
    "scenario.no_name": lambda _v: (
        _("A scenario is saved under a name of 1 to 128 characters."),
        _("Give it a name."),
    ),
    "scenario.unknown": lambda v: (
        _("There is no saved scenario {name}.").format(name=v["name"]),
        _("See those that are: tidewatch runoff scenarios."),
    ),
}
