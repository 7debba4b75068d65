"""Who in the book is joined to whom: groups, parents, guarantors, and the claims between others that were supplied."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import numpy as np

from exposures.contagion import Edge, Network, Node
from exposures.labels import Labels
from exposures.reviews.claims import Claims
from exposures.reviews.grouped import Places, first_codes, money_by
from exposures.reviews.guarantees import Guarantees, guarantees
from exposures.spelling import all_letters, letters
from exposures.supplied import Supplied

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Guaranteed:
    """A line with a guarantor: who, its place in Claims.lines, and whether it counts as cover."""

    guarantor: str
    line: int
    eligible: bool


@dataclass
class Joins:
    """The joined part of a book: the lines of every node, its groups, its guarantees, and the network of them all."""

    claims: Claims
    supplied: Supplied
    names: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str | None] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    unconverted: int = 0

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Who owes, by code; the last is "", who owes a line that names nobody."""
        return (*self._debtors.values, "")

    @cached_property
    def at(self) -> Places:
        """Where the live lines stand in Claims.lines."""
        return np.flatnonzero(self.claims.able)

    @cached_property
    def codes(self) -> Places:
        """Who owes each of the live lines, as a place in `subjects`."""
        found: Places = self._debtors.codes[self.at].astype(np.int64)
        return found

    @cached_property
    def code_of(self) -> Mapping[str, int]:
        """The place of each subject in `subjects`."""
        return {subject: code for code, subject in enumerate(self.subjects)}

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """Subjects of each group with two or more of them, by the group's id."""
        labels = self.claims.book.labels("group")
        group = labels.codes[self.at].astype(np.int64)
        named = group < len(labels.values)
        pairs = np.unique(group[named] * len(self.subjects) + self.codes[named])
        found: dict[str, list[str]] = defaultdict(list)
        for code, subject in zip(*(part.tolist() for part in np.divmod(pairs, len(self.subjects))), strict=True):
            found[labels.values[code]].append(self.subjects[subject])
        return {name: tuple(sorted(members)) for name, members in found.items() if len(members) > 1}

    @cached_property
    def given(self) -> Guarantees:
        """Every line that somebody else than its debtor guarantees."""
        return guarantees(self.claims, self.at, self._debtors, self._guarantor)

    @property
    def guaranteed(self) -> Iterator[Guaranteed]:
        """The same line by line."""
        given = self.given
        for giver, line, fit in zip(given.giver.tolist(), given.lines.tolist(), given.eligible.tolist(), strict=True):
            yield Guaranteed(given.givers[giver], line, fit)

    @cached_property
    def network(self) -> Network:
        """Every joined node with what it owes the bank, and every edge."""
        edges = [*self._of_groups(), *self._of_parents(), *self._of_guarantees(), *self._of_links()]
        wanted = {node for edge in edges for node in (edge.source, edge.target)}
        owed, buffers = self._owed, self._buffers()
        names, countries, code_of = self._own("counterparty_name"), self._own("country"), self.code_of
        nodes = {
            node: Node(
                node,
                self.names.get(node) or names.get(node) or node,
                owed[code] if (code := code_of.get(node)) is not None else _NOTHING,
                buffers.get(node),
                self.countries.get(node) or countries.get(node),
                self.kinds.get(node, "counterparty"),
            )
            for node in sorted(wanted)
        }
        return Network(nodes, tuple(edges))

    def places(self, subject: str) -> Places:
        """Where a subject's live lines stand in Claims.lines, rising."""
        code = self.code_of.get(subject)
        lines, starts = self._by_subject
        return lines[:0] if code is None else lines[starts[code] : starts[code + 1]]

    def places_of(self, nodes: Iterable[str]) -> Places:
        """The same of several subjects, rising."""
        found: Places = np.sort(np.concatenate([self._by_subject[0][:0], *map(self.places, nodes)]))
        return found

    @cached_property
    def _debtors(self) -> Labels:
        return self.claims.book.labels("counterparty")

    @cached_property
    def _by_subject(self) -> tuple[Places, list[int]]:
        """The live lines by who owes them, and where each subject's begin."""
        order = np.argsort(self.codes, kind="stable")
        starts = np.searchsorted(self.codes[order], np.arange(len(self.subjects) + 1))
        return self.at[order], starts.tolist()

    def _own(self, column: str) -> Mapping[str, str]:
        """The first value given for each subject."""
        if column not in self._firsts:
            labels = self.claims.book.labels(column)
            first = first_codes(labels, self.at, self.codes, len(self.subjects)).tolist()
            given = zip(self.subjects, first, strict=True)
            known = len(labels.values)
            self._firsts[column] = {subject: labels.values[code] for subject, code in given if code < known}
        return self._firsts[column]

    @cached_property
    def _firsts(self) -> dict[str, dict[str, str]]:
        return {}

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        """A counterparty by its id or by its name, capitals and accents aside; a name that two bear leads nowhere."""
        named = self._own("counterparty_name")
        found: dict[str, str | None] = {}
        for subject, name in zip(named, all_letters(list(named.values())), strict=True):
            found[name] = None if name in found else subject
        known = {name: subject for name, subject in found.items() if subject is not None}
        return known | dict(zip(all_letters(list(named)), named, strict=True))

    def _guarantor(self, own: str | None, name: str | None, country: str | None) -> str:
        """The node of a guarantor: a counterparty of the book where its id or its name and country are one's."""
        subjects = self._own("country")
        if own is not None and own in subjects:
            return own
        known = self._by_name.get(letters(name or ""))
        if known is not None and (country is None or subjects.get(known) == country):
            return known
        node = f"guarantor:{own}" if own is not None else f"guarantor:{country or ''} {name}"
        self.names.setdefault(node, str(name or own))
        self.countries.setdefault(node, country)
        self.kinds[node] = "guarantor"
        return node

    def _of_groups(self) -> list[Edge]:
        found = []
        for group, members in self.groups.items():
            node = f"group:{group}"
            self.names[node], self.kinds[node] = group, "group"
            found += [Edge("control", node, member) for member in members]
        return found

    def _of_parents(self) -> list[Edge]:
        owned = {subject: parent for subject, parent in self._own("parent_id").items() if parent != subject}
        return [Edge("control", parent, subject) for subject, parent in sorted(owned.items())]

    def _of_guarantees(self) -> list[Edge]:
        given, width = self.given, len(self.subjects)
        debtor = (self._debtors.codes[given.lines].astype(np.int64) + 1) % width  # "" is the first of all texts
        key = (given.giver * width + debtor) * 2 + given.eligible
        pairs, group = np.unique(key, return_inverse=True)
        amounts = money_by(self.claims, group, len(pairs), given.lines, given.minor[None])[0]
        found = []
        for pair, amount in zip(pairs.tolist(), amounts, strict=True):
            giver, place = divmod(pair // 2, width)
            found.append(Edge("guarantee", given.givers[giver], self.subjects[place - 1], amount, bool(pair % 2)))
        return found

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

    @cached_property
    def _owed(self) -> list[Decimal]:
        """What every subject owes, by its code."""
        x = self.claims.measured["x"][self.at]
        return money_by(self.claims, self.codes, len(self.subjects), self.at, x[None])[0]

    def _buffers(self) -> dict[str, Decimal]:
        found = {}
        for one in self.supplied.capital:
            worth = self.claims.book.rate(one.currency)
            if worth is None:
                self.unconverted += 1
            else:
                found[self._resolved(one.counterparty)] = one.amount * worth
        return found
