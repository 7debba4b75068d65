"""An officer sees what did not arrive and why, sets up mail, tests it, sends again, and ends a silence."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import bootstrap
from app.bootstrap import Program
from app.storage.outbox import State
from tests.app.notifications.servers import HOST, Postbox, mail_server
from tests.ui.cuts import cuts, every_look
from ui.pages.notifications.page import NotificationsPage
from ui.pictures import settle
from ui.window import Window


def _page(window: Window) -> NotificationsPage:
    return window.pages["notifications"]


@pytest.fixture
def own(sample_root: Path, tmp_path: Path) -> Iterator[Program]:
    """A sample workspace that a test may change."""
    shutil.copytree(sample_root, tmp_path / "sample")
    with bootstrap.open_program(tmp_path / "sample") as program:
        yield program


def test_an_empty_workspace_says_why_nobody_is_told(open_window):
    window = open_window(page="notifications")
    page = _page(window)
    assert page.channels.answer.text().startswith("Nobody is told outside this window")
    assert not page.channels.test.isEnabled()
    assert "no alert has fired" in page.queue._why.text()
    assert page.readers.content.isHidden()
    assert page.silences.content.isHidden()


def test_mail_is_set_up_tested_and_a_reader_written_down(open_window, program):
    window = open_window(page="notifications")
    page = _page(window)
    postbox = Postbox()
    with mail_server(postbox) as port:
        page.channels.table.select("mail")
        page.channels.set_up.click()
        form = page.form
        form._fields["mail_server"].setText(HOST)
        form._fields["mail_port"].setText("none")
        form._fields["mail_sender"].setText("tide@bank.example")
        form._fields["mail_security"].setCurrentIndex(2)
        form.save.click()
        settle(window)
        assert "mail_port" in form.fault.text()  # what was refused is said where it was typed
        form._fields["mail_port"].setText(str(port))
        form.save.click()
        settle(window)
        page.readers.mine.click()
        reader = page.form
        reader.email.setText("me@bank")
        reader.quiet.setText("late")
        reader.save.click()
        assert "quiet hours" in reader.fault.text()
        reader.quiet.setText("22:00-07:00")
        reader.save.click()
        settle(window)
        assert program.subscribing.reader().email == "me@bank"
        page.channels.test.click()
        settle(window)
    assert len(postbox.mails) == 1
    assert "handed over" in window.messages._done._text.text()
    page.channels.test.click()
    settle(window)
    assert page.channels._error is not None
    assert page.channels._error.isVisible()


def test_a_dead_letter_is_retried_or_dropped_and_a_silence_ends(open_window, own):
    window = open_window(page="notifications", over=own)
    page = _page(window)
    assert page.channels.answer.text() == "1 message could not be delivered and waits for you."
    window.open("notifications", part="dead")
    (dead,) = own.notifying.queue((State.DEAD,))
    assert page.queue.table.current == dead.message.key
    assert "refuses this recipient" in page.queue._why.text()
    page.queue.retry.click()
    settle(window)
    assert own.notifying.queue((State.DEAD,)) == ()
    assert "no dead letter" in page.queue._why.text()
    page.silences.reason.setText("seen")
    page.silences.end.click()
    settle(window)
    assert own.answering.silences(running=True) == ()
    assert page.silences.content.isHidden()
    page.queue.part.choose("inbox")
    page.queue._show("inbox")
    page.queue.open.click()
    settle(window)
    assert window.current == "alerts"


def test_no_text_is_cut(open_window, sample):
    window = open_window(page="notifications", over=sample)
    for look in every_look(window):
        for part in ("inbox", "waiting", "dead", "sent"):
            window.open("notifications", part=part)
            settle(window)
            assert cuts(window) == [], look
