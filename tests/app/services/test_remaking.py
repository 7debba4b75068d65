"""Remade any number of times under books and alerts that change at random: nothing a person did is ever lost."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.storage import hand, review_steps, reviews, schema
from app.storage.database import Database
from app.storage.reviews import Run
from exposures.calendar import BankCalendar
from exposures.flags import FiringAlert, Tide, live_causes, release, update_flags
from exposures.reviews import REVIEW_LISTS, by_hand
from exposures.reviews.by_hand import HandEntry
from exposures.reviews.closing import Closing
from exposures.reviews.item import SETTLED, Action, Decision, Proposal, ReviewItem, Status
from exposures.reviews.review_list import Grounds, ListResult
from exposures.reviews.workflow import ASKING, CHECKING, Move, moves
from tests.app.storage.test_reviews import AT
from tests.exposures.reviews.books import EM_SET, TODAY, book, line
from tests.exposures.reviews.books import settings as bank_settings

#: How often the lists are made again in one history.
TIMES = 100
COUNTRIES, BORROWERS = ("TR", "AR", "ZA"), ("ege", "pampa", "rand", "izmir")

books_at_random = st.lists(
    st.tuples(st.sampled_from(BORROWERS), st.sampled_from(COUNTRIES), st.integers(0, 400)), min_size=1, max_size=5
)
alerts_at_random = st.frozensets(
    st.tuples(
        st.sampled_from(COUNTRIES), st.sampled_from(("fx", "reserves")), st.sampled_from(("warning", "critical"))
    ),
    max_size=3,
)
#: A person takes a step: which item, which of the steps it can take, by whom.
acts = st.tuples(st.integers(0, 99), st.integers(0, 99), st.sampled_from(("li", "wu")))
#: What somebody adds by hand, for so many days: a borrower, an entity or a country, by list.
added = st.lists(
    st.tuples(
        st.sampled_from((("L1", "ege"), ("L4", "pampa"), ("L2", "Istanbul"), ("L3", ""), ("L10", "izmir"))),
        st.sampled_from(COUNTRIES),
        st.integers(1, 40),
    ),
    max_size=2,
)
rounds = st.lists(
    st.tuples(books_at_random, alerts_at_random, st.lists(acts, max_size=2), added), min_size=4, max_size=4
)
LISTS = ("L1", "L2", "L3", "L4", "L5", "L10")


class Kept:
    """What people did, remembered beside the store."""

    def __init__(self) -> None:
        self.comments: dict[str, list[str]] = {}
        self.decisions: dict[str, list[Decision]] = {}
        self.closings: dict[str, Closing] = {}
        self.settled: dict[str, Status] = {}
        self.keys: dict[object, str] = {}


@pytest.mark.slow
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds)
def test_remade_a_hundred_times_nothing_is_lost_doubled_or_proposed_again(tmp_path_factory, history) -> None:
    database = Database(f"sqlite:///{_folder(tmp_path_factory)}")
    schema.prepare(database)
    kept, flags, results, entries = Kept(), (), {}, []
    with database.write() as connection:
        for number in range(TIMES):
            lines, alerts, people, hands = history[number % len(history)]
            at, today = AT + timedelta(days=number), TODAY + timedelta(days=number)
            causes = live_causes(
                EM_SET, ("TR",), [_alert(*one) for one in sorted(alerts)], (), (), Tide(on=False), today
            )
            flags = update_flags(flags, causes, today, BankCalendar())
            if number % 20 == 19:  # a stay ends now and then, so that a new episode begins
                flags = tuple(release(one) if one.release_proposed else one for one in flags)
            place = (number % len(history), tuple((one.country, one.tier, one.episode) for one in flags))
            if place not in results:  # the same book under the same flags makes the same lists
                results[place] = _made(lines, alerts, flags, today)
            run = Run(0, at, "li", f"v{number}", "b.xlsx", today, "USD", flags, Tide(on=False), ())
            run_id = reviews.add_run(connection, run)
            if number % 10 < len(history):
                entries += [_entry(len(entries) + at_, *one, at, today) for at_, one in enumerate(hands, start=1)]
            stored = hand.listed(connection)
            grounds, made = results[place]
            for result in made:
                known = stored.get(result.list_id, ())
                whole = by_hand.add(result, entries, replace(grounds, today=today), known)
                before = {one.id: one for one in reviews.items(connection, result.list_id)}
                remade = reviews.remake(connection, run_id, result.list_id, whole.items, at, "li")
                assert len(before) + remade.new == len(reviews.items(connection, result.list_id))
                for entry in entries:
                    if entry.list_id == result.list_id and entry.holds(today):
                        told = [one for one in whole.items if _says(one, entry)]
                        assert len(told) == 1, "an entry that holds is on its list, once"
            if number < 3 * len(history):
                for which, step, who in people:
                    _act(connection, kept, which, step, who, at, number)
        _hold(connection, kept)
    database.close()


def _made(lines, alerts, flags, today) -> tuple[Grounds, list[ListResult]]:
    made = [
        line(f"N{at}", name, country, amount, booking_entity="Istanbul")
        for at, (name, country, amount) in enumerate(lines)
    ]
    grounds = Grounds(book(*made), flags, tuple(_alert(*one) for one in sorted(alerts)), (), bank_settings(), today)
    return grounds, [one.build(grounds) for one in REVIEW_LISTS if one.id in LISTS]


def _entry(number: int, of, country: str, days: int, at, today) -> HandEntry:
    list_id, subject = of
    until = today + timedelta(days=days)
    return HandEntry(
        number, "item", list_id, subject or country, country, None, f"entry {number}", "a letter", until,
        "li", at, True, "wu", at,
    )  # fmt: skip


def _says(item: Proposal, entry: HandEntry) -> bool:
    return any(reason.metric == "by_hand" and reason.value == entry.reason for reason in item.reasons)


def _alert(country: str, family: str, severity: str) -> FiringAlert:
    return FiringAlert(
        f"{family}-{severity}", family, severity, "m", -6.0, -5.0, "percent", TODAY, "A-1", {"country": country}
    )


def _act(connection, kept: Kept, which: int, step: int, who: str, at, number: int) -> None:
    items = reviews.items(connection)
    if not items:
        return
    item = items[which % len(items)]
    can = sorted(move for move in moves(item) if move is not Move.PROPOSE_RELEASE)
    move = can[step % len(can)]
    if move in CHECKING and who == (item.maker or who):
        who = "wu" if item.maker == "li" else "li"
    if move in CHECKING and item.decision is not None and item.decision.maker == who:
        return
    text, changes = f"because {number}", {}
    if move is Move.DRAFT:
        chosen = Action.KEEP if number % 2 else Action.WATCH
        changes["decision"] = Decision(chosen, Decimal(number), text, who, at)
        kept.decisions.setdefault(item.id, []).append(changes["decision"])
    if move is Move.FINISH:
        changes["closing"] = kept.closings[item.id] = Closing(None, text, who, at)
    event = "commented" if move is Move.REMAIN else "sent" if move in ASKING else "stepped"
    values = {"comment": text} if move is Move.REMAIN else {}
    review_steps.take(connection, item, move, at, who, event, values, **changes)
    if move is Move.REMAIN:
        kept.comments.setdefault(item.id, []).append(text)
    after = reviews.item(connection, item.id)
    assert after is not None
    if after.status in SETTLED:
        kept.settled[item.id] = after.status


def _hold(connection, kept: Kept) -> None:
    items: dict[str, ReviewItem] = {item.id: item for item in reviews.items(connection)}
    assert len({item.proposal.key for item in items.values()}) == len(items), "no item stands twice"
    for item_id, status in kept.settled.items():
        assert items[item_id].status is status, "what was decided is not proposed again"
    for item_id, texts in kept.comments.items():
        found = reviews.item(connection, item_id)
        assert found is not None
        assert [step.values["comment"] for step in found.history if step.event == "commented"] == texts
    for item_id, decisions in kept.decisions.items():
        assert items[item_id].decision == decisions[-1], "the last decision stands"
    for item_id, closing in kept.closings.items():
        assert items[item_id].closing == closing, "the evidence stands"


def _folder(factory) -> Path:
    return factory.mktemp("remade") / "test.sqlite"
