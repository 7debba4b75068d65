"""L3, asset–liability exposure reduction (资产负债敞口压降): how far flagged countries must come down, and by what."""

from collections.abc import Sequence
from dataclasses import replace

from alerts.finding import Finding
from exposures.flags import CountryFlag, LimitStanding, Tier
from exposures.reason import Reason
from exposures.reviews import control
from exposures.reviews.collecting import put_off
from exposures.reviews.debts import Debts
from exposures.reviews.holdings import Holdings
from exposures.reviews.item import Amounts, ItemKey, ItemLine, Proposal
from exposures.reviews.measuring import measure
from exposures.reviews.reduced_item import Telling, action_of, other_reasons, priority_of, rank_of
from exposures.reviews.reduced_side import NOTHING, Sides, total
from exposures.reviews.reduction import NetPosition, Reduction, Side
from exposures.reviews.review_list import ControlTotal, Grounds, ListResult, NotAssessable, ReviewSettings, ranked
from exposures.reviews.run_off import Offer, Use, horizon
from exposures.reviews.splits import split


class ExposureReduction:
    """Item = flagged country or region, group with a limit, or local currency; assets and liabilities separately."""

    id = "L3"

    def criteria(self, settings: ReviewSettings) -> tuple[Finding, ...]:
        """Universe, targets, run-off, order of filling, funding, currency, priority and rank, as they are applied."""
        due = {priority.value: days for priority, days in settings.due_days.items()}
        targets = {"limit": settings.reduce_to_limit, "exposure": settings.reduce_to_exposure}
        return (
            Finding("l3.universe", {"em_source": settings.em_set.source, "em_dated": settings.em_set.dated}),
            Finding("l3.minimum", {"amount": settings.minimum_amount}),
            Finding("l3.assets", targets),
            Finding("l3.run_off"),
            Finding("l3.fill"),
            Finding("l3.liabilities", {"cap": settings.funding_cap}),
            Finding("l3.currency_blank")
            if settings.currency_tolerance is None
            else Finding("l3.currency", {"tolerance": settings.currency_tolerance}),
            Finding("l3.priority", due),
            Finding("l3.rank"),
        )

    def build(self, grounds: Grounds) -> ListResult:
        """The list on this book; days and the horizon run from the book's own date."""
        with put_off():
            return _Round(grounds).result(self.criteria(grounds.settings))


class _Round:
    """One making of the list."""

    def __init__(self, grounds: Grounds) -> None:
        book = grounds.book
        self.claims = measure(book)
        self.assets, self.debts = Holdings(self.claims), Debts(book)
        self.limits, self.settings, self.today = grounds.limits, grounds.settings, grounds.today
        self.tide, self.added = grounds.tide, grounds.added("L3")
        standing = [flag for flag in grounds.flags if flag.causes]
        self.flags = {flag.country: flag for flag in sorted(standing, key=lambda flag: (flag.tier, flag.country))}
        self.reported = book.book.reporting_date
        self.horizon = horizon(self.reported)
        days = (self.horizon - self.reported).days
        self.sides = Sides(self.settings, self.debts, self.reported, days)
        self.tell = Telling(self.settings, self.assets, self.debts, self.reported, self.claims.version)
        self.missing: list[NotAssessable] = []
        self.shown: set[int] = set()
        self.owed: set[str] = set()
        self.small: set[int] = set()
        self.within: set[int] = set()

    def result(self, criteria: tuple[Finding, ...]) -> ListResult:
        """Items by rank, both control totals, and why there is nothing where there is nothing."""
        made = [*self._countries(), *self._groups(), *self._currencies()]
        listed = sum((item.reduction.assets.exposure for item in made if item.reduction and item.reduction.assets),
                     NOTHING)  # fmt: skip
        parts = control.parts(
            self.claims,
            self.settings.em_set,
            shown=self.shown,
            listed=listed,
            adjusted="shown_otherwise",
            left_out=[*self.added, ("within_target", self.within), ("not_screened", self.small)],
        )
        total = ControlTotal(parts, self.claims.book.count, self.claims.whole)
        made.sort(key=rank_of)
        items = ranked(made)
        excluded = tuple(part for part in parts if part.case not in ("items", "shown_otherwise"))
        left = control.summary(self.claims, self.flags, self.settings.em_set)
        empty = None if items else self._why_empty()
        owed = self.debts.control(self.owed) if self.debts.supplied else None
        return ListResult("L3", items, excluded, left, tuple(dict.fromkeys(self.missing)), total, criteria, empty, owed)

    # ------------------------------------------------------------------ countries

    def _countries(self) -> list[Proposal]:
        if self.flags and not self.debts.supplied:
            self.missing.append(NotAssessable("", "", "funding", "liabilities_not_supplied"))
        found = (self._country(flag) for flag in self.flags.values())
        return [item for item in found if item is not None]

    def _country(self, flag: CountryFlag) -> Proposal | None:
        country, least = flag.country, self.settings.minimum_amount
        asset, offers, uses, limit = self._assets_of(flag)
        debt_offers = self.sides.offers(self.debts.of_country(country))
        debt, debt_uses = self.sides.liability(debt_offers)
        lines = self.assets.listed({one.held.line for one in offers})
        small = asset.exposure < least and (debt is None or debt.exposure < least)
        if asset.target is None and asset.exposure >= least:
            self.missing.append(NotAssessable(country, country, "limit", "no_limit"))
        if small or not (asset.required or (debt is not None and debt.required)):
            (self.small if small else self.within).update(lines)
            return None
        self.shown |= lines
        if debt is not None:
            self.owed.add(country)
        splits = split(self.claims, self.debts, offers, debt_offers)
        reduction = Reduction("country", self.horizon, asset, debt, splits=splits)
        beneath = (*self.tell.lines(offers, uses), *self.tell.debt_lines(debt_offers, debt_uses))
        reasons = (*self.tell.reasons(asset, debt, limit), *other_reasons(flag, limit), *self.tide.reasons)
        key = ItemKey("L3", country, country, flag.episode)
        return self._proposal(key, country, flag, reduction, reasons, lines, beneath)

    def _assets_of(self, flag: CountryFlag) -> tuple[Side, list[Offer], tuple[Use, ...], LimitStanding | None]:
        """The asset side against the limit that asks for most, or against the tier alone where there is none."""
        mine = [use for use in self.limits if (use.scope, use.subject) == ("country", flag.country)]
        against: Sequence[LimitStanding | None] = mine or [None]
        choices = []
        for use in against:
            basis, counted = (use.basis, use.measure) if use else ("guarantor", "drawn_undrawn")
            offers = self.sides.offers(self.assets.of_country(flag.country, basis, counted))
            choices.append((*self.sides.asset(offers, use, acting=flag.tier is Tier.ACT, basis=basis), use))
        return max(choices, key=lambda made: made[0].required)

    # ------------------------------------------------------------------ groups and currencies

    def _groups(self) -> list[Proposal]:
        """Groups that have a limit and a line in a flagged country; a group without a limit has no target."""
        made = []
        for use in self.limits:
            if use.scope != "group":
                continue
            held = self.assets.of_group(use.subject)
            flag = self._flag_of(self.assets.countries(held))
            if flag is None:
                continue
            side, offers, uses = self.sides.asset(self.sides.offers(held), use, acting=False, basis="immediate")
            if not side.required or side.exposure < self.settings.minimum_amount:
                continue
            lines = self.assets.listed({one.held.line for one in offers})
            self.shown |= lines
            reduction = Reduction("group", self.horizon, side, splits=split(self.claims, self.debts, offers, None))
            key = ItemKey("L3", f"group:{use.subject}", flag.country, flag.episode)
            reasons = (*self.tell.reasons(side, None, use), *other_reasons(flag, None), *self.tide.reasons)
            made.append(
                self._proposal(key, use.subject, flag, reduction, reasons, lines, self.tell.lines(offers, uses))
            )
        return made

    def _flag_of(self, countries: set[str]) -> CountryFlag | None:
        return next((flag for country, flag in self.flags.items() if country in countries), None)

    def _currencies(self) -> list[Proposal]:
        """The net position in each flagged country's own currency, where it is over the bank's tolerance."""
        made: list[Proposal] = []
        seen: set[str] = set()
        for flag in self.flags.values():
            for code in sorted(self.settings.local_currencies.get(flag.country, frozenset())):
                if code in seen or code == self.claims.book.currency:
                    continue
                seen.add(code)
                item = self._currency(code, flag)
                made += [item] if item is not None else []
        return made

    def _currency(self, code: str, flag: CountryFlag) -> Proposal | None:
        held = self.assets.of_currency, self.debts.of_currency
        if not any(next(iter(of_side(code)), None) for of_side in held):
            return None
        tolerance = self.settings.currency_tolerance
        if not self.debts.supplied or tolerance is None:
            why = "tolerance_blank" if self.debts.supplied else "liabilities_not_supplied"
            self.missing.append(NotAssessable(f"currency:{code}", code, "currency", why))
            return None
        assets, debts = (self.sides.offers(of_side(code)) for of_side in held)
        have, owe = (total(one.held.drawn for one in side) for side in (assets, debts))
        gone, repaid = (total(one.run_off for one in side) for side in (assets, debts))
        net = NetPosition(code, have, owe, have - gone, owe - repaid, tolerance)
        if not net.hedge:
            return None
        reduction = Reduction("currency", self.horizon, net=net)
        over = self.tell.reason("net_position", "currency", abs(net.then), tolerance, "money")
        reasons = (over, *other_reasons(flag, None), *self.tide.reasons)
        key = ItemKey("L3", f"currency:{code}", flag.country, flag.episode)
        lines = self.assets.listed({one.held.line for one in assets})
        beneath = (*self.tell.lines(assets, ()), *self.tell.debt_lines(debts, ()))
        return self._proposal(key, code, flag, reduction, reasons, lines, beneath)

    # ------------------------------------------------------------------ the item

    def _proposal(
        self,
        key: ItemKey,
        name: str,
        flag: CountryFlag,
        reduction: Reduction,
        reasons: tuple[Reason, ...],
        lines: set[int],
        beneath: tuple[ItemLine, ...],
    ) -> Proposal:
        priority = priority_of(reduction)
        action, amount = action_of(reduction)
        entities = self.assets.entities(lines)
        owners = [self.settings.owners[entity] for entity in entities if entity in self.settings.owners]
        ending = reduction.assets.exposure if reduction.assets else NOTHING
        return Proposal(
            key,
            name,
            reduction.assets.basis if reduction.assets else "immediate",
            flag.tier.value,
            entities,
            name if reduction.kind == "group" else None,
            reasons,
            0,
            priority,
            0,
            action,
            amount,
            None,
            replace(self.assets.amounts(lines), guarantor=ending) if reduction.assets else Amounts(),
            beneath,
            (),
            owners[0] if owners else None,
            self.settings.calendar.add(self.today, self.settings.due_days[priority]),
            reduction,
        )

    def _why_empty(self) -> Finding:
        if not self.flags:
            return Finding("l3.empty.no_flags")
        if any(use.scope == "country" and use.subject in self.flags for use in self.limits):
            return Finding("l3.empty.within", {"countries": tuple(self.flags)})
        return Finding("l3.empty.no_target", {"countries": tuple(self.flags)})
