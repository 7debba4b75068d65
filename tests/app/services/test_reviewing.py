from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from app.bootstrap import Program
from app.events import ReviewsChanged
from app.refusals import Misused, Refused
from app.settings import REVIEW_SETTINGS
from app.storage import audit, levels
from app.storage import settings as stored_settings
from exposures.reviews import REVIEW_LISTS
from exposures.reviews.item import Action, Status
from tests.app.services.workbooks import write_csv
from tests.conftest import Clock

FRIDAY = date(2026, 5, 22)
WEEK = date(2026, 5, 25)
ROWS = (
    "L1,=Anadolu Enerji,TR,loan,USD,370000000,42000000",
    "L2,=Anadolu Enerji,TR,loan,USD,10000000,",
    "L3,Pampa,AR,loan,USD,5000000,0",
    "L4,Tiny,AR,loan,USD,900000,",
    "L5,Berg,DE,loan,USD,7000000,",
    "L6,Durban,ZA,loan,USD,3000000,",
    "L7,Pampa,AR,loan,USD,0,0",
)


def take_in(program: Program, tmp_path: Path, *rows: str, on: date = FRIDAY) -> None:
    program.importing.commit(write_csv(tmp_path / f"book-{on}.csv", *rows), on)


@pytest.fixture
def made(program: Program, tmp_path: Path) -> Program:
    take_in(program, tmp_path, *ROWS)
    program.reviewing.generate()
    return program


def by_subject(program: Program):
    return {item.proposal.name: item for item in program.reviewing.lists()[0].items}


def test_without_a_book_nothing_is_made(program: Program):
    assert program.reviewing.lists()[0].finding.case == "reviews.never_made"
    with pytest.raises(Refused) as refused:
        program.reviewing.generate()
    assert refused.value.code == "reviews.no_book"
    with pytest.raises(Refused) as refused:
        program.reviewing.export(Path("never.xlsx"))
    assert refused.value.code == "reviews.never_made"


def test_items_are_the_counterparties_of_the_policy_list(made: Program):
    items = by_subject(made)
    assert set(items) == {"=Anadolu Enerji", "Pampa"}
    assert [line.line_id for line in items["=Anadolu Enerji"].proposal.lines] == ["L1", "L2"]
    assert [line.line_id for line in items["Pampa"].proposal.lines] == ["L3"]
    assert items["Pampa"].proposal.amounts.immediate == 5_000_000
    assert {item.id for item in items.values()} == {"L1-0001", "L1-0002"}
    one = made.reviewing.lists()[0]
    assert one.result is not None
    assert one.result.control.ties
    assert one.making is not None
    assert (one.making.book_version, one.making.reporting_date) == ("v1", FRIDAY)
    assert one.finding.case == "reviews.need_decision"
    assert (one.finding.values["waiting"], one.finding.values["amount"]) == (2, Decimal(427_000_000))


def test_making_again_changes_nothing(made: Program, clock: Clock):
    before = made.reviewing.lists()[0].items
    clock.advance(days=3)
    generated = made.reviewing.generate()
    assert (generated.lists["L1"].new, generated.lists["L1"].changed, generated.lists["L1"].released) == (0, 0, 0)
    assert [item.id for item in made.reviewing.lists()[0].items] == [item.id for item in before]


def test_a_new_book_updates_items_and_proposes_release_of_what_is_repaid(made: Program, tmp_path: Path, clock: Clock):
    made.reviewing.assign("L1-0001", "Zhao Qi", date(2026, 6, 5))
    made.reviewing.decide("L1-0001", Action.REDUCE, Decimal(50_400_000), "run-off first")
    clock.advance(days=1)
    take_in(made, tmp_path, "L1,=Anadolu Enerji,TR,loan,USD,300000000,42000000", ROWS[5], on=WEEK)
    generated = made.reviewing.generate()
    assert (generated.lists["L1"].changed, generated.lists["L1"].released) == (1, 1)
    items = by_subject(made)
    kept = items["=Anadolu Enerji"]
    assert kept.proposal.amounts.immediate == 342_000_000
    assert (kept.owner, kept.due) == ("Zhao Qi", date(2026, 6, 5))
    assert kept.decision is not None
    assert kept.decision.target == 50_400_000
    assert items["Pampa"].status is Status.RELEASE_PROPOSED


def test_a_breached_limit_makes_the_country_tier_a_and_says_why(made: Program):
    made.limiting.set("TR", Decimal(400_000_000), "USD")
    made.reviewing.generate()
    item = by_subject(made)["=Anadolu Enerji"]
    assert item.proposal.tier == "A"
    reason = next(reason for reason in item.proposal.reasons if reason.metric == "limit_country")
    assert (reason.value, reason.threshold, reason.date) == (Decimal("105.5"), 100, FRIDAY)  # 422/400
    assert (item.proposal.action, item.proposal.amount) == (Action.REDUCE, 422_000_000 - 320_000_000)


def test_every_change_is_in_the_history_and_the_audit_trail(made: Program, clock: Clock):
    heard = []
    made.events.subscribe(heard.append)
    clock.advance(hours=1)
    made.reviewing.assign("L1-0002", "Sun Yi", None)
    made.reviewing.decide_line("L1-0002", "L3", Action.WATCH, None, "small")
    item = made.reviewing.comment("L1-0002", "called the bank")
    assert [step.event for step in item.history] == ["listed", "assigned", "line_decided", "commented"]
    assert item.line_decisions["L3"].action is Action.WATCH
    assert heard == [ReviewsChanged()] * 3
    with made.database.read() as connection:
        actions = [row["action"] for row in audit.trail(connection, subject="L1-0002")]
    assert actions == ["reviews.assigned", "reviews.line_decided", "reviews.commented"]


def test_what_is_refused_is_not_stored(made: Program):
    for call, code in (
        (lambda: made.reviewing.decide("L1-0001", Action.KEEP, None, " "), "reviews.keep_needs_reason"),
        (lambda: made.reviewing.decide("L1-0001", Action.REDUCE, Decimal(-1), ""), "reviews.negative_target"),
        (lambda: made.reviewing.decide_line("L1-0001", "L9", Action.WATCH, None, ""), "reviews.no_such_line"),
        (lambda: made.reviewing.assign("L1-0099", None, None), "reviews.no_such_item"),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.code == code
    assert all(item.decision is None and not item.line_decisions for item in by_subject(made).values())
    assert issubclass(Misused, Refused)


def test_overdue_is_derived_and_counted(made: Program, clock: Clock):
    made.reviewing.decide("L1-0001", Action.WATCH, None, "")
    made.reviewing.assign("L1-0002", None, date(2026, 5, 25))
    finding = made.reviewing.lists()[0].finding
    assert (finding.case, finding.values["waiting"], finding.values["overdue"]) == (
        "reviews.need_decision_overdue",
        1,
        1,
    )
    made.reviewing.decide("L1-0002", Action.WATCH, None, "")
    assert made.reviewing.lists()[0].finding.case == "reviews.all_decided_overdue"
    made.reviewing.assign("L1-0002", None, date(2026, 5, 26))  # due today is not overdue
    assert made.reviewing.lists()[0].finding.case == "reviews.all_decided"


def test_the_unassigned_come_first_and_owners_come_from_the_table(program: Program, tmp_path: Path, clock: Clock):
    declared = {setting.key: setting for setting in REVIEW_SETTINGS}
    with program.database.write() as connection:
        table = {"Istanbul": "Chen Li"}
        stored_settings.put(connection, "reviews", declared["owners"], table, at=clock.now, who="admin")
    headers = "Loan Number,Counterparty,Country,Currency,Outstanding,Booking Entity"
    rows = ("L1,Anadolu,TR,USD,370000000,Istanbul", "L2,Pampa,AR,USD,5000000,Sydney")
    program.importing.commit(write_csv(tmp_path / "owned.csv", *rows, headers=headers), FRIDAY)
    program.reviewing.generate()
    assert [(item.proposal.name, item.owner) for item in program.reviewing.lists()[0].items] == [
        ("Pampa", None), ("Anadolu", "Chen Li"),
    ]  # fmt: skip
    assert program.reviewing.owners() == ("Chen Li",)


def test_the_bank_s_day_is_not_utc_s(program: Program, clock: Clock):
    clock.now = clock.now.replace(hour=17)  # 26 May 17:00 UTC is 27 May 01:00 in Shanghai
    assert program.reviewing.today() == date(2026, 5, 27)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_workbook_holds_what_the_list_says(made: Program, tmp_path: Path, language: str):
    path = tmp_path / "reviews.xlsx"
    assert made.reviewing.export(path, language).notes == ()
    book = openpyxl.load_workbook(path)
    # L3 has eight; three carry what comes back filled in
    assert len(book.sheetnames) == 6 * (len(REVIEW_LISTS) - 1) + 8 + 3
    items = book.worksheets[1]
    head = next(row for row in items.iter_rows() if row[0].value and items.freeze_panes == f"B{row[0].row + 1}")
    rows = list(items.iter_rows(min_row=head[0].row + 1, values_only=True))
    assert [row[0] for row in rows[:2]] == ["L1-0001", "L1-0002"]
    assert rows[0][1] == "=Anadolu Enerji"
    assert rows[2][8:14] == (385_000_000, 42_000_000, 427_000_000, 427_000_000, 0, 0)  # totals of the columns
    lines = list(book.worksheets[3].iter_rows(values_only=True))
    assert {row[2] for row in lines if row[0] and str(row[0]).startswith("L1-0")} == {"L1", "L2", "L3"}
    control = [row for row in book.worksheets[5].iter_rows(values_only=True) if row[2] is not None]
    assert control[-1][2:4] == (7, 437_900_000)  # 422 + 10 … 5 + 0.9 + 7 + 3 = 437.9 m, seven lines
    assert sum(row[2] for row in control[1:-1]) == 7


def test_growth_is_measured_against_the_stored_book_of_a_year_before(program: Program, tmp_path: Path):
    header = "line_id,counterparty_name,country,currency,outstanding,booking_entity"
    for name, day, amount in (("then", date(2025, 5, 30), 480_000_000), ("now", date(2026, 5, 22), 600_000_000)):
        path = tmp_path / f"{name}.csv"
        path.write_text(f"{header}\nA,Anadolu,TR,USD,{amount},Istanbul\n", "utf-8")
        program.importing.commit(path, day)
    program.reviewing.generate()
    (item,) = next(one for one in program.reviewing.lists() if one.id == "L2").items
    facts = {fact.code: fact.value for fact in item.proposal.facts}
    assert (facts["before"], facts["growth"]) == (480_000_000, 25)  # eight days off 22 May 2025
    assert item.proposal.action is Action.FREEZE  # share and growth


def test_a_file_that_cannot_be_written_is_refused(made: Program, tmp_path: Path):
    with pytest.raises(Refused) as refused:
        made.reviewing.export(tmp_path / "no" / "such" / "folder.xlsx")
    assert refused.value.code == "reviews.cannot_write"


def test_the_banks_rules_about_classes_reach_the_lists_and_the_daily_check(
    program: Program, tmp_path: Path, clock: Clock
):
    """关注 at best in a country of high level; Pampa owes 20.5 % of its debt elsewhere over 90 days late."""
    head = "line id,counterparty id,counterparty,country,currency,outstanding,loan class\n"
    file = tmp_path / "book.csv"
    file.write_text(f"{head}1,C1,Ege,TR,USD,9000000,pass\n2,C2,Pampa,AR,USD,7000000,pass\n")
    program.importing.commit(file, FRIDAY)
    program.configuring.set("bank.minimum_classes", '{"high": "special_mention"}')
    program.configuring.set("bank.late_across_banks", '{"C2": "20.5"}')
    with program.database.write() as connection:
        proposed = levels.propose(connection, "TR", "high", "Reserves fall", "li.wei", clock.now)
        levels.decide(connection, proposed.id, approved=True, who="wang.fang", at=clock.now, reason="")
    program.reviewing.generate()
    called = {name: (item.proposal.action, item.proposal.proposed_class) for name, item in by_subject(program).items()}
    assert called == {"Ege": (Action.DOWNGRADE, "special_mention"), "Pampa": (Action.DOWNGRADE, "substandard")}
    rows = [row for step in program.checking.look(date(2026, 5, 27)).snapshot.steps for row in step.rows]
    found = {row.labels["case"]: row.value for row in rows if row.code == "class_finding"}
    assert found == {"below_level": 1, "across_banks": 1}
