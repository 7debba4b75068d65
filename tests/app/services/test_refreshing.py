"""Refreshing: from a folder and from a server, what is stored when something fails, units, and how fresh data is."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import Program
from app.events import Event, SeriesChanged
from app.jobs import Cancelled, Job
from app.refusals import Misused, Refused
from app.series.catalogue import carried_by
from app.sources import SOURCES
from app.storage import audit
from tests.app.services.reaching import reach

GOOD = b"observation_date,WALCL\n2022-05-11,8942008\n2022-05-18,8945898\n"


def write(folder: Path, **files: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, body in files.items():
        (folder / f"{name}.csv").write_bytes(body)
    return folder


def mirror(program: Program, url: str) -> None:
    reach(program.workspace.sources, fredgraph={"base_url": url, "attempts": 1, "proxy": url})


def test_a_folder_stores_what_is_good_and_reports_the_rest(program: Program, tmp_path: Path) -> None:
    heard: list[Event] = []
    program.events.subscribe(heard.append)
    folder = write(
        tmp_path / "in",
        good=GOOD,
        page=b"<html>blocked</html>",
        wrong=b"observation_date,TREAST\n2022-05-18,5768.021\n",
        foreign=b"observation_date,NO_SUCH\n2022-05-18,1\n",
    )
    (folder / "README.txt").write_text("about these files")
    report = program.refreshing.take_in(folder)
    assert report.added == 2
    assert {(one.resource, one.error.code) for one in report.failed if one.error} == {
        ("page.csv", "source.html"),
        ("TREAST", "series.unit_range"),
    }
    assert {one.resource for one in report.outcomes if one.skipped} == {"README.txt", "foreign.csv"}
    assert heard == [SeriesChanged(frozenset({"WALCL"}))]
    assert program.refreshing.take_in(folder).added == 0


def test_a_missing_folder_is_wrong_usage(program: Program, tmp_path: Path) -> None:
    with pytest.raises(Misused) as refused:
        program.refreshing.take_in(tmp_path / "none")
    assert refused.value.code == "folder.missing"


def test_a_cancelled_folder_stores_nothing(program: Program, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a=GOOD, b=GOOD.replace(b"WALCL", b"TREAST"))

    def stop(phase: str, done: int, _total: int) -> None:
        if (phase, done) == ("storing", 1):
            job.cancel()

    job = Job(stop)
    with pytest.raises(Cancelled):
        program.refreshing.take_in(folder, job)
    assert program.watching.series("WALCL").observations == ()


def test_a_source_is_asked_for_each_series_and_one_failure_stops_nothing(program: Program, server: Any) -> None:
    bodies = {"WALCL": GOOD, "TREAST": b"<html>challenge</html>"}
    server.choose = lambda asked: (
        server.say(bodies[asked.params["id"]]) if asked.params["id"] in bodies else server.say(status=404)
    )
    mirror(program, server.url)
    report = program.refreshing.refresh(["fredgraph"], date(2022, 1, 1))
    assert report.added == 2
    errors = {one.resource: one.error.code for one in report.failed if one.error}
    assert errors["TREAST"] == "source.html"
    assert errors["GDP"] == "source.status"
    assert "WALCL" not in errors
    assert {asked.params["cosd"] for asked in server.asked} == {"2022-01-01"}


def test_the_second_refresh_asks_only_for_what_changed(program: Program, server: Any) -> None:
    def answer(asked: Any) -> Any:
        if asked.params["id"] != "WALCL":
            return server.say(status=404)
        if asked.headers.get("if-none-match") == '"v1"':
            return server.say(status=304)
        return server.say(GOOD, headers={"ETag": '"v1"'})

    server.choose = answer
    mirror(program, server.url)
    assert program.refreshing.refresh(["fredgraph"]).added == 2
    again = program.refreshing.refresh(["fredgraph"])
    assert next(one for one in again.outcomes if one.resource == "WALCL").error is None
    assert again.added == 0
    # A part of the history must not be answered by "unchanged" because the whole was fetched before.
    server.asked.clear()
    program.refreshing.refresh(["fredgraph"], date(2022, 1, 1))
    assert all("if-none-match" not in asked.headers for asked in server.asked)


def test_a_source_that_fails_leaves_the_old_data(program: Program, server: Any, tmp_path: Path) -> None:
    program.refreshing.take_in(write(tmp_path / "in", good=GOOD))
    server.say(status=503)
    mirror(program, server.url)
    report = program.refreshing.refresh()
    assert report.added == 0
    assert report.failed
    assert len(program.watching.series("WALCL").observations) == 2
    h41 = next(one for one in program.refreshing.freshness() if one.id == "h41")
    assert (h41.outcome, h41.data_date, h41.state) == ("failed", date(2022, 5, 18), "stale")


def test_settings_that_cannot_be_used_stop_their_source_only(program: Program) -> None:
    reach(program.workspace.sources, fredgraph={"base_uri": "x"})
    report = program.refreshing.refresh()
    assert [(one.source, one.error.code) for one in report.failed if one.error] == [("fredgraph", "settings.unknown")]
    assert {one.source for one in report.outcomes if one.skipped} == {one.id for one in SOURCES} - {"fredgraph"}


def test_an_unknown_source_is_wrong_usage(program: Program) -> None:
    with pytest.raises(Misused):
        program.refreshing.refresh(["bloomberg"])


def test_accepting_a_unit_is_audited_and_the_balance_sheet_stays_in_millions(program: Program, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", good=GOOD)
    program.refreshing.take_in(folder)
    write(folder, good=GOOD.replace(b"8942008", b"8942.008").replace(b"8945898", b"8945.9"))
    (refused,) = program.refreshing.take_in(folder).failed
    assert refused.error is not None
    assert refused.error.values["suggested"] == "USD billions"
    assert program.refreshing.accept_unit("WALCL", "USD billions", "the vendor's notice") == 2
    assert program.refreshing.take_in(folder).added == 1  # the revision to 8945.9
    excerpt = program.watching.series("WALCL")
    assert (excerpt.unit, [row.value for row in excerpt.observations]) == ("USD billions", [8942.008, 8945.9])
    assert program.watching.balance_sheet(date(2022, 5, 18)).line("total_assets").value == 8945900
    assert program.watching.history("WALCL").values.tolist() == [8942008, 8945900]
    with program.database.read() as connection:
        (row,) = audit.trail(connection, subject="WALCL")
    assert (row["action"], row["reason"]) == ("series.accept_unit", "the vendor's notice")
    with pytest.raises(Refused):
        program.refreshing.accept_unit("WALCL", "percent")
    with pytest.raises(Misused):
        program.refreshing.accept_unit("NOPE", "percent")


def test_freshness_counts_the_releases_missed(program: Program, tmp_path: Path, clock: Any) -> None:
    assert {one.state for one in program.refreshing.freshness()} == {"empty"}
    program.refreshing.take_in(write(tmp_path / "in", good=GOOD))
    states = []
    for day in (20, 27):
        clock.now = datetime(2022, 5, day, 12, tzinfo=UTC)
        h41 = next(one for one in program.refreshing.freshness() if one.id == "h41")
        states.append((h41.state, h41.missed))
    clock.now = datetime(2022, 6, 3, 12, tzinfo=UTC)
    h41 = next(one for one in program.refreshing.freshness() if one.id == "h41")
    assert [*states, (h41.state, h41.missed)] == [("fresh", 0), ("late", 1), ("stale", 2)]
    assert h41.expected == date(2022, 6, 1)


@pytest.mark.shared
def test_the_real_folders_go_in_whole_and_a_second_time_add_nothing(
    program: Program, shared_data: Path, tmp_path: Path
) -> None:
    both = tmp_path / "both"
    both.mkdir()
    for name in ("fred", "ddp"):
        for file in (shared_data / name).iterdir():
            shutil.copyfile(file, both / file.name)
    report = program.refreshing.take_in(both)
    assert report.failed == ()
    assert report.added > 50_000
    assert program.refreshing.take_in(both).added == 0


def test_a_source_that_cannot_be_reached_is_not_asked_on(program: Program) -> None:
    """Nobody listens there: three silences, and everything else of the source failed for the same reason."""
    mirror(program, "http://127.0.0.1:1")
    report = program.refreshing.refresh()
    failed = [one for one in report.failed if one.source == "fredgraph"]
    assert len(failed) == len(carried_by("fredgraph"))
    assert {one.error.code for one in failed if one.error} == {"source.unreachable"}
    with program.database.read() as connection:
        logged = connection.exec_driver_sql("SELECT count(*) FROM fetch WHERE source_id = 'fredgraph'").scalar_one()
    assert logged == 3
