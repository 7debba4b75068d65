from decimal import Decimal

import pytest

from alerts.finding import Finding
from app.wording.maturity import tenor, until
from app.wording.sentences import sentence
from app.wording.stress import assumed, missing_setting, problem
from exposures.maturity import BUCKETS

M = Decimal(10**6)
LADDER = {"currency": "USD", "due": 50 * M, "overdue": 2 * M}
STRESS = {"name": "Ebb", "currency": "USD", "countries": ("TR",), "gap": 25 * M, "gap_before": 4 * M, "lines": 3,
          "change": -6 * M}  # fmt: skip
CASH = {"currency": "USD", "country": "TR", "days": 30, "gap": 24 * M, "total": 30 * M}
RISK = {"currency": "USD", "countries": 3, "lacking": 1, "missing": ("held",), "majors": ()}


@pytest.mark.parametrize(
    ("case", "values", "text"),
    [
        ("book.ladder.empty", LADDER, "The book has no amounts to place."),
        ("book.ladder.no_debts", LADDER,
         "USD 50 m comes in within 30 days, USD 2.0 m is overdue; without liabilities no gap can be told."),
        ("book.ladder.short", LADDER | {"first": "days_7", "bucket": "days_7", "amount": 20 * M},
         "USD 20 m short within 7 days, the deepest gap of the coming year."),
        ("book.ladder.short", LADDER | {"first": "days_7", "bucket": "days_90", "amount": 25 * M},
         "Short within 7 days, and deepest within 90 days: USD 25 m."),
        ("book.ladder.covered", LADDER | {"bucket": "days_365", "amount": 18 * M},
         "Never short in the coming year; least to spare within a year: USD 18 m."),
        ("book.currency_gap.none", {"currency": "USD"}, "Everything is in USD: there is no open position."),
        ("book.currency_gap.no_debts", {}, "Without liabilities in the book no net position can be told."),
        ("book.currency_gap.no_rate", {"currencies": ("TRY",)},
         "No open position can be told: TRY have no exchange rate."),
        ("book.currency_gap.closed", {}, "Every foreign currency is matched."),
        ("book.currency_gap.long", {"currency": "USD", "widest": "TRY", "amount": 30 * M, "total": 90 * M},
         "Long USD 30 m in TRY, the widest; USD 90 m open in all."),
        ("book.currency_gap.short", {"currency": "USD", "widest": "EUR", "amount": 80 * M, "total": 90 * M},
         "Short USD 80 m in EUR, the widest; USD 90 m open in all."),
        ("book.country_risk.none", RISK, "The book has no exposure abroad."),
        ("book.country_risk.gap", RISK | {"gap": 50 * M, "country": "TR", "widest": 40 * M},
         "USD 50 m of country-risk reserves is missing, most of it for Turkey: USD 40 m."),
        ("book.country_risk.gap_so_far", RISK | {"gap": 50 * M, "country": "TR", "widest": 40 * M},
         "At least USD 50 m of country-risk reserves is missing; 1 of 3 cannot be computed."),
        ("book.country_risk.enough", RISK, "Country-risk reserves are enough everywhere."),
        ("book.country_risk.enough_so_far", RISK, "Enough where it can be computed; 1 of 3 lack a reserve held."),
        ("book.country_risk.not_set", RISK, "Cannot be computed: set reserve held."),
        ("stress.breaches", STRESS, "The limit of Turkey would be breached."),
        ("stress.breaches", STRESS | {"countries": ("TR", "AR")}, "The limits of Turkey, Argentina would be breached."),
        ("stress.reserves", STRESS, "USD 25 m of country-risk reserves would be missing, USD 4.0 m is today."),
        ("stress.reserves", STRESS | {"gap_before": Decimal(0)},
         "USD 25 m of country-risk reserves would be missing; none is today."),
        ("stress.liquidity", STRESS | {"country": "TR", "short": 24 * M},
         "USD 24 m would be short if roll-over stops in Turkey."),
        ("stress.classes", STRESS, "3 claims would need a worse class; no limit breaks."),
        ("stress.flattered", STRESS,
         "The limit use of Turkey falls, only because a currency fell: the risk does not."),
        ("stress.mild", STRESS,
         "The book would be USD 6.0 m smaller in dollars; no limit breaks and no class is called into question."),
        ("stress.mild", STRESS | {"change": Decimal(0)},
         "No limit breaks, no reserve is short, and no class is called into question."),
        ("stress.borrowers.none", {}, "No borrower would slip in rating or class."),
        ("stress.borrowers.unpriced", STRESS,
         "3 claims would slip in rating or class; their expected loss cannot be computed."),
        ("stress.borrowers.priced", STRESS | {"loss": M, "loss_after": 4 * M},
         "3 claims would slip; expected loss USD 1.0 m \u2192 USD 4.0 m."),
        ("stress.borrowers.partly_priced", STRESS | {"loss": M, "loss_after": 4 * M, "priced": 1},
         "3 would slip; the 1 claim that can be priced loses USD 1.0 m \u2192 USD 4.0 m."),
        ("stress.cash.not_asked", {}, "This scenario does not stop roll-over anywhere."),
        ("stress.cash.no_debts", {}, "Cannot be told: the book has no liabilities."),
        ("stress.cash.enough", CASH, "Enough for 30 days everywhere; tightest in Turkey, USD 24 m to spare."),
        ("stress.cash.short", CASH, "Short by USD 24 m in Turkey within 30 days; enough in all."),
        ("stress.cash.short_in_all", CASH, "Short by USD 30 m within 30 days, most of it in Turkey: USD 24 m."),
        ("stress.nothing", STRESS, "The book holds nothing that this scenario touches."),
    ],
)  # fmt: skip
def test_sentences(case: str, values: dict[str, object], text: str) -> None:
    assert sentence(Finding(case, values)) == text


def test_every_code_has_words() -> None:
    assert len({tenor(code) for code in BUCKETS}) == len(BUCKETS)
    assert len({until(code) for code in BUCKETS[1:7]}) == 6
    assert all(map(missing_setting, ("level", "ratio", "held")))
    assert all(map(assumed, ("dscr", "hard_currency_share")))


@pytest.mark.parametrize(
    "code",
    ["syntax", "missing", "unknown_key", "not_a_table", "not_a_list", "not_a_percent", "not_whole", "unknown_country",
     "unknown_currency", "unknown_level"],
)  # fmt: skip
def test_every_fault_of_a_scenario_names_its_place(code: str) -> None:
    assert "notches.TR" in problem(code, "notches.TR")
