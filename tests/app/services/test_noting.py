"""What people add by hand: flags, items, notes and files."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import Program, open_program, restore_workspace
from app.refusals import Misused, Refused
from app.storage import hand
from app.wording.sentences import refusal
from exposures.reviews.item import Action, Status
from exposures.reviews.reduced import filled, left
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
        (lambda p: p.noting.add_item("L11", "Berg", "r", "s", MONTH_END), "hand.bad_list"),
        (lambda p: p.noting.add_item("L3", "Berg", "r", "s", MONTH_END), "hand.not_of_list"),
        (lambda p: p.noting.decide(7, True), "hand.unknown"),
        (lambda p: p.noting.decide(7, False), "hand.reason_missing"),
        (lambda p: p.noting.note("bank", "x", FRIDAY, "t"), "note.bad_kind"),
        (lambda p: p.noting.note("country", "TR", FRIDAY, " "), "note.empty"),
        (lambda p: p.noting.note("country", "TR", MONTH_END, "t"), "note.in_future"),
        (lambda p: p.attaching.add("L1-0099", Path(__file__).parents[3] / "README.md"), "attachment.unknown_subject"),
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


def test_every_list_takes_what_it_is_about_ties_and_releases_it_after_its_last_day(
    two: tuple[Program, Program], clock: Clock, tmp_path: Path
) -> None:
    li, wu = two
    head = (
        "line_id,counterparty_name,country,instrument,currency,outstanding,undrawn,booking_entity,group_id,sector,stage"
    )
    rows = (
        "L1,Berg,DE,loan,USD,7000000,0,Frankfurt,BERG,corporate,",
        "L2,Tal,DE,loan,EUR,2000000,0,Frankfurt,BERG,corporate,",
        "L3,Hausbank,DE,placement,USD,3000000,0,Frankfurt,,bank,",
        "L4,Werk,DE,loan,USD,0,5000000,Frankfurt,,corporate,signed",
        "L5,Anadolu,TR,loan,USD,300000000,0,Istanbul,,corporate,",
    )
    source = tmp_path / "second.csv"
    source.write_text("\n".join((head, *rows)), "utf-8")
    li.importing.commit(source, date(2026, 5, 25))
    until = date(2026, 6, 30)
    wanted = {
        "L1": "Berg", "L2": "Frankfurt", "L3": "Germany", "L4": "werk", "L5": "L4", "L6": "frankfurt", "L7": "Tal",
        "L8": "Hausbank", "L9": "group:BERG", "L10": "Hausbank",
    }  # fmt: skip
    for number, (list_id, subject) in enumerate(wanted.items(), start=1):
        entry = li.noting.add_item(list_id, subject, "its supplier failed", "letter of 29 May", until)
        with pytest.raises(Refused, match=r"persons\.same_person"):
            li.noting.decide(entry.id, True)
        wu.noting.decide(number, True)
    li.reviewing.generate()
    # X in the book's millions of dollars; the euro loan has no rate and counts nowhere.
    amounts = {"L1": 7, "L2": 15, "L3": 15, "L4": 5, "L5": 5, "L6": 15, "L7": 0, "L8": 3, "L9": 7, "L10": 3}
    for made in li.reviewing.lists():
        assert made.result is not None
        assert made.result.ties, made.id
        (item,) = (one for one in made.items if any(r.metric == "by_hand" for r in one.proposal.reasons))
        assert item.proposal.amounts.immediate == amounts[made.id] * 1_000_000, made.id
        if made.id == "L3":
            assert item.proposal.reduction is not None
            assert left(item.proposal.reduction, "USD").case == "l3.nothing_required"
            assert filled(item.proposal.reduction, "USD").case == "l3.nothing_required"
            assert all(line.run_off == 0 for line in item.proposal.lines), "undated: nothing runs off"
        (part,) = (one for one in made.result.control.parts if one.case == "by_hand")
        assert part.amount == amounts[made.id] * 1_000_000, made.id
        assert item.status is Status.PROPOSED
    clock.advance(days=40)
    li.reviewing.generate()
    for made in li.reviewing.lists():
        (item,) = (one for one in made.items if any(r.metric == "by_hand" for r in one.proposal.reasons))
        assert item.status is Status.RELEASE_PROPOSED, made.id
        assert made.result is not None
        assert all(part.case != "by_hand" for part in made.result.control.parts)


def test_what_is_closed_and_added_again_is_a_new_item_whatever_the_flag(
    two: tuple[Program, Program], clock: Clock
) -> None:
    li, wu = two
    (item,) = li.reviewing.lists()[0].items  # Anadolu, flagged by the policy list
    li.deciding.reject(item.id, "sold last week")
    wu.deciding.approve(item.id)
    clock.advance(hours=1)
    li.reviewing.generate()
    assert names(li) == {"Anadolu": Status.REJECTED}
    li.noting.add_item("L1", "Anadolu", "the sale fell through", "call", MONTH_END)
    wu.noting.decide(1, True)
    clock.advance(hours=1)
    for _again in range(3):
        li.reviewing.generate()
        clock.advance(hours=1)
        first, second = li.reviewing.lists()[0].items[::-1]
        assert (first.status, second.status) == (Status.REJECTED, Status.PROPOSED)
        assert second.proposal.key.episode == -1
    li.deciding.reject(second.id, "sold after all")
    wu.deciding.approve(second.id)
    clock.advance(hours=1)
    li.reviewing.generate()
    assert [one.status for one in li.reviewing.lists()[0].items] == [Status.REJECTED] * 2


def test_a_subject_in_several_countries_needs_one_and_an_excluded_client_gets_no_letter(
    program: Program, tmp_path: Path
) -> None:
    head = "line_id,counterparty_name,country,instrument,currency,outstanding,undrawn,booking_entity,sector"
    rows = ("L1,Berg,DE,loan,USD,7000000,0,London,sovereign", "L2,Seine,FR,loan,USD,7000000,0,London,corporate")
    source = tmp_path / "book.csv"
    source.write_text("\n".join((head, *rows)), "utf-8")
    program.importing.commit(source, FRIDAY)
    with pytest.raises(Refused) as refused:
        program.noting.add_item("L6", "London", "r", "s", MONTH_END)
    assert refused.value.code == "hand.country_needed"
    assert refused.value.values["choices"] == (("London", "DE"), ("London", "FR"))
    entry = program.noting.add_item("L6", "London", "r", "s", MONTH_END, "France")
    assert (entry.subject, entry.country) == ("London", "FR")
    letter = program.noting.add_item("L7", "Berg", "r", "s", MONTH_END)
    with program.database.write() as connection:
        hand.decide_entry(connection, letter.id, True, "wu", program.clock(), "")
    program.reviewing.generate()
    (item,) = next(made for made in program.reviewing.lists() if made.id == "L7").items
    assert item.proposal.action is Action.CALL_REPORT
    assert program.noticing.waiting() == ()
    with pytest.raises(Refused, match=r"notices\.by_call"):
        program.noticing.draft(item.id)


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
    paper, script = tmp_path / "minutes.pdf", tmp_path / "plan.txt"
    paper.write_bytes(b"%PDF the minutes")
    script.write_bytes(b"echo it runs nowhere\n")
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
        "1-minutes.pdf", "2-minutes.pdf", "3-plan.txt",
    ]  # fmt: skip
    copy = tmp_path / "copy.zip"
    li.backing_up.back_up(copy)
    with closing(sqlite3.connect(tmp_path / "w" / "tidewatch.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM attachment_content").fetchone() == (2,)
        connection.execute("UPDATE attachment_content SET content = 'x' WHERE sha256 = ?", (first.sha256,))
        connection.execute("DELETE FROM attachment_content WHERE sha256 = ?", (second.sha256,))
        connection.commit()
    assert [(one.attachment.name, one.altered) for one in li.attaching.verify()] == [
        ("minutes.pdf", True), ("minutes.pdf", True), ("plan.txt", False),
    ]  # fmt: skip
    for number, code in ((first.id, "altered"), (second.id, "gone")):
        with pytest.raises(Refused, match=rf"attachment\.{code}"):
            li.attaching.save_as(number, tmp_path / f"never-{number}")
    restore_workspace(tmp_path / "again", copy)
    with open_program(tmp_path / "again") as restored:
        assert restored.attaching.verify() == ()
        assert len(restored.attaching.attachments()) == 3


def test_a_file_has_a_size_which_the_bank_sets_and_a_large_one_is_not_read(
    two: tuple[Program, Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    li, _wu = two
    large, empty = tmp_path / "large.pdf", tmp_path / "empty.pdf"
    with large.open("wb") as stream:
        stream.truncate(20 * 1024 * 1024 + 1)  # takes no room
    empty.write_bytes(b"")
    with pytest.raises(Refused, match=r"attachment\.empty"):
        li.attaching.add("L1-0001", empty)
    with monkeypatch.context() as patched:
        patched.setattr("hashlib.sha256", None)  # nothing of it is looked at
        patched.setattr("app.services.attaching.os.fstat", lambda _file: large.stat())
        with pytest.raises(Refused) as refused:
            li.attaching.add("L1-0001", large)
    assert (refused.value.code, refused.value.values["most"]) == ("attachment.too_large", 20)
    assert "tidewatch settings set attachments.most_megabytes" in refusal(refused.value)[1]
    li.configuring.set("attachments.most_megabytes", "21")
    assert li.attaching.add("L1-0001", large).size == 20 * 1024 * 1024 + 1
    li.configuring.set("attachments.most_megabytes", "1")
    with pytest.raises(Refused, match=r"attachment\.too_large"):
        li.attaching.add("L1-0001", large)
    with pytest.raises(Misused, match=r"configuring\.bad_value"):
        li.configuring.set("attachments.most_megabytes", "0")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.exe", b"anything"),
        ("Minutes.PDF.scr", b"%PDF"),
        ("macro.VBS", b"x"),
        ("open me.lnk", b"x"),
        ("run.sh", b"echo"),
        ("minutes.pdf", b"MZ\x90\x00 a program called a paper"),
        ("minutes.docx", b"\x7fELF\x02"),
        ("minutes", b"#!/bin/sh\nrm -rf /"),
        ("photo.jpg", b"\xcf\xfa\xed\xfe\x07"),
    ],
)
def test_what_can_be_run_is_not_taken_in(
    two: tuple[Program, Program], tmp_path: Path, name: str, content: bytes
) -> None:
    """By its name in any case, and by how it begins whatever its name."""
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(Refused) as refused:
        two[0].attaching.add("L1-0001", file)
    assert refused.value.code == "attachment.runs"
    assert refusal(refused.value)[0].startswith(f"{name} is a program or a script")
    assert two[0].attaching.attachments() == ()


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


def test_a_note_is_taken_back_with_a_reason_and_stays_on_record(two: tuple[Program, Program], clock: Clock) -> None:
    li, wu = two
    made = li.noting.note("counterparty", "Anadolu", FRIDAY, "visited the plant")
    kept = li.noting.note("counterparty", "Anadolu", FRIDAY, "orders fall")
    before = clock.now
    clock.advance(hours=1)
    with pytest.raises(Refused, match=r"note\.no_reason"):
        wu.noting.withdraw(made.id, " ")
    assert wu.noting.withdraw(made.id, "another plant") == made
    assert li.noting.notes_on("counterparty", "Anadolu") == (kept,)
    assert li.noting.notes("counterparty", made.subject, before) == (made, kept)  # as things stood then
    with pytest.raises(Refused, match=r"note\.withdrawn"):
        li.noting.withdraw(made.id, "again")
    with pytest.raises(Refused, match=r"note\.unknown"):
        li.noting.withdraw(99, "none")
