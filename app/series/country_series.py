"""The series of countries and regions: one row for each indicator and country, by a scheme of ids.

`FX_<currency>` is the exchange rate, local units for one dollar (up is a stronger dollar). Every other id is
`<indicator>_<ISO code>`:

    POLICY_RATE_TR         central bank's policy rate, %, daily; beyond Argentina, Turkey and Chile at the end of months
    CPI_TR                 consumer prices, % above the same month a year before
    RESERVES_TR            official reserve assets, gold included, USD m, end of month
    RESERVES_YEAR_TR       the same by the World Bank, end of year
    IMPORT_COVER_TR        reserves in months of imports, year
    STDEBT_RESERVES_TR     short-term external debt in % of reserves, year (the score reads it upside down)
    CURRENT_ACCOUNT_TR     % of GDP, year
    EXTERNAL_DEBT_GNI_TR   external debt in % of GNI, year
    CPI_YEAR_TR            consumer prices, % year average
    GDP_TR                 USD bn, year
    FOREIGN_CLAIMS_TR      foreign banks' consolidated claims, USD m, end of quarter
    SPREAD_TR              sovereign spread, bp: no free source
    PARALLEL_PREMIUM_AR    parallel exchange rate above the official one, %: no free source (Argentina only)

A figure of a month, quarter or year is dated by its last day: ages count from there. `max_age` is CALCULATIONS
section 7's. Ranges hold absolute values; they catch a change of unit, not a crisis.
"""

from dataclasses import dataclass, replace

from app.series.places import FOCUS, PLACES, Place
from app.series.series import Series
from app.series.units import BILLIONS, MILLIONS, PERCENT

#: Nobody publishes it free of charge: an officer enters or imports it.
NO_FREE_SOURCE = "no_free_source"

_FX_MEANING = "Local units for one US dollar; official or market rate of the day, as the source publishes it."
#: BIS takes the central bank's rate; the others' differ in the hour, by some hundredths of a per cent.
_FX_DEFINITIONS = (("bcra", "quotient"), ("imf_rates", "representative"))
_FX_MAX_AGE = 10


@dataclass(frozen=True, slots=True)
class _Indicator:
    """A column of figures that every country has; `name` is its name at its source, {code} and {alpha3} filled in."""

    id: str
    title: str
    unit: str
    frequency: str
    release: str
    low: float
    high: float
    source: str | None
    name: str
    max_age: int | None
    meaning: str


_INDICATORS: tuple[_Indicator, ...] = (
    _Indicator(
        "POLICY_RATE",
        "Central bank policy rate",
        PERCENT,
        "daily",
        "bis_rates",
        0,
        500,
        "bis",
        "WS_CBPOL/D.{code}",
        120,
        "The rate that BIS takes as the central bank's main policy instrument, end of day.",
    ),
    _Indicator(
        "CPI",
        "Consumer prices, change over twelve months",
        PERCENT,
        "monthly",
        "imf_month",
        0,
        5_000,
        "imf",
        "CPI/{alpha3}",
        120,
        "National consumer price index, all items, % above the same month a year before, as the IMF computes it.",
    ),
    _Indicator(
        "RESERVES",
        "Official reserve assets",
        MILLIONS,
        "monthly",
        "imf_month",
        500,
        10_000_000,
        "imf",
        "IRFCL/{alpha3}",
        120,
        "Official reserve assets, gold included, end of month, of the monetary authorities and the central government "
        "(IMF reserves template, sector S1XS1311).",
    ),
    _Indicator(
        "RESERVES_YEAR",
        "Total reserves, year's end",
        MILLIONS,
        "yearly",
        "wdi",
        500,
        10_000_000,
        "worldbank",
        "FI.RES.TOTL.CD/{alpha3}",
        None,
        "Total reserves, gold included, at current dollars, end of year.",
    ),
    _Indicator(
        "IMPORT_COVER",
        "Reserves in months of imports",
        "months",
        "yearly",
        "wdi",
        0,
        100,
        "worldbank",
        "FI.RES.TOTL.MO/{alpha3}",
        730,
        "Total reserves over the average month's imports of goods, services and primary income.",
    ),
    _Indicator(
        "STDEBT_RESERVES",
        "Short-term external debt to reserves",
        PERCENT,
        "yearly",
        "wdi",
        0,
        5_000,
        "worldbank",
        "DT.DOD.DSTC.IR.ZS/{alpha3}",
        730,
        "External debt of an original (not remaining) maturity of up to one year, and arrears of interest, in % of "
        "total reserves.",
    ),
    _Indicator(
        "CURRENT_ACCOUNT",
        "Current account balance",
        "percent of GDP",
        "yearly",
        "wdi",
        0,
        100,
        "worldbank",
        "BN.CAB.XOKA.GD.ZS/{alpha3}",
        730,
        "Current account balance in % of gross domestic product; negative is a deficit.",
    ),
    _Indicator(
        "EXTERNAL_DEBT_GNI",
        "External debt",
        "percent of GNI",
        "yearly",
        "wdi",
        0,
        1_000,
        "worldbank",
        "DT.DOD.DECT.GN.ZS/{alpha3}",
        730,
        "External debt owed to non-residents in % of gross national income; high-income countries may not be covered.",
    ),
    _Indicator(
        "CPI_YEAR",
        "Consumer prices, year average",
        PERCENT,
        "yearly",
        "wdi",
        0,
        5_000,
        "worldbank",
        "FP.CPI.TOTL.ZG/{alpha3}",
        None,
        "Consumer prices, year's average above the average of the year before; not the twelve-month change.",
    ),
    _Indicator(
        "GDP",
        "Gross domestic product at current dollars",
        BILLIONS,
        "yearly",
        "wdi",
        5,
        100_000,
        "worldbank",
        "NY.GDP.MKTP.CD/{alpha3}",
        None,
        "Gross domestic product at current prices and the year's average exchange rate.",
    ),
    _Indicator(
        "FOREIGN_CLAIMS",
        "Foreign claims of BIS reporting banks",
        MILLIONS,
        "quarterly",
        "bis_claims",
        50,
        10_000_000,
        "bis",
        "WS_CBS_PUB/{code}",
        None,
        "Consolidated claims of the domestic banks of all reporting countries on all sectors, by immediate "
        "counterparty, end of quarter.",
    ),
    _Indicator(
        "SPREAD",
        "Sovereign spread",
        "basis points",
        "daily",
        "entered",
        1,
        20_000,
        None,
        "",
        30,
        "Spread of dollar sovereign bonds over US Treasuries; which index it is stands in the note of each entry.",
    ),
)


def _fx_sources(place: Place) -> tuple[tuple[str, str], ...]:
    """BIS first; where another source gives the same day's rate, it fills the days that BIS has not yet."""
    sources: tuple[tuple[str, str], ...] = (("bis", f"WS_XRU/D.{place.code}.{place.currency}.A"),)
    if place.code in ("AR", "TR", "CL"):
        sources += (("bcra", place.currency),)
    if place.code == "CL":
        sources += (("imf_rates", "Chilean peso"),)
    return sources


def _fx(place: Place) -> Series:
    return Series(
        f"FX_{place.currency}",
        place.title,
        f"{place.currency} per USD",
        "daily",
        "market" if len(_fx_sources(place)) > 1 else "bis_fx",  # a source that has the same day, or BIS alone
        place.low,
        place.high,
        _fx_sources(place),
        country=place.code,
        definitions=_FX_DEFINITIONS,
        meaning=_FX_MEANING,
        max_age=_FX_MAX_AGE,
    )


def _row(indicator: _Indicator, place: Place) -> Series:
    if indicator.id == "POLICY_RATE" and place not in PLACES[:FOCUS]:
        indicator = replace(indicator, frequency="monthly", release="bis_month", name="WS_CBPOL/M.{code}")
    name = indicator.name.format(code=place.code, alpha3=place.alpha3)
    return Series(
        f"{indicator.id}_{place.code}",
        indicator.title,
        indicator.unit,
        indicator.frequency,
        indicator.release,
        indicator.low,
        indicator.high,
        ((indicator.source, name),) if indicator.source else (),
        country=place.code,
        meaning=indicator.meaning,
        max_age=indicator.max_age,
        absence=None if indicator.source else NO_FREE_SOURCE,
    )


CURRENCIES: tuple[Series, ...] = tuple(_fx(place) for place in PLACES)

COUNTRIES: tuple[Series, ...] = (
    *(_row(indicator, place) for indicator in _INDICATORS for place in PLACES),
    Series(
        "PARALLEL_PREMIUM_AR",
        "Parallel exchange rate above the official one",
        PERCENT,
        "daily",
        "entered",
        0,
        1_000,
        (),
        country="AR",
        meaning="Parallel dollar rate in pesos over the official one, less one; weight 0 in the score.",
        absence=NO_FREE_SOURCE,
    ),
)
