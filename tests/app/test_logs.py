"""The log rotates, and neither it nor a report says what an error says."""

import ast
import logging
import warnings
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import logs
from app.refusals import Refused

CLIENT = "Anadolu Enerji A.Ş."
ROOT = Path(__file__).resolve().parents[2]
LEVELS = ("debug", "info", "warning", "error", "exception", "critical")
log = logging.getLogger("app.test_logs")


@pytest.fixture
def folder(tmp_path: Path):
    end = logs.keep(tmp_path / "logs")
    yield tmp_path / "logs"
    end()


def _fail() -> None:
    try:
        raise KeyError(CLIENT)
    except KeyError as error:
        raise ValueError(f"no line of {CLIENT}") from error


@pytest.mark.logs("work failed", "a listener failed")
def test_an_error_is_logged_by_place_and_kind_and_never_by_what_it_says(folder: Path):
    try:
        _fail()
    except ValueError as error:
        log.exception("work failed")
        log.error("a listener failed: %s", error)
    text = (folder / logs.NAME).read_text("utf-8")
    assert CLIENT not in text
    assert "ERROR app.test_logs: work failed" in text
    assert text.index("KeyError") < text.index("ValueError")  # the cause first
    assert ", in _fail" in text
    assert "a listener failed: ValueError" in text


@pytest.mark.logs("a listener failed", "the row", "Cell", "openpyxl", "unread")
@pytest.mark.filterwarnings("always")
def test_whatever_is_handed_to_the_log_no_client_stands_in_it(folder: Path):
    """Arguments, dictionaries, other libraries' records, warnings and objects in the message's place."""
    logging.getLogger("openpyxl.reader").warning("Cell %s of openpyxl", CLIENT)
    logging.getLogger("openpyxl.reader").warning(f"openpyxl: {CLIENT}")
    log.warning("the row of %s is unread", CLIENT)
    log.warning("the row of %(name)s is unread", {"name": CLIENT})
    log.warning("the row %s, %s", [CLIENT], {"of": CLIENT})
    log.warning(Refused("the row", name=CLIENT))
    warnings.warn(f"Cell A7 holds {CLIENT}", UserWarning, stacklevel=1)
    error = ValueError(f"a listener failed on {CLIENT}")
    error.add_note(CLIENT)
    log.error("a listener failed on %s at %s", error, datetime(2026, 5, 26, tzinfo=UTC), stack_info=True)
    text = (folder / logs.NAME).read_text("utf-8")
    assert CLIENT not in text
    assert "Anadolu" not in text
    assert "[left out] test_logs.py:" in text
    assert "a listener failed on ValueError at 2026-05-26" in text


def test_every_log_call_of_ours_has_a_fixed_text():
    """A text formed before the call could hold anything; whatever varies is an argument, which the formatter sees."""
    calls = 0
    for path in [path for room in logs.OURS for path in (ROOT / room).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr not in LEVELS or not isinstance(node.func.value, ast.Name):
                continue
            if node.func.value.id in ("log", "_log", "logger", "logging"):
                calls += 1
                first = node.args[0]
                assert isinstance(first, ast.Constant), f"{path}:{node.lineno}"
                assert isinstance(first.value, str), f"{path}:{node.lineno}"
    assert calls > 10


def test_a_refusal_is_known_by_its_code_only():
    assert logs.kind_of(Refused("book.date_taken", file=CLIENT)) == "app.refusals.Refused (book.date_taken)"


def test_steps_of_the_program_are_kept_and_those_of_others_are_not(folder: Path):
    log.info("checked %s rows", 12)
    logging.getLogger("sqlalchemy.engine").info("SELECT 1")
    assert [line.split(" ", 1)[1] for line in logs.last_lines(folder)] == ["INFO app.test_logs: checked 12 rows"]


def test_the_file_rotates_and_the_end_reaches_into_the_one_before(folder: Path, monkeypatch: pytest.MonkeyPatch):
    handler = next(one for one in logging.getLogger().handlers if getattr(one, "maxBytes", 0) == logs.LARGEST)
    monkeypatch.setattr(handler, "maxBytes", 400)
    for number in range(200):
        log.info("line %s", number)
    assert sorted(path.name for path in folder.iterdir()) == [logs.NAME, *(f"{logs.NAME}.{n}" for n in range(1, 6))]
    assert all(path.stat().st_size <= 400 for path in folder.iterdir())
    ends = [line.rsplit(" ", 1)[1] for line in logs.last_lines(folder, 10)]
    assert ends == [str(number) for number in range(190, 200)]


def test_without_a_folder_there_is_no_log_and_no_fault(tmp_path: Path):
    (tmp_path / "file").write_text("x", "utf-8")
    logs.keep(tmp_path / "file" / "logs")()
    assert logs.last_lines(tmp_path / "nowhere") == []
