"""Checks of the five-category class (五级分类) against days past due, stage and the debtor's other claims.

The program proposes and never overwrites a class. Minimum class by days past due: the 2023 risk-classification
measure, read in secondary sources.
"""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd

from exposures.exposure import CLASSES

RANK = {name: rank for rank, name in enumerate(CLASSES)}
PASS, SPECIAL_MENTION, SUBSTANDARD = RANK["pass"], RANK["special_mention"], RANK["substandard"]
#: Days past due from which the class can be no better than the one named.
MINIMUM_BY_DAYS = ((361, "loss"), (271, "doubtful"), (91, "substandard"), (1, "special_mention"), (0, "pass"))
#: Above this share of a non-retail debtor's claims non-performing, all of them are at least substandard.
DEBTOR_SHARE = Decimal(10)


@dataclass(frozen=True, slots=True)
class ClassFinding:
    """One check that a line fails, with both values; `minimum` is the class it calls for, if it calls for one.

    Cases: below_minimum (class, days), debtor_share (class, share of the debtor's claims in percent),
    stage_1_late (stage, days), not_stage_3_late (stage, days), not_stage_3_class (stage, class),
    stage_3_pass (stage, class).
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


def class_findings(lines: pd.DataFrame, subjects: pd.Series, drawn: pd.Series) -> list[ClassFinding]:
    """Every failed check of the lines given (live asset lines of whole debtors); `drawn` in one currency.

    `position` counts rows from 0. A line without class, days or stage is not checked on what it lacks.
    """
    ranks = class_ranks(lines)
    days = lines["days_past_due"].fillna(-1).to_numpy(dtype=np.int64)
    stages = lines["ifrs_stage"].fillna(-1).to_numpy(dtype=np.int64)
    minimum = np.select([days >= least for least, _ in MINIMUM_BY_DAYS], [RANK[c] for _, c in MINIMUM_BY_DAYS], -1)
    classed, staged = ranks >= 0, stages >= 0
    found: list[ClassFinding] = []

    def add(case: str, failing: npt.NDArray[np.bool_], value: npt.NDArray[np.int64], by_class: bool) -> None:
        for position in np.flatnonzero(failing):
            if case == "below_minimum":
                own, against, least = CLASSES[ranks[position]], str(days[position]), CLASSES[minimum[position]]
                found.append(ClassFinding(case, int(position), own, against, least))
            else:
                against = CLASSES[value[position]] if by_class else str(value[position])
                found.append(ClassFinding(case, int(position), str(stages[position]), against))

    add("below_minimum", classed & (days >= 0) & (ranks < minimum), days, False)
    add("stage_1_late", (stages == 1) & (days > 30) & (days <= 90), days, False)
    add("not_stage_3_late", staged & (stages < 3) & (days > 90), days, False)
    add("not_stage_3_class", staged & (stages < 3) & (ranks >= SUBSTANDARD), ranks, True)
    add("stage_3_pass", (stages == 3) & (ranks == PASS), ranks, True)
    found.extend(_debtor_findings(lines, subjects, drawn, ranks))
    return found


def _debtor_findings(
    lines: pd.DataFrame, subjects: pd.Series, drawn: pd.Series, ranks: npt.NDArray[np.int64]
) -> list[ClassFinding]:
    retail = lines["sector"].eq("household").fillna(False).to_numpy(dtype=bool)
    claims = pd.DataFrame(
        {"subject": subjects.to_numpy(), "all": drawn.to_numpy(), "bad": np.where(ranks >= SUBSTANDARD, drawn, 0)}
    )
    sums = claims.groupby("subject", sort=False)[["all", "bad"]].transform("sum")
    # Compared as whole numbers, so that exactly 10 % is not "more than".
    over = (sums["bad"] * 100 > sums["all"] * int(DEBTOR_SHARE)).to_numpy()
    failing = over & ~retail & (ranks >= 0) & (ranks < SUBSTANDARD)
    bad, whole = sums["bad"].tolist(), sums["all"].tolist()
    return [
        ClassFinding(
            "debtor_share",
            int(position),
            CLASSES[ranks[position]],
            format(Decimal(bad[position]) * 100 / Decimal(whole[position]), "f"),
            "substandard",
        )
        for position in np.flatnonzero(failing)
    ]
