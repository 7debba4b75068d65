"""Contagion on the worked example of its notes (USD m), and against another implementation on random graphs."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from exposures.contagion import Edge, Network, Node, Spread, Terms, spread, starters

D = Decimal
EDGES = (
    Edge("claim", "B", "A", D(15)),
    Edge("claim", "C", "A", D(5)),
    Edge("claim", "C", "B", D(18)),
    Edge("claim", "D", "B", D(10)),
    Edge("claim", "D", "C", D(20)),
)
OWED, CAPITAL = {"A": 30, "B": 20, "C": 10, "D": 40}, {"A": 10, "B": 8, "C": 12, "D": 20}


def network(edges=EDGES, capital=CAPITAL, owed=OWED) -> Network:
    nodes = {
        name: Node(name, name, D(claim), None if capital.get(name) is None else D(capital[name]))
        for name, claim in owed.items()
    }
    return Network(nodes, tuple(edges))


def test_the_worked_example():
    found = spread(network(), ["A"], Terms(lgd=D("0.45")))
    assert [one.failed for one in found.rounds] == [("A",), ("B",), ("C",), ()]
    assert [dict(one.losses) for one in found.rounds[1:]] == [
        {"C": D("3.0")},  # B has lost 9.0 ≥ 8 and is not alive any more; D nothing
        {"D": D("6.0")},  # C 13.8 ≥ 12
        {"D": D("18.0")},  # < 20, stop
    ]
    assert [one.bank_loss for one in found.rounds] == [D("13.5"), D("9.0"), D("4.5"), 0]
    assert found.bank_loss == D("27.0")
    higher = spread(network(), ["A"], Terms(D("0.7"), lgd=D("0.45")))
    assert higher.failed == {"A": 0, "B": 1, "C": 2, "D": 3}  # D loses 21.0
    assert higher.bank_loss == D("45.0")


def test_a_guarantee_covers_until_both_have_failed():
    # X 100, g 80, LGD 45 %: 9.0; both failed: 45.0; the guarantor alone: no loss, the risk falls back.
    edges = [Edge("guarantee", "G", "X", D(80))]
    held = network(edges, {"G": 81}, {"X": 100, "G": 0})
    terms = Terms(lgd=D("0.45"))
    one = spread(held, ["X"], terms)
    assert (one.bank_loss, one.rounds[1].losses) == (D("9.0"), {"G": D(80)})
    assert spread(held, ["X", "G"], terms).bank_loss == D("45.0")
    alone = spread(held, ["G"], terms)
    assert (alone.bank_loss, alone.falls_back, alone.failed) == (0, D(80), {"G": 0})
    # A guarantor that the debtor's failure brings down covers nothing in the end: 9.0, then 36.0 more.
    weak = spread(network(edges, {"G": 80}, {"X": 100, "G": 0}), ["X"], terms)
    assert [one.bank_loss for one in weak.rounds] == [D("9.0"), D("36.0")]
    vague = network([Edge("guarantee", "G", "X", D(80), eligible=False)], {"G": 81}, {"X": 100, "G": 0})
    assert spread(vague, ["X"], terms).bank_loss == D("45.0")  # it burdens who gave it and covers nothing
    assert spread(vague, ["X"], terms).rounds[1].losses == {"G": D(80)}


def test_a_parent_takes_what_it_controls_and_not_the_other_way():
    held = network([Edge("control", "P", "S")], {"P": 1, "S": 1}, {"P": 1, "S": 2})
    assert spread(held, ["P"], Terms()).failed == {"P": 0, "S": 1}
    assert spread(held, ["S"], Terms()).failed == {"S": 0}
    guaranteed = network([Edge("control", "P", "S"), Edge("guarantee", "P", "S", D(1))], {"P": 1}, {"P": 1, "S": 2})
    assert spread(guaranteed, ["S"], Terms()).failed == {"S": 0, "P": 1}


def test_who_has_no_known_buffer_cannot_fail_and_is_named():
    found = spread(network(capital={"C": 12, "D": 20}), ["A"], Terms())
    assert found.failed == {"A": 0}
    assert found.not_assessable == ("B",)
    assert found.bank_loss is None  # without the bank's LGD there is no loss, which is not zero


def test_exactly_the_threshold_fails_and_nothing_lost_never_does():
    held = network([Edge("claim", "B", "A", D(10))], {"B": 6, "C": 0}, {"A": 1, "B": 1, "C": 1})
    assert spread(held, ["A"], Terms()).failed == {"A": 0, "B": 1}  # 6 ≥ 6; C has no buffer and lost nothing
    assert spread(held, ["A"], Terms(threshold=D("1.1"))).failed == {"A": 0}


NAMES = "ABCDEFG"
AMOUNTS = st.integers(0, 40)
PAIRS = st.sampled_from([(a, b) for a in NAMES for b in NAMES if a != b])


def table(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.dictionaries(PAIRS, values, max_size=14)


@settings(max_examples=60, deadline=None)
@given(
    claims=table(AMOUNTS),
    control=st.sets(PAIRS, max_size=4),
    guarantees=table(st.tuples(AMOUNTS, st.booleans())),
    capital=st.fixed_dictionaries({name: st.none() | AMOUNTS for name in NAMES}),
    owed=st.fixed_dictionaries(dict.fromkeys(NAMES, AMOUNTS)),
    start=st.sets(st.sampled_from(NAMES), min_size=1, max_size=2),
    loss=st.sampled_from([D("0.3"), D("0.6"), D(1)]),
)
def test_another_implementation_agrees(claims, control, guarantees, capital, owed, start, loss):
    edges = [Edge("claim", a, b, D(x)) for (a, b), x in claims.items()]
    edges += [Edge("control", a, b) for a, b in control]
    edges += [Edge("guarantee", a, b, D(x), fit) for (a, b), (x, fit) in guarantees.items()]
    found = spread(network(edges, capital, owed), start, Terms(loss, lgd=D("0.45")))
    rounds, bank = by_hand(claims, control, guarantees, capital, owed, start, loss)
    assert [set(one.failed) for one in found.rounds if one.failed] == rounds
    assert found.bank_loss == bank
    assert_whole(found)
    everybody = set().union(*rounds)
    given = {(a, b): x for (a, b), (x, _fit) in guarantees.items()}
    assert found.falls_back == sum(x for (a, b), x in given.items() if a in everybody and b not in everybody)
    # Whoever is passed over brings nobody down; whoever is not does.
    alone = {name for name in NAMES if len(by_hand(claims, control, guarantees, capital, owed, {name}, loss)[0]) > 1}
    assert starters(network(edges, capital, owed), Terms(loss)) == alone


@settings(max_examples=40, deadline=None)
@given(
    pairs=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=40),
    nodes=st.sets(st.sampled_from(NAMES)),
)
def test_the_edges_between_some_are_those_of_all_that_have_both_ends_there(pairs, nodes):
    edges = tuple(Edge("claim", a, b, D(at)) for at, (a, b) in enumerate(pairs))
    expected = tuple(edge for edge in edges if edge.source in nodes and edge.target in nodes - {edge.source})
    assert network(edges).among(nodes) == expected


def test_a_guarantor_of_everybody_is_weighed_by_who_fails():
    # The hub guarantees a third of 10 for each of nine; its parts are odd, and what falls back is still exactly zero
    # once everybody has failed.
    names = [f"S{n}" for n in range(9)]
    third = D(10) / 3
    edges = [Edge("guarantee", "HUB", name, third) for name in names] + [Edge("control", "P", name) for name in names]
    held = network(edges, {"HUB": 30, "P": 1}, {"HUB": 0, "P": 0} | dict.fromkeys(names, 10))
    terms = Terms(lgd=D("0.5"))
    whole = spread(held, ["P"], terms)
    assert whole.failed == {"P": 0} | dict.fromkeys(names, 1)  # the hub loses 30 less a digit: alive
    assert (whole.falls_back, [one.bank_loss.quantize(D("0.01")) for one in whole.rounds]) == (0, [0, D("30.00"), 0])
    weak = spread(network(edges, {"HUB": 29, "P": 1}, {"HUB": 0, "P": 0} | dict.fromkeys(names, 10)), ["P"], terms)
    assert (weak.failed["HUB"], weak.falls_back, weak.bank_loss.quantize(D("0.01"))) == (2, 0, 45)
    alone = spread(held, ["HUB"], terms)
    assert (alone.bank_loss, alone.falls_back) == (0, third * 9)
    one = spread(held, ["HUB", "S0"], terms)
    assert (one.bank_loss, one.falls_back) == (5, third * 8)


def test_what_the_bank_loses_does_not_depend_on_the_order_in_which_nodes_are_met():
    # At Python's 28 digits 1E28 and six times 3 make 1E28 or 1.000…002E28, by which comes first.
    owed = {"A": D("1E28")} | dict.fromkeys("BCDEFG", D(3))
    found = spread(network((), {}, owed), owed, Terms(lgd=D(1)))
    assert found.rounds[0].bank_loss == D("10000000000000000000000000018")


def by_hand(claims, control, guarantees, capital, owed, start, loss):
    """From the definition, every round from the start: no running sums, no look-ups by neighbour."""
    failed, rounds = set(start), [set(start)]
    while True:
        new = set()
        for name in NAMES:
            if name in failed:
                continue
            lost = sum((loss * x for (a, b), x in claims.items() if a == name and b in failed), D(0))
            lost += sum(x for (a, b), (x, _fit) in guarantees.items() if a == name and b in failed)
            by_loss = capital[name] is not None and lost > 0 and lost >= capital[name]
            if by_loss or any(a in failed for a, b in control if b == name):
                new.add(name)
        if not new:
            break
        failed |= new
        rounds.append(new)
    bank = D(0)
    for name in failed:
        cover = sum(x for (a, b), (x, fit) in guarantees.items() if b == name and fit and a not in failed)
        bank += D("0.45") * (owed[name] - min(owed[name], cover))
    return rounds, bank


def assert_whole(found: Spread) -> None:
    everybody = [name for one in found.rounds for name in one.failed]
    assert len(everybody) == len(set(everybody))  # each fails once
    assert all(one.bank_loss >= 0 for one in found.rounds)
    assert not set(found.not_assessable) & set(everybody)
