"""Figures that no free source has: entered or imported by one person, accepted by another, beside the live ones."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app import bootstrap
from app.bootstrap import Program
from app.refusals import Misused, Refused
from app.series.catalogue import SERIES
from app.series.series import Batch
from app.storage import audit, observations
from app.storage.observations import Fetch
from tests.conftest import Clock

DAY = date(2026, 5, 22)
Person = Callable[[str], Program]


@pytest.fixture
def person(tmp_path: Path, clock: Clock):
    """The workspace as one account after another opens it."""
    opened: list[Program] = []

    def open_as(user: str) -> Program:
        while opened:
            opened.pop().close()
        opened.append(bootstrap.open_program(tmp_path / "w", clock=clock, user=user))
        return opened[-1]

    yield open_as
    while opened:
        opened.pop().close()


def spread(program: Program):
    return next(one for one in program.profiling.country("TR").indicators if one.concept == "spread")


def test_a_figure_counts_once_another_person_accepted_it(person: Person, clock: Clock):
    maker = person("chen")
    entry = maker.entering.enter("SPREAD_TR", DAY, 418, " Terminal, CDS 5y ", "mid")
    assert spread(maker).value is None
    assert [one.id for one in maker.entering.waiting()] == [entry.id]
    with pytest.raises(Refused) as refused:
        maker.entering.check([entry.id], accept=True)
    assert refused.value.code == "persons.same_person"
    checker = person("wu")
    (done,) = checker.entering.check([entry.id], accept=True)
    assert (done.who, done.checked_by, done.accepted) == ("chen", "wu", True)
    shown = spread(checker)
    assert (shown.value, shown.on, shown.source) == (418.0, DAY, "officer")
    assert shown.entry is not None
    assert (shown.entry.who, shown.entry.checked_by, shown.entry.draft.source) == ("chen", "wu", "Terminal, CDS 5y")
    # it is known from the moment it was accepted, not from its date
    row = checker.watching.series("SPREAD_TR").observations[0]
    assert row.known_from == clock()
    with checker.database.read() as connection:
        actions = [row["action"] for row in audit.trail(connection, subject=f"entry {entry.id}")]
    assert actions == ["entry.enter", "entry.accept"]


def test_a_correction_is_another_entry_and_a_returned_one_never_counts(person: Person):
    maker = person("chen")
    first = maker.entering.enter("SPREAD_TR", DAY, 481, "Terminal")
    second = maker.entering.enter("SPREAD_TR", DAY, 418, "Terminal, corrected")
    third = maker.entering.enter("SPREAD_TR", DAY, 999, "Rumour")
    checker = person("wu")
    checker.entering.check([first.id], accept=True)
    checker.entering.check([second.id], accept=True)
    with pytest.raises(Refused) as refused:
        checker.entering.check([third.id], accept=False)
    assert refused.value.code == "entries.reason_missing"
    checker.entering.check([third.id], accept=False, reason="no source")
    assert spread(checker).value == 418.0
    assert [one.accepted for one in checker.entering.history(["SPREAD_TR"])] == [False, True, True]
    with pytest.raises(Refused) as refused:
        checker.entering.check([first.id], accept=True)
    assert refused.value.code == "entries.decided"


def test_a_live_value_of_the_same_day_goes_before_an_entered_one(person: Person):
    maker = person("chen")
    entry = maker.entering.enter("CPI_TR", date(2026, 4, 30), 38.1, "Newspaper")
    checker = person("wu")
    checker.entering.check([entry.id], accept=True)
    with checker.database.write() as connection:
        key = observations.log(connection, Fetch("imf", "CPI", checker.clock(), "stored"))
        batch = Batch("CPI_TR", "imf", ((date(2026, 4, 30), 38.2),), SERIES["CPI_TR"].unit)
        observations.store(connection, batch, checker.clock(), key)
    (row,) = checker.watching.series("CPI_TR").observations
    assert (row.value, row.source) == (38.2, "imf")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("SPREAD_XX", DAY, 1.0, "s"), "series.unknown"),
        (("SPREAD_TR", DAY, 418.0, " "), "entries.source_missing"),
        (("SPREAD_TR", date(2026, 5, 27), 418.0, "s"), "entries.future"),
        (("SPREAD_TR", DAY, float("nan"), "s"), "entries.not_a_number"),
        (("SPREAD_TR", DAY, 418_000.0, "s"), "series.unit_range"),
    ],
)
def test_what_cannot_be_is_refused_at_once(program: Program, given, code):
    with pytest.raises((Refused, Misused)) as refused:
        program.entering.enter(*given)
    assert refused.value.code == code
    assert program.entering.history() == ()


# ---------------------------------------------------------------- files


def workbook(path: Path, *rows) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_the_documents_flows_come_from_a_workbook(person: Person, tmp_path: Path):
    # MISSION M14: March 2022, −9.8 bn = −6.7 equity − 3.1 debt
    file = workbook(
        tmp_path / "flows.xlsx",
        ["EM portfolio flows, USD bn"],
        ["日期", "EM_FLOWS", "EM_FLOWS_EQUITY", "EM_FLOWS_DEBT", "来源"],
        ["2022年2月", 17.6, None, None, "IIF, March 2022"],
        ["2022-03", -9.8, -6.7, -3.1, "IIF, April 2022"],
    )
    maker = person("chen")
    made = maker.entering.import_file(file)
    assert [one.draft.cell for one in made.entries] == ["Sheet!B3", "Sheet!B4", "Sheet!C4", "Sheet!D4"]
    assert maker.profiling.flows().flows == ()
    checker = person("wu")
    checker.entering.check([one.id for one in made.entries], accept=True)
    last = checker.profiling.flows().flows[-1]
    assert (last.month, last.total, last.equity, last.debt) == (date(2022, 3, 31), -9.8, -6.7, -3.1)
    assert checker.profiling.flows().finding.case == "flows.out"


def test_every_fault_of_a_file_is_told_with_its_cell_and_nothing_is_taken(program: Program, tmp_path: Path):
    file = tmp_path / "spreads.csv"
    file.write_text(
        "series,date,value,source\n"
        "SPREAD_TR,2026-05-20,418,Terminal\n"
        "SPREAD_TR,2026-05-20,419,Terminal\n"
        "SPREAD_ZZ,2026-05-20,418,Terminal\n"
        "SPREAD_AR,soon,1900,Terminal\n"
        "SPREAD_AR,2026-05-20,many,Terminal\n"
        "SPREAD_CL,2026-05-20,140,\n"
        "SPREAD_CL,2026-06-20,140,Terminal\n",
        "utf-8",
    )
    with pytest.raises(Refused) as refused:
        program.entering.import_file(file)
    faults = [(fault.cell, fault.problem) for fault in refused.value.values["faults"]]
    assert faults == [
        ("spreads!C3", "twice"), ("spreads!A4", "unknown_series"), ("spreads!B5", "bad_date"),
        ("spreads!C6", "bad_value"), ("spreads!D7", "no_source"), ("spreads!C8", "future"),
    ]  # fmt: skip
    assert program.entering.history() == ()


def test_a_file_without_headings_says_so(program: Program, tmp_path: Path):
    file = tmp_path / "notes.csv"
    file.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(Refused) as refused:
        program.entering.import_file(file)
    assert [fault.problem for fault in refused.value.values["faults"]] == ["no_headings"]
