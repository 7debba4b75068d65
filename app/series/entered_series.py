"""Series that officers enter or import because nobody publishes them free of charge: flows, and the renminbi's use."""

from app.series.country_series import NO_FREE_SOURCE
from app.series.series import Series
from app.series.units import BILLIONS, PERCENT


def _monthly(id: str, title: str, unit: str, low: float, high: float, meaning: str) -> Series:
    return Series(id, title, unit, "monthly", "entered", low, high, (), meaning=meaning, absence=NO_FREE_SOURCE)


def _flow(id: str, title: str, meaning: str) -> Series:
    return _monthly(id, title, BILLIONS, 0.01, 500, meaning)


def _share(id: str, title: str, meaning: str) -> Series:
    return _monthly(id, title, PERCENT, 0.1, 100, meaning)


ENTERED: tuple[Series, ...] = (
    _flow("EM_FLOWS", "Portfolio flows into emerging markets", "Non-residents' net purchases; negative is an outflow."),
    _flow("EM_FLOWS_EQUITY", "Portfolio flows into emerging markets, equity", "Part of EM_FLOWS."),
    _flow("EM_FLOWS_DEBT", "Portfolio flows into emerging markets, debt", "Part of EM_FLOWS."),
    _flow("EM_FLOWS_CN", "Portfolio flows into mainland China", "Part of EM_FLOWS, equity and debt."),
    _flow(
        "CN_CROSS_BORDER_FLOWS",
        "Cross-border receipts less payments, mainland China",
        "Banks' settlements for clients with abroad; negative is a net outflow.",
    ),
    _share(
        "RMB_SETTLEMENT_SHARE",
        "Renminbi share of cross-border settlement",
        "Of all cross-border receipts and payments.",
    ),
    _share(
        "RMB_SETTLEMENT_RCEP",
        "Renminbi share of settlement, RCEP",
        "Of cross-border receipts and payments with the members of the Regional Comprehensive Economic Partnership.",
    ),
    _share(
        "RMB_SETTLEMENT_BELT_ROAD",
        "Renminbi share of settlement, Belt and Road",
        "Of cross-border receipts and payments with countries along the Belt and Road.",
    ),
)
