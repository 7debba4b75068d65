"""Series of other markets than the Fed's and of no emerging market: foreign yields, and flows into US securities."""

from app.series.country_series import NO_FREE_SOURCE
from app.series.series import Series
from app.series.units import MILLIONS, PERCENT


def _tic(id: str, title: str, name: str, low: float, high: float, meaning: str) -> Series:
    return Series(id, title, MILLIONS, "monthly", "tic", low, high, (("tic", name),), meaning=meaning)


FOREIGN: tuple[Series, ...] = (
    Series(
        "YIELD_10Y_JP",
        "10-year government yield",
        PERCENT,
        "daily",
        "jgb",
        0,
        25,
        (("mof", "10Y"),),
        country="JP",
        meaning="Constant-maturity yield of Japanese government bonds, semi-annual compounding.",
    ),
    Series(
        "YIELD_10Y_EURO",
        "Euro area, 10-year yield of AAA government bonds",
        PERCENT,
        "daily",
        "target",
        0,
        25,
        (("ecb", "YC.B.U2.EUR.4F.G_N_A.SV_C_YM.SR_10Y"),),
        meaning="Spot rate of the ECB's Svensson curve over AAA central government bonds, continuous compounding.",
    ),
    Series(
        "YIELD_10Y_CN",
        "10-year government yield",
        PERCENT,
        "daily",
        "entered",
        0,
        25,
        (),
        country="CN",
        meaning="Yield of the 10-year point of the ChinaBond government curve; its publisher has no free download.",
        absence=NO_FREE_SOURCE,
    ),
    _tic(
        "TIC_LONG_TERM_NET",
        "Foreigners' net purchases of US long-term securities",
        "slt_table1/99996/for_lt_total_net",
        1,
        2_000_000,
        "Net US sales to all foreign residents; a break at February 2023, when another form replaced the old one.",
    ),
    _tic(
        "TIC_TREASURY_NET",
        "Foreigners' net purchases of US Treasuries",
        "slt_table3/99996/for_treas_net",
        1,
        2_000_000,
        "Net US sales to all foreign residents, bills included; a break at February 2023.",
    ),
    _tic(
        "TIC_OFFICIAL_TREASURY_NET",
        "Foreign official institutions' net purchases of US Treasuries",
        "slt_table3/99990/for_treas_net",
        1,
        2_000_000,
        "Net US sales to foreign official institutions, bills included; a break at February 2023.",
    ),
    _tic(
        "TIC_TREASURY_HELD",
        "US Treasuries held by foreign residents",
        "slt_table3/99996/for_treas_pos",
        100_000,
        50_000_000,
        "Holdings at market value, end of month.",
    ),
    _tic(
        "TIC_TREASURY_HELD_CN",
        "US Treasuries held in mainland China",
        "slt_table3/41408/for_treas_pos",
        50_000,
        5_000_000,
        "Holdings at market value by place of custody, end of month; what is held through other centres is not in it.",
    ),
)
