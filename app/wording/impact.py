"""The words of what the tide did outside the Fed: the source document's figures beside today's."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.i18n import gettext as _
from app.wording.bridge import counted
from app.wording.errata import erratum
from app.wording.formats import day, number, percent


def measure_label(id: str) -> str:
    """A row of the table of impacts."""
    return {
        "money_multiplier": _("Money multiplier, M2 to base"),
        "bank_credit_growth": _("Bank credit, growth"),
        "loan_growth": _("Bank loans, growth"),
        "reserve_growth": _("Reserves, growth"),
        "assets_gdp": _("Fed assets to GDP"),
        "us_jp": _("10-year yield, US less Japan"),
        "us_ea": _("10-year yield, US less euro area"),
        "us_cn": _("10-year yield, US less China"),
        "em_spread": _("Emerging-market corporate spread"),
        "dollar": _("Broad dollar index"),
        "equities": _("S&P 500"),
        "growth_equities": _("Nasdaq Composite"),
        "volatility": _("VIX"),
        "foreign_inflow": _("Net foreign purchases of US securities"),
    }[id]


def measure_unit(unit: str) -> str:
    """The unit of a row of the table of impacts."""
    return {
        "ratio": _("ratio"),
        "percent": "%",
        "percent a year": _("% a year"),
        "percentage points": _("percentage points"),
        "USD billions": _("USD bn"),
        "index": _("index"),
    }[unit]


def _measures(ids: Sequence[str]) -> str:
    return _(", ").join(measure_label(id) for id in ids)


def _lending(v: Mapping[str, Any]) -> dict[str, str]:
    return {
        "first": number(v["first"], 2),
        "second": number(v["second"], 2),
        "loans": percent(v["loans"], 2),
        "reserves": percent(v["reserves"], 1),
    }


def _spreads(v: Mapping[str, Any]) -> str:
    named = {"us_jp": _("Japan {spread}"), "us_ea": _("euro area {spread}")}
    return _(", ").join(text.format(spread=number(v[id], 2, sign=True)) for id, text in named.items() if id in v)


SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    # Was the money lent on? Do yields pull? Does the paper still hold?
    "lending.no_data": lambda v: _("Cannot be said: no data for {measures}. Refresh, or take in files.").format(
        measures=_measures(v["missing"])
    ),
    "lending.not_lent": lambda v: _(
        "It was not: the multiplier fell from {first} to {second} in 2020 and 2021; loans grew {loans} a year, "
        "reserves {reserves}."
    ).format(**_lending(v)),
    "lending.lent": lambda v: _(
        "It was: the multiplier went from {first} to {second} in 2020 and 2021; loans grew {loans} a year, "
        "reserves {reserves}."
    ).format(**_lending(v)),
    "yields.no_data": lambda v: _("Cannot be said: no foreign 10-year yields are stored. Refresh."),
    "yields.wider": lambda v: _("Yes: spreads stand above those of the paper's cycle ({spreads}).").format(
        spreads=_spreads(v)
    ),
    "yields.narrower": lambda v: _("Less than in the paper's cycle: spreads stand below it ({spreads}).").format(
        spreads=_spreads(v)
    ),
    "yields.mixed": lambda v: _("Against one side only: one spread stands above the paper's cycle ({spreads}).").format(
        spreads=_spreads(v)
    ),
    "impact.none": lambda v: _("Cannot be said: none of the {printed} printed figures can be compared yet.").format(
        printed=v["printed"]
    ),
    "impact.holds": lambda v: counted(
        _("{same} of {printed} printed figures are the same on today's data; {missing} rows lack data."), v
    ),
    "impact.partly": lambda v: counted(
        _(
            "{same} of {printed} printed figures are the same on today's data, {apart} differ, each for the reason "
            "beside it; {missing} rows lack data."
        ),
        v,
    ),
    "impact.same": lambda v: _("The same."),
    "impact.no_data": lambda v: _("No data for {series}: refresh, or take in its file.").format(series=v["series"]),
    "impact.no_free_source": lambda v: _("No free source: enter or import {series}.").format(series=v["series"]),
    "impact.not_carried": lambda v: _("No source carries {series} yet.").format(series=v["series"]),
    "impact.span": lambda v: _("No data on the paper's dates ({start} to {end}).").format(
        start=day(v["start"]), end=day(v["end"])
    ),
    "impact.money_multiplier": lambda v: _(
        "M2 and the monetary base have been revised since; the paper's dates are taken as January 2020 "
        "and December 2021."
    ),
    "impact.assets_gdp": lambda v: _("GDP has been revised since."),
    "impact.loan_growth": lambda v: _(
        "Banks' assets are benchmarked anew every year, and the paper names neither series nor dates; "
        "here TOTLL from 1 Jan 2020 to 29 Dec 2021."
    ),
    "impact.reserve_growth": lambda v: erratum(8),
    "impact.yields": lambda v: _(
        "Month averages; the paper names neither the day nor the yield curve, and dates the cycle two ways."
    ),
    "impact.inflow_lines": lambda v: _(
        "The paper says more than USD 1 trillion and names no series; here net purchases of long-term securities (TIC)."
    ),
}
