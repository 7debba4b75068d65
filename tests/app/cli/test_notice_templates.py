"""`notice-templates`, through main()."""

import json
from pathlib import Path

import pytest

from app import bootstrap
from app.cli.main import main


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    def runs(user: str, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(bootstrap.getpass, "getuser", lambda: user)
        code = main(["notice-templates", *arguments, "--workspace", str(tmp_path / "w")])
        out, err = capsys.readouterr()
        return code, out, err

    return runs


def test_from_the_files_to_the_version_that_counts(run, tmp_path: Path) -> None:
    assert run("li", "list")[1] == "institution: The shipped text counts.\nclient: The shipped text counts.\n"
    assert run("li", "save", "client", str(tmp_path))[0] == 0
    assert (
        "is there already. Choose another name; nothing is written over."
        in run("li", "save", "client", str(tmp_path))[2]
    )
    english, chinese = tmp_path / "client.en.txt", tmp_path / "client.zh_CN.txt"
    assert "contact*: who answers questions" in run("li", "show", "client")[1]
    files = ("--english", str(english), "--chinese", str(chinese), "--reason", "Legal, 20 May")
    assert run("li", "propose", "client", *files)[2].startswith("Both texts are those that count already.")
    english.write_text(english.read_text("utf-8").replace("Dear", "To"), "utf-8")
    code, out, _ = run("li", "look", "client", str(english))
    assert code == 0
    assert "To [addressee],\n" in out
    assert run("li", "propose", "client", *files)[0] == 0
    assert run("li", "approve", "1")[0] == 1
    assert run("wu", "approve", "1")[0] == 0
    assert run("li", "list")[1].splitlines()[1] == "client: The bank's own version counts."
    (version,) = json.loads(run("li", "list", "--json")[1])["templates"][1]["versions"]
    assert (version["approver"], version["reason"]) == ("wu", "Legal, 20 May")
    assert run("wu", "restore", "client", "--reason", "not needed")[0] == 0
    assert run("li", "return", "2", "--reason", "it is")[0] == 0
    english.write_text("Subject: x\n\n{{ contact }} {{ tier }}", "utf-8")
    code, out, _ = run("li", "look", "client", str(english))
    assert code == 1
    assert "English: Line 3: the reader must not be told tier." in out
    assert run("li", "look", "client", str(tmp_path / "none.txt"))[0] == 1


def test_a_folder_that_is_not_there_is_made_and_one_that_cannot_be_is_told(run, tmp_path: Path) -> None:
    assert run("li", "save", "client", str(tmp_path / "texts" / "new"))[0] == 0
    assert {one.name for one in (tmp_path / "texts" / "new").iterdir()} == {"client.en.txt", "client.zh_CN.txt"}
    code, _out, error = run("li", "save", "client", str(tmp_path / "texts" / "new" / "client.en.txt" / "below"))
    assert (code, "cannot be written" in error, "plain text" in error) == (1, True, False)
