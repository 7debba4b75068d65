"""What a scenario does to single claims (CALCULATIONS 9): debt service, notches, class, collateral, expected loss."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd

from exposures.book import Basis, Book, Measure
from exposures.classification import RANK
from exposures.scenario import Scenario
from exposures.sums import EXACT

ONE, NOTHING, HUNDRED = Decimal(1), Decimal(0), Decimal(100)
#: Notches down by stressed debt-service cover [choice]: at least so much cover costs so many.
NOTCHES = ((Decimal("1.25"), 0), (Decimal("1.10"), 1), (Decimal("0.90"), 2))
MOST_NOTCHES = 3
#: A stressed cover below this is at least special mention, below the second at least substandard [choice].
SPECIAL_MENTION_BELOW, SUBSTANDARD_BELOW = Decimal("1.0"), Decimal("0.8")
#: Cover unknown: the borrower with less than this share of hard-currency revenue loses two notches, else one [choice].
HEDGED_SHARE = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class CreditSettings:
    """The bank's grades from the best to default, and what it assumes of them; None or absent is blank, never zero.

    `pd_scale` percent by grade; `lgd_floor` percent; `local_currencies` by country.
    """

    grades: Sequence[str] = ()
    pd_scale: Mapping[str, Decimal] = field(default_factory=dict)
    lgd_floor: Decimal | None = None
    local_currencies: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StressedLine:
    """A claim before and after, amounts in the book's currency, ratios as ratios; None: not known.

    `class_floor` is the class that stressed cover calls for where the book's is better; `assumed` names what was
    assumed for want of data ("dscr", "hard_currency_share").
    """

    line_id: str
    counterparty: str | None
    country: str
    currency: str
    exposure: Decimal
    exposure_after: Decimal
    dscr: Decimal | None
    dscr_after: Decimal | None
    notches: int
    grade: str | None
    grade_after: str | None
    loan_class: str | None
    class_floor: str | None
    lgd: Decimal | None
    lgd_after: Decimal | None
    loss: Decimal | None
    loss_after: Decimal | None
    assumed: tuple[str, ...] = ()


def stressed_dscr(dscr: Decimal, hard: Decimal, fall: Decimal) -> Decimal:
    """`DSCR × [h + (1 − h)(1 − δ)]`: only what is earned in the falling currency buys less; h and δ as ratios."""
    return dscr * (hard + (ONE - hard) * (ONE - fall))


def currency_notches(dscr: Decimal | None, hard: Decimal) -> int:
    """Notches down for a stressed cover, or for an unknown one."""
    if dscr is None:
        return 2 if hard < HEDGED_SHARE else 1
    return next((notches for least, notches in NOTCHES if dscr >= least), MOST_NOTCHES)


def least_class(dscr: Decimal | None) -> str | None:
    """The best class that a stressed cover still allows; None: it asks for nothing."""
    if dscr is None or dscr >= SPECIAL_MENTION_BELOW:
        return None
    return "substandard" if dscr < SUBSTANDARD_BELOW else "special_mention"


def loss_given_default(exposure: Decimal, collateral: Decimal | None, floor: Decimal) -> Decimal | None:
    """`max(floor, 1 − collateral/EAD)`; None where the book names no collateral."""
    if collateral is None or exposure <= 0:
        return None
    return max(floor, ONE - EXACT.divide(collateral, exposure))


def stressed_lines(book: Book, after: Book, scenario: Scenario, settings: CreditSettings) -> tuple[StressedLine, ...]:
    """Every live claim that the scenario touches, the largest stressed loss, then exposure, first."""
    falls = _falls(scenario, settings.local_currencies)
    touched = {*falls, *(code for code, steps in scenario.notches.items() if steps), *scenario.collateral_loss}
    claims = book.claims
    wanted = claims["country"].isin(sorted(touched)) | claims["currency"].isin(sorted(scenario.value_loss))
    wanted |= claims["collateral_country"].isin(sorted({*falls, *scenario.collateral_loss}))
    chosen = (wanted & book.live).to_numpy(dtype=bool)
    amounts = book.pieces(Basis.IMMEDIATE).set_index("line")[list(Measure.DRAWN_UNDRAWN.components)].sum(axis=1)
    made = []
    places = [int(place) for place in chosen.nonzero()[0]]
    for place, row in zip(places, claims.iloc[places].to_dict("records"), strict=True):
        currency = _text(row["currency"])
        if currency is None or book.rate(currency) is None:
            continue  # without a rate it stands in no total; the result counts it
        made.append(_line(row, int(amounts.get(place, 0)), currency, book, after, scenario, settings, falls))
    return tuple(sorted(made, key=lambda one: (-(one.loss_after or NOTHING), -one.exposure, one.line_id)))


def _falls(scenario: Scenario, local: Mapping[str, frozenset[str]]) -> dict[str, Decimal]:
    """By country what its own currency loses, as a ratio."""
    found: dict[str, Decimal] = {}
    for country, own in local.items():
        lost = [scenario.value_loss[code] for code in own if scenario.value_loss.get(code)]
        if lost:
            found[country] = max(lost) / HUNDRED
    return found


def _line(
    row: Mapping[str, Any],
    minor: int,
    currency: str,
    book: Book,
    after: Book,
    scenario: Scenario,
    settings: CreditSettings,
    falls: Mapping[str, Decimal],
) -> StressedLine:
    country = _text(row["country"]) or ""
    exposure, exposure_after = (one.convert(minor, currency) or NOTHING for one in (book, after))
    fall = falls.get(country, NOTHING)
    assumed: list[str] = []
    dscr = _number(row["dscr"])
    dscr_after, notches = dscr, 0
    own = settings.local_currencies.get(country, frozenset())
    local_revenue = row["local_revenue"]
    if fall and currency not in own and (pd.isna(local_revenue) or bool(local_revenue)):
        hard = _number(row["hard_currency_share"])
        if hard is None:
            assumed.append("hard_currency_share")
        if dscr is None:
            assumed.append("dscr")
        else:
            dscr_after = stressed_dscr(dscr, hard or NOTHING, fall)
        notches = currency_notches(dscr_after, hard or NOTHING)
    notches += scenario.notches.get(country, 0)
    grade = _text(row["rating"])
    floor = least_class(dscr_after) if dscr_after != dscr else None
    loan_class = _text(row["loan_class"])
    if floor is not None and loan_class is not None and RANK[loan_class] >= RANK[floor]:
        floor = None
    grade_after = _moved(grade, notches, settings.grades)
    lgd, lgd_after = _lgds(row, currency, country, (exposure, exposure_after), book, after, scenario, settings, falls)
    return StressedLine(
        str(row["line_id"]),
        _text(row["counterparty_name"]) or _text(row["counterparty_id"]),
        country,
        currency,
        exposure,
        exposure_after,
        dscr,
        dscr_after,
        notches,
        grade,
        grade_after,
        loan_class,
        floor,
        lgd,
        lgd_after,
        _loss(exposure, grade, lgd, settings.pd_scale),
        _loss(exposure_after, grade_after, lgd_after, settings.pd_scale),
        tuple(assumed),
    )


def _lgds(
    row: Mapping[str, Any],
    currency: str,
    country: str,
    exposures: tuple[Decimal, Decimal],
    book: Book,
    after: Book,
    scenario: Scenario,
    settings: CreditSettings,
    falls: Mapping[str, Decimal],
) -> tuple[Decimal | None, Decimal | None]:
    """Loss given default before and after; None without the bank's floor.

    A book does not say in which currency collateral is valued: it is taken to fall with the currency of the country
    where it lies, unless the line's own currency falls with it [choice].
    """
    value = row["collateral_value"]
    if settings.lgd_floor is None or pd.isna(value):
        return None, None
    floor = settings.lgd_floor / HUNDRED
    held, held_after = (one.convert(int(value), currency) or NOTHING for one in (book, after))
    place = _text(row["collateral_country"]) or country
    if not scenario.value_loss.get(currency):
        held_after *= ONE - falls.get(place, NOTHING)
    held_after *= ONE - scenario.collateral_loss.get(place, NOTHING) / HUNDRED
    return loss_given_default(exposures[0], held, floor), loss_given_default(exposures[1], held_after, floor)


def _moved(grade: str | None, notches: int, grades: Sequence[str]) -> str | None:
    """The grade so many notches down, at the last one at most; None where the bank's scale does not have it."""
    if grade is None or grade not in grades:
        return None
    return grades[min(len(grades) - 1, list(grades).index(grade) + notches)]


def _loss(exposure: Decimal, grade: str | None, lgd: Decimal | None, pd_scale: Mapping[str, Decimal]) -> Decimal | None:
    """`EAD × PD × LGD`; None where one of them is not known."""
    if grade is None or lgd is None or grade not in pd_scale:
        return None
    return exposure * pd_scale[grade] / HUNDRED * lgd


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def _number(value: Any) -> Decimal | None:
    """A float as the decimal that it was written as."""
    return None if pd.isna(value) else Decimal(repr(float(value)))
