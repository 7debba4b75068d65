"""Every published series the program knows, one explicit row each.

Ids are FRED's where FRED has the series, otherwise the Board's code; those of countries are in `country_series`,
those of other markets in `foreign_series`. Ranges are absolute and wide: they catch a change of unit, not a bad day.
Titles are the publisher's; `app.wording.liquidity` has the reader's.
"""

from collections.abc import Mapping
from datetime import date

from app.series.country_series import COUNTRIES
from app.series.country_series import CURRENCIES as CURRENCIES
from app.series.entered_series import ENTERED
from app.series.foreign_series import FOREIGN
from app.series.market_series import MARKETS
from app.series.series import Series
from app.series.units import BILLIONS as BILLIONS
from app.series.units import MILLIONS, PERCENT


def _on_fred(id: str) -> tuple[tuple[str, str], ...]:
    """FRED's two ways: the one with a key, which tells units and vintages, and without it the chart download."""
    return (("fred", id), ("fredgraph", id))


def _h41(
    id: str,
    title: str,
    ddp: str | None,
    *,
    low: float = 0,
    high: float = 20_000_000,
    first: date | None = None,
    last: date | None = None,
) -> Series:
    """A Wednesday level of the H.4.1 in millions; one with a Board code as its id is not on FRED."""
    sources: tuple[tuple[str, str], ...] = (("ddp", f"{ddp}.WW"),) if ddp else ()
    if ddp and id != ddp:
        sources += _on_fred(id)
    return Series(id, title, MILLIONS, "weekly", "h41", low, high, sources, first, last, whole=True)


def _rate(id: str, title: str, frequency: str, release: str, last: date | None = None, desk: bool = False) -> Series:
    """A rate on FRED; first-hand from the New York Fed where its `desk` publishes it."""
    first_hand = (("nyfed", id),) if desk else ()
    return Series(id, title, PERCENT, frequency, release, 0, 25, (*first_hand, *_on_fred(id)), None, last)


def _fred(
    id: str, title: str, unit: str, frequency: str, release: str, low: float, high: float, ddp: str | None = None
) -> Series:
    sources = (("ddp", ddp), *_on_fred(id)) if ddp else _on_fred(id)
    return Series(id, title, unit, frequency, release, low, high, sources, whole=ddp is not None)


def _ended(id: str, title: str, unit: str, frequency: str, release: str, low: float, high: float, last: date) -> Series:
    return Series(id, title, unit, frequency, release, low, high, _on_fred(id), None, last)


#: Net portfolio holdings of the facility companies, each from its effective date to its last Wednesday above zero.
#: Corporate credit and CPFF II end where "Reserve Bank credit" less its listed parts turns to zero (H.4.1, 2021);
#: the dates of 2008 to 2018 are those of public accounts. No end is set where none is known.
#: Where no Board code was seen in a real payload there is no source: the dates with such a company say so.
FACILITIES: tuple[Series, ...] = (
    _h41("RESPPAAML1H_N", "Maiden Lane LLC", "RESPPAAML1H_N", first=date(2008, 6, 26), last=date(2018, 9, 26)),
    _h41("MAIDEN_LANE_II", "Maiden Lane II LLC", None, first=date(2008, 12, 17), last=date(2014, 11, 12)),
    _h41("MAIDEN_LANE_III", "Maiden Lane III LLC", None, first=date(2008, 11, 26), last=date(2014, 11, 12)),
    _h41("CPFF_LLC", "Commercial Paper Funding Facility LLC", None, first=date(2008, 10, 29), last=date(2010, 8, 25)),
    _h41("TALF_LLC", "TALF LLC", None, first=date(2009, 3, 25), last=date(2014, 11, 12)),
    _h41(
        "CPFF_II_LLC", "Commercial Paper Funding Facility II LLC", None, first=date(2020, 4, 14), last=date(2021, 7, 7)
    ),
    _h41("CCF_LLC", "Corporate Credit Facilities LLC", None, first=date(2020, 5, 12), last=date(2021, 11, 17)),
    _h41("RESPPAADH_N", "Municipal Liquidity Facility LLC", "RESPPAADH_N", first=date(2020, 5, 26)),
    _h41("RESPPAAEH_N", "MS Facilities LLC (Main Street)", "RESPPAAEH_N", first=date(2020, 6, 1)),
    _h41("RESPPAATAL2H_N", "TALF II LLC", "RESPPAATAL2H_N", first=date(2020, 6, 16)),
)

BALANCE_SHEET: tuple[Series, ...] = (
    _h41("WALCL", "Total assets", "RESPPMA_N", low=300_000),
    _h41("WSHOSHO", "Securities held outright", "RESPPALG_N", low=100_000),
    _h41("TREAST", "US Treasury securities", "RESPPALGUO_N", low=100_000),
    _h41("WSHOBL", "Treasury bills", "RESPPALGUOB_N"),
    _h41("WSHONBNL", "Treasury notes and bonds, nominal", "RESPPALGUOMN_N", low=50_000),
    _h41("WSHONBIIL", "Treasury notes and bonds, inflation-indexed", "RESPPALGUOMI_N", low=3_000),
    _h41("WSHOICL", "Inflation compensation", "RESPPALGUOMC_N"),
    _h41("WSHOFADSL", "Federal agency debt securities", "RESPPALGAO_N"),
    _h41("WSHOMCB", "Mortgage-backed securities", "RESPPALGASMO_N"),
    _h41("WUPSHO", "Unamortized premiums on securities", "RESPPALSP_N"),
    _h41("WUDSHO", "Unamortized discounts on securities", "RESPPALSD_N"),
    _h41("WORAL", "Repurchase agreements", "RESPPALGTR_N"),
    _h41("RESPPALGTRF_N", "Repurchase agreements, foreign official", "RESPPALGTRF_N"),
    _h41("RESPPALGTRO_N", "Repurchase agreements, others", "RESPPALGTRO_N"),
    _h41("WLCFLL", "Loans", "RESPPALD_N"),
    _h41("H41RESPPALDKNWW", "Bank Term Funding Program, net", "RESPPALDK_N", first=date(2023, 3, 15)),
    _h41("SWPT", "Central bank liquidity swaps", "RESH4SCS_N", first=date(2007, 12, 20)),
    _h41("RESH4SO_N", "Other Federal Reserve assets", "RESH4SO_N"),
    _h41("WAOAL", "Other assets (condition statement)", "RESPPAO_N"),
    _h41("WFCDA", "Foreign currency denominated assets", "RESPPAOF_N"),
    _h41("RESPPAG_N", "Gold certificate account", "RESPPAG_N"),
    _h41("RESPPAS_N", "Special drawing rights certificate account", "RESPPAS_N"),
    _h41("RESPPAC_N", "Coin", "RESPPAC_N"),
    _h41("RESPPAP_N", "Bank premises", "RESPPAP_N"),
    _h41("RESPPMLL_N", "Total liabilities", "RESPPMLL_N", low=300_000),
    _h41("WLFN", "Federal Reserve notes, net", "RESPPLLN_N", low=100_000),
    _h41("RESTBC_N", "Currency in circulation", "RESTBC_N", low=100_000),
    _h41("WLRRAL", "Reverse repurchase agreements", "RESPPLLR_N"),
    _h41("WLRRAFOIAL", "Reverse repurchase agreements, foreign official", "RESPPLLRF_N"),
    _h41("WLRRAOL", "Reverse repurchase agreements, others (ON RRP)", "RESPPLLRD_N"),
    _h41("RESPPLLDA_N", "Term deposits held by depository institutions", "RESPPLLDA_N", first=date(2010, 6, 14)),
    _h41("WLODLL", "Other deposits held by depository institutions", "RESPPLLDD_N"),
    _h41("WRBWFRBL", "Reserve balances with Federal Reserve Banks", "RESH4R_N"),
    _h41("WDTGAL", "US Treasury, General Account", "RESPPLLDT_N"),
    _h41("WDFOL", "Foreign official deposits", "RESPPLLDF_N"),
    _h41("RESPPLLDO_N", "Other deposits", "RESPPLLDO_N"),
    _h41("RESH4E_N", "Treasury contributions to credit facilities", "RESH4E_N", first=date(2020, 5, 7)),
    _h41("RESPPLLOPNWW", "Earnings remittances due to the US Treasury", "RESPPLLOP_N"),
    _h41("WCTCL", "Total capital", "RESPPLC_N", low=1_000),
    _h41("RESH4S_N", "Total factors supplying reserve funds", "RESH4S_N", low=300_000),
    _h41("RESH4A_N", "Total factors, other than reserve balances, absorbing reserve funds", "RESH4A_N", low=300_000),
)

OTHERS: tuple[Series, ...] = (
    _fred("WRESBAL", "Reserve balances, week average", MILLIONS, "weekly", "h41", 4_500, 20_000_000, "RESH4R_XAW_N.WW"),
    _fred(
        "WTREGEN",
        "Treasury General Account, week average",
        MILLIONS,
        "weekly",
        "h41",
        2_000,
        20_000_000,
        "RESPPLLDT_XAW_N.WW",
    ),
    Series(
        "RRPONTSYD",
        "Overnight reverse repurchase agreements",
        BILLIONS,
        "daily",
        "on_rrp",
        0,
        5_000,
        (("nyfed", "RRPONTSYD"), *_on_fred("RRPONTSYD")),
    ),
    _rate("RRPONTSYAWARD", "ON RRP award rate", "daily", "on_rrp", desk=True),
    _rate("IORB", "Interest on reserve balances", "7-day", "policy"),
    _rate("IOER", "Interest on excess reserves", "7-day", "policy", date(2021, 7, 28)),
    _rate("EFFR", "Effective federal funds rate", "daily", "effr", desk=True),
    _rate("SOFR", "Secured overnight financing rate", "daily", "sofr", desk=True),
    _rate("DFEDTARU", "Federal funds target range, upper limit", "7-day", "policy"),
    _rate("DFEDTARL", "Federal funds target range, lower limit", "7-day", "policy"),
    _rate("DGS10", "10-year Treasury yield", "daily", "h15"),
    _fred("M2SL", "M2 money stock", BILLIONS, "monthly", "h6", 200, 100_000),
    _fred("BOGMBASE", "Monetary base", BILLIONS, "monthly", "h6", 40, 20_000),
    _fred("GDP", "Gross domestic product, annual rate", BILLIONS, "quarterly", "gdp", 200, 200_000),
    _fred("TOTBKCR", "Bank credit, all commercial banks", BILLIONS, "weekly", "h8", 400, 100_000),
    _fred("TOTLL", "Loans and leases, all commercial banks", BILLIONS, "weekly", "h8", 300, 100_000),
    _fred("TLAACBW027SBOG", "Total assets, all commercial banks", BILLIONS, "weekly", "h8", 400, 200_000),
    _fred("DTWEXBGS", "Broad dollar index", "index", "daily", "h10", 50, 250),
    # The two ended with the H.3: since 26 March 2020 nothing is required, so there is nothing to be in excess of.
    _ended("REQRESNS", "Required reserves", BILLIONS, "monthly", "h6", 0, 1_000, date(2020, 8, 1)),
    _ended("EXCSRESNS", "Excess reserves", BILLIONS, "monthly", "h6", 0, 20_000, date(2020, 8, 1)),
    _rate("IRLTLT01JPM156N", "Japan, 10-year government yield, month average", "monthly", "h6"),
    _rate("IRLTLT01EZM156N", "Euro area, 10-year government yield, month average", "monthly", "h6"),
    _rate("BAMLEMCBPIOAS", "Emerging-market corporate spread over Treasuries", "daily", "h15"),
    _fred("VIXCLS", "VIX, implied volatility of US equities", "index", "daily", "h15", 5, 150),
    _fred("SP500", "S&P 500", "index", "daily", "h15", 300, 50_000),
    _fred("NASDAQCOM", "Nasdaq Composite", "index", "daily", "h15", 50, 200_000),
)

CATALOGUE: tuple[Series, ...] = (
    BALANCE_SHEET + FACILITIES + OTHERS + MARKETS + CURRENCIES + COUNTRIES + FOREIGN + ENTERED
)

SERIES: Mapping[str, Series] = {series.id: series for series in CATALOGUE}


def carried_by(source: str) -> dict[str, Series]:
    """The series a source carries, by the source's own name of each."""
    return {name: series for series in CATALOGUE if (name := series.name_in(source)) is not None}
