"""The sources by command: what each stands for, its switch, and its key, which is never shown."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest

from app import bootstrap
from app.cli.main import main
from app.settings import source_settings
from app.storage import audit
from tests.app.services.reaching import reach
from tests.safe import KEY, Safe

UNITS = {"seriess": [{"id": "WALCL", "units": "Millions of U.S. Dollars"}]}
OBSERVATIONS = {
    "realtime_start": "2026-05-01", "realtime_end": "9999-12-31", "count": 1, "offset": 0, "limit": 100000,
    "observations": [
        {"realtime_start": "2026-05-21", "realtime_end": "9999-12-31", "date": "2026-05-20", "value": "6714000"}
    ],
}  # fmt: skip


@pytest.fixture
def safe() -> Iterator[Safe]:
    before, made = keyring.get_keyring(), Safe()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any, str]]:
    """Run a command on a workspace: its code, its JSON, and what it said of errors."""

    def command(*words: str) -> tuple[int, Any, str]:
        code = main([*words, "--workspace", str(tmp_path / "w"), "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out.strip() else None, said.err

    return command


def one(told: Any, id: str) -> Any:
    return next(source for source in told["sources"] if source["id"] == id)


def test_every_source_is_listed_with_host_key_and_attribution(run: Any, safe: Safe) -> None:
    code, told, _ = run("sources", "list")
    assert (code, told["finding"]) == (0, "sources.nothing")
    fred, board = one(told, "fred"), one(told, "ddp")
    assert (fred["host"], fred["state"]) == ("api.stlouisfed.org", "keyless")
    assert (fred["key_needed"], fred["key_present"], board["key_needed"]) == (True, False, False)
    assert one(told, "fredgraph")["stands_in_for"] == "fred"
    assert all(source["attribution"] for source in told["sources"] if source["host"])


def test_a_table_of_release_days_that_cannot_be_used_is_named(run: Any, tmp_path: Path, safe: Safe) -> None:
    run("sources", "list")
    (tmp_path / "w" / "calendar.toml").write_text("[XFED", encoding="utf-8")
    code, told, _ = run("sources", "list")
    assert (code, told["finding"]) == (0, "sources.nothing")
    assert told["calendar_fault"].startswith("calendar.toml, line 1 cannot be read")


def test_a_source_is_switched_off_and_on_again(run: Any, tmp_path: Path) -> None:
    assert run("sources", "switch", "ddp", "off")[:2] == (0, {"id": "ddp", "enabled": False})
    assert not source_settings(tmp_path / "w" / "sources.toml", "ddp").enabled
    assert run("sources", "switch", "ddp", "on")[:2] == (0, {"id": "ddp", "enabled": True})
    assert run("sources", "switch", "nobody", "on")[0] == 2


def test_a_key_is_set_tested_and_removed_and_stands_nowhere(
    run: Any, safe: Safe, tmp_path: Path, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "w").mkdir()
    reach(tmp_path / "w" / "sources.toml", fred={"base_url": server.url, "attempts": 1})
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))
    assert run("sources", "key", "set", "fred")[:2] == (0, {"id": "fred", "key_present": True})
    assert list(safe.kept.values()) == [KEY]
    listed = run("sources", "list")[1]
    assert (one(listed, "fred")["key_from"], one(listed, "fred")["state"]) == ("safe", "empty")

    server.choose = lambda asked: server.say(
        json.dumps(OBSERVATIONS if asked.path.endswith("observations") else UNITS).encode()
    )
    code, told, _ = run("sources", "key", "test", "fred")
    assert (code, told["case"], told["newest"]) == (0, "sources.answered", "2026-05-20")
    assert {asked.params["api_key"] for asked in server.asked} == {KEY}

    server.choose = lambda asked: server.say(
        b'{"error_code":400,"error_message":"Bad Request.  The value for variable api_key is not registered."}', 400
    )
    code, _, said = run("sources", "key", "test", "fred")
    assert (code, said.startswith("fred does not accept the key.")) == (1, True)

    assert run("sources", "key", "remove", "fred")[0] == 0
    assert safe.kept == {}
    code, _, said = run("sources", "key", "remove", "fred")
    assert (code, "There is no key of fred" in said) == (1, True)
    for file in (tmp_path / "w").rglob("*"):
        assert not file.is_file() or KEY.encode() not in file.read_bytes()
    with bootstrap.open_program(tmp_path / "w") as program, program.database.read() as connection:
        actions = [row["action"] for row in audit.trail(connection, subject="source fred")]
    assert sorted(actions) == ["source.key_removed", "source.key_set"]


def test_without_a_safe_the_environment_gives_the_key(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from keyring.backends.fail import Keyring as NoSafe

    before = keyring.get_keyring()
    keyring.set_keyring(NoSafe())
    try:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))
        code, _, said = run("sources", "key", "set", "fred")
        assert (code, "TIDEWATCH_KEY_FRED" in said) == (1, True)
        monkeypatch.setenv("TIDEWATCH_KEY_FRED", KEY)
        assert one(run("sources", "list")[1], "fred")["key_from"] == "environment"
        assert run("sources", "key", "remove", "fred")[0] == 1
    finally:
        keyring.set_keyring(before)


def test_a_source_that_wants_no_key_says_so(run: Any, safe: Safe) -> None:
    code, _, said = run("sources", "key", "test", "ddp")
    assert (code, "wants no key" in said) == (1, True)


def test_what_is_no_key_is_refused(run: Any, safe: Safe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("two words\n"))
    assert run("sources", "key", "set", "fred")[0] == 1
    assert safe.kept == {}


def test_the_help_of_refresh_names_every_source_whose_files_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["refresh", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "from any of the sources (ddp, nyfed, treasury, fred, fredgraph, tic, bis, bcra, imf," in said
