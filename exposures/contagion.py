"""Debt contagion (债务传染): who fails after whom, round by round, and what the bank loses (CALCULATIONS 10).

Sequential default after Furfine (2003), synchronous: a round sees only what failed in the rounds before it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from exposures.sums import EXACT, added

_NOTHING = Decimal(0)
#: From so many edges on, those of a node are also known by where they lead.
_MANY = 50


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

    @cached_property
    def given(self) -> Mapping[str, Decimal]:
        """What each node guarantees in all, to the last digit: what is taken off again must leave nothing."""
        return {node: added(edge.amount for edge in edges) for node, edges in self.guaranteed.items()}

    def among(self, nodes: Collection[str]) -> tuple[Edge, ...]:
        """The edges between some nodes, in the order of all."""
        places: list[int] = []
        for node in nodes:
            leaving = self._leaving.get(node, ())
            if len(leaving) <= _MANY:
                places += [at for at in leaving if self.edges[at].target in nodes and self.edges[at].target != node]
            else:
                # Who guarantees half of a book has edges to all of it: of the two, the fewer are gone through.
                to = self._to(node)
                targets = nodes if len(nodes) < len(to) else to
                places += [at for target in targets if target in nodes and target != node for at in to.get(target, ())]
        return tuple(self.edges[place] for place in sorted(places))

    @cached_property
    def _leaving(self) -> Mapping[str, list[int]]:
        """The places of the edges by their source: a network has as many as a book has joined lines."""
        found: dict[str, list[int]] = {}
        for place, edge in enumerate(self.edges):
            found.setdefault(edge.source, []).append(place)
        return found

    def _to(self, node: str) -> Mapping[str, list[int]]:
        """The places of one node's edges by their target."""
        if node not in self._targets:
            found = self._targets[node] = {}
            for at in self._leaving[node]:
                found.setdefault(self.edges[at].target, []).append(at)
        return self._targets[node]

    @cached_property
    def _targets(self) -> dict[str, dict[str, list[int]]]:
        return {}

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
    return Spread(tuple(rounds), unsure, _falls_back(network, failed))


def starters(network: Network, terms: Terms) -> frozenset[str]:
    """Whoever brings somebody down by failing alone; of everybody else the spread is its own round 0.

    A failure reaches in round 1 only whom it controls, its creditors and its guarantors, and of these two only who
    has a known buffer can fail. Whoever has no such neighbour needs no more than this look; of the rest round 1 tells.
    """
    able = {node.id for node in network.nodes.values() if node.capital is not None}
    found = {node for node in network.subsidiaries if node in network.nodes}
    for owing in (network.lenders, network.guarantors):
        for node, edges in owing.items():
            if node in found or node not in network.nodes or not any(edge.source in able for edge in edges):
                continue
            if _next(network, {node: 0}, (node,), defaultdict(Decimal), terms):
                found.add(node)
    return frozenset(found)


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
    more: list[Decimal] = []
    for node in _uncovered(network, failed, falling).union(falling):
        claim = network.nodes[node].claim
        standing = [edge for edge in network.guarantors.get(node, ()) if edge.eligible and edge.source not in failed]
        covered = min(claim, sum((edge.amount for edge in standing), _NOTHING))
        loss = lgd * (claim - covered)
        more.append(EXACT.subtract(loss, counted.get(node, _NOTHING)))
        counted[node] = loss
    return added(more)  # exact: the nodes come in no order, and a rounded sum would depend on it


def _uncovered(network: Network, failed: Mapping[str, int], falling: Iterable[str]) -> set[str]:
    """Who has failed and was guaranteed by somebody who fails now."""
    found: set[str] = set()
    for node in falling:
        given = network.guaranteed.get(node, ())
        if len(given) <= len(failed):
            found.update(edge.target for edge in given if edge.target in failed)
        else:  # a guarantor of half of the book: those who have failed are fewer
            found.update(
                debtor for debtor in failed if any(edge.source == node for edge in network.guarantors.get(debtor, ()))
            )
    return found


def _falls_back(network: Network, failed: Mapping[str, int]) -> Decimal:
    """What the failed guarantee for the living: all that they gave, less what they gave for each other."""
    all_given = network.given
    given = added(all_given[node] for node in failed if node in all_given)
    if not given:
        return _NOTHING
    among = added(edge.amount for node in failed for edge in network.guarantors.get(node, ()) if edge.source in failed)
    return +EXACT.subtract(given, among)
