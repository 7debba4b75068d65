from datetime import date
from decimal import Decimal

import pytest

from app.wording.preview import exceeded
from app.wording.sentences import sentence
from exposures import preview
from exposures.issues import Issue, Rule, Severity
from exposures.limits import Limit
from exposures.preview import Closing
from tests.exposures.lines import book, line

ERROR, WARNING, INFO = (
    Issue("s", "A2", rule, severity, field=field)
    for rule, severity, field in (
        (Rule.UNKNOWN_COUNTRY, Severity.ERROR, "country"),
        (Rule.AMBIGUOUS_DATE, Severity.WARNING, "maturity"),
        (Rule.HEADER_UNIT, Severity.INFO, "outstanding"),
    )
)
ABSENT = Issue("s", "", Rule.HEADER_MISSING, Severity.ERROR, field="outstanding")


@pytest.mark.parametrize(
    ("finding", "case", "words"),
    [
        (preview.columns(12, 0, []), "import.columns.all", "All 12 columns are read."),
        (preview.columns(12, 3, [WARNING]), "import.columns.some", "12 columns are read, 3 left out."),
        (
            preview.columns(12, 3, [ABSENT, ABSENT, ERROR]),
            "import.columns.missing",
            "No column for Outstanding. Say which it is, or nothing can be imported.",
        ),
        (preview.problems([INFO], 1206, 0), "import.problems.none", "Nothing is wrong in 1,206 rows."),
        (
            preview.problems([WARNING, WARNING, INFO], 9, 0),
            "import.problems.checks",
            "2 things to check; every row can be imported.",
        ),
        (preview.problems([ERROR], 9, 0), "import.problems.errors", "1 problem; every row can be imported."),
        (
            preview.problems([ERROR] * 6 + [WARNING] * 3, 1212, 6),
            "import.problems.set_aside",
            "9 problems. 6 rows cannot be imported as they are.",
        ),
        (preview.reconciles([], 0, 0), "import.reconciles.nothing", "There is nothing to reconcile."),
        (
            preview.reconciles([Closing.CLOSED], 0, 0),
            "import.reconciles.yes",
            "Yes: every sum of the file is imported in full.",
        ),
        (
            preview.reconciles([Closing.CLOSED, Closing.ROUNDED], 0, 0),
            "import.reconciles.rounded",
            "Yes, but for rounding to the currency's smallest unit.",
        ),
        (
            preview.reconciles([Closing.ROUNDED], 6, 1),
            "import.reconciles.set_aside",
            "Yes, once the 6 rows set aside are counted.",
        ),
        (
            preview.reconciles([Closing.OPEN, Closing.CLOSED], 6, 0),
            "import.reconciles.no",
            "No: 1 sum of the file is neither imported nor set aside in full.",
        ),
        (preview.changes(None, 9012, 0, 0), "import.changes.first", "This is the first book: 9,012 lines."),
        (preview.changes(3, 0, 0, 0), "import.changes.none", "Nothing: the book stays as it is."),
        (preview.changes(3, 38, 96, 21), "import.changes.some", "38 lines new, 21 gone, 96 changed."),
    ],
)
def test_every_case_of_a_preview_and_its_sentence(finding, case, words):
    assert finding.case == case
    assert sentence(finding) == words


@pytest.mark.parametrize(
    ("difference", "rows", "expected"),
    [
        ("0", 5, Closing.CLOSED),
        ("0.04", 5, Closing.ROUNDED),  # less than five cents in five rows
        ("-0.04", 5, Closing.ROUNDED),
        ("0.05", 5, Closing.OPEN),
        ("101.8", 5, Closing.OPEN),
    ],
)
def test_a_sum_closes_is_rounded_or_is_open(difference, rows, expected):
    assert preview.closing(Decimal(difference), rows, Decimal("0.01")) is expected


def test_the_largest_moves_are_by_counterparty_and_not_by_the_rate():
    """Amounts in minor units: A 100 → 130, B goes with 50, C is new with 20; D only changes its worth in dollars."""
    before = book(
        line("1", "TR", outstanding=100, counterparty_id="A", counterparty_name="Anadolu"),
        line("2", "TR", outstanding=50, counterparty_id="B"),
        line("4", "TR", "TRY", outstanding=900, counterparty_id="D"),
        rates={"TRY": Decimal(10)},
    )
    after = book(
        line("1", "TR", outstanding=130, counterparty_id="A", counterparty_name="Anadolu"),
        line("3", "TR", outstanding=20, counterparty_id="C"),
        line("4", "TR", "TRY", outstanding=900, counterparty_id="D"),
        rates={"TRY": Decimal(20)},
    )
    assert [(move.name, move.before, move.after) for move in preview.moves(before, after, 4)] == [
        ("B", 50, 0),
        ("Anadolu", 100, 130),
        ("C", 0, 20),
    ]
    assert len(preview.moves(before, after, 1)) == 1
    assert preview.moves(None, after, 4) == ()


def test_limits_that_would_be_broken_anew_are_told():
    """Turkey goes from 90 to 110 of 100, Chile was over already, Argentina only with what is pending (95 + 10)."""
    limits = [Limit(code, Decimal(100), "USD") for code in ("TR", "CL", "AR")]
    before = book(line("1", "TR", outstanding=90), line("2", "CL", outstanding=120), line("3", "AR", outstanding=95))
    after = book(
        line("1", "TR", outstanding=110),
        line("2", "CL", outstanding=130),
        line("3", "AR", outstanding=95, pending=10),
    )
    assert {use.country for use in preview.exceeded(before, after, limits)} == {"TR", "AR"}
    assert {use.country for use in preview.exceeded(None, after, limits)} == {"TR", "AR", "CL"}
    said = exceeded(["Turkey", "Argentina"])
    assert said == "Turkey, Argentina go over their limits, counting what is pending."


@pytest.mark.parametrize(
    ("newest", "waiting", "case"),
    [
        (None, 0, "import.past.none"),
        (date(2026, 5, 22), 0, "import.past.some"),
        (date(2026, 5, 22), 1, "import.past.waiting"),
        (None, 2, "import.past.waiting"),
    ],
)
def test_what_came_in_before(newest: date | None, waiting: int, case: str) -> None:
    found = preview.past(newest, 3, waiting)
    assert (found.case, found.values) == (case, {"newest": newest, "imports": 3, "waiting": waiting})
