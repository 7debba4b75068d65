"""`notifications …` from set-up to dead letter, through main() and a real mail server."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_program
from app.cli.main import main
from app.storage import outbox
from app.storage.outbox import Channel, Content, Message
from tests.app.notifications.servers import HOST, Postbox, mail_server

PAST = datetime(2026, 5, 26, 1, 0, tzinfo=UTC)
FACTS = {
    "told": "fired",
    "alert": "A-0001",
    "rule": "E9",
    "rule_version": 1,
    "family": "fx",
    "labels": {"country": "TR"},
    "severity": "critical",
    "words": {name: {"title": "Turkish Lira", "value": "-6 %", "line": "-5 %"} for name in ("en", "zh_CN")},
}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> tuple[int, Any, str]:
        code = main([*arguments, "--workspace", str(tmp_path / "w"), "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return call


def _queue(tmp_path: Path) -> str:
    key = outbox.key_of("a")
    message = Message(key, Channel.MAIL, "wu", Content.ALERT, None, FACTS, PAST, PAST)
    with open_program(tmp_path / "w") as program, program.database.write() as connection:
        outbox.add(connection, [message])
    return key


def test_from_set_up_to_delivery(run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("notifications", "status")[1]["finding"] == "notifications.off"
    code, _, err = run("notifications", "test", "mail")
    assert (code, "Mail is not set up." in err) == (1, True)
    reader = ("notifications", "reader", "wu")
    assert run(*reader, "--email", "wu@bank.example", "--families", "fx,limits", "--least", "critical")[0] == 0
    kept = run(*reader, "--quiet", "22:00-07:00", "--zone", "UTC", "--ends", "no", "--critical-breaks", "no")[1]
    assert (kept["email"], kept["quiet"], kept["families"]) == ("wu@bank.example", "22:00-07:00", ["fx", "limits"])
    assert run(*reader, "--quiet", "")[1]["quiet"] is None
    assert run(*reader, "--email", "nobody")[0] == 2
    assert [one["person"] for one in run("notifications", "readers")[1]["readers"]] == ["wu"]
    key = _queue(tmp_path)
    assert run("notifications", "list")[1]["messages"][0]["held"] == "off"
    postbox = Postbox()
    with mail_server(postbox) as port:
        for name, value in (("server", HOST), ("port", str(port)), ("security", "none"), ("sender", "t@bank.example")):
            run("settings", "set", f"notifications.mail_{name}", value)
        assert run("notifications", "test", "mail", "--person", "wu")[0] == 0
        postbox.rcpt = "550 5.1.1 no such user"
        assert run("notifications", "deliver")[1] == {"sent": 0}
        (dead,) = run("notifications", "dead")[1]["messages"]
        assert (dead["key"], dead["fault"], dead["detail"]) == (key, "recipient_refused", "550 5.1.1 no such user")
        postbox.rcpt = None
        assert main(["notifications", "retry", key, "--workspace", str(tmp_path / "w")]) == 0
        assert capsys.readouterr().out == "1 message waits to go out again.\n"
        assert run("notifications", "retry")[1] == {"retried": []}
        assert run("notifications", "deliver")[1] == {"sent": 1}
    assert postbox.keys()[-1] == key
    assert [one["outcome"] for one in run("notifications", "show", key)[1]["attempts"]] == ["dead", "waiting", "sent"]
    assert run("notifications", "list", "--state", "sent")[1]["messages"][0]["sent_in"] == key
    assert run("notifications", "drop", key, "--reason", "x")[0] == 1
    assert run("notifications", "status")[1]["finding"] == "notifications.fine"


def test_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*arguments: str) -> str:
        assert main([*arguments, "--workspace", str(tmp_path / "w")]) == 0
        return capsys.readouterr().out

    assert said("notifications", "dead") == "There is no dead letter.\n"
    assert said("notifications", "readers") == "Nobody has an address yet.\n"
    key = _queue(tmp_path)
    line = said("notifications", "list")
    assert line == f"{key}  26 May 2026 01:00  Mail: wu  Waiting  Turkish Lira: Fires  the channel is off\n"
    assert said("notifications", "show", key) == "Nothing was tried yet.\n"
    assert "Webhook: Not set up" in said("notifications", "status")
    text = said("notifications", "reader", "wu", "--email", "w@b.example", "--quiet", "22:00-07:00", "--zone", "UTC")
    assert text == "wu  w@b.example; English; all families; quiet 22:00–07:00 (UTC), critical comes through\n"


def test_a_secret_is_read_and_never_shown(
    run: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("pass word\n"))
    code, _, err = run("notifications", "secret", "set", "mail")
    assert code == 1
    assert "TIDEWATCH_KEY_SMTP" in err
    assert "pass word" not in err + capsys.readouterr().out
    assert run("notifications", "secret", "remove", "webhook")[0] == 1
