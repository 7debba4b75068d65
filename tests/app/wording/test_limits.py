"""Limits, holders and the table of G51 in words: every case has a sentence in either language, and says its values."""

from datetime import date
from decimal import Decimal

import pytest

from alerts.finding import Finding
from app import i18n
from app.refusals import Refused
from app.wording import g51, holders, limits
from app.wording.sentences import refusal, sentence

D = Decimal
VALUES = {
    "scope": "group", "key": "G1", "name": "Ege", "within": "TR", "share": D("91.6"), "breaches": 2, "expected": 1,
    "near": 3, "mark": D(80), "without": 2, "limits": 1, "date": date(2026, 5, 21), "currency": "USD", "parent": "TR",
    "of": "country", "amount": D(5_000_000), "most": D(4_000_000), "waiting": 1, "standing": 2, "soon": D(3_000_000),
    "days": 10, "first": date(2026, 6, 1), "top": D("25.1"), "count": 10, "names": 40, "equal": D("12.5"), "large": 2,
    "who": "Ege", "groups": 3, "alone": D(20), "sector": "bank", "country": "TR", "hhi": D("0.28"), "class": "loss",
    "within_days": 30, "owed": D(7_000_000), "items": 2, "alerts": 1, "countries": 4, "funding": "DE",
    "debts": D("12.34"), "sectors": ("bank",), "known": ("bank", "corporate"), "tenor": "x", "last": date(2026, 1, 1),
    "excess": 4, "tenors": (), "reason": "",
}  # fmt: skip
CASES = sorted({**limits.SENTENCES, **holders.SENTENCES, **g51.SENTENCES})


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("case", CASES)
def test_every_case_has_a_sentence(case: str, language: str) -> None:
    values = VALUES | ({"soon": 2} if case.startswith("book.excess") else {})
    values |= {"within": 30} if case.startswith("book.counterparty") else {}
    i18n.set_language(language)
    try:
        said = sentence(Finding(case, values))
    finally:
        i18n.set_language("en")
    assert said.endswith((".", "。"))
    assert "{" not in said


@pytest.mark.parametrize("code", sorted({**limits.REFUSALS, **holders.REFUSALS, **g51.REFUSALS}))
def test_every_refusal_has_a_remedy(code: str) -> None:
    assert all(text and "{" not in text for text in refusal(Refused(code, **VALUES)))


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (("country", "TR"), "Turkey"),
        (("group", "G1", "", "Ege"), "Ege"),
        (("counterparty", "C1"), "C1"),
        (("sector", "bank", "TR"), "Banks in Turkey"),
        (("product", "derivative"), "Derivatives"),
        (("product", "Buyer credit"), "Buyer credit"),
        (("rating", "BB"), "Grade BB"),
        (("tenor", "5"), "Beyond 5 years"),
    ],
)
def test_whose_limit_it_is(subject: tuple[str, ...], said: str) -> None:
    assert limits.subject(*subject) == said


def test_a_breach_names_who_and_how_far() -> None:
    one = sentence(Finding("book.limit.breaches", VALUES | {"breaches": 1, "within": ""}))
    assert one == "1 limit is breached: Ege, at 92 % with pending."
    zero = sentence(Finding("book.limit.breaches", VALUES | {"breaches": 1, "within": "", "share": None}))
    assert zero == "1 limit is breached: Ege, where the limit is zero."
