"""L4, new-lending restraint (减少信贷投放): what of a borrower's facilities can be cut, and how soon."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from alerts.finding import Finding
from exposures.flags import CountryFlag, LimitStanding, Tier
from exposures.reason import Reason
from exposures.reviews.beneath import Beneath
from exposures.reviews.collecting import put_off
from exposures.reviews.holdings import Holdings
from exposures.reviews.item import Action, Amounts, Fact, ItemKey, Priority, Proposal
from exposures.reviews.places import Place
from exposures.reviews.release import AHEAD, NO_FACILITY, ORDER, SOON, Step, steps
from exposures.reviews.renewed import Renewed
from exposures.reviews.review_list import Grounds, ListResult, ReviewSettings
from exposures.reviews.screen import NOTHING, Screen, first, role_of, total

#: Self-liquidating trade finance is at most so long.
TRADE_DAYS = 180
#: Stages before the first draw: what is pending there is a project's matter (L5), not a draw.
BEFORE_DRAW = frozenset({"in_approval", "approved", "signed", "planned"})


class LendingRestraint:
    """Item = borrower in a flagged country, its facilities beneath; each facility has its own kind and action."""

    id = "L4"

    def criteria(self, settings: ReviewSettings) -> tuple[Finding, ...]:
        """Universe, kinds, tiers, exemptions, room, priority and rank, as they are applied."""
        due = {priority.value: days for priority, days in settings.due_days.items()}
        exempt = tuple(sorted(settings.exempt_lending))
        return (
            Finding("l4.universe", {"em_source": settings.em_set.source, "em_dated": settings.em_set.dated}),
            Finding("l4.minimum", {"amount": settings.minimum_amount}),
            Finding("l4.kinds"),
            Finding("l4.tiers"),
            Finding("l4.exempt", {"exempt": exempt}) if exempt else Finding("l4.exempt_blank"),
            Finding("l4.room", {"limit": settings.reduce_to_limit, "exposure": settings.reduce_to_exposure}),
            Finding("l4.priority", due),
            Finding("l4.rank"),
        )

    def build(self, grounds: Grounds) -> ListResult:
        """The list on this book; days run from the book's own date."""
        with put_off():
            return _Round(grounds).result(self.criteria(grounds.settings))


class _Round:
    """One making of the list."""

    def __init__(self, grounds: Grounds) -> None:
        self.screen, self.settings = Screen(grounds), grounds.settings
        self.holdings, self.renewed = Holdings(self.screen.claims), Renewed(self.screen.claims)
        self.tide, cell = grounds.tide, self.screen.cell
        self._instrument, self._days, self._kind = map(cell.reader, ("instrument", "days", "undrawn_kind"))
        self.small: set[int] = set()
        self.idle: set[int] = set()
        self.exempt: set[int] = set()

    def result(self, criteria: tuple[Finding, ...]) -> ListResult:
        """Items by what can be released within 30 days, then X."""
        made = list(self._items())
        made.sort(key=lambda item: (-_fact(item, "released_30"), -item.amounts.immediate, item.name, item.key.country))
        left_out = [("exempt", self.exempt), ("nothing_to_lend", self.idle), ("not_screened", self.small)]
        return self.screen.result("L4", made, criteria, left_out, self._why_empty())

    def _items(self) -> Iterable[Proposal]:
        screen, known = self.screen, dict[str, tuple[LimitStanding | None, tuple[Fact, ...]]]()
        for country, subject, places in screen.of_subject():
            if country not in known:
                limit = screen.limit_of(country)
                known[country] = limit, self._against_limit(screen.flags[country], limit)
                if limit is None:
                    screen.miss(country, country, "limit", "no_limit_for_room")
            item = self._item(subject, screen.flags[country], places, *known[country])
            if item is not None:
                yield item

    def _item(
        self,
        subject: str,
        flag: CountryFlag,
        places: tuple[Place, ...],
        limit: LimitStanding | None,
        country_facts: tuple[Fact, ...],
    ) -> Proposal | None:
        screen = self.screen
        lines = [place.line for place in places]
        _, all_of, together = screen.there(places)
        pending = {line: self._draw(line) for line in lines}
        if _sum(one.immediate for one in all_of.values()) + _sum(pending.values()) < self.settings.minimum_amount:
            self.small.update(lines)
            return None
        found = {line: self._steps(line, amounts) for line, amounts in all_of.items()}
        wanted = []
        for line, amounts in all_of.items():
            if not (found[line] or pending[line] or amounts.undrawn):
                self.idle.add(line)
            elif self._is_exempt(line):
                self.exempt.add(line)
            else:
                wanted.append(line)
        if not wanted:
            return None
        screen.shown.update(wanted)
        kept = set(wanted)
        counted = [place for place in places if place.line in kept]
        by_line = {line: all_of[line] for line in wanted}
        whole, name = (
            together if len(wanted) == len(all_of) else total(by_line.values()),
            first(screen.cell(line, "counterparty_name") for line in lines) or subject,
        )
        acting = flag.tier is Tier.ACT
        all_steps = [step for line in wanted for step in found[line]]
        free = [step for step in all_steps if step.within(AHEAD)] if acting else []
        released = {days: _sum(step.amount for step in free if step.within(days)) for days in (SOON, AHEAD)}
        action = self._action(free, all_steps, wanted, pending, acting=acting)
        priority = _priority(released[SOON] >= self.settings.minimum_amount, acting=acting)
        asked = [_sum(each) for each in (map(pending.__getitem__, wanted), map(self.renewed.asked, wanted))]
        told = (*self._reasons(whole, all_steps, *asked), *screen.tight_limit(limit))
        unknown = _sum(amounts.undrawn for line, amounts in by_line.items() if not self._kind(line))
        if unknown:
            screen.miss(subject, name, "facility", "undrawn_kind_missing")
        facts = (
            Fact("released_30", released[SOON], "money"),
            Fact("released_90", released[AHEAD], "money"),
            *self._locked(all_steps),
            *country_facts,
        )
        return Proposal(
            ItemKey("L4", subject, flag.country, flag.episode),
            name,
            role_of(counted),
            flag.tier.value,
            screen.entities(wanted),
            first(screen.cell(line, "group_id") for line in wanted),
            (*told, *screen.why_flagged(flag, told), *self.tide.reasons),
            0,
            priority,
            0,
            action,
            _sum(step.amount for step in free if step.action is action) or None,
            None,
            whole,
            self._lines(by_line, found, pending, acting=acting),
            ("facility",) if unknown else (),
            screen.owner(wanted),
            screen.due(priority),
            facts=facts,
        )

    # ------------------------------------------------------------------ one facility

    def _steps(self, line: int, amounts: Amounts) -> tuple[Step, ...]:
        """What of a line can be released, on its whole amounts."""
        if self._instrument(line) in NO_FACILITY:
            return ()
        days = self._days(line)
        return steps(
            amounts.undrawn,
            amounts.drawn + self.screen.money(line, "contingent"),
            self._kind(line),
            None if days is None else int(days),
            renewable=days is not None and 0 <= days <= AHEAD and not self.holdings.is_bad(line),
        )

    def _draw(self, line: int) -> Decimal:
        """What is asked for on a facility that has been drawn before, or is past its first draw by its stage."""
        stage = self.screen.cell(line, "stage")
        if stage in BEFORE_DRAW or (stage is None and not self.screen.cell(line, "drawn")):
            return NOTHING
        return self.screen.money(line, "pending")

    def _is_exempt(self, line: int) -> bool:
        """Self-liquidating trade finance and what is covered by cash, where the bank exempts them."""
        cell, exempt, days = self.screen.cell, self.settings.exempt_lending, self._days(line)
        if not exempt:
            return False
        trade = cell(line, "instrument") == "trade_finance" and days is not None and 0 <= days <= TRADE_DAYS
        if "trade" in exempt and trade and not cell(line, "revolving"):
            return True
        cash = cell(line, "collateral_kind") == "cash" and self.screen.money(line, "collateral_value")
        return "cash" in exempt and bool(cash) and cash >= self.screen.money(line, "x")

    def _lines(
        self,
        by_line: dict[int, Amounts],
        found: dict[int, tuple[Step, ...]],
        pending: dict[int, Decimal],
        *,
        acting: bool,
    ) -> Beneath:
        """Whatever releases most first, then what is most undrawn."""
        rows = []
        for line, amounts in by_line.items():
            free = [step for step in found[line] if step.within(AHEAD)]
            action = self._action(free, found[line], [line], pending, acting=acting)
            rows.append((line, amounts, action, _sum(step.amount for step in free) if acting else None))
        name = self.screen.cell.reader("line_id")
        rows.sort(key=lambda row: (-(row[3] or NOTHING), -row[1].undrawn, str(name(row[0]))))
        return Beneath(rows, self.screen.claims.told)

    def _action(
        self,
        free: list[Step],
        every: Iterable[Step],
        lines: list[int],
        pending: dict[int, Decimal],
        *,
        acting: bool,
    ) -> Action:
        """Tier A: what releases most, else what must wait; tier B: no increase, a renewal one tier higher."""
        every = tuple(every)
        if not acting:
            renewed = any(step.action is Action.NO_RENEWAL for step in every)
            return Action.RENEW_HIGHER if renewed else Action.NO_INCREASE
        if free:
            sums = {action: _sum(step.amount for step in free if step.action is action) for action in ORDER}
            return max(sums, key=lambda action: sums[action])
        if any(pending[line] for line in lines):
            return Action.HOLD_DRAW
        return Action.LET_LAPSE if every else Action.CHECK_CONTRACT

    def _locked(self, every: list[Step]) -> tuple[Fact, Fact]:
        """What is committed without draw-stop beyond the 90 days, and the first day on which any of it can be cut."""
        late = [step for step in every if not step.within(AHEAD)]
        days = [step.days for step in late if step.days is not None]
        until = (self.screen.reported + timedelta(days=min(days))).isoformat() if days else None
        return Fact("locked", _sum(step.amount for step in late), "money"), Fact("locked_until", until, "date")

    def _reasons(self, whole: Amounts, every: list[Step], pending: Decimal, asked: Decimal) -> tuple[Reason, ...]:
        due = _sum(step.amount for step in every if step.action is Action.NO_RENEWAL)
        found = (("undrawn", whole.undrawn), ("renewal_90", due), ("renewal_asked", asked), ("pending_draw", pending))
        return tuple(
            self.screen.reason(metric, "facility", amount, None, "money") for metric, amount in found if amount > 0
        )

    # ------------------------------------------------------------------ the country

    def _against_limit(self, flag: CountryFlag, limit: LimitStanding | None) -> tuple[Fact, ...]:
        """The use of the country's limit now and after each step of all its facilities, and room for new lending."""
        codes = ("use_now", "use_cancelled", "use_lapsed", "use_not_renewed")
        if limit is None:
            return (*(Fact(code, None, "percent") for code in codes), Fact("room", None, "money"))
        came_down = self._came_down(flag, limit)
        used, uses = limit.used, []
        for part in ((), (Action.CANCEL_UNDRAWN, Action.INVOKE_DRAW_STOP), (Action.LET_LAPSE,), (Action.NO_RENEWAL,)):
            used -= _sum(came_down.get(action, NOTHING) for action in part)
            uses.append(used / limit.limit * 100 if limit.limit > 0 else None)
        target = limit.limit * self.settings.reduce_to_limit / 100
        if flag.tier is Tier.ACT:
            target = min(target, limit.used * self.settings.reduce_to_exposure / 100)
        room = max(NOTHING, target - limit.used - limit.pending)
        return (
            *(Fact(code, use, "percent") for code, use in zip(codes, uses, strict=True)),
            Fact("room", room, "money"),
        )

    def _came_down(self, flag: CountryFlag, limit: LimitStanding) -> dict[Action, Decimal]:
        """By step, what the limit loses within 90 days, on its own basis and measure; in tier B nothing is cut."""
        sums: dict[Action, Decimal] = {}
        if flag.tier is not Tier.ACT:
            return sums
        for held in self.holdings.of_country(flag.country, limit.basis, limit.measure):
            if not self.screen.claims.able[held.line] or self._is_exempt(held.line) or held.instrument in NO_FACILITY:
                continue
            due, kind = held.drawn + held.contingent, held.undrawn_kind
            for step in steps(held.undrawn, due, kind, held.days, renewable=not held.bad):
                if step.within(AHEAD):
                    sums[step.action] = sums.get(step.action, NOTHING) + step.amount
        return sums

    def _why_empty(self) -> Finding:
        if not self.screen.flags:
            return Finding("l4.empty.no_flags")
        countries = tuple(sorted(self.screen.flags))
        if self.exempt:
            return Finding("l4.empty.exempt", {"countries": countries})
        return Finding("l4.empty.nothing", {"countries": countries})


def _priority(at_once: bool, *, acting: bool) -> Priority:
    """High where tier A can release the minimum amount or more within 30 days, else medium; tier B low [choice]."""
    if not acting:
        return Priority.LOW
    return Priority.HIGH if at_once else Priority.MEDIUM


def _fact(item: Proposal, code: str) -> Decimal:
    value = next(fact.value for fact in item.facts if fact.code == code)
    return value if isinstance(value, Decimal) else NOTHING


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, NOTHING)
