"""L6, risk notices to overseas institutions (境外机构风险提示): one for each booking entity in a flagged country."""

from collections.abc import Iterable
from decimal import Decimal

from alerts.finding import Finding
from exposures.reviews.collecting import put_off
from exposures.reviews.item import Action, Fact, ItemKey, Priority, Proposal
from exposures.reviews.places import Place
from exposures.reviews.review_list import Grounds, ListResult, ReviewSettings
from exposures.reviews.screen import Screen, role_of

#: Where the bank's own seat is booked: it writes notices and gets none.
_HEAD_OFFICE = "head_office"


class InstitutionNotices:
    """Item = booking entity in a flagged country; what is sent is drafted from it and approved by a second person."""

    id = "L6"

    def criteria(self, settings: ReviewSettings) -> tuple[Finding, ...]:
        """Universe, minimum, what is said and when it is said again, dates, rank."""
        return (
            Finding("l6.universe", {"em_source": settings.em_set.source, "em_dated": settings.em_set.dated}),
            Finding("l6.minimum", {"amount": settings.minimum_amount}),
            Finding("l6.content"),
            Finding("l6.again", {"moved": settings.mark("l6.moved")}),
            Finding("l6.answer", {name: settings.mark(f"l6.{name}_days") for name in ("acknowledge", "reply")}),
            Finding("l6.priority", {priority.value: days for priority, days in settings.due_days.items()}),
            Finding("l6.rank"),
        )

    def build(self, grounds: Grounds) -> ListResult:
        """The list on this book."""
        with put_off():
            return _Round(grounds).result(self.criteria(grounds.settings))


class _Round:
    """One making of the list."""

    def __init__(self, grounds: Grounds) -> None:
        self.screen, self.settings = Screen(grounds), grounds.settings
        self.nowhere: set[int] = set()
        self.small: set[int] = set()
        self.home: set[int] = set()

    def result(self, criteria: tuple[Finding, ...]) -> ListResult:
        """Items by tier, then X."""
        made = list(self._items())
        made.sort(key=lambda item: (-item.points, -item.amounts.immediate, item.name, item.key.country))
        left_out = [("no_entity", self.nowhere), ("head_office", self.home), ("not_screened", self.small)]
        return self.screen.result("L6", made, criteria, left_out, self._why_empty())

    def _items(self) -> Iterable[Proposal]:
        found = (self._item(entity, country, held) for country, entity, held in self.screen.of_entity(self.nowhere))
        return (item for item in found if item is not None)

    def _item(self, entity: str, country: str, places: tuple[Place, ...]) -> Proposal | None:
        screen = self.screen
        _, by_line, whole = screen.there(places)
        kinds = set(map(screen.cell.reader("booking_entity_kind"), by_line)) - {None}
        if kinds == {_HEAD_OFFICE}:
            self.home.update(by_line)
            return None
        if whole.immediate < self.settings.minimum_amount:
            self.small.update(by_line)
            return None
        screen.shown.update(by_line)
        flag, limit = screen.flags[country], screen.limit_of(country)
        priority = Priority.HIGH if flag.tier.value == "A" else Priority.MEDIUM
        told = screen.tight_limit(limit)
        clients = set(map(screen.cell.reader("subject"), by_line)) - {""}
        return Proposal(
            ItemKey("L6", entity, country, flag.episode),
            entity,
            role_of(places),
            flag.tier.value,
            (entity,),
            None,
            (*told, *screen.why_flagged(flag, told)),
            2 if flag.tier.value == "A" else 1,
            priority,
            0,
            Action.NOTIFY,
            None,
            None,
            whole,
            screen.beneath((line, amounts, Action.WATCH) for line, amounts in by_line.items()),
            (),
            self.settings.owners.get(entity),
            screen.due(priority),
            facts=(
                Fact("clients", Decimal(len(clients)), "code"),
                Fact("due_30", whole.due_30, "money"),
            ),
        )

    def _why_empty(self) -> Finding:
        countries = tuple(sorted(self.screen.flags))
        if not countries:
            return Finding("l6.empty.no_flags")
        if self.small or self.home:
            return Finding("l6.empty.all_small", {"countries": countries})
        case = "l6.empty.no_entity" if self.nowhere else "l6.empty.no_lines"
        return Finding(case, {"countries": countries})
