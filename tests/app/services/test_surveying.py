from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from app.bootstrap import Program, open_program
from app.events import BookChanged, Event
from app.refusals import Refused
from app.storage import drafts
from app.storage import totals as kept_totals
from exposures import metrics
from exposures.book import Basis, Dimension, Measure
from exposures.limits import LimitState, uses
from exposures.metrics import BOOK_METRICS
from exposures.totals import totals
from tests.app.services.workbooks import write_csv
from tests.app.storage.drafts import draft
from tests.conftest import Clock
from tests.exposures.lines import line, section_2

ON, NEXT = date(2026, 5, 15), date(2026, 5, 22)


def add(connection: Connection, on: date, *rows: dict[str, Any], **fields: Any) -> int:
    return drafts.add(connection, draft(on, *rows, **fields))


def store(program: Program, on: date, *rows: dict[str, Any], **fields: Any) -> int:
    with program.database.write() as connection:
        return add(connection, on, *rows, at=program.clock(), **fields)


def test_no_book(program: Program) -> None:
    assert program.surveying.card().finding.case == "book.none"
    assert program.surveying.batches() == []
    assert list(program.surveying.readings(BOOK_METRICS, program.clock())) == []
    for ask in (program.surveying.book, program.surveying.exposures, program.surveying.limits):
        with pytest.raises(Refused, match=r"book\.none"):
            ask()


def test_the_newest_date_is_the_book_and_any_other_can_be_seen(program: Program) -> None:
    newest = store(program, NEXT, line("1", "TR", outstanding=2))
    late = store(program, ON, line("1", "TR", outstanding=1))
    assert program.surveying.book().batch == newest
    assert program.surveying.book(late).total() == 1
    assert [batch.id for batch in program.surveying.batches()] == [late, newest]


def test_securities_move_what_the_banks_haircut_leaves_of_them(program: Program) -> None:
    """12 of securities held in Hong Kong on 30 owed in Argentina: 25 % off leaves 9 that move (CALCULATIONS 2.1)."""
    row = line("1", "AR", outstanding=30, collateral_kind="securities", collateral_value=12, collateral_country="HK")
    number = store(program, ON, row)
    with program.database.write() as connection:
        kept_totals.keep(connection, number, totals(program.surveying.book()))

    def there() -> dict[str | None, Decimal]:
        program.limiting.set("HK", Decimal(100), "USD")
        found = program.surveying.exposures()
        (used,) = (use.use.used for use in found.limits if use.country == "HK")
        columns = next(iter(program.surveying.readings(("country_utilisation_used",), program.clock())))
        assert [float(value) for value in columns.values if value] == ([float(used)] if used else [])
        return {one.key: one.amount() for one in found.book.by_country(Basis.GUARANTOR)}

    assert there() == {"AR": 30}
    program.configuring.set("bank.securities_haircut", "25")
    assert there() == {"AR": 21, "HK": 9}
    program.configuring.reset("bank.securities_haircut")
    assert there() == {"AR": 30}


def test_the_exposures_page(program: Program) -> None:
    rows = [row | {"counterparty_name": row["line_id"], "booking_entity": "Istanbul"} for row in section_2()]
    store(program, ON, *rows, line("X", "AR", "TRY", outstanding=1, counterparty_name="X"))
    program.limiting.set("TR", Decimal(85), "USD")
    page = program.surveying.exposures()
    assert (page.lines, page.counterparties, page.entities) == (6, 6, ("Istanbul",))
    assert page.countries == 6
    assert page.matrix.total == 245
    assert (page.limits[0].country, page.limits[0].state) == ("TR", LimitState.CRITICAL)  # 80/85 = 94 %
    assert page.where[0].case == "book.where.largest_other_tightest"  # DE 95 is the largest
    assert page.tight.case == "book.limits.near"
    assert [finding.case for finding in page.notices] == ["book.not_converted"]
    assert page.not_converted[0].currency == "TRY"
    drawn = program.surveying.exposures(basis=Basis.IMMEDIATE, measure=Measure.DRAWN, entity="Istanbul")
    assert (drawn.lines, drawn.matrix.total) == (5, 225)


def test_the_card(program: Program) -> None:
    def loan(name: str, amount: int, due: date | None) -> dict[str, Any]:
        return line(name, "TR", outstanding=amount, counterparty_name=name, maturity=due)

    rows = (loan("A", 5, None), loan("B", 9, ON - timedelta(days=1)), loan("C", 7, NEXT), loan("D", 1, NEXT))
    store(program, ON, *rows, line("E", "AR", outstanding=3, counterparty_name="E"))
    program.limiting.set("土耳其", Decimal(25), "USD")
    card = program.surveying.card(debtors=3)
    assert (card.finding.case, card.finding.values["share"], card.country) == ("book.money.limited", 88, "TR")
    assert [(row.key, use.state.value if use else None) for row, use in card.rows] == [
        ("TR", "warning"), ("AR", "no_limit"),
    ]  # fmt: skip
    assert [(debtor.name, debtor.amount, debtor.next_due) for debtor in card.debtors] == [
        ("B", 9, None), ("C", 7, NEXT), ("A", 5, None),
    ]  # fmt: skip


def test_lines_and_splits(program: Program) -> None:
    store(program, ON, *section_2())
    found = program.surveying.lines(country="TR", instrument="placement")
    assert found["line_id"].tolist() == ["B"]
    assert [row.key for row in program.surveying.split(Dimension.INSTRUMENT)] == ["loan", "placement", "derivative"]


def test_rates_after_the_reporting_date_do_not_count(program: Program) -> None:
    from exposures.rates import Rate

    rates = (Rate("TRY", Decimal(40), ON), Rate("TRY", Decimal(50), NEXT))
    store(program, ON, line("1", "TR", "TRY", outstanding=400), rates=rates)
    assert program.surveying.book().total() == 10


def test_one_reading_per_visible_book(program: Program, clock: Clock) -> None:
    """A limit counts for the newest book when it was set, and later ones; 50/100, then 90/100."""
    first_at = clock.now
    store(program, ON, line("1", "TR", outstanding=50))
    clock.advance(hours=1)
    program.limiting.set("TR", Decimal(100), "USD")
    limit_at = clock.now
    clock.advance(days=7)
    store(program, NEXT, line("1", "TR", outstanding=90))
    clock.advance(days=3)
    found = {row.metric.key: row for row in program.surveying.readings(BOOK_METRICS, clock.now)}
    use = found["country_utilisation{country=TR}"]
    assert use.dates.tolist() == [ON, NEXT]
    assert use.values.tolist() == [50, 90]
    assert use.known_from.tolist()[0] == limit_at.replace(tzinfo=None)
    assert found["country_exposure{country=TR}"].known_from.tolist()[0] == first_at.replace(tzinfo=None)
    age = found["book_age_days"]
    assert age.values.tolist()[-1] == (clock.now.date() - NEXT).days
    earlier = {row.metric.key: row for row in program.surveying.readings(["country_utilisation"], limit_at)}
    assert earlier["country_utilisation{country=TR}"].values.tolist() == [50]
    before = list(program.surveying.readings(["country_utilisation"], first_at))
    assert before == []


def test_readings_of_an_imported_book_do_not_add_it_up_again(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = program.importing.commit(write_csv(tmp_path / "book.csv", "1,Ege,Turkey,loan,USD,100.25,20"), ON)
    program.limiting.set("TR", Decimal(200), "USD")
    book = program.surveying.book(done.batch)
    in_force = [stored.limit for stored in program.limiting.in_force()]
    expected = {r.metric.key: r.value for r in metrics.readings(totals(book), uses(book, in_force), program.clock())}
    monkeypatch.delattr("app.storage.books.lines")
    with open_program(program.workspace.root, clock=program.clock) as again:
        found = {
            row.metric.key: row.values.tolist()[0] for row in again.surveying.readings(BOOK_METRICS, again.clock())
        }
    assert found.pop("book_age_days") == (program.clock().date() - ON).days
    assert found == expected
    assert found["country_utilisation{country=TR}"] == 60.125


def test_a_superseded_book_gives_no_reading(program: Program) -> None:
    old = store(program, ON, line("1", "TR", outstanding=50))
    store(program, ON, line("1", "TR", outstanding=60), supersedes=old)
    (row,) = program.surveying.readings(["book_exposure"], program.clock())
    assert row.values.tolist() == [60]


def test_setting_a_limit_is_told_and_audited(program: Program) -> None:
    from app.storage import audit

    heard: list[Event] = []
    program.events.subscribe(heard.append)
    program.limiting.set("TR", Decimal(5), "USD")
    program.limiting.set("TR", Decimal(7), "EUR")
    assert heard.count(BookChanged()) == 2
    with program.database.read() as connection:
        first, second = audit.trail(connection, subject="limit TR")
    assert first["before"] is None
    assert second["before"] == first["after"]
    assert '"amount": "7.00"' in second["after"]
    (stored,) = program.limiting.in_force()
    assert (stored.limit.amount, stored.limit.currency) == (7, "EUR")
