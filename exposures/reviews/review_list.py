"""What every review list is: what it is made from, what it returns, and the control total that ties it to the book."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from alerts.finding import Finding
from exposures.book import Book
from exposures.calendar import BankCalendar
from exposures.class_rules import BLANK, ClassRules
from exposures.flags import CountryFlag, EmSet, FiringAlert, LimitStanding, Tide, dollar_tide
from exposures.reviews.item import Priority, Proposal
from exposures.reviews.marks import MARKS
from exposures.supplied import NOTHING_SUPPLIED, Supplied

#: Grades of the agencies, best first.
AGENCY_GRADES: tuple[str, ...] = (
    *("AAA", "AA+", "AA", "AA-", "A+", "A", "A-", "BBB+", "BBB", "BBB-", "BB+", "BB", "BB-"),
    *("B+", "B", "B-", "CCC+", "CCC", "CCC-", "CC", "C", "D"),
)


#: Amounts are converted unrounded; this is far below the minor unit of any currency, far above what 28 digits lose.
NOTHING = Decimal("0.000001")


@dataclass(frozen=True, eq=False)
class ReviewBook:
    """One version of the book as the lists read it: `version` like "v32", `source` the file it came from."""

    book: Book
    version: str
    source: str


@dataclass(frozen=True)
class ReviewSettings:
    """What the bank sets about its lists. Blank settings stay blank: what needs them says so."""

    em_set: EmSet
    calendar: BankCalendar = field(default_factory=BankCalendar)
    minimum_amount: Decimal = Decimal(1_000_000)
    due_days: Mapping[Priority, int] = field(
        default_factory=lambda: {Priority.HIGH: 5, Priority.MEDIUM: 10, Priority.LOW: 20, Priority.MINOR: 30}
    )
    rating_scale: Sequence[tuple[str, str]] = tuple((grade, grade) for grade in AGENCY_GRADES)
    owners: Mapping[str, str] = field(default_factory=dict)  # booking entity or relationship owner -> owner
    local_currencies: Mapping[str, frozenset[str]] = field(default_factory=dict)  # country -> its own currencies
    prior_ratings: Mapping[str, str] = field(default_factory=dict)  # subject -> grade in the book before
    reduce_to_limit: Decimal = Decimal(80)  # percent of a country's limit
    reduce_to_exposure: Decimal = Decimal(90)  # percent of the exposure to a tier A country
    funding_cap: Decimal = Decimal(5)  # percent of all liabilities from one country
    currency_tolerance: Decimal | None = None  # net position in the reporting currency; blank: nothing is assumed
    exempt_lending: frozenset[str] = frozenset()  # of L4: "trade", "cash"
    approval_tiers: tuple[Decimal, ...] = ()  # of L5: the most that each tier but the top approves
    tenor_limit: Decimal | None = None  # years of a project without credit insurance
    tier_1: Decimal | None = None  # capital of the group, in the reporting currency
    derivative_add_on: Decimal | None = None  # percent of the notional
    notionals: Mapping[str, Decimal] = field(default_factory=dict)  # derivative's line id -> notional
    settlements_ahead: Mapping[str, Decimal] = field(default_factory=dict)  # counterparty -> payments within 5 days
    net_capital: Decimal | None = None  # of the group, in the reporting currency
    income: Mapping[str, Decimal] = field(default_factory=dict)  # "entity/country" -> income of 12 months
    income_hurdle: Decimal | None = None  # percent of the average exposure
    loss_between: Decimal = Decimal(60)  # percent of a claim that others lose when who owes it fails (L9)
    failure_share: Decimal = Decimal(100)  # percent of its capital that a counterparty can lose before it fails
    lgd: Decimal | None = None  # percent that the bank loses of its own claims
    holds: Mapping[str, str] = field(default_factory=dict)  # client -> "recovery", "litigation" or "sanctions" (L7)
    marks: Mapping[str, Decimal] = field(default_factory=dict)  # what the bank set of MARKS
    class_rules: ClassRules = BLANK

    def mark(self, name: str) -> Decimal:
        """A mark as the bank set it, else as shipped."""
        return self.marks.get(name, MARKS[name].shipped)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the book: how many lines and subjects it has and their X (None: cannot be added up)."""

    case: str
    lines: int
    subjects: int
    amount: Decimal | None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """Every line of the book stands in exactly one part; the parts' X must add up to the book's own X."""

    parts: tuple[Part, ...]
    book_lines: int
    book_amount: Decimal

    @property
    def lines(self) -> int:
        """Lines of all parts."""
        return sum(part.lines for part in self.parts)

    @property
    def amount(self) -> Decimal:
        """X of all parts."""
        return sum((part.amount for part in self.parts if part.amount is not None), Decimal(0))

    @property
    def ties(self) -> bool:
        """Whether the parts are the whole book; if not, it is a fault of the program."""
        return self.lines == self.book_lines and abs(self.amount - self.book_amount) < NOTHING


@dataclass(frozen=True, slots=True)
class NotAssessable:
    """A subject for which a family of reasons could not be judged, and why (a code)."""

    subject: str
    name: str
    family: str
    why: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class ListResult:
    """A list made on one book: its items by rank, what was left out, and what could not be judged.

    `excluded` are the parts of the control total that make no item; `summary` the emerging markets that are not
    flagged; `empty` says why nothing qualifies where nothing does. `liabilities` ties the liabilities of the book
    where the list speaks of them and the book has some.
    """

    list_id: str
    items: tuple[Proposal, ...]
    excluded: tuple[Part, ...]
    summary: tuple[Part, ...]
    not_assessable: tuple[NotAssessable, ...]
    control: ControlTotal
    criteria: tuple[Finding, ...]
    empty: Finding | None = None
    liabilities: ControlTotal | None = None

    @property
    def ties(self) -> bool:
        """Whether every line of the book is accounted for, on both sides; if not, it is a fault of the program."""
        return self.control.ties and (self.liabilities is None or self.liabilities.ties)


@dataclass(frozen=True, eq=False)
class Grounds:
    """What every list of one making is made from; `today` is the bank's day.

    `year_ago` is the book of 12 months before, None where none is stored. `held` is the dollar tide as it is held
    through time (`exposures.tide`), None where only what fires now is known. `supplied` is what the bank gives beside
    its book; `approved_lines` are lines of L4 and L5 about which a measure is approved; `hand_lines` the places in
    `Claims.lines` of what people added to a list by hand.
    """

    book: ReviewBook
    flags: tuple[CountryFlag, ...]
    alerts: tuple[FiringAlert, ...]
    limits: tuple[LimitStanding, ...]
    settings: ReviewSettings
    today: date
    year_ago: ReviewBook | None = None
    held: Tide | None = None
    supplied: Supplied = NOTHING_SUPPLIED
    approved_lines: frozenset[str] = frozenset()
    hand_lines: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def added(self, list_id: str) -> list[tuple[str, frozenset[int]]]:
        """The part of a list's control total that was added by hand, where there is one."""
        return [("by_hand", self.hand_lines[list_id])] if list_id in self.hand_lines else []

    @property
    def tide(self) -> Tide:
        """The dollar tide: after its causes end it stays, with their values and days, until somebody releases it."""
        return dollar_tide(self.alerts) if self.held is None else self.held


def ranked(made: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """The items of a list in their order, each told its rank from 1; `made` is nobody else's yet."""
    items = tuple(made)
    for rank, item in enumerate(items, start=1):
        object.__setattr__(item, "rank", rank)  # a copy of each of 80,000 items would take half a second
    return items


class ReviewList(Protocol):
    """One review list; a new one is a file and a line in REVIEW_LISTS."""

    @property
    def id(self) -> str:
        """Its id, "L1" to "L10"."""
        ...

    def criteria(self, settings: ReviewSettings) -> tuple[Finding, ...]:
        """The written criteria, with the settings they depend on."""
        ...

    def build(self, grounds: Grounds) -> ListResult:
        """The list on these grounds."""
        ...
