"""Which copies are kept and whether each can still bring everything back, read from the files themselves."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.bootstrap import Program
from app.jobs import Cancelled, Job
from app.refusals import Misused, Refused
from app.services.backing_up import Kept, Reason
from app.services.keeping import OLD, Copy, finding, look_into
from app.wording.sentences import sentence

NOW = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)


def _copy(days: float, fault: str = "") -> Copy:
    kept = Kept(Path(f"{days}.zip"), Reason.DAILY, NOW - timedelta(days=days), 1000)
    return Copy(kept, None, Refused(fault, file="x") if fault else None)


@pytest.mark.parametrize(
    ("copies", "case"),
    [
        ([], "copies.none"),
        ([_copy(0, "backup.unsound")], "copies.all_useless"),
        ([_copy(0, "backup.unsound"), _copy(1)], "copies.some_useless"),
        ([_copy(OLD.days), _copy(9)], "copies.whole"),
        ([_copy(OLD.days + 0.1), _copy(9)], "copies.old"),
    ],
)
def test_every_branch_of_the_sentence(copies: list[Copy], case: str) -> None:
    found = finding(copies, NOW)
    assert found.case == case
    assert sentence(found).endswith(".")
    assert "{" not in sentence(found)


def test_the_newest_is_the_newest_whole_one() -> None:
    found = finding([_copy(0, "backup.unsound"), _copy(2), _copy(1)], NOW)
    assert found.values["newest"] == NOW - timedelta(days=1)
    assert (found.values["useless"], found.values["copies"]) == (1, 3)


def test_a_copy_is_read_whole_and_one_changed_byte_is_seen(program: Program) -> None:
    assert program.keeping.copies().copies == ()
    daily = program.backing_up.keep_daily(NOW)
    undo = program.backing_up.keep(Reason.UNDO)
    assert daily is not None
    assert undo is not None
    first = program.keeping.copies()
    assert {copy.kept.file for copy in first.copies} == {daily.file, undo.file}
    assert all(copy.manifest is not None and copy.fault is None for copy in first.copies)
    assert sum(first.copies[0].manifest.rows.values()) == sum(daily.manifest.rows.values())  # type: ignore[union-attr]
    data = bytearray(undo.file.read_bytes())
    data[len(data) // 2] ^= 1
    undo.file.write_bytes(data)
    second = {copy.kept.file: copy for copy in program.keeping.copies().copies}
    assert second[daily.file].fault is None
    fault = second[undo.file].fault
    assert fault is not None
    assert fault.code == "backup.unsound"
    undo.file.unlink()
    assert [copy.kept.file for copy in program.keeping.copies().copies] == [daily.file]


def test_what_was_read_is_not_read_again(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    program.backing_up.keep_daily(NOW)
    program.keeping.copies()
    monkeypatch.setattr("app.services.keeping.look_into", lambda *_given: pytest.fail("read again"))
    assert len(program.keeping.copies().copies) == 1


def test_reading_can_be_stopped(program: Program) -> None:
    program.backing_up.keep_daily(NOW)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        program.keeping.copies(job)


def test_a_file_that_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(Misused) as misused:
        look_into(tmp_path / "none.zip")
    assert misused.value.code == "backup.file_missing"
    (tmp_path / "text.zip").write_text("nothing of the kind")
    with pytest.raises(Refused) as refused:
        look_into(tmp_path / "text.zip")
    assert refused.value.code == "backup.unsound"
