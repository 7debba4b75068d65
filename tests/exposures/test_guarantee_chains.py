"""Chains of guarantees and circles, by hand."""

from exposures.contagion import Edge
from exposures.guarantee_chains import chains


def test_chains_and_cycles():
    def given_by(*pairs: str) -> list[Edge]:
        return [Edge("guarantee", pair[0], pair[1]) for pair in pairs]

    assert chains(given_by("AB")) == ((), ())
    assert chains(given_by("AB", "BC", "AD")) == ((("A", "B", "C"),), ())
    assert chains(given_by("AB", "BC", "XB", "CD")) == ((("A", "B", "C", "D"), ("X", "B", "C", "D")), ())
    assert chains(given_by("AB", "BA")) == ((), (("A", "B"),))
    assert chains(given_by("AB", "BC", "CA", "AA")) == ((), (("A", "B", "C"),))
    assert chains([Edge("claim", "A", "B"), Edge("claim", "B", "C")]) == ((), ())
