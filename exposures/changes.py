"""What changed from one book to the next: line by line, by country, group and entity, and a bridge of the total.

The bridge separates exchange rates from volume: what was owed before is revalued at the new book's rates (FX), and
everything people did is counted at those rates (volume). Sums are exact: integers per currency, then decimals.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

import numpy as np
import pandas as pd

from alerts.finding import Finding
from exposures.book import Basis, Book, Dimension, Measure
from exposures.classification import RANK
from exposures.currencies import from_minor
from exposures.sums import EXACT, added, exact_sums


class Kind(StrEnum):
    """What became of a line, in the order of the bridge."""

    NEW = "new"
    GROWN = "grown"
    SHRUNK = "shrunk"
    MATURED = "matured"  # gone, or nothing left of it, and due no later than the new book
    GONE = "gone"
    SAME = "same"


#: What a book's changes can be split by, and the column of a line that says it.
BY = {Dimension.COUNTRY: "country", Dimension.GROUP: "group_id", Dimension.ENTITY: "booking_entity"}
#: The column that says where a line stood before.
_WAS = {column: f"{column}_was" for column in BY.values()}
#: Columns of `Changed.lines`.
COLUMNS = (
    *("line_id", "counterparty_name", "country", "group_id", "booking_entity", "kind"),
    *("currency_before", "before", "currency_after", "after"),
    *("class_before", "class_after", "rating_before", "rating_after"),
)


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the total before to the total after, in the book's currency.

    `fx` is what was owed before, revalued; `parts` the volume by kind at the new rates; `rates` what came into or fell
    out of the total because a currency gained or lost its rate.
    """

    before: Decimal
    after: Decimal
    fx: Decimal
    parts: Mapping[Kind, Decimal]
    rates: Decimal

    @property
    def volume(self) -> Decimal:
        """What people did: every kind added up."""
        return added(self.parts.values())

    @property
    def difference(self) -> Decimal:
        """What the bridge leaves unexplained: nothing but the last digits of a division."""
        explained = added((self.before, self.fx, self.volume, self.rates))
        return EXACT.subtract(self.after, explained)


@dataclass(frozen=True, slots=True)
class Row:
    """One country, group or entity (None: the lines do not say): amounts in the book's currency."""

    key: str | None
    lines: int
    before: Decimal
    after: Decimal
    fx: Decimal

    @property
    def change(self) -> Decimal:
        """After less before."""
        return EXACT.subtract(self.after, self.before)

    @property
    def volume(self) -> Decimal:
        """The change without exchange rates."""
        return EXACT.subtract(self.change, self.fx)


@dataclass(frozen=True)
class Changed:
    """Two books compared. `lines` are those that changed in any way, columns COLUMNS; amounts in minor units.

    Beside them `regraded`, `reclassified` (ranks, worse above 0), `moved` (to another country, group or entity) and
    where a line was before, as `country_was`. `counts`: lines by Kind, and under regraded, class_worse, class_better
    and moved those whose rating, class or place changed.
    """

    before: date
    after: date
    before_batch: int
    after_batch: int
    currency: str
    measure: Measure
    bridge: Bridge
    by: Mapping[Dimension, tuple[Row, ...]]
    counts: Mapping[str, int]
    lines: pd.DataFrame


def compare(old: Book, new: Book, measure: Measure = Measure.DRAWN_UNDRAWN) -> Changed:
    """The claims of two books, matched by line number; both in the new book's currency."""
    joined = _joined(old, new, measure)
    legs = _legs(joined)
    lines = joined[
        ((joined["kind"] != Kind.SAME) | joined["regraded"] | (joined["reclassified"] != 0) | joined["moved"]).to_numpy(
            dtype=bool
        )
    ]
    counts = {kind.value: int((joined["kind"] == kind).sum()) for kind in Kind}
    counts["regraded"] = int(joined["regraded"].sum())
    counts["class_worse"] = int((joined["reclassified"] > 0).sum())
    counts["class_better"] = int((joined["reclassified"] < 0).sum())
    counts["moved"] = int(joined["moved"].sum())
    return Changed(
        old.reporting_date,
        new.reporting_date,
        old.batch,
        new.batch,
        new.currency,
        measure,
        _bridge(legs, old, new),
        {dimension: _rows(legs, old, new, column) for dimension, column in BY.items()},
        counts,
        lines[[*COLUMNS, "regraded", "reclassified", "moved", *_WAS.values()]].reset_index(drop=True),
    )


def _amounts(book: Book, measure: Measure) -> pd.DataFrame:
    """Every claim's amount and what is compared of it, by line number."""
    pieces = book.pieces(Basis.IMMEDIATE)
    amount = pieces[list(measure.components)].to_numpy(dtype=np.int64).sum(axis=1)
    total = np.zeros(len(book.claims), dtype=np.int64)
    np.add.at(total, pieces["line"].to_numpy(), amount)
    kept = [*("line_id", "counterparty_name", "currency", "maturity", "loan_class", "rating"), *BY.values()]
    return book.claims[kept].assign(amount=total).set_index("line_id")


def _joined(old: Book, new: Book, measure: Measure) -> pd.DataFrame:
    before, after = _amounts(old, measure), _amounts(new, measure)
    both = before.add_suffix("_before").join(after.add_suffix("_after"), how="outer")
    was, now = both.index.isin(before.index), both.index.isin(after.index)
    minor = {end: both[f"amount_{end}"].fillna(0).astype("int64") for end in ("before", "after")}
    joined = pd.DataFrame({"line_id": both.index, "before": minor["before"], "after": minor["after"]}, index=both.index)
    for name in ("counterparty_name", *BY.values()):
        joined[name] = both[f"{name}_after"].where(now, both[f"{name}_before"])
    joined["moved"] = False
    for name, before_it in _WAS.items():  # a line of one book only has not moved
        joined[before_it] = both[f"{name}_before"].where(was, both[f"{name}_after"])
        joined["moved"] |= joined[before_it].fillna("") != joined[name].fillna("")
    joined["moved"] &= ((joined["before"] != 0) | (joined["after"] != 0)).to_numpy(dtype=bool)
    for name, column in (("currency", "currency"), ("class", "loan_class"), ("rating", "rating")):
        for end in ("before", "after"):
            joined[f"{name}_{end}"] = both[f"{column}_{end}"]
    same_money = (joined["currency_before"] == joined["currency_after"]).to_numpy(dtype=bool)
    due = both["maturity_before"].fillna(both["maturity_after"])
    ended = (due <= pd.Timestamp(new.reporting_date)).to_numpy(dtype=bool) & (joined["after"] == 0).to_numpy()
    moved = (joined["after"] - joined["before"]).to_numpy(copy=True)
    # A line whose currency changed is a new amount in place of an old one; by its sign in the book's currency.
    for place in np.flatnonzero(was & now & ~same_money):
        moved[place] = _direction(joined.iloc[place], new)
    kind = np.select(
        [was & ended & (joined["before"] != 0).to_numpy(), was & ~now, now & ~was, moved > 0, moved < 0],
        [Kind.MATURED, Kind.GONE, Kind.NEW, Kind.GROWN, Kind.SHRUNK],
        Kind.SAME,
    )
    joined["kind"] = kind
    graded = joined["rating_before"].notna() & joined["rating_after"].notna()
    joined["regraded"] = graded & (joined["rating_before"] != joined["rating_after"]).fillna(False).astype(bool)
    ranks = [joined[f"class_{end}"].map(RANK) for end in ("before", "after")]
    joined["reclassified"] = (ranks[1] - ranks[0]).fillna(0).astype("int64")
    return joined


def _direction(line: "pd.Series[object]", new: Book) -> int:
    """Up or down at the new rates; an amount without a rate is in no total, so it counts as nothing here too."""
    before = new.convert(int(str(line["before"])), str(line["currency_before"])) or Decimal(0)
    after = new.convert(int(str(line["after"])), str(line["currency_after"])) or Decimal(0)
    return int(after > before) - int(after < before)


def _legs(joined: pd.DataFrame) -> pd.DataFrame:
    """One row per line and currency: a line that changed its currency has one for each."""
    columns = ["kind", *BY.values(), *_WAS.values()]
    first = joined["currency_before"].fillna(joined["currency_after"])
    number = pd.Series(np.arange(len(joined)), index=joined.index)
    # "==" of two missing texts is missing, hence false: a line of one book only has a single leg in its own currency.
    switched = (
        joined["currency_before"].notna()
        & joined["currency_after"].notna()
        & (joined["currency_before"] != joined["currency_after"]).fillna(False).astype(bool)
    )
    whole = joined[columns].assign(
        currency=first, before=joined["before"], after=joined["after"].where(~switched, 0), line=number
    )
    second = joined[columns].assign(currency=joined["currency_after"], before=0, after=joined["after"], line=number)
    return pd.concat([whole, second[switched.to_numpy(dtype=bool)]], ignore_index=True)


def _valued(
    legs: pd.DataFrame, by: list[str], old: Book, new: Book
) -> Iterable[tuple[tuple[str | None, ...], int, Decimal, Decimal, Decimal, Decimal]]:
    """Per key: lines, before at the old rates, after at the new, FX, and the effect of rates gained or lost."""
    for (*key, currency), (before, after), count in exact_sums(legs, [*by, "currency"], ["before", "after"]):
        if currency is None:
            continue
        was, now = old.rate(currency), new.rate(currency)
        held, given = from_minor(before, currency), from_minor(after, currency)
        first = Decimal(0) if was is None else EXACT.multiply(held, was)
        last = Decimal(0) if now is None else EXACT.multiply(given, now)
        if was is None or now is None:
            yield tuple(key), count, first, last, Decimal(0), EXACT.subtract(last, first)
        else:
            yield tuple(key), count, first, last, EXACT.subtract(EXACT.multiply(held, now), first), Decimal(0)


def _bridge(legs: pd.DataFrame, old: Book, new: Book) -> Bridge:
    before = after = fx = rates = Decimal(0)
    parts: dict[Kind, Decimal] = {kind: Decimal(0) for kind in Kind if kind is not Kind.SAME}
    for (kind,), _, first, last, revalued, unrated in _valued(legs, ["kind"], old, new):
        before, after = EXACT.add(before, first), EXACT.add(after, last)
        fx, rates = EXACT.add(fx, revalued), EXACT.add(rates, unrated)
        if kind is not None and Kind(kind) in parts:
            volume = EXACT.subtract(last, added((first, revalued, unrated)))
            parts[Kind(kind)] = EXACT.add(parts[Kind(kind)], volume)
    return Bridge(before, after, fx, parts, rates)


def _rows(legs: pd.DataFrame, old: Book, new: Book, column: str) -> tuple[Row, ...]:
    """What was owed stands where it stood before, so that each row's sum before is that of the earlier book."""
    away = (legs[_WAS[column]].fillna("") != legs[column].fillna("")).to_numpy(dtype=bool)
    if away.any():
        left = legs[away].assign(after=0, **{column: legs.loc[away, _WAS[column]]})
        legs = pd.concat([legs.assign(before=legs["before"].where(~away, 0)), left], ignore_index=True)
    sums: dict[str | None, tuple[int, Decimal, Decimal, Decimal]] = {}
    for (key,), count, first, last, revalued, _ in _valued(legs, [column], old, new):
        held = sums.get(key, (0, Decimal(0), Decimal(0), Decimal(0)))
        amounts = (EXACT.add(a, b) for a, b in zip(held[1:], (first, last, revalued), strict=True))
        sums[key] = (held[0] + count, *amounts)  # type: ignore[assignment]
    rows = [Row(key, *values) for key, values in sums.items()]
    return tuple(sorted(rows, key=lambda row: (-abs(row.change), row.key or "\uffff")))


def why(changed: Changed | None) -> tuple[Finding, ...]:
    """Why did the total change? The total, then volume against exchange rates; then quality."""
    if changed is None:
        return (Finding("changes.one_book"),)
    bridge = changed.bridge
    move = EXACT.subtract(bridge.after, bridge.before)
    values = {
        "since": changed.before,
        "after": bridge.after,
        "change": move,
        "volume": bridge.volume,
        "fx": bridge.fx,
        "currency": changed.currency,
    }
    if not len(changed.lines) and move == 0:
        return (Finding("changes.none", values),)
    if move == 0:
        first = Finding("changes.level", values)
    else:
        first = Finding("changes.grew" if move > 0 else "changes.shrank", values)
    return (first, *quality(changed))


def quality(changed: Changed) -> tuple[Finding, ...]:
    """Lines classed lower or higher, else ratings that changed; and lines that moved. Nothing where none did."""
    found = _graded(changed)
    moved = changed.counts["moved"]
    return (*found, Finding("changes.moved", {"lines": moved})) if moved else found


def _graded(changed: Changed) -> tuple[Finding, ...]:
    worse, better = changed.counts["class_worse"], changed.counts["class_better"]
    if worse and better:
        return (Finding("changes.class_both", {"worse": worse, "better": better}),)
    if worse or better:
        return (Finding("changes.class_worse" if worse else "changes.class_better", {"lines": worse or better}),)
    if changed.counts["regraded"]:
        return (Finding("changes.regraded", {"lines": changed.counts["regraded"]}),)
    return ()
