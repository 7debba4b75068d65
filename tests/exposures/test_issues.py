"""Issues by columns: whatever was found comes back as it was."""

import pickle
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as some

from exposures.issues import Issue, Rule, Severity, packed, unpacked

SAID = some.one_of(
    some.none(), some.booleans(), some.integers(), some.text(max_size=4), some.lists(some.text(max_size=2), max_size=2),
    some.decimals(allow_nan=False), some.just(Decimal("1E+9")), some.just(Decimal("0.000")),
)  # fmt: skip
VALUES = some.dictionaries(some.sampled_from(["amount", "stored", "currency", "others"]), SAID, max_size=3)
ISSUES = some.builds(
    Issue, some.just("Book"), some.sampled_from(["A1", ""]), some.sampled_from(Rule), some.sampled_from(Severity),
    some.text(max_size=3), some.just("outstanding"), some.text(max_size=3), VALUES,
)  # fmt: skip


@settings(max_examples=60)
@given(some.lists(ISSUES, max_size=6))
def test_packed_issues_come_back_as_they_were(found: list[Issue]) -> None:
    again = unpacked(pickle.loads(pickle.dumps(packed(found))))
    assert again == tuple(found)
    # Equal is not the same: 1.0 is 1, and TRUE as well.
    assert [repr(issue) for issue in again] == [repr(issue) for issue in found]
    assert len({id(issue.values) for issue in again}) == len(found)
