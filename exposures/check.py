"""A day's check as it stands: what it saw, what was decided and signed, and the evidence that came late."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from exposures.checking import Decided, StepEvidence, Verdict, overall
from exposures.flags import CountryFlag

#: The part of a check that is its page; every other part is an addendum's number.
PAGE = 0


class Role(StrEnum):
    """Who signs."""

    MAKER = "maker"
    CHECKER = "checker"


class Status(StrEnum):
    """Where a check stands; the same for the page and for an addendum."""

    OPEN = "open"
    WITH_CHECKER = "with_checker"  # signed by its maker; a decision milder than act waits for another person
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a check saw: its steps, the flagged countries of the day, and the book it looked at (None: there was none).

    `covers_from` is the last signed check before it: everything that came out since is covered. `known_late` are the
    lines that were more than 90 days late; `fetched` is the last row of the fetch log that was there.
    """

    steps: tuple[StepEvidence, ...]
    flags: tuple[CountryFlag, ...] = ()
    book: int | None = None
    reporting_date: date | None = None
    covers_from: date | None = None
    known_late: tuple[str, ...] = ()
    fetched: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a part of a check, as what, and when."""

    part: int
    role: Role
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Addendum:
    """Late evidence about one step, its decision, and who signed for it.

    `on_page`: it came before the page was signed, so the page's signatures stand for it too.
    """

    id: int
    step: StepEvidence
    at: datetime
    on_page: bool
    decision: Decided | None
    maker: Signature | None
    checker: Signature | None

    @property
    def needs_checker(self) -> bool:
        """A decision milder than act on evidence that calls for it."""
        return self.decision is not None and self.decision.needs_checker

    @property
    def status(self) -> Status:
        """Open until it is decided and signed."""
        return _status(self.maker, self.checker, self.needs_checker)


@dataclass(frozen=True, slots=True)
class Check:
    """One day's check as it stands. `business_date` is the day it is for; `run_at` is when it was made."""

    id: int
    business_date: date
    cut_off: datetime
    run_at: datetime
    late: bool
    who: str
    snapshot: Snapshot
    decisions: tuple[Decided, ...]  # on the page: one a step, the newest
    maker: Signature | None
    checker: Signature | None
    addenda: tuple[Addendum, ...]  # oldest first

    @property
    def steps(self) -> tuple[StepEvidence, ...]:
        """The page's steps as they were seen, late evidence that came before it was signed in its place."""
        newer = {one.step.step: one.step for one in self.addenda if one.on_page}
        return tuple(newer.get(step.step, step) for step in self.snapshot.steps)

    @property
    def latest(self) -> tuple[StepEvidence, ...]:
        """Every step with the newest evidence there is, addenda to a signed page included."""
        newer = {one.step.step: one.step for one in self.addenda}
        return tuple(newer.get(step.step, step) for step in self.snapshot.steps)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The steps of the page without a decision."""
        decided = {one.step for one in self.decisions}
        return tuple(step.step for step in self.steps if step.step not in decided)

    @property
    def verdict(self) -> Verdict | None:
        """The worst decision on the page; None before the first."""
        return overall(self.decisions)

    @property
    def needs_checker(self) -> bool:
        """A decision on the page is milder than act where the verdict is act."""
        return any(decided.needs_checker for decided in self.decisions)

    @property
    def status(self) -> Status:
        """Of the page; addenda have their own."""
        return _status(self.maker, self.checker, self.needs_checker)

    @property
    def open_addenda(self) -> tuple[Addendum, ...]:
        """What came after the page was signed and is not signed for yet.

        Newer evidence about a step takes the place of what nobody has signed.
        """
        newest = {one.step.step: one.id for one in self.addenda}
        return tuple(
            one
            for one in self.addenda
            if not one.on_page
            and one.status is not Status.SIGNED
            and (one.maker is not None or newest[one.step.step] == one.id)
        )

    @property
    def to_decide(self) -> tuple[str, ...]:
        """The steps that wait for a decision: on an open page the undecided ones, after it those with late evidence."""
        if self.maker is None:
            return self.undecided
        return tuple(one.step.step for one in self.open_addenda if one.decision is None)

    def waiting(self, step: str) -> Addendum | None:
        """The newest late evidence about a step that a decision has to answer: on an open page, or after it."""
        mine = [one for one in self.addenda if one.step.step == step]
        newest = mine[-1] if mine else None
        if newest is None or (newest.on_page and self.maker is not None) or newest.maker is not None:
            return None
        return newest

    def decision(self, step: str) -> Decided | None:
        """What was decided on a step of the page."""
        return next((decided for decided in self.decisions if decided.step == step), None)

    def evidence(self, step: str) -> StepEvidence:
        """A step of the page; KeyError where there is none of that name."""
        return {one.step: one for one in self.steps}[step]


def _status(maker: Signature | None, checker: Signature | None, needs_checker: bool) -> Status:
    if maker is None:
        return Status.OPEN
    return Status.WITH_CHECKER if needs_checker and checker is None else Status.SIGNED
