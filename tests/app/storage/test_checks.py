"""Checks in the store: what was seen comes back as it was, and the store itself refuses what must not be."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from app.refusals import Refused
from app.storage import checks, schema
from app.storage.database import Database
from app.storage.tables.checks import check_decision
from exposures.check import PAGE, Check, Role, Snapshot, Status
from exposures.checking import Decided, Evidence, State, StepEvidence, Verdict, step_evidence
from exposures.flags import Cause, CountryFlag, Tier
from exposures.reason import Reason

DAY = date(2026, 5, 26)
AT = datetime(2026, 5, 26, 0, 31, tzinfo=UTC)
LIRA = Evidence(
    "rule",
    State.CRITICAL,
    Verdict.ACT,
    Decimal("-6.11"),
    "percent",
    date(2026, 5, 25),
    "cbrt",
    Decimal(-3),
    Decimal(-5),
    {"rule": "E9", "country": "TR", "alert": "A-0001"},
)
STEP = step_evidence("currencies", [LIRA, Evidence("period_end", State.INFO, value="quarter_end", unit="code")], ["x"])
REASON = Reason("policy_list", "country", None, Decimal(1), "code", DAY, "policy list", labels={"a": "b"})
FLAG = CountryFlag("TR", 1, DAY, Tier.WATCH, (Cause("policy", Tier.WATCH, REASON, DAY),))
SNAPSHOT = Snapshot((STEP, StepEvidence("data", Verdict.FINE, ())), (FLAG,), 31, date(2026, 5, 22), DAY, ("L1",), 7)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = Database(f"sqlite:///{tmp_path / 'tidewatch.sqlite'}")
    schema.prepare(database)
    with database.write() as opened:
        yield opened
    database.close()


def made(connection: Connection, day: date = DAY) -> Check:
    checks.add(connection, business_date=day, cut_off=AT, run_at=AT, late=True, who="li", snapshot=SNAPSHOT)
    found = checks.find(connection, day)
    assert found is not None
    return found


def decided(step: str, who: str = "li", addendum: int | None = None, decision: Verdict = Verdict.WATCH) -> Decided:
    return Decided(step, Verdict.ACT, decision, "seen", who, AT, ("L1",), "Chen Li", addendum)


def test_what_was_seen_comes_back_as_it_was(connection: Connection) -> None:
    check = made(connection)
    assert check.snapshot == SNAPSHOT
    assert (check.business_date, check.run_at, check.late, check.who) == (DAY, AT, True, "li")
    assert check.evidence("currencies") == STEP
    assert (check.undecided, check.status, check.verdict) == (("currencies", "data"), Status.OPEN, None)
    with pytest.raises(KeyError):
        check.evidence("tea")


def test_a_day_has_one_check(connection: Connection) -> None:
    made(connection)
    with pytest.raises(IntegrityError):
        made(connection)


def test_decisions_are_only_added(connection: Connection) -> None:
    check = made(connection)
    checks.decide(connection, check, decided("data", decision=Verdict.ACT))
    checks.decide(connection, check, decided("data"))
    found = checks.find(connection, DAY)
    assert found is not None
    assert found.decisions == (decided("data"),)
    assert connection.execute(select(func.count()).select_from(check_decision)).scalar_one() == 2


def test_the_store_refuses_the_same_person_however_the_account_is_written(connection: Connection) -> None:
    check = made(connection)
    checks.sign(connection, check, PAGE, Role.MAKER, "Li", AT)
    for who in ("Li", "li ", "LI"):
        with pytest.raises(Refused) as caught:
            checks.sign(connection, check, PAGE, Role.CHECKER, who, AT)
        assert caught.value.code == "persons.same_person"
    checks.sign(connection, check, PAGE, Role.CHECKER, "wu", AT)


def test_the_store_refuses_a_checker_who_decided(connection: Connection) -> None:
    check = made(connection)
    checks.decide(connection, check, decided("data", "wu"))
    checks.decide(connection, check, decided("data", "li"))
    checks.sign(connection, check, PAGE, Role.MAKER, "li", AT)
    with pytest.raises(Refused) as caught:
        checks.sign(connection, check, PAGE, Role.CHECKER, "wu", AT)
    assert caught.value.code == "persons.same_person"


def test_the_store_refuses_a_checker_before_the_maker_and_a_second_signature(connection: Connection) -> None:
    check = made(connection)
    with pytest.raises(Refused) as caught:
        checks.sign(connection, check, PAGE, Role.CHECKER, "wu", AT)
    assert caught.value.code == "check.not_signed"
    checks.sign(connection, check, PAGE, Role.MAKER, "li", AT)
    with pytest.raises(Refused) as caught:
        checks.sign(connection, check, PAGE, Role.MAKER, "chen", AT)
    assert caught.value.code == "check.signed"


def test_the_store_refuses_a_decision_on_what_was_signed(connection: Connection) -> None:
    check = made(connection)
    checks.sign(connection, check, PAGE, Role.MAKER, "li", AT)
    with pytest.raises(Refused) as caught:
        checks.decide(connection, check, decided("data"))
    assert caught.value.code == "check.signed"


def test_late_evidence_belongs_to_the_page_until_that_is_signed(connection: Connection) -> None:
    check = made(connection)
    calmer = step_evidence("currencies", [Evidence("rule", State.NORMAL)])
    checks.decide(connection, check, decided("currencies"))
    first = checks.add_addendum(connection, check, calmer, AT)
    check = checks.checks(connection)[0]
    assert (check.evidence("currencies"), check.undecided) == (calmer, ("currencies", "data"))
    checks.decide(connection, check, decided("currencies", addendum=first))
    checks.sign(connection, check, PAGE, Role.MAKER, "li", AT)
    check = checks.checks(connection)[0]
    second = checks.add_addendum(connection, check, STEP, AT)
    check = checks.checks(connection)[0]
    assert [one.on_page for one in check.addenda] == [True, False]
    assert (check.evidence("currencies"), check.latest[0]) == (calmer, STEP)
    with pytest.raises(Refused):
        checks.decide(connection, check, decided("currencies", addendum=first))
    checks.decide(connection, check, decided("currencies", "wu", addendum=second))
    checks.sign(connection, check, second, Role.MAKER, "wu", AT)
    checks.sign(connection, check, second, Role.CHECKER, "li", AT)
    assert checks.checks(connection)[0].open_addenda == ()


def test_the_last_signed_check_before_a_day(connection: Connection) -> None:
    for day in (date(2026, 5, 21), date(2026, 5, 22), date(2026, 5, 25)):
        check = made(connection, day)
        if day.day != 25:
            checks.sign(connection, check, PAGE, Role.MAKER, "li", AT)
    found = checks.last_signed(connection, DAY)
    assert found is not None
    assert found.business_date == date(2026, 5, 22)
    assert checks.last_signed(connection, date(2026, 5, 21)) is None
    assert [check.business_date.day for check in checks.checks(connection, date(2026, 5, 22))] == [25, 22]
