"""Chains and circles of guarantees: who guarantees somebody who guarantees others (CALCULATIONS 12, L9)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from exposures.contagion import Edge


def chains(edges: Iterable[Edge]) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """The longest guarantee chain of every guarantor whom nobody guarantees, where it has two links or more, and
    every cycle (from its smallest member), both sorted.

    A chain stops where it would come back to itself.
    """
    gives: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.kind == "guarantee" and edge.source != edge.target:
            gives[edge.source].add(edge.target)
    taken = {target for targets in gives.values() for target in targets}
    if not taken & gives.keys():  # nobody who is guaranteed guarantees others
        return (), ()
    gives = {node: _leading_on(targets, gives.keys()) for node, targets in gives.items()}
    cycles = tuple(sorted(_cycle(part, gives) for part in _components(gives)))
    within = {node for cycle in cycles for node in cycle}
    longest: dict[str, tuple[str, ...]] = {}

    for node in _deepest_first(gives, within):
        followed = [longest.get(target, (target,)) for target in sorted(gives[node] - within)]
        longest[node] = (node, *max(followed, key=len, default=()))
    found = [longest[node] for node in sorted(gives.keys() - taken - within) if len(longest[node]) > 2]
    return tuple(found), cycles


def _leading_on(targets: set[str], givers: Collection[str]) -> set[str]:
    """Who of them guarantees others, and the first who does not: no chain is longer through another."""
    onward = {target for target in targets if target in givers}
    return onward | {min(targets - onward)} if len(onward) < len(targets) else onward


def _components(gives: Mapping[str, set[str]]) -> list[set[str]]:
    """The strongly connected parts with more than one member (Tarjan, without recursion)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[set[str]] = []
    for root in sorted(gives):
        if root in order:
            continue
        work = [(root, iter(sorted(gives.get(root, ()))))]
        order[root] = low[root] = len(order)
        stack.append(root)
        on_stack.add(root)
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
                    on_stack -= part
                    if len(part) > 1:
                        found.append(part)
            elif target not in order:
                order[target] = low[target] = len(order)
                stack.append(target)
                on_stack.add(target)
                work.append((target, iter(sorted(gives.get(target, ())))))
            elif target in on_stack:
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
