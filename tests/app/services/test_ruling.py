"""Versions, files, tests and back-tests of rules, over a workspace and over the real published series."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from alerts.monitor import Kind
from alerts.rule import Band, Comparison, Rule
from alerts.rulefile import read, write
from app.bootstrap import Program
from app.refusals import Misused, Refused
from app.services.monitoring import Monitoring
from app.services.ruling import Ruling
from tests.app.services.test_monitoring import USE, Given
from tests.conftest import Clock


@pytest.fixture
def given_readings() -> Given:
    return Given()


@pytest.fixture
def monitoring(program: Program, given_readings: Given) -> Monitoring:
    made = Monitoring(program.database, program.events, program.clock, "Chen Li", [given_readings])
    made.set_rule(USE, "for the test")
    return made


@pytest.fixture
def ruling(program: Program, monitoring: Monitoring, given_readings: Given) -> Ruling:
    return Ruling(program.database, monitoring, [given_readings], program.clock)


def test_every_edit_is_a_version_and_any_can_be_restored(ruling: Ruling, clock: Clock) -> None:
    first = ruling.rule("u")
    clock.advance(hours=1)
    assert first.warning is not None
    second = ruling.set(replace(first, warning=replace(first.warning, threshold=82)), "less noise")
    clock.advance(hours=1)
    third = ruling.restore("U", 1, "too late")
    assert (second.version, third.version, replace(third, version=1)) == (2, 3, first)
    newest, middle, oldest = ruling.history("U")
    assert [one.rule.version for one in (newest, middle, oldest)] == [3, 2, 1]
    assert middle.changes == (("warning.threshold", 80, 82),)
    assert newest.changes == (("warning.threshold", 82, 80),)
    assert (middle.who, middle.reason, newest.at) == ("Chen Li", "less noise", clock.now)
    assert oldest.changes == ()
    with pytest.raises(Refused, match=r"rules\.unchanged"):
        ruling.restore("U", 1, "again")
    with pytest.raises(Misused, match=r"rules\.unknown_version"):
        ruling.restore("U", 9, "again")
    with pytest.raises(Misused, match=r"rules\.unknown"):
        ruling.history("Z")


def test_an_edit_derives_the_open_episode_anew(
    ruling: Ruling, monitoring: Monitoring, given_readings: Given, clock: Clock
) -> None:
    """Own case, a rule edited while acknowledged: the episode stays, its version and severity are the new rule's."""
    given_readings.say("TR", 70, 85, 86)
    monitoring.evaluate()
    monitoring.acknowledge("A-0001", "known")
    clock.advance(hours=1)
    ruling.set(replace(USE, keep=2), "hold longer")
    (alert,) = monitoring.alerts()
    assert (alert.id, alert.rule.version, alert.acknowledged, alert.open) == ("A-0001", 2, True, True)
    assert Kind.RULE_CHANGED in [told.kind for told in alert.history]
    # A line above all values takes the episode away, which says so itself.
    ruling.set(replace(USE, warning=Band(Comparison.AT_LEAST, 88), critical=None), "higher")
    (alert,) = monitoring.alerts()
    assert (alert.open, alert.last_kind) == (False, Kind.FIRED)


def test_export_and_import_are_the_identity(ruling: Ruling, program: Program, tmp_path: Path) -> None:
    text = ruling.export()
    done = ruling.take_in(text, "taken over")
    assert (done.new, done.changed) == ((), ())
    assert ruling.export() == text
    # A changed and a new one are versions; what the file lacks stays.
    edited = replace(USE, owner="Wu Fang")
    fresh = replace(USE, id="V")
    done = ruling.take_in(write([edited, fresh]), "from the branch")
    assert (done.new, done.changed, done.unchanged) == (("V",), ("U",), ())
    assert (ruling.rule("U").owner, ruling.rule("V").version, len(ruling.rules())) == (
        "Wu Fang",
        1,
        len(read(text)) + 1,
    )
    assert {replace(rule, version=1) for rule in map(_bare, read(ruling.export()))} >= {_bare(edited), _bare(fresh)}
    assert read(ruling.export(["U"])) == (ruling.rule("U"),)


def _bare(rule: Rule) -> Rule:
    """Hashable: without the mapping of labels."""
    return replace(rule, version=1, scope=tuple(rule.scope.items()))  # type: ignore[arg-type]


def test_editing_by_text(ruling: Ruling) -> None:
    text = ruling.export(["U"])
    assert ruling.edit("U", text.replace("threshold = 80", "threshold = 79"), "earlier").version == 2
    for wrong, code in (
        (text.replace('id = "U"', 'id = "W"'), "rules.other_id"),
        (text.replace("threshold = 80", 'threshold = "much"'), "rules.file"),
        (text + text.replace('id = "U"', 'id = "W"'), "rules.not_one"),
        ("[[rule", "rules.file"),
    ):
        with pytest.raises(Refused) as error:
            ruling.edit("U", wrong, "no")
        assert error.value.code == code
    with pytest.raises(Refused, match="reason_missing"):
        ruling.take_in(text, " ")


TEST = """
rules = "rules.toml"
[[series]]
metric = "use"
unit = "percent"
start = 2024-01-05
values = "70 85"
[[expect]]
at = 2024-01-06
state = "firing"
"""


def test_a_test_file_names_its_rules_beside_it(ruling: Ruling, tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(write([USE]), "utf-8")
    place = tmp_path / "mine.toml"
    place.write_text(TEST, "utf-8")
    assert ruling.test(place).passed
    place.write_text(TEST.replace("firing", "normal"), "utf-8")
    assert [one.problem for one in ruling.test(place).checked] == ["state"]
    for wrong, code in (
        (TEST.replace("rules.toml", "none.toml"), "rules.no_file"),
        (TEST.replace('rules = "rules.toml"', "rules = 3"), "rules.test_file"),
        (TEST.replace("values", "worth"), "rules.test_file"),
        (TEST + "[other]\n", "rules.test_file"),
        ("[[", "rules.test_file"),
    ):
        place.write_text(wrong, "utf-8")
        with pytest.raises(Refused) as error:
            ruling.test(place)
        assert error.value.code == code
    with pytest.raises(Misused, match=r"rules\.no_file"):
        ruling.test(tmp_path / "absent.toml")


def test_a_past_for_every_set_of_labels(ruling: Ruling, given_readings: Given, tmp_path: Path) -> None:
    assert ruling.back_test(USE).lack is not None
    given_readings.say("TR", 70, 85, 70, 70)
    given_readings.say("AR", 70, 70)
    tried = ruling.back_test(USE)
    assert {past.test.labels["country"]: len(past.test.episodes) for past in tried.pasts} == {"TR": 1, "AR": 0}
    assert tried.pasts[0].test.assumed == 0
    assert all(past.sweep for past in tried.pasts)
    place = tmp_path / "crises.toml"
    place.write_text('[[crisis]]\nname = "C"\nstart = 2026-05-03\nlabels = { country = "TR" }\n', "utf-8")
    tried = ruling.back_test(USE, ruling.crises(place), 30)
    leads = [lead for past in tried.pasts for lead in past.test.leads]
    assert [lead.days for lead in leads] == [1]
    for wrong in ("[[crisis]]\nname = 'C'\nstart = 'May'", "[[crisis]]\nstart = 2026-05-03", "crisis = 3", "[["):
        place.write_text(wrong, "utf-8")
        with pytest.raises(Refused, match=r"rules\.crises"):
            ruling.crises(place)


@pytest.mark.shared
def test_the_default_fed_rules_over_the_published_series(program: Program, shared_data: Path) -> None:
    """Acceptance: September 2019 fires, no day of a policy move does, and no episode is an artefact."""
    program.refreshing.take_in(shared_data / "fred")
    fed = ("fed_reserves", "corridor", "on_rrp_treasury", "broad_dollar")
    tried = {
        rule.id: program.ruling.back_test(rule, tried=False)
        for rule in program.ruling.rules()
        if rule.family in fed and rule.enabled
    }
    assert {id for id, one in tried.items() if one.lack is None} >= {"L1", "L2", "L3", "L3-IORB", "L3-TOP", "L5", "D1"}
    jumps = tried["L2"].pasts[0]
    firing = {
        day
        for one in jumps.test.episodes
        for day in jumps.readings.dates.astype("datetime64[D]").tolist()
        if one.fired <= day and (one.ended is None or day < one.ended)
    }
    assert {date(2019, 9, 16), date(2019, 9, 17)} <= firing
    assert date(2019, 9, 18) not in firing
    rows = (shared_data / "fred" / "DFEDTARU.csv").read_text().splitlines()[1:]
    tops = [(date.fromisoformat(row.split(",")[0]), row.split(",")[1]) for row in rows]
    moves = {day for (_, before), (day, top) in pairwise(tops) if before != top}
    assert len(moves) > 15
    assert not moves & firing
    # Unit: a move of SOFR is less than 300 basis points, a share of GDP between 0 and 20 percent.
    assert all(0 < one.value < 300 for one in jumps.test.episodes)
    to_gdp = tried["L5"].pasts[0]
    assert all(0 < one.value < 20 for one in to_gdp.test.episodes)
    # Look-ahead: the GDP in a ratio was out when the ratio was; a quarter's figure is never known in that quarter.
    gdp = {row.date: row.known_from for row in program.watching.series("GDP").observations}
    assert all(
        known.date() > date(day.year + day.month // 10, (day.month + 2) % 12 + 1, 1) for day, known in gdp.items()
    )
    reserves = {row.date: row.value for row in program.watching.series("WRESBAL").observations}
    values = {row.date: row.value for row in program.watching.series("GDP").observations}
    for one in to_gdp.test.episodes:
        used = reserves[one.fired] / 1000 / (one.value / 100)
        out = max((known, day) for day, known in gdp.items() if known <= one.known_from)
        assert used == pytest.approx(values[out[1]], rel=1e-9)
    # Holidays and weekends: nothing fires on a day without a publication of its own.
    for id, one in tried.items():
        for past in one.pasts:
            assert all(episode.fired.weekday() < 5 for episode in past.test.episodes), id
            assert past.test.assumed > 0.9 * past.test.observations
    # Every episode says why it fired: a value beyond its line.
    for one in tried.values():
        for past in one.pasts:
            for episode in past.test.episodes:
                band = next(band for _, band in one.rule.bands if band.threshold == episode.threshold)
                assert band.comparison.hit(episode.value, episode.threshold)


def test_staleness_is_judged_day_by_day(program: Program, clock: Clock, shared_data: Path) -> None:
    """Own case, asleep across two releases: SOFR's last file value is old by the test's clock, so S1 fires."""
    folder = program.workspace.root / "files"
    folder.mkdir()
    (folder / "SOFR.csv").write_text(
        "observation_date,SOFR\n2026-05-18,4.3\n2026-05-19,4.3\n2026-05-20,4.3\n2026-05-21,4.3\n", "utf-8"
    )
    clock.now = datetime(2026, 5, 29, 23, tzinfo=UTC)
    program.refreshing.take_in(folder)
    (stale,) = [alert for alert in program.monitoring.alerts() if alert.rule.id == "S1"]
    # The value of Friday 22 May should be there on Tuesday 26 at 12:00 UTC + 6 h (Memorial Day was Monday): judged at
    # noon of the 27th one release is missed, on the 28th two; each waits one more day.
    assert stale.episode == date(2026, 5, 27)
    assert [(told.kind, told.observed) for told in stale.history] == [
        (Kind.PENDING, date(2026, 5, 27)),
        (Kind.FIRED, date(2026, 5, 28)),
        (Kind.RAISED, date(2026, 5, 29)),
    ]
