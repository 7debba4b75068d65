"""L8 on the worked example of its notes, on each mark, and on who is a bank."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from exposures.flags import LimitStanding
from exposures.reviews.bank_soundness import BankSoundness
from exposures.reviews.item import Action, Priority, Proposal
from exposures.reviews.review_list import AGENCY_GRADES, Grounds, ListResult
from exposures.reviews.soundness import Light, Sign, bank_signs, stressed_capital, system_signs, together
from exposures.supplied import SectorReview, Soundness, Supplied
from tests.exposures.reviews.books import REPORTED, TODAY, book, line, policy_flags, settings

D, M = Decimal, Decimal(10**6)
DAY = date(2026, 3, 31)
SCALE = tuple((grade, grade) for grade in AGENCY_GRADES)
#: CET1 12, sovereign 20, RWA 100 (bn); non-performing 6 %, FX loans 62 %.
EXAMPLE = {"cet1": D(12), "sovereign": D(20), "rwa": D(100), "non_performing": D(6), "fx_loans": D(62)}


def supplied(figures: dict[str, Decimal], rating: str | None = None, **more: Any) -> Supplied:
    return Supplied(banks=(Soundness("BANK", figures, DAY, "annual report", rating),), **more)


def built(
    *lines: dict[str, Any], flagged=("TR",), given: Supplied | None = None, limit: int | None = None
) -> ListResult:
    limits = () if limit is None else (
        LimitStanding("counterparty", "BANK", limit * M, 0 * M, 0 * M, "immediate", REPORTED, "v31"),
    )  # fmt: skip
    grounds = Grounds(book(*lines), policy_flags(*flagged), (), limits, settings(), TODAY, supplied=given or Supplied())
    return BankSoundness().build(grounds)


def placement(subject: str = "BANK", country: str = "TR", drawn: float = 50, **fields: Any) -> dict[str, Any]:
    return line(f"p-{subject}", subject, country, drawn, **({"instrument": "placement", "sector": "bank"} | fields))


def facts(item: Proposal) -> dict[str, Any]:
    return {fact.code: fact.value for fact in item.facts}


def test_the_worked_example():
    # 12 % → 8.0 % amber; non-performing 6 % amber; FX loans 62 % red → red: placement 50 not renewed.
    assert stressed_capital(EXAMPLE) == D("8.0")
    lights = {sign.figure: sign.light for sign in bank_signs(EXAMPLE, None, SCALE)}
    assert lights == {
        "capital": Light.AMBER, "non_performing": Light.AMBER, "fx_loans": Light.RED, "liquid": Light.GREY,
        "rating": Light.GREY, "equity": Light.GREY,
    }  # fmt: skip
    result = built(placement(), given=supplied(EXAMPLE))
    bank, system = result.items
    assert (bank.action, bank.amount, bank.priority) == (Action.RUN_DOWN, 50 * M, Priority.HIGH)
    assert [one.action for one in bank.lines] == [Action.NO_RENEWAL]
    told = {reason.metric: (reason.value, reason.threshold, reason.date) for reason in bank.reasons}
    assert told["bank_capital"] == (D("8.0"), 10, DAY)
    assert told["bank_fx_loans"] == (62, 60, DAY)
    assert "policy_list" in told
    assert (facts(bank)["state"], facts(bank)["bank_liquid"], facts(bank)["figures_of"]) == ("red", None, "2026-03-31")
    # The system is a row of its own, and nothing is supplied of it: not assessable, never green.
    assert (system.key.subject, facts(system)["state"]) == ("system:TR", "not_assessable")
    assert (system.amounts.immediate, system.lines, system.priority) == (50 * M, (), Priority.MEDIUM)
    assert result.ties


@pytest.mark.parametrize(
    ("figure", "amber", "red", "fine"),
    [
        ("non_performing", "5", "8", "4.99"),
        ("liquid", "99.99", "79.99", "100"),
        ("fx_loans", "40", "60", "39.99"),
        ("equity", "-30", "-50", "-29.99"),
    ],
)
def test_each_figure_against_its_marks(figure: str, amber: str, red: str, fine: str):
    def light(value: str) -> Light:
        return next(sign.light for sign in bank_signs({figure: D(value)}, None, SCALE) if sign.figure == figure)

    assert [light(amber), light(red), light(fine)] == [Light.AMBER, Light.RED, Light.GREEN]


def test_capital_and_rating_against_their_marks():
    def capital(cet1: str) -> Light:
        return bank_signs({"cet1": D(cet1), "sovereign": D(0), "rwa": D(100)}, None, SCALE)[0].light

    assert [capital("7.99"), capital("8"), capital("9.99"), capital("10")] == [
        Light.RED, Light.AMBER, Light.AMBER, Light.GREEN,
    ]  # fmt: skip
    assert stressed_capital({"cet1": D(12), "rwa": D(100)}) is None  # the sovereign's part is not known: not zero
    ratings = [bank_signs({}, grade, SCALE)[4].light for grade in ("BBB-", "BB+", "B", "B-", "Aa1", None)]
    assert ratings == [Light.GREEN, Light.AMBER, Light.AMBER, Light.RED, Light.GREY, Light.GREY]


def test_what_figures_make_together():
    def state(lights: str) -> Light:
        named = {"r": Light.RED, "a": Light.AMBER, "g": Light.GREEN, "-": Light.GREY}
        return together([Sign(str(place), None, named[one]) for place, one in enumerate(lights)])

    assert [state("rrgggg"), state("raaggg"), state("raa---")] == [Light.RED] * 3
    assert [state("rggggg"), state("ragggg"), state("aagggg"), state("aa----")] == [Light.AMBER] * 4
    assert [state("gggggg"), state("agggg-"), state("gggg--")] == [Light.GREEN] * 3
    assert [state("ggg---"), state("a-----"), state("------")] == [Light.NOT_ASSESSABLE] * 3
    assert together(system_signs({"capital": D(7), "non_performing": D(9)})) is Light.RED


def test_amber_and_green_banks_and_the_rank():
    amber = built(placement(), given=supplied({"non_performing": D(9)}), limit=100).items[0]
    assert (amber.action, amber.amount, amber.priority) == (Action.SHORTEN, 25 * M, Priority.MEDIUM)
    assert built(placement(), given=supplied({"non_performing": D(9)})).items[0].amount is None  # it has no limit
    fine = {"non_performing": D(1), "liquid": D(120), "fx_loans": D(10), "equity": D(1)}
    green = built(placement(rating="BBB"), given=supplied(fine)).items
    assert [facts(item)["state"] for item in green] == ["not_assessable", "green"]  # the system, then the bank
    assert (green[1].action, green[1].priority) == (Action.WATCH, Priority.LOW)
    both = built(placement("SMALL", drawn=5), placement(), given=supplied({}, "C"))
    assert [item.key.subject for item in both.items] == ["BANK", "system:TR", "SMALL"]
    assert both.ties


def test_who_is_a_bank_is_in_the_book_or_was_reviewed_and_never_a_name_alone():
    named = line("l", "ZIRAAT BANKASI", "TR", 50, sector=None)
    unknown = built(named, line("m", "MINISTRY", "TR", 5, sector=None))
    assert unknown.items == ()
    assert (unknown.empty.case, unknown.empty.values["borrowers"]) == ("l8.empty.no_sectors", 2)
    assert [(miss.why, miss.subject) for miss in unknown.not_assessable] == [
        ("sector_missing", ""), ("bank_by_name", "ZIRAAT BANKASI"),
    ]  # fmt: skip
    at = datetime(2026, 5, 20, tzinfo=UTC)
    review = SectorReview("ZIRAAT BANKASI", "bank", "licence register", "wu", at)
    found = built(named, given=Supplied(sectors={"ZIRAAT BANKASI": review}))
    assert [item.key.subject for item in found.items] == ["ZIRAAT BANKASI", "system:TR"]
    fund = SectorReview("BANK", "financial", "a fund by its statutes", "wu", at)
    assert built(placement(), given=Supplied(sectors={"BANK": fund})).empty.case == "l8.empty.no_banks"


def test_where_the_head_office_is_decides_and_small_ones_are_not_screened():
    branch = placement(country="GB", head_office_country="TR", dependent_branch=True)
    assert built(branch).items[0].key.country == "TR"
    foreign = built(placement(country="TR", head_office_country="DE"))
    assert foreign.items == ()
    small = built(placement(drawn=0.5))
    assert {part.case for part in small.excluded if part.lines} == {"not_screened"}
    assert built(placement(), flagged=()).empty.case == "l8.empty.no_flags"
    assert small.ties
