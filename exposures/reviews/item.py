"""A review item: what a list proposes about one subject, and what people made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from exposures.exposure import CLASSES
from exposures.reason import Reason, Value
from exposures.reviews.closing import Closing
from exposures.reviews.knock_on import KnockOn
from exposures.reviews.reduction import Reduction


class Priority(StrEnum):
    """How pressing an item is; the order is the order of the lists."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    MINOR = "minor"


class Action(StrEnum):
    """What a list can propose, or a person decide."""

    RECOVER = "recover"  # recovery and provision 移交清收
    DOWNGRADE = "downgrade"
    REDUCE = "reduce"
    NO_RENEWAL = "no_renewal"
    ADD_COLLATERAL = "add_collateral"
    CALL_REPORT = "call_report"
    CANCEL_UNDRAWN = "cancel_undrawn"
    SELL = "sell"
    COVER = "cover"
    CALL = "call"
    HEDGE = "hedge"
    RUN_OFF = "run_off"  # nothing beyond what is repaid by contract
    FREEZE = "freeze"  # no net growth
    SHRINK = "shrink"  # to the size of 12 months ago
    EXIT = "exit"  # consider leaving the country
    INVOKE_DRAW_STOP = "invoke_draw_stop"
    LET_LAPSE = "let_lapse"
    HOLD_DRAW = "hold_draw"
    NO_INCREASE = "no_increase"
    RENEW_HIGHER = "renew_higher"  # a renewal one approval tier higher
    DECLINE = "decline"  # or hold
    TOP_TIER = "top_tier"
    HIGHER_TIER = "higher_tier"
    APPROVE_AGAIN = "approve_again"  # the approval has lapsed
    STOP_TRADES = "stop_trades"
    PAY_AFTER_RECEIPT = "pay_after_receipt"
    CHECK_CONTRACT = "check_contract"  # the book does not say what can be cut
    RUN_DOWN = "run_down"  # nothing new unsecured beyond overnight; what there is runs off
    SHORTEN = "shorten"  # no tenor over three months, the limit cut by a quarter
    CAP_GROUP = "cap_group"
    REPLACE_GUARANTOR = "replace_guarantor"
    NOTIFY = "notify"  # a risk notice, approved before it leaves
    WATCH = "watch"
    KEEP = "keep"  # a decision too: it needs a reason


#: What each list can propose and a person decide there, in the order in which it is offered.
ACTIONS: Mapping[str, tuple[Action, ...]] = {
    "L1": (
        *(Action.RECOVER, Action.DOWNGRADE, Action.REDUCE, Action.NO_RENEWAL, Action.ADD_COLLATERAL),
        *(Action.CALL_REPORT, Action.WATCH, Action.KEEP),
    ),
    "L2": (*(Action.SHRINK, Action.FREEZE, Action.EXIT, Action.NO_RENEWAL, Action.RECOVER, Action.WATCH, Action.KEEP),),
    "L3": (
        *(Action.REDUCE, Action.CANCEL_UNDRAWN, Action.NO_RENEWAL, Action.SELL, Action.COVER, Action.CALL),
        *(Action.HEDGE, Action.RUN_OFF, Action.WATCH, Action.KEEP),
    ),
    "L4": (
        *(Action.CANCEL_UNDRAWN, Action.INVOKE_DRAW_STOP, Action.LET_LAPSE, Action.NO_RENEWAL, Action.HOLD_DRAW),
        *(Action.NO_INCREASE, Action.RENEW_HIGHER, Action.CHECK_CONTRACT, Action.KEEP),
    ),
    "L5": (Action.DECLINE, Action.TOP_TIER, Action.HIGHER_TIER, Action.APPROVE_AGAIN, Action.KEEP),
    "L6": (Action.NOTIFY, Action.KEEP),
    "L7": (Action.NOTIFY, Action.CALL_REPORT, Action.KEEP),
    "L8": (Action.RUN_DOWN, Action.SHORTEN, Action.WATCH, Action.KEEP),
    "L9": (Action.CAP_GROUP, Action.REPLACE_GUARANTOR, Action.HEDGE, Action.KEEP),
    "L10": (Action.ADD_COLLATERAL, Action.STOP_TRADES, Action.PAY_AFTER_RECEIPT, Action.WATCH, Action.KEEP),
}


class Status(StrEnum):
    """Where an item stands; overdue is derived from its due date and never stored."""

    PROPOSED = "proposed"  # 待确认
    WITH_CHECKER = "with_checker"  # 待复核
    RETURNED = "returned"  # 退回
    IN_WORK = "in_work"  # 处置中
    DONE = "done"  # 已完成
    CLOSED = "closed"  # 已关闭
    REJECTED = "rejected"  # 不采纳
    RELEASE_PROPOSED = "release_proposed"  # 拟解除


#: Nothing more is to be done about these; they stay in history and are never proposed again in their episode. What is
#: done still waits for the checker, who confirms that it was.
SETTLED = frozenset({Status.CLOSED, Status.REJECTED})


class Asked(StrEnum):
    """What a checker is asked to confirm."""

    DECISION = "decision"
    REJECTION = "rejection"
    RELEASE = "release"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class ItemKey:
    """What makes an item the same item when its list is made again."""

    list_id: str
    subject: str
    country: str
    episode: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """An exposure in the reporting currency, major units: drawn, undrawn, X on both bases, what falls due."""

    drawn: Decimal = Decimal(0)
    undrawn: Decimal = Decimal(0)
    immediate: Decimal = Decimal(0)
    guarantor: Decimal = Decimal(0)
    due_30: Decimal = Decimal(0)
    due_90: Decimal = Decimal(0)
    cover: Decimal | None = None  # eligible collateral and guarantee; None: the book does not say

    def __add__(self, other: "Amounts") -> "Amounts":
        cover = None if self.cover is None or other.cover is None else self.cover + other.cover
        return Amounts(
            self.drawn + other.drawn,
            self.undrawn + other.undrawn,
            self.immediate + other.immediate,
            self.guarantor + other.guarantor,
            self.due_30 + other.due_30,
            self.due_90 + other.due_90,
            cover,
        )


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that a list shows of an item beside its amounts; `unit` as a reason's. None: not known, never zero."""

    code: str
    value: Value
    unit: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One live line beneath an item, with what is proposed for it.

    `product` is the bank's own name ("" where it gives none), `instrument` our code, `source` its place in the file.
    Where exposure is reduced: `run_off` is what comes down by itself to the horizon, `gives` what the action brings
    down, `moves_to` the country to which cover would move it; a liability has only its drawn amount.
    """

    line_id: str
    product: str
    instrument: str
    currency: str
    amounts: Amounts
    maturity: date | None
    loan_class: str | None
    minimum_class: str | None
    days_past_due: int | None
    action: Action
    source: str = ""
    side: str = "asset"
    run_off: Decimal | None = None
    gives: Decimal | None = None
    moves_to: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a list says about a subject on one book: the part of an item that is made again every time.

    `role` tells whether the flagged country is the subject's immediate country, its guarantor's, or both.
    `not_assessable` names the families for which the book gives nothing to judge by. `reduction` is there where the
    list reduces exposure; its subject is then a country, a group or a currency. `facts` are the list's own figures,
    `contagion` how its failure spreads where the list asks that.
    """

    key: ItemKey
    name: str
    role: str
    tier: str
    booking_entities: tuple[str, ...]
    group: str | None
    reasons: tuple[Reason, ...]
    points: int
    priority: Priority
    rank: int
    action: Action
    amount: Decimal | None
    proposed_class: str | None
    amounts: Amounts
    lines: Sequence[ItemLine]
    not_assessable: tuple[str, ...] = ()
    owner: str | None = None
    due: date | None = None
    reduction: Reduction | None = None
    facts: tuple[Fact, ...] = ()
    contagion: KnockOn | None = None

    @property
    def size(self) -> Decimal:
        """What the item is about in money: a project's amount before its first draw, else X."""
        found = next((fact.value for fact in self.facts if fact.code == "project_amount"), None)
        return found if isinstance(found, Decimal) else self.amounts.immediate

    @property
    def grade(self) -> str | None:
        """The worst loan class of its lines; None where the book gives none."""
        known = [line.loan_class for line in self.lines if line.loan_class in CLASSES]
        return max(known, key=CLASSES.index, default=None)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, a draft until a checker confirms it (target in the reporting currency).

    `prior_grade` and `new_grade` are loan classes: the one the item's lines have, and the one that is proposed.
    """

    action: Action
    target: Decimal | None
    comment: str
    maker: str
    at: datetime
    prior_grade: str | None = None
    new_grade: str | None = None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step of an item's life; `event` is a code, `values` what its sentence needs."""

    at: datetime
    who: str
    event: str
    values: Mapping[str, str] = field(default_factory=dict)
    step: int = 0  # the store's number of it


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A stored item: the latest proposal and what people set on it. `id` is like "L1-0417".

    `maker` and `checker` are accounts in small letters: who asked for what was confirmed last, and who confirmed it.
    """

    id: str
    proposal: Proposal
    status: Status
    owner: str | None
    due: date | None
    decision: Decision | None
    line_decisions: Mapping[str, Decision]
    first_listed: datetime
    updated: datetime
    history: tuple[HistoryEntry, ...] = ()
    asked: Asked | None = None
    maker: str | None = None  # who asked the checker last
    checker: str | None = None  # who confirmed it; None while it waits
    closing: Closing | None = None

    def overdue(self, today: date) -> bool:
        """Whether its due date has passed with work left to its owner."""
        return (
            self.due is not None and self.due < today and self.status not in SETTLED and self.status is not Status.DONE
        )

    @property
    def waits_for_checker(self) -> bool:
        """Whether a second person has something to confirm."""
        return self.status in (Status.WITH_CHECKER, Status.DONE) and self.asked is not None

    @property
    def needs_decision(self) -> bool:
        """Whether it still waits for somebody's decision."""
        return self.status in (Status.PROPOSED, Status.RETURNED, Status.RELEASE_PROPOSED) and self.decision is None
