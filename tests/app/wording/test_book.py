import ast
import inspect
from decimal import Decimal

import pytest

from alerts.finding import Finding
from app.refusals import Refused
from app.services import committing, importing, layouts, limiting, surveying
from app.wording import book, limits
from app.wording.sentences import refusal, sentence
from exposures import mapping, survey

V = {"country": "TR", "amount": Decimal("1842000000"), "currency": "USD"}


@pytest.mark.parametrize(
    ("case", "values", "text"),
    [
        ("book.none", {}, "No book yet: import the exposure workbook."),
        ("book.where.empty", {"not_converted": 0}, "The book holds no claims."),
        ("book.where.empty", {"not_converted": 1}, "Nothing to show: 1 line has no exchange rate."),
        ("book.where.empty", {"not_converted": 1200}, "Nothing to show: 1,200 lines have no exchange rate."),
        ("book.where.largest", V, "Turkey is the largest, USD 1,842 m; no limit tells how tight."),
        ("book.where.largest_and_tightest", V, "Turkey is the largest and the tightest."),
        ("book.where.largest_other_tightest", V | {"tightest": "AR"}, "Turkey is the largest, Argentina the tightest."),
        ("book.due.one", {"first": "bond"}, "Bonds fall due first there."),
        ("book.due.two", {"first": "trade_finance", "second": "placement"},
         "Trade finance and placements fall due first there."),
        ("book.limits.none", {"without": 0}, "No limit is set."),
        ("book.limits.none", {"without": 1}, "No limit is set; 1 country or region has exposure."),
        ("book.limits.none", {"without": 3}, "No limit is set; 3 countries and regions have exposure."),
        ("book.limits.not_comparable", {}, "No limit can be compared: their currencies have no exchange rate."),
        ("book.limits.breaches", {"breaches": 1, "near": 4, "mark": Decimal(80)}, "1 breach, 4 above 80 %."),
        ("book.limits.breaches", {"breaches": 2, "near": 0, "mark": Decimal(80)}, "2 breaches, 0 above 80 %."),
        ("book.limits.breaches_and_expected", {"breaches": 1, "expected": 2, "near": 0, "mark": Decimal(80)},
         "1 breach and 2 expected once pending is signed, 0 above 80 %."),
        ("book.limits.expected", {"expected": 1, "near": 2, "mark": Decimal(80)},
         "1 breach expected once pending is signed, 2 above 80 %."),
        ("book.limits.near", {"near": 4, "mark": Decimal(80)}, "No breach, 4 above 80 %."),
        ("book.limits.fine", {"country": "TR", "share": Decimal("57.4"), "mark": Decimal(80)},
         "No limit is above 80 %; Turkey is the tightest at 57 %."),
        ("book.limits.unused", {}, "No limit is used."),
        ("book.money.limited", V | {"share": Decimal("92.1")}, "USD 1,842 m in Turkey, 92 % of the limit."),
        ("book.money.limited_with_pending", V | {"share": Decimal("92.1"), "with_pending": Decimal("95.1")},
         "USD 1,842 m in Turkey, 92 % of the limit, 95 % with pending."),
        ("book.money.no_limit", V, "USD 1,842 m in Turkey; no limit is set."),
        ("book.money.zero_limit", V, "USD 1,842 m in Turkey, where the limit is zero."),
        ("book.money.not_comparable", V | {"limit_currency": "EUR"},
         "USD 1,842 m in Turkey; its limit is in EUR, which has no rate."),
        ("book.not_converted", {"lines": 3, "currencies": ("ARS", "TRY")},
         "3 lines in ARS, TRY are not converted: they have no exchange rate and stand in no total."),
        ("book.no_currency", {"lines": 1}, "1 line without a currency is not converted and stands in no total."),
        ("book.basis.same", {},
         "The book has no guarantor fields, so the guarantor basis is the immediate-counterparty basis."),
        ("book.basis.ineligible", {"lines": 2},
         "2 lines name a guarantor or a country of risk that may not move them; they stay with who owes."),
    ],
)  # fmt: skip
def test_sentences(case: str, values: dict[str, object], text: str) -> None:
    assert sentence(Finding(case, values)) == text


def texts(module: object) -> set[str]:
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_finding_of_the_book_has_words() -> None:
    cases = {text for text in texts(survey) if text.startswith("book.")}
    assert cases == set(book.SENTENCES)


def test_every_refusal_has_words_and_every_word_a_refusal() -> None:
    modules = (committing, importing, layouts, limiting, surveying)
    raised = {
        node.args[0].value
        for module in modules
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("Refused", "Misused")
        and isinstance(node.args[0], ast.Constant)
    }
    assert set(book.REFUSALS) <= raised <= set(book.REFUSALS) | set(limits.REFUSALS)


def test_a_small_amount_keeps_a_decimal() -> None:
    assert book.amount(Decimal(9_940_000), "USD") == "USD 9.9 m"
    assert book.amount(Decimal(10_400_000), "USD") == "USD 10 m"


def test_a_wrong_mapping_says_where_and_what() -> None:
    values = {"file": "m.toml", "reason": "unknown_field", "line": 3, "entry": "columns.colour"}
    what, remedy = refusal(Refused("book.mapping_wrong", **values))
    assert what == "The mapping m.toml cannot be read (line 3: columns.colour names a field that does not exist)."
    assert remedy
    what, _remedy = refusal(Refused("book.mapping_wrong", file="m.toml", reason="missing_entry", line=0, entry="name"))
    assert what == "The mapping m.toml cannot be read (the entry name is missing)."


def test_every_fault_of_a_mapping_has_words() -> None:
    reasons = {
        node.args[0].value
        for node in ast.walk(ast.parse(inspect.getsource(mapping)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "MappingError"
        if isinstance(node.args[0], ast.Constant)
    }
    assert len(reasons) > 10
    for reason in reasons:
        assert book.mapping_fault(reason, "here") != reason
