"""How a failure spreads, as an item of debt contagion keeps and shows it: who, through what, in which round."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from exposures.contagion import Edge, Network, Spread

#: So many nodes are kept with an item; of a larger part those that fail first and owe most.
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Member:
    """A node as it ended: the round in which it failed (None: alive), what it lost, its buffer (None: not known)."""

    id: str
    name: str
    kind: str
    country: str | None
    claim: Decimal
    lost: Decimal
    capital: Decimal | None = None
    round: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One round: how many failed in it, the bank's claims on them, and its loss (None: its LGD is not set)."""

    number: int
    failed: int
    claims: Decimal
    bank_loss: Decimal | None


@dataclass(frozen=True, slots=True)
class KnockOn:
    """What follows when `start` fails: nodes, edges between them, rounds; `left_out` nodes are not kept."""

    start: tuple[str, ...]
    members: tuple[Member, ...]
    edges: tuple[Edge, ...]
    steps: tuple[Step, ...]
    falls_back: Decimal
    left_out: int = 0

    @property
    def bank_loss(self) -> Decimal | None:
        """The bank's loss in all rounds; None where its LGD is not set."""
        losses = [step.bank_loss for step in self.steps]
        return None if None in losses else sum((loss for loss in losses if loss), Decimal(0))


def knock_on(network: Network, start: tuple[str, ...], found: Spread, also: Collection[str] = ()) -> KnockOn:
    """What an item keeps of a spread; `also` are nodes to show although nothing reaches them."""
    rounds = found.failed
    lost = {node: amount for one in found.rounds for node, amount in one.losses.items()}
    wanted = {*rounds, *lost, *also} & network.nodes.keys()
    order = sorted(wanted, key=lambda node: (rounds.get(node, len(rounds)), -network.nodes[node].claim, node))
    shown = set(order[:MOST_SHOWN])
    members = tuple(
        Member(
            node.id, node.name, node.kind, node.country, node.claim, lost.get(node.id, Decimal(0)), node.capital,
            rounds.get(node.id),
        )
        for node in (network.nodes[name] for name in order[:MOST_SHOWN])
    )  # fmt: skip
    edges = network.among(shown)
    steps = tuple(Step(one.number, len(one.failed), one.claims, one.bank_loss) for one in found.rounds)
    return KnockOn(start, members, edges, steps, found.falls_back, len(order) - len(members))
