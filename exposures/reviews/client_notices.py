"""L7, risk notices to clients (客户风险提示): clients whom a currency, a maturity or their cover puts at risk."""

from collections.abc import Iterable
from decimal import Decimal

from alerts.finding import Finding
from exposures.classification import is_non_performing
from exposures.reason import Reason
from exposures.reviews.asset_screening import AssetScreening
from exposures.reviews.collecting import put_off
from exposures.reviews.item import Action, Fact, ItemKey, Priority, Proposal
from exposures.reviews.places import Place
from exposures.reviews.review_list import Grounds, ListResult, ReviewSettings
from exposures.reviews.screen import NOTHING, Screen, first, role_of

#: The families of L1's reasons that concern a client: nothing else is any of a client's business.
FAMILIES = ("fx", "maturity", "cover")
#: Sectors that are told by a call of somebody senior, not by a letter.
BY_CALL = frozenset({"sovereign", "central_bank"})


class ClientNotices:
    """Item = client in a flagged country; the letter is drafted from it and never goes out without a second person."""

    id = "L7"

    def criteria(self, settings: ReviewSettings) -> tuple[Finding, ...]:
        """Universe, minimum, whom it selects and excludes, what a letter never says, rank."""
        return (
            Finding("l7.universe", {"em_source": settings.em_set.source, "em_dated": settings.em_set.dated}),
            Finding("l7.minimum", {"amount": settings.minimum_amount}),
            Finding("l7.selection"),
            Finding("l7.excluded"),
            Finding("l7.content"),
            Finding("l7.priority", {priority.value: days for priority, days in settings.due_days.items()}),
            Finding("l7.rank"),
        )

    def build(self, grounds: Grounds) -> ListResult:
        """The list on this book."""
        with put_off():
            return _Round(grounds).result(self.criteria(grounds.settings))


class _Round:
    """One making of the list; the reasons are L1's own, so that both lists say the same of a client."""

    def __init__(self, grounds: Grounds) -> None:
        self.screen, self.grounds, self.settings = Screen(grounds), grounds, grounds.settings
        screened = AssetScreening().build(grounds).items
        self.judged = {(item.key.subject, item.key.country): item.reasons for item in screened}
        self.left: dict[str, set[int]] = {
            name: set() for name in ("not_screened", "in_recovery", "on_hold", "by_call", "no_client_reason")
        }

    def result(self, criteria: tuple[Finding, ...]) -> ListResult:
        """Items by what is due within 30 days, then X."""
        made = list(self._items())
        made.sort(key=lambda item: (-item.amounts.due_30, -item.amounts.immediate, item.name, item.key.country))
        return self.screen.result("L7", made, criteria, list(self.left.items()), self._why_empty())

    def _items(self) -> Iterable[Proposal]:
        found = (self._item(subject, country, held) for country, subject, held in self.screen.of_subject())
        return (item for item in found if item is not None)

    def _item(self, subject: str, country: str, places: tuple[Place, ...]) -> Proposal | None:
        screen = self.screen
        _, by_line, whole = screen.there(places)
        reasons = self._reasons(subject, country, list(by_line))
        why_not = self._excluded(subject, list(by_line), whole.immediate, reasons)
        if why_not is not None:
            self.left[why_not].update(by_line)
            return None
        screen.shown.update(by_line)
        flag = screen.flags[country]
        priority = Priority.HIGH if whole.due_30 >= self.settings.minimum_amount else Priority.MEDIUM
        return Proposal(
            ItemKey("L7", subject, country, flag.episode),
            first(screen.cell(line, "counterparty_name") for line in by_line) or subject,
            role_of(places),
            flag.tier.value,
            screen.entities(by_line),
            first(screen.cell(line, "group_id") for line in by_line),
            (*reasons, *screen.why_flagged(flag, reasons)),
            sum(reason.points for reason in reasons),
            priority,
            0,
            Action.NOTIFY,
            None,
            None,
            whole,
            screen.beneath((line, amounts, Action.WATCH) for line, amounts in by_line.items()),
            (),
            screen.owner(by_line),
            screen.due(priority),
            facts=(Fact("due_30", whole.due_30, "money"), Fact("due_90", whole.due_90, "money")),
        )

    def _reasons(self, subject: str, country: str, lines: list[int]) -> tuple[Reason, ...]:
        """Currency, maturity and cover as L1 judges them, and an approved measure of L4 or L5 that touches a line."""
        own = [
            reason
            for reason in self.judged.get((subject, country), ())
            if reason.family in FAMILIES and reason.points > 0
        ]
        approved = self.grounds.approved_lines
        touched = [line for line in lines if str(self.screen.cell(line, "line_id")) in approved] if approved else ()
        if touched:
            amount = sum((self.screen.claims.amounts(line, 0).undrawn for line in touched), NOTHING)
            own.append(self.screen.reason("approved_measure", "measure", amount, None, "money", 1))
        return tuple(own)

    def _excluded(self, subject: str, lines: list[int], amount: Decimal, reasons: tuple[Reason, ...]) -> str | None:
        """The first reason why no letter goes out; None: one does."""
        screen = self.screen
        if amount < self.settings.minimum_amount:
            return "not_screened"
        if any(is_non_performing(screen.cell(line, "loan_class")) for line in lines):
            return "in_recovery"
        if subject in self.settings.holds:
            return "in_recovery" if self.settings.holds[subject] == "recovery" else "on_hold"
        if any(screen.cell(line, "sector") in BY_CALL for line in lines):
            return "by_call"
        return None if reasons else "no_client_reason"

    def _why_empty(self) -> Finding:
        countries = tuple(sorted(self.screen.flags))
        if not countries:
            return Finding("l7.empty.no_flags")
        if not any(self.left.values()):
            return Finding("l7.empty.no_lines", {"countries": countries})
        counts = {name: len(lines) for name, lines in self.left.items()}
        return Finding("l7.empty.no_client", {"countries": countries, **counts})
