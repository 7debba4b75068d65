"""What a scenario does to a book (CALCULATIONS 9): exposures, limits, reserves, losses and liquidity, before and after.

Nothing is written to the book: a stressed book is the same book at other rates.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pandas as pd

from alerts.finding import Finding
from exposures import allocation, instalments
from exposures.book import Basis, Book
from exposures.country_risk import CountryRisks, ReserveSettings, country_risks
from exposures.limits import Limit, LimitUse, uses
from exposures.maturity import ON_DEMAND
from exposures.scenario import RollOver, Scenario
from exposures.stress_lines import CreditSettings, StressedLine, stressed_lines
from exposures.sums import EXACT, added, exact_sums

NOTHING, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


@dataclass(frozen=True, slots=True)
class StressSettings:
    """What the bank has set, and the levels in force."""

    credit: CreditSettings = field(default_factory=CreditSettings)
    reserves: ReserveSettings = field(default_factory=lambda: ReserveSettings({}, {}))
    levels: Mapping[str, str] = field(default_factory=dict)
    home: str = "CN"


@dataclass(frozen=True, slots=True)
class StressedCountry:
    """A country's X on the guarantor basis before and after, and its limit; amounts in the book's currency.

    `flattered`: its use of the limit falls only because a currency fell, so that risk rose while the figure improved.
    """

    country: str
    exposure: Decimal
    exposure_after: Decimal
    limit: LimitUse | None
    limit_after: LimitUse | None
    flattered: bool


@dataclass(frozen=True, slots=True)
class LiquidityGap:
    """A roll-over stop in one country or region over some days: `(1 − ρ_b)·A − ρ_f·L − θ·U`, in the book's currency.

    `funding` and `gap` are None where the book has no debts.
    """

    country: str
    days: int
    maturing: Decimal
    funding: Decimal | None
    undrawn: Decimal
    gap: Decimal | None


@dataclass(frozen=True)
class StressResult:
    """Everything a scenario does to a book.

    `not_converted` lines of either side have no rate and stand in no figure. `currency_result` is what claims less
    debts gain or lose in the book's currency; None without debts. The losses are the sums of the claims for which they
    could be worked out, `unpriced` counts the others.
    """

    scenario: Scenario
    currency: str
    exposure: Decimal
    exposure_after: Decimal
    claims_change: Decimal
    currency_result: Decimal | None
    countries: tuple[StressedCountry, ...]
    lines: tuple[StressedLine, ...]
    loss: Decimal | None
    loss_after: Decimal | None
    unpriced: int
    reserves: CountryRisks
    reserves_after: CountryRisks
    liquidity: tuple[LiquidityGap, ...]
    not_converted: int

    @property
    def new_breaches(self) -> tuple[str, ...]:
        """Countries whose limit is breached only under stress."""
        return tuple(
            one.country
            for one in self.countries
            if one.limit_after is not None
            and one.limit_after.state.is_breach
            and not (one.limit is not None and one.limit.state.is_breach)
        )

    @property
    def reclassed(self) -> int:
        """Claims whose class the scenario calls into question."""
        return sum(one.class_floor is not None for one in self.lines)


def stress(book: Book, scenario: Scenario, limits: Iterable[Limit], settings: StressSettings) -> StressResult:
    """Run a scenario over a book; raises ValueError where it shocks the book's own currency."""
    if scenario.value_loss.get(book.currency):
        raise ValueError(f"the book is kept in {book.currency}")
    after = stressed_book(book, scenario)
    standing = tuple(limits)
    lines = stressed_lines(book, after, scenario, settings.credit)
    priced = [one for one in lines if one.loss is not None and one.loss_after is not None]
    before_base, after_base = (bases(one) for one in (book, after))
    debts = bool((book.lines["side"] == "liability").any())
    change, owed_change = (_change(book, after, owed=owed) for owed in (False, True))
    return StressResult(
        scenario,
        book.currency,
        book.total(),
        after.total(),
        change,
        EXACT.subtract(change, owed_change) if debts else None,
        _countries(book, after, standing),
        lines,
        added(one.loss for one in priced if one.loss is not None) if priced else None,
        added(one.loss_after for one in priced if one.loss_after is not None) if priced else None,
        len(lines) - len(priced),
        country_risks(before_base, settings.levels, settings.reserves, settings.home, book.currency),
        country_risks(
            after_base, {**settings.levels, **scenario.levels}, settings.reserves, settings.home, book.currency
        ),
        tuple(liquidity_gap(after, country, scenario.roll_over) for country in scenario.stopped),
        _unrated(book),
    )


def stressed_book(book: Book, scenario: Scenario) -> Book:
    """The book at the rates of the scenario: a value loss of 30 % is 1/0.7 as many units for a dollar."""
    rates = dict(book.rates)
    for code, lost in scenario.value_loss.items():
        if code in rates:
            rates[code] = EXACT.divide(rates[code], ONE - lost / HUNDRED)
    return replace(book, rates=rates)


def liquidity_gap(book: Book, country: str, stop: RollOver) -> LiquidityGap:
    """What is short within the stop's days if claims come back in part, funding leaves and commitments are drawn."""
    there = book.lines[(book.lines["country"] == country).to_numpy(dtype=bool)]
    owed = (there["side"] == "liability").to_numpy(dtype=bool)
    demand = owed & there["maturity"].isna().to_numpy() & there["instrument"].isin(ON_DEMAND).to_numpy(dtype=bool)
    demand &= ~instalments.scheduled(there)
    falls = pd.array(instalments.due_within(there, book.reporting_date, stop.days), dtype="Int64")
    due = there.assign(outstanding=falls)
    maturing = _money(book, due[~owed], ("outstanding",))
    on_demand = _money(book, there[demand], ("outstanding", "accrued_interest"))
    funding = EXACT.add(_money(book, due[owed & ~demand], ("outstanding",)), on_demand)
    undrawn = _money(book, there[~owed], ("undrawn",))
    if not (book.lines["side"] == "liability").any():
        return LiquidityGap(country, stop.days, maturing, None, undrawn, None)
    gap = ((HUNDRED - stop.not_repaid) * maturing - stop.not_rolled * funding - stop.drawn * undrawn) / HUNDRED
    return LiquidityGap(country, stop.days, maturing, funding, undrawn, gap)


def finding(result: StressResult) -> Finding:
    """What would hurt most? New breaches, then a reserve gap that widens, a liquidity gap, classes, and the rest."""
    gaps = (result.reserves.known_gap, result.reserves_after.known_gap)
    short = [one for one in result.liquidity if one.gap is not None and one.gap < 0]
    values = {
        "name": result.scenario.name,
        "currency": result.currency,
        "countries": result.new_breaches,
        "gap": gaps[1],
        "gap_before": gaps[0],
        "lines": result.reclassed,
        "change": result.exposure_after - result.exposure,
    }
    if result.new_breaches:
        return Finding("stress.breaches", values)
    if gaps[1] > gaps[0]:
        return Finding("stress.reserves", values)
    if short:
        worst = min(short, key=lambda one: one.gap or NOTHING)
        return Finding("stress.liquidity", values | {"country": worst.country, "short": -(worst.gap or NOTHING)})
    if result.reclassed:
        return Finding("stress.classes", values)
    flattered = tuple(one.country for one in result.countries if one.flattered)
    if flattered:
        return Finding("stress.flattered", values | {"countries": flattered})
    return Finding("stress.mild" if result.lines else "stress.nothing", values)


def borrowers_finding(result: StressResult) -> Finding:
    """Which borrowers would slip? Ratings and classes, and what loss that makes where it can be told."""
    slipping = [one for one in result.lines if one.notches or one.class_floor is not None]
    values = {
        "currency": result.currency,
        "lines": len(slipping),
        "classes": result.reclassed,
        "loss": result.loss,
        "loss_after": result.loss_after,
        "priced": len(result.lines) - result.unpriced,
    }
    if not slipping:
        return Finding("stress.borrowers.none", values)
    if result.loss is None or result.loss_after is None:
        return Finding("stress.borrowers.unpriced", values)
    return Finding("stress.borrowers.partly_priced" if result.unpriced else "stress.borrowers.priced", values)


def cash_finding(result: StressResult) -> Finding:
    """Would there be cash? The deepest gap of the countries where roll-over stops."""
    if not result.liquidity:
        return Finding("stress.cash.not_asked")
    known = [(one.gap, one) for one in result.liquidity if one.gap is not None]
    values = {"currency": result.currency, "days": result.scenario.roll_over.days}
    if not known:
        return Finding("stress.cash.no_debts", values)
    deepest, worst = min(known, key=lambda pair: pair[0])
    total = added(gap for gap, _one in known)
    values |= {"country": worst.country, "gap": abs(deepest), "total": abs(total)}
    if deepest >= 0:
        return Finding("stress.cash.enough", values)
    return Finding("stress.cash.short_in_all" if total < 0 else "stress.cash.short", values)


def bases(book: Book) -> dict[str, Decimal]:
    """X by country or region on the guarantor basis: what reserves are measured by."""
    return {row.key: row.amount() for row in book.by_country(Basis.GUARANTOR) if row.key is not None}


def _countries(book: Book, after: Book, limits: Sequence[Limit]) -> tuple[StressedCountry, ...]:
    before_use, after_use = ({use.country: use for use in uses(one, limits)} for one in (book, after))
    before, later = (bases(one) for one in (book, after))
    made = []
    for country, exposure in before.items():
        limit, limit_after = before_use.get(country), after_use.get(country)
        shares = [use.use.share for use in (limit, limit_after) if use is not None]
        flattered = len(shares) == 2 and None not in shares and shares[1] < shares[0]  # type: ignore[operator]
        made.append(StressedCountry(country, exposure, later.get(country, NOTHING), limit, limit_after, flattered))
    return tuple(made)


def _change(book: Book, after: Book, *, owed: bool) -> Decimal:
    """What one side gains or loses in the book's currency; claims with what is undrawn and contingent left out."""
    side = (book.lines["side"] == "liability").to_numpy(dtype=bool)
    lines = book.lines[side if owed else ~side]
    columns = ("outstanding", "accrued_interest") if owed else ("outstanding", "accrued_interest", "market_exposure")
    return EXACT.subtract(_money(after, lines, columns), _money(book, lines, columns))


def _unrated(book: Book) -> int:
    """Lines of either side with an amount and without a rate: funding that is left out would flatter the result."""
    rated = [code for code in book.lines["currency"].dropna().unique().tolist() if book.rate(code) is not None]
    without = ~book.lines["currency"].isin(rated).to_numpy(dtype=bool)
    amounts = sum(abs(allocation.amounts(book.lines, name)) for name in allocation.COMPONENTS)
    return int((without & (amounts > 0)).sum())


def _money(book: Book, lines: pd.DataFrame, columns: Sequence[str]) -> Decimal:
    """The sum of some money columns in the book's currency; a line without a rate adds nothing and is counted apart."""
    if lines.empty:
        return NOTHING
    frame = pd.DataFrame({name: allocation.amounts(lines, name) for name in columns})
    frame = frame.assign(currency=lines["currency"].to_numpy(), line=range(len(lines)))
    return added(
        book.convert(sum(sums), code) or NOTHING
        for (code,), sums, _count in exact_sums(frame, ["currency"], columns)
        if code is not None
    )
