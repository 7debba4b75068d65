import getpass
import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from tests.app.services.workbooks import write_csv


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> tuple[int, Any, str]:
        code = main([*arguments, "--workspace", str(tmp_path / "w"), "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return call


@pytest.mark.parametrize("country", ["TR", "tr", "Turkey", "Türkiye", "土耳其"])
def test_a_country_by_code_or_name(run: Any, country: str) -> None:
    code, data, _ = run("limits", "set", country, "2000000000", "USD")
    assert code == 0
    assert data == {
        "country": "TR", "amount": "2000000000.00", "currency": "USD", "basis": "guarantor", "measure": "drawn_undrawn",
    }  # fmt: skip


def test_the_newest_limit_counts_and_tells_its_use(run: Any, tmp_path: Path) -> None:
    """1,842 of 2,000 is 92.1 %: critical."""
    run("limits", "set", "TR", "1000", "USD")
    run("limits", "set", "TR", "2000", "USD")
    assert run("limits", "list")[1] == {
        "reporting_date": None, "limits": [{"country": "TR", "amount": "2000.00", "currency": "USD"}],
    }  # fmt: skip
    file = write_csv(tmp_path / "b.csv", "1,Ege,TR,loan,USD,1800,42")
    run("book", "import", str(file), "--reporting-date", "2026-05-15")
    _, data, _ = run("limits", "list")
    (row,) = data["limits"]
    assert (row["state"], row["used"], row["headroom"], row["used_percent"]) == (
        "critical", "1842.00", "158.00", "92.1000",
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ("Atlantis", "5", "USD"),
        ("TR", "five", "USD"),
        ("TR", "1,000", "USD"),
        ("TR", "NaN", "USD"),
        ("TR", "0.001", "USD"),
        ("TR", "0.5", "CLP"),
        ("TR", "1e30", "USD"),
        ("TR", "5", "XYZ"),
    ],
)
def test_wrong_use_exits_2_and_sets_nothing(run: Any, arguments: tuple[str, ...]) -> None:
    code, data, error = run("limits", "set", *arguments)
    assert (code, data) == (2, None)
    assert arguments[0] in error or arguments[1] in error or arguments[2] in error
    assert run("limits", "list")[1]["limits"] == []


@pytest.fixture
def as_user(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    def call(user: str, *arguments: str) -> tuple[int, Any, str]:
        monkeypatch.setattr(getpass, "getuser", lambda: user)
        code = main([*arguments, "--workspace", str(tmp_path / "w"), "--json"])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return call


def test_a_limit_of_a_name_that_the_book_does_not_have_is_set_and_told(
    run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = ("limits", "set", "NOSUCH", "5", "USD", "--scope", "group")
    assert "not_in_book_of" not in run(*new)[1]  # there is no book yet
    file = tmp_path / "b.csv"
    file.write_text(
        "line id,counterparty id,counterparty,group,country,currency,outstanding\n1,7,Ege,G1,TR,USD,700\n", "utf-8"
    )
    run("book", "import", str(file), "--reporting-date", "2026-05-15")
    for key, scope in (("G1", "group"), ("7", "counterparty"), ("loan", "product"), ("TR", "country")):
        assert "not_in_book_of" not in run("limits", "set", key, "9", "USD", "--scope", scope)[1]
    for key, scope in (("NOSUCH", "group"), ("C9999", "counterparty"), ("loan", "rating")):
        code, data, _ = run("limits", "set", key, "5", "USD", "--scope", scope)
        assert (code, data["not_in_book_of"]) == (0, "2026-05-15")
    assert main([*new, "--workspace", str(tmp_path / "w")]) == 0
    assert "The book of 15 May 2026 has nothing called NOSUCH;" in capsys.readouterr().out


def test_a_group_limit_its_excess_and_the_second_person(as_user: Any, tmp_path: Path) -> None:
    """1,100 of 1,000 is a breach; with an excess of 200 it is 1,100/1,200 = 91.67 %, critical."""
    as_user("li", "limits", "set", "G1", "1000", "USD", "--scope", "group", "--until", "2030-01-31", "--owner", "Zhao")
    file = tmp_path / "b.csv"
    file.write_text(
        "line id,counterparty id,counterparty,group,country,currency,outstanding\n"
        "1,C1,Ege,G1,TR,USD,700\n2,C2,Ege Enerji,G1,CL,USD,400\n",
        "utf-8",
    )
    as_user("li", "book", "import", str(file), "--reporting-date", "2026-05-15")
    row = as_user("li", "limits", "list")[1]["limits"][0]
    assert (row["scope"], row["key"], row["state"], row["used"], row["owner"]) == (
        "group", "G1", "breach", "1100.00", "Zhao",
    )  # fmt: skip

    terms = ("G1", "200", "--scope", "group", "--until", "2030-01-31", "--reason", "Bridge to the syndication")
    code, asked, _ = as_user("li", "limits", "ask-excess", *terms)
    assert (code, asked["approved"]) == (0, None)
    assert as_user("li", "limits", "list")[1]["limits"][0]["state"] == "breach"
    code, _, error = as_user("LI ", "limits", "approve-excess", "1")
    assert code == 1
    assert "li" in error
    code, decided, _ = as_user("wang", "limits", "approve-excess", "1", "--comment", "Until the syndicate signs")
    assert (code, decided["approved"], decided["asked_by"], decided["decided_by"]) == (0, True, "li", "wang")
    row = as_user("li", "limits", "list")[1]["limits"][0]
    assert (row["state"], row["excess"], row["used_percent"]) == ("critical", "200.00", "91.6667")
    assert as_user("zhao", "limits", "decline-excess", "1")[0] == 1  # decided once
    assert as_user("zhao", "limits", "approve-excess", "7")[0] == 1
    assert [one["excess"] for one in as_user("li", "limits", "excesses")[1]["excesses"]] == [1]

    assert as_user("li", "limits", "withdraw", "G1", "--scope", "group", "--reason", "Repaid")[0] == 0
    assert as_user("li", "limits", "list")[1]["limits"] == []
    trail = [row["action"] for row in as_user("li", "audit", "list")[1] if row["action"].startswith("limits.")]
    assert sorted(trail) == ["limits.approve_excess", "limits.ask_excess", "limits.set", "limits.withdraw"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("set", "astronauts", "5", "USD", "--scope", "sector"), 2),
        (("set", "-3", "5", "USD", "--scope", "tenor"), 2),
        (("set", " ", "5", "USD", "--scope", "group"), 2),
        (("set", "TR", "5", "USD", "--from", "2026-02-01", "--until", "2026-01-01"), 2),
        (("withdraw", "TR", "--reason", "x"), 1),
        (("withdraw", "TR", "--reason", " "), 2),
        (("ask-excess", "TR", "5", "--until", "2030-01-01", "--reason", "x"), 1),
        (("ask-excess", "TR", "5", "--until", "2020-01-01", "--reason", "x"), 2),
        (("ask-excess", "TR", "five", "--until", "2030-01-01", "--reason", "x"), 2),
    ],
)
def test_what_cannot_be_done_says_why(run: Any, arguments: tuple[str, ...], code: int) -> None:
    found, data, error = run("limits", *arguments)
    assert (found, data) == (code, None)
    assert error.strip()
