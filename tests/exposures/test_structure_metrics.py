from datetime import UTC, datetime
from decimal import Decimal

from exposures.book import Book
from exposures.class_rules import BLANK, ClassRules
from exposures.classification import CASES
from exposures.country_risk import ReserveSettings, country_risks
from exposures.metrics import BOOK_METRICS
from exposures.structure_metrics import (
    CLASS_METRICS,
    PLAIN_METRICS,
    RISK_METRICS,
    STRUCTURE_METRICS,
    class_readings,
    parts,
    readings,
    risk_readings,
)
from tests.exposures.lines import ON, book, line

KNOWN = datetime(2026, 5, 23, tzinfo=UTC)


def values(found: Book, *metrics: str) -> dict[str, float | None]:
    """What the parts with these metrics say; each is dated, has the labels it declares, and no name of another file."""
    made = [one for part in parts(frozenset(metrics)) for one in readings(found, part, KNOWN)]
    assert {one.date for one in made} == {ON}
    assert all(tuple(one.metric.labels) == PLAIN_METRICS[one.metric.id] for one in made)
    return {one.metric.key: one.value for one in made}


def checked(found: Book, rules: ClassRules = BLANK) -> dict[str, float | None]:
    """What the class checks say by the bank's rules."""
    made = class_readings(found, rules, KNOWN)
    assert all(tuple(one.metric.labels) == CLASS_METRICS[one.metric.id] for one in made)
    return {one.metric.key: one.value for one in made}


def test_the_names_are_new() -> None:
    assert not STRUCTURE_METRICS.keys() & BOOK_METRICS.keys()
    assert parts(frozenset({"ladder_gap", "ladder_assets"})) == (0,)
    assert parts(frozenset({"book_hhi"})) == ()


def test_the_ladder_of_section_4() -> None:
    """Gaps: overdue 10; 1 d +5; 2–7 d −25; 8–30 d +30. Cumulative +5, −20, +10."""
    assets = [line(f"A{day}", "TR", outstanding=amount, maturity=f"2026-{day}")
              for day, amount in (("05-20", 10), ("05-23", 20), ("06-21", 30))]  # fmt: skip
    debts = [line("D1", "TR", side="liability", outstanding=15, instrument="deposit"),
             line("D2", "TR", side="liability", outstanding=25, maturity="2026-05-29")]  # fmt: skip
    found = values(book(*assets, *debts), "ladder_gap")
    gaps = [found[f"ladder_gap{{bucket={bucket}}}"] for bucket in ("overdue", "days_1", "days_7", "days_30")]
    assert gaps == [10, 5, -25, 30]
    assert [found[f"ladder_cumulative{{bucket={bucket}}}"] for bucket in ("days_1", "days_7", "days_30")] == [
        5,
        -20,
        10,
    ]
    assert "ladder_cumulative{bucket=overdue}" not in found
    alone = values(book(*assets), "ladder_gap")
    assert alone["ladder_assets{bucket=days_1}"] == 20
    assert alone["ladder_gap{bucket=days_1}"] is None  # the book names no debts


def test_open_positions_of_section_4() -> None:
    """TRY 142 − 88 = +54 without its forward; EUR −80: longs 54, shorts 80, total 80, at one dollar each."""
    found = values(
        book(
            line("1", "TR", "TRY", outstanding=142), line("2", "TR", "TRY", side="liability", outstanding=88),
            line("3", "DE", "EUR", side="liability", outstanding=80),
            rates={"TRY": Decimal(1), "EUR": Decimal(1)},
        ),
        "currency_position",
    )  # fmt: skip
    assert found == {
        "currency_position{currency=TRY}": 54, "currency_position{currency=EUR}": -80, "currency_position_total": 80,
    }  # fmt: skip


def test_classes_of_section_5() -> None:
    """Debtor 88 pass + 12 substandard: more than 10 % calls for the other line; 12 of 100 non-performing."""
    held = [
        line("1", "TR", counterparty_id="C", outstanding=88, loan_class="pass", sector="corporate"),
        line("2", "TR", counterparty_id="C", outstanding=12, loan_class="substandard", sector="corporate"),
        line("3", "CL", "CLP", counterparty_id="D", outstanding=900, loan_class="pass", days_past_due=1),
    ]
    whole = book(*held, rates={"CLP": Decimal(900)})
    cases = checked(whole)
    assert {case: cases[f"class_findings{{case={case}}}"] for case in CASES} == {
        **dict.fromkeys(CASES, 0), "debtor_share": 1, "below_minimum": 1, "below_level": None, "across_banks": None,
    }  # fmt: skip
    assert cases["book_class_findings"] == 2
    # A country above what the level of Chile allows, and D with 20.5 % late at other banks: the same line twice.
    rules = ClassRules({"high": "special_mention"}, {"CL": "high"}, {"D": Decimal("20.5")})
    cases = checked(whole, rules)
    assert [cases[f"class_findings{{case={case}}}"] for case in ("below_level", "across_banks")] == [1, 1]
    assert cases["book_class_findings"] == 2
    found = values(whole, "book_non_performing_share")
    assert found["country_non_performing_share{country=TR}"] == 12
    assert found["country_non_performing_share{country=CL}"] == 0
    assert round(found["book_non_performing_share"] or 0, 6) == round(1200 / 101, 6)
    tenth = [
        line(str(n), "TR", "TRY", counterparty_id="C", outstanding=amount, loan_class=name, sector="corporate")
        for n, (amount, name) in enumerate((("88.20", "pass"), ("9.80", "loss")))
    ]
    exactly = checked(book(*tenth, rates={"TRY": Decimal("45.82")}))
    assert exactly["class_findings{case=debtor_share}"] == 0  # 10 % is not more than 10 %


def test_a_book_without_classes_has_no_share_and_no_number_of_findings() -> None:
    held = book(line("1", "TR", outstanding=1), line("2", "TR", "TRY", outstanding=1))
    assert checked(held)["book_class_findings"] is None
    found = values(held, "book_non_performing_share")
    assert found["book_non_performing_share"] is None


def test_concentration() -> None:
    """60 and 40: HHI 0.36 + 0.16 = 0.52; one group has 60 %."""
    held = [line("1", "TR", counterparty_id="A", group_id="G", outstanding=60, sector="bank"),
            line("2", "CL", counterparty_id="B", outstanding=40, sector="corporate")]  # fmt: skip
    found = values(book(*held), "book_top10_share")
    assert found == {
        "book_hhi_counterparties": 0.52, "book_top10_share": 100, "group_share{group=G}": 60,
        "sector_share{sector=bank}": 60, "sector_share{sector=corporate}": 40,
    }  # fmt: skip


def test_reserves_of_section_6() -> None:
    """TR 80 → 16, held 12, gap 4; AR surplus; CL gap 1; total 5; of net capital 300 TR is 26.67 %."""
    bases = {"TR": Decimal(80), "AR": Decimal(18), "CL": Decimal(10)}
    own = ReserveSettings(
        {"relatively_high": Decimal(20), "high": Decimal(50), "medium": Decimal(10)},
        {"TR": Decimal(12), "AR": Decimal(10), "CL": Decimal(0)}, Decimal(300),
    )  # fmt: skip
    levels = {"TR": "relatively_high", "AR": "high", "CL": "medium"}
    made = risk_readings(book(), country_risks(bases, levels, own, "CN"), KNOWN)
    found = {one.metric.key: one.value for one in made}
    assert [found[f"reserve_gap{{country={code}}}"] for code in bases] == [4, 0, 1]
    assert found["reserve_gap_total"] == 5
    assert round(found["country_capital_share{country=TR}"] or 0, 2) == 26.67
    assert [found[f"country_level{{country={code}}}"] for code in bases] == [4, 5, 3]
    assert {one.metric.id for one in made} == set(RISK_METRICS)
    blank = risk_readings(book(), country_risks(bases, {}, ReserveSettings({}, {}), "CN"), KNOWN)
    assert {one.value for one in blank} == {None}  # never zero
