"""The words about the Fed: answers of the cards, lines, layers, tiles, groups of data."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from app.i18n import gettext as _
from app.i18n import pgettext
from app.series.catalogue import CURRENCIES, SERIES
from app.series.series import Series
from app.wording import remarks, tide
from app.wording.formats import day, dollars, number, percent
from app.wording.terms import country


class _Line(Protocol):
    """What of a line its remark needs."""

    @property
    def status(self) -> str: ...
    @property
    def missing(self) -> tuple[str, ...]: ...


def line_label(id: str) -> str:
    """A line of the balance sheet."""
    return {
        "total_assets": _("Total assets"),
        "securities": _("Securities held outright"),
        "treasuries": _("US Treasuries"),
        "bills": _("Bills"),
        "notes_and_bonds": _("Notes and bonds"),
        "tips": _("Inflation-linked"),
        "inflation_compensation": _("Inflation compensation"),
        "agency_debt": _("Federal agency debt"),
        "mbs": _("Agency MBS"),
        "repos": _("Repos"),
        "loans_and_facilities": _("Loans and credit facilities"),
        "loans": _("Loans"),
        "credit_facilities": _("Credit facilities"),
        "swaps": _("Central bank swaps"),
        "other_assets": _("Other Fed assets"),
        "unlisted_assets": _("Other, unlisted"),
        "total_liabilities": _("Total liabilities"),
        "federal_reserve_notes": _("Federal Reserve notes"),
        "reverse_repos": _("Reverse repos"),
        "reverse_repos_foreign": _("Foreign official accounts"),
        "on_rrp": _("ON RRP and others"),
        "deposits": _("Deposits"),
        "term_deposits": _("Term deposits"),
        "depository_deposits": _("Deposits of banks"),
        "reserve_balances": _("Reserve balances"),
        "tga": _("Treasury (TGA)"),
        "foreign_official": _("Foreign official"),
        "other_deposits": _("Other deposits"),
        "treasury_contributions": _("Treasury contributions"),
        "unlisted_liabilities": _("Other, unlisted"),
        "capital": _("Capital"),
        "currency_in_circulation": _("Currency in circulation"),
        "rounding": _("Rounding"),
    }[id]


def layer_label(id: str) -> str:
    """A layer of the stacked composition."""
    return {
        "rest": pgettext("layer", "Other"),
        "treasuries": _("US Treasuries"),
        "mbs": _("Agency MBS"),
        "notes": pgettext("banknotes", "Notes"),
        "tga": _("Treasury account"),
        "reserves": _("Reserves"),
        "on_rrp": _("ON RRP"),
    }[id]


def tile_label(id: str, series: str = "") -> str:
    """A tile; reserves are named by the line they come from."""
    if id == "reserves" and series == "WRESBAL":
        return _("Reserves, week average")
    if id == "reserves" and series == "WLODLL":
        return _("Deposits of banks")
    return {
        "total_assets": _("Fed assets"),
        "reserves": _("Reserve balances"),
        "on_rrp": _("ON RRP usage"),
        "sofr_iorb": _("SOFR less IORB"),
    }[id]


def freshness_label(id: str) -> str:
    """A group of data in the status bar."""
    return {
        "h41": "H.4.1",
        "rates": _("Rates"),
        "on_rrp": _("ON RRP"),
        "yields": _("Yields"),
        "dollar": _("Dollar index"),
        "banks": _("US banks"),
        "money": _("Money stock"),
        "gdp": _("US GDP"),
        "fx": _("FX"),
    }[id]


def series_title(title: str) -> str:
    """The title of a series or of a derived figure; the catalogue of texts takes them from where they stand."""
    return _(title)


def series_name(series: Series) -> str:
    """A series by its title, that of a country or region with its name; the title of a currency says it itself."""
    if series.country is None or series in CURRENCIES:
        return series_title(series.title)
    return _("{country}: {title}").format(country=country(series.country), title=series_title(series.title))


def series_meaning(series: Series) -> str:
    """What exactly a series measures; empty where its title says it."""
    return _(series.meaning) if series.meaning else ""


def absence(code: str) -> str:
    """Why a series has no source, and what to do about it."""
    return {"no_free_source": _("No free source: enter or import it.")}[code]


def state_label(state: str) -> str:
    """How current a group of data is."""
    return {
        "fresh": _("up to date"),
        "late": _("one release missed"),
        "stale": _("several releases missed"),
        "empty": _("no data"),
    }[state]


def unit_label(unit: str) -> str:
    """A unit as it stands beside a figure."""
    return {
        "USD": _("USD"),
        "USD thousands": _("USD thousand"),
        "USD millions": _("USD m"),
        "USD billions": _("USD bn"),
        "USD trillions": _("USD tn"),
        "percent": "%",
        "basis points": _("bp"),
        "bp": _("bp"),
        "percent of GDP": _("% of GDP"),
        "percent of GNI": _("% of GNI"),
        "months": _("months"),
        "index": _("index"),
        "ratio": _("ratio"),
    }.get(unit, unit)


def status_text(line: _Line) -> str:
    """Why a line has no figure, or one that is not reported; empty for an ordinary figure."""
    status = line.status.removeprefix("against: ")
    if status in ("reported", "computed"):
        return ""
    if line.status == "different definitions":
        return _("The two dates have different definitions, so there is no change.")
    if status == "not yet":
        return _("Did not exist yet on the earlier date.") if status != line.status else _("Did not exist yet.")
    if status == "ended":
        return _("Had ended.")
    names = _(", ").join(_name(id) for id in line.missing)
    if status != line.status:
        return _("No data on the earlier date: {lines}.").format(lines=names)
    return _("No data: {lines}. Refresh, or take in files of the H.4.1.").format(lines=names)


def _name(id: str) -> str:
    """A line, or a series of the catalogue by its title."""
    return series_name(SERIES[id]) if id in SERIES else line_label(id)


def _names(values: Sequence[str]) -> str:
    words = {"target_range": _("target range"), "reserves": _("reserves"), "on_rrp": _("ON RRP")}
    known = {"total_assets": line_label("total_assets"), "treasuries": _("US Treasuries"), "mbs": _("Agency MBS")}
    return _(", ").join((words | known).get(value, value) for value in values)


def _billions(millions: float) -> str:
    return dollars(millions / 1000)


def _larger(v: Mapping[str, Any]) -> dict[str, str]:
    """What every sentence about two dates may need."""
    share = v["share"]
    return {
        "times": number(v["times"], 1) if v["times"] else "",
        "amount": _billions(abs(v["change"])),
        "share": percent(share, 0) if share is not None else "",
        "moved": _billions(abs(v["moved"])) if v["moved"] is not None else "",
    }


def _corridor(text: str, v: Mapping[str, Any]) -> str:
    return text.format(
        sofr=number(v["sofr"], 0, sign=True), effr=number(v["effr"], 0, sign=True), n=v.get("observations", "")
    )


_OWN = {
    # The balance sheet on one date or two.
    "sheet.no_assets": lambda v: _("Total assets of {day} are not known, so nothing can be said.").format(
        day=day(v["date"])
    ),
    "sheet.single": lambda v: _("Assets are {assets}; reserves are {share} of them.").format(
        assets=_billions(v["assets"]), share=percent(v["share"], 1)
    ),
    "sheet.single_unknown": lambda v: _("Assets are {assets}; reserves of that date are not known.").format(
        assets=_billions(v["assets"])
    ),
    "sheet.unchanged": lambda v: _("Assets are as large as before: {assets}.").format(assets=_billions(v["assets"])),
    "sheet.larger_part": lambda v: _(
        "Assets are {times} times as large; reserves, reverse repos and Treasury cash took {share} of the new money."
    ).format(**_larger(v)),
    "sheet.larger_more": lambda v: _(
        "Assets are {times} times as large; reserves, reverse repos and Treasury cash grew by {moved}, "
        "more than the assets."
    ).format(**_larger(v)),
    "sheet.larger_against": lambda v: _(
        "Assets are {times} times as large, yet reserves, reverse repos and Treasury cash fell by {moved}."
    ).format(**_larger(v)),
    "sheet.larger_unknown": lambda v: _(
        "Assets are {times} times as large; where the new money went cannot be said, because lines are missing."
    ).format(**_larger(v)),
    "sheet.grew_part": lambda v: _(
        "Assets grew by {amount}; reserves, reverse repos and Treasury cash took {share} of it."
    ).format(**_larger(v)),
    "sheet.grew_more": lambda v: _(
        "Assets grew by {amount}; reserves, reverse repos and Treasury cash grew by more, {moved}."
    ).format(**_larger(v)),
    "sheet.grew_against": lambda v: _(
        "Assets grew by {amount}, yet reserves, reverse repos and Treasury cash fell by {moved}."
    ).format(**_larger(v)),
    "sheet.grew_unknown": lambda v: _(
        "Assets grew by {amount}; where the new money went cannot be said, because lines are missing."
    ).format(**_larger(v)),
    "sheet.shrank_part": lambda v: _(
        "Assets fell by {amount}; reserves, reverse repos and Treasury cash bore {share} of it."
    ).format(**_larger(v)),
    "sheet.shrank_more": lambda v: _(
        "Assets fell by {amount}; reserves, reverse repos and Treasury cash fell by more, {moved}."
    ).format(**_larger(v)),
    "sheet.shrank_against": lambda v: _(
        "Assets fell by {amount}, yet reserves, reverse repos and Treasury cash grew by {moved}."
    ).format(**_larger(v)),
    "sheet.shrank_unknown": lambda v: _(
        "Assets fell by {amount}; who bore it cannot be said, because lines are missing."
    ).format(**_larger(v)),
    # What is it made of?
    "composition.assets": lambda v: _("{treasuries} Treasuries, {mbs} agency MBS, {rest} everything else.").format(
        treasuries=percent(v["treasuries"], 0), mbs=percent(v["mbs"], 0), rest=percent(v["rest"], 0)
    ),
    "composition.liabilities": lambda v: _("{reserves} reserves, {on_rrp} ON RRP, {rest} everything else.").format(
        reserves=percent(v["reserves"]), on_rrp=percent(v["on_rrp"]), rest=percent(v["rest"])
    ),
    "composition.no_data": lambda v: _("Cannot be said: no history of {lines}. Refresh, or take in files.").format(
        lines=_names(v["missing"])
    ),
    # Is the corridor holding?
    "corridor.no_data": lambda v: _("Cannot be said: no data for {lines}. Refresh, or take in files.").format(
        lines=_names(v["missing"])
    ),
    "corridor.holding": lambda v: _corridor(_("Yes: SOFR stands {sofr} bp and EFFR {effr} bp from IORB."), v),
    "corridor.firm": lambda v: _corridor(
        _("Yes, but repo is firm: SOFR has stood above IORB for {n} days, now {sofr} bp."), v
    ),
    "corridor.repo_above": lambda v: _corridor(
        _("Only just: SOFR is above the target range, {sofr} bp from IORB; EFFR is inside."), v
    ),
    "corridor.broken_above": lambda v: _corridor(_("No: EFFR is above the target range, {effr} bp from IORB."), v),
    "corridor.broken_below": lambda v: _corridor(_("No: EFFR is below the target range, {effr} bp from IORB."), v),
}
SENTENCES = remarks.SENTENCES | tide.SENTENCES | _OWN


def role_label(role: str) -> str:
    """Why a line stands apart in the table; empty for an ordinary one."""
    return {"memo": pgettext("balance sheet", "memo"), "balancing": pgettext("balance sheet", "balancing")}.get(
        role, ""
    )
