"""Notices from the draft to the reply: who may do what, what is never said, what is sent, what is overdue."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from alerts.notices import Told
from app import i18n
from app.bootstrap import Program, open_program
from app.notifications.delivery import Letter
from app.refusals import Misused, Refused
from app.services.delivering import Delivering
from app.services.noticing import Stage, finding
from app.storage import audit
from app.storage.notices import Notice, Step
from app.storage.outbox import Channel, Content, Reader
from app.wording.answers import told
from app.wording.letters import about
from app.wording.sentences import refusal, sentence
from tests.app.services.workbooks import write_csv
from tests.conftest import Clock

HEADERS = (
    "Loan Number,Counterparty,Country,Instrument,Currency,Outstanding,Maturity Date,Booking Entity,Internal Rating"
)
ROWS = (
    "1,Anadolu Enerji,TR,loan,USD,118000000,2026-06-10,Istanbul,B-",
    "2,Ege Bank,TR,loan,USD,482000000,2030-01-01,Istanbul,BB",
    "3,Tiny,TR,loan,USD,400000,2030-01-01,Sydney,BB",
    "4,Berg AG,DE,loan,USD,7000000,2030-01-01,Frankfurt,A",
)


@dataclass
class Line:
    """A channel that keeps what it is given."""

    sent: list[Letter] = field(default_factory=list)

    @contextmanager
    def open(self) -> Iterator["Line"]:
        yield self

    def send(self, letter: Letter) -> None:
        self.sent.append(letter)


NOW = datetime(2026, 5, 22, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace of a book with one flagged country, its lists made; each test works on a copy."""
    folder = tmp_path_factory.mktemp("listed")
    with open_program(folder / "w", clock=lambda: NOW, user="li") as program:
        program.importing.commit(write_csv(folder / "book.csv", *ROWS, headers=HEADERS), date(2026, 5, 21))
        program.reviewing.generate()
    return folder / "w"


@pytest.fixture
def maker(listed: Path, tmp_path: Path, clock: Clock) -> Iterator[Program]:
    """The officer Li; the bank's day is Friday, 22 May 2026."""
    clock.now = NOW
    shutil.copytree(listed, tmp_path / "w")
    with open_program(tmp_path / "w", clock=clock, user="li") as program:
        yield program


@pytest.fixture
def checker(maker: Program, clock: Clock) -> Iterator[Program]:
    with open_program(maker.workspace.root, clock=clock, user="wang") as program:
        yield program


def stage(program: Program, number: int = 1) -> tuple[Stage, Any]:
    found = next(one for one in program.noticing.notices() if one.notice.id == number)
    return found.stage, found.due


def of(program: Program, list_id: str) -> str:
    return next(item.id for item in program.noticing.waiting() if item.proposal.key.list_id == list_id)


def test_the_worked_example_of_an_institution(maker: Program):
    """Istanbul, issued on Friday, is to acknowledge by Tuesday; Sydney with 0.4 m gets none."""
    names = [item.proposal.name for item in maker.noticing.waiting() if item.proposal.key.list_id == "L6"]
    assert names == ["Istanbul"]
    made = maker.noticing.draft(of(maker, "L6"), "en")
    assert made.acknowledge_by == date(2026, 5, 26)
    assert made.reply_by == date(2026, 6, 5)  # 10 bank business days
    assert "USD 600 m on 21 May 2026" in made.body
    assert "by 26 May 2026" in made.body
    assert "Ege Bank" not in made.body
    assert "Asset screening: 2 items, USD 600 m" in made.body  # of its own lines only


def test_a_client_reads_of_itself_only(maker: Program):
    made = maker.noticing.draft(of(maker, "L7"))
    assert (made.addressee, made.list_id) == ("Anadolu Enerji", "L7")
    assert "USD 118 m of your facilities with us falls due by 20 Jun 2026" in made.body
    for secret in ("B-", "limit", "flagged", "Ege", "score", "L7"):
        assert secret not in made.heading + made.body
    chinese = maker.noticing.draft
    with pytest.raises(Refused, match=r"notices\.unchanged"):
        chinese(made.item, "zh_CN")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("We rate you {{ addressee }}: B-", "grade"),
        ("Your limit is used up", "limit"),
        ("Unlike Ege Bank you pay", "other_client"),
        ("You are on our watch list", "watch_list"),
    ],
)
def test_a_template_of_the_bank_cannot_give_anything_away(maker: Program, said: str, kind: str):
    folder = maker.workspace.root / "templates"
    folder.mkdir()
    (folder / "client.en.txt").write_text(f"Subject: Hello\n\n{said}\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        maker.noticing.draft(of(maker, "L7"))
    assert (refused.value.code, refused.value.values["kind"]) == ("notices.confidential", kind)
    assert "would give away" in refusal(refused.value)[0]
    assert maker.noticing.notices() == ()


@pytest.mark.parametrize(
    "text",
    [
        "no subject",
        "Subject: x\n\n{{ secret }}",
        "Subject: x\n\n{{ ''.__class__.__mro__ }}",
        "Subject: x\n\n{% for %}",
        "Subject: x\n\n{{ country.__init__.__globals__ }}",
    ],
)
def test_a_template_that_asks_for_more_than_words_is_refused(maker: Program, text: str):
    folder = maker.workspace.root / "templates"
    folder.mkdir()
    (folder / "client.en.txt").write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=r"notices\.bad_template"):
        maker.noticing.draft(of(maker, "L7"))


def test_nobody_approves_his_own_and_nothing_leaves_unapproved(maker: Program, checker: Program):
    made = maker.noticing.draft(of(maker, "L7"))
    with pytest.raises(Refused, match=r"persons\.same_person"):
        maker.noticing.approve(made.id)
    with pytest.raises(Refused, match=r"persons\.same_person"):
        maker.noticing.give_back(made.id, "no")
    with pytest.raises(Refused, match=r"notices\.not_out"):
        maker.noticing.note(made.id, Step.ACKNOWLEDGED, "by telephone")
    assert maker.notifying.queue() == ()
    assert stage(maker) == (Stage.DRAFTED, None)
    assert sentence(finding(maker.noticing.notices())) == "1 notice waits for a checker."
    checker.noticing.give_back(made.id, "name the contact")
    assert stage(maker) == (Stage.RETURNED, None)
    with pytest.raises(Refused, match=r"notices\.decided"):
        checker.noticing.approve(made.id)
    assert maker.noticing.draft(made.item).id == 2  # what was returned holds no longer
    with maker.database.read() as connection:
        actions = [row["action"] for row in audit.trail(connection, subject="notice 1")]
    assert actions == ["notice.draft", "notice.returned"]


def test_it_goes_out_by_mail_with_its_pdf_and_answers_are_followed(maker: Program, checker: Program, clock: Clock):
    for key, value in (
        (
            "notices.addressees",
            '{"Istanbul": {"name": "Istanbul branch", "email": "ist@bank.example", "language": "en"}}',
        ),
        ("notifications.mail_server", "mail.bank.example"),
        ("notifications.mail_sender", "risk@bank.example"),
    ):
        maker.configuring.set(key, value)
    made = maker.noticing.draft(of(maker, "L6"))
    assert (made.addressee, made.language) == ("Istanbul branch", "en")
    checker.noticing.approve(made.id)
    assert stage(maker) == (Stage.APPROVED, date(2026, 5, 26))
    line = Line()
    delivering = Delivering(
        maker.database,
        maker.events,
        clock,
        lambda _b, _n: {Channel.MAIL: line},
        random.Random(1),
        maker.noticing.letter,
    )
    assert delivering.deliver() == 1
    (letter,) = line.sent
    assert (letter.to, letter.subject, letter.text) == ("ist@bank.example", made.heading, made.body + "\n")
    assert "<p " in letter.html
    assert letter.attachments[0].name == "N-0001.pdf"
    assert letter.attachments[0].content.startswith(b"%PDF")
    assert stage(maker) == (Stage.OUT, date(2026, 5, 26))
    clock.advance(days=5)  # Wednesday: the third bank business day
    assert stage(maker) == (Stage.OVERDUE, date(2026, 5, 26))
    assert sentence(finding(maker.noticing.notices())) == "1 notice was not delivered or not answered in time."
    maker.noticing.note(made.id, Step.ACKNOWLEDGED, "Mr Yilmaz")
    assert stage(maker) == (Stage.ACKNOWLEDGED, date(2026, 6, 5))
    with pytest.raises(Refused, match=r"notices\.noted"):
        maker.noticing.note(made.id, Step.ACKNOWLEDGED, "again")
    clock.advance(days=20)
    assert stage(maker)[0] is Stage.OVERDUE
    maker.noticing.note(made.id, Step.REPLIED, "lines cut by 40 m")
    assert stage(maker) == (Stage.REPLIED, None)


def test_without_an_address_it_is_handed_over_on_paper(maker: Program, checker: Program):
    made = maker.noticing.draft(of(maker, "L7"), "zh_CN")
    checker.noticing.approve(made.id, "agreed")
    assert maker.notifying.queue() == ()
    assert stage(maker)[0] is Stage.APPROVED
    assert maker.noticing.pdf(made.id).startswith(b"%PDF")
    maker.noticing.note(made.id, Step.HANDED, "to the treasurer")
    assert stage(maker)[0] is Stage.OUT


def test_it_is_said_again_only_if_the_amount_moves_by_a_tenth(maker: Program, tmp_path: Path):
    maker.noticing.draft(of(maker, "L6"))
    for amount, again in ((530, False), (570, True)):  # 482 → 530 is +48 on 600: 8 %; 570 is +88: 14.7 %
        rows = [row.replace("482000000", f"{amount}000000") for row in ROWS]
        maker.importing.commit(
            write_csv(tmp_path / f"b{amount}.csv", *rows, headers=HEADERS), date(2026, 5, 21), supersede="corrected"
        )
        maker.reviewing.generate()
        assert ("L6" in {item.proposal.key.list_id for item in maker.noticing.waiting()}) is again


def test_what_is_refused(maker: Program, checker: Program):
    screened = next(item.id for item in maker.reviewing.lists()[0].items)
    with pytest.raises(Refused, match=r"notices\.wrong_list"):
        maker.noticing.draft(screened)
    with pytest.raises(Misused, match=r"notices\.unknown"):
        maker.noticing.pdf(9)
    made: Notice = maker.noticing.draft(of(maker, "L7"))
    with pytest.raises(Refused, match=r"notices\.reason_missing"):
        checker.noticing.give_back(made.id, " ")
    with pytest.raises(Misused, match=r"notices\.wrong_step"):
        checker.noticing.note(made.id, Step.APPROVED, "x")


def _told(program: Program) -> list[tuple[str, str, str]]:
    found = reversed(program.answering.inbox())
    return [(one.key, one.recipient, told(one.kind)) for one in found if one.kind is Told.UNANSWERED]


def test_no_answer_is_told_once_on_the_third_business_day(maker: Program, checker: Program, clock: Clock):
    """Sent on Friday, to be acknowledged by Tuesday: Wednesday tells its maker and who approved it, once."""
    maker.configuring.set("notifications.mail_server", "mail.bank.example")
    maker.configuring.set("notifications.mail_sender", "tide@bank.example")
    maker.subscribing.set_reader(Reader("li", "li@bank.example", families=("fx",)))
    number = maker.noticing.draft(of(maker, "L6"), "en").id
    clock.now = datetime(2026, 5, 30, 2, tzinfo=UTC)
    assert maker.reminding.attend() == 0, "a draft waits for nobody outside"
    clock.now = NOW
    checker.noticing.approve(number)
    for day, new in ((26, 0), (27, 2), (27, 0), (28, 0)):
        clock.now = datetime(2026, 5, day, 2, tzinfo=UTC)
        assert maker.reminding.attend() == new, day
    said = "Not answered in time"
    assert _told(maker) == [(f"letter/N-0001/acknowledge/{who}", who, said) for who in ("li", "wang")]
    (queued,) = maker.notifying.queue()
    assert (queued.message.recipient, queued.message.kind) == ("li", Content.UNANSWERED)
    with i18n.speaking("en"):
        assert about(queued.message.facts, "unanswered") == (
            "Notice N-0001 (L6), to be acknowledged by 26 May 2026: Not answered in time"
        )
    assert "Istanbul" not in str(queued.message.facts), "whom it went to stays in the window"
    line = Line()
    sending = Delivering(
        maker.database, maker.events, clock, lambda _bank, _now: {Channel.MAIL: line}, random.Random(1), None
    )
    assert sending.deliver() == 1
    assert line.sent[0].subject == "[Tidewatch] Notice N-0001 (L6), to be acknowledged by 26 May 2026: " + said
    assert "Due: 26 May 2026" in line.sent[0].text
    assert sending.deliver() == 0
    maker.noticing.note(number, Step.ACKNOWLEDGED, "by telephone")
    for day, new in ((5, 0), (6, 0), (7, 0), (8, 2), (9, 0)):  # the reply was due on Friday, 5 June
        clock.now = datetime(2026, 6, day, 2, tzinfo=UTC)
        assert maker.reminding.attend() == new, day
    maker.noticing.note(number, Step.REPLIED, "limit frozen")
    clock.now = datetime(2026, 7, 1, 2, tzinfo=UTC)
    assert maker.reminding.attend() == 0


def test_a_client_that_replies_in_time_is_told_of_to_nobody(maker: Program, checker: Program, clock: Clock):
    number = maker.noticing.draft(of(maker, "L7")).id
    checker.noticing.approve(number)
    clock.now = datetime(2026, 6, 5, 2, tzinfo=UTC)
    assert maker.reminding.attend() == 0
    maker.noticing.note(number, Step.REPLIED, "hedged")
    clock.now = datetime(2026, 6, 30, 2, tzinfo=UTC)
    assert maker.reminding.attend() == 0


def test_a_text_that_is_changed_after_it_was_approved_shows(maker: Program, checker: Program):
    made = maker.noticing.draft(of(maker, "L7"))
    checker.noticing.approve(made.id)
    assert not [one for one in maker.attesting.verify().faults if one.subject.startswith("notice")]
    with closing(sqlite3.connect(maker.workspace.database)) as connection:
        connection.execute("UPDATE notice SET body = body || 'Your grade is B.'")
        connection.commit()
    (fault,) = [one for one in maker.attesting.verify().faults if one.subject.startswith("notice")]
    assert (fault.case, fault.subject, fault.who) == ("altered", f"notice {made.id}", maker.user)


def test_the_days_to_answer_are_the_banks_to_set(maker: Program):
    """As shipped two days to acknowledge and ten to reply; set to three and five from Friday 22 May on."""
    maker.configuring.set("reviews.marks", '{"l6.acknowledge_days": "3", "l6.reply_days": "5"}')
    made = maker.noticing.draft(of(maker, "L6"))
    assert (made.acknowledge_by, made.reply_by) == (date(2026, 5, 27), date(2026, 5, 29))
