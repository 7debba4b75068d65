"""Who in the book is joined to whom: groups, parents, guarantors, and the claims between others that were supplied."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd

from exposures.book import Basis
from exposures.contagion import Edge, Network, Node
from exposures.reviews.claims import X_PARTS, Claims
from exposures.spelling import letters
from exposures.supplied import Supplied

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Guaranteed:
    """A line with a guarantor: who, its place in Claims.lines, the amount, and whether it counts as cover."""

    guarantor: str
    line: int
    amount: Decimal
    eligible: bool


@dataclass
class Joins:
    """The joined part of a book: `lines` of every node, its groups, its guarantees, and the network of them all."""

    claims: Claims
    counted: pd.DataFrame
    supplied: Supplied
    names: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str | None] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    unconverted: int = 0

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Subjects of each group with two or more of them, by the group's id."""
        named = self.counted[self.counted["group_id"].notna().to_numpy()]
        members = named.groupby("group_id", sort=True)["subject"].unique()
        return {str(group): tuple(sorted(map(str, who))) for group, who in members.items() if len(who) > 1}

    @cached_property
    def guaranteed(self) -> tuple[Guaranteed, ...]:
        """Every line that somebody else than its debtor guarantees."""
        lines = self.counted
        named = lines[(lines["guarantor_name"].notna() | lines["guarantor_id"].notna()).to_numpy(dtype=bool)]
        pieces = self.claims.book.pieces(Basis.GUARANTOR)
        moved = pieces[(pieces["via"] == "guarantee").to_numpy(dtype=bool)]
        covered = moved[X_PARTS].sum(axis=1).groupby(moved["line"]).sum().to_dict()
        found = []
        for line in named.index.tolist():
            guarantor = self._guarantor(line)
            if guarantor == self._cell(line, "subject"):
                continue
            eligible = line in covered
            minor = covered[line] if eligible else self._named(line)
            amount = self.claims.money(minor, self._cell(line, "currency"))
            found.append(Guaranteed(guarantor, line, amount, eligible))
        return tuple(found)

    @cached_property
    def network(self) -> Network:
        """Every joined node with what it owes the bank, and every edge."""
        edges = [*self._of_groups(), *self._of_parents(), *self._of_guarantees(), *self._of_links()]
        wanted = {node for edge in edges for node in (edge.source, edge.target)}
        owed = self._owed(wanted)
        buffers = self._buffers()
        nodes = {
            node: Node(
                node,
                self.names.get(node) or self._own("counterparty_name").get(node) or node,
                owed.get(node, _NOTHING),
                buffers.get(node),
                self.countries.get(node) or self._own("country").get(node),
                self.kinds.get(node, "counterparty"),
            )
            for node in sorted(wanted)
        }
        return Network(nodes, tuple(edges))

    @cached_property
    def lines(self) -> Mapping[str, list[int]]:
        """Live lines of each subject, by place."""
        return {str(subject): list(places) for subject, places in self.counted.groupby("subject").indices.items()}

    def places(self, subject: str) -> list[int]:
        """Where a subject's live lines stand in Claims.lines."""
        return [int(self.counted.index[place]) for place in self.lines.get(subject, ())]

    def _cell(self, line: int, column: str) -> Any:
        return self.claims.cell(line, column)

    def _own(self, column: str) -> Mapping[str, str]:
        """The first value given for each subject."""
        if column not in self._firsts:
            given = self.counted[self.counted[column].notna().to_numpy()]
            self._firsts[column] = given.drop_duplicates("subject").set_index("subject")[column].astype(str).to_dict()
        return self._firsts[column]

    @cached_property
    def _firsts(self) -> dict[str, dict[str, str]]:
        return {}

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        """A counterparty by its id or by its name, capitals and accents aside; a name that two bear leads nowhere."""
        found: dict[str, set[str]] = defaultdict(set)
        for subject, name in self._own("counterparty_name").items():
            found[letters(name)].add(subject)
        known = {name: subjects.pop() for name, subjects in found.items() if len(subjects) == 1}
        return known | {letters(subject): subject for subject in self._own("counterparty_name")}

    def _guarantor(self, line: int) -> str:
        """The node of a line's guarantor: a counterparty of the book where its id or its name and country are one's."""
        own, name, country = (self._cell(line, f"guarantor_{what}") for what in ("id", "name", "country"))
        subjects = self._own("country")
        if own is not None and own in subjects:
            return str(own)
        known = self._by_name.get(letters(name or ""))
        if known is not None and (country is None or subjects.get(known) == country):
            return known
        node = f"guarantor:{own}" if own is not None else f"guarantor:{country or ''} {name}"
        self.names.setdefault(node, str(name or own))
        self.countries.setdefault(node, country)
        self.kinds[node] = "guarantor"
        return node

    def _named(self, line: int) -> int:
        """What a guarantee that is no cover may ask of its guarantor, in the line's minor unit."""
        whole = int(self._cell(line, "x"))
        percent, cap = self._cell(line, "guarantee_percent"), self._cell(line, "guarantee_cap")
        part = whole if percent is None else int(whole * Decimal(repr(float(percent))) / 100)
        return part if cap is None else min(part, int(cap))

    def _of_groups(self) -> list[Edge]:
        found = []
        for group, members in self.groups.items():
            node = f"group:{group}"
            self.names[node], self.kinds[node] = group, "group"
            found += [Edge("control", node, member) for member in members]
        return found

    def _of_parents(self) -> list[Edge]:
        if "parent_id" not in self.counted:
            return []
        owned = {subject: parent for subject, parent in self._own("parent_id").items() if parent != subject}
        return [Edge("control", parent, subject) for subject, parent in sorted(owned.items())]

    def _of_guarantees(self) -> list[Edge]:
        sums: dict[tuple[str, str, bool], Decimal] = defaultdict(Decimal)
        for one in self.guaranteed:
            sums[one.guarantor, str(self._cell(one.line, "subject")), one.eligible] += one.amount
        return [Edge("guarantee", giver, debtor, amount, fit) for (giver, debtor, fit), amount in sorted(sums.items())]

    def _of_links(self) -> list[Edge]:
        found = []
        for link in self.supplied.links:
            worth = Decimal(1) if link.kind == "control" else self.claims.book.rate(link.currency)
            if worth is None:
                self.unconverted += 1
                continue
            source, target = self._resolved(link.source), self._resolved(link.target)
            if source != target:
                # A guarantee between others is no cover of the bank's own claim.
                found.append(Edge(link.kind, source, target, (link.amount or _NOTHING) * worth, eligible=False))
        return found

    def _resolved(self, text: str) -> str:
        known = self._by_name.get(letters(text))
        if known is None:
            known = f"other:{text.strip()}"
            self.names.setdefault(known, text.strip())
            self.kinds.setdefault(known, "other")
        return known

    def _owed(self, wanted: set[str]) -> dict[str, Decimal]:
        lines = self.counted[self.counted["subject"].isin(wanted).to_numpy()]
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for (subject, currency), minor in lines.groupby(["subject", "currency"])["x"].sum().items():
            sums[str(subject)] += self.claims.money(int(minor), currency)
        return sums

    def _buffers(self) -> dict[str, Decimal]:
        found = {}
        for one in self.supplied.capital:
            worth = self.claims.book.rate(one.currency)
            if worth is None:
                self.unconverted += 1
            else:
                found[self._resolved(one.counterparty)] = one.amount * worth
        return found
