"""Marked days: where they come from, weekends moved, month- and quarter-ends."""

from datetime import date

from app.liquidity import dated_events
from app.liquidity.dated_events import Kind
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
    assert all(dated_events.source(kind) for kind in (Kind.RUNOFF, Kind.FOMC, Kind.TAX))
