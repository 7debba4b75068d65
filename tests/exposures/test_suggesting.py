"""Headers that no synonym knows: what may be meant is suggested, and never used unasked."""

import pytest

from exposures.cells import Sheet
from exposures.headers import find_table
from exposures.issues import Rule, Severity
from exposures.mapping import propose
from exposures.suggesting import not_read, suggest


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Ctry of Risk Exposure", "risk_country"),
        ("Name of the Borrower", "counterparty_name"),
        ("客户名称全称", "counterparty_name"),
        ("贷款余额合计数(万元)", "outstanding"),
        ("xyz", None),
        ("", None),
    ],
)
def test_what_may_be_meant(header: str, field: str | None) -> None:
    assert suggest([header]).get(header) == field


def test_known_headers_and_taken_fields_are_left_alone() -> None:
    assert suggest(["Borrower"]) == {}
    assert suggest(["Name of the Borrower"], {"counterparty_name"}) == {}


def test_the_better_of_two_is_suggested_once() -> None:
    found = suggest(["Name of the Borrower", "Borrower name (full)"])
    assert list(found.values()) == ["counterparty_name"]


def test_a_proposal_never_takes_a_suggestion() -> None:
    cells = find_table(Sheet("s", [["Loan Number", "Country", "Ctry of Risk Exposure"], ["1", "TR", "CL"]]))
    assert cells is not None
    assert set(propose(cells).columns) == {"line_id", "country"}


def test_a_column_that_may_mean_something_is_not_left_out_in_silence() -> None:
    rows = [["line id", "country", "Outstanding", "Undrawn (gazillion)", "Loan Grade"], ["1", "TR", 5.0, 7.0, None]]
    cells = find_table(Sheet("s", rows))
    assert cells is not None
    meant = suggest(cells.headers, {"line_id", "country", "outstanding"})
    assert meant["Undrawn (gazillion)"] == "undrawn"
    (told,) = not_read(cells, meant)  # the other has no value
    assert (told.cell, told.rule, told.severity) == ("D1", Rule.COLUMN_NOT_READ, Severity.WARNING)
    assert (told.field, told.values["count"]) == ("undrawn", 1)
