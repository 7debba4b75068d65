"""L1, credit-asset screening (信贷资产风险排查): every counterparty with live claims in a flagged country."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from weakref import WeakKeyDictionary

from alerts.finding import Finding
from exposures.classification import RANK, ClassFinding, class_findings, is_non_performing
from exposures.flags import LIMIT_WATCH, CountryFlag, LimitStanding
from exposures.reason import Reason
from exposures.reviews import control
from exposures.reviews.claims import measure
from exposures.reviews.item import Action, Amounts, ItemKey, ItemLine, Priority, Proposal
from exposures.reviews.points import COVER_MARK, Subject, judge, priority_of, total_points
from exposures.reviews.review_list import (
    ControlTotal,
    Grounds,
    ListResult,
    NotAssessable,
    Part,
    ReviewSettings,
)

#: A limit at or above its critical mark is brought back to this percent.
TARGET_USE = Decimal(80)


class AssetScreening:
    """Item = counterparty in a flagged country; decisions stand per line beneath it."""

    id = "L1"

    def criteria(self, settings: ReviewSettings) -> tuple[Finding, ...]:
        """Universe, minimum amount, points by family, priority, action and rank, as they are applied."""
        due = {priority.value: days for priority, days in settings.due_days.items()}
        return (
            Finding("l1.universe", {"em_source": settings.em_set.source, "em_dated": settings.em_set.dated}),
            Finding("l1.minimum", {"amount": settings.minimum_amount}),
            *(Finding(f"l1.points.{family}") for family in ("credit", "rating", "limit", "fx", "maturity", "cover")),
            Finding("l1.priority", due),
            Finding("l1.action"),
            Finding("l1.rank"),
        )

    def build(self, grounds: Grounds) -> ListResult:
        """The list on this book; every line of the book stands in exactly one part of the control total."""
        if grounds not in _SCREENED:
            _SCREENED[grounds] = _Round(grounds).result(self.criteria(grounds.settings))
        return _SCREENED[grounds]


#: Debt contagion asks whom this list calls high; one making of the lists screens the book once.
_SCREENED: WeakKeyDictionary[Grounds, ListResult] = WeakKeyDictionary()


#: A line that counts in a country: its position, whether who owes is there, and the part of X that ends there.
_Place = tuple[int, bool, int]


class _Round:
    """One making of the list."""

    def __init__(self, grounds: Grounds) -> None:
        self.claims, self.alerts, self.limits = measure(grounds.book), grounds.alerts, grounds.limits
        self.settings, self.today, self.added = grounds.settings, grounds.today, grounds.added("L1")
        self.flags = {flag.country: flag for flag in grounds.flags if flag.causes}
        self.counted = control.counted(self.claims)
        places = self.claims.places
        self.places = places[places["line"].isin(self.counted.index).to_numpy()]
        self.findings: dict[int, list[ClassFinding]] = {}
        for found in class_findings(self.counted, self.counted["subject"], self.claims.scaled(self.counted)):
            self.findings.setdefault(int(self.counted.index[found.position]), []).append(found)
        self.missing: list[NotAssessable] = []
        self.small: set[int] = set()
        self.shown: set[int] = set()
        self.beneath: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}

    def result(self, criteria: tuple[Finding, ...]) -> ListResult:
        """Items by rank, the parts of the control total, and why there is nothing where there is nothing."""
        proposals = self._proposals()
        parts = control.parts(
            self.claims,
            self.settings.em_set,
            shown=self.shown,
            listed=sum((item.amounts.immediate for item in proposals), Decimal(0)),
            adjusted="shown_twice",
            left_out=[*self.added, ("not_screened", self.small)],
        )
        summary = control.summary(self.claims, self.flags, self.settings.em_set)
        excluded = tuple(part for part in parts if part.case not in ("items", "shown_twice"))
        total = ControlTotal(parts, len(self.claims.book.lines), self.claims.book.total())
        empty = None if proposals else self._why_empty(parts)
        return ListResult(
            "L1", proposals, excluded, summary, tuple(dict.fromkeys(self.missing)), total, criteria, empty
        )

    def _proposals(self) -> tuple[Proposal, ...]:
        flagged = self.places[self.places["country"].isin(self.flags.keys()).to_numpy()]
        held: dict[tuple[str, str], list[_Place]] = {}
        columns = (flagged[name].tolist() for name in ("line", "country", "immediate", "guarantor"))
        for line, country, immediate, guarantor in zip(*columns, strict=True):
            held.setdefault((self.claims.cell(line, "subject"), country), []).append((line, immediate, guarantor))
        made: list[Proposal] = []
        for key, country in sorted(held):
            places = held[key, country]
            by_line = {line: self.claims.amounts(line, guarantor) for line, _, guarantor in places}
            whole = sum(by_line.values(), Amounts(cover=Decimal(0)))
            if whole.immediate < self.settings.minimum_amount:
                self.small.update(by_line)
                continue
            self.shown.update(by_line)
            made.append(self._proposal(key, country, places, by_line, whole))
        made.sort(key=lambda item: (-item.points, -item.amounts.immediate, item.name, item.key.country))
        return tuple(replace(item, rank=rank) for rank, item in enumerate(made, start=1))

    def _given(self, lines: Iterable[int], column: str) -> list[str]:
        """What lines say, each once, in their order."""
        cells = (self.claims.cell(line, column) for line in lines)
        return list(dict.fromkeys(str(cell) for cell in cells if cell is not None))

    def _proposal(
        self, key: str, country: str, places: list[_Place], by_line: dict[int, Amounts], whole: Amounts
    ) -> Proposal:
        lines = tuple(by_line)
        flag = self.flags[country]
        name = next(iter(self._given(lines, "counterparty_name")), "") or key
        group = next(iter(self._given(lines, "group_id")), None)
        found = tuple(finding for line in by_line for finding in self.findings.get(line, ()))
        limits = tuple(use for use in self.limits if (use.scope, use.subject) in _scopes(key, group, country))
        subject = Subject(key, name, country, group, lines, whole, found, limits)
        judged, missing = judge(subject, self.claims, self.alerts, self.settings)
        self.missing.extend(missing)
        points = total_points(judged)
        priority = priority_of(points)
        reasons = (*sorted(judged, key=lambda reason: -reason.points), *_country_reasons(flag, judged))
        action, amount, proposed = self._action(subject, priority)
        rest = self._action(subject, priority, ignoring_class=True)[0]
        item_lines = tuple(self._line(line, by_line[line], action, rest) for line in by_line)
        owing, ending = any(immediate for _, immediate, _ in places), any(guarantor for *_, guarantor in places)
        role = "immediate" if not ending else "both" if owing else "guarantor"
        entities = tuple(sorted(self._given(lines, "booking_entity")))
        return Proposal(
            ItemKey("L1", key, country, flag.episode),
            name,
            role,
            flag.tier.value,
            entities,
            group,
            reasons,
            points,
            priority,
            0,
            action,
            amount,
            proposed,
            whole,
            item_lines,
            tuple(sorted({miss.family for miss in missing})),
            self._owner(lines, entities),
            self.settings.calendar.add(self.today, self.settings.due_days[priority]),
        )

    def _action(
        self, subject: Subject, priority: Priority, *, ignoring_class: bool = False
    ) -> tuple[Action, Decimal | None, str | None]:
        """The first that holds: action, amount in the reporting currency, proposed class."""
        if not ignoring_class:
            bad = [line for line in subject.lines if is_non_performing(self.claims.cell(line, "loan_class"))]
            if bad:
                return Action.RECOVER, self._x(bad), None
            minimum = {line: self._minimum(line) for line in subject.lines}
            late = [line for line, least in minimum.items() if least is not None]
            if late:
                worst = max((least for least in minimum.values() if least), key=lambda least: RANK[least])
                return Action.DOWNGRADE, self._x(late), worst
        tight = [use for use in subject.limits if use.at_least(LIMIT_WATCH)]
        if tight:
            return Action.REDUCE, self._reduction(subject, max(tight, key=_tightness)), None
        amounts = subject.amounts
        if priority is Priority.HIGH:
            return Action.NO_RENEWAL, amounts.due_90, None
        if priority is Priority.MEDIUM:
            if amounts.cover is not None and amounts.cover * 100 < amounts.immediate * COVER_MARK:
                return Action.ADD_COLLATERAL, amounts.immediate * COVER_MARK / 100 - amounts.cover, None
            return Action.CALL_REPORT, None, None
        return (Action.WATCH if priority is Priority.LOW else Action.KEEP), None, None

    def _reduction(self, subject: Subject, use: LimitStanding) -> Decimal:
        """`used + P − 80 %·L`, shared among everybody beneath the limit in proportion to drawn."""
        excess = max(Decimal(0), use.used + use.pending - use.limit * TARGET_USE / 100)
        if (use.scope, use.subject) not in self.beneath:
            self.beneath[use.scope, use.subject] = self._beneath(use)
        all_drawn, everything = self.beneath[use.scope, use.subject]
        if all_drawn > 0:
            return excess * subject.amounts.drawn / all_drawn
        return excess * subject.amounts.immediate / everything if everything > 0 else excess

    def _beneath(self, use: LimitStanding) -> tuple[Decimal, Decimal]:
        """Drawn and X of everybody beneath a limit."""
        counted = self.counted
        if use.scope == "country":
            beneath = counted.loc[self.places.loc[(self.places["country"] == use.subject).to_numpy(), "line"]]
        else:
            column = "group_id" if use.scope == "group" else "subject"
            beneath = counted[(counted[column] == use.subject).to_numpy(dtype=bool)]
        return self.claims.total(beneath, "drawn"), self.claims.total(beneath)

    def _line(self, position: int, amounts: Amounts, action: Action, rest: Action) -> ItemLine:
        def cell(column: str) -> Any:
            return self.claims.cell(position, column)

        loan_class, least = cell("loan_class"), self._minimum(position)
        if is_non_performing(loan_class):
            own = Action.RECOVER
        elif least is not None:
            own = Action.DOWNGRADE
        else:
            own = rest if action in (Action.RECOVER, Action.DOWNGRADE) else action
        if own is Action.NO_RENEWAL and not amounts.due_90:
            own = Action.WATCH
        maturity, days, row = cell("maturity"), cell("days_past_due"), cell("source_row")
        return ItemLine(
            str(cell("line_id")),
            cell("product") or "",
            cell("instrument") or "other",
            str(cell("currency")),
            amounts,
            None if maturity is None else maturity.date(),
            loan_class,
            least,
            None if days is None else int(days),
            own,
            "" if row is None else f"{cell('source_sheet') or ''}!{int(row)}",
        )

    def _minimum(self, position: int) -> str | None:
        called = [found.minimum for found in self.findings.get(position, ()) if found.minimum is not None]
        return max(called, key=lambda least: RANK[least]) if called else None

    def _x(self, lines: list[int]) -> Decimal:
        return self.claims.total_at(lines)

    def _owner(self, lines: Iterable[int], entities: tuple[str, ...]) -> str | None:
        relationships = self._given(lines, "relationship_owner")
        table = self.settings.owners
        named = [table[name] for name in (*relationships, *entities) if name in table]
        if named:
            return named[0]
        return relationships[0] if len(relationships) == 1 else None

    def _why_empty(self, parts: Sequence[Part]) -> Finding:
        if not self.flags:
            return Finding("l1.empty.no_flags")
        by_case = {part.case: part for part in parts}
        if small := by_case["not_screened"].lines:
            return Finding("l1.empty.all_small", {"lines": small, "amount": self.settings.minimum_amount})
        return Finding("l1.empty.no_lines", {"countries": tuple(sorted(self.flags))})


def _country_reasons(flag: CountryFlag, judged: Sequence[Reason]) -> tuple[Reason, ...]:
    """Why the country is flagged, without what the subject's own reasons already say."""
    told = {reason.labels.get("rule") for reason in judged} - {None}
    limit_told = any(reason.metric == "limit_country" for reason in judged)
    return tuple(
        reason
        for reason in flag.reasons
        if reason.labels.get("rule") not in told and not (limit_told and reason.metric.startswith("limit_"))
    )


def _scopes(subject: str, group: str | None, country: str) -> set[tuple[str, str | None]]:
    return {("counterparty", subject), ("group", group), ("country", country)}


def _tightness(use: LimitStanding) -> Decimal:
    percent = use.utilisation_with_pending
    return Decimal("Infinity") if percent is None else percent
