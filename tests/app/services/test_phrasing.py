"""Templates of notices: what is wrong with a text, two persons, versions, and what the next notice then says."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import Program, open_program
from app.refusals import Misused, Refused
from app.storage import audit
from app.wording import phrasing as words
from app.wording.sentences import refusal
from tests.app.services.test_noticing import listed, of  # noqa: F401 - the workspace that they share
from tests.conftest import Clock


@pytest.fixture
def desks(listed: Path, tmp_path: Path, clock: Clock) -> Iterator[tuple[Program, Program]]:  # noqa: F811
    root = tmp_path / "w"
    shutil.copytree(listed, root)
    with open_program(root, clock=clock, user="li") as li, open_program(root, clock=clock, user="wu") as wu:
        yield li, wu


def texts(program: Program, **changes: tuple[str, str]) -> dict[str, str]:
    found = dict(program.phrasing.template("client").texts)
    for language, (old, new) in changes.items():
        assert old in found[language]
        found[language] = found[language].replace(old, new)
    return found


CLOSING = ("This letter is for information", "This letter, as every one of ours, is for information")


def test_a_text_counts_once_another_released_it_and_the_shipped_one_can_count_again(
    desks: tuple[Program, Program],
) -> None:
    li, wu = desks
    assert [(one.name, one.origin) for one in li.phrasing.templates()] == [
        ("institution", "shipped"), ("client", "shipped"),
    ]  # fmt: skip
    made = li.phrasing.propose("client", texts(li, en=CLOSING), "the lawyers asked for it")
    item = of(li, "L7")
    assert "as every one of ours" not in li.noticing.draft(item).body, "it waits, so the shipped text counts"
    with pytest.raises(Refused, match=r"persons\.same_person"):
        li.phrasing.decide(made.id, True)
    with pytest.raises(Refused, match=r"templates\.waits"):
        wu.phrasing.propose("client", texts(li, en=("Dear", "Dear Sirs,")), "politer")
    assert wu.phrasing.decide(made.id, True).approver == "wu"
    with pytest.raises(Refused, match=r"templates\.decided"):
        wu.phrasing.decide(made.id, False, "no")
    assert li.phrasing.template("client").origin == "version"
    wu.noticing.give_back(1, "say it in the new words")
    notice = li.noticing.draft(item)
    assert "This letter, as every one of ours, is for information" in notice.body
    back = wu.phrasing.restore("client", "the lawyers changed their minds")
    assert "as every one of ours" in li.phrasing.template("client").texts["en"], "until it is released"
    li.phrasing.decide(back.id, True)
    assert li.phrasing.template("client").origin == "shipped"
    with pytest.raises(Refused, match=r"templates\.is_shipped"):
        li.phrasing.restore("client", "again")
    kept = [(one.id, one.approved, one.is_shipped) for one in li.phrasing.template("client").versions]
    assert kept == [(2, True, True), (1, True, False)]
    with li.database.read() as connection:
        rows = [row["action"] for row in audit.trail(connection) if row["action"].startswith("template.")]
    assert sorted(rows) == ["template.approve", "template.approve", "template.propose", "template.propose"]


def test_what_was_returned_never_counts_and_another_can_be_proposed(desks: tuple[Program, Program]) -> None:
    li, wu = desks
    made = li.phrasing.propose("client", texts(li, en=CLOSING), "the lawyers asked for it")
    with pytest.raises(Refused, match=r"templates\.reason_missing"):
        wu.phrasing.decide(made.id, False)
    wu.phrasing.decide(made.id, False, "which lawyers?")
    assert li.phrasing.template("client").origin == "shipped"
    assert li.phrasing.propose("client", texts(li, en=CLOSING), "Legal, 20 May").id == 2


@pytest.mark.parametrize(
    ("language", "old", "new", "told"),
    [
        ("en", "Dear {{ addressee }}", "Dear {% addressee", "English: Line 3 cannot be read"),
        ("en", "Subject: ", "", "English: The first line must begin with Subject: and say something."),
        ("en", "{{ contact }}", "{{ kontact }}", "English: Line 26: there is no field kontact."),
        ("en", "{{ contact }}", "us", "English: The field contact is missing: who answers questions."),
        ("zh_CN", "{{ contact }}", "{{ contact }}{{ tier }}", "Line 26: the reader must not be told tier."),
        ("en", "{{ contact }}", "{{ contact }} {{ exposure }}", "the reader must not be told exposure."),
        ("zh_CN", "请告知还款安排", "请告知评级下调后的安排", "It gives away a grade: 评级."),
        ("en", "foreign currency", "foreign currency, as Ege Bank's", "It gives away another client: Ege Bank."),
        ("en", "{{ contact }}", "{{ contact }} {{ facts.x.y }}", "English: It cannot be filled in:"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place_and_nothing_is_kept(
    desks: tuple[Program, Program], language: str, old: str, new: str, told: str
) -> None:
    li, _wu = desks
    wanted = texts(li, **{language: (old, new)})
    with pytest.raises(Refused) as refused:
        li.phrasing.propose("client", wanted, "a try")
    assert refused.value.code == "templates.faulty"
    assert told in refusal(refused.value)[0]
    look = li.phrasing.look(li.phrasing.specimen("client"), language, wanted[language])
    assert told in words.faults(look.faults)
    assert li.phrasing.template("client").versions == ()


def test_a_preview_is_the_notice_itself_and_without_a_list_each_field_is_its_name(
    desks: tuple[Program, Program], program: Program
) -> None:
    li, wu = desks
    item = of(li, "L7")
    specimen = li.phrasing.specimen("client", item)
    for language in ("en", "zh_CN"):
        look = li.phrasing.look(specimen, language, li.phrasing.template("client").texts[language])
        assert look.faults == ()
        assert look.text is not None
        made = li.noticing.draft(item, language)
        assert (look.text.subject, look.text.body) == (made.heading, made.body)
        wu.noticing.give_back(made.id, "a try")
    bare = program.phrasing.specimen("institution")
    assert bare.item is None
    text = program.phrasing.look(bare, "en", program.phrasing.template("institution").texts["en"]).text
    assert text is not None
    assert text.subject == "Risk notice on [country]"
    with pytest.raises(Misused, match=r"templates\.other_list"):
        li.phrasing.specimen("institution", item)
    with pytest.raises(Misused, match=r"templates\.no_such"):
        li.phrasing.template("letter")


def test_shipped_texts_have_no_fault_and_name_every_field_they_need(program: Program) -> None:
    for one in program.phrasing.templates():
        assert program.phrasing.faults(one.name, one.texts) == ()
