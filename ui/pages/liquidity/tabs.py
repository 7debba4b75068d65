"""The tabs of "Fed liquidity", in their order; a new one is a file with a panel and a line here.

A panel is made when its tab is first opened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from app.i18n import gettext as _
from ui.pages.liquidity.panel import Panel
from ui.pages.page import Context


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab: its English id, its words, and what makes its panel."""

    id: str
    title: Callable[[], str]
    make: Callable[[Context], Panel]


def _panel(module: str, name: str) -> Callable[[Context], Panel]:
    def make(context: Context) -> Panel:
        made: Panel = getattr(import_module(f"ui.pages.liquidity.{module}"), name)(context)
        return made

    return make


TABS: tuple[Tab, ...] = (
    Tab("balance", lambda: _("Balance sheet"), _panel("balance", "BalancePanel")),
    Tab("composition", lambda: _("Composition"), _panel("balance", "CompositionPanel")),
    Tab("bridge", lambda: _("Reserves bridge"), _panel("bridging", "BridgePanel")),
    Tab("reserves", lambda: _("Reserves"), _panel("claims", "ReservesPanel")),
    Tab("on_rrp", lambda: _("ON RRP"), _panel("claims", "OnRrpPanel")),
    Tab("treasury", lambda: _("Treasury account"), _panel("claims", "TreasuryPanel")),
    Tab("rates", lambda: _("Rate corridor"), _panel("corridor_rates", "RatesPanel")),
    Tab("impact", lambda: _("Impact"), _panel("effects", "ImpactPanel")),
    Tab("paper", lambda: _("Source document"), _panel("paper", "PaperPanel")),
)
