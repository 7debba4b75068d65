"""What exposure reduction (L3) says of a row that somebody listed by hand; without a limit or tier it has no target."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from exposures.flags import LimitStanding, Tier
from exposures.reviews.debts import Debts
from exposures.reviews.holdings import Holdings
from exposures.reviews.item import ItemLine
from exposures.reviews.measuring import measure
from exposures.reviews.reduced_side import Sides
from exposures.reviews.reduction import NetPosition, Reduction, Side
from exposures.reviews.review_list import Grounds
from exposures.reviews.run_off import Offer, horizon
from exposures.reviews.splits import split


def reduction_of(
    grounds: Grounds, subject: str, country: str
) -> tuple[Reduction, Mapping[int, Decimal], tuple[ItemLine, ...]]:
    """The row of a country or region, "group:…" or "currency:…", worked out as the list works out its own; what of each
    line (its place in `Claims.lines`) runs off to the horizon; and the debts that run off, as the list shows them.
    """
    book, settings = grounds.book, grounds.settings
    reported = book.book.reporting_date
    until = horizon(reported)
    claims, debts = measure(book), Debts(book)
    assets = Holdings(claims)
    sides = Sides(settings, debts, reported, (until - reported).days)
    kind, _, name = subject.partition(":")
    if kind == "currency":
        have, owe = sides.offers(assets.of_currency(name)), sides.offers(debts.of_currency(name))
        tolerance = settings.currency_tolerance
        if debts.supplied and tolerance is not None:
            return (
                Reduction("currency", until, net=_net(name, have, owe, tolerance)),
                _run_off(have),
                _debts(debts, owe),
            )
        alone = sides.asset(have, None, acting=False, basis="immediate")[0]
        return Reduction("currency", until, alone), _run_off(have), ()
    scope = "group" if kind == "group" else "country"
    key = name if kind == "group" else subject
    limits = [use for use in grounds.limits if (use.scope, use.subject) == (scope, key)]
    acting = scope == "country" and any(
        flag.country == country and flag.causes and flag.tier is Tier.ACT for flag in grounds.flags
    )
    choices: list[tuple[Side, list[Offer]]] = []
    against: Sequence[LimitStanding | None] = limits or [None]
    for use in against:
        basis, counted = (use.basis, use.measure) if use else ("guarantor", "drawn_undrawn")
        held = assets.of_group(key) if scope == "group" else assets.of_country(country, basis, counted)
        side, offers, _uses = sides.asset(sides.offers(held), use, acting=acting, basis=basis)
        choices.append((side, offers))
    asset, offers = max(choices, key=lambda made: made[0].required)
    if scope == "group":
        return Reduction("group", until, asset, splits=split(claims, debts, offers, None)), _run_off(offers), ()
    owed = sides.offers(debts.of_country(country))
    splits = split(claims, debts, offers, owed)
    row = Reduction("country", until, asset, sides.liability(owed)[0], splits=splits)
    return row, _run_off(offers), _debts(debts, owed)


def _debts(debts: Debts, offers: Sequence[Offer]) -> tuple[ItemLine, ...]:
    return tuple(debts.item_line(one, None) for one in offers if one.run_off)


def _run_off(offers: Sequence[Offer]) -> Mapping[int, Decimal]:
    found: dict[int, Decimal] = {}
    for one in offers:
        found[one.held.line] = found.get(one.held.line, Decimal(0)) + one.run_off
    return found


def _net(code: str, have: list[Offer], owe: list[Offer], tolerance: Decimal) -> NetPosition:
    now = [sum((one.held.drawn for one in side), Decimal(0)) for side in (have, owe)]
    gone = [sum((one.run_off for one in side), Decimal(0)) for side in (have, owe)]
    return NetPosition(code, now[0], now[1], now[0] - gone[0], now[1] - gone[1], tolerance)
