from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from exposures.calendar import BankCalendar

# Chinese Spring Festival of 2026: shut 16 to 20 and 23 February, worked on Saturdays 14 and 28 February.
SPRING = BankCalendar(
    frozenset(date(2026, 2, day) for day in (16, 17, 18, 19, 20, 23)), frozenset({date(2026, 2, 14), date(2026, 2, 28)})
)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_two_business_days_after_a_friday():
    # CALCULATIONS 12, L6: issued Fri 22 May, acknowledge by Tue 26 May.
    assert BankCalendar().add(date(2026, 5, 22), 2) == date(2026, 5, 26)


def test_make_up_saturdays_work_and_holidays_do_not():
    assert SPRING.is_business_day(date(2026, 2, 14))
    assert not SPRING.is_business_day(date(2026, 2, 15))
    assert not SPRING.is_business_day(date(2026, 2, 17))
    # Fri 13 → Sat 14 (made up) → Tue 24
    assert SPRING.add(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert SPRING.add(date(2026, 2, 13), 2) == date(2026, 2, 24)


@given(days, st.integers(0, 60))
def test_adding_and_counting_agree(day, count):
    later = SPRING.add(day, count)
    assert SPRING.between(day, later) == count
    assert count == 0 or SPRING.is_business_day(later)


@given(days, st.integers(0, 40))
def test_nothing_lies_between_a_day_and_an_earlier_one(day, back):
    assert SPRING.between(day, day - timedelta(days=back)) == 0
