"""L1, credit-asset screening (信贷资产风险排查): every counterparty with live claims in a flagged country."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter
from weakref import WeakKeyDictionary

import numpy as np

from alerts.finding import Finding
from exposures.classification import CHECKED, RANK, ClassFinding, class_checks, is_non_performing
from exposures.flags import LIMIT_WATCH, CountryFlag, LimitStanding
from exposures.reason import Reason
from exposures.reviews.beneath import Beneath
from exposures.reviews.collecting import put_off
from exposures.reviews.item import Action, Amounts, ItemKey, Priority, Proposal
from exposures.reviews.places import Place
from exposures.reviews.points import Judge, Subject, priority_of, total_points
from exposures.reviews.review_list import Grounds, ListResult, ReviewSettings
from exposures.reviews.screen import Screen, first, role_of

_FROM = ("high", "medium", "low")


class AssetScreening:
    """Item = counterparty in a flagged country; decisions stand per line beneath it."""

    id = "L1"

    def criteria(self, settings: ReviewSettings) -> tuple[Finding, ...]:
        """Universe, minimum amount, points by family, priority, action and rank, as they are applied."""
        due = {priority.value: days for priority, days in settings.due_days.items()}
        return (
            Finding("l1.universe", {"em_source": settings.em_set.source, "em_dated": settings.em_set.dated}),
            Finding("l1.minimum", {"amount": settings.minimum_amount}),
            *(Finding(f"l1.points.{family}") for family in ("credit", "rating", "limit", "fx", "maturity")),
            Finding("l1.points.cover", {"cover": settings.mark("l1.cover")}),
            Finding("l1.priority", due | {f"from_{name}": settings.mark(f"l1.{name}") for name in _FROM}),
            Finding("l1.action", {"target": settings.mark("l1.limit_target")}),
            Finding("l1.rank"),
        )

    def build(self, grounds: Grounds) -> ListResult:
        """The list on this book; every line of the book stands in exactly one part of the control total."""
        if grounds not in _SCREENED:
            with put_off():
                _SCREENED[grounds] = _Round(grounds).result(self.criteria(grounds.settings))
        return _SCREENED[grounds]


#: Debt contagion asks whom this list calls high; one making of the lists screens the book once.
_SCREENED: WeakKeyDictionary[Grounds, ListResult] = WeakKeyDictionary()


class _Round:
    """One making of the list."""

    def __init__(self, grounds: Grounds) -> None:
        self.screen = Screen(grounds)
        self.claims, self.limits = self.screen.claims, grounds.limits
        self.settings, self.flags = grounds.settings, self.screen.flags
        self.judge = Judge(self.claims, grounds.alerts, grounds.settings).judge
        self.findings = self._class_findings()
        self.beneath_limits: dict[tuple[str, str], list[int]] = {}
        for place, use in enumerate(self.limits):
            self.beneath_limits.setdefault((use.scope, use.subject), []).append(place)
        self.small: set[int] = set()
        self._class = self.claims.cell.reader("loan_class")
        self.beneath: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}

    def result(self, criteria: tuple[Finding, ...]) -> ListResult:
        """Items by points, then X."""
        made = list(self._items())
        made.sort(key=lambda item: (-item.points, -item.amounts.immediate, item.name, item.key.country))
        return self.screen.result("L1", made, criteria, [("not_screened", self.small)], self._why_empty())

    def _class_findings(self) -> dict[int, list[ClassFinding]]:
        """By line, the checks that it fails; of everybody who owes in a flagged country, with all they owe anywhere."""
        claims, owing = self.claims, self.claims.subjects
        asked = np.zeros(len(owing.values) + 1, dtype=bool)
        asked[owing.codes[self.screen.places.lines]] = True
        mine = np.flatnonzero(asked[owing.codes] & claims.able)
        rules = self.settings.class_rules
        lines = claims.lines.some([*CHECKED[1:], *rules.columns], mine)
        positions, found = mine.tolist(), dict[int, list[ClassFinding]]()
        codes, owed, ranks = owing.codes[mine].astype(np.intp), claims.scaled_at(mine), claims.ranks_at(mine)
        for check in class_checks(lines, codes, owed, ranks, rules=rules, names=owing.values):
            for place in check.positions.tolist():
                found.setdefault(positions[place], []).append(check.finding(place))
        return found

    def _items(self) -> Iterable[Proposal]:
        held = ((subject, country, places) for country, subject, places in self.screen.of_subject())
        for key, country, places in sorted(held, key=itemgetter(0, 1)):
            _, by_line, whole = self.screen.there(places)
            if whole.immediate < self.settings.minimum_amount:
                self.small.update(by_line)
                continue
            self.screen.shown.update(by_line)
            yield self._proposal(key, country, places, by_line, whole)

    def _first(self, lines: Iterable[int], column: str) -> str | None:
        """What the first line that says something says."""
        return first(map(self.claims.cell.reader(column), lines))

    def _given(self, lines: Iterable[int], column: str) -> list[str]:
        """What lines say, each once, in their order."""
        cells = dict.fromkeys(map(self.claims.cell.reader(column), lines))
        return [str(cell) for cell in cells if cell is not None]

    def _proposal(
        self, key: str, country: str, places: tuple[Place, ...], by_line: Mapping[int, Amounts], whole: Amounts
    ) -> Proposal:
        lines = tuple(by_line)
        flag = self.flags[country]
        name = self._first(lines, "counterparty_name") or key
        group = self._first(lines, "group_id")
        found = tuple(finding for line in by_line for finding in self.findings.get(line, ()))
        limits = self._limits(key, group, country)
        subject = Subject(key, name, country, group, lines, whole, found, limits)
        judged, missing = self.judge(subject)
        self.screen.missing.extend(missing)
        points = total_points(judged)
        priority = priority_of(points, self.settings)
        reasons = (*sorted(judged, key=lambda reason: -reason.points), *_country_reasons(flag, judged))
        bad = [line for line, name in zip(lines, map(self._class, lines), strict=True) if is_non_performing(name)]
        least = {line: called for line in lines if (called := self._minimum(line)) is not None}
        action, amount, proposed = self._action(subject, priority, bad, least)
        by_class = action in (Action.RECOVER, Action.DOWNGRADE)
        rest = self._action(subject, priority, (), {})[0] if by_class else action
        rows = [
            (line, amounts, _of_line(line, amounts, bad, least, rest), None, least.get(line))
            for line, amounts in by_line.items()
        ]
        entities = tuple(sorted(self._given(lines, "booking_entity")))
        return Proposal(
            ItemKey("L1", key, country, flag.episode),
            name,
            role_of(places),
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
            Beneath(rows, self.claims.told),
            tuple(sorted({miss.family for miss in missing})),
            self._owner(lines, entities),
            self.screen.due(priority),
        )

    def _action(
        self, subject: Subject, priority: Priority, bad: Sequence[int], least: Mapping[int, str]
    ) -> tuple[Action, Decimal | None, str | None]:
        """The first that holds: action, amount in the reporting currency, proposed class."""
        if bad:
            return Action.RECOVER, self._x(bad), None
        if least:
            return Action.DOWNGRADE, self._x(list(least)), max(least.values(), key=lambda name: RANK[name])
        tight = [use for use in subject.limits if use.at_least(LIMIT_WATCH)]
        # Shared in proportion to drawn: nothing of it falls to whom nothing is drawn by.
        if tight and (share := self._reduction(subject, max(tight, key=_tightness))):
            return Action.REDUCE, share, None
        amounts = subject.amounts
        if priority is Priority.HIGH:
            return Action.NO_RENEWAL, amounts.due_90 or None, None
        if priority is Priority.MEDIUM:
            mark = self.settings.mark("l1.cover")
            if amounts.cover is not None and amounts.cover * 100 < amounts.immediate * mark:
                return Action.ADD_COLLATERAL, amounts.immediate * mark / 100 - amounts.cover, None
            return Action.CALL_REPORT, None, None
        return (Action.WATCH if priority is Priority.LOW else Action.KEEP), None, None

    def _reduction(self, subject: Subject, use: LimitStanding) -> Decimal:
        """`used + P − 80 %·L` as shipped, shared among everybody beneath the limit in proportion to drawn."""
        excess = max(Decimal(0), use.used + use.pending - use.limit * self.settings.mark("l1.limit_target") / 100)
        if (use.scope, use.subject) not in self.beneath:
            self.beneath[use.scope, use.subject] = self._beneath(use)
        all_drawn, everything = self.beneath[use.scope, use.subject]
        if all_drawn > 0:
            return excess * subject.amounts.drawn / all_drawn
        return excess * subject.amounts.immediate / everything if everything > 0 else excess

    def _beneath(self, use: LimitStanding) -> tuple[Decimal, Decimal]:
        """Drawn and X of everybody beneath a limit."""
        claims = self.claims
        if use.scope == "country":
            here = claims.where.country.are(use.subject)
            beneath = np.zeros(len(claims.lines), dtype=bool)
            beneath[claims.where.lines[here]] = True
        else:
            beneath = (claims.book.labels("group") if use.scope == "group" else claims.subjects).are(use.subject)
        positions = np.flatnonzero(beneath & claims.able).tolist()
        return claims.total_at(positions, "drawn"), claims.total_at(positions)

    def _limits(self, subject: str, group: str | None, country: str) -> tuple[LimitStanding, ...]:
        """The limits that a subject stands under, in their order."""
        asked = (("counterparty", subject), ("group", group or ""), ("country", country))
        places = sorted(place for scope in asked for place in self.beneath_limits.get(scope, ()))
        return tuple(self.limits[place] for place in places)

    def _minimum(self, position: int) -> str | None:
        found = self.findings.get(position)
        called = [one.minimum for one in found if one.minimum is not None] if found else ()
        return max(called, key=lambda least: RANK[least]) if called else None

    def _x(self, lines: Sequence[int]) -> Decimal:
        return self.claims.total_at(lines)

    def _owner(self, lines: Iterable[int], entities: tuple[str, ...]) -> str | None:
        relationships = self._given(lines, "relationship_owner")
        table = self.settings.owners
        named = [table[name] for name in (*relationships, *entities) if name in table]
        if named:
            return named[0]
        return relationships[0] if len(relationships) == 1 else None

    def _why_empty(self) -> Finding:
        if not self.flags:
            return Finding("l1.empty.no_flags")
        if self.small:
            return Finding("l1.empty.all_small", {"lines": len(self.small), "amount": self.settings.minimum_amount})
        return Finding("l1.empty.no_lines", {"countries": tuple(sorted(self.flags))})


def _of_line(line: int, amounts: Amounts, bad: Sequence[int], least: Mapping[int, str], rest: Action) -> Action:
    """What is proposed for a line of an item: `rest` where its class asks for nothing."""
    if line in bad:
        return Action.RECOVER
    if line in least:
        return Action.DOWNGRADE
    return Action.WATCH if rest is Action.NO_RENEWAL and not amounts.due_90 else rest


def _country_reasons(flag: CountryFlag, judged: Sequence[Reason]) -> tuple[Reason, ...]:
    """Why the country is flagged, without what the subject's own reasons already say."""
    told = {reason.labels.get("rule") for reason in judged} - {None}
    limit_told = any(reason.metric == "limit_country" for reason in judged)
    return tuple(
        reason
        for reason in flag.reasons
        if reason.labels.get("rule") not in told and not (limit_told and reason.metric.startswith("limit_"))
    )


def _tightness(use: LimitStanding) -> Decimal:
    percent = use.utilisation_with_pending
    return Decimal("Infinity") if percent is None else percent
