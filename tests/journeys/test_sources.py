"""An officer looks where the figures come from, sets a mirror, tests it, and takes downloaded files in."""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import keyring
import pytest
from PySide6.QtCore import Qt

from app.settings import source_settings
from app.sources import SOURCES
from app.wording import formats
from tests.app.conftest import Server
from tests.safe import KEY, Safe
from tests.ui.cuts import cuts, every_look, wordless
from ui.pages.sources.page import SourcesPage
from ui.pictures import settle

CSV = b"observation_date,WALCL\n2026-05-13,6713000\n2026-05-20,6714000\n"


@pytest.fixture
def server():
    running = Server()
    yield running
    running.close()


@pytest.fixture
def safe():
    before, made = keyring.get_keyring(), Safe()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def _page(window) -> SourcesPage:
    return window.pages["sources"]


def _row(page: SourcesPage, series: str) -> int:
    return page.carried.table.rows.row_of(series)


def test_an_empty_workspace_says_that_nothing_was_fetched(open_window):
    page = _page(open_window(page="sources"))
    assert page.providers.answer.text() == "No figure has been fetched yet."
    assert page.header.scope.text() == "Nothing fetched yet"
    hosts = page.hosts.table.rows
    assert [hosts.value(row, "host") for row in range(hosts.rowCount())] == [
        urlsplit(source.base_url).hostname for source in SOURCES
    ]
    page.providers.table.select("by_hand")
    assert not page.reaching.test.isEnabled()
    assert page.reaching.answer.text() == "No public source carries these series; take them in from files."


def test_what_arrived_and_what_is_late_stands_by_series(open_window, program, clock, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "WALCL.csv").write_bytes(CSV)
    program.refreshing.take_in(folder)
    window = open_window(page="sources")
    page = _page(window)
    page.providers.table.select("fredgraph")
    settle(window)
    rows = page.carried.table.rows
    assert rows.value(_row(page, "WALCL"), "day") == date(2026, 5, 20)
    assert rows.value(_row(page, "WALCL"), "word") == "Up to date"
    assert rows.value(_row(page, "WALCL"), "next") == formats.moment(
        datetime(2026, 5, 28, 20, 30, tzinfo=UTC)  # 16:30 in New York
    )
    clock.now = datetime(2026, 5, 29, 12, 0, tzinfo=UTC)
    page.refresh(None)
    settle(window)
    assert rows.value(_row(page, "WALCL"), "word") == "1 release missed"
    page.carried.part._buttons["late"].click()
    assert [page.carried.table.key(row) for row in range(rows.rowCount())] == ["WALCL"]


def test_a_mirror_is_tested_saved_and_contacted(open_window, program, server, qtbot):
    server.say(CSV)
    window = open_window(page="sources")
    page = _page(window)
    page.providers.table.select("fredgraph")
    assert not page.reaching.save.isEnabled()
    page.reaching.fields["base_url"].setText(server.url)
    page.reaching.test.click()
    assert not page.reaching.test.isEnabled()
    settle(window)
    assert (
        page.reaching._outcome.text() == "127.0.0.1 answered; its newest figure is of 20 May 2026. Nothing was stored."
    )
    assert page.reaching.test.isEnabled()
    assert not program.workspace.sources.exists()  # a test saves nothing
    qtbot.keyClick(page.reaching.fields["base_url"], Qt.Key.Key_Return)
    settle(window)
    assert source_settings(program.workspace.sources, "fredgraph").base_url == server.url
    hosts = page.hosts.table.rows
    assert hosts.value(hosts.row_of("fredgraph"), "host") == "127.0.0.1"
    assert not page.reaching.save.isEnabled()


def test_a_key_is_kept_without_being_shown_and_removed(open_window, safe):
    window = open_window(page="sources")
    page = _page(window)
    page.providers.table.select("ddp")
    assert page.reaching.key.isHidden()
    page.providers.table.select("fred")
    assert page.reaching.answer.text() == "It is not asked until it has a key."
    assert not page.reaching.key.keep.isEnabled()
    page.reaching.key.field.setText(KEY)
    page.reaching.key.keep.click()
    settle(window)
    assert list(safe.kept.values()) == [KEY]
    assert page.reaching.key.field.text() == ""
    assert page.reaching.answer.text() == "It is asked at api.stlouisfed.org."
    page.reaching.key.remove.click()
    settle(window)
    assert safe.kept == {}
    assert not page.reaching.key.remove.isEnabled()


def test_a_test_that_fails_says_why_and_what_helps(open_window, server):
    server.say(status=403)
    window = open_window(page="sources")
    page = _page(window)
    page.providers.table.select("fredgraph")
    page.reaching.fields["base_url"].setText(server.url)
    page.reaching.test.click()
    settle(window)
    assert page.reaching._outcome.text() == "fredgraph answered 403 for WALCL. The old data stays. Try again later."
    page.reaching.fields["base_url"].setText("mirror")
    page.reaching.test.click()
    settle(window)
    assert page.reaching._outcome.text().startswith("“mirror” is not an address.")


def test_a_source_is_switched_off_and_another_choice_keeps_no_typing(open_window, program):
    window = open_window(page="sources")
    page = _page(window)
    page.providers.table.select("ddp")
    page.reaching.asked.setChecked(False)
    page.reaching.fields["proxy"].setText("http://half")
    page.providers.table.select("fredgraph")
    assert page.reaching.fields["proxy"].text() == ""
    page.providers.table.select("ddp")
    page.reaching.asked.setChecked(False)
    page.reaching.press()
    settle(window)
    assert not source_settings(program.workspace.sources, "ddp").enabled
    assert page.reaching.answer.text() == "It is not asked."
    assert page.carried.answer.text() == "Federal Reserve Board is switched off and is not asked."


def test_a_file_that_cannot_be_used_is_said(open_window, program):
    program.workspace.sources.write_text("[ddp]\nproxi = 1\n", "utf-8")
    page = _page(open_window(page="sources"))
    page.providers.table.select("ddp")
    assert not page.reaching.save.isEnabled()
    assert "there is no setting ddp.proxi" in page.carried.note.text()


def test_nothing_is_cut(open_window, sample):
    window = open_window(page="sources", over=sample)
    for look in every_look(window):
        page = _page(window)
        for source in ("ddp", "fred", "nyfed", "by_hand"):
            page.providers.table.select(source)
            settle(window)
            assert cuts(window) == [], look
            assert wordless(window) == [], look
            assert page.verticalScrollBar().maximum() == 0
            assert page.horizontalScrollBar().maximum() == 0
