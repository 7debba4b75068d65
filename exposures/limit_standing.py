"""The use of one limit as flags and review lists read it, and as a reason for something."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exposures.reason import Reason

LIMIT_WATCH, LIMIT_BREACH = Decimal(90), Decimal(100)


@dataclass(frozen=True, slots=True)
class LimitStanding:
    """The use of one limit, amounts in one currency's major unit; `scope` is country, counterparty or group.

    u = used/limit, u_p = (used + pending)/limit, both in percent; a limit of zero with exposure has neither. `basis`
    and `measure` are codes of the book's Basis and Measure.
    """

    scope: str
    subject: str
    limit: Decimal
    used: Decimal
    pending: Decimal
    basis: str
    date: date
    source: str
    currency: str = "USD"
    measure: str = "drawn_undrawn"

    @property
    def utilisation(self) -> Decimal | None:
        """Percent of the limit that is used, pending left out."""
        return self.used / self.limit * 100 if self.limit > 0 else None

    @property
    def utilisation_with_pending(self) -> Decimal | None:
        """Percent of the limit that is used or pending."""
        return (self.used + self.pending) / self.limit * 100 if self.limit > 0 else None

    def at_least(self, percent: Decimal) -> bool:
        """Whether use with pending reaches `percent`; a limit of zero with exposure passes every mark."""
        use = self.utilisation_with_pending
        return self.used + self.pending > 0 if use is None else use >= percent

    @property
    def breached(self) -> bool:
        """An active breach: used alone is above the limit (exactly at it is not)."""
        return self.used > self.limit

    @property
    def breached_with_pending(self) -> bool:
        """An active or an expected breach."""
        return self.used + self.pending > self.limit


def limit_reason(use: LimitStanding, metric: str, family: str, mark: Decimal, points: int = 0) -> Reason:
    """The use of a limit as a reason, in percent; the active breach speaks of what is used without pending."""
    value = use.utilisation if metric == "limit_active_breach" else use.utilisation_with_pending
    labels = {"scope": use.scope, "subject": use.subject, "basis": use.basis}
    return Reason(metric, family, value, mark, "percent", use.date, use.source, points, labels)
