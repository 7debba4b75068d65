"""One side of a row of exposure reduction: how far it must come down, what runs off, what fills the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from exposures.flags import LimitStanding
from exposures.reviews.debts import Debts
from exposures.reviews.reduction import Fill, Side, Target, Unknown
from exposures.reviews.review_list import ReviewSettings
from exposures.reviews.run_off import REDEEMED, Held, Offer, Use, fills, offer, plan

NOTHING = Decimal(0)


class Sides:
    """Works sides out for one book: days run from `reported` to the horizon, `days` later."""

    def __init__(self, settings: ReviewSettings, debts: Debts, reported: date, days: int) -> None:
        self.settings, self.debts, self.reported, self.days = settings, debts, reported, days

    def asset(
        self, offers: list[Offer], use: LimitStanding | None, *, acting: bool, basis: str
    ) -> tuple[Side, list[Offer], tuple[Use, ...]]:
        """Claims against a limit, the tier (`acting`: A) or both, whichever asks for more; what fills the gap."""
        exposure = total(one.held.drawn + one.held.undrawn + one.held.contingent for one in offers)
        targets: list[tuple[Decimal, Target]] = []
        if use is not None:
            targets.append((use.limit * self.settings.reduce_to_limit / 100, Target.LIMIT))
        if acting:
            targets.append((exposure * self.settings.reduce_to_exposure / 100, Target.TIER))
        target, rule = min(targets, default=(None, None), key=lambda one: one[0])
        side = Side(
            exposure,
            target,
            rule,
            None if use is None else use.limit,
            total(one.run_off for one in offers),
            basis=basis,
            unknown=self._unknown(offers),
        )
        filled, uses, short = self._filled(offers, side.gap)
        return replace(side, fills=filled, shortfall=short), offers, uses

    def liability(self, offers: list[Offer]) -> tuple[Side | None, tuple[Use, ...]]:
        """Funding from one country against the cap; None where the book has no liabilities at all."""
        if not self.debts.supplied:
            return None, ()
        exposure = total(one.held.drawn for one in offers)
        cap = self.debts.total * self.settings.funding_cap / 100
        run_off = total(one.run_off for one in offers)
        side = Side(exposure, cap, Target.CAP, self.debts.total, run_off)
        filled, uses, short = self._filled(offers, side.gap)
        return replace(side, fills=filled, shortfall=short), uses

    def _filled(self, offers: list[Offer], gap: Decimal) -> tuple[tuple[Fill, ...], tuple[Use, ...], Decimal]:
        uses, short = plan(offers, gap)
        return fills(uses, self.reported), uses, short

    def offers(self, held: Iterable[Held]) -> list[Offer]:
        """What of each holding runs off by itself, and what could be done with the rest."""
        return [offer(one, self.days) for one in held]

    def _unknown(self, offers: Sequence[Offer]) -> tuple[Unknown, ...]:
        """What the book would have to say so that run-off and means could be told exactly."""
        found = []
        cases = {
            "revolving": [
                (one.held.line, one.held.drawn - one.held.repaid(self.days))
                for one in offers
                if one.held.revolving is None
                and one.held.instrument not in REDEEMED
                and one.held.drawn > one.held.repaid(self.days)
                and one.held.days is not None
                and 0 <= one.held.days <= self.days
            ],
            "undrawn_kind": [
                (one.held.line, one.held.undrawn)
                for one in offers
                if one.held.undrawn_kind is None and one.held.undrawn > 0
            ],
            "maturity": [
                (one.held.line, one.held.drawn)
                for one in offers
                if one.held.days is None and one.held.drawn and not one.held.bad and not one.held.plan
            ],
        }
        for what, lines in cases.items():
            if lines:
                found.append(Unknown(what, len({line for line, _ in lines}), total(amount for _, amount in lines)))
        return tuple(found)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Their sum."""
    return sum(amounts, NOTHING)
