"""The maturity ladder (期限阶梯): what is paid to the bank and what it pays, by days to contractual payment.

CALCULATIONS 4. Amounts are drawn ones; undrawn commitments enter only under stress. Derivatives and repo stand after
netting (CALCULATIONS 2), what the bank still owes on them among the liabilities.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from alerts.finding import Finding
from exposures import allocation, instalments, netting
from exposures.book import Book
from exposures.sums import EXACT, added, exact_sums

#: The buckets by the last of their days to contractual payment.
TENORS: tuple[tuple[str, int], ...] = (
    *(("overdue", -1), ("days_1", 1), ("days_7", 7), ("days_30", 30), ("days_90", 90), ("days_180", 180)),
    *(("days_365", 365), ("years_2", 730), ("years_5", 1826)),
)
#: Every bucket in the order in which it is shown.
BUCKETS = (*(name for name, _last in TENORS), "longer", "undated")
#: What is past due, and what has no date: shown, and in no cumulative gap.
OUTSIDE = ("overdue", "undated")
#: Owed on demand where a debt has no maturity [choice].
ON_DEMAND = ("deposit", "placement", "repo")
NOTHING = Decimal(0)


@lru_cache(100_000)
def tenor(days: int | None) -> str:
    """The bucket of a payment so many days away; None: it has no date."""
    if days is None:
        return "undated"
    return next((name for name, last in TENORS if days <= last), "longer")


@dataclass(frozen=True, slots=True)
class Rung:
    """One bucket in the book's currency; `liabilities`, `gap` and `cumulative` None where the book has no debts.

    `cumulative` runs from the shortest bucket and is None for what is overdue or undated.
    """

    bucket: str
    assets: Decimal
    liabilities: Decimal | None
    gap: Decimal | None
    cumulative: Decimal | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """All buckets of a book or of a part of it, and what had to be assumed.

    `bullet` lines are taken to be repaid at maturity, since the book names no instalments of theirs; `on_demand` debts
    have no maturity and are taken to be payable at once; `not_converted` lines have no rate and stand in no bucket.
    `set_off` is what netting takes off the claims, in the book's currency; `gross_sets` are kept gross, since not every
    line of theirs says that netting is enforceable.
    """

    reporting_date: date
    currency: str
    rungs: tuple[Rung, ...]
    bullet: int = 0
    on_demand: int = 0
    not_converted: int = 0
    set_off: Decimal = NOTHING
    gross_sets: tuple[str, ...] = ()

    @property
    def has_debts(self) -> bool:
        """Whether the book names what the bank owes."""
        return any(rung.liabilities is not None for rung in self.rungs)


def ladder(book: Book, *, country: str | None = None, currency: str | None = None) -> Ladder:
    """Both sides of a book by bucket; `country` (of who owes or is owed) and `currency` keep a part of it.

    Whether debts are supplied is asked of the whole book: a part without debts then owes nothing.
    """
    supplied = bool((book.lines["side"] == "liability").any())
    wanted = np.ones(len(book.lines), dtype=bool)
    for name, value in (("country", country), ("currency", currency)):
        if value is not None:
            wanted &= (book.lines[name] == value).to_numpy(dtype=bool)
    lines = book.lines if wanted.all() else book.lines[wanted]
    claims, debts_left = (
        netted(book.lines, book.rates, book.currency)[wanted] for netted in (netting.netted, netting.owed)
    )
    owed = (lines["side"] == "liability").to_numpy(dtype=bool)
    by_plan = instalments.scheduled(lines)
    due = _payments(lines, owed, by_plan, claims, debts_left)
    amount = np.zeros(len(lines), dtype=np.int64)
    np.add.at(amount, due["line"].to_numpy(), due["amount"].to_numpy())
    undated = lines["maturity"].isna().to_numpy()
    demand = owed & undated & ~by_plan & lines["instrument"].isin(ON_DEMAND).to_numpy(dtype=bool) & (amount != 0)
    buckets = _buckets(due["due"], book.reporting_date)
    places = due["line"].to_numpy()
    buckets[demand[places]] = BUCKETS.index("days_1")
    placed = pd.DataFrame(
        {
            "bucket": pd.array(np.array(BUCKETS)[buckets], dtype="str"),
            "currency": lines["currency"].to_numpy()[places],
            "amount": due["amount"].to_numpy(),
            "line": places,
        }
    )
    is_debt = due["owed"].to_numpy(dtype=bool)
    assets, lost = _sums(book, placed[~is_debt])
    debts, lost_debts = _sums(book, placed[is_debt]) if supplied else ({}, set())
    return Ladder(
        book.reporting_date,
        book.currency,
        rungs(assets, debts if supplied else None),
        int((~undated & ~by_plan & (amount != 0)).sum()),
        int(demand.sum()),
        len(lost | lost_debts),
        _set_off(book, lines, claims),
        netting.gross(lines),
    )


def _set_off(book: Book, lines: pd.DataFrame, claims: npt.NDArray[np.int64]) -> Decimal:
    reduced = netting.set_off(lines, claims)
    some = np.flatnonzero(reduced)
    amounts = (
        book.convert(int(minor), str(code))
        for minor, code in zip(reduced[some].tolist(), lines["currency"].iloc[some], strict=True)
    )
    return added(amount for amount in amounts if amount is not None)


def rungs(assets: Mapping[str, Decimal], debts: Mapping[str, Decimal] | None) -> tuple[Rung, ...]:
    """Gap and cumulative gap by bucket; `debts` None: not supplied, so that there is no gap to show."""
    made: list[Rung] = []
    running = NOTHING
    for bucket in BUCKETS:
        have = assets.get(bucket, NOTHING)
        if debts is None:
            made.append(Rung(bucket, have, None, None, None))
            continue
        owe = debts.get(bucket, NOTHING)
        gap = EXACT.subtract(have, owe)
        if bucket in OUTSIDE:
            made.append(Rung(bucket, have, owe, gap, None))
        else:
            running = EXACT.add(running, gap)
            made.append(Rung(bucket, have, owe, gap, running))
    return tuple(made)


def finding(ladder: Ladder) -> Finding:
    """Is the bank short, and until when? The deepest cumulative gap within a year, or what falls due in 30 days."""
    soon = added(rung.assets for rung in ladder.rungs if rung.bucket in ("days_1", "days_7", "days_30"))
    overdue = next(rung.assets for rung in ladder.rungs if rung.bucket == "overdue")
    values = {"currency": ladder.currency, "due": soon, "overdue": overdue}
    if not any(rung.assets or rung.liabilities for rung in ladder.rungs):
        return Finding("book.ladder.empty", values)
    if not ladder.has_debts:
        return Finding("book.ladder.no_debts", values)
    year = [rung for rung in ladder.rungs if rung.cumulative is not None][: BUCKETS.index("days_365")]
    short = [rung for rung in year if rung.cumulative is not None and rung.cumulative < 0]
    if not short:
        begun = next(place for place, rung in enumerate(year) if rung.assets or rung.liabilities or rung is year[-1])
        least = min(year[begun:], key=_cumulative)
        return Finding("book.ladder.covered", values | {"bucket": least.bucket, "amount": least.cumulative})
    deepest = min(short, key=_cumulative)
    found = values | {"bucket": deepest.bucket, "amount": -_cumulative(deepest), "first": short[0].bucket}
    return Finding("book.ladder.short", found)


def due(ladder: Ladder) -> Finding:
    """When is it due? What is overdue, else what comes in within 30 days, else the first bucket with anything."""
    soon = added(rung.assets for rung in ladder.rungs if rung.bucket in ("days_1", "days_7", "days_30"))
    values = {"currency": ladder.currency, "due": soon, "overdue": ladder.rungs[0].assets}
    filled = [rung for rung in ladder.rungs if rung.assets]
    if not filled:
        return Finding("book.due_from.nothing", values)
    if ladder.rungs[0].assets:
        return Finding("book.due_from.overdue", values)
    if soon:
        return Finding("book.due_from.soon", values)
    return Finding("book.due_from.later", values | {"bucket": filled[0].bucket, "amount": filled[0].assets})


def _cumulative(rung: Rung) -> Decimal:
    return rung.cumulative if rung.cumulative is not None else NOTHING


def _payments(
    lines: pd.DataFrame,
    owed: npt.NDArray[np.bool_],
    by_plan: npt.NDArray[np.bool_],
    claims: npt.NDArray[np.int64],
    debts: npt.NDArray[np.int64],
) -> pd.DataFrame:
    """Every payment of every line: columns line (place), due, amount in minor units and owed (by the bank).

    Principal by instalments where the book names them, accrued interest with the first of them; all else at maturity.
    `claims` and `debts` are what derivatives and repo come to after netting.
    """
    principal = allocation.amounts(lines, "outstanding")
    interest = allocation.amounts(lines, "accrued_interest")
    maturity = lines["maturity"].to_numpy()
    own = np.where(by_plan, 0, principal + interest)
    whole = pd.DataFrame(
        {
            "line": np.arange(len(lines)),
            "due": maturity,
            "amount": own + np.where(owed, debts, claims),
            "owed": owed,
        }
    )
    other = np.flatnonzero(
        np.where(owed, claims, debts)
    )  # a derivative of one side that is worth something on the other
    parts = [whole]
    if len(other):
        amounts = np.where(owed, claims, debts)[other]
        parts.append(pd.DataFrame({"line": other, "due": maturity[other], "amount": amounts, "owed": ~owed[other]}))
    if by_plan.any():
        places = np.flatnonzero(by_plan)
        plan = instalments.payments(lines.iloc[places])
        plan["line"] = places[plan["line"].to_numpy()]
        first = lines["next_instalment"].to_numpy()[places]
        accrued = pd.DataFrame({"line": places, "due": first, "amount": interest[places]})
        by_dates = pd.concat([plan, accrued[accrued["amount"] != 0]], ignore_index=True)
        parts.append(by_dates.assign(owed=owed[by_dates["line"].to_numpy()]))
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _buckets(maturity: pd.Series, on: date) -> npt.NDArray[np.int64]:
    """The place of each payment's bucket in BUCKETS."""
    days = (maturity - pd.Timestamp(on)).dt.days.to_numpy(dtype=float, na_value=np.inf)
    places = np.searchsorted(np.array([last for _name, last in TENORS], dtype=float), days, side="left")
    return np.where(np.isinf(days), BUCKETS.index("undated"), places).astype(np.int64)


def _sums(book: Book, placed: pd.DataFrame) -> tuple[dict[str, Decimal], set[int]]:
    """By bucket in the book's currency, summed in minor units first; and the places of lines without a rate."""
    sums: dict[str, Decimal] = {}
    lost: set[int] = set()
    groups: Iterable[tuple[tuple[str | None, ...], tuple[int, ...], int]]
    groups = exact_sums(placed, ["bucket", "currency"], ["amount"]) if len(placed) else ()
    for (bucket, code), (minor,), _count in groups:
        if bucket is None or code is None or book.rate(code) is None:
            here = (placed["bucket"] == bucket) & (
                placed["currency"].isna() if code is None else placed["currency"] == code
            )
            lost |= set(placed.loc[here.to_numpy(dtype=bool), "line"])
            continue
        sums[bucket] = EXACT.add(sums.get(bucket, NOTHING), book.convert(minor, code) or NOTHING)
    return sums, lost
