from datetime import date, timedelta

from exposures.calendar import BankCalendar
from exposures.flags import FiringAlert, Tide
from exposures.tide import families, finding, release_tide, update_tide

DAY = date(2026, 5, 25)  # a Monday
CALENDAR = BankCalendar()


def alert(family, severity="warning"):
    return FiringAlert("R", family, severity, "SOFR_IORB", 21.0, 20.0, "basis points", DAY, "A-0001")


def test_the_tide_goes_off_like_a_flag_after_twenty_bank_days_and_a_person():
    on = update_tide(Tide(on=False), [alert("corridor", "critical")], DAY, CALENDAR)
    assert (on.on, on.episode, on.since, len(on.reasons)) == (True, 1, DAY, 1)
    held = update_tide(on, [], DAY + timedelta(days=1), CALENDAR)
    assert (held.on, held.ended, held.release_proposed) == (True, DAY + timedelta(days=1), False)
    assert held.reasons == on.reasons
    # 20 bank business days after Tuesday 26 May are Tuesday 23 June
    assert not update_tide(held, [], date(2026, 6, 22), CALENDAR).release_proposed
    proposed = update_tide(held, [], date(2026, 6, 23), CALENDAR)
    assert (proposed.on, proposed.release_proposed) == (True, True)
    off = release_tide(proposed)
    assert not off.on
    again = update_tide(off, [alert("corridor", "critical")], date(2026, 6, 24), CALENDAR)
    assert (again.episode, again.since) == (2, date(2026, 6, 24))


def test_a_cause_that_comes_back_goes_on_in_the_same_tide():
    on = update_tide(Tide(on=False), [alert("corridor", "critical")], DAY, CALENDAR)
    held = update_tide(on, [], DAY + timedelta(days=1), CALENDAR)
    back = update_tide(held, [alert("broad_dollar", "critical")], DAY + timedelta(days=9), CALENDAR)
    assert (back.on, back.episode, back.since, back.ended) == (True, 1, DAY, None)


def test_what_is_said_of_it():
    def said(tide, *alerts):
        return finding(tide, families(alerts)).case

    warning, critical = alert("corridor"), alert("broad_dollar", "critical")
    assert said(Tide(on=False)) == "dollar_tide.off"
    assert said(Tide(on=False), warning) == "dollar_tide.one_warning"
    assert said(Tide(on=True, since=DAY), critical) == "dollar_tide.critical"
    assert said(Tide(on=True, since=DAY), warning, alert("fed_reserves")) == "dollar_tide.warnings"
    assert said(Tide(on=True, since=DAY, ended=DAY)) == "dollar_tide.held"
    assert said(Tide(on=True, since=DAY, ended=DAY, release_proposed=True)) == "dollar_tide.release_proposed"


def test_alerts_of_other_families_do_not_move_it():
    assert [one.severity for one in families([alert("fx", "critical"), alert("corridor")])] == [
        None,
        "warning",
        None,
        None,
    ]
