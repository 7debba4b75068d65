"""The item of exposure reduction: its reasons, the lines beneath it, how pressing it is and what is proposed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from exposures.flags import CountryFlag, LimitStanding, limit_reason
from exposures.reason import Reason
from exposures.reviews.debts import Debts
from exposures.reviews.holdings import Holdings
from exposures.reviews.item import Action, ItemLine, Priority, Proposal
from exposures.reviews.reduction import Reduction, Side
from exposures.reviews.review_list import ReviewSettings
from exposures.reviews.run_off import Offer, Use

#: Half of what must come down is left to be done: the item is high [choice].
URGENT_SHARE = Decimal("0.5")
NOTHING = Decimal(0)


class Telling:
    """Reasons and lines of one book, `version` by name."""

    def __init__(self, settings: ReviewSettings, assets: Holdings, debts: Debts, reported: date, version: str) -> None:
        self.settings, self.assets, self.debts = settings, assets, debts
        self.reported, self.version = reported, version

    def reason(self, metric: str, family: str, value: Decimal, mark: Decimal, unit: str) -> Reason:
        """A reason that the book gives, dated by it."""
        return Reason(metric, family, value, mark, unit, self.reported, self.version)

    def reasons(self, asset: Side, debt: Side | None, limit: LimitStanding | None) -> tuple[Reason, ...]:
        """What speaks for the row: its limit, its target, its share of the funding."""
        found = []
        if limit is not None and asset.required:
            found.append(limit_reason(limit, f"limit_{limit.scope}", "limit", self.settings.reduce_to_limit))
        if asset.required and asset.target is not None:
            found.append(self.reason("above_target", "limit", asset.exposure, asset.target, "money"))
        if debt is not None and debt.required and self.debts.total:
            share = debt.exposure / self.debts.total * 100
            found.append(self.reason("funding_share", "funding", share, self.settings.funding_cap, "percent"))
        return tuple(found)

    def lines(self, offers: Sequence[Offer], uses: Sequence[Use]) -> tuple[ItemLine, ...]:
        """The lines that run off or that an action touches: the largest amount first."""
        used: dict[int, list[Use]] = {}
        for use in uses:
            used.setdefault(use.held.line, []).append(use)
        live = self.assets.listed([one.held.line for one in offers if one.run_off or one.held.line in used])
        touched = [one for one in offers if one.held.line in live]
        made = [self.assets.item_line(one, used.get(one.held.line, ())) for one in touched]
        return tuple(sorted(made, key=lambda line: -((line.gives or NOTHING) + (line.run_off or NOTHING))))

    def debt_lines(self, offers: Sequence[Offer], uses: Sequence[Use]) -> tuple[ItemLine, ...]:
        """The debts that run off or that an action touches."""
        used = {use.held.line: use for use in uses}
        touched = [one for one in offers if one.run_off or one.held.line in used]
        return tuple(self.debts.item_line(one, used.get(one.held.line)) for one in touched)


def priority_of(reduction: Reduction) -> Priority:
    """High where the limit itself is passed or half of what must come down is left to be done [choice]."""
    asset, gap = reduction.assets, reduction.gap
    over = asset is not None and asset.reference is not None and asset.exposure > asset.reference
    if reduction.kind != "currency" and (over or (gap and gap >= reduction.required * URGENT_SHARE)):
        return Priority.HIGH
    return Priority.MEDIUM if gap else Priority.LOW


def action_of(reduction: Reduction) -> tuple[Action, Decimal]:
    """What is proposed and by how much; a liability cut never counts toward an asset target."""
    if reduction.net is not None:
        return Action.HEDGE, reduction.net.hedge
    side = next(side for side in reduction.sides if side.required)
    return (Action.REDUCE if reduction.gap else Action.RUN_OFF), side.required


def other_reasons(flag: CountryFlag, limit: LimitStanding | None) -> tuple[Reason, ...]:
    """Why the country is flagged, without the limit that the item already speaks of."""
    return tuple(reason for reason in flag.reasons if limit is None or not reason.metric.startswith("limit_"))


def rank_of(item: Proposal) -> tuple[Decimal, Decimal, str, str]:
    """The share of what must come down that is left to be done, then how much that is."""
    reduction = item.reduction
    if reduction is None or not reduction.required:
        return NOTHING, NOTHING, item.key.country, item.key.subject
    return -reduction.gap / reduction.required, -reduction.gap, item.key.country, item.key.subject
