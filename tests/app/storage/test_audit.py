import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import keyring
import pytest

from app import bootstrap
from app.bootstrap import Program
from app.storage import audit, audit_chain
from app.storage.persons import Role
from tests.app.services.older import write_older
from tests.conftest import Clock
from tests.safe import Safe


def write(program: Program, **values: object) -> None:
    with program.database.write() as connection:
        audit.record(connection, at=program.clock(), who="lin", action="limit.set", **values)  # type: ignore[arg-type]


def test_a_row_keeps_what_stood_before_and_after(program: Program) -> None:
    write(program, subject="limit TR", before={"amount": Decimal("1800.00")}, after={"from": date(2022, 5, 26)})
    with program.database.read() as connection:
        (row,) = audit.trail(connection)
    assert (row["who"], row["before"], row["after"]) == ("lin", '{"amount": "1800.00"}', '{"from": "2022-05-26"}')
    assert row["at"] == program.clock()


def test_texts_are_kept_as_they_are_and_nothing_stays_nothing(program: Program) -> None:
    write(program, subject="limit TR", after="限额 2000", reason="委员会")
    with program.database.read() as connection:
        (row,) = audit.trail(connection)
    assert (row["before"], row["after"], row["reason"]) == (None, "限额 2000", "委员会")


def test_a_failed_unit_of_work_leaves_no_row(program: Program) -> None:
    def fail() -> None:
        with program.database.write() as connection:
            audit.record(connection, at=program.clock(), who="lin", action="limit.set", subject="limit TR")
            raise ValueError("later step")

    with pytest.raises(ValueError, match="later step"):
        fail()
    with program.database.read() as connection:
        assert audit.trail(connection) == []


def test_the_trail_of_one_subject_is_in_the_order_of_writing(program: Program) -> None:
    for subject in ("limit TR", "limit AR", "limit TR"):
        write(program, subject=subject)
    with program.database.read() as connection:
        ids = [row["id"] for row in audit.trail(connection, subject="limit TR")]
    assert ids == sorted(ids)
    assert len(ids) == 2


def test_a_value_without_a_plain_form_is_refused(program: Program) -> None:
    with pytest.raises(TypeError, match="cannot hold"):
        write(program, subject="limit TR", after={"x": object()})


# The chain ------------------------------------------------------------------------------------------------------------

COLUMNS = ("at", "who", "action", "subject", "before", "after", "reason", "program_version", "data", "chained_later")
HMAC_KEY = ("Tidewatch", "audit-signing-key")


@pytest.fixture
def safe() -> Iterator[Safe]:
    before, made = keyring.get_keyring(), Safe()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def rows(program: Program, count: int) -> None:
    for number in range(count):
        write(program, subject=f"limit {number}", after={"amount": number}, data={"batch": 7})


def anchor(program: Program, subject: str = "check 2026-05-26") -> None:
    """What a signature on a check does in its unit of work."""
    from app import credentials

    with program.database.write() as connection:
        key = credentials.signing_key(make=True)
        data = audit_chain.signed_by(key) or None
        audit.record(connection, at=program.clock(), who="lin", action="check.sign", subject=subject, data=data)
        audit_chain.keep(connection, program.clock(), "check", subject, key)


def sql(program: Program, *statements: str) -> None:
    """What a colleague does with another program."""
    with closing(sqlite3.connect(program.workspace.database)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def recompute(program: Program, first: int = 1) -> None:
    """Every hash anew from a row on, and the head: all that can be done without the key."""
    with closing(sqlite3.connect(program.workspace.database)) as connection:
        found = connection.execute(f"SELECT id, {', '.join(COLUMNS)} FROM audit ORDER BY id").fetchall()
        previous = "0" * 64
        for number, *values in found:
            content = dict(zip(COLUMNS, values, strict=True))
            content["at"] = datetime.fromisoformat(content["at"]).replace(tzinfo=UTC).isoformat(timespec="microseconds")
            content["chained_later"] = bool(content["chained_later"])
            text = json.dumps(["tidewatch-audit-1", previous, content], sort_keys=True, separators=(",", ":"))
            its = hashlib.sha256(text.encode()).hexdigest()
            if number >= first:
                connection.execute("UPDATE audit SET previous = ?, hash = ? WHERE id = ?", (previous, its, number))
            previous = its
        connection.execute("UPDATE audit_head SET rows = ?, row = ?, hash = ?", (len(found), found[-1][0], previous))
        connection.commit()


def faults(program: Program) -> list[tuple[str, int | None, int | None]]:
    return [(fault.case, fault.row, fault.last) for fault in program.attesting.verify().faults]


def test_a_row_is_chained_to_the_one_before_and_says_on_which_data(program: Program) -> None:
    """The hash as docs/decisions/0072 gives it, computed here on its own."""
    rows(program, 2)
    with program.database.read() as connection:
        first, second = audit.trail(connection)
    assert (first["previous"], second["previous"]) == ("0" * 64, first["hash"])
    assert (first["data"], first["chained_later"]) == ('{"batch": 7}', False)
    before = [row["hash"] for row in (first, second)]
    recompute(program)
    with program.database.read() as connection:
        assert [row["hash"] for row in audit.trail(connection)] == before
    assert faults(program) == []


def test_an_edited_row_is_named(program: Program) -> None:
    rows(program, 5)
    sql(program, "UPDATE audit SET after = '{\"amount\": 99}' WHERE id = 3")
    assert faults(program) == [("edited", 3, None)]


@pytest.mark.parametrize("column", [name for name in COLUMNS if name not in ("at", "chained_later")])
def test_every_column_is_under_the_hash(program: Program, column: str) -> None:
    rows(program, 2)
    sql(program, f"UPDATE audit SET {column} = 'other' WHERE id = 1")
    assert faults(program) == [("edited", 1, None)]


def test_an_instant_or_a_mark_that_was_changed_is_named(program: Program) -> None:
    rows(program, 2)
    sql(program, "UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE id = 1")
    sql(program, "UPDATE audit SET chained_later = 1 WHERE id = 2")
    assert faults(program) == [("edited", 1, None), ("edited", 2, None)]


def test_a_row_that_was_edited_and_hashed_anew_is_named(program: Program) -> None:
    rows(program, 5)
    with closing(sqlite3.connect(program.workspace.database)) as connection:
        heads = connection.execute("SELECT previous, hash FROM audit WHERE id > 3 ORDER BY id").fetchall()
        end = connection.execute("SELECT hash FROM audit_head").fetchone()[0]
    sql(program, "UPDATE audit SET after = 'more' WHERE id = 3")
    recompute(program, 3)
    for number, (previous, its) in zip((4, 5), heads, strict=True):  # only row 3 keeps its new hash
        sql(program, f"UPDATE audit SET previous = '{previous}', hash = '{its}' WHERE id = {number}")
    sql(program, f"UPDATE audit_head SET hash = '{end}'")
    assert faults(program) == [("rewritten", 3, None)]


def test_deleted_rows_are_named(program: Program) -> None:
    rows(program, 6)
    sql(program, "DELETE FROM audit WHERE id IN (2, 3)")
    assert faults(program) == [("deleted", 2, 3)]


def test_the_first_row_deleted_is_named(program: Program) -> None:
    rows(program, 3)
    sql(program, "DELETE FROM audit WHERE id = 1")
    assert faults(program) == [("deleted", 1, 1)]


def test_reordered_rows_are_named(program: Program) -> None:
    rows(program, 5)
    sql(program, *(f"UPDATE audit SET id = {new} WHERE id = {old}" for old, new in ((3, 99), (4, 3), (99, 4))))
    assert faults(program) == [("reordered", 3, None), ("reordered", 4, None)]


def test_a_trail_that_was_cut_off_names_what_is_gone(program: Program) -> None:
    rows(program, 5)
    sql(program, "DELETE FROM audit WHERE id > 3")
    assert faults(program) == [("truncated", 4, 5)]
    write(program, subject="limit later")  # the next change does not heal it
    assert faults(program) == [("deleted", 4, 5)]


def test_a_trail_cut_off_with_its_head_is_found_by_the_check_that_was_signed(program: Program, safe: Safe) -> None:
    rows(program, 3)
    anchor(program)
    rows(program, 2)
    sql(program, "DELETE FROM audit WHERE id > 2")
    recompute(program)
    assert faults(program) == [("truncated", 3, 4)]


def test_an_added_row_is_named(program: Program) -> None:
    rows(program, 3)
    copied = f"{', '.join(COLUMNS)}, previous, hash"
    sql(program, f"INSERT INTO audit ({copied}) SELECT {copied} FROM audit WHERE id = 2")
    assert ("added", 4, 4) in faults(program)


def test_a_head_that_was_taken_away_is_said(program: Program) -> None:
    rows(program, 3)
    sql(program, "DELETE FROM audit_head")
    assert faults(program) == [("headless", 3, None)]


def test_a_trail_recomputed_without_the_key_is_found_between_its_anchors(program: Program, safe: Safe) -> None:
    rows(program, 3)
    anchor(program, "check 2026-05-25")  # row 4
    rows(program, 3)
    anchor(program)  # row 8
    rows(program, 1)
    assert program.attesting.verify().anchored == 8
    sql(program, "UPDATE audit SET after = 'more' WHERE id = 6")
    recompute(program)
    assert faults(program) == [("recomputed", 5, 8)]
    # The anchor too, as far as that goes without the key.
    sql(program, "UPDATE audit_anchor SET hash = (SELECT hash FROM audit WHERE id = 8) WHERE row = 8")
    assert faults(program) == [("forged", 5, 8)]
    sql(program, "DELETE FROM audit_anchor WHERE row = 8")
    assert faults(program) == [("unanchored", 8, None)]
    assert program.attesting.verify().anchored == 4


def test_a_recomputed_trail_is_found_by_the_copies_that_were_made(program: Program, safe: Safe, tmp_path: Path) -> None:
    rows(program, 4)
    elsewhere = program.backing_up.back_up(tmp_path / "copy.zip").file
    rows(program, 1)
    assert program.attesting.verify().anchored is None
    assert program.attesting.verify((elsewhere,)).anchored == 4
    sql(program, "UPDATE audit SET after = 'more' WHERE id = 2")
    recompute(program)
    assert faults(program) == []
    (fault,) = program.attesting.verify((elsewhere,)).faults
    assert (fault.case, fault.row, fault.last, fault.occasion) == ("recomputed", 1, 4, "backup")


def test_an_anchor_rewritten_as_unsigned_is_found(program: Program, safe: Safe) -> None:
    rows(program, 2)
    anchor(program, "check 2026-05-25")  # row 3
    rows(program, 2)
    anchor(program)  # row 6
    sql(program, "UPDATE audit_anchor SET key = NULL, signature = NULL WHERE row = 3")
    assert faults(program) == [("unsigned", 3, None)]
    # Whoever also takes the word from the row and computes the hashes anew does not fit the next signature.
    sql(program, "UPDATE audit SET data = NULL WHERE id = 3")
    recompute(program)
    sql(program, "UPDATE audit_anchor SET hash = (SELECT hash FROM audit WHERE id = 3) WHERE row = 3")
    assert faults(program) == [("recomputed", 4, 6)]


def test_without_a_keyring_anchors_stay_unsigned_and_it_is_said(program: Program) -> None:
    rows(program, 2)
    anchor(program)
    found = program.attesting.verify()
    assert (found.is_whole, found.finding.case, found.anchored, found.anchored_unsigned) == (
        True,
        "audit.unsigned",
        None,
        3,
    )
    assert "audit.no_key" in [note.case for note in found.notes]


def test_another_accounts_signature_is_not_taken_for_ones_own(program: Program, safe: Safe) -> None:
    rows(program, 1)
    anchor(program)
    safe.kept[HMAC_KEY] = "another"
    found = program.attesting.verify()
    assert (found.is_whole, found.anchored) == (True, None)
    assert "audit.foreign" in [note.case for note in found.notes]


def test_the_key_stands_nowhere_in_the_workspace(program: Program, safe: Safe) -> None:
    anchor(program)
    key = safe.kept[HMAC_KEY]
    assert len(key) == 64
    for file in program.workspace.root.rglob("*"):
        assert not file.is_file() or key.encode() not in file.read_bytes()


def test_an_older_trail_is_chained_in_its_order_and_says_so(tmp_path: Path, clock: Clock) -> None:
    write_older(tmp_path / "older", "0008", rows=3)
    with bootstrap.open_program(tmp_path / "older", clock=clock) as program:
        found = program.attesting.verify()
        assert (found.is_whole, found.rows) == (True, 3)
        assert {note.case: dict(note.values) for note in found.notes}["audit.chained_later"] == {"rows": 3}
        write(program, subject="limit TR")
        assert faults(program) == []
        sql(program, "UPDATE audit SET who = 'nobody' WHERE id = 2")
        assert faults(program) == [("edited", 2, None)]


def test_a_restored_workspace_is_no_tampering(program: Program, safe: Safe, tmp_path: Path, clock: Clock) -> None:
    rows(program, 2)
    early = program.backing_up.back_up(tmp_path / "early.zip").file
    rows(program, 3)
    root = program.workspace.root
    program.close()
    clock.advance(hours=1)
    bootstrap.restore_workspace(root, early, replace=True, clock=clock)  # keeps a copy of the longer trail
    with bootstrap.open_program(root, clock=clock) as again:
        found = again.attesting.verify()
        assert (found.is_whole, found.rows) == (True, 3)
        assert "audit.replaced" in [note.case for note in found.notes]


WRITER = """
import sys
from pathlib import Path
from app import bootstrap
from app.storage import audit
with bootstrap.open_program(Path(sys.argv[1])) as program:
    for number in range(60):
        with program.database.write() as connection:
            audit.record(connection, at=program.clock(), who=sys.argv[2], action="test", subject=f"row {number}")
"""


def test_two_programs_make_one_chain(program: Program) -> None:
    root = str(program.workspace.root)
    running = [subprocess.Popen([sys.executable, "-c", WRITER, root, who]) for who in ("li", "wu")]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    found = program.attesting.verify()
    assert (found.is_whole, found.rows) == (True, 120)


# Steps of a second person that came by SQL ----------------------------------------------------------------------------


def test_a_signature_by_sql_shows(program: Program, clock: Clock) -> None:
    from tests.app.services.test_checking import LIRA, TUESDAY, decide_all, store

    store(program, LIRA)
    decide_all(program, program.checking.run(TUESDAY))
    program.checking.sign(TUESDAY)
    assert program.attesting.verify().faults == ()
    sql(
        program,
        "INSERT INTO check_signature (check_id, part, role, who, at) "
        "SELECT check_id, part, 'checker', upper(who), '2026-05-26 01:00:00.000000' FROM check_signature",
    )
    (fault,) = program.attesting.verify().faults
    assert (fault.case, fault.subject, fault.who) == ("same_person", "check 2026-05-26", program.user.upper())
    sql(program, "UPDATE check_signature SET who = 'zhao' WHERE role = 'checker'")
    (fault,) = program.attesting.verify().faults
    assert (fault.case, fault.subject, fault.who) == ("unrecorded", "check 2026-05-26", "zhao")


def test_a_level_that_its_proposer_approved_by_sql_shows(program: Program) -> None:
    proposed = program.levelling.propose("TR", "high", "reserves fell")
    sql(
        program,
        "INSERT INTO country_level_decision (level_id, approved, who, at, reason) "
        f"VALUES ({proposed.id}, 1, '{program.user} ', '2026-05-26 01:00:00.000000', '')",
    )
    (fault,) = program.attesting.verify().faults
    assert (fault.case, fault.subject) == ("same_person", f"level {proposed.id}")


def test_an_excess_and_a_notices_text_that_somebody_approved_by_sql_show(program: Program) -> None:
    program.limiting.set("TR", Decimal(100), "USD")
    program.limiting.ask_excess("TR", Decimal(5), date(2026, 6, 30), "syndication closes")
    texts = {code: f"{text}\nP.S." for code, text in program.phrasing.template("client").texts.items()}
    program.phrasing.propose("client", texts, "more polite")
    assert program.attesting.verify().faults == ()
    for table, key in (("limit_excess_decision", "excess_id"), ("notice_template_decision", "template_id")):
        for who in (f"{program.user.upper()} ", "zhao"):
            sql(
                program,
                f"INSERT OR REPLACE INTO {table} ({key}, approved, maker, who, at, reason) "
                f"VALUES (1, 1, 'somebody', '{who}', '2026-05-26 01:00:00.000000', '')",
            )
            (fault,) = program.attesting.verify().faults
            assert fault.case == ("unrecorded" if who == "zhao" else "same_person"), table
        sql(program, f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("attack", "subject"),
    [
        ("UPDATE setting SET value = '\"900000000\"' WHERE key = 'reviews.minimum_amount'", "reviews.minimum_amount"),
        ("DELETE FROM setting WHERE key = 'reviews.minimum_amount'", "reviews.minimum_amount"),
        ("INSERT INTO setting (key, value) VALUES ('reviews.funding_cap', '\"50\"')", "reviews.funding_cap"),
        ("UPDATE person SET id = 'zhao' WHERE id = 'wu'", "person zhao"),
        ("UPDATE person SET role = 'administrator' WHERE id = 'wu'", "person wu"),
        ("DELETE FROM attachment", "country TR"),
        ("UPDATE attachment SET sha256 = '00'", "country TR"),
        ("UPDATE dated_note SET text = 'all is well'", "country TR"),
        ("UPDATE notice_template SET english = english || 'Your grade is B.'", "template client 1"),
        ("DELETE FROM notice_template", "template client 1"),
    ],
)
def test_what_was_changed_past_the_program_is_named(
    program: Program, tmp_path: Path, attack: str, subject: str
) -> None:
    program.configuring.set("reviews.minimum_amount", "2000000")
    program.configuring.set("reviews.lgd", "45")
    program.configuring.reset("reviews.lgd")
    program.staffing.add("wu", "Wu Fang", Role.OFFICER)
    program.staffing.change_role("wu", Role.APPROVER)
    (file := tmp_path / "letter.txt").write_text("signed")
    program.attaching.add("country TR", file, "the contract")
    program.noting.note("country", "TR", date(2026, 5, 22), "the strike begins")
    texts = {code: f"{text}\nP.S." for code, text in program.phrasing.template("client").texts.items()}
    program.phrasing.propose("client", texts, "more polite")
    assert program.attesting.verify().faults == ()
    sql(program, attack)
    assert subject in {fault.subject for fault in program.attesting.verify().faults if fault.case == "altered"}
