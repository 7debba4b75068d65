"""Debt contagion (债务传染): who fails after whom, round by round, and what the bank loses (CALCULATIONS 10).

Sequential default after Furfine (2003), synchronous: a round sees only what failed in the rounds before it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Node:
    """A counterparty or group: `claim` is what it owes the bank, `capital` its buffer K (None: not known).

    Kinds: counterparty, guarantor (known only as one), group. Amounts in the reporting currency, major units.
    """

    id: str
    name: str
    claim: Decimal = _NOTHING
    capital: Decimal | None = None
    country: str | None = None
    kind: str = "counterparty"


@dataclass(frozen=True, slots=True)
class Edge:
    """What joins two nodes. Kinds: claim (`source` loses `amount` if `target` fails), control (`source` owns
    `target`), guarantee (`source` pays `amount` to the bank if `target` fails).

    A guarantee that is not `eligible` burdens the guarantor and covers nothing.
    """

    kind: str
    source: str
    target: str
    amount: Decimal = _NOTHING
    eligible: bool = True


@dataclass(frozen=True, slots=True)
class Terms:
    """λ between nodes, the share τ of its capital that a node can lose, the bank's own LGD (None: not set); ratios."""

    loss: Decimal = Decimal("0.6")
    threshold: Decimal = Decimal(1)
    lgd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One round: who failed in it, what everybody still alive has lost by then, the bank's claims and loss in it."""

    number: int
    failed: tuple[str, ...]
    losses: Mapping[str, Decimal]
    claims: Decimal
    bank_loss: Decimal | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How a failure spreads. `not_assessable`: nodes with a loss and without a known buffer, which cannot fail by it.

    `falls_back` is what failed guarantors guaranteed for debtors that are alive: no loss, the risk comes back.
    """

    rounds: tuple[Round, ...]
    not_assessable: tuple[str, ...]
    falls_back: Decimal

    @property
    def failed(self) -> dict[str, int]:
        """Everybody who failed, with the round."""
        return {node: one.number for one in self.rounds for node in one.failed}

    @property
    def bank_loss(self) -> Decimal | None:
        """What the bank loses in all rounds; None without its LGD."""
        losses = [one.bank_loss for one in self.rounds]
        return None if any(loss is None for loss in losses) else sum((loss for loss in losses if loss), _NOTHING)


@dataclass(frozen=True)
class Network:
    """Nodes by id and the edges between them; an edge to itself is no edge."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...] = ()

    @cached_property
    def lenders(self) -> Mapping[str, list[Edge]]:
        """Claims by who owes."""
        return self._by("claim", target=True)

    @cached_property
    def subsidiaries(self) -> Mapping[str, list[Edge]]:
        """Control by who owns."""
        return self._by("control", target=False)

    @cached_property
    def guarantors(self) -> Mapping[str, list[Edge]]:
        """Guarantees by whose debt is guaranteed."""
        return self._by("guarantee", target=True)

    @cached_property
    def guaranteed(self) -> Mapping[str, list[Edge]]:
        """Guarantees by who gave them."""
        return self._by("guarantee", target=False)

    def among(self, nodes: Collection[str]) -> tuple[Edge, ...]:
        """The edges between some nodes, in the order of all."""
        places = sorted(
            place
            for node in nodes
            for place in self._leaving.get(node, ())
            if self.edges[place].target in nodes and self.edges[place].target != node
        )
        return tuple(self.edges[place] for place in places)

    @cached_property
    def _leaving(self) -> Mapping[str, list[int]]:
        """The places of the edges by their source: a network has as many as a book has joined lines."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, edge in enumerate(self.edges):
            found[edge.source].append(place)
        return found

    def _by(self, kind: str, *, target: bool) -> Mapping[str, list[Edge]]:
        found: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            if edge.kind == kind and edge.source != edge.target:
                found[edge.target if target else edge.source].append(edge)
        return found


def spread(network: Network, start: Collection[str], terms: Terms) -> Spread:
    """What follows when `start` fails together in round 0; ends with the round in which nobody more fails."""
    failed: dict[str, int] = {}
    lost: dict[str, Decimal] = defaultdict(Decimal)
    counted: dict[str, Decimal] = {}
    rounds: list[Round] = []
    falling = tuple(sorted(set(start) & network.nodes.keys()))
    while True:
        number = len(rounds)
        failed |= dict.fromkeys(falling, number)
        bank = _bank_loss(network, failed, falling, terms.lgd, counted)
        claims = sum((network.nodes[node].claim for node in falling), _NOTHING)
        alive = {node: amount for node, amount in lost.items() if node not in failed}
        if falling or alive:
            rounds.append(Round(number, falling, dict(sorted(alive.items())), claims, bank))
        if not falling:
            break
        falling = _next(network, failed, falling, lost, terms)
    unsure = tuple(sorted(node for node in lost if node not in failed and network.nodes[node].capital is None))
    back = sum(
        (edge.amount for node in failed for edge in network.guaranteed.get(node, ()) if edge.target not in failed),
        _NOTHING,
    )
    return Spread(tuple(rounds), unsure, back)


def chains(edges: Iterable[Edge]) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """The longest guarantee chain of every guarantor whom nobody guarantees, where it has two links or more, and
    every cycle (from its smallest member), both sorted.

    A chain stops where it would come back to itself.
    """
    gives: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.kind == "guarantee" and edge.source != edge.target:
            gives[edge.source].add(edge.target)
    cycles = tuple(sorted(_cycle(part, gives) for part in _components(gives)))
    within = {node for cycle in cycles for node in cycle}
    taken = {target for targets in gives.values() for target in targets}
    longest: dict[str, tuple[str, ...]] = {}

    for node in _deepest_first(gives, within):
        followed = [longest.get(target, (target,)) for target in sorted(gives[node] - within)]
        longest[node] = (node, *max(followed, key=len, default=()))
    found = [longest[node] for node in sorted(gives.keys() - taken - within) if len(longest[node]) > 2]
    return tuple(found), cycles


def _next(
    network: Network, failed: Mapping[str, int], falling: Iterable[str], lost: dict[str, Decimal], terms: Terms
) -> tuple[str, ...]:
    """Who fails in the round after `falling` fell: by loss, or because who controls it has failed."""
    touched: set[str] = set()
    taken: set[str] = set()
    for node in falling:
        for edge in network.lenders.get(node, ()):
            lost[edge.source] += terms.loss * edge.amount
            touched.add(edge.source)
        for edge in network.guarantors.get(node, ()):
            lost[edge.source] += edge.amount
            touched.add(edge.source)
        taken.update(edge.target for edge in network.subsidiaries.get(node, ()))
    for node in touched:
        capital = network.nodes[node].capital
        if capital is not None and lost[node] > 0 and lost[node] >= terms.threshold * capital:
            taken.add(node)
    return tuple(sorted(taken - failed.keys()))


def _bank_loss(
    network: Network,
    failed: Mapping[str, int],
    falling: Iterable[str],
    lgd: Decimal | None,
    counted: dict[str, Decimal],
) -> Decimal | None:
    """What the bank loses more now: on who just failed, and on whom a guarantor of theirs that just failed covered."""
    if lgd is None:
        return None
    more = _NOTHING
    again = {edge.target for node in falling for edge in network.guaranteed.get(node, ()) if edge.target in failed}
    for node in again.union(falling):
        claim = network.nodes[node].claim
        standing = [edge for edge in network.guarantors.get(node, ()) if edge.eligible and edge.source not in failed]
        covered = min(claim, sum((edge.amount for edge in standing), _NOTHING))
        loss = lgd * (claim - covered)
        more += loss - counted.get(node, _NOTHING)
        counted[node] = loss
    return more


def _components(gives: Mapping[str, set[str]]) -> list[set[str]]:
    """The strongly connected parts with more than one member (Tarjan, without recursion)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[set[str]] = []
    for root in sorted(gives):
        if root in order:
            continue
        work = [(root, iter(sorted(gives.get(root, ()))))]
        order[root] = low[root] = len(order)
        stack.append(root)
        while work:
            node, rest = work[-1]
            target = next(rest, None)
            if target is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    part = set()
                    while node not in part:
                        part.add(stack.pop())
                    if len(part) > 1:
                        found.append(part)
            elif target not in order:
                order[target] = low[target] = len(order)
                stack.append(target)
                work.append((target, iter(sorted(gives.get(target, ())))))
            elif target in stack:
                low[node] = min(low[node], order[target])
    return found


def _cycle(part: set[str], gives: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The shortest way round from a part's smallest member, found breadth first."""
    start = min(part)
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        for target in sorted(gives[way[-1]] & part):
            if target == start:
                return way
            if target not in seen:
                seen.add(target)
                ways.append((*way, target))
    raise AssertionError("a connected part leads back to where it starts")


def _deepest_first(gives: Mapping[str, set[str]], within: set[str]) -> list[str]:
    """Guarantors outside of cycles, whom they guarantee before themselves."""
    done: list[str] = []
    seen: set[str] = set(within)
    for root in sorted(gives):
        work = [(root, False)]
        while work:
            node, after = work.pop()
            if after:
                done.append(node)
            elif node not in seen and node in gives:
                seen.add(node)
                work.append((node, True))
                work.extend((target, False) for target in sorted(gives[node]))
    return done
