"""L5, stricter project approval (严格项目审批): which projects need a higher tier before their first draw."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from alerts.finding import Finding
from exposures.allocation import COMPONENTS
from exposures.book import Basis, Measure
from exposures.classification import CHECKED, class_findings
from exposures.flags import LIMIT_BREACH, LIMIT_WATCH, CountryFlag, LimitStanding, Tier
from exposures.reason import Reason
from exposures.renewals import Standing
from exposures.reviews.collecting import put_off
from exposures.reviews.item import Action, Fact, ItemKey, Priority, Proposal
from exposures.reviews.places import Place
from exposures.reviews.projects import is_project
from exposures.reviews.renewed import Renewed
from exposures.reviews.review_list import Grounds, ListResult, ReviewSettings
from exposures.reviews.screen import NOTHING, Screen, role_of

#: By how many approval tiers a flagged country raises a project.
_RAISED = {Tier.ACT: "l5.raised_a", Tier.WATCH: "l5.raised_b"}
#: What is owed by these depends on the sovereign.
SOVEREIGN = frozenset({"sovereign", "central_bank", "public"})
_YEAR = Decimal("365.25")


class ProjectApproval:
    """Item = project before its first draw in a flagged country, on either basis."""

    id = "L5"

    def criteria(self, settings: ReviewSettings) -> tuple[Finding, ...]:
        """Universe, approval tiers, conditions, lapse, priority and rank, as they are applied."""
        due = {priority.value: days for priority, days in settings.due_days.items()}
        tiers = len(settings.approval_tiers) + 1
        raised = {"a": settings.mark("l5.raised_a"), "b": settings.mark("l5.raised_b")}
        return (
            Finding("l5.universe", {"em_source": settings.em_set.source, "em_dated": settings.em_set.dated}),
            Finding("l5.minimum", {"amount": settings.minimum_amount}),
            Finding("l5.approval", raised | {"tiers": tiers}) if tiers > 1 else Finding("l5.approval_blank", raised),
            Finding("l5.conditions", {"years": settings.tenor_limit}),
            Finding("l5.lapse", {"days": settings.mark("l5.lapse_days")}),
            Finding("l5.priority", due),
            Finding("l5.rank"),
        )

    def build(self, grounds: Grounds) -> ListResult:
        """The list on this book; ages run from the book's own date."""
        with put_off():
            return _Round(grounds).result(self.criteria(grounds.settings))


class _Round:
    """One making of the list."""

    def __init__(self, grounds: Grounds) -> None:
        self.screen, self.settings = Screen(grounds), grounds.settings
        self.renewed = Renewed(self.screen.claims)
        drawn = self.screen.claims.measured["drawn"]
        here = np.unique(self.screen.places.lines)
        self.projects = {line for line in here[drawn[here] == 0].tolist() if self._is_project(line)}
        self.others = here[~np.isin(here, sorted(self.projects))]
        self.small: set[int] = set()
        self.afters: dict[ItemKey, Decimal] = {}
        self.found = self._class_findings()
        self.pieces: dict[Basis, npt.NDArray[np.intp]] = {}

    def result(self, criteria: tuple[Finding, ...]) -> ListResult:
        """Items by use of the limit with the project, then its amount."""
        screen = self.screen
        if self.projects and not self.settings.approval_tiers:
            screen.miss("", "", "approval", "approval_tiers_blank")
        if self.projects and self.settings.tenor_limit is None:
            screen.miss("", "", "condition", "tenor_limit_blank")
        made = list(self._items())
        made.sort(key=lambda item: (-self.afters[item.key], -item.size, item.name, item.key.subject))
        return screen.result(
            "L5", made, criteria, [("not_screened", self.small), ("no_project", self.others)], self._why_empty()
        )

    def _items(self) -> Iterable[Proposal]:
        mine = self.screen.places.where(np.isin(self.screen.places.lines, sorted(self.projects)))
        held = [(place, country) for country, places in mine.by_country for place in places]
        for place, country in sorted(held, key=lambda one: (one[0].line, one[1])):
            amount = self._amount(place.line)
            if amount < self.settings.minimum_amount:
                self.small.add(place.line)
            else:
                yield self._item(place, self.screen.flags[country], amount)

    def _item(self, place: Place, flag: CountryFlag, amount: Decimal) -> Proposal:
        screen, cell, line = self.screen, self.screen.cell, place.line
        screen.shown.add(line)
        limit = screen.limit_of(flag.country)
        stage, subject = cell(line, "stage"), str(cell(line, "line_id"))
        name = cell(line, "counterparty_name") or cell(line, "subject") or subject
        after = None if limit is None else self._after(line, flag.country, amount, limit)
        if limit is None:
            screen.miss(subject, name, "limit", "no_limit_for_use", flag.country)
        key = ItemKey("L5", subject, flag.country, flag.episode)
        self.afters[key] = Decimal(-1) if after is None else after
        lapsed = self._lapsed(line, flag, stage, name)
        action = _action(after, limit, lapsed=lapsed is not None)
        priority = _priority(action)
        own_reasons = (self._tight(after), self._renewal(line, name), lapsed, *self._conditions(line, name))
        told = tuple(filter(None, own_reasons))
        own = (screen.reason("project_stage", "approval", stage or "unknown", None, "project_stage"), *told)
        normal, needed = self._tiers(amount, flag, top=action in (Action.TOP_TIER, Action.DECLINE))
        amounts = screen.claims.amounts(line, place.guarantor)
        maturity = cell(line, "maturity")
        return Proposal(
            key,
            name,
            role_of((place,)),
            flag.tier.value,
            screen.entities([line]),
            cell(line, "group_id"),
            (*_pressing_first(own), *screen.why_flagged(flag, ())),
            0,
            priority,
            0,
            action,
            amount,
            None,
            amounts,
            (screen.line(line, amounts, action),),
            () if maturity is not None else ("condition",),
            screen.owner([line]),
            screen.due(priority),
            facts=(
                Fact("project_amount", amount, "money"),
                Fact("project_stage", stage or "unknown", "project_stage"),
                Fact("use_before", None if limit is None else limit.utilisation_with_pending, "percent"),
                Fact("use_after", after if after is not None and after.is_finite() else None, "percent"),
                Fact("tiers_up", self.settings.mark(_RAISED[flag.tier]), "code"),
                Fact("tier_normal", normal, "code"),
                Fact("tier_needed", needed, "code"),
                Fact("tenor", self._tenor(line), "years"),
            ),
        )

    # ------------------------------------------------------------------ figures

    def _is_project(self, line: int) -> bool:
        cell = self.screen.cell
        return is_project(cell(line, "stage"), cell(line, "drawn"), cell(line, "pending") or 0)

    def _amount(self, line: int) -> Decimal:
        """What is pending, or signed and not drawn."""
        return self.screen.money(line, "pending") + self.screen.claims.amounts(line, 0).immediate

    def _tiers(self, amount: Decimal, flag: CountryFlag, *, top: bool) -> tuple[Decimal | None, Decimal | None]:
        """The normal approval tier by amount, and the one needed; None while the bank has set no tiers."""
        most = self.settings.approval_tiers
        if not most:
            return None, None
        normal, highest = 1 + sum(amount > each for each in most), len(most) + 1
        raised = normal + int(self.settings.mark(_RAISED[flag.tier]))
        return Decimal(normal), Decimal(highest if top else min(highest, raised))

    def _tenor(self, line: int) -> Decimal | None:
        days = self.screen.cell(line, "days")
        return None if days is None else Decimal(int(days)) / _YEAR

    def _after(self, line: int, country: str, amount: Decimal, limit: LimitStanding) -> Decimal | None:
        """u_after = (used + P, both without the project, + its amount) / L in percent, on the limit's basis."""
        counted, found = Measure(limit.measure), self.screen.claims.book.allocation(Basis(limit.basis))
        place = self._pieces(Basis(limit.basis))
        mine = found.amounts[place[(found.lines[place] == line) & found.country.taken(place).are(country)]]
        currency = self.screen.cell(line, "currency")

        def share(columns: Collection[str]) -> Decimal:
            parts = mine[:, [COMPONENTS.index(name) for name in columns]]
            return self.screen.claims.money(int(parts.sum()), currency)

        own = share(counted.components)
        pending = NOTHING if counted is Measure.WITH_PENDING else share(["pending"])
        falls = share(["undrawn", "contingent", "pending"])
        if self.screen.cell(line, "stage") == "planned" and self.screen.cell(line, "country") == country:
            # What is only planned counts in no limit yet.
            falls = amount if self.renewed.of(line) is None else self.renewed.increase(line)
        whole = limit.used - own + limit.pending - pending + falls
        return whole / limit.limit * 100 if limit.limit > 0 else Decimal("Infinity") if whole > 0 else None

    def _pieces(self, basis: Basis) -> npt.NDArray[np.intp]:
        """Which pieces of the book are of projects."""
        if basis not in self.pieces:
            lines = self.screen.claims.book.allocation(basis).lines
            self.pieces[basis] = np.flatnonzero(np.isin(lines, sorted(self.projects)))
        return self.pieces[basis]

    def _class_findings(self) -> dict[str, str]:
        """By who owes and by group, the case of a class finding on any of their lines."""
        if not self.projects:
            return {}
        claims, cell = self.screen.claims, self.screen.cell
        owing = {str(cell(line, "subject")) for line in self.projects} - {""}
        groups = {str(group) for line in self.projects if (group := cell(line, "group_id")) is not None}
        theirs = claims.subjects.among(owing) | claims.book.labels("group").among(groups)
        rules = self.settings.class_rules
        columns = [*CHECKED, *rules.columns, "subject"]
        mine = claims.lines.some(columns, np.flatnonzero(claims.able & theirs))
        found: dict[str, str] = {}
        for one in class_findings(mine, mine["subject"], claims.scaled_at(mine.index.to_numpy()), rules):
            row = int(mine.index[one.position])
            for key in (cell(row, "subject"), cell(row, "group_id")):
                if key:
                    found.setdefault(str(key), str(cell(row, "line_id")))
        return found

    # ------------------------------------------------------------------ reasons

    def _tight(self, after: Decimal | None) -> Reason | None:
        if after is None or after <= LIMIT_WATCH:
            return None
        mark = LIMIT_BREACH if after > LIMIT_BREACH else LIMIT_WATCH
        # A limit of zero has no use in percent.
        value = after if after.is_finite() else None
        return self.screen.reason("limit_after", "limit", value, mark, "percent")

    def _renewal(self, line: int, name: str) -> Reason | None:
        """What a renewal adds to what it replaces; one that counts in full is told as missing something."""
        renewal = self.renewed.of(line)
        if renewal is None or not renewal.new:
            return None
        if renewal.standing is not Standing.INCREASE:
            self.screen.miss(str(self.screen.cell(line, "line_id")), name, "approval", "renewal_in_full")
            return None
        return self.screen.reason("renewal", "approval", self.renewed.increase(line), None, "money")

    def _lapsed(self, line: int, flag: CountryFlag, stage: str | None, name: str) -> Reason | None:
        """An approval that is too old, or older than the country's tier; a signed contract needs none any more."""
        if stage != "approved":
            return None
        given = self.screen.cell(line, "signing_date")
        if given is None:
            self.screen.miss(str(self.screen.cell(line, "line_id")), name, "approval", "no_approval_date")
            return None
        on: date = given.date()
        rose = min(cause.since for cause in flag.causes if cause.tier is flag.tier)
        age = Decimal((self.screen.reported - on).days)
        if age > (lasts := self.settings.mark("l5.lapse_days")):
            return self.screen.reason("approval_old", "approval", age, lasts, "days")
        if on < rose:
            return self.screen.reason("approval_before_tier", "approval", on.isoformat(), rose.isoformat(), "date")
        return None

    def _conditions(self, line: int, name: str) -> Iterable[Reason]:
        """What the approval is to be bound to, in every case."""
        screen, cell = self.screen, self.screen.cell
        subject, revenue, sector = str(cell(line, "line_id")), cell(line, "local_revenue"), cell(line, "sector")
        if revenue is None:
            screen.miss(subject, name, "condition", "local_revenue_unknown")
        elif revenue:
            yield screen.reason("needs_hedge", "condition", None, None, "code")
        tenor, limit = self._tenor(line), self.settings.tenor_limit
        if tenor is None:
            screen.miss(subject, name, "condition", "undated")
        elif limit is not None and tenor > limit:
            yield screen.reason("needs_insurance", "condition", tenor, limit, "years")
        if sector is None:
            screen.miss(subject, name, "condition", "sector_unknown")
        elif sector in SOVEREIGN:
            yield screen.reason("needs_opinion", "condition", None, None, "code")
        keys = (cell(line, "subject"), cell(line, "group_id"))
        culprit = next((self.found[str(key)] for key in keys if key and str(key) in self.found), None)
        if culprit is not None:
            yield screen.reason("needs_cure", "condition", culprit, None, "code")

    def _why_empty(self) -> Finding:
        if not self.screen.flags:
            return Finding("l5.empty.no_flags")
        countries = tuple(sorted(self.screen.flags))
        return Finding("l5.empty.small" if self.small else "l5.empty.none", {"countries": countries})


def _action(after: Decimal | None, limit: LimitStanding | None, *, lapsed: bool) -> Action:
    if limit is not None and after is not None:
        if after > LIMIT_BREACH:
            return Action.DECLINE
        if after > LIMIT_WATCH:
            return Action.TOP_TIER
    return Action.APPROVE_AGAIN if lapsed else Action.HIGHER_TIER


def _priority(action: Action) -> Priority:
    """High where the limit would be passed, medium at the top tier or a lapsed approval, otherwise low [choice]."""
    medium = (Action.TOP_TIER, Action.APPROVE_AGAIN)
    return Priority.HIGH if action is Action.DECLINE else Priority.MEDIUM if action in medium else Priority.LOW


def _pressing_first(own: Iterable[Reason]) -> list[Reason]:
    """The stage first: what is approved and not signed is told apart from what is signed."""
    return sorted(own, key=lambda reason: ("project_stage", "limit_after").index(reason.metric)
                  if reason.metric in ("project_stage", "limit_after") else 2)  # fmt: skip
