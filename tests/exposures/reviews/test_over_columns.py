"""The lists over columns against a line at a time: the same lines, the same sums, whatever the book leaves out."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from exposures.book import Basis
from exposures.held import Held
from exposures.reviews.asset_screening import AssetScreening
from exposures.reviews.claims import X_PARTS
from exposures.reviews.counterparty_risk import TRADED, CounterpartyRisk
from exposures.reviews.institution_notices import InstitutionNotices
from exposures.reviews.measuring import measure
from exposures.reviews.overseas_layout import OverseasLayout
from exposures.reviews.review_list import Grounds, ReviewBook
from exposures.stored import stored
from tests.exposures.reviews.books import TODAY, book, line, policy_flags, settings

RATES = {"TRY": Decimal(45), "EUR": Decimal("0.86")}  # of the pound nobody knows one
FLAGGED = ("TR", "AR")
MOST = {"guarantee_explicit": True, "guarantee_irrevocable": True, "guarantee_unconditional": True,
        "guarantee_in_force": True, "guarantor_name": "Garantie AG"}  # fmt: skip
TENTHS = st.integers(0, 90).map(lambda tenths: str(Decimal(tenths) / 10))


@st.composite
def rows(draw: st.DrawFn) -> list[dict]:
    """A few lines of few subjects; every field that a list asks for is missing somewhere."""
    made = []
    for number in range(draw(st.integers(1, 12))):
        subject = draw(st.sampled_from(("A", "B", "C")))
        covered = draw(st.booleans())
        made.append(
            line(
                f"L{number}",
                subject,
                draw(st.sampled_from(("TR", "TR", "AR", "CL", "DE", None))),
                draw(TENTHS),
                undrawn=draw(TENTHS),
                currency=draw(st.sampled_from(("USD", "TRY", "EUR", "GBP"))),
                booking_entity=draw(st.sampled_from(("London", "Madrid", None))),
                instrument=draw(st.sampled_from(("loan", "placement", "bond", None))),
                maturity=draw(st.sampled_from((date(2026, 6, 1), date(2026, 8, 1), date(2030, 1, 1), None))),
                **({**MOST, "guarantor_country": "TR", "guarantee_percent": 50.0} if covered else {}),
            )
        )
    return made


def x_of(row: dict) -> Fraction | None:
    """X in dollars as the mapping says, without the program: D + U, by the rate; None without one."""
    rate = {"USD": Decimal(1), **RATES}.get(row["currency"])
    minor = int(row["outstanding"]) + int(row["undrawn"])
    return None if rate is None else Fraction(minor, 100) / Fraction(rate)


def built(list_, made: list[dict], **changes):
    grounds = Grounds(book(*made, rates=RATES), policy_flags(*FLAGGED), (), (), settings(**changes), TODAY)
    return list_().build(grounds), measure(grounds.book)


def near(one: Decimal, other: Fraction) -> bool:
    return abs(Fraction(one) - other) < Fraction(1, 10**9)


@given(rows())
@run(max_examples=6, deadline=None)
def test_every_line_counts_where_its_owner_is_and_where_its_risk_ends(made):
    claims = measure(book(*made, rates=RATES))
    expected: dict[tuple[int, str], list] = {}
    for position, row in enumerate(made):
        if row["country"]:
            expected[position, row["country"]] = [True, 0]
    for piece in claims.book.pieces(Basis.GUARANTOR).to_dict("records"):
        if isinstance(piece["country"], str):
            place = expected.setdefault((piece["line"], piece["country"]), [False, 0])
            place[1] += sum(piece[part] for part in X_PARTS)
    found = claims.places.to_dict("records")
    assert [(row["line"], row["country"]) for row in found] == sorted(expected)
    assert {(row["line"], row["country"]): [row["immediate"], row["guarantor"]] for row in found} == expected


@given(rows(), st.sampled_from(("0", "3", "10")))
@run(max_examples=6, deadline=None)
def test_items_have_the_lines_and_sums_that_a_line_at_a_time_gives(made, least):
    minimum = Decimal(least) * 1_000_000
    by_place: dict[str, dict[tuple[str, str], dict[str, Fraction]]] = {"L1": defaultdict(dict), "L6": defaultdict(dict)}
    for row in made:
        ends = {"TR"} if "guarantor_country" in row and row["outstanding"] else set()
        for country in ({row["country"]} | ends) & set(FLAGGED):
            if x := x_of(row):
                by_place["L1"][row["counterparty_id"], country][row["line_id"]] = x
                if row["booking_entity"]:
                    by_place["L6"][row["booking_entity"], country][row["line_id"]] = x
    for list_ in (AssetScreening, InstitutionNotices):
        result, _ = built(list_, made, minimum_amount=minimum)
        places = by_place[result.list_id].items()
        wanted = {key: lines for key, lines in places if sum(lines.values()) >= minimum}
        assert {(item.key.subject, item.key.country) for item in result.items} == set(wanted)
        for item in result.items:
            lines = wanted[item.key.subject, item.key.country]
            assert {one.line_id for one in item.lines} == set(lines)
            assert all(near(one.amounts.immediate, lines[one.line_id]) for one in item.lines)
            assert near(item.amounts.immediate, sum(lines.values()))
        assert result.ties


@given(rows(), st.sampled_from(("3", "10")))
@run(max_examples=6, deadline=None)
def test_who_is_far_from_every_mark_is_counted_as_if_measured_exactly(made, least):
    minimum = Decimal(least) * 1_000_000
    traded: dict[str, list[dict]] = defaultdict(list)
    for row in made:
        if x_of(row) and row["instrument"] in TRADED:
            traded[row["counterparty_id"]].append(row)
    small = {who for who, lines in traded.items() if sum(map(x_of, lines)) < minimum}
    listed = {who for who in traded.keys() - small if any(row["country"] in FLAGGED for row in traded[who])}
    result, _ = built(CounterpartyRisk, made, minimum_amount=minimum)
    assert {item.key.subject for item in result.items} == listed
    parts = {part.case: part.lines for part in result.control.parts}
    assert parts["not_screened"] == sum(len(traded[who]) for who in small)
    assert parts["not_selected"] == sum(len(traded[who]) for who in traded.keys() - small - listed)
    assert result.ties


@given(rows())
@run(max_examples=5, deadline=None)
def test_the_share_of_an_entity_is_of_all_that_is_booked_there(made):
    result, _ = built(OverseasLayout, made, minimum_amount=Decimal(0))
    booked: dict[str, Fraction] = defaultdict(Fraction)
    for row in made:
        booked[row["booking_entity"] or ""] += x_of(row) or 0
    for item in result.items:
        share = next(fact.value for fact in item.facts if fact.code == "share")
        assert near(share, Fraction(item.amounts.immediate) * 100 / booked[item.key.subject])
    assert result.ties


class WithoutFrame(Held):
    @property
    def frame(self):
        raise AssertionError("nobody needs one")


@given(rows(), rows())
@run(max_examples=5, deadline=None)
def test_a_stored_book_of_a_year_ago_is_added_up_without_its_frame(made, before):
    now, then = book(*made, rates=RATES), book(*before).book  # without rates of its own
    kept = stored(then.reporting_date, then.batch, WithoutFrame.of(then.lines), {})
    found, wanted = (
        OverseasLayout().build(
            Grounds(
                now,
                policy_flags(*FLAGGED),
                (),
                (),
                settings(minimum_amount=Decimal(0)),
                TODAY,
                ReviewBook(one, "v1", ""),
            )
        )
        for one in (kept, then)
    )
    assert found == wanted
