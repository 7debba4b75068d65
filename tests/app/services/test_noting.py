"""What people add by hand: flags, items, notes and files."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import Program, open_program, restore_workspace
from app.refusals import Refused
from exposures.reviews.item import Action, Status
from tests.app.services.workbooks import write_csv
from tests.conftest import Clock

FRIDAY, MONTH_END = date(2026, 5, 22), date(2026, 5, 29)


@pytest.fixture
def two(tmp_path: Path, clock: Clock) -> Iterator[tuple[Program, Program]]:
    with (
        open_program(tmp_path / "w", clock=clock, user="li") as li,
        open_program(tmp_path / "w", clock=clock, user="wu") as wu,
    ):
        rows = ("L1,Anadolu,TR,loan,USD,300000000,0", "L5,Berg,DE,loan,USD,7000000,", "L6,Durban,ZA,loan,USD,3000000,")
        li.importing.commit(write_csv(tmp_path / "book.csv", *rows), FRIDAY)
        li.reviewing.generate()
        yield li, wu


def names(program: Program, list_id: str = "L1") -> dict[str, Status]:
    (made,) = (one for one in program.reviewing.lists() if one.id == list_id)
    return {item.proposal.name: item.status for item in made.items}


def test_a_country_flagged_by_hand_counts_once_another_confirmed_it_and_until_its_day(
    two: tuple[Program, Program], clock: Clock
) -> None:
    li, wu = two
    entry = li.noting.flag_country("South Africa", "A", "strike at the ports", "Reuters, 25 May", MONTH_END)
    li.reviewing.generate()
    assert "Durban" not in names(li)
    with pytest.raises(Refused, match=r"persons\.same_person"):
        li.noting.decide(entry.id, True)
    assert wu.noting.decide(entry.id, True).approver == "wu"
    flag = li.flagging.now().of("ZA")
    assert flag is not None
    assert flag.tier.value == "A"
    assert [(reason.metric, reason.source) for reason in flag.reasons] == [("by_hand", "Reuters, 25 May")]
    li.reviewing.generate()
    assert names(li)["Durban"] is Status.PROPOSED
    clock.advance(days=7)  # past its last day: held for 20 bank business days
    li.reviewing.generate()
    flag = li.flagging.now().of("ZA")
    assert flag is not None
    assert not flag.release_proposed
    clock.advance(days=40)
    flag = li.flagging.now().of("ZA")
    assert flag is not None
    assert flag.release_proposed
    with pytest.raises(Refused, match=r"hand\.decided"):
        wu.noting.decide(entry.id, True)


def test_a_counterparty_outside_every_flag_is_listed_by_hand_and_released_after_its_day(
    two: tuple[Program, Program], clock: Clock
) -> None:
    li, wu = two
    entry = li.noting.flag_counterparty("berg", "its auditor resigned", "letter of 20 May", MONTH_END)
    other = li.noting.add_item("L10", "Berg", "trades without a limit", "treasury", MONTH_END)
    again = li.noting.flag_counterparty("Anadolu", "fire at the plant", "call of 24 May", MONTH_END)
    for one in (entry, other, again):
        wu.noting.decide(one.id, True)
    made = li.reviewing.generate()
    assert (made.lists["L1"].new, made.lists["L10"].new) == (1, 1)
    assert made.lists["L1"].changed == 1  # Anadolu was listed already and gains a reason
    items = {item.proposal.name: item for item in li.reviewing.lists()[0].items}
    assert items["Berg"].proposal.amounts.immediate == 7_000_000
    assert [reason.metric for reason in items["Berg"].proposal.reasons] == ["by_hand"]
    assert items["Anadolu"].proposal.reasons[-1].value == "fire at the plant"
    assert all(one.result is not None and one.result.ties for one in li.reviewing.lists())
    li.reviewing.generate()
    assert len(li.reviewing.lists()[0].items) == 2
    clock.advance(days=7)
    li.reviewing.generate()
    assert names(li)["Berg"] is Status.RELEASE_PROPOSED
    li.deciding.send(items["Berg"].id)
    li.noting.add_item("L1", "Berg", "again", "letter of 2 June", date(2026, 6, 30))
    wu.noting.decide(4, True)
    li.reviewing.generate()  # asked to be released, and proposed again meanwhile: the question is void
    assert names(li)["Berg"] is Status.PROPOSED


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda p: p.noting.flag_country("Atlantis", "A", "r", "s", MONTH_END), "hand.unknown_country"),
        (lambda p: p.noting.flag_country("CN", "A", "r", "s", MONTH_END), "hand.home"),
        (lambda p: p.noting.flag_country("ZA", "C", "r", "s", MONTH_END), "hand.bad_tier"),
        (lambda p: p.noting.flag_country("ZA", "A", " ", "s", MONTH_END), "hand.reason_missing"),
        (lambda p: p.noting.flag_country("ZA", "A", "r", " ", MONTH_END), "hand.source_missing"),
        (lambda p: p.noting.flag_country("ZA", "A", "r", "s", FRIDAY), "hand.until_past"),
        (lambda p: p.noting.flag_counterparty("nobody", "r", "s", MONTH_END), "hand.unknown_subject"),
        (lambda p: p.noting.add_item("L3", "Berg", "r", "s", MONTH_END), "hand.bad_list"),
        (lambda p: p.noting.decide(7, True), "hand.unknown"),
        (lambda p: p.noting.decide(7, False), "hand.reason_missing"),
        (lambda p: p.noting.note("bank", "x", FRIDAY, "t"), "note.bad_kind"),
        (lambda p: p.noting.note("country", "TR", FRIDAY, " "), "note.empty"),
        (lambda p: p.noting.note("country", "TR", MONTH_END, "t"), "note.in_future"),
        (lambda p: p.attaching.add("L1-0099", Path(__file__)), "attachment.unknown_subject"),
        (lambda p: p.attaching.add("country TR", Path("nowhere.pdf")), "attachment.file_missing"),
        (lambda p: p.attaching.save_as(9, Path("x")), "attachment.unknown"),
    ],
)
def test_what_is_refused_is_not_stored(program: Program, tmp_path: Path, call, code: str) -> None:
    program.importing.commit(write_csv(tmp_path / "book.csv", "L5,Berg,DE,loan,USD,7000000,"), FRIDAY)
    with pytest.raises(Refused) as refused:
        call(program)
    assert refused.value.code == code
    assert program.noting.entries() == ()
    assert program.attaching.attachments() == ()


def test_notes_are_marks_by_day(two: tuple[Program, Program], clock: Clock) -> None:
    li, wu = two
    li.noting.note("country", "Turkey", date(2026, 5, 20), "central bank meets")
    before = clock.now
    clock.advance(hours=1)
    wu.noting.note("country", "TR", date(2026, 5, 18), "credit swap line signed")
    wu.noting.note("counterparty", "Anadolu", FRIDAY, "visited the plant")
    told = [(note.day.day, note.who, note.text) for note in li.noting.notes("country", "TR")]
    assert told == [(18, "wu", "credit swap line signed"), (20, "li", "central bank meets")]
    assert [note.day.day for note in li.noting.notes("country", "TR", before)] == [20]
    assert [note.text for note in li.noting.notes_on("counterparty", "anadolu")] == ["visited the plant"]


def test_files_are_kept_by_content_written_out_and_found_when_altered(
    two: tuple[Program, Program], tmp_path: Path
) -> None:
    li, wu = two
    paper, script = tmp_path / "minutes.pdf", tmp_path / "run.sh"
    paper.write_bytes(b"%PDF the minutes")
    script.write_bytes(b"#!/bin/sh\n")
    script.chmod(0o755)
    first = li.attaching.add("L1-0001", paper, "minutes of 22 May")
    wu.attaching.add("country TR", paper)
    second = li.attaching.add("counterparty Anadolu", script)
    assert (first.subject, first.size, len(first.sha256)) == ("item L1-0001", 16, 64)
    assert [one.subject for one in li.attaching.attachments()] == [
        "item L1-0001", "country TR", "counterparty Anadolu",
    ]  # fmt: skip
    assert [one.id for one in li.attaching.attachments("L1-0001")] == [first.id]
    out = tmp_path / "out"
    out.mkdir()
    assert li.attaching.save_as(first.id, out).read_bytes() == b"%PDF the minutes"
    with pytest.raises(Refused, match=r"attachment\.exists"):
        li.attaching.save_as(first.id, out)
    assert not li.attaching.save_as(second.id, out).stat().st_mode & 0o111, "nothing written out can be run"
    folder = li.exporting.export_all(tmp_path / "all").folder
    assert sorted(path.name for path in (folder / "attachments").iterdir()) == [
        "1-minutes.pdf", "2-minutes.pdf", "3-run.sh",
    ]  # fmt: skip
    copy = tmp_path / "copy.zip"
    li.backing_up.back_up(copy)
    with closing(sqlite3.connect(tmp_path / "w" / "tidewatch.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM attachment_content").fetchone() == (2,)
        connection.execute("UPDATE attachment_content SET content = 'x' WHERE sha256 = ?", (first.sha256,))
        connection.execute("DELETE FROM attachment_content WHERE sha256 = ?", (second.sha256,))
        connection.commit()
    assert [(one.attachment.name, one.altered) for one in li.attaching.verify()] == [
        ("minutes.pdf", True), ("minutes.pdf", True), ("run.sh", False),
    ]  # fmt: skip
    for number, code in ((first.id, "altered"), (second.id, "gone")):
        with pytest.raises(Refused, match=rf"attachment\.{code}"):
            li.attaching.save_as(number, tmp_path / f"never-{number}")
    restore_workspace(tmp_path / "again", copy)
    with open_program(tmp_path / "again") as restored:
        assert restored.attaching.verify() == ()
        assert len(restored.attaching.attachments()) == 3


def test_a_file_has_a_size(two: tuple[Program, Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.attaching.MOST", 1024 * 1024)
    large, empty = tmp_path / "large.bin", tmp_path / "empty.bin"
    large.write_bytes(b"x" * (1024 * 1024 + 1))
    empty.write_bytes(b"")
    for file, code in ((large, "too_large"), (empty, "empty")):
        with pytest.raises(Refused, match=rf"attachment\.{code}"):
            two[0].attaching.add("L1-0001", file)


def test_what_was_decided_of_an_item_by_hand_stays(two: tuple[Program, Program]) -> None:
    li, wu = two
    li.noting.add_item("L1", "Berg", "its auditor resigned", "letter", MONTH_END)
    wu.noting.decide(1, True)
    li.reviewing.generate()
    (item,) = (one for one in li.reviewing.lists()[0].items if one.proposal.name == "Berg")
    li.reviewing.decide(item.id, Action.KEEP, None, "the new auditor signed")
    li.deciding.send(item.id)
    wu.deciding.approve(item.id)
    li.reviewing.generate()
    assert names(li)["Berg"] is Status.CLOSED
