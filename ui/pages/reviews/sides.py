"""Both sides of a row that comes down: now, target, what must fall, run-off, gap and what fills it."""

from decimal import Decimal

from app.i18n import gettext as _
from app.i18n import pgettext
from app.wording import exposure_reduction as words
from app.wording import formats
from exposures.reviews.reduction import NetPosition, Reduction, Side
from ui.widgets.facts import Facts

_DASH = "\N{EN DASH}"


def show_sides(facts: Facts, reduction: Reduction, currency: str) -> None:
    """Fill `facts` with a row of the list, assets and liabilities apart; what fills a gap is the row's tooltip."""
    unit = _("{currency} m").format(currency=formats.currency(currency))
    if reduction.net is not None:
        _show_net(facts, reduction.net, unit)
        return
    heads = (
        unit,
        pgettext("exposure", "Now"),
        _("Target"),
        _("To cut"),
        pgettext("exposure", "Run-off"),
        _("Gap"),
        _("Left open"),
    )
    rows, notes = [], []
    sides = [("asset", reduction.assets)]
    if reduction.kind == "country":
        sides.append(("liability", reduction.liabilities))
    for code, side in sides:
        if side is None:
            rows.append([_("{side}: not supplied").format(side=words.side(code)), *[_DASH] * (len(heads) - 1)])
            notes.append(_("The book has no liabilities."))
        else:
            figures = (side.exposure, side.target, side.required, side.run_off, side.gap, side.shortfall)
            rows.append([words.side(code), *map(_millions, figures)])
            notes.append(_told(side, currency))
    facts.fill(rows, heads=heads, notes=notes)


def _show_net(facts: Facts, net: NetPosition, unit: str) -> None:
    figures = (net.assets, net.liabilities, net.now, net.then, net.tolerance, net.hedge)
    heads = (_("Assets"), _("Liabilities"), _("Net now"), _("At the horizon"), _("Tolerance"), _("To hedge"))
    facts.fill([[unit, *map(_millions, figures)]], heads=["", *heads])


def _told(side: Side, currency: str) -> str:
    """What sets the target, what fills the gap, what stays open, and what the book does not say."""
    fills = [words.fill(fill, currency) for fill in side.fills]
    unknown = [words.unknown(one, currency) for one in side.unknown]
    return "\n".join(filter(None, (words.rule(side), *fills, words.shortfall(side, currency), *unknown)))


def _millions(amount: Decimal | None) -> str:
    return _DASH if amount is None else formats.number(amount / formats.MILLION, 1)
