from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

import pytest

from exposures.calendar import BankCalendar
from exposures.flags import (
    COUNTRY_FAMILIES,
    TIDE_FAMILIES,
    CountryReading,
    FiringAlert,
    LimitStanding,
    Tide,
    Tier,
    dollar_tide,
    live_causes,
    parse_em_set,
    release,
    update_flags,
)

TODAY = date(2026, 5, 26)
SET = parse_em_set(files("exposures").joinpath("em_set.toml").read_text("utf-8"))
OFF = Tide(on=False)


def alert(family, severity="warning", country="ZA", rule="R1"):
    labels = {"country": country} if country else {}
    return FiringAlert(rule, family, severity, "m", -6.1, -5.0, "percent", TODAY, "A-0001", labels)


def limit(used, pending="0", amount="100", country="ZA"):
    return LimitStanding("country", country, Decimal(amount), Decimal(used), Decimal(pending), "guarantor", TODAY, "v1")


def causes(*, policy=(), alerts=(), limits=(), readings=(), tide=OFF, today=TODAY):
    return live_causes(SET, policy, alerts, limits, readings, tide, today)


def tier(**given):
    flags = update_flags((), causes(**given), TODAY, BankCalendar())
    return {flag.country: flag.tier.value for flag in flags}


def score(value, country="ZA"):
    return CountryReading(country, "score", Decimal(value), TODAY, "score")


def test_the_shipped_set_leaves_out_home_organisations_and_advanced_economies():
    assert all(code in SET for code in ("AR", "TR", "CL", "ZA", "IN", "KY"))
    assert not any(code in SET for code in ("CN", "XM", "US", "HK", "MO", "TW", "SG", "KR", "HR", "", None))
    assert len(SET.excluded) == 41 + 2
    assert SET.dated == date(2024, 10, 22)


@pytest.mark.parametrize("family", COUNTRY_FAMILIES)
def test_a_critical_alert_of_a_country_family_is_tier_a(family):
    assert tier(alerts=[alert(family, "critical")]) == {"ZA": "A"}


@pytest.mark.parametrize("family", ["limits", "data", "banks", *TIDE_FAMILIES])
def test_other_families_flag_nothing(family):
    assert tier(alerts=[alert(family, "critical")]) == {}


def test_warnings_need_two_families():
    assert tier(alerts=[alert("fx")]) == {}
    assert tier(alerts=[alert("fx"), alert("fx", rule="R2")]) == {}
    assert tier(alerts=[alert("fx"), alert("prices", rule="R2")]) == {"ZA": "B"}


def test_south_africa_in_and_out_of_the_tide():
    # CALCULATIONS 8: score 52, one currency warning: tide off → not flagged; on → tier B.
    given = {"alerts": [alert("fx")], "readings": [score(52)]}
    assert tier(**given) == {}
    assert tier(**given, tide=Tide(on=True)) == {"ZA": "B"}


@pytest.mark.parametrize(
    ("value", "expected"), [("59.99", {}), ("60", {"ZA": "B"}), ("69.99", {"ZA": "B"}), ("70", {"ZA": "A"})]
)
def test_score_bands(value, expected):
    assert tier(readings=[score(value)]) == expected


@pytest.mark.parametrize(
    ("level", "expected"), [("medium", {}), ("relatively_high", {"ZA": "B"}), ("high", {"ZA": "A"})]
)
def test_levels(level, expected):
    assert tier(readings=[CountryReading("ZA", "level", level, TODAY, "level")]) == expected


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (limit("89.9"), {}),
        (limit("70", "20"), {"ZA": "B"}),
        (limit("100"), {"ZA": "B"}),
        (limit("90", "20"), {"ZA": "B"}),
        (limit("100.1"), {"ZA": "A"}),
        (limit("1", amount="0"), {"ZA": "A"}),
        (limit("0", amount="0"), {}),
    ],
)
def test_limits_flag_by_use_with_pending_and_act_on_active_breach(use, expected):
    assert tier(limits=[use]) == expected


def test_the_policy_list_is_tier_b_and_advanced_economies_are_never_flagged_by_alerts():
    assert tier(policy=("AR", "TR", "CL")) == {"AR": "B", "CL": "B", "TR": "B"}
    assert tier(alerts=[alert("fx", "critical", country="GR")]) == {}
    assert tier(alerts=[alert("fx", "critical", country="CN")]) == {}


def test_every_cause_stays_a_reason():
    (flag,) = update_flags(
        (), causes(policy=("ZA",), alerts=[alert("fx", "critical")], limits=[limit("95")]), TODAY, BankCalendar()
    )
    assert [(reason.metric, reason.value, reason.threshold) for reason in flag.reasons] == [
        ("country_alert", Decimal("-6.1"), Decimal("-5.0")), ("limit_use", 95, 90), ("policy_list", None, None),
    ]  # fmt: skip
    assert all(reason.date == TODAY and reason.source for reason in flag.reasons)


def day(count):
    """So many business days after today (there are no holidays in these tests)."""
    return BankCalendar().add(TODAY, count)


def test_an_ended_cause_holds_its_tier_20_business_days_then_release_is_proposed():
    fire = causes(alerts=[alert("fx", "critical")])
    flags = update_flags((), fire, TODAY, BankCalendar())
    flags = update_flags(flags, {}, day(1), BankCalendar())
    assert (flags[0].tier, flags[0].release_proposed, flags[0].causes[0].ended) == (Tier.ACT, False, day(1))
    held = update_flags(flags, {}, day(20), BankCalendar())
    assert (held[0].tier, held[0].release_proposed) == (Tier.ACT, False)
    gone = update_flags(held, {}, day(21), BankCalendar())
    assert (gone[0].release_proposed, gone[0].episode) == (True, 1)
    # A cause that returns goes on in the same stay; after a release a new one begins.
    back = update_flags(gone, causes(alerts=[alert("prices", "critical", rule="R9")]), day(22), BankCalendar())
    assert (back[0].release_proposed, back[0].episode) == (False, 1)
    released = (release(gone[0]),)
    assert update_flags(released, {}, day(30), BankCalendar()) == released
    again = update_flags(released, fire, day(31), BankCalendar())
    assert (again[0].episode, again[0].since) == (2, day(31))


def test_a_cause_that_only_weakens_keeps_the_stronger_tier_for_the_hold():
    sharp = [alert("fx", "critical"), alert("prices", rule="R2")]
    mild = [replace(sharp[0], severity="warning"), sharp[1]]
    flags = update_flags((), causes(alerts=sharp), TODAY, BankCalendar())
    flags = update_flags(flags, causes(alerts=mild), day(1), BankCalendar())
    assert flags[0].tier is Tier.ACT
    flags = update_flags(flags, causes(alerts=mild), day(21), BankCalendar())
    assert flags[0].tier is Tier.WATCH


def test_a_stay_keeps_its_first_day():
    later = TODAY + timedelta(days=90)
    new = replace(limit("97", country="TR"), date=later)
    flags = update_flags((), causes(policy=("TR",), limits=[limit("95", country="TR")]), TODAY, BankCalendar())
    (flag,) = update_flags(flags, causes(policy=("TR",), limits=[new], today=later), later, BankCalendar())
    by_key = {cause.key: cause for cause in flag.causes}
    assert (flag.since, by_key["policy"].since, by_key["limit:use"].since) == (TODAY, TODAY, TODAY)
    assert by_key["policy"].reason.date == TODAY
    assert (by_key["limit:use"].reason.date, by_key["limit:use"].reason.value) == (later, 97)


@pytest.mark.parametrize(
    ("alerts", "on"),
    [
        ([], False),
        ([alert("corridor", country=None)], False),
        ([alert("corridor", country=None), alert("corridor", country=None, rule="R2")], False),
        ([alert("corridor", "critical", country=None)], True),
        ([alert("corridor", country=None), alert("broad_dollar", country=None)], True),
        ([alert("fx", "critical"), alert("prices", "critical")], False),
    ],
)
def test_dollar_tide(alerts, on):
    tide = dollar_tide(alerts)
    assert tide.on is on
    assert bool(tide.reasons) is on
