"""What of a facility can be released: by which action, how much, and how soon."""

from dataclasses import dataclass
from decimal import Decimal

from exposures.reviews.item import Action

#: A renewal or maturity counts so many days ahead; what can be released sooner ranks first.
AHEAD, SOON = 90, 30
#: These fall due and are not renewed; they are no facilities.
NO_FACILITY = frozenset({"bond", "derivative", "repo"})
#: The steps of tier A in the order in which the limit is held against them.
ORDER = (Action.CANCEL_UNDRAWN, Action.INVOKE_DRAW_STOP, Action.LET_LAPSE, Action.NO_RENEWAL)
_OF_KIND = {
    "cancellable": Action.CANCEL_UNDRAWN,
    "draw_stop": Action.INVOKE_DRAW_STOP,
    "committed": Action.LET_LAPSE,
}


@dataclass(frozen=True, slots=True)
class Step:
    """So much comes down by an action in so many days (0: at once; None: the book does not say when)."""

    action: Action
    amount: Decimal
    days: int | None

    def within(self, days: int) -> bool:
        """Whether it comes down that soon."""
        return self.days is not None and self.days <= days


def steps(undrawn: Decimal, due: Decimal, kind: str | None, days: int | None, *, renewable: bool) -> tuple[Step, ...]:
    """What of a facility can be released: `undrawn` by its kind, `due` (drawn and issued) by not renewing it.

    Undrawn amounts whose kind the book does not give are in no step.
    """
    found = []
    if undrawn > 0 and kind is not None:
        lapses = None if days is None or days < 0 else days
        found.append(Step(_OF_KIND[kind], undrawn, lapses if kind == "committed" else 0))
    if renewable and due > 0 and days is not None and 0 <= days <= AHEAD:
        found.append(Step(Action.NO_RENEWAL, due, days))
    return tuple(found)
