"""The names of the figures that rules watch, where the catalogue of series has none that fits a title."""

from app.i18n import gettext as _


def name(id: str) -> str:
    """A figure's name, its id where it has none."""
    return {
        "SOFR_IORB": _("SOFR less interest on reserves"),
        "SOFR_JUMP": _("SOFR, move in a day"),
        "SOFR": _("SOFR"),
        "EFFR_IORB": _("Federal funds rate less interest on reserves"),
        "EFFR_TOP": _("Federal funds rate less top of its range"),
        "RESERVES_GDP": _("Reserves to GDP"),
        "RESERVES_BANK_ASSETS": _("Reserves to bank assets"),
        "RDE_UPPER": _("Reserve demand elasticity, upper band"),
        "RRPONTSYD": _("Overnight reverse repos"),
        "RPONTSYD": _("Repos with the Federal Reserve"),
        "WDTGAL": _("Treasury General Account"),
        "OFR_FSI": _("OFR stress index"),
        "DTWEXBGS": _("Broad dollar"),
        "FX_CRASH": _("Currency crash"),
        "FX_RISE_YEAR": _("Dollar's rise over a year"),
        "EMP": _("Exchange market pressure"),
        "RESERVES_DEBT": _("Reserves to debt"),
        "RESERVES_CHANGE": _("Reserves, change in 12 months"),
        "ARA": _("Reserve adequacy"),
        "IMPORT_COVER": _("Import cover"),
        "SPREAD": _("Sovereign spread"),
        "KLR": _("Weighted signals of a crisis"),
        "CPI": _("Inflation"),
        "CURRENT_ACCOUNT": _("Current account to GDP"),
        "EXTERNAL_DEBT": _("External debt to income"),
        "REAL_RATE": _("Policy rate less inflation"),
        "EM_FLOWS": _("Portfolio flows to emerging markets"),
        "SCORE": _("Vulnerability score"),
        "book_age_days": _("Age of the book"),
        "book_exposure": _("Exposure of the book"),
        "book_hhi": _("Concentration of the book by country"),
        "book_top_counterparty_share": _("Largest counterparty's share of the book"),
        "book_not_converted": _("Lines without an exchange rate"),
        "country_exposure": _("Exposure, guarantor basis"),
        "country_exposure_immediate": _("Exposure, immediate basis"),
        "country_headroom": _("Headroom of the country limit"),
    }.get(id, id)
