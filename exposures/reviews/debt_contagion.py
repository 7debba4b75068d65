"""L9, debt contagion (债务传染): groups, guarantors and chains that would pull others down, and what the bank loses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from alerts.finding import Finding
from exposures.contagion import Node, Terms, spread
from exposures.flags import CountryFlag, Tier
from exposures.reason import Reason
from exposures.reviews.beneath import Beneath
from exposures.reviews.collecting import put_off
from exposures.reviews.contagion_cases import Case, Cases
from exposures.reviews.control import Positions
from exposures.reviews.grouped import Grouped, Places
from exposures.reviews.item import Action, Amounts, Fact, ItemKey, Priority, Proposal
from exposures.reviews.joins import Joins
from exposures.reviews.knock_on import KnockOn, knock_on
from exposures.reviews.review_list import Grounds, ListResult, ReviewSettings
from exposures.reviews.screen import NOTHING, Screen


class DebtContagion:
    """Item = group, guarantor, guarantee chain or cycle, or counterparty whose failure costs enough."""

    id = "L9"

    def criteria(self, settings: ReviewSettings) -> tuple[Finding, ...]:
        """Universe, what joins, rounds, selection, action, priority and rank, as they are applied."""
        due = {priority.value: days for priority, days in settings.due_days.items()}
        return (
            Finding("l9.universe", {"em_source": settings.em_set.source, "em_dated": settings.em_set.dated}),
            Finding("l9.minimum", {"amount": settings.minimum_amount}),
            Finding(
                "l9.rounds",
                {"loss": settings.loss_between, "threshold": settings.failure_share, "lgd": settings.lgd},
            ),
            Finding(
                "l9.selection",
                {"country": settings.mark("l9.country_share"), "net_capital": settings.mark("l9.net_capital")},
            ),
            Finding("l9.action"),
            Finding("l9.priority", due),
            Finding("l9.rank"),
        )

    def build(self, grounds: Grounds) -> ListResult:
        """The list on this book."""
        with put_off():
            return _Round(grounds).result(self.criteria(grounds.settings))


@dataclass(frozen=True, slots=True)
class _About:
    """A subject with its lines, what they owe together, and what they say."""

    subject: str
    lines: Places
    whole: Amounts
    countries: tuple[str, ...]
    entities: tuple[str, ...]
    managers: tuple[str, ...]


class _Round:
    """One making of the list."""

    def __init__(self, grounds: Grounds) -> None:
        self.grounds, self.settings, self.screen = grounds, grounds.settings, Screen(grounds)
        self.joins = Joins(self.screen.claims, grounds.supplied)
        self.network = self.joins.network
        rate, share, lgd = self.settings.loss_between, self.settings.failure_share, self.settings.lgd
        self.terms = Terms(rate / 100, share / 100, None if lgd is None else lgd / 100)
        found = Cases(grounds, self.screen, self.joins, self.terms)
        self.shown = np.zeros(len(self.screen.claims.lines), dtype=bool)
        self.cases, self.given, self.small = found.cases, found.given, found.small

    def result(self, criteria: tuple[Finding, ...]) -> ListResult:
        """Items by knock-on loss, then by what falls back, then by X."""
        made = list(self._items())
        made.sort(key=_rank)
        self._note_missing()
        known = np.zeros(len(self.joins.subjects), dtype=bool)
        known[[self.joins.code_of[node] for node in self.network.nodes if node in self.joins.code_of]] = True
        here, at = known[self.joins.codes], self.joins.at
        left_out: list[tuple[str, Positions]] = [
            ("not_screened", self.small), ("not_contagious", at[here]), ("not_joined", at[~here])
        ]  # fmt: skip
        return self.screen.result("L9", made, criteria, left_out, self._why_empty(), np.flatnonzero(self.shown))

    def _note_missing(self) -> None:
        miss, supplied = self.screen.miss, self.grounds.supplied
        if not supplied.links:
            miss("", "", "links", "links_missing")
        if self.settings.lgd is None:
            miss("", "", "knock_on", "lgd_blank")
        if self.settings.net_capital is None:
            miss("", "", "knock_on", "net_capital_blank")
        if self.joins.unconverted:
            miss("", "", "links", "links_unconverted", str(self.joins.unconverted))
        if vague := int((~self.joins.given.eligible).sum()):
            miss("", "", "cover", "guarantees_vague", str(vague))

    # ------------------------------------------------------------------ the item

    def _items(self) -> Iterator[Proposal]:
        lines = [case.lines for case in self.cases.values()]
        grouped = Grouped(self.screen.claims, lines)
        said = zip(*map(grouped.texts, ("country", "booking_entity", "relationship_owner")), strict=True)
        every = zip(self.cases.items(), lines, grouped.amounts(), said, strict=True)
        for (subject, case), places, whole, (countries, entities, managers) in every:
            if whole.immediate < self.settings.minimum_amount:
                self.small.update(places.tolist())
                continue
            about = _About(subject, places, whole, countries, entities, managers)
            yield self._item(about, case)

    def _item(self, about: "_About", case: Case) -> Proposal:
        screen, node, lines = self.screen, self.network.nodes[about.subject], about.lines
        found = spread(self.network, case.start, self.terms)
        shown = knock_on(self.network, case.start, found, case.nodes)
        for name in found.not_assessable:
            screen.miss(name, self.network.nodes[name].name, "knock_on", "capital_unknown")
        self.shown[lines] = True
        country, flag = self._place(node, about.countries)
        loss, capital = found.bank_loss, self.settings.net_capital
        of_capital = None if loss is None or capital is None else loss / capital * 100
        dear = of_capital is not None and of_capital >= self.settings.mark("l9.net_capital") and len(found.failed) > 1
        priority = _priority(flag, dear=dear, grave=case.grave)
        action, amount = _action(case.reasons, loss, capital, self.settings.mark("l9.net_capital"))
        return Proposal(
            ItemKey("L9", about.subject, country, 0 if flag is None or node.kind == "group" else flag.episode),
            node.name,
            "immediate",
            "" if flag is None else flag.tier.value,
            about.entities,
            node.name if node.kind == "group" else None,
            (*case.reasons, *(() if flag is None else screen.why_flagged(flag))),
            0,
            priority,
            0,
            action,
            amount,
            None,
            about.whole,
            Beneath(lines, lambda line: screen.line(line, screen.claims.amounts(line, 0), action)),
            tuple(sorted({"capital_unknown"} if found.not_assessable else ())),
            screen.owner_of(about.managers, about.entities),
            screen.due(priority),
            facts=self._facts(about.subject, shown, loss, of_capital),
            contagion=shown,
        )

    def _place(self, node: Node, there: Sequence[str]) -> tuple[str, CountryFlag | None]:
        """The item's country and the flag that speaks of it; a group has its members' first country, so that it
        stays the same item whichever of them is flagged.
        """
        if node.kind == "group":
            flags = [self.screen.flags[place] for place in there if place in self.screen.flags]
            return (there[0] if there else ""), min(flags, key=lambda flag: (flag.tier, flag.country), default=None)
        country = node.country or (there[0] if there else "")
        return country, self.screen.flags.get(country)

    def _facts(
        self, subject: str, shown: KnockOn, loss: Decimal | None, of_capital: Decimal | None
    ) -> tuple[Fact, ...]:
        guaranteed = self.given.get(subject)
        both = None if self.terms.lgd is None or guaranteed is None else guaranteed * self.terms.lgd
        return (
            Fact("knock_on", loss, "money"),
            Fact("of_net_capital", of_capital, "percent"),
            Fact("failures", Decimal(sum(step.failed for step in shown.steps)), ""),
            Fact("rounds", Decimal(max((step.number for step in shown.steps if step.failed), default=0)), ""),
            Fact("guaranteed", guaranteed, "money"),
            Fact("falls_back", shown.falls_back, "money"),
            Fact("if_both", both, "money"),
        )

    def _why_empty(self) -> Finding:
        return Finding("l9.empty.fine" if self.network.nodes else "l9.empty.no_links")


def _action(
    reasons: Sequence[Reason], loss: Decimal | None, capital: Decimal | None, mark: Decimal
) -> tuple[Action, Decimal | None]:
    """A group is capped, a guarantor replaced; where only the loss speaks, it is hedged down to its mark."""
    told = {reason.family for reason in reasons}
    if "group" in told:
        return Action.CAP_GROUP, None
    if "guarantee" in told:
        return Action.REPLACE_GUARANTOR, None
    over = None if loss is None or capital is None else loss - capital * mark / 100
    return Action.HEDGE, over


def _priority(flag: CountryFlag | None, *, dear: bool, grave: bool) -> Priority:
    """High where the loss passes its mark or in tier A; medium in tier B, on a non-performing member, a chain or a
    cycle; otherwise low [choice].
    """
    if dear or (flag is not None and flag.tier is Tier.ACT):
        return Priority.HIGH
    return Priority.MEDIUM if flag is not None or grave else Priority.LOW


def _rank(item: Proposal) -> tuple[Decimal, Decimal, Decimal, str]:
    """Knock-on loss, then what falls back, then X; a loss that is not known comes after every one that is."""
    found = {fact.code: fact.value for fact in item.facts}
    loss, back = found["knock_on"], found["falls_back"]
    return (
        -loss if isinstance(loss, Decimal) else Decimal(1),
        -back if isinstance(back, Decimal) else NOTHING,
        -item.amounts.immediate,
        item.name,
    )
