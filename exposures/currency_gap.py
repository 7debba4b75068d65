"""Net open positions by currency (币种缺口), CALCULATIONS 4.

`net = spot assets − spot liabilities + forward bought − forward sold`. Each currency of a forward is a line of its own.
A book without one says so, for a hedge that exists only as a forward is then not in it. Derivatives and repo stand
after netting within each currency: what is set off against another still has to be paid in its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pandas as pd

from alerts.finding import Finding
from exposures import allocation, netting
from exposures.book import Book
from exposures.currencies import from_minor
from exposures.sums import EXACT, added, exact_sums

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class OpenPosition:
    """One currency, or one currency in one country or region: in units of the currency, and in the book's.

    `liabilities` is None where the book has no debts, and the net is then not known. `net_converted` is None without a
    rate. `country` is None in the whole of a currency; `forward` is what is bought forward less what is sold.
    """

    currency: str
    assets: Decimal
    liabilities: Decimal | None
    rate: Decimal | None
    country: str | None = None
    forward: Decimal = NOTHING

    @property
    def net(self) -> Decimal | None:
        """Assets less liabilities, with forwards, in units of the currency; positive is long."""
        if self.liabilities is None:
            return None
        return EXACT.add(EXACT.subtract(self.assets, self.liabilities), self.forward)

    @property
    def net_converted(self) -> Decimal | None:
        """The net in the book's currency."""
        net = self.net
        return None if net is None or self.rate is None else EXACT.multiply(net, self.rate)


@dataclass(frozen=True, slots=True)
class CurrencyGap:
    """Every currency, the widest position first, and by country within each.

    `longs` and `shorts` (both ≥ 0) leave the book's own currency out; `total` is the larger, None without debts.
    """

    currency: str
    positions: tuple[OpenPosition, ...]
    by_country: tuple[OpenPosition, ...]
    longs: Decimal | None
    shorts: Decimal | None
    without_currency: int = 0
    forwards: int = 0  # lines with a forward
    set_off: Mapping[str, Decimal] = field(default_factory=dict)  # by netting, in units of each currency

    @property
    def total(self) -> Decimal | None:
        """The total open position by the Basel shorthand method (to be confirmed by the bank)."""
        return None if self.longs is None or self.shorts is None else max(self.longs, self.shorts)


def currency_gap(book: Book) -> CurrencyGap:
    """The open positions of a book; amounts are drawn ones, derivatives and repo included as they net."""
    lines = book.lines
    owed = (lines["side"] == "liability").to_numpy(dtype=bool)
    drawn = allocation.amounts(lines, "outstanding") + allocation.amounts(lines, "accrued_interest")
    claims, debts = (
        netted(lines, book.rates, book.currency, across=False) for netted in (netting.netted, netting.owed)
    )
    forward = allocation.amounts(lines, "forward_bought") - allocation.amounts(lines, "forward_sold")
    frame = pd.DataFrame(
        {
            "currency": lines["currency"].to_numpy(),
            "country": lines["country"].to_numpy(),
            "assets": np.where(owed, 0, drawn) + claims,
            "liabilities": np.where(owed, drawn, 0) + debts,
            "forward": forward,
            "line": np.arange(len(lines)),
        }
    )
    known = frame[frame["currency"].notna().to_numpy()]
    supplied = bool(owed.any())
    positions = _positions(book, known, ["currency"], supplied)
    by_country = _positions(book, known[known["country"].notna().to_numpy()], ["currency", "country"], supplied)
    longs, shorts = (
        total_open({one.currency: one.net_converted for one in positions if one.currency != book.currency})
        if supplied
        else (None, None)
    )
    lost = int(
        (frame["currency"].isna() & (frame["assets"] + frame["liabilities"] + frame["forward"].abs() != 0)).sum()
    )
    given = lines["forward_bought"].notna() | lines["forward_sold"].notna()
    reduced = pd.Series(netting.set_off(lines, claims)).groupby(lines["currency"].to_numpy()).sum()
    set_off = {str(code): from_minor(int(minor), str(code)) for code, minor in reduced.items() if minor}
    return CurrencyGap(book.currency, positions, by_country, longs, shorts, lost, int(given.sum()), set_off)


def total_open(nets: Mapping[str, Decimal | None]) -> tuple[Decimal, Decimal]:
    """The sum of the longs and of the shorts (as a positive amount); a currency without a rate is in neither."""
    known = [net for net in nets.values() if net is not None]
    return added(net for net in known if net > 0), -added(net for net in known if net < 0)


def finding(gap: CurrencyGap) -> Finding:
    """In which currency does the bank stand to lose? The widest foreign position, and the total."""
    values = {"currency": gap.currency, "total": gap.total}
    foreign = [one for one in gap.positions if one.currency != gap.currency]
    if not foreign:
        return Finding("book.currency_gap.none", values)
    if gap.total is None:
        return Finding("book.currency_gap.no_debts", values)
    known = [(abs(one.net_converted), one) for one in foreign if one.net_converted]
    if not known:
        unrated = tuple(one.currency for one in foreign if one.rate is None)
        return Finding("book.currency_gap.no_rate" if unrated else "book.currency_gap.closed", {"currencies": unrated})
    amount, widest = max(known, key=lambda pair: pair[0])
    case = "book.currency_gap.long" if (widest.net or NOTHING) > 0 else "book.currency_gap.short"
    return Finding(case, values | {"widest": widest.currency, "amount": amount})


def _positions(book: Book, frame: pd.DataFrame, by: list[str], supplied: bool) -> tuple[OpenPosition, ...]:
    made = []
    groups: Iterable[tuple[tuple[str | None, ...], tuple[int, ...], int]]
    groups = exact_sums(frame, by, ["assets", "liabilities", "forward"]) if len(frame) else ()
    for keys, (assets, liabilities, forward), _count in groups:
        code = str(keys[0])
        made.append(
            OpenPosition(
                code,
                from_minor(assets, code),
                from_minor(liabilities, code) if supplied else None,
                book.rate(code),
                keys[1] if len(keys) > 1 else None,
                from_minor(forward, code),
            )
        )
    return tuple(sorted(made, key=_widest_first))


def _widest_first(one: OpenPosition) -> tuple[bool, Decimal, str, str]:
    size = one.net_converted if one.net is not None else None
    fallback = EXACT.multiply(one.assets, one.rate) if one.rate is not None else NOTHING
    return one.rate is None, -abs(size if size is not None else fallback), one.currency, one.country or ""
