"""Where the figures come from: freshness by the calendar, faults of the log, settings that are written whole."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest

from app.jobs import Job
from app.refusals import Misused, Refused
from app.series.catalogue import SERIES
from app.services.carrying import Carried
from app.services.provider import Provider, Standing, finding
from app.settings import SourceSettings, source_settings
from app.sources import SOURCES
from app.storage import audit
from app.storage.fetches import newest
from app.wording import sourcing as words
from app.wording.sentences import refusal, sentence

#: Two Wednesdays of total assets, as FRED's chart download has them.
CSV = b"observation_date,WALCL\n2026-05-13,6713000\n2026-05-20,6714000\n"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "downloaded"
    made.mkdir()
    (made / "WALCL.csv").write_bytes(CSV)
    return made


def provider(standing: Standing, id: str) -> Provider:
    return next(one for one in standing.providers if one.id == id)


def series(standing: Standing, source: str, id: str):
    return next(one for one in provider(standing, source).carried if one.series.id == id)


def test_an_empty_workspace_says_that_nothing_was_fetched(program) -> None:
    standing = program.sourcing.standing()
    assert standing.finding.case == "sources.nothing"
    assert {one.id: one.state for one in standing.providers if one.state != "empty"} == {"fred": "keyless"}
    assert [host.name for host in standing.hosts] == [urlsplit(source.base_url).hostname for source in SOURCES]
    assert [host.source for host in standing.hosts if not host.asked] == ["fred"]


def test_a_series_is_as_fresh_as_its_release_calendar_says(program, clock, folder) -> None:
    program.refreshing.take_in(folder)
    # Tuesday 26 May 2026: the H.4.1 of Wednesday 20 May came out on Thursday 21 May, the next comes on the 28th.
    seen = series(program.sourcing.standing(), "fredgraph", "WALCL")
    assert (seen.data_date, seen.given_by, seen.state, seen.missed) == (date(2026, 5, 20), "fredgraph", "fresh", 0)
    assert seen.next_date == date(2026, 5, 27)
    assert seen.next_at == datetime(2026, 5, 28, 20, 30, tzinfo=UTC)  # 16:30 in New York
    clock.now = datetime(2026, 5, 29, 12, 0, tzinfo=UTC)
    assert series(program.sourcing.standing(), "ddp", "WALCL").state == "late"  # whoever carries it
    assert program.sourcing.standing().finding.case == "sources.late"
    clock.now = datetime(2026, 6, 6, 12, 0, tzinfo=UTC)
    assert series(program.sourcing.standing(), "fredgraph", "WALCL").state == "stale"


def standing_with(*states: str, switched_off: bool = False) -> str:
    """The case of one source whose series stand so."""
    some = next(iter(SERIES.values()))
    rows = tuple(
        Carried(replace(some, id=f"S{place}"), "ddp", "S", None, None, state, 0, None, None, None, None)
        for place, state in enumerate(states)
    )
    state = "off" if switched_off else "fresh"
    return finding([Provider("ddp", "", "", SourceSettings(), None, rows, None, state)]).case


def test_the_sentence_has_a_case_for_whatever_stands() -> None:
    assert standing_with("fresh", "ended") == "sources.fresh"
    assert standing_with("fresh", "empty") == "sources.gaps"
    assert standing_with("empty", "empty") == "sources.nothing"
    assert standing_with("fresh", "stale", "empty") == "sources.late"
    assert standing_with("fresh", switched_off=True) == "sources.off"


def test_a_closed_facility_is_never_late(program) -> None:
    assert series(program.sourcing.standing(), "ddp", "RESPPAAML1H_N").state == "ended"


def test_what_failed_is_said_with_its_remedy_until_it_answers(program, server) -> None:
    program.sourcing.change("fredgraph", SourceSettings(base_url=server.url, attempts=1))
    program.sourcing.change("ddp", SourceSettings(enabled=False))
    server.say(status=404)
    program.refreshing.refresh(["fredgraph"])
    standing = program.sourcing.standing()
    fault = series(standing, "fredgraph", "WALCL").fault
    assert fault is not None
    assert (fault.code, fault.values["status"]) == ("source.status", 404)
    assert words.cause(fault)[0] == "fredgraph answered 404 for WALCL."
    assert standing.finding.case == "sources.failed"
    assert provider(standing, "fredgraph").state == "failed"
    assert len(provider(standing, "fredgraph").faults) == 1  # one cause, though every series met it
    server.choose = lambda asked: type(server._replies[0])(body=CSV.replace(b"WALCL", asked.params["id"].encode()))
    program.refreshing.refresh(["fredgraph"])
    assert series(program.sourcing.standing(), "fredgraph", "WALCL").fault is None


def test_a_fault_that_the_log_keeps_in_part_still_has_words() -> None:
    what, remedy = words.cause(Refused("series.unit_jump", series="WALCL", name="WALCL"))
    assert "WALCL" in what
    assert remedy


def test_settings_are_written_whole_audited_and_leave_the_others(program) -> None:
    path = program.workspace.sources
    path.write_text('[fredgraph]\nproxy = "http://proxy.bank.example:8080"\n', "utf-8")
    program.sourcing.change("ddp", SourceSettings(enabled=False, base_url="https://mirror.bank.example/"))
    assert tomllib.loads(path.read_text("utf-8")) == {
        "fredgraph": {"proxy": "http://proxy.bank.example:8080"},
        "ddp": {"enabled": False, "base_url": "https://mirror.bank.example/"},
    }
    assert source_settings(path, "ddp") == SourceSettings(enabled=False, base_url="https://mirror.bank.example/")
    assert [file.name for file in path.parent.glob(".sources*")] == []  # nothing half-written is left
    with program.database.read() as connection:
        (row,) = audit.trail(connection, subject="source ddp")
    assert '"enabled": true' in row["before"]
    assert '"enabled": false' in row["after"]
    hosts = {host.source: host for host in program.sourcing.standing().hosts}
    assert (hosts["ddp"].name, hosts["ddp"].asked) == ("mirror.bank.example", False)
    assert hosts["fredgraph"].proxy == "http://proxy.bank.example:8080"


def test_back_to_the_defaults_is_an_empty_table_and_no_change_is_no_row(program) -> None:
    program.sourcing.change("ddp", SourceSettings(enabled=False))
    program.sourcing.change("ddp", SourceSettings())
    program.sourcing.change("ddp", SourceSettings())
    assert tomllib.loads(program.workspace.sources.read_text("utf-8")) == {}
    with program.database.read() as connection:
        assert len(audit.trail(connection, subject="source ddp")) == 2


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (SourceSettings(base_url="mirror.bank.example"), "source.address"),
        (SourceSettings(base_url="ftp://mirror.bank.example/"), "source.address"),
        (SourceSettings(proxy="http://[half"), "source.address"),
        (SourceSettings(ca_bundle="/nowhere/bank.pem"), "source.settings"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_written(program, settings, code) -> None:
    with pytest.raises(Refused) as refused:
        program.sourcing.change("fredgraph", settings)
    assert refused.value.code == code
    assert all(refusal(refused.value))
    assert not program.workspace.sources.exists()


def test_a_file_that_cannot_be_read_is_shown_and_never_overwritten(program) -> None:
    program.workspace.sources.write_text("[ddp\n", "utf-8")
    shown = provider(program.sourcing.standing(), "ddp")
    assert program.sourcing.standing().finding.case == "sources.unusable"
    assert shown.settings is None
    assert shown.fault is not None
    with pytest.raises(Refused) as refused:
        program.sourcing.change("ddp", SourceSettings(enabled=False))
    assert refused.value.code == "settings.unreadable"
    assert program.workspace.sources.read_text("utf-8") == "[ddp\n"


def test_a_test_says_what_answered_and_stores_nothing(program, server) -> None:
    server.say(CSV)
    found = program.sourcing.test("fredgraph", SourceSettings(base_url=server.url), Job())
    assert found.case == "sources.answered"
    assert sentence(found) == "127.0.0.1 answered; its newest figure is of 20 May 2026. Nothing was stored."
    assert server.asked[0].params["cosd"] == "2026-03-27"  # sixty days before the 26th
    with program.database.read() as connection:
        assert newest(connection) == {}
    assert program.watching.catalogue()[0].count == 0


def test_a_test_asks_once_and_raises_why_it_failed(program, server) -> None:
    server.say(status=503)
    with pytest.raises(Refused) as refused:
        program.sourcing.test("fredgraph", SourceSettings(base_url=server.url))
    assert (refused.value.code, len(server.asked)) == ("source.status", 1)
    with pytest.raises(Misused):
        program.sourcing.test("nobody", SourceSettings())
