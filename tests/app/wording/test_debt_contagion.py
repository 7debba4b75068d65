"""The words of debt contagion and of a filled-in workbook, branch by branch."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from alerts.finding import Finding
from app.wording import debt_contagion as words
from app.wording import filling
from app.wording.review_reasons import amount
from app.wording.sentences import sentence
from exposures.contagion import Edge
from exposures.reviews.knock_on import KnockOn, Member, Step
from exposures.reviews.merging import Field, Filled, Merged

D, M = Decimal, Decimal(10**6)
START = Step(0, 1, 30 * M, D("13.5") * M)
ONE = KnockOn(("A",), (), (), (START,), D(0))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (ONE, "Nobody else fails."),
        (replace(ONE, falls_back=80 * M), "Nobody else fails; USD 80 m falls back on who is guaranteed."),
        (replace(ONE, steps=(START, Step(1, 1, 20 * M, 9 * M))), "2 fail in 1 round; the bank loses USD 23 m."),
        (replace(ONE, steps=(START, Step(1, 1, 20 * M, 9 * M), Step(2, 1, 10 * M, D("4.5") * M))),
         "3 fail in 2 rounds; the bank loses USD 27 m."),
        (replace(ONE, steps=(replace(START, bank_loss=None), Step(1, 1, 20 * M, None))),
         "2 fail in 1 round; the bank's loss needs reviews.lgd."),
    ],
)  # fmt: skip
def test_how_far_it_spreads(given: KnockOn, told: str):
    assert words.spreads(given, "USD", amount) == told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"round": 0}, "Fails at once"),
        ({"round": 2}, "Fails in round 2"),
        ({"lost": D(5)}, "Hit, buffer unknown"),
        ({"lost": D(5), "capital": D(9)}, "Hit, stands"),
        ({}, "Stands"),
    ],
)
def test_what_became_of_somebody(changes: dict[str, Any], told: str):
    assert words.fate(replace(Member("A", "A", "counterparty", "TR", D(1), D(0)), **changes)) == told


def test_subjects_edges_and_places():
    assert words.subject("group:G", "Anadolu") == "Anadolu group"
    assert words.subject("B", "Pamuk") == "Pamuk"
    assert {words.edge(Edge(kind, "a", "b")) for kind in ("claim", "control", "guarantee")} == {
        "lent to", "controls", "guarantees",
    }  # fmt: skip
    assert (words.place("TR"), words.place("Pamuk")) == ("Turkey", "Pamuk")
    assert "no mark" not in sentence(Finding("l9.empty.fine"))
    assert "have no sector" in sentence(Finding("l8.empty.no_sectors", {"borrowers": 2}))
    assert "has no sector" in sentence(Finding("l8.empty.no_sectors", {"borrowers": 1}))


def test_what_merging_would_do():
    filled = Filled("L1-0001", 6, "", None, "proposed", "Chen Li", None, "", "")
    item: Any = SimpleNamespace(id="L1-0001")
    owner = Field("owner", "", "Wu Fang", "Chen Li")
    found = (
        Merged(item, filled, (owner,)),
        Merged(item, filled, (), (owner,)),
        Merged(item, filled, refused="settled"),
        Merged(item, filled, comment="seen"),
    )
    assert filling.answer(9, found) == "Of 9 rows 2 change something, 1 were changed here too, 1 cannot be taken."
    assert filling.answer(1, ()) == "1 row was read, and nothing differs."
    assert filling.change(owner) == "Owner: Wu Fang to Chen Li"
    due = Field("due", "", date(2026, 6, 9).isoformat(), date(2026, 6, 30).isoformat())
    assert filling.conflict(due) == "Due: exported not set, here 9 Jun 2026, in the workbook 30 Jun 2026"
    assert filling.change(Field("status", "proposed", "proposed", "done")) == "Status: Proposed to Done"
    codes = ("settled", "not_now", "comment_needed", "evidence", "short")
    assert len({filling.why_not(code) for code in codes}) == len(codes)
