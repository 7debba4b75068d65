"""Country-risk reserves and the mark of a major exposure (CALCULATIONS 6).

`required(c) = base(c) × ratio(level)`; ratios, reserves held and net capital are the bank's own and blank as shipped:
what lacks one of them cannot be computed and says which, it is never zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from alerts.finding import Finding
from exposures.sums import EXACT, added

#: Country-risk levels from the mildest: 低, 较低, 中等, 较高, 高.
LEVELS = ("low", "relatively_low", "medium", "relatively_high", "high")
#: A country above this share of the group's net capital is a major exposure (measure 金规〔2023〕12号, read in a
#: secondary source), in percent; exactly so much is not.
MAJOR_SHARE = Decimal(25)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class ReserveSettings:
    """What the bank set: percent of reserve by level, reserves held by country, and the group's net capital.

    Amounts in the book's currency. A level without a ratio, and a country without a reserve, is not set.
    """

    ratios: Mapping[str, Decimal]
    held: Mapping[str, Decimal]
    net_capital: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CountryRisk:
    """One country or region: `base` is X on the guarantor basis in the book's currency.

    `required`, `gap` and `surplus` are None where a setting is missing; `lacks` names it ("level", "ratio", "held").
    `capital_share` in percent, None without net capital.
    """

    country: str
    base: Decimal
    level: str | None
    required: Decimal | None
    held: Decimal | None
    gap: Decimal | None
    surplus: Decimal | None
    capital_share: Decimal | None
    lacks: tuple[str, ...] = ()

    @property
    def major(self) -> bool | None:
        """Whether it is a major country exposure; None where net capital is not set."""
        return None if self.capital_share is None else self.capital_share > MAJOR_SHARE


@dataclass(frozen=True, slots=True)
class CountryRisks:
    """Every country with exposure, the largest first; `total_gap` None as long as one of them cannot be computed."""

    rows: tuple[CountryRisk, ...]
    total_gap: Decimal | None
    known_gap: Decimal
    net_capital: Decimal | None
    currency: str = "USD"


def country_risks(
    bases: Mapping[str, Decimal],
    levels: Mapping[str, str],
    settings: ReserveSettings,
    home: str,
    currency: str = "USD",
) -> CountryRisks:
    """Reserve and share of capital by country or region, all in `currency`; the home country is left out."""
    rows = [
        _row(country, base, levels.get(country), settings)
        for country, base in bases.items()
        if country != home and base > 0
    ]
    rows.sort(key=lambda row: (-row.base, row.country))
    gaps = [row.gap for row in rows]
    known = added(gap for gap in gaps if gap is not None)
    return CountryRisks(tuple(rows), None if None in gaps else known, known, settings.net_capital, currency)


def finding(risks: CountryRisks) -> Finding:
    """Are reserves enough? The gap and the widest of it, or what has to be set before anyone can know."""
    if not risks.rows:
        return Finding("book.country_risk.none")
    majors = tuple(row.country for row in risks.rows if row.major)
    lacking = [row for row in risks.rows if row.gap is None]
    missing = tuple(sorted({name for row in lacking for name in row.lacks}))
    values = {
        "currency": risks.currency,
        "countries": len(risks.rows),
        "lacking": len(lacking),
        "missing": missing,
        "majors": majors,
    }
    known = [(row.gap, row.country) for row in risks.rows if row.gap is not None and row.gap > 0]
    if known:
        widest = max(known)
        case = "book.country_risk.gap_so_far" if lacking else "book.country_risk.gap"
        return Finding(case, values | {"gap": risks.known_gap, "country": widest[1], "widest": widest[0]})
    if len(lacking) == len(risks.rows):
        return Finding("book.country_risk.not_set", values)
    return Finding("book.country_risk.enough_so_far" if lacking else "book.country_risk.enough", values)


def _row(country: str, base: Decimal, level: str | None, settings: ReserveSettings) -> CountryRisk:
    ratio = settings.ratios.get(level) if level is not None else None
    held = settings.held.get(country)
    lacks = tuple(
        name
        for name, missing in (
            ("level", level is None),
            ("ratio", level is not None and ratio is None),
            ("held", held is None),
        )
        if missing
    )
    required = None if ratio is None else EXACT.divide(EXACT.multiply(base, ratio), HUNDRED)
    gap = surplus = None
    if required is not None and held is not None:
        difference = EXACT.subtract(required, held)
        gap, surplus = max(Decimal(0), difference), max(Decimal(0), -difference)
    capital = settings.net_capital
    share = EXACT.divide(base * HUNDRED, capital) if capital else None
    return CountryRisk(country, base, level, required, held, gap, surplus, share, lacks)
