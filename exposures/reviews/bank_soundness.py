"""L8, bank-sector soundness (新兴市场银行稳健性): flagged banking systems and the banks there that owe us."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from alerts.finding import Finding
from exposures.flags import CountryFlag
from exposures.reason import Reason
from exposures.reviews.beneath import Beneath
from exposures.reviews.collecting import put_off
from exposures.reviews.grouped import Grouped, Places
from exposures.reviews.item import Action, Amounts, Fact, ItemKey, Priority, Proposal
from exposures.reviews.marks import marks_of
from exposures.reviews.review_list import Grounds, ListResult, ReviewSettings
from exposures.reviews.screen import NOTHING, Screen
from exposures.reviews.sectors import SAID, Borrower, borrowers
from exposures.reviews.soundness import Light, Sign, bank_signs, system_signs, together
from exposures.spelling import letters
from exposures.supplied import Soundness

_ACTIONS = {Light.RED: Action.RUN_DOWN, Light.AMBER: Action.SHORTEN, Light.NOT_ASSESSABLE: Action.SHORTEN}
_PRIORITIES = {Light.RED: Priority.HIGH, Light.AMBER: Priority.MEDIUM, Light.NOT_ASSESSABLE: Priority.MEDIUM}
_ORDER = {Light.RED: 0, Light.AMBER: 1, Light.NOT_ASSESSABLE: 2, Light.GREEN: 3}


class BankSoundness:
    """Items = flagged banking system, and bank whose head office is in a flagged country."""

    id = "L8"

    def criteria(self, settings: ReviewSettings) -> tuple[Finding, ...]:
        """Universe, sectors, marks, states, action, priority and rank, as they are applied."""
        due = {priority.value: days for priority, days in settings.due_days.items()}
        return (
            Finding("l8.universe", {"em_source": settings.em_set.source, "em_dated": settings.em_set.dated}),
            Finding("l8.sectors"),
            Finding("l8.minimum", {"amount": settings.minimum_amount}),
            Finding("l8.measure", {name.removeprefix("l8."): settings.mark(name) for name in marks_of("L8")}),
            Finding("l8.selection", {"grey": settings.mark("l8.most_grey")}),
            Finding("l8.action", {"cut": settings.mark("l8.limit_cut")}),
            Finding("l8.priority", due),
            Finding("l8.rank"),
        )

    def build(self, grounds: Grounds) -> ListResult:
        """The list on this book."""
        with put_off():
            return _Round(grounds).result(self.criteria(grounds.settings))


class _Said(NamedTuple):
    """What the lines of a bank say, sorted; its group as the first of them says."""

    entities: tuple[str, ...]
    managers: tuple[str, ...]
    grades: tuple[str, ...]
    group: str | None


class _Round:
    """One making of the list."""

    def __init__(self, grounds: Grounds) -> None:
        self.grounds, self.settings, self.screen = grounds, grounds.settings, Screen(grounds)
        screen = self.screen
        labels = screen.claims.book.labels
        office = labels("head_office_country").or_else(labels("country"))
        at = np.flatnonzero(screen.claims.able & office.among(screen.flags))
        here = screen.claims.lines.some(SAID, at)
        self.places = {str(key): at[rows] for key, rows in here.groupby("subject").indices.items()}
        self.here = borrowers(here, grounds.supplied.sectors)
        self.supplied = _by_name(grounds.supplied.banks)
        self.systems = {one.subject: one for one in grounds.supplied.systems}
        self.small: set[int] = set()
        self.of_system: dict[str, Amounts] = defaultdict(lambda: Amounts(cover=NOTHING))

    def result(self, criteria: tuple[Finding, ...]) -> ListResult:
        """Items by state, then X."""
        screen = self.screen
        made = list(self._banks())
        made += [self._system(country) for country in sorted(self.of_system)]
        made.sort(key=_rank)
        self._note_missing()
        others = {line for one in self.here if one.sector != "bank" for line in self.places[one.key].tolist()}
        left_out = [("not_screened", self.small), ("no_bank", others)]
        return screen.result("L8", made, criteria, left_out, self._why_empty())

    def _note_missing(self) -> None:
        unknown = [one for one in self.here if one.sector is None]
        if unknown:
            self.screen.miss("", "", "sector", "sector_missing", str(len(unknown)))
        for one in unknown:
            if one.like_a_bank:
                self.screen.miss(one.key, one.name, "sector", "bank_by_name")

    def _banks(self) -> Iterator[Proposal]:
        banks = [one for one in self.here if one.sector == "bank"]
        places = [self.places[bank.key] for bank in banks]
        grouped = Grouped(self.screen.claims, places)
        said = map(
            _Said, *map(grouped.texts, ("booking_entity", "relationship_owner", "rating")), grouped.firsts("group")
        )
        for bank, lines, whole, own in zip(banks, places, grouped.amounts(), said, strict=True):
            if whole.immediate < self.settings.minimum_amount:
                self.small.update(lines.tolist())
            else:
                yield self._bank(bank, lines, whole, own)

    def _bank(self, bank: Borrower, lines: Places, whole: Amounts, said: "_Said") -> Proposal:
        screen = self.screen
        screen.shown.update(lines.tolist())
        country = bank.country or ""
        self.of_system[country] += whole
        given = self._given(bank)
        rating = (given and given.rating) or self._rating(said.grades)
        figures: Mapping[str, Decimal] = {} if given is None else given.figures
        signs = bank_signs(figures, rating, self.settings.rating_scale, self.settings.mark)
        light = together(signs, self.settings.mark)
        self._miss(bank.key, bank.name, given, signs)
        action, priority = _ACTIONS.get(light, Action.WATCH), _PRIORITIES.get(light, Priority.LOW)
        own = Action.NO_RENEWAL if action is Action.RUN_DOWN else action
        flag = screen.flags[country]
        return Proposal(
            ItemKey("L8", bank.key, country, flag.episode),
            bank.name,
            "immediate",
            flag.tier.value,
            said.entities,
            said.group,
            (*self._reasons(signs, given), *screen.why_flagged(flag)),
            0,
            priority,
            0,
            action,
            self._amount(light, bank.key, whole),
            None,
            whole,
            Beneath(lines, lambda line: screen.line(line, screen.claims.amounts(line, 0), own)),
            tuple(sorted(sign.figure for sign in signs if sign.light is Light.GREY)),
            screen.owner_of(said.managers, said.entities),
            screen.due(priority),
            facts=_facts(light, signs, given),
        )

    def _given(self, bank: Borrower) -> Soundness | None:
        if not self.supplied:
            return None
        return self.supplied.get(letters(bank.key)) or self.supplied.get(letters(bank.name))

    def _system(self, country: str) -> Proposal:
        screen, given = self.screen, self.systems.get(country)
        signs = system_signs({} if given is None else given.figures, self.settings.mark)
        light = together(signs, self.settings.mark)
        self._miss(f"system:{country}", country, given, signs)
        flag: CountryFlag = screen.flags[country]
        priority = _PRIORITIES.get(light, Priority.LOW)
        roll_over = None if given is None else given.figures.get("roll_over")
        return Proposal(
            ItemKey("L8", f"system:{country}", country, flag.episode),
            country,
            "immediate",
            flag.tier.value,
            (),
            None,
            (*self._reasons(signs, given), *screen.why_flagged(flag)),
            0,
            priority,
            0,
            Action.WATCH,
            None,
            None,
            self.of_system[country],
            (),
            tuple(sorted(sign.figure for sign in signs if sign.light is Light.GREY)),
            None,
            screen.due(priority),
            facts=(*_facts(light, signs, given), Fact("roll_over", roll_over, "percent")),
        )

    def _amount(self, light: Light, subject: str, whole: Amounts) -> Decimal | None:
        """What runs off where red; where amber, by how much the limit is cut if there is one."""
        if light is Light.RED:
            return whole.immediate
        limits = [use.limit for use in self.grounds.limits if (use.scope, use.subject) == ("counterparty", subject)]
        amber = light in (Light.AMBER, Light.NOT_ASSESSABLE)
        return min(limits) * self.settings.mark("l8.limit_cut") / 100 if amber and limits else None

    def _rating(self, given: Sequence[str]) -> str | None:
        """The book's grade; of several the worst that the scale knows."""
        order = {grade: place for place, (grade, _agency) in enumerate(self.settings.rating_scale)}
        return max(given, key=lambda grade: order.get(grade, -1), default=None)

    def _reasons(self, signs: Sequence[Sign], given: Soundness | None) -> Iterable[Reason]:
        for sign in signs:
            if sign.light not in (Light.RED, Light.AMBER):
                continue
            unit = "grade" if sign.figure == "rating" else "percent"
            supplied = given is not None and not (sign.figure == "rating" and given.rating is None)
            if supplied and given is not None:
                yield Reason(f"bank_{sign.figure}", "soundness", sign.value, sign.mark, unit, given.date, given.origin)
            else:
                yield self.screen.reason(f"bank_{sign.figure}", "rating", sign.value, sign.mark, unit)

    def _miss(self, key: str, name: str, given: Soundness | None, signs: Sequence[Sign]) -> None:
        grey = sum(sign.light is Light.GREY for sign in signs)
        if given is None:
            self.screen.miss(key, name, "soundness", "figures_missing")
        elif grey:
            self.screen.miss(key, name, "soundness", "figures_grey", str(grey))

    def _why_empty(self) -> Finding:
        if not self.screen.flags:
            return Finding("l8.empty.no_flags")
        if any(one.sector is None for one in self.here):
            return Finding("l8.empty.no_sectors", {"borrowers": sum(one.sector is None for one in self.here)})
        return Finding("l8.empty.no_banks")


def _facts(light: Light, signs: Sequence[Sign], given: Soundness | None) -> tuple[Fact, ...]:
    return (
        Fact("state", light.value, "soundness"),
        *(Fact(f"bank_{one.figure}", one.value, "grade" if one.figure == "rating" else "percent") for one in signs),
        Fact("figures_of", None if given is None else given.date.isoformat(), "date"),
    )


def _by_name(given: Iterable[Soundness]) -> Mapping[str, Soundness]:
    return {letters(one.subject): one for one in given}


def _rank(item: Proposal) -> tuple[int, Decimal, str]:
    """State, then X."""
    state = next(fact.value for fact in item.facts if fact.code == "state")
    return _ORDER[Light(str(state))], -item.amounts.immediate, item.key.subject
