"""What makes an item of debt contagion: groups in trouble, guarantors, chains and circles, costly failures."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import numpy as np

from exposures.classification import CHECKED, SUBSTANDARD, class_checks
from exposures.contagion import Terms, spread, starters
from exposures.exposure import CLASSES
from exposures.guarantee_chains import chains
from exposures.reason import Reason
from exposures.reviews.asset_screening import AssetScreening
from exposures.reviews.grouped import Places, money_by
from exposures.reviews.item import Priority
from exposures.reviews.joins import Joins
from exposures.reviews.review_list import Grounds
from exposures.reviews.screen import NOTHING, Screen

#: Links of the shortest guarantee chain that is listed.
SHORTEST_CHAIN = Decimal(2)


def _firsts(codes: Places, positions: Places, count: int) -> Places:
    """The first of the rising positions of each of `count` codes; -1 where there is none."""
    found = np.full(count, -1, dtype=np.int64)
    found[codes[::-1]] = positions[::-1]  # of several the last written stays
    return found


@dataclass(slots=True)
class Case:
    """What speaks for one item: its reasons, who fails in its scenario, and the nodes and lines it shows."""

    reasons: list[Reason] = field(default_factory=list)
    start: tuple[str, ...] = ()
    nodes: set[str] = field(default_factory=set)
    parts: list[Places] = field(default_factory=list)
    grave: bool = False

    @property
    def lines(self) -> Places:
        """Places in Claims.lines, rising, each once."""
        found = np.sort(np.concatenate(self.parts))
        return found[np.diff(found, prepend=-1) > 0]


class Cases:
    """Every subject that something speaks for: `cases` by node; `given` is what each guarantor guarantees, `small`
    are lines of guarantors below the minimum.
    """

    def __init__(self, grounds: Grounds, screen: Screen, joins: Joins, terms: Terms) -> None:
        self.grounds, self.settings, self.screen = grounds, grounds.settings, screen
        self.joins, self.network, self.terms = joins, joins.network, terms
        self.cases: dict[str, Case] = defaultdict(Case)
        self.given = dict(zip(joins.given.givers, joins.given.amounts, strict=True))
        self.small: set[int] = set()
        self._groups()
        self._guarantors()
        self._chains()
        self._losses()

    def _groups(self) -> None:
        """(a) Two members or more of whom one is non-performing, high in L1 or has a class finding."""
        groups = self.joins.groups
        if not groups:
            return
        high = {
            item.key.subject
            for item in AssetScreening().build(self.grounds).items
            if item.priority is Priority.HIGH
        }  # fmt: skip
        bad, wrong = self._classes(groups)
        for group, members in groups.items():
            told: list[Reason] = []
            for member in members:
                worst, first, is_high = bad.get(member), wrong.get(member), member in high
                if worst or first or is_high:
                    told += self._troubles(member, worst, first, high=is_high)
            if not told:
                continue
            node = f"group:{group}"
            case = self.cases[node]
            count = self.screen.reason("group_members", "group", Decimal(len(members)), SHORTEST_CHAIN, "")
            case.reasons += [count, *told]
            case.start, case.grave = (node,), any(reason.metric == "member_class" for reason in told)
            case.nodes |= {node, *members}
            case.parts += map(self.joins.places, members)

    def _classes(self, groups: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], dict[str, str]]:
        """Of everybody in a group: the first non-performing class, and what the first failed check found."""
        joins, claims = self.joins, self.screen.claims
        member = np.zeros(len(joins.subjects), dtype=bool)
        member[[joins.code_of[name] for members in groups.values() for name in members]] = True
        within = member[joins.codes]
        at, codes = joins.at[within], joins.codes[within]
        rules = self.settings.class_rules
        lines, ranks = claims.lines.some([*CHECKED[1:], *rules.columns], at), claims.ranks_at(at)
        bad = np.flatnonzero(ranks >= SUBSTANDARD)
        first = _firsts(codes[bad], bad, len(joins.subjects))
        owing = np.flatnonzero(first >= 0)
        classes = (CLASSES[rank] for rank in ranks[first[owing]].tolist())
        wrong: dict[str, str] = {}
        told = np.zeros(len(joins.subjects), dtype=bool)
        owed = claims.scaled_at(at)
        for check in class_checks(lines, codes, owed, ranks, rules=rules, names=joins.subjects):
            first = _firsts(codes[check.positions], check.positions, len(joins.subjects))
            new = np.flatnonzero((first >= 0) & ~told)
            told[new] = True
            wrong |= {joins.subjects[code]: check.value(line) for code, line in zip(new, first[new], strict=True)}
        return dict(zip((joins.subjects[code] for code in owing), classes, strict=True)), wrong

    def _troubles(self, member: str, bad: str | None, wrong: str | None, *, high: bool) -> list[Reason]:
        day, version, labels = (
            self.screen.reported,
            self.screen.claims.version,
            {"subject": self.network.nodes[member].name},
        )
        told = []
        if bad is not None:
            told.append(Reason("member_class", "group", bad, "substandard", "class", day, version, labels=labels))
        if wrong is not None:
            told.append(Reason("member_finding", "group", wrong, None, "class", day, version, labels=labels))
        if high:
            told.append(Reason("member_high", "group", None, None, "code", day, version, labels=labels))
        return told

    def _guarantors(self) -> None:
        """(b) Whose country is flagged, or who guarantees so much of a country's X."""
        given = self.joins.given
        shares: dict[str, list[tuple[str, Decimal]]] = defaultdict(list)
        for (giver, country), part in given.sums(self.screen.claims.book.labels("country")).items():
            shares[giver].append((country, part))
        for giver, lines in zip(given.givers, given.by_giver(), strict=True):
            amount = self.given[giver]
            if amount < self.settings.minimum_amount:
                self.small.update(lines.tolist())
                continue
            told = []
            if self.network.nodes[giver].country in self.screen.flags:
                told.append(self.screen.reason("guaranteed", "guarantee", amount, None, "money"))
            for country, part in shares[giver]:
                owed = self._owed.get(country, NOTHING) if country in self.settings.em_set else NOTHING
                if owed > 0 and part * 100 >= owed * self.settings.mark("l9.country_share"):
                    share = part / owed * 100
                    told.append(
                        self.screen.reason(
                            "guarantee_share",
                            "guarantee",
                            share,
                            self.settings.mark("l9.country_share"),
                            "percent",
                            subject=country,
                        )
                    )
            if told:
                case = self.cases[giver]
                case.reasons += told
                case.start = (giver,)
                case.parts += [lines, self.joins.places(giver)]
                debtors = np.unique(self.joins.codes[np.searchsorted(self.joins.at, lines)])
                case.nodes |= {giver, *(self.joins.subjects[code] for code in debtors.tolist())}

    @cached_property
    def _owed(self) -> Mapping[str, Decimal]:
        """X of the live lines by immediate country."""
        countries, at = self.screen.claims.book.labels("country"), self.joins.at
        codes, x = countries.codes[at].astype(np.int64), self.screen.claims.measured["x"][at]
        (sums,) = money_by(self.screen.claims, codes, len(countries.values) + 1, at, x[None])
        return dict(zip(countries.values, sums, strict=False))

    def _chains(self) -> None:
        """(c) Who guarantees a guarantor, or comes back to itself."""
        found, cycles = chains(self.network.edges)
        for kind, ways in (("chain", found), ("cycle", cycles)):
            for way in ways:
                links = Decimal(len(way) - 1 if kind == "chain" else len(way))
                names = " \u2192 ".join(self.network.nodes[node].name for node in way)
                case = self.cases[way[0]]
                case.reasons.append(
                    self.screen.reason(f"guarantee_{kind}", "guarantee", links, SHORTEST_CHAIN, "", subject=names)
                )
                case.grave = True
                case.nodes |= set(way)
                case.parts += map(self.joins.places, way)
                case.start = self._worse(case.start or (way[0],), (way[-1],))

    def _worse(self, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
        """The scenario in which the bank loses more; without its LGD the one in which more of its claims fail."""

        def cost(start: tuple[str, ...]) -> Decimal:
            found = spread(self.network, start, self.terms)
            loss = found.bank_loss
            return sum((step.claims for step in found.rounds), NOTHING) if loss is None else loss

        return one if cost(one) >= cost(other) else other

    def _losses(self) -> None:
        """(d) Whose failure brings others down and costs the bank so much of its net capital."""
        capital, mark = self.settings.net_capital, self.settings.mark("l9.net_capital")
        if capital is None or self.terms.lgd is None:
            return
        for node in sorted(starters(self.network, self.terms)):
            if self.network.nodes[node].kind == "group":
                continue
            found = spread(self.network, (node,), self.terms)
            loss = found.bank_loss
            if loss is None or len(found.failed) < 2 or loss * 100 < capital * mark:
                continue
            case = self.cases[node]
            case.reasons.append(self.screen.reason("knock_on", "knock_on", loss / capital * 100, mark, "percent"))
            case.start = self._worse((node,), case.start) if case.start else (node,)
            case.parts += map(self.joins.places, found.failed)
