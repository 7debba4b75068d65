"""Marked days: where they come from, weekends moved, month- and quarter-ends."""

from datetime import date

import pytest

from app.liquidity import dated_events
from app.liquidity.dated_events import InvalidEvents, Kind
from app.wording.tracking import event_kind, event_label


def days(kind: Kind, start: date, end: date) -> list[date]:
    return [event.on for event in dated_events.listed(kind, start, end)]


def test_quarters_and_months_end_on_their_last_day() -> None:
    assert days(Kind.QUARTER_END, date(2023, 10, 1), date(2024, 3, 31)) == [date(2023, 12, 31), date(2024, 3, 31)]
    assert days(Kind.MONTH_END, date(2024, 2, 1), date(2024, 3, 30)) == [date(2024, 2, 29)]


def test_tax_days_move_from_weekends_and_with_the_extensions() -> None:
    assert days(Kind.TAX, date(2020, 3, 1), date(2020, 8, 1)) == [date(2020, 7, 15)]  # April and June were moved
    assert days(Kind.TAX, date(2021, 4, 1), date(2021, 5, 30)) == [date(2021, 5, 17)]
    # 15 June 2024 was a Saturday
    assert days(Kind.TAX, date(2024, 6, 1), date(2024, 6, 30)) == [date(2024, 6, 17)]


def test_the_committee_met_eight_times_a_year_and_twice_more_in_march_2020() -> None:
    for year in range(2017, 2027):
        met = days(Kind.FOMC, date(year, 1, 1), date(year, 12, 31))
        # The meeting of 17 and 18 March 2020 was held on 15 March; 3 March came on top.
        assert len(met) == (9 if year == 2020 else 8)
        assert met == sorted(set(met))


def test_run_off_began_and_ended_on_the_days_of_the_table_of_caps() -> None:
    turns = {event.code: event.on for event in dated_events.listed(Kind.RUNOFF, date(2008, 1, 1), date(2026, 1, 1))}
    assert turns["runoff_2_start"] == date(2022, 6, 1)  # the source document's date
    assert turns["runoff_2_end"] == date(2025, 12, 1)
    assert turns["reserve_management"] == date(2025, 12, 12)
    assert all(event_label(Kind.RUNOFF, code) for code in turns)


def test_every_kind_has_words_and_every_list_its_source() -> None:
    assert all(event_kind(kind) for kind in Kind)
    for kind in (Kind.RUNOFF, Kind.FOMC, Kind.TAX):
        assert dated_events.shipped().origin(kind).source
        assert dated_events.shipped().origin(kind).url.startswith("https://")


OWN = """
dated = 2027-01-04
[[group]]
kind = "fomc"
source = "Federal Reserve Board"
url = "https://www.federalreserve.gov/monetarypolicy/fomccalendars.htm"
days = [2027-03-17, 2027-01-27]
[[group]]
kind = "runoff"
source = "New York Fed"
url = "https://www.newyorkfed.org"
days = [[2027-02-01, "Run-off again"]]
"""


def test_a_bank_s_own_list_takes_the_place_of_the_shipped_one() -> None:
    own = dated_events.parse(OWN)
    assert [one.on for one in own.listed(Kind.FOMC, date(2027, 1, 1), date(2027, 12, 31))] == [
        date(2027, 1, 27), date(2027, 3, 17),
    ]  # fmt: skip
    assert [one.code for one in own.listed(Kind.RUNOFF, date(2022, 1, 1), date(2027, 12, 31))] == ["Run-off again"]
    assert own.listed(Kind.TAX, date(2020, 1, 1), date(2027, 12, 31)) == ()  # it names none
    assert len(own.listed(Kind.QUARTER_END, date(2027, 1, 1), date(2027, 12, 31))) == 4  # the calendar's


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("dated = ", "", "toml"),
        ("", "dated", "missing"),
        (OWN.replace('"fomc"', '"opec"'), "group 1", "kind"),
        (OWN.replace("2027-01-27", '"27 January"'), "fomc.days", "not_dates"),
        (OWN.replace('url = "https://www.newyorkfed.org"', ""), "runoff.url", "missing"),
        (OWN + '[tax]\nsource = "IRS"\nurl = "https://www.irs.gov"', "tax", "not_dates"),
    ],
)
def test_a_list_that_cannot_be_used_says_where(text: str, place: str, problem: str) -> None:
    with pytest.raises(InvalidEvents) as told:
        dated_events.parse(text)
    assert (told.value.place, told.value.problem) == (place, problem)
