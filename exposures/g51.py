"""A table in the shape of the return G51 (国别风险敞口及拨备统计表): claims and liabilities by country in 万元.

Every amount is the renminbi equivalent at the book's dated rates, which the bank replaces by the rates of the period's
end that the return asks for; the return's own cells and their numbers are not reproduced here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pandas as pd

from alerts.finding import Finding
from exposures.allocation import COMPONENTS
from exposures.book import Basis, Book
from exposures.country_risk import CountryRisk
from exposures.currencies import from_minor
from exposures.sums import EXACT, added, exact_sums

NOTHING = Decimal(0)
#: 万元, to two decimals.
WAN, CENT = Decimal(10_000), Decimal("0.01")
RENMINBI = "CNY"
#: Claims due within so many days of the reporting date stand apart.
YEAR = 365
_SECTORS: Mapping[str, str] = {"sovereign": "sovereign", "central_bank": "sovereign", "bank": "bank"}


@dataclass(frozen=True, slots=True)
class Row:
    """One country or region (None: the lines do not say), all amounts in renminbi.

    On the immediate basis: `on_balance` (drawn, interest, derivatives and repo), `off_balance` (undrawn and
    contingent), and of both together what is owed by `sovereign`, `bank` and `other` debtors and what is `short` (due
    within a year or overdue; undated is not). `outward` and `inward` lead to the guarantor basis. `liabilities` are
    owed to creditors there and reduce no claim. Reserves are None where a setting is missing.
    """

    country: str | None
    on_balance: Decimal = NOTHING
    off_balance: Decimal = NOTHING
    sovereign: Decimal = NOTHING
    bank: Decimal = NOTHING
    other: Decimal = NOTHING
    short: Decimal = NOTHING
    outward: Decimal = NOTHING
    inward: Decimal = NOTHING
    liabilities: Decimal = NOTHING
    level: str | None = None
    required: Decimal | None = None
    held: Decimal | None = None

    @property
    def immediate(self) -> Decimal:
        """Claims on the immediate basis."""
        return EXACT.add(self.on_balance, self.off_balance)

    @property
    def guarantor(self) -> Decimal:
        """`guarantor(c) = immediate(c) − outward(c) + inward(c)`."""
        return added((self.immediate, -self.outward, self.inward))


#: The amounts of a row in their order.
AMOUNTS = tuple(field.name for field in fields(Row) if field.name not in ("country", "level", "required", "held"))


@dataclass(frozen=True, slots=True)
class Table:
    """Every country, the largest on the guarantor basis first, and their sum; `not_converted` lines stand in none."""

    rows: tuple[Row, ...]
    total: Row
    not_converted: int = 0

    @property
    def ties(self) -> bool:
        """Both bases have the same total."""
        return self.total.immediate == self.total.guarantor


def wan(amount: Decimal | None) -> Decimal | None:
    """An amount in 万元, rounded half to even at two decimals, as it is shown; never for sums."""
    return None if amount is None else EXACT.divide(amount, WAN).quantize(CENT, ROUND_HALF_EVEN)


def table(book: Book, risks: Mapping[str, CountryRisk] | None = None) -> Table | None:
    """The table of a book, or None where it has no rate for the renminbi; `risks` by country in the book's currency."""
    if not book.rate(RENMINBI):
        return None
    in_renminbi = replace(book, currency=RENMINBI)
    sums: dict[str | None, dict[str, Decimal]] = {}
    _claims(in_renminbi, sums)
    _transfers(in_renminbi, sums)
    lost = _debts(in_renminbi, sums) + sum(one.lines for one in in_renminbi.not_converted())
    rows = []
    for country, amounts in sums.items():
        made = Row(country, *(amounts[name] for name in AMOUNTS))  # type: ignore[arg-type]
        risk = (risks or {}).get(country or "")
        rows.append(made if risk is None else _with_reserves(made, risk, in_renminbi.rate(book.currency)))
    rows.sort(key=lambda row: (-row.guarantor, -row.immediate, -row.liabilities, row.country or "~"))
    total = Row(None, *(added(getattr(row, name) for row in rows) for name in AMOUNTS))  # type: ignore[arg-type]
    return Table(tuple(rows), total, lost)


def finding(found: Table | None) -> Finding:
    """What would the return say? The largest claims and the largest debts, or why there is no table."""
    if found is None:
        return Finding("book.g51.no_rate")
    named = [row for row in found.rows if row.country is not None]
    if not named:
        return Finding("book.g51.empty")
    largest = max(named, key=lambda row: row.guarantor)
    funding = max(named, key=lambda row: row.liabilities)
    values = {"country": largest.country, "amount": wan(largest.guarantor), "countries": len(named)}
    if not funding.liabilities:
        return Finding("book.g51.claims", values)
    return Finding("book.g51.both", values | {"funding": funding.country, "debts": wan(funding.liabilities)})


def _with_reserves(row: Row, risk: CountryRisk, rate: Decimal | None) -> Row:
    required, held = (
        None if value is None or rate is None else EXACT.multiply(value, rate) for value in (risk.required, risk.held)
    )
    return replace(row, level=risk.level, required=required, held=held)


def _claims(book: Book, sums: dict[str | None, dict[str, Decimal]]) -> None:
    pieces = book.pieces(Basis.IMMEDIATE)
    claims = book.claims
    place = pieces["line"].to_numpy()
    days = (claims["maturity"] - pd.Timestamp(book.reporting_date)).dt.days.to_numpy(dtype=float, na_value=np.inf)
    sector = [_SECTORS.get(str(value), "other") for value in claims["sector"].to_numpy(dtype=object)]
    frame = pieces.assign(
        currency=claims["currency"].to_numpy(dtype=object)[place],
        sector=np.array(sector, dtype=object)[place] if len(claims) else [],
        soon=np.where(days <= YEAR, "yes", "no")[place],
    )
    for (country, code, kind, soon), minor, _count in exact_sums(
        frame, ["country", "currency", "sector", "soon"], list(COMPONENTS)
    ):
        rate = book.rate(code)
        if code is None or rate is None or kind is None:
            continue
        drawn, off = (EXACT.multiply(from_minor(amount, code), rate) for amount in (sum(minor[:3]), sum(minor[3:5])))
        row = sums.setdefault(country, dict.fromkeys(AMOUNTS, NOTHING))
        both = EXACT.add(drawn, off)
        for name, amount in (("on_balance", drawn), ("off_balance", off), (kind, both),
                             ("short", both if soon == "yes" else NOTHING)):  # fmt: skip
            row[name] = EXACT.add(row[name], amount)


def _transfers(book: Book, sums: dict[str | None, dict[str, Decimal]]) -> None:
    """What leaves the country of who owes, and where it comes in, line by line."""
    pieces = book.pieces(Basis.GUARANTOR)
    claims = book.claims
    place = pieces["line"].to_numpy()
    home = claims["country"].to_numpy(dtype=object)[place]
    moved = np.array([here != there for here, there in zip(home, pieces["country"], strict=True)], dtype=bool)
    moved &= ~(pd.isna(home) & pieces["country"].isna().to_numpy())
    frame = pieces[moved].assign(home=home[moved], currency=claims["currency"].to_numpy(dtype=object)[place][moved])
    for (left, entered, code), minor, _count in exact_sums(frame, ["home", "country", "currency"], COMPONENTS[:5]):
        rate = book.rate(code)
        if code is None or rate is None:
            continue
        amount = EXACT.multiply(from_minor(sum(minor), code), rate)
        for country, name in ((left, "outward"), (entered, "inward")):
            row = sums.setdefault(country, dict.fromkeys(AMOUNTS, NOTHING))
            row[name] = EXACT.add(row[name], amount)


def _debts(book: Book, sums: dict[str | None, dict[str, Decimal]]) -> int:
    """What is owed to creditors by country; returns how many debts have no rate."""
    debts = book.lines[(book.lines["side"] == "liability").to_numpy(dtype=bool)]
    frame = pd.DataFrame(
        {
            "country": debts["country"].to_numpy(dtype=object),
            "currency": debts["currency"].to_numpy(dtype=object),
            "amount": debts["outstanding"].fillna(0).to_numpy(dtype="int64")
            + debts["accrued_interest"].fillna(0).to_numpy(dtype="int64"),
            "line": np.arange(len(debts)),
        }
    )
    lost = 0
    for (country, code), (minor,), count in (
        exact_sums(frame, ["country", "currency"], ["amount"]) if len(frame) else ()
    ):
        amount = None if code is None else book.convert(minor, code)
        if amount is None:
            lost += count
            continue
        row = sums.setdefault(country, dict.fromkeys(AMOUNTS, NOTHING))
        row["liabilities"] = EXACT.add(row["liabilities"], amount)
    return lost
