"""Checks of the five-category class (五级分类) against days past due, stage and the debtor's other claims.

The program proposes and never overwrites a class. Minimum class by days past due: the 2023 risk-classification
measure, read in secondary sources.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.class_rules import ACROSS_BANKS, BLANK, ClassRules
from exposures.exposure import CLASSES

#: What `class_checks` reads of a line, beside what it owes and the columns of the bank's rules.
CHECKED = ("loan_class", "days_past_due", "ifrs_stage", "sector")
RANK = {name: rank for rank, name in enumerate(CLASSES)}
PASS, SPECIAL_MENTION, SUBSTANDARD = RANK["pass"], RANK["special_mention"], RANK["substandard"]
#: Days past due from which the class can be no better than the one named.
MINIMUM_BY_DAYS = ((361, "loss"), (271, "doubtful"), (91, "substandard"), (1, "special_mention"), (0, "pass"))
#: Above this share of a non-retail debtor's claims non-performing, all of them are at least substandard.
DEBTOR_SHARE = Decimal(10)


#: Every check, by the case of its finding.
CASES = (
    "below_minimum", "stage_1_late", "not_stage_3_late", "not_stage_3_class", "stage_3_pass", "debtor_share",
    "below_level", "across_banks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClassFinding:
    """One check that a line fails, with both values; `minimum` is the class it calls for, if it calls for one.

    Cases: below_minimum (class, days), debtor_share (class, share of the debtor's claims in percent),
    stage_1_late (stage, days), not_stage_3_late (stage, days), not_stage_3_class (stage, class),
    stage_3_pass (stage, class), below_level (class, level of the immediate country's risk), across_banks (class, share
    of the debtor's debt across banks over 90 days late in percent). The last two only by the bank's own rules.
    """

    case: str
    position: int
    value: str
    against: str
    minimum: str | None = None


def minimum_class(days: int) -> str:
    """The best class a claim can have that is `days` (≥ 0) past due."""
    return next(name for least, name in MINIMUM_BY_DAYS if days >= least)


def is_non_performing(loan_class: str | None) -> bool:
    """Substandard, doubtful or loss (不良)."""
    return loan_class is not None and RANK[loan_class] >= SUBSTANDARD


def class_ranks(lines: pd.DataFrame) -> npt.NDArray[np.int64]:
    """The class of every line as its place in CLASSES, −1 where the book gives none."""
    return np.asarray(lines["loan_class"].map(RANK).fillna(-1), dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Failing:
    """One check and the lines that fail it, from row 0: values by `finding`, made only for whom it is asked."""

    case: str
    positions: npt.NDArray[np.int64]
    value: Callable[[int], str]
    against: Callable[[int], str]
    minimum: Callable[[int], str | None] = lambda position: None

    def finding(self, position: int) -> ClassFinding:
        """The finding of one of its lines."""
        return ClassFinding(self.case, position, self.value(position), self.against(position), self.minimum(position))


def class_findings(
    lines: pd.DataFrame, subjects: pd.Series, drawn: npt.NDArray[Any], rules: ClassRules = BLANK
) -> list[ClassFinding]:
    """Every failed check of the lines given (live asset lines of whole debtors); `drawn` in one currency.

    `position` counts rows from 0. A line without class, days or stage is not checked on what it lacks.
    """
    owing, names = pd.factorize(subjects)
    checks = class_checks(lines, owing, drawn, rules=rules, names=list(names) if rules.across_banks else ())
    return [check.finding(position) for check in checks for position in check.positions.tolist()]


def class_checks(
    lines: pd.DataFrame,
    subjects: npt.NDArray[np.intp],
    drawn: npt.NDArray[np.int64],
    ranks: npt.NDArray[np.int64] | None = None,
    *,
    rules: ClassRules = BLANK,
    names: Sequence[str] = (),
) -> tuple[Failing, ...]:
    """The same by check, in their order; `subjects` are numbers from 0 that tell debtors apart, `ranks` the classes
    where they are known already, `names` what the numbers stand for. A check whose rules are blank is left out.
    """
    ranks = class_ranks(lines) if ranks is None else ranks
    days = lines["days_past_due"].fillna(-1).to_numpy(dtype=np.int64)
    stages = lines["ifrs_stage"].fillna(-1).to_numpy(dtype=np.int64)
    minimum = np.select([days >= least for least, _ in MINIMUM_BY_DAYS], [RANK[c] for _, c in MINIMUM_BY_DAYS], -1)
    classed, staged = ranks >= 0, stages >= 0

    def told(failing: npt.NDArray[np.bool_], case: str, *, by_class: bool) -> Failing:
        """A stage that fits badly to days past due or to the class."""
        against = (lambda at: CLASSES[ranks.item(at)]) if by_class else (lambda at: str(days.item(at)))
        return Failing(case, np.flatnonzero(failing), lambda at: str(stages.item(at)), against)

    return (
        Failing(
            "below_minimum",
            np.flatnonzero(classed & (days >= 0) & (ranks < minimum)),
            lambda at: CLASSES[ranks.item(at)],
            lambda at: str(days.item(at)),
            lambda at: CLASSES[minimum.item(at)],
        ),
        told((stages == 1) & (days > 30) & (days <= 90), "stage_1_late", by_class=False),
        told(staged & (stages < 3) & (days > 90), "not_stage_3_late", by_class=False),
        told(staged & (stages < 3) & (ranks >= SUBSTANDARD), "not_stage_3_class", by_class=True),
        told((stages == 3) & (ranks == PASS), "stage_3_pass", by_class=True),
        _debtor_share(lines, subjects, drawn, ranks),
        *_by_rules(lines, subjects, ranks, rules, names),
    )


def _by_rules(
    lines: pd.DataFrame,
    subjects: npt.NDArray[np.intp],
    ranks: npt.NDArray[np.int64],
    rules: ClassRules,
    names: Sequence[str],
) -> Iterator[Failing]:
    """Class against the level of the country and against what the debtor owes late elsewhere."""
    if rules.by_country:
        countries = lines["country"]
        least = {country: RANK[name] for country, name in rules.by_country.items()}
        minimum = countries.map(least).fillna(-1).to_numpy(dtype=np.int64)
        yield Failing(
            "below_level",
            np.flatnonzero((ranks >= 0) & (ranks < minimum)),
            lambda at: CLASSES[ranks[at]],
            lambda at: rules.levels[str(countries.iloc[at])],
            lambda at: CLASSES[minimum[at]],
        )
    if rules.across_banks:
        shares = [rules.across_banks.get(name) for name in names]
        # The last place is of lines that do not say who owes.
        late = np.array([*(share is not None and share > ACROSS_BANKS for share in shares), False])
        yield Failing(
            "across_banks",
            np.flatnonzero(late[subjects] & ~_retail(lines) & (ranks >= 0) & (ranks < SUBSTANDARD)),
            lambda at: CLASSES[ranks[at]],
            lambda at: format(rules.across_banks[names[subjects[at]]], "f"),
            lambda at: "substandard",
        )


def _retail(lines: pd.DataFrame) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = lines["sector"].eq("household").fillna(False).to_numpy(dtype=bool)
    return found


def _debtor_share(
    lines: pd.DataFrame,
    subjects: npt.NDArray[np.intp],
    drawn: npt.NDArray[np.int64],
    ranks: npt.NDArray[np.int64],
) -> Failing:
    claims = pd.DataFrame({"all": drawn, "bad": np.where(ranks >= SUBSTANDARD, drawn, 0)})
    sums = claims.groupby(subjects, sort=False)[["all", "bad"]].transform("sum")
    whole, bad = sums["all"].to_numpy(), sums["bad"].to_numpy()
    # Compared as whole numbers, so that exactly 10 % is not "more than".
    over = bad * 100 > whole * int(DEBTOR_SHARE)
    return Failing(
        "debtor_share",
        np.flatnonzero(over & ~_retail(lines) & (ranks >= 0) & (ranks < SUBSTANDARD)),
        lambda at: CLASSES[ranks.item(at)],
        lambda at: format(Decimal(bad.item(at)) * 100 / Decimal(whole.item(at)), "f"),
        lambda at: "substandard",
    )
