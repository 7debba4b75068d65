"""L2, overseas layout review (境外业务布局审视): which booking entity grows, weighs or sours in a flagged country."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from decimal import Decimal

from alerts.finding import Finding
from exposures.classification import is_non_performing
from exposures.labels import sums
from exposures.reason import Reason
from exposures.reviews.collecting import put_off
from exposures.reviews.debts import Debts
from exposures.reviews.item import Action, Amounts, Fact, ItemKey, Priority, Proposal
from exposures.reviews.places import Place, standing
from exposures.reviews.review_list import Grounds, ListResult, ReviewBook, ReviewSettings
from exposures.reviews.screen import NOTHING, Screen, role_of
from exposures.stored import at_rates_of

_MARKS = {"share": "share", "growth": "growth", "bad": "non_performing", "capital": "capital"}


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured of one entity in one country, in the reporting currency or percent; None: not known.

    `before` is X 12 months ago at today's rates; `returned` income on the average of both X.
    """

    now: Decimal
    whole: Decimal
    before: Decimal | None
    bad: Decimal | None
    returned: Decimal | None = None
    capital: Decimal | None = None
    deposits: Decimal | None = None

    @property
    def share(self) -> Decimal:
        """Of all the entity's X."""
        return self.now / self.whole * 100 if self.whole else NOTHING

    @property
    def growth(self) -> Decimal | None:
        """Since 12 months ago, both at today's rates; None also where there was nothing."""
        return None if not self.before else (self.now / self.before - 1) * 100


class OverseasLayout:
    """Item = booking entity in a flagged country."""

    id = "L2"

    def criteria(self, settings: ReviewSettings) -> tuple[Finding, ...]:
        """Universe, marks, action, priority and rank, as they are applied."""
        due = {priority.value: days for priority, days in settings.due_days.items()}
        hurdle = settings.income_hurdle
        return (
            Finding("l2.universe", {"em_source": settings.em_set.source, "em_dated": settings.em_set.dated}),
            Finding("l2.minimum", {"amount": settings.minimum_amount}),
            Finding("l2.triggers", {name: settings.mark(f"l2.{mark}") for name, mark in _MARKS.items()}),
            Finding("l2.growth"),
            Finding("l2.action", {name: settings.mark(f"l2.{name}") for name in ("many", "small_share")}),
            Finding("l2.income_blank") if hurdle is None else Finding("l2.income", {"hurdle": hurdle}),
            Finding("l2.priority", due | {"many": settings.mark("l2.many")}),
            Finding("l2.rank"),
        )

    def build(self, grounds: Grounds) -> ListResult:
        """The list on this book, and on the one of 12 months ago where there is one."""
        with put_off():
            return _Round(grounds).result(self.criteria(grounds.settings))


class _Round:
    """One making of the list."""

    def __init__(self, grounds: Grounds) -> None:
        self.screen = Screen(grounds)
        self.settings = grounds.settings
        self.debts = Debts(grounds.book)
        self._class = self.screen.cell.reader("loan_class")
        self.wholes: dict[str, Decimal] = {}
        self.deposited: dict[str, dict[str, list[Decimal]]] = {}
        self.before = None if grounds.year_ago is None else _year_ago(grounds.book, grounds.year_ago, self.screen.flags)
        self.nowhere: set[int] = set()
        self.small: set[int] = set()
        self.quiet: set[int] = set()

    def result(self, criteria: tuple[Finding, ...]) -> ListResult:
        """Items by triggers, then X."""
        screen = self.screen
        if screen.flags:
            self._note_missing()
        made = list(self._items())
        made.sort(key=lambda item: (-item.points, -item.amounts.immediate, item.name, item.key.country))
        left_out = [("no_entity", self.nowhere), ("no_trigger", self.quiet), ("not_screened", self.small)]
        return screen.result("L2", made, criteria, left_out, self._why_empty())

    def _note_missing(self) -> None:
        screen, settings = self.screen, self.settings
        if self.before is None:
            screen.miss("", "", "growth", "no_year_ago")
        if settings.net_capital is None:
            screen.miss("", "", "capital", "net_capital_blank")
        if not settings.income:
            screen.miss("", "", "income", "income_not_supplied")
        elif settings.income_hurdle is None:
            screen.miss("", "", "income", "hurdle_blank")
        if not self.debts.supplied:
            screen.miss("", "", "funding", "liabilities_not_supplied")

    def _items(self) -> Iterable[Proposal]:
        found = (self._item(entity, country, held) for country, entity, held in self.screen.of_entity(self.nowhere))
        return (item for item in found if item is not None)

    def _item(self, entity: str, country: str, places: tuple[Place, ...]) -> Proposal | None:
        screen = self.screen
        _, by_line, whole = screen.there(places)
        if whole.immediate < self.settings.minimum_amount:
            self.small.update(by_line)
            return None
        figures = self._figures(entity, country, list(by_line), whole)
        triggers = self._triggers(figures)
        if not triggers:
            self.quiet.update(by_line)
            return None
        screen.shown.update(by_line)
        flag, limit = screen.flags[country], screen.limit_of(country)
        action, amount = self._action(figures, {reason.metric for reason in triggers})
        priority = self._priority(triggers)
        told = (*sorted(triggers, key=lambda reason: -_excess(reason)), *screen.tight_limit(limit))
        beneath = screen.beneath(
            (line, amounts, self._of_line(line, amounts, action)) for line, amounts in by_line.items()
        )
        alerts = sum(alert.country == country for alert in screen.grounds.alerts)
        used = None if limit is None else limit.utilisation_with_pending
        facts = (
            Fact("before", figures.before, "money"),
            Fact("growth", figures.growth, "percent"),
            Fact("share", figures.share, "percent"),
            Fact("non_performing", figures.bad, "percent"),
            Fact("deposits_to_assets", figures.deposits, "percent"),
            Fact("income_return", figures.returned, "percent"),
            Fact("limit_use", used, "percent"),
            Fact("open_alerts", Decimal(alerts), "code"),
        )
        return Proposal(
            ItemKey("L2", entity, country, flag.episode),
            entity,
            role_of(places),
            flag.tier.value,
            (entity,),
            None,
            (*told, *screen.why_flagged(flag, told)),
            len(triggers),
            priority,
            0,
            action,
            amount,
            None,
            whole,
            beneath,
            ("growth",) if figures.before is None else (),
            self.settings.owners.get(entity),
            screen.due(priority),
            facts=facts,
        )

    def _figures(self, entity: str, country: str, lines: list[int], whole: Amounts) -> Figures:
        screen, now = self.screen, whole.immediate
        classes = list(map(self._class, lines))
        unknown = sum(name is None for name in classes)
        bad = [line for line, name in zip(lines, classes, strict=True) if is_non_performing(name)]
        if unknown:
            why = "no_class" if unknown == len(lines) else "class_partly_missing"
            screen.miss(entity, entity, "credit", why, str(unknown))
        share = None if unknown == len(lines) else screen.claims.total_at(bad) / now * 100
        before = None if self.before is None else self.before.get((entity, country), NOTHING)
        if before == 0:
            screen.miss(entity, entity, "growth", "nothing_year_ago", country)
        income = self.settings.income.get(f"{entity}/{country}")
        average = now if before is None else (now + before) / 2
        returned = None if income is None or before is None else income / average * 100
        capital = None if self.settings.net_capital is None else now / self.settings.net_capital * 100
        deposits = self._deposits(entity, country) / now * 100 if self.debts.supplied else None
        return Figures(now, self._whole(entity), before, share, returned, capital, deposits)

    def _whole(self, entity: str) -> Decimal:
        """All that is booked in an entity."""
        if entity not in self.wholes:
            claims = self.screen.claims
            self.wholes[entity] = claims.total_in(claims.able & claims.book.labels("entity").are(entity))
        return self.wholes[entity]

    def _deposits(self, entity: str, country: str) -> Decimal:
        """What the entity owes there on deposits."""
        if country not in self.deposited:
            held = self.deposited[country] = {}
            for one in self.debts.of_country(country):
                if one.instrument == "deposit":
                    held.setdefault(self.debts.cell(one.line, "booking_entity"), []).append(one.drawn)
        return sum(self.deposited[country].get(entity, ()), NOTHING)

    def _triggers(self, figures: Figures) -> list[Reason]:
        """One point each."""
        share, growth, bad, capital = (self.settings.mark(f"l2.{name}") for name in _MARKS.values())
        marks = (
            ("entity_share", "share", figures.share, share, figures.share >= share),
            ("growth", "growth", figures.growth, growth, figures.growth is not None and figures.growth >= growth),
            ("non_performing", "credit", figures.bad, bad, figures.bad is not None and figures.bad >= bad),
            ("of_capital", "capital", figures.capital, capital, (figures.capital or NOTHING) > capital),
        )
        return [
            self.screen.reason(metric, family, value, mark, "percent", 1)
            for metric, family, value, mark, holds in marks
            if holds
        ]

    def _action(self, figures: Figures, triggers: set[str]) -> tuple[Action, Decimal | None]:
        """The last that holds; what is no larger than 12 months ago is held there instead of shrunk [choice]."""
        action, amount = Action.KEEP, None
        if "growth" in triggers:
            action = Action.FREEZE
        if "non_performing" in triggers or len(triggers) >= self.settings.mark("l2.many"):
            before = figures.before
            if before is None:
                action = Action.SHRINK
            elif figures.now > before:
                action, amount = Action.SHRINK, figures.now - before
            else:
                action = Action.FREEZE
        hurdle = self.settings.income_hurdle
        if (
            hurdle is not None
            and figures.returned is not None
            and figures.returned < hurdle
            and figures.share < self.settings.mark("l2.small_share")
        ):
            action, amount = Action.EXIT, figures.now
        return action, amount

    def _of_line(self, line: int, amounts: Amounts, action: Action) -> Action:
        if is_non_performing(self._class(line)):
            return Action.RECOVER
        if action in (Action.SHRINK, Action.EXIT) and amounts.due_90:
            return Action.NO_RENEWAL
        return Action.FREEZE if action is Action.FREEZE else Action.WATCH

    def _priority(self, triggers: list[Reason]) -> Priority:
        """High with three triggers or non-performing claims over the mark, medium with two, else low [choice]."""
        many = len(triggers) >= self.settings.mark("l2.many")
        if many or any(reason.metric == "non_performing" for reason in triggers):
            return Priority.HIGH
        return Priority.MEDIUM if len(triggers) == 2 else Priority.LOW

    def _why_empty(self) -> Finding:
        flags = self.screen.flags
        if not flags:
            return Finding("l2.empty.no_flags")
        countries = tuple(sorted(flags))
        if self.nowhere and not self.quiet and not self.small:
            return Finding("l2.empty.no_entity", {"countries": countries})
        if self.quiet or self.small:
            return Finding("l2.empty.no_trigger", {"countries": countries})
        return Finding("l2.empty.no_lines", {"countries": countries})


def _year_ago(now: ReviewBook, then: ReviewBook, countries: Container[str]) -> dict[tuple[str, str], Decimal]:
    """X by entity and country or region in the book of 12 months ago, at the rates of today's book."""
    book = at_rates_of(then.book, now.book)
    x, able, where = standing(book)
    where = where.where(able[where.lines] & where.inside(countries))
    labels = [book.labels("entity").taken(where.lines), where.country, book.labels("currency").taken(where.lines)]
    found: dict[tuple[str, str], Decimal] = {}
    for (entity, country, currency), (minor,), _ in sums(labels, x[where.lines][:, None], where.lines):
        worth = None if entity is None or currency is None else book.convert(minor, currency)
        if entity is not None and country is not None and worth is not None:
            found[entity, country] = found.get((entity, country), NOTHING) + worth
    return found


def _excess(reason: Reason) -> Decimal:
    """How many times its mark a trigger is."""
    if not isinstance(reason.value, Decimal) or not isinstance(reason.threshold, Decimal):
        return NOTHING
    return reason.value / reason.threshold
