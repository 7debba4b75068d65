"""In whose hands the book is: the largest names and groups, and sector by country (集中度, CALCULATIONS 3).

A guarantor in the same country moves nothing between countries but counts here: what somebody guarantees stands beside
what it owes, and in no sum.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from alerts.finding import Finding
from exposures import allocation
from exposures.book import Basis, Book, Dimension, Position
from exposures.concentration import herfindahl, top_share
from exposures.currencies import from_minor
from exposures.sums import EXACT, added, exact_sums

NOTHING = Decimal(0)
#: The number of names whose share is told.
TOP = 10
#: Large-exposure marks in percent of tier 1 capital (商业银行大额风险暴露管理办法, 2018): a single non-bank customer, a
#: bank. A group's is the bank's own setting: the regulator's figure is not verified.
NON_BANK, INTERBANK = Decimal(15), Decimal(25)
#: Not measured against those marks: their exemptions are the bank's to judge.
_EXEMPT = frozenset({"sovereign", "central_bank", "international", "public"})


@dataclass(frozen=True, slots=True)
class Holder:
    """A counterparty or a connected group: X in the book's currency; shares as ratios.

    `cumulative` is the share of it and all larger ones; `guaranteed` what it guarantees for others; `of_capital` X in
    percent of tier 1 capital and `mark` the large-exposure mark that it is held against (None: none is).
    """

    key: str
    name: str
    amount: Decimal
    share: Decimal
    cumulative: Decimal
    lines: int
    guaranteed: Decimal = NOTHING
    of_capital: Decimal | None = None
    mark: Decimal | None = None

    @property
    def large(self) -> bool:
        """Whether it is above its mark."""
        return self.of_capital is not None and self.mark is not None and self.of_capital > self.mark


@dataclass(frozen=True, slots=True)
class Cell:
    """One sector in one country or region (None: not told)."""

    sector: str | None
    country: str | None
    amount: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class Concentration:
    """The book by who owes; HHI from 1/n to 1, None where nothing is owed. `ungrouped` is owed by who has no group."""

    currency: str
    total: Decimal
    names: tuple[Holder, ...]
    groups: tuple[Holder, ...]
    cells: tuple[Cell, ...]
    hhi_names: Decimal | None
    hhi_countries: Decimal | None
    top: Decimal | None
    ungrouped: Decimal
    tier_1: Decimal | None = None


def concentration(book: Book, basis: Basis = Basis.GUARANTOR, tier_1: Decimal | None = None) -> Concentration:
    """Names and groups are those who owe, on either basis; only the cells and the HHI of countries depend on it."""
    names = [row for row in book.split(Dimension.COUNTERPARTY) if row.key is not None and row.amount() > 0]
    groups = [row for row in book.split(Dimension.GROUP) if row.amount() > 0]
    whole = added(row.amount() for row in names)
    marks = {key: None if sector in _EXEMPT else INTERBANK if sector == "bank" else NON_BANK
             for key, sector in _sectors(book).items()}  # fmt: skip
    amounts = [row.amount() for row in names]
    return Concentration(
        book.currency,
        book.total(),
        _holders(names, whole, _guaranteed(book), tier_1, marks),
        _holders([row for row in groups if row.key is not None], whole, {}, tier_1, {}),
        _cells(book, basis),
        herfindahl(amounts),
        herfindahl(row.amount() for row in book.by_country(basis)),
        top_share(amounts, TOP),
        added(row.amount() for row in groups if row.key is None),
        tier_1,
    )


def in_hands(found: Concentration) -> Finding:
    """In whose hands is the book? The largest name, the ten largest, and how many names that equals."""
    if not found.names:
        return Finding("book.holders.none")
    first = found.names[0]
    values = {
        "name": first.name,
        "share": first.share * 100,
        "top": (found.top or NOTHING) * 100,
        "count": min(TOP, len(found.names)),
        "names": len(found.names),
        "equal": None if not found.hhi_names else EXACT.divide(Decimal(1), found.hhi_names),
    }
    large = tuple(one.name for one in found.names if one.large)
    if large:
        return Finding("book.holders.large", values | {"large": len(large), "who": large[0]})
    return Finding("book.holders.one" if len(found.names) == 1 else "book.holders.top", values)


def in_groups(found: Concentration) -> Finding:
    """Which groups stand together? The largest of them, or that the book names none."""
    if not found.groups:
        return Finding("book.groups.none", {"names": len(found.names)})
    first = found.groups[0]
    alone = EXACT.divide(found.ungrouped, found.total) * 100 if found.total else NOTHING
    values = {"name": first.name, "share": first.share * 100, "groups": len(found.groups), "alone": alone}
    return Finding("book.groups.top", values)


def in_places(found: Concentration) -> Finding:
    """Where does it gather? The largest sector of a country, and the HHI by country."""
    named = [cell for cell in found.cells if cell.country is not None]
    if not named:
        return Finding("book.places.none")
    first = named[0]
    values = {"sector": first.sector, "country": first.country, "share": first.share * 100, "hhi": found.hhi_countries}
    return Finding("book.places.no_sector" if first.sector is None else "book.places.top", values)


def _holders(
    rows: list[Position],
    whole: Decimal,
    guaranteed: Mapping[str, Decimal],
    tier_1: Decimal | None,
    marks: Mapping[str, Decimal | None],
) -> tuple[Holder, ...]:
    made = []
    running = NOTHING
    for row in rows:
        key, amount = str(row.key), row.amount()
        running = EXACT.add(running, amount)
        made.append(
            Holder(
                key,
                row.name or key,
                amount,
                EXACT.divide(amount, whole) if whole else NOTHING,
                EXACT.divide(running, whole) if whole else NOTHING,
                row.lines,
                guaranteed.get(key, guaranteed.get(row.name or "", NOTHING)),
                EXACT.divide(amount * 100, tier_1) if tier_1 else None,
                marks.get(key),
            )
        )
    return tuple(made)


def _sectors(book: Book) -> dict[str, str]:
    """The sector of each counterparty that has one."""
    claims = book.claims[book.claims["sector"].notna().to_numpy()]
    keys = claims["counterparty_id"].fillna(claims["counterparty_name"])
    return dict(zip(keys.astype(str), claims["sector"].astype(str), strict=True))


def _guaranteed(book: Book) -> dict[str, Decimal]:
    """What eligible guarantees move, or would move to another country, by guarantor's number, else name."""
    pieces = book.pieces(Basis.GUARANTOR)
    moved = pieces[(pieces["via"] == "guarantee").to_numpy()]
    claims = book.claims
    who = claims["guarantor_id"].fillna(claims["guarantor_name"]).to_numpy(dtype=object)
    frame = moved.assign(
        who=[None if value != value else value for value in who[moved["line"].to_numpy()]],
        currency=claims["currency"].to_numpy(dtype=object)[moved["line"].to_numpy()],
    )
    found: dict[str, Decimal] = {}
    for (name, code), sums, _count in exact_sums(frame, ["who", "currency"], list(allocation.COMPONENTS[:5])):
        rate = book.rate(code)
        if name is not None and code is not None and rate is not None:
            found[name] = EXACT.add(found.get(name, NOTHING), EXACT.multiply(from_minor(sum(sums), code), rate))
    return found


def _cells(book: Book, basis: Basis) -> tuple[Cell, ...]:
    """Sector by country, the largest first."""
    pieces = book.pieces(basis)
    place = pieces["line"].to_numpy()
    claims = book.claims
    frame = pieces.assign(
        sector=claims["sector"].to_numpy(dtype=object)[place], currency=claims["currency"].to_numpy(dtype=object)[place]
    )
    sums: dict[tuple[str | None, str | None], Decimal] = {}
    for (sector, country, code), minor, _count in exact_sums(
        frame, ["sector", "country", "currency"], list(allocation.COMPONENTS[:5])
    ):
        amount = None if code is None else book.convert(sum(minor), code)
        if amount is not None:
            sums[sector, country] = EXACT.add(sums.get((sector, country), NOTHING), amount)
    whole = added(amount for amount in sums.values() if amount > 0)
    cells = [
        Cell(sector, country, amount, EXACT.divide(amount, whole)) for (sector, country), amount in sums.items()
        if amount > 0
    ]  # fmt: skip
    return tuple(sorted(cells, key=lambda cell: (-cell.amount, cell.country or "~", cell.sector or "~")))
