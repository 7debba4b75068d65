import ast
import contextlib
import inspect
import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.bootstrap import Program, open_program, restore_workspace
from app.jobs import Cancelled, Job
from app.refusals import Misused, Refused
from app.services import backing_up, exporting, keeping, restoring
from app.services.backing_up import Kept, Reason, spare
from app.storage import archive, audit, durable, schema
from app.wording import backup as words
from app.wording.sentences import refusal
from tests.app.services.older import write_older
from tests.app.services.workbooks import write_csv
from tests.conftest import Clock

ON = date(2026, 5, 15)
LINE = "1,Anadolu,Turkey,loan,USD,100.25,20"


@pytest.fixture
def full(program: Program, tmp_path: Path) -> Program:
    """A workspace with a book, a saved mapping and settings of its own."""
    file = write_csv(tmp_path / "book.csv", LINE)
    outcome = program.importing.preview(file, ON)
    assert outcome.mapping is not None
    program.importing.commit(file, ON, mapping=outcome.mapping)
    program.workspace.sources.write_text('[fred]\nbase_url = "https://mirror.bank"\n', "utf-8")
    return program


def book_of(root: Path) -> tuple[list[str], object]:
    with open_program(root) as opened:
        return [item.file_name for item in opened.importing.history()], opened.surveying.book().total()


def code_of(caught: pytest.ExceptionInfo[Refused]) -> str:
    what, remedy = refusal(caught.value)
    assert what
    assert remedy
    return caught.value.code


def test_a_backup_restored_elsewhere_is_the_same_workspace(full: Program, tmp_path: Path) -> None:
    made = full.backing_up.back_up(tmp_path / "copy.zip")
    names = [part.name for part in made.manifest.parts]
    assert names == ["tidewatch.sqlite", "mappings/book.toml", "sources.toml"]
    assert made.manifest.rows["line_version"] == 1
    elsewhere = tmp_path / "elsewhere"
    done = restore_workspace(elsewhere, made.file)
    assert done.replaced is None
    assert book_of(elsewhere) == (["book.csv"], 120.25)
    for name in names[1:]:
        assert (elsewhere / name).read_bytes() == (full.workspace.root / name).read_bytes()
    with open_program(elsewhere) as opened, opened.database.read() as connection:
        last = audit.trail(connection)[-1]
    assert last["action"] == "workspace.restore"
    assert json.loads(last["after"])["file"] == "copy.zip"
    assert not [path for path in elsewhere.iterdir() if path.name in (".restoring", ".replaced")]


def test_the_file_is_a_zip_with_a_manifest_that_any_program_can_read(full: Program, tmp_path: Path) -> None:
    import hashlib

    made = full.backing_up.back_up(tmp_path / "copy.zip")
    with zipfile.ZipFile(made.file) as packed:
        assert packed.testzip() is None
        said = json.loads(packed.read("manifest.json"))
        for part in said["parts"]:
            content = packed.read(part["name"])
            assert (len(content), hashlib.sha256(content).hexdigest()) == (part["size"], part["sha256"])
        copy = tmp_path / "copy.sqlite"
        copy.write_bytes(packed.read("tidewatch.sqlite"))
    assert (said["format"], said["schema"], said["reason"], said["sample"]) == (
        archive.FORMAT,
        schema.VERSION,
        "asked",
        False,
    )
    plain = sqlite3.connect(copy)
    for table, rows in said["rows"].items():
        assert plain.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (rows,)
    assert plain.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    plain.close()


def test_a_workspace_that_somebody_has_open_is_not_replaced(full: Program, tmp_path: Path) -> None:
    made = full.backing_up.back_up(tmp_path / "copy.zip")
    with pytest.raises(Refused) as caught:
        restore_workspace(full.workspace.root, made.file, replace=True)
    assert code_of(caught) == "backup.workspace_open"
    full.close()
    assert restore_workspace(full.workspace.root, made.file, replace=True).replaced is not None


def test_another_process_holds_a_workspace_until_it_dies(full: Program, tmp_path: Path) -> None:
    made = full.backing_up.back_up(tmp_path / "copy.zip")
    root = tmp_path / "elsewhere"
    script = "import sys\nfrom pathlib import Path\nfrom app.bootstrap import open_program\n"
    script += "with open_program(Path(sys.argv[1])):\n    print('in', flush=True)\n    sys.stdin.read()\n"
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdin is not None
    assert other.stdout.readline() == "in\n"
    with pytest.raises(Refused) as caught:
        restore_workspace(root, made.file, replace=True)
    assert code_of(caught) == "backup.workspace_open"
    other.kill()
    other.communicate()
    restore_workspace(root, made.file, replace=True)
    assert book_of(root)[0] == ["book.csv"]


def test_what_is_replaced_is_kept_and_can_be_had_again(full: Program, tmp_path: Path) -> None:
    root = full.workspace.root
    early = full.backing_up.back_up(tmp_path / "early.zip")
    full.importing.commit(write_csv(tmp_path / "late.csv", LINE, LINE.replace("1,A", "2,A")), date(2026, 5, 22))
    (root / "calendar.toml").write_text("# only now\n")
    full.close()
    with pytest.raises(Refused) as caught:
        restore_workspace(root, early.file)
    assert code_of(caught) == "backup.holds_data"
    assert (root / "calendar.toml").exists()
    done = restore_workspace(root, early.file, replace=True)
    assert book_of(root)[0] == ["book.csv"]
    assert not (root / "calendar.toml").exists()
    assert done.replaced is not None
    restore_workspace(root, done.replaced, replace=True)
    assert book_of(root)[0] == ["late.csv", "book.csv"]
    assert (root / "calendar.toml").exists()


def test_a_damaged_workspace_can_be_replaced_and_is_kept_as_it_is(full: Program, tmp_path: Path) -> None:
    root = full.workspace.root
    made = full.backing_up.back_up(tmp_path / "copy.zip")
    full.close()
    (root / "tidewatch.sqlite").write_bytes(b"not a database at all" * 1000)
    done = restore_workspace(root, made.file, replace=True)
    assert done.replaced is not None
    assert (done.replaced / "tidewatch.sqlite").read_bytes().startswith(b"not a database")
    assert book_of(root)[0] == ["book.csv"]


def test_no_backup_is_made_of_a_damaged_workspace(full: Program, tmp_path: Path) -> None:
    full.database.close()
    with full.workspace.database.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xff" * 8192)
    with pytest.raises(Refused) as caught:
        full.backing_up.back_up(tmp_path / "copy.zip")
    assert code_of(caught) == "backup.damaged_workspace"
    assert not (tmp_path / "copy.zip").exists()
    full.database.close()


def test_only_a_backup_is_overwritten(full: Program, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        full.backing_up.back_up(full.workspace.database)
    assert code_of(caught) == "backup.file_taken"
    first = full.backing_up.back_up(tmp_path / "copy.zip")
    full.importing.undo()
    assert full.backing_up.back_up(first.file).manifest.rows["batch_status"] == 2


def test_a_place_that_cannot_be_written(full: Program, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        full.backing_up.back_up(tmp_path / "no such folder" / "copy.zip")
    assert code_of(caught) == "backup.cannot_write"
    assert not (full.workspace.backups / ".making").exists()


def test_a_cancelled_backup_leaves_nothing(full: Program, tmp_path: Path) -> None:
    job = Job(lambda phase, *_: job.cancel() if phase == "packing" else None)
    with pytest.raises(Cancelled):
        full.backing_up.back_up(tmp_path / "copy.zip", job)
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == []


def test_a_cancelled_restore_leaves_what_was_there(full: Program, tmp_path: Path) -> None:
    made = full.backing_up.back_up(tmp_path / "copy.zip")
    job = Job(lambda phase, *_: job.cancel() if phase == "preparing" else None)
    with pytest.raises(Cancelled):
        restore_workspace(tmp_path / "elsewhere", made.file, job=job)
    assert not (tmp_path / "elsewhere" / "tidewatch.sqlite").exists()
    assert not (tmp_path / "elsewhere" / ".restoring").exists()


def test_other_files(full: Program, tmp_path: Path) -> None:
    with pytest.raises(Misused) as missing:
        restore_workspace(tmp_path / "elsewhere", tmp_path / "none.zip")
    assert code_of(missing) == "backup.file_missing"
    for name, content in {"a.zip": b"", "b.zip": b"PK\x03\x04", "c.png": b"\x89PNG" * 100}.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Refused) as caught:
            restore_workspace(tmp_path / "elsewhere", tmp_path / name)
        assert code_of(caught) == "backup.unsound"
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as packed:
        packed.writestr("tidewatch.sqlite", b"")
    with pytest.raises(Refused, match=r"backup\.unsound"):
        restore_workspace(tmp_path / "elsewhere", tmp_path / "other.zip")
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == [".open"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("small")
    with open_program(folder / "workspace") as opened:
        made = opened.backing_up.back_up(folder / "copy.zip")
    return made.file, made.file.read_bytes()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_byte_can_change_unseen(small: tuple[Path, bytes], data: st.DataObject) -> None:
    file, content = small
    changed = bytearray(content)
    # the end holds the directory and the seal, and is where a change could hide
    places = st.integers(0, len(content) - 1) | st.integers(len(content) - 2000, len(content) - 1)
    for place, bit in data.draw(st.dictionaries(places, st.integers(0, 7), min_size=1, max_size=3)).items():
        changed[place] ^= 1 << bit
    altered = file.with_name("altered.zip")
    altered.write_bytes(changed)
    with pytest.raises(Refused, match=r"backup\.unsound"):
        restore_workspace(file.with_name("elsewhere"), altered)
    assert not (file.with_name("elsewhere") / "tidewatch.sqlite").exists()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_part_can_be_missing_unseen(small: tuple[Path, bytes], data: st.DataObject) -> None:
    file, content = small
    cut = data.draw(st.integers(0, len(content) - 1))
    altered = file.with_name("cut.zip")
    altered.write_bytes(content[:cut] + data.draw(st.binary(max_size=100)))
    with pytest.raises(Refused, match=r"backup\.unsound"):
        restore_workspace(file.with_name("elsewhere"), altered)


def resealed(file: Path, **changes: object) -> Path:
    """The same backup with another manifest, and a right seal: what another version of the program would write."""
    target = file.with_name("resealed.zip")
    with archive.opened(file, lambda: None) as found:
        folder = file.with_name("parts")
        found.extract(folder, lambda: None)
        said = {name: getattr(found.manifest, name) for name in found.manifest.__dataclass_fields__} | changes
        parts = [(part.name, folder / part.name) for part in found.manifest.parts]
        archive.write(target, archive.Manifest(**said), parts, lambda: None)  # type: ignore[arg-type]
    return target


def test_a_newer_backup_says_so(full: Program, tmp_path: Path) -> None:
    made = full.backing_up.back_up(tmp_path / "copy.zip")
    for changes in ({"format": archive.FORMAT + 1, "program": "9.9"}, {"schema": "9999", "program": "9.9"}):
        with pytest.raises(Refused) as caught:
            restore_workspace(tmp_path / "elsewhere", resealed(made.file, **changes))
        assert code_of(caught) == "backup.newer"
        assert "Tidewatch 9.9" in refusal(caught.value)[0]


def test_a_manifest_that_is_not_of_its_database_is_refused(full: Program, tmp_path: Path) -> None:
    made = full.backing_up.back_up(tmp_path / "copy.zip")
    rows = dict(made.manifest.rows) | {"line_version": 2}
    with pytest.raises(Refused, match=r"backup\.unsound"):
        restore_workspace(tmp_path / "elsewhere", resealed(made.file, rows=rows))


@pytest.mark.parametrize("name", ["../up.toml", "/etc/x.toml", "a/b/c.toml", ".hidden.toml", "x.exe", "a\\b.toml", ""])
def test_no_part_leads_out_of_the_workspace(name: str) -> None:
    assert not archive.is_part(name)
    assert archive.is_part("mappings/周一-Monday.toml")


def test_an_older_workspace_is_backed_up_before_it_is_brought_up_to_date(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    write_older(root, "0003")
    with open_program(root) as opened:
        (kept,) = opened.backing_up.kept()
        assert kept.reason is Reason.MIGRATION
        assert schema.version_of(opened.database) == schema.VERSION
    elsewhere = tmp_path / "elsewhere"
    assert restore_workspace(elsewhere, kept.file).manifest.schema == "0003"
    with open_program(elsewhere) as opened, opened.database.read() as connection:
        assert [row["action"] for row in audit.trail(connection)] == ["series.accept_unit", "workspace.restore"]
    with open_program(root) as opened:
        assert len(opened.backing_up.kept()) == 1


def test_an_undo_is_preceded_by_a_backup(full: Program, tmp_path: Path) -> None:
    full.importing.undo("wrong file")
    (kept,) = full.backing_up.kept()
    assert kept.reason is Reason.UNDO
    restore_workspace(tmp_path / "elsewhere", kept.file)
    assert book_of(tmp_path / "elsewhere") == (["book.csv"], 120.25)
    with pytest.raises(Refused, match=r"book\.nothing_to_undo"):
        full.importing.undo()
    assert full.backing_up.kept() == [kept]


def test_daily_copies_rotate(program: Program, clock: Clock) -> None:
    for _day in range(9):
        program.backing_up.keep_daily(clock.now)
        clock.advance(days=1)
    days = [kept.made_at.date() for kept in program.backing_up.kept()]
    assert days[:7] == [clock.now.date() - timedelta(days=n) for n in range(1, 8)]
    assert days[7:] == []  # 26 May to 3 June: the week and month of the rest have a newer copy


def kept_on(*stamps: datetime, reason: Reason = Reason.DAILY) -> list[Kept]:
    return [Kept(Path(f"{reason}-{stamp:%Y%m%d%H}.zip"), reason, stamp, 1) for stamp in stamps]


def test_what_rotation_keeps() -> None:
    """A year of days up to Thursday 31 December 2026: 25 to 31; Sundays 27, 20, 13, 6; the last days of months."""
    end = datetime(2026, 12, 31, 7, tzinfo=UTC)
    copies = kept_on(*(end - timedelta(days=n) for n in range(365)))
    gone = {item.file for item in spare(copies)}
    left = [item.made_at.date() for item in copies if item.file not in gone]
    assert left == [
        *(date(2026, 12, day) for day in (31, 30, 29, 28, 27, 26, 25, 20, 13, 6)),
        *(date(2026, 11, 30), date(2026, 10, 31), date(2026, 9, 30), date(2026, 8, 31), date(2026, 7, 31)),
        *(date(2026, 6, 30), date(2026, 5, 31), date(2026, 4, 30), date(2026, 3, 31), date(2026, 2, 28)),
        date(2026, 1, 31),
    ]
    others = kept_on(*(end - timedelta(hours=n) for n in range(8)), reason=Reason.UNDO)
    assert spare(others) == others[5:]
    assert spare(kept_on(end, reason=Reason.RESTORE)) == []


def test_a_killed_backup_is_cleared_away(full: Program, tmp_path: Path) -> None:
    making = full.workspace.backups / ".making"
    making.mkdir(parents=True)
    (making / "tidewatch.sqlite").write_bytes(b"half")
    full.backing_up.back_up(tmp_path / "copy.zip")
    assert not making.exists()


@pytest.fixture(scope="module")
def two_states(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A closed workspace with two books and a calendar, and a backup of when it had one book and no calendar."""
    folder = tmp_path_factory.mktemp("states")
    root = folder / "workspace"
    with open_program(root) as opened:
        opened.importing.commit(write_csv(folder / "book.csv", LINE), ON)
        (root / "sources.toml").write_text("# early\n")
        early = opened.backing_up.back_up(folder / "early.zip")
        opened.importing.commit(write_csv(folder / "late.csv", LINE.replace("1,A", "2,A")), date(2026, 5, 22))
    (root / "sources.toml").write_text("# late\n")
    (root / "calendar.toml").write_text("# only late\n")
    return root, early.file


@pytest.mark.parametrize("stop", range(12))
def test_a_restore_that_stops_between_two_moves_is_finished_by_the_next_start(
    two_states: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    """Every rename in turn is the last thing that happens before the program is gone."""
    root = tmp_path / "workspace"
    shutil.copytree(two_states[0], root)
    done = 0
    real = durable.replace

    def replace(source: Path, target: Path) -> None:
        nonlocal done
        if done == stop:
            raise KeyboardInterrupt
        done += 1
        real(source, target)

    monkeypatch.setattr(durable, "replace", replace)
    with contextlib.suppress(KeyboardInterrupt):
        restore_workspace(root, two_states[1], replace=True)
    monkeypatch.undo()
    planned = stop >= 2  # the first rename makes the backup of what is there, the second the plan
    files, _total = book_of(root)
    assert files == (["book.csv"] if planned else ["late.csv", "book.csv"])
    assert (root / "calendar.toml").exists() is not planned
    assert (root / "sources.toml").read_text() == ("# early\n" if planned else "# late\n")
    assert not [path.name for path in root.iterdir() if path.name in (".restoring", ".replaced")]


def test_every_refusal_has_words_and_every_word_a_refusal() -> None:
    raised = {
        node.args[0].value
        for module in (backing_up, restoring, exporting, keeping)
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Refused", "Misused")
        if isinstance(node.args[0], ast.Constant)
    }
    assert raised == set(words.REFUSALS)


def test_every_phase_has_words() -> None:
    phases = {
        node.args[0].value
        for module in (backing_up, restoring, exporting, keeping)
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "report"
        if isinstance(node.args[0], ast.Constant)
    }
    assert len({words.phase(phase) for phase in phases}) == len(phases) == 7


def test_every_reason_has_words() -> None:
    assert len({words.reason(reason.value) for reason in Reason}) == len(Reason)
    assert words.size(1_500) == "1.5 kB"
    assert words.size(84_200_000) == "84.2 MB"
