"""What the pages Structure and Counterparties show, as readings that rules can watch: one book, one reporting date.

Maturity ladder and currency positions (CALCULATIONS 4), class and stage (5), country-risk reserves (6), concentration
(3). Made only where a rule asks for them.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal

import numpy as np
import pandas as pd

from alerts.metric import Metric, Reading
from exposures import allocation
from exposures.book import Book, Dimension
from exposures.class_rules import ClassRules
from exposures.classification import CASES, SUBSTANDARD, class_findings, class_ranks
from exposures.coded import Mask, Objects, code
from exposures.concentration import herfindahl, top_share
from exposures.country_risk import LEVELS, CountryRisks
from exposures.currency_gap import currency_gap
from exposures.exposure import CLASSES
from exposures.holders import TOP
from exposures.lines import counterparty_keys
from exposures.maturity import ladder
from exposures.sums import EXACT, added

PERCENT, INDEX, LINES, SOURCE = "percent", "index", "lines", "book"
#: Places to which a minor unit's worth is held as a whole number.
_SCALE = 12
#: What a figure is: metric, unit, value (None: cannot be computed), labels.
_Said = tuple[str, str, Decimal | int | None, Mapping[str, str]]
_HUNDRED = Decimal(100)


def _of_ladder(book: Book) -> Iterator[_Said]:
    for rung in ladder(book).rungs:
        labels = {"bucket": rung.bucket}
        yield "ladder_assets", book.currency, rung.assets, labels
        yield "ladder_liabilities", book.currency, rung.liabilities, labels
        yield "ladder_gap", book.currency, rung.gap, labels
        if rung.cumulative is not None or rung.gap is None:
            yield "ladder_cumulative", book.currency, rung.cumulative, labels


def _of_currencies(book: Book) -> Iterator[_Said]:
    gap = currency_gap(book)
    for one in gap.positions:
        yield "currency_position", book.currency, one.net_converted, {"currency": one.currency}
    yield "currency_position_total", book.currency, gap.total, {}


def _checked_lines(book: Book) -> pd.DataFrame:
    """The live claims that can be converted."""
    claims = book.claims[book.alive]
    return claims[claims["currency"].map(lambda code: book.rate(code) is not None).to_numpy(dtype=bool)]


def _of_findings(book: Book, rules: ClassRules) -> Iterator[_Said]:
    """Lines by the check they fail; no class at all, and a check whose rules are blank: unknown."""
    claims = _checked_lines(book)
    found = class_findings(claims, counterparty_keys(claims).fillna(""), _drawn(book, claims), rules)
    checked = bool(claims["loan_class"].isin(CLASSES).any()) or bool(claims["ifrs_stage"].notna().any())
    blank = {"below_level"} if not rules.by_country else set[str]()
    blank |= {"across_banks"} if not rules.across_banks else set()
    for case in CASES:
        known = checked and case not in blank
        yield "class_findings", LINES, sum(one.case == case for one in found) if known else None, {"case": case}
    yield "book_class_findings", LINES, len({one.position for one in found}) if checked else None, {}


def _of_classes(book: Book) -> Iterator[_Said]:
    """The share of drawn claims that is non-performing; no class at all: unknown."""
    claims = _checked_lines(book)
    ranks, drawn = class_ranks(claims), _drawn(book, claims)
    classed = ranks >= 0
    bad = ranks >= SUBSTANDARD
    yield "book_non_performing_share", PERCENT, _share(drawn, bad, classed), {}
    for country in sorted(claims["country"].dropna().unique()):
        here = (claims["country"] == country).to_numpy(dtype=bool)
        yield "country_non_performing_share", PERCENT, _share(drawn, bad & here, classed & here), {"country": country}


def _drawn(book: Book, claims: pd.DataFrame) -> Objects:
    """Principal and accrued interest of every claim as whole numbers in one unit, so that tenths are exact tenths."""
    minor = allocation.amounts(claims, "outstanding") + allocation.amounts(claims, "accrued_interest")
    codes = code(claims["currency"].to_numpy(dtype=object))
    worth = [int((book.convert(1, name) or Decimal(0)).scaleb(_SCALE)) for name in codes.values]
    found: Objects = minor.astype(object) * np.array([*worth, 0], dtype=object)[codes.codes]
    return found


def _share(drawn: Objects, part: Mask, whole: Mask) -> Decimal | None:
    """Percent of the classed claims; None where nothing is classed."""
    total = sum(drawn[whole].tolist())
    return EXACT.divide(Decimal(sum(drawn[part].tolist())) * _HUNDRED, Decimal(total)) if total > 0 else None


def _of_concentration(book: Book) -> Iterator[_Said]:
    names = [row.amount() for row in book.split(Dimension.COUNTERPARTY) if row.key is not None]
    whole = added(amount for amount in names if amount > 0)
    top = top_share(names, TOP)
    yield "book_hhi_counterparties", INDEX, herfindahl(names), {}
    yield "book_top10_share", PERCENT, None if top is None else top * _HUNDRED, {}
    for label, dimension in (("group", Dimension.GROUP), ("sector", Dimension.SECTOR)):
        for row in book.split(dimension):
            if row.key is not None and whole:
                yield f"{label}_share", PERCENT, EXACT.divide(row.amount() * _HUNDRED, whole), {label: row.key}


_SAYING: tuple[tuple[dict[str, tuple[str, ...]], Callable[[Book], Iterator[_Said]]], ...] = (
    ({f"ladder_{side}": ("bucket",) for side in ("assets", "liabilities", "gap", "cumulative")}, _of_ladder),
    ({"currency_position": ("currency",), "currency_position_total": ()}, _of_currencies),
    ({"book_non_performing_share": (), "country_non_performing_share": ("country",)}, _of_classes),
    ({"book_hhi_counterparties": (), "book_top10_share": (), "group_share": ("group",), "sector_share": ("sector",)},
     _of_concentration),
)  # fmt: skip
#: What depends on the bank's rules about classes beside the book.
CLASS_METRICS: dict[str, tuple[str, ...]] = {"class_findings": ("case",), "book_class_findings": ()}
#: What depends on levels and the bank's settings beside the book.
RISK_METRICS: dict[str, tuple[str, ...]] = {
    "reserve_gap": ("country",),  # what is missing; in the book's currency
    "reserve_gap_total": (),
    "country_capital_share": ("country",),  # X on the guarantor basis in percent of net capital; the mark is 25
    "country_level": ("country",),  # 1 low … 5 high
}
#: Every metric of this file, with its labels; those of the book alone.
PLAIN_METRICS: dict[str, tuple[str, ...]] = {name: labels for names, _ in _SAYING for name, labels in names.items()}
STRUCTURE_METRICS = PLAIN_METRICS | CLASS_METRICS | RISK_METRICS


def parts(asked: frozenset[str]) -> tuple[int, ...]:
    """Which parts of `readings` the metrics asked for need."""
    return tuple(place for place, (names, _) in enumerate(_SAYING) if asked & names.keys())


def readings(book: Book, part: int, known_from: datetime) -> tuple[Reading, ...]:
    """One part of what the book alone says on its reporting date; a figure that cannot be computed has no value."""
    return _made(book, _SAYING[part][1](book), known_from)


def class_readings(book: Book, rules: ClassRules, known_from: datetime) -> tuple[Reading, ...]:
    """Lines with a class or stage finding, by check and in all."""
    return _made(book, _of_findings(book, rules), known_from)


def risk_readings(book: Book, risks: CountryRisks, known_from: datetime) -> tuple[Reading, ...]:
    """Level, reserve gap and share of net capital by country, the home country left out."""

    def said() -> Iterator[_Said]:
        for row in risks.rows:
            labels = {"country": row.country}
            yield "reserve_gap", risks.currency, row.gap, labels
            yield "country_capital_share", PERCENT, row.capital_share, labels
            yield "country_level", INDEX, None if row.level is None else LEVELS.index(row.level) + 1, labels
        yield "reserve_gap_total", risks.currency, risks.total_gap, {}

    return _made(book, said(), known_from)


def _made(book: Book, said: Iterator[_Said], known_from: datetime) -> tuple[Reading, ...]:
    return tuple(
        Reading(
            Metric(metric, unit, dict(labels)),
            book.reporting_date,
            None if value is None else float(value),
            known_from,
            source=SOURCE,
        )
        for metric, unit, value, labels in said
    )
