"""The two-sided table: a hand-made sheet that closes, every reason for a gap, and what may be compared."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.finding import Finding
from app.liquidity import balance_sheet
from app.liquidity.balance_sheet import Level, build
from app.liquidity.statement import BalanceSheet, Line, Role, Side
from app.series.catalogue import FACILITIES
from app.series.series import Basis, Observation

ON, BEFORE = date(2023, 5, 17), date(2023, 5, 10)
KNOWN = datetime(2023, 5, 18, 20, 30, tzinfo=UTC)
EXISTING = [f.id for f in FACILITIES if f.first and f.first <= ON and (f.last is None or f.last >= ON)]

#: A sheet in whole millions: securities 100 = 60 + 5 + 35; the assets leave 9 unlisted, the liabilities 4.
FULL = {
    "WSHOSHO": 100, "TREAST": 60, "WSHOBL": 10, "WSHONBNL": 40, "WSHONBIIL": 8, "WSHOICL": 2, "WSHOFADSL": 5,
    "WSHOMCB": 35, "WORAL": 1, "WLCFLL": 7, "SWPT": 2, "RESH4SO_N": 3, "WALCL": 100 + 1 + 7 + 6 + 2 + 3 + 9,
    "WLFN": 40, "RESTBC_N": 42, "WLRRAL": 20, "WLRRAFOIAL": 5, "WLRRAOL": 15, "RESPPLLDA_N": 0, "WLODLL": 50,
    "WRBWFRBL": 48, "WDTGAL": 6, "WDFOL": 1, "RESPPLLDO_N": 2, "RESH4E_N": 1,
    "RESPPMLL_N": 40 + 20 + (50 + 6 + 1 + 2) + 1 + 4, "WCTCL": 4,
} | dict.fromkeys(EXISTING, 2)  # fmt: skip


def level(values: dict[str, float], on: date = ON) -> Level:
    return {id: Observation(on, value, KNOWN, Basis.ASSUMED, "ddp") for id, value in values.items()}


def without(*ids: str) -> dict[str, float]:
    return {id: value for id, value in FULL.items() if id not in ids}


def lines(values: dict[str, float], earlier: dict[str, float] | None = None, on: date = ON) -> dict[str, Line]:
    sheet = build(on, level(values, on), BEFORE if earlier is not None else None, level(earlier or {}, BEFORE))
    return {line.id: line for line in sheet.lines}


def test_ids_are_those_of_the_contract() -> None:
    contract = [
        "total_assets",
        "securities",
        "treasuries",
        "bills",
        "notes_and_bonds",
        "tips",
        "inflation_compensation",
        "agency_debt",
        "mbs",
        "repos",
        "loans",
        "credit_facilities",
        "swaps",
        "other_assets",
        "unlisted_assets",
        "total_liabilities",
        "federal_reserve_notes",
        "reverse_repos",
        "reverse_repos_foreign",
        "on_rrp",
        "term_deposits",
        "depository_deposits",
        "reserve_balances",
        "tga",
        "foreign_official",
        "other_deposits",
        "treasury_contributions",
        "unlisted_liabilities",
        "capital",
        "currency_in_circulation",
        "deposits",
        "loans_and_facilities",
        "rounding",
    ]
    assert sorted(balance_sheet.LINE_IDS) == sorted(contract)


def test_a_full_sheet_closes_by_hand() -> None:
    seen = lines(FULL)
    assert len(EXISTING) == 3
    assert seen["credit_facilities"].value == 6
    assert seen["loans_and_facilities"].value == 13
    assert seen["deposits"].value == 59
    assert seen["unlisted_assets"].value == 9
    assert seen["unlisted_liabilities"].value == 4
    assert seen["rounding"].value == 128 - 124 - 4
    assert build(ON, level(FULL)).closes is True
    assert seen["depository_deposits"].role is Role.LINE
    assert seen["reserve_balances"].role is Role.MEMO
    assert seen["currency_in_circulation"].role is Role.MEMO
    assert seen["unlisted_assets"].status == "computed"
    assert seen["securities"].status == "reported"
    assert seen["securities"].source == "ddp:RESPPALG_N.WW"
    assert seen["securities"].known_from == KNOWN


def test_shares_are_percent_of_the_own_side() -> None:
    seen = lines(FULL)
    assert seen["securities"].share == pytest.approx(78.125)  # 100 of 128
    assert seen["federal_reserve_notes"].share == pytest.approx(32.2581)  # 40 of 124
    assert seen["total_assets"].share == seen["total_liabilities"].share == 100
    assert seen["capital"].share is None
    assert seen["rounding"].share is None


@pytest.mark.parametrize(
    ("missing", "line", "status"),
    [
        ("WORAL", "unlisted_assets", "missing: repos"),
        ("WLCFLL", "unlisted_assets", "missing: loans_and_facilities"),
        ("WLCFLL", "loans_and_facilities", "missing: loans"),
        ("WALCL", "unlisted_assets", "missing: total_assets"),
        ("WLFN", "unlisted_liabilities", "missing: federal_reserve_notes"),
        ("WDTGAL", "deposits", "missing: tga"),
        ("WDTGAL", "unlisted_liabilities", "missing: deposits"),
        ("WCTCL", "rounding", "missing: capital"),
        ("WLFN", "federal_reserve_notes", "no data: WLFN"),
        ("RESPPAADH_N", "credit_facilities", "no data: RESPPAADH_N"),
        ("RESH4SO_N", "other_assets", "no data: RESH4SO_N, WAOAL"),
    ],
)
def test_a_gap_is_null_and_names_what_is_missing(missing: str, line: str, status: str) -> None:
    seen = lines(without(missing))
    assert seen[line].value is None
    assert seen[line].status == status


@pytest.mark.parametrize("missing", ["WSHOBL", "TREAST", "WSHOMCB", "WLRRAOL", "RESTBC_N", "WRBWFRBL"])
def test_a_missing_child_does_not_keep_a_side_from_closing(missing: str) -> None:
    assert build(ON, level(without(missing))).closes is True


def test_a_side_without_its_total_leaves_the_question_open() -> None:
    assert build(ON, level(without("RESPPMLL_N"))).closes is None


def test_sides_that_are_apart_by_more_than_rounding_do_not_close() -> None:
    assert build(ON, level(FULL | {"WCTCL": 6})).closes is True  # −2
    assert build(ON, level(FULL | {"WCTCL": 7})).closes is False  # −3


def test_reserve_balances_close_where_the_condition_statement_is_missing() -> None:
    seen = lines(without("WLODLL"))
    assert seen["reserve_balances"].role is Role.LINE
    assert seen["depository_deposits"].role is Role.MEMO
    assert seen["deposits"].value == 57
    assert seen["unlisted_liabilities"].value == 6  # service-related balances fall in here


def test_a_week_average_never_fills_a_line() -> None:
    assert "WRESBAL" not in balance_sheet.SERIES_IDS
    seen = lines(without("WLODLL", "WRBWFRBL") | {"WRESBAL": 48.5, "WTREGEN": 6})
    assert seen["reserve_balances"].value is None
    assert seen["depository_deposits"].value is None
    assert [line.role for line in seen.values() if line.id in ("depository_deposits", "reserve_balances")].count(
        Role.MEMO
    ) == 1


def test_lines_outside_their_life_are_zero_and_say_so() -> None:
    early = lines({"WALCL": 922187}, on=date(2008, 1, 2))
    assert (early["treasury_contributions"].value, early["treasury_contributions"].status) == (0, "not yet")
    assert (early["credit_facilities"].value, early["credit_facilities"].status) == (0, "not yet")
    between = lines({"WALCL": 3761508}, on=date(2019, 9, 4))
    assert (between["credit_facilities"].value, between["credit_facilities"].status) == (0, "ended")
    assert lines({}, on=date(2020, 5, 6))["treasury_contributions"].value == 0
    assert lines({}, on=date(2020, 5, 13))["treasury_contributions"].value is None


def test_other_assets_of_the_condition_statement_stand_in_and_are_never_compared() -> None:
    condition = without("RESH4SO_N") | {"WAOAL": 5}
    seen = lines(FULL, condition)
    other = seen["other_assets"]
    assert (other.value, other.against, other.change, other.status) == (3, 5, None, "different definitions")
    assert other.source == "ddp:RESH4SO_N.WW"
    assert seen["unlisted_assets"].change is None
    assert lines(condition)["other_assets"].source == "ddp:RESPPAO_N.WW"
    assert lines(condition, condition)["other_assets"].change == 0


def test_deposits_that_close_by_different_lines_are_never_compared() -> None:
    seen = lines(FULL, without("WLODLL"))
    assert (seen["deposits"].value, seen["deposits"].against) == (59, 57)
    assert (seen["deposits"].change, seen["deposits"].status) == (None, "different definitions")
    assert seen["unlisted_liabilities"].status == "different definitions"
    assert seen["reserve_balances"].change == 0


def test_a_gap_on_the_other_date_is_named_as_such() -> None:
    seen = lines(FULL, without("SWPT"))
    assert (seen["swaps"].value, seen["swaps"].change, seen["swaps"].status) == (2, None, "against: no data: SWPT")
    assert seen["swaps"].missing == ("SWPT",)
    both = lines(without("WLFN"), without("WLFN"))
    assert both["federal_reserve_notes"].status == "no data: WLFN"


def test_known_from_of_a_sum_is_the_latest_of_its_parts() -> None:
    later = datetime(2023, 6, 1, tzinfo=UTC)
    values = dict(level(FULL)) | {"WDFOL": Observation(ON, 1, later, Basis.FETCHED, "ddp")}
    assert build(ON, values).line("deposits").known_from == later
    assert build(ON, values).line("unlisted_liabilities").known_from == later
    assert build(ON, values).line("unlisted_assets").known_from == KNOWN


amounts = st.integers(0, 9_000_000)


@given(st.fixed_dictionaries(dict.fromkeys(sorted(FULL), amounts)))
def test_every_sheet_with_all_top_lines_closes(values: dict[str, float]) -> None:
    seen = lines(values)
    for total, side in (("total_assets", Side.ASSETS), ("total_liabilities", Side.LIABILITIES)):
        top = [line for line in seen.values() if line.parent == total and line.side is side]
        assert sum(line.value or 0 for line in top) == seen[total].value
    ends = (seen["total_liabilities"].value or 0) + (seen["capital"].value or 0) + (seen["rounding"].value or 0)
    assert ends == seen["total_assets"].value
    inside = [line for line in seen.values() if line.parent == "deposits" and line.role is Role.LINE]
    assert sum(line.value or 0 for line in inside) == seen["deposits"].value


def test_the_right_side_is_liabilities_and_capital_and_missing_where_either_is() -> None:
    # 7 + 2 = 9; without capital the sum is not known
    def line(id: str, value: int | None) -> Line:
        return Line(id, None, Side.LIABILITIES, Role.TOTAL, value, None, None, None, None, None, None, "reported")

    day = date(2019, 9, 4)
    both = BalanceSheet(day, None, (line("total_liabilities", 7), line("capital", 2)), Finding("x"), (), None)
    one = BalanceSheet(day, None, (line("total_liabilities", 7), line("capital", None)), Finding("x"), (), None)
    assert both.liabilities_and_capital() == (9, None, None)
    assert one.liabilities_and_capital() == (None, None, None)
