"""The bank's own list of marked days: copied, edited, used; a broken one is named and the shipped one counts."""

from datetime import date

import pytest

from app.bootstrap import Program
from app.liquidity import dated_events
from app.liquidity.dated_events import Kind
from app.refusals import Refused
from app.wording.sentences import refusal

YEAR = (date(2027, 1, 1), date(2027, 12, 31))


def test_a_copy_is_edited_and_counts(program: Program) -> None:
    assert not program.marking.own
    program.marking.copy()
    own = program.workspace.events
    assert program.marking.events() == dated_events.shipped()
    own.write_text(own.read_text("utf-8").replace("2026-12-09,\n", "2026-12-09, 2027-01-27,\n"), "utf-8")
    assert [one.on for one in program.marking.events().listed(Kind.FOMC, *YEAR)] == [date(2027, 1, 27)]
    with pytest.raises(Refused) as told:
        program.marking.copy()
    assert told.value.code == "events.file_there"


def test_a_broken_list_is_named_and_the_shipped_one_counts(program: Program) -> None:
    program.workspace.events.write_text("dated = 2027-01-04\n[[group]]\nkind = 'opec'\n", "utf-8")
    events, fault = program.marking.events_or_shipped()
    assert events is dated_events.shipped()
    assert fault is not None
    assert " ".join(refusal(fault)) == (
        "events.toml cannot be used: group 1 has an unknown kind; runoff and fomc are known. "
        "Mend it, or delete it: charts then mark the days that are shipped."
    )
