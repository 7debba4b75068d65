"""Sources side by side: none delays another, one stands in for another, old data stay, gaps of the past are filled."""

import json
import threading
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.bootstrap import Program
from app.credentials import variable
from app.jobs import Cancelled, Job
from app.series.catalogue import carried_by
from app.storage import fetches
from tests.app.services.reaching import reach
from tests.app.sources import home_mirror
from tests.app.sources.mirror import KEY
from tests.conftest import Clock

FIRST, UNTIL = date(2026, 8, 1), date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _now(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    clock.now = datetime(2026, 11, 21, 6, tzinfo=UTC)
    monkeypatch.setenv("NO_PROXY", "*")


def good(server: Any, asked: Any) -> Any:
    """The mirror's answer, below whatever the source's address is."""
    body = home_mirror.answer(asked.path, asked.params, FIRST, UNTIL)
    return type(server._replies[0])(404 if body is None else 200, body or b"")


def test_a_source_that_hangs_delays_no_other(program: Program, server: Any) -> None:
    """The Treasury is silent until everything else has been stored; then it gives up."""
    server.say(b"")
    stored = threading.Event()

    def answer(asked: Any) -> Any:
        if asked.path.startswith("/treasury"):
            assert stored.wait(20)  # would wait for ever if the others came after it
            return type(server._replies[0])(503)
        if asked.params.get("id") == list(carried_by("fredgraph"))[-1]:
            stored.set()
        return good(server, asked)

    server.choose = answer
    reach(
        program.workspace.sources,
        treasury={"base_url": f"{server.url}/treasury", "attempts": 1},
        fredgraph={"base_url": server.url, "attempts": 1},
    )
    report = program.refreshing.refresh(["treasury", "fredgraph"])
    assert "treasury" in {one.source for one in report.failed}
    assert {one.source for one in report.outcomes if one.added} == {"fredgraph"}


def test_the_chart_download_stands_in_for_what_the_key_did_not_give(
    program: Program, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.say(b"")
    monkeypatch.setenv(variable("fred"), KEY)

    def answer(asked: Any) -> Any:
        if asked.params.get("series_id") == "GDP":
            return type(server._replies[0])(404)
        return good(server, asked)

    server.choose = answer
    both = {"base_url": server.url, "attempts": 1}
    reach(program.workspace.sources, fred=both, fredgraph=both)
    program.refreshing.refresh()
    assert [asked.params["id"] for asked in server.asked if "id" in asked.params] == ["GDP"]
    assert program.watching.series("M2SL").source == "fred"
    server.asked.clear()
    monkeypatch.delenv(variable("fred"))
    program.refreshing.refresh()
    assert len([asked for asked in server.asked if "id" in asked.params]) == len(carried_by("fredgraph"))


def test_a_key_that_is_not_accepted_is_tried_once_and_the_download_takes_over(
    program: Program, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = type(server.say(b""))(
        400, json.dumps({"error_code": 400, "error_message": "Bad Request.  The value for api_key is wrong."}).encode()
    )
    monkeypatch.setenv(variable("fred"), KEY)
    server.choose = lambda asked: refusal if "series_id" in asked.params else good(server, asked)
    both = {"base_url": server.url, "attempts": 1}
    reach(program.workspace.sources, fred=both, fredgraph=both)
    report = program.refreshing.refresh()
    assert len([asked for asked in server.asked if "series_id" in asked.params]) == 1
    assert {one.error.code for one in report.failed if one.error and one.source == "fred"} == {"credentials.refused"}
    assert program.watching.series("M2SL").source == "fredgraph"


def test_the_packages_stand_in_for_the_release(program: Program, server: Any) -> None:
    server.say(b"")
    server.choose = lambda asked: (
        type(server._replies[0])(200, b"<html>maintenance</html>")
        if asked.params.get("filetype") == "zip"
        else good(server, asked)
    )
    reach(program.workspace.sources, ddp={"base_url": server.url, "attempts": 1})
    report = program.refreshing.refresh(["ddp"])
    assert report.failed == ()
    assert program.watching.series("WALCL").observations[-1].date == date(2026, 11, 18)


def test_old_data_stay_with_their_age_and_a_missed_part_of_the_past_is_asked_for_the_next_day(
    program: Program, server: Any, clock: Clock
) -> None:
    server.say(b"")
    server.choose = lambda asked: type(server._replies[0])(503) if "propositions" in asked.path else good(server, asked)
    reach(program.workspace.sources, nyfed={"base_url": server.url, "attempts": 1})
    assert [one.resource for one in program.refreshing.refresh().failed] == ["propositions"]
    server.choose = lambda asked: type(server._replies[0])(503)
    clock.advance(days=14)
    assert program.refreshing.refresh().added == 0
    assert program.watching.series("SOFR").observations[-1].date == date(2026, 11, 19)
    rates = next(one for one in program.refreshing.freshness() if one.id == "rates")
    assert (rates.state, rates.outcome) == ("stale", "failed")
    assert any("propositions" in asked.path for asked in server.asked[-20:])
    with program.database.read() as connection:
        assert not fetches.asked(connection, "nyfed")["propositions"].good


def test_a_refresh_that_is_cancelled_ends(program: Program, server: Any) -> None:
    server.say(b"")
    job = Job()

    def answer(asked: Any) -> Any:
        job.cancel()
        return good(server, asked)

    server.choose = answer
    reach(program.workspace.sources, fredgraph={"base_url": server.url}, nyfed={"base_url": server.url})
    with pytest.raises(Cancelled):
        program.refreshing.refresh(job=job)
    assert len(server.asked) <= 2
