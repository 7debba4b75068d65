"""How a failure spreads, as an item of debt contagion keeps and shows it: who, through what, in which round."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from heapq import nsmallest

from exposures.contagion import Edge, Network, Spread
from exposures.reviews.later import Later

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
    """What follows when `start` fails: nodes, edges between them, rounds; `left_out` nodes are not kept.

    Nodes and edges are made when somebody looks at them: of thousands of items few are.
    """

    start: tuple[str, ...]
    members: Sequence[Member]
    edges: Sequence[Edge]
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

    def order() -> list[str]:
        """Those that are kept: who fails first, then who owes most."""
        last = len(rounds)
        return nsmallest(MOST_SHOWN, wanted, lambda node: (rounds.get(node, last), -network.nodes[node].claim, node))

    def members() -> tuple[Member, ...]:
        return tuple(
            Member(
                node.id, node.name, node.kind, node.country, node.claim, lost.get(node.id, Decimal(0)), node.capital,
                rounds.get(node.id),
            )
            for node in (network.nodes[name] for name in order())
        )  # fmt: skip

    steps = tuple(Step(one.number, len(one.failed), one.claims, one.bank_loss) for one in found.rounds)
    edges = Later(lambda: network.among(set(order())))
    return KnockOn(start, Later(members), edges, steps, found.falls_back, max(0, len(wanted) - MOST_SHOWN))
