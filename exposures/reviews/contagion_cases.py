"""What makes an item of debt contagion: groups in trouble, guarantors, chains and circles, costly failures."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from exposures.classification import class_findings, is_non_performing
from exposures.contagion import Terms, spread, starters
from exposures.guarantee_chains import chains
from exposures.reason import Reason
from exposures.reviews.asset_screening import AssetScreening
from exposures.reviews.item import Priority
from exposures.reviews.joins import Guaranteed, Joins
from exposures.reviews.review_list import Grounds
from exposures.reviews.screen import NOTHING, Screen

#: A guarantor of this percent of a country's exposure is listed, and a loss of this percent of net capital [choice].
OF_COUNTRY, OF_NET_CAPITAL = Decimal(10), Decimal(1)
#: Links of the shortest guarantee chain that is listed.
SHORTEST_CHAIN = Decimal(2)


@dataclass(slots=True)
class Case:
    """What speaks for one item: its reasons, who fails in its scenario, and the nodes and lines it shows."""

    reasons: list[Reason] = field(default_factory=list)
    start: tuple[str, ...] = ()
    nodes: set[str] = field(default_factory=set)
    lines: set[int] = field(default_factory=set)
    grave: bool = False


class Cases:
    """Every subject that something speaks for: `cases` by node; `small` are lines of guarantors below the minimum."""

    def __init__(self, grounds: Grounds, screen: Screen, joins: Joins, terms: Terms) -> None:
        self.grounds, self.settings, self.screen = grounds, grounds.settings, screen
        self.joins, self.network, self.terms = joins, joins.network, terms
        self.cases: dict[str, Case] = defaultdict(Case)
        self.given: dict[str, list[Guaranteed]] = defaultdict(list)
        for one in joins.guaranteed:
            self.given[one.guarantor].append(one)
        self.small: set[int] = set()
        self._groups()
        self._guarantors()
        self._chains()
        self._losses()

    def _groups(self) -> None:
        """(a) Two members or more of whom one is non-performing, high in L1 or has a class finding."""
        groups = self.joins.groups
        if not groups:
            return
        high = {
            item.key.subject
            for item in AssetScreening().build(self.grounds).items
            if item.priority is Priority.HIGH
        }  # fmt: skip
        within = {line for members in groups.values() for member in members for line in self.joins.places(member)}
        lines = self.screen.counted.loc[sorted(within)]
        found = class_findings(lines, lines["subject"], self.screen.claims.scaled(lines))
        subjects = lines["subject"].tolist()
        wrong = {str(subjects[one.position]): one.value for one in reversed(found)}
        for group, members in groups.items():
            told = [reason for member in members for reason in self._troubles(member, wrong, high)]
            if not told:
                continue
            node = f"group:{group}"
            case = self.cases[node]
            count = self.screen.reason("group_members", "group", Decimal(len(members)), SHORTEST_CHAIN, "")
            case.reasons += [count, *told]
            case.start, case.grave = (node,), any(reason.metric == "member_class" for reason in told)
            case.nodes |= {node, *members}
            case.lines |= {line for member in members for line in self.joins.places(member)}

    def _troubles(self, member: str, wrong: dict[str, str], high: set[str]) -> Iterable[Reason]:
        screen = self.screen
        name = self.network.nodes[member].name
        classes = [screen.cell(line, "loan_class") for line in self.joins.places(member)]
        bad = next((one for one in classes if is_non_performing(one)), None)
        if bad is not None:
            yield screen.reason("member_class", "group", bad, "substandard", "class", subject=name)
        if member in wrong:
            yield screen.reason("member_finding", "group", wrong[member], None, "class", subject=name)
        if member in high:
            yield screen.reason("member_high", "group", None, None, "code", subject=name)

    def _guarantors(self) -> None:
        """(b) Whose country is flagged, or who guarantees so much of a country's X."""
        owed: dict[str, Decimal] = {}
        for guarantor, given in sorted(self.given.items()):
            amount = sum((one.amount for one in given), NOTHING)
            lines = {one.line for one in given}
            if amount < self.settings.minimum_amount:
                self.small |= lines
                continue
            told = []
            home = self.network.nodes[guarantor].country
            if home in self.screen.flags:
                told.append(self.screen.reason("guaranteed", "guarantee", amount, None, "money"))
            shares: dict[str, Decimal] = defaultdict(Decimal)
            for one in given:
                shares[str(self.screen.cell(one.line, "country"))] += one.amount
            for country, part in sorted(shares.items()):
                if country not in self.settings.em_set:
                    continue
                if country not in owed:
                    own = self.screen.counted["country"] == country
                    owed[country] = self.screen.claims.total(self.screen.counted[own.to_numpy(dtype=bool)])
                if owed[country] > 0 and part * 100 >= owed[country] * OF_COUNTRY:
                    share = part / owed[country] * 100
                    told.append(
                        self.screen.reason(
                            "guarantee_share", "guarantee", share, OF_COUNTRY, "percent", subject=country
                        )
                    )
            if told:
                case = self.cases[guarantor]
                case.reasons += told
                case.start = (guarantor,)
                self._show_given(case, guarantor)

    def _show_given(self, case: Case, guarantor: str) -> None:
        given = self.given.get(guarantor, ())
        case.lines |= {one.line for one in given} | set(self.joins.places(guarantor))
        case.nodes |= {guarantor, *(str(self.screen.cell(one.line, "subject")) for one in given)}

    def _chains(self) -> None:
        """(c) Who guarantees a guarantor, or comes back to itself."""
        found, cycles = chains(self.network.edges)
        for kind, ways in (("chain", found), ("cycle", cycles)):
            for way in ways:
                links = Decimal(len(way) - 1 if kind == "chain" else len(way))
                names = " \u2192 ".join(self.network.nodes[node].name for node in way)
                case = self.cases[way[0]]
                case.reasons.append(
                    self.screen.reason(f"guarantee_{kind}", "guarantee", links, SHORTEST_CHAIN, "", subject=names)
                )
                case.grave = True
                case.nodes |= set(way)
                case.lines |= {line for node in way for line in self.joins.places(node)}
                case.start = self._worse(case.start or (way[0],), (way[-1],))

    def _worse(self, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
        """The scenario in which the bank loses more; without its LGD the one in which more of its claims fail."""

        def cost(start: tuple[str, ...]) -> Decimal:
            found = spread(self.network, start, self.terms)
            loss = found.bank_loss
            return sum((step.claims for step in found.rounds), NOTHING) if loss is None else loss

        return one if cost(one) >= cost(other) else other

    def _losses(self) -> None:
        """(d) Whose failure brings others down and costs the bank so much of its net capital."""
        capital = self.settings.net_capital
        if capital is None or self.terms.lgd is None:
            return
        for node in sorted(starters(self.network, self.terms)):
            if self.network.nodes[node].kind == "group":
                continue
            found = spread(self.network, (node,), self.terms)
            loss = found.bank_loss
            if loss is None or len(found.failed) < 2 or loss * 100 < capital * OF_NET_CAPITAL:
                continue
            case = self.cases[node]
            case.reasons.append(
                self.screen.reason("knock_on", "knock_on", loss / capital * 100, OF_NET_CAPITAL, "percent")
            )
            case.start = self._worse((node,), case.start) if case.start else (node,)
            case.lines |= {line for failed in found.failed for line in self.joins.places(failed)}
