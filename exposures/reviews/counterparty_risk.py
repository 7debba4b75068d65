"""L10, counterparty risk (交易对手方风险): what is lost where one fails, and cover that fails with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from alerts.finding import Finding
from exposures.flags import LIMIT_BREACH, LimitStanding, Tier, limit_reason
from exposures.labels import Flags
from exposures.reason import Reason
from exposures.reviews.beneath import Beneath
from exposures.reviews.collecting import put_off
from exposures.reviews.control import Positions
from exposures.reviews.item import Action, Fact, ItemKey, Priority, Proposal
from exposures.reviews.review_list import Grounds, ListResult, ReviewSettings
from exposures.reviews.screen import NOTHING, Screen, first, total

#: What makes a counterparty; settlement is in no book and is supplied by a setting.
TRADED = ("placement", "repo", "derivative", "trade_finance")
#: Sums of floats are nearer to the exact ones than this share of them.
_NEAR = 1e-6


def derivative(net: Decimal, collateral: Decimal, add_on: Decimal | None, notional: Decimal | None) -> Decimal:
    """`max(0, net − collateral) + add-on × notional`; `add_on` in percent, without either the current exposure only."""
    current = max(NOTHING, net - collateral)
    return current if add_on is None or notional is None else current + notional * add_on / 100


def repo(cash: Decimal, collateral: Decimal, haircut: Decimal | None) -> Decimal:
    """`max(0, cash − collateral × (1 − haircut))`; collateral without a haircut counts nothing."""
    return cash if haircut is None else max(NOTHING, cash - collateral * (1 - haircut))


@dataclass(slots=True)
class _Exposure:
    """One counterparty's parts in the reporting currency; `against` is collateral that counts zero as wrong-way."""

    parts: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(TRADED, NOTHING))
    against: Decimal = NOTHING
    incomplete: set[str] = field(default_factory=set)

    @property
    def total(self) -> Decimal:
        """All parts; settlement stands apart."""
        return sum(self.parts.values(), NOTHING)


class CounterpartyRisk:
    """Item = counterparty with a placement, repo, derivative or trade finance."""

    id = "L10"

    def criteria(self, settings: ReviewSettings) -> tuple[Finding, ...]:
        """Universe, measure, wrong-way risk, selection, action, priority and rank, as they are applied."""
        due = {priority.value: days for priority, days in settings.due_days.items()}
        return (
            Finding("l10.universe", {"em_source": settings.em_set.source, "em_dated": settings.em_set.dated}),
            Finding("l10.minimum", {"amount": settings.minimum_amount}),
            Finding("l10.measure", {"add_on": settings.derivative_add_on}),
            Finding("l10.wrong_way"),
            Finding("l10.selection", {name: settings.mark(f"l10.{name}") for name in ("tier_1", "limit")}),
            Finding("l10.action", {"limit": settings.mark("l10.limit")}),
            Finding("l10.priority", due),
            Finding("l10.rank"),
        )

    def build(self, grounds: Grounds) -> ListResult:
        """The list on this book."""
        with put_off():
            return _Round(grounds).result(self.criteria(grounds.settings))


class _Round:
    """One making of the list."""

    def __init__(self, grounds: Grounds) -> None:
        self.screen, self.settings, self.grounds = Screen(grounds), grounds.settings, grounds
        self.factors = grounds.book.book.factors
        self.tide = grounds.tide
        claims, kind = self.screen.claims, self.screen.claims.book.labels("instrument")
        #: Positions of what makes a counterparty, and of everything else.
        traded = kind.among(TRADED)
        self.traded, self.others = (np.flatnonzero(claims.able & some) for some in (traded, ~traded))
        self.kinds = {kind.values[code] for code in np.unique(kind.codes[self.traded]).tolist()}
        self.ending = np.zeros(len(claims.lines), dtype=np.int64)
        np.add.at(self.ending, claims.where.lines, claims.where.guarantor)
        self.limits = {use.subject: use for use in reversed(grounds.limits) if use.scope == "counterparty"}
        self.small: set[int] = set()
        self.fine: set[int] = set()

    def result(self, criteria: tuple[Finding, ...]) -> ListResult:
        """Items by their total against the limit, then the total."""
        screen = self.screen
        made = list(self._items())
        made.sort(key=lambda item: (-_number(item, "limit_use"), -_number(item, "exposure"), item.name))
        self._note_missing()
        left_out: list[tuple[str, Positions]] = [
            ("not_screened", self.small),
            ("not_selected", self.fine),
            ("not_traded", self.others),
        ]
        return screen.result("L10", made, criteria, left_out, self._why_empty())

    def _note_missing(self) -> None:
        miss, settings = self.screen.miss, self.settings
        if not settings.settlements_ahead:
            miss("", "", "settlement", "settlement_missing")
        if settings.tier_1 is None:
            miss("", "", "capital", "tier_1_blank")
        if not any(use.scope == "counterparty" for use in self.grounds.limits):
            miss("", "", "limit", "no_counterparty_limit")
        if "derivative" in self.kinds:
            miss("", "", "wrong_way", "reference_missing")
        if "repo" not in self.kinds:
            miss("", "", "repo", "no_repo")

    def _items(self) -> Iterable[Proposal]:
        owing = self.screen.claims.subjects
        codes = owing.codes[self.traded]
        asked, amount = self._can_be_listed(codes)
        for some, kept in ((self.small, amount < float(self.settings.minimum_amount)), (self.fine, True)):
            some.update(self.traded[(~asked & kept)[codes]].tolist())
        self.fine -= self.small
        mine = np.flatnonzero(asked[codes])
        order = mine[np.argsort(codes[mine], kind="stable")]
        begins = np.flatnonzero(np.r_[True, codes[order][1:] != codes[order][:-1]][: len(order)])
        for positions in np.split(self.traded[order], begins[1:]) if len(order) else ():
            item = self._item(owing.values[owing.codes[positions[0]]], positions.tolist())
            if item is not None:
                yield item

    def _can_be_listed(self, codes: npt.NDArray[np.int32]) -> tuple[Flags, npt.NDArray[np.float64]]:
        """Of every subject, whether anything could put it on the list, and X near enough to tell who is too small.

        Whoever is near a mark is among them and measured exactly; of a large book most are far from all marks.
        """
        claims, settings, values = self.screen.claims, self.settings, self.screen.claims.subjects.values
        labels, held = claims.book.labels, self.traded
        x = claims.measured["x"][held] * claims.rough_worth[held]

        def some(lines: Flags) -> Flags:
            found: Flags = np.bincount(codes[lines], minlength=len(values) + 1) > 0
            return found

        office = labels("head_office_country").or_else(labels("country"))
        asked = some(office.among(self.screen.flags)[held]) | some(~labels("collateral_country").missing[held])
        asked[[place for place, subject in enumerate(values) if subject in self.limits]] = True
        amount: npt.NDArray[np.float64] = np.bincount(codes, x, len(values) + 1).astype(np.float64)
        least = float(settings.minimum_amount)
        asked |= np.abs(amount - least) <= max(least, 1.0) * _NEAR
        if settings.tier_1 is not None:
            mark = float(settings.tier_1 * settings.mark("l10.tier_1") / 100)
            asked |= np.bincount(codes, np.maximum(x, 0), len(values) + 1) >= mark - abs(mark) * _NEAR
            asked |= some(labels("instrument").are("derivative")[held])  # an add-on to it is in no X
        return asked, amount

    def _item(self, subject: str, positions: list[int]) -> Proposal | None:
        screen = self.screen
        if screen.claims.total_at(positions) < self.settings.minimum_amount:
            self.small.update(positions)
            return None
        offices = [screen.cell(line, "head_office_country") or screen.cell(line, "country") for line in positions]
        office = first(offices) or ""
        flag = next((screen.flags[place] for place in offices if place in screen.flags), None)
        name = first(screen.cell(line, "counterparty_name") for line in positions) or subject
        exposure = self._exposure(positions)
        limit = self.limits.get(subject)
        told = self._reasons(exposure, limit, subject)
        if flag is None and not told:
            self.fine.update(positions)
            return None
        if flag is not None:
            office = flag.country
        screen.shown.update(positions)
        for why in sorted(exposure.incomplete):
            screen.miss(subject, name, "derivative" if why == "no_notional" else "repo", why)
        by_line = screen.amounts((line, int(self.ending[line])) for line in positions)
        breached = limit is not None and exposure.total > limit.limit
        settled = self.settings.settlements_ahead.get(subject)
        alarmed = any(alert.country == office and alert.severity == "critical" for alert in self.grounds.alerts)
        action, amount = self._action(exposure, limit, paid_late=bool(settled) and alarmed, breached=breached)
        priority = _priority(bool(exposure.against) or breached, bool(told) or (flag and flag.tier is Tier.ACT))
        use = None if limit is None or not limit.limit else exposure.total / limit.limit * 100
        return Proposal(
            ItemKey("L10", subject, office, 0 if flag is None else flag.episode),
            name,
            "immediate",
            "" if flag is None else flag.tier.value,
            screen.entities(positions),
            first(screen.cell(line, "group_id") for line in positions),
            (*told, *(() if flag is None else screen.why_flagged(flag)), *self.tide.reasons),
            0,
            priority,
            0,
            action,
            amount,
            None,
            total(by_line.values()),
            Beneath([(line, amounts, action) for line, amounts in by_line.items()], screen.claims.told),
            tuple(sorted(exposure.incomplete)),
            screen.owner(positions),
            screen.due(priority),
            facts=(
                Fact("exposure", exposure.total, "money"),
                *(Fact(f"of_{kind}", exposure.parts[kind], "money") for kind in TRADED),
                Fact("against", exposure.against, "money"),
                Fact("limit_use", use, "percent"),
                Fact("settlement", settled, "money"),
            ),
        )

    def _exposure(self, positions: list[int]) -> _Exposure:
        """What is owed by kind, less collateral that holds when the counterparty fails."""
        found, settings = _Exposure(), self.settings
        for line in positions:
            kind = self.screen.cell(line, "instrument")
            owed = self.screen.money(line, "x")
            if kind not in ("derivative", "repo"):
                found.parts[kind] += owed
                continue
            collateral = self.screen.money(line, "collateral_value")
            if collateral and self._is_wrong_way(line):
                found.against += collateral
                collateral = NOTHING
            if kind == "derivative":
                notional = settings.notionals.get(str(self.screen.cell(line, "line_id")))
                if notional is None or settings.derivative_add_on is None:
                    found.incomplete.add("no_notional")
                found.parts[kind] += derivative(owed, collateral, settings.derivative_add_on, notional)
            else:
                cash = self.screen.cell(line, "collateral_kind") == "cash"
                haircut = self.factors.cash_haircut if cash else self.factors.securities_haircut
                if collateral and haircut is None:
                    found.incomplete.add("haircut_blank")
                found.parts[kind] += repo(owed, collateral, haircut)
        return found

    def _is_wrong_way(self, line: int) -> bool:
        """Whether the collateral lies where the counterparty does: it would fail with it."""
        cell: Any = self.screen.cell
        held = cell(line, "collateral_country")
        return held is not None and held in (cell(line, "country"), cell(line, "head_office_country"))

    def _reasons(self, exposure: _Exposure, limit: LimitStanding | None, subject: str) -> tuple[Reason, ...]:
        """What selects a counterparty beside the flag of its head office."""
        screen, found = self.screen, []
        if exposure.against:
            found.append(screen.reason("wrong_way", "wrong_way", exposure.against, None, "money"))
        tight, large = self.settings.mark("l10.limit"), self.settings.mark("l10.tier_1")
        if limit is not None and limit.limit * tight <= exposure.total * 100:
            mark = LIMIT_BREACH if exposure.total > limit.limit else tight
            used = LimitStanding("counterparty", subject, limit.limit, exposure.total, NOTHING, limit.basis,
                                 limit.date, limit.source, limit.currency, limit.measure)  # fmt: skip
            found.append(limit_reason(used, "limit_counterparty", "limit", mark))
        tier_1 = self.settings.tier_1
        if tier_1 is not None and exposure.total * 100 >= tier_1 * large:
            found.append(screen.reason("of_tier_1", "capital", exposure.total / tier_1 * 100, large, "percent"))
        return tuple(found)

    def _action(
        self, exposure: _Exposure, limit: LimitStanding | None, *, paid_late: bool, breached: bool
    ) -> tuple[Action, Decimal | None]:
        """Breach or wrong-way: a collateral call where something is collateralised, else no new trades."""
        if breached or exposure.against:
            over = exposure.total - limit.limit if breached and limit is not None else exposure.against
            called = exposure.against or exposure.parts["repo"] or exposure.parts["derivative"]
            return (Action.ADD_COLLATERAL, over) if called else (Action.STOP_TRADES, None)
        if paid_late:
            return Action.PAY_AFTER_RECEIPT, None
        tight = limit is not None and limit.limit * self.settings.mark("l10.limit") <= exposure.total * 100
        return (Action.STOP_TRADES if tight else Action.WATCH), None

    def _why_empty(self) -> Finding:
        if not len(self.traded):
            return Finding("l10.empty.none")
        return Finding("l10.empty.fine" if self.screen.flags else "l10.empty.no_flags")


def _priority(grave: bool, pressing: object) -> Priority:
    """High on a breach or wrong-way risk, medium on another mark or in tier A, otherwise low [choice]."""
    if grave:
        return Priority.HIGH
    return Priority.MEDIUM if pressing else Priority.LOW


def _number(item: Proposal, code: str) -> Decimal:
    value = next(fact.value for fact in item.facts if fact.code == code)
    return value if isinstance(value, Decimal) else NOTHING
