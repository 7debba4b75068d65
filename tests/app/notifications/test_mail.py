"""Mail against a real server: what arrives, and every way in which it does not."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.notifications.delivery import Attachment, Letter, Undelivered
from app.notifications.mail import MailWay, Security
from tests.app.notifications.servers import (
    HOST,
    Postbox,
    certificate,
    closed_port,
    mail_server,
    saying,
    silent,
)

AT = datetime(2026, 5, 26, 1, 0, tzinfo=UTC)
LETTER = Letter("tw-1", ("tw-1",), "wu.fang@bank.example", "急: 1 notice", "plain 土耳其", "<p>土耳其</p>", b"")


def way(port: int, security: Security = Security.NONE, **more: Any) -> MailWay:
    return MailWay(HOST, port, security, "tide@bank.example", AT, timeout=0.5, **more)


def send(way: MailWay, *letters: Letter) -> None:
    with way.open() as session:
        for letter in letters or (LETTER,):
            session.send(letter)


def fault(way: MailWay) -> tuple[str, bool, bool]:
    with pytest.raises(Undelivered) as caught:
        send(way)
    return caught.value.code, caught.value.permanent, caught.value.everywhere


def test_a_mail_arrives_with_text_html_enclosure_and_its_keys() -> None:
    postbox = Postbox()
    letter = Letter(
        "tw-d", ("tw-1", "tw-2"), LETTER.to, LETTER.subject, LETTER.text, LETTER.html, b"",
        (Attachment("notice.pdf", "application/pdf", b"%PDF-1.7"),),
    )  # fmt: skip
    with mail_server(postbox) as port:
        send(way(port), letter)
    (mail,) = postbox.mails
    assert mail["Subject"] == LETTER.subject
    assert mail["Message-ID"] == "<tw-d@tidewatch.invalid>"
    assert postbox.keys() == ["tw-1", "tw-2"]
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().strip() == LETTER.text
    assert html.get_content().strip() == LETTER.html
    (pdf,) = mail.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content()) == ("notice.pdf", b"%PDF-1.7")


def test_a_subject_cannot_smuggle_another_header() -> None:
    evil = Letter("k", ("k",), LETTER.to, "a\r\nBcc: x@evil.example", "t", "h", b"")
    postbox = Postbox()
    with mail_server(postbox) as port, pytest.raises(ValueError, match="linefeed"):
        send(way(port), evil)
    assert postbox.mails == []


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    return certificate(tmp_path_factory.mktemp("tls"))


def test_starttls_and_a_password(tls: tuple[Path, Any]) -> None:
    pem, context = tls
    postbox = Postbox()
    with mail_server(postbox, password="pässword", tls_context=context, require_starttls=True) as port:
        trusted = {"ca_bundle": str(pem), "user": "tide"}
        send(way(port, Security.STARTTLS, password="pässword", **trusted))
        wrong = way(port, Security.STARTTLS, password="other", **trusted)
        assert fault(wrong) == ("login_refused", False, True)
        assert fault(way(port, Security.STARTTLS)) == ("certificate", False, True)
    assert len(postbox.mails) == 1


def test_tls_from_the_first_byte(tls: tuple[Path, Any]) -> None:
    """The server's side of TLS is a socket here: aiosmtpd's own start-up cannot be told to trust its certificate."""
    pem, context = tls
    lines = (b"220 here\r\n", b"250 here\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 go\r\n", b"250 taken\r\n")
    with saying(*lines, context=context) as port:
        send(way(port, Security.TLS, ca_bundle=str(pem)))
    with saying(*lines, context=context) as port:
        assert fault(way(port, Security.TLS)) == ("certificate", False, True)
    assert fault(way(port, Security.TLS, ca_bundle="/no/such.pem")) == ("certificate", False, True)


def test_nothing_is_sent_where_starttls_is_refused() -> None:
    postbox = Postbox()
    with mail_server(postbox) as port:  # offers none
        assert fault(way(port, Security.STARTTLS)) == ("starttls_refused", False, True)
    lines = (b"220 here\r\n", b"250-here\r\n250 STARTTLS\r\n", b"454 not now\r\n")
    with saying(*lines) as port:
        assert fault(way(port, Security.STARTTLS)) == ("starttls_refused", False, True)
    assert postbox.mails == []


def test_a_password_never_goes_in_clear() -> None:
    assert fault(way(closed_port(), user="tide", password="x")) == ("password_in_clear", False, True)


def test_a_server_that_cannot_be_reached() -> None:
    assert fault(way(closed_port())) == ("unreachable", False, True)
    with silent() as port:
        assert fault(way(port)) == ("timeout", False, True)
    with saying(b"421 too busy\r\n") as port:
        assert fault(way(port)) == ("unreachable", False, True)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"rcpt": "451 4.7.1 greylisted, try again"}, ("put_off", False, False)),
        ({"rcpt": "550 5.1.1 no such user"}, ("recipient_refused", True, False)),
        ({"data": "452 4.3.1 full"}, ("put_off", False, False)),
        ({"data": "554 5.7.1 spam"}, ("content_refused", True, False)),
        ({"mail_from": "553 5.7.1 not yours"}, ("sender_refused", False, True)),
    ],
)
def test_what_a_server_answers(answers: dict[str, str], expected: tuple[str, bool, bool]) -> None:
    postbox = Postbox()
    for name, value in answers.items():
        setattr(postbox, name, value)
    with mail_server(postbox) as port:
        assert fault(way(port)) == expected
    assert postbox.mails == []


def test_cut_after_the_body_is_not_taken_for_an_arrival() -> None:
    """The server has it and we cannot know: it goes again, and the receiver knows it by its key."""
    postbox = Postbox()
    postbox.cut = True
    with mail_server(postbox) as port:
        assert fault(way(port)) == ("cut", False, False)
        postbox.cut = False
        send(way(port))
    assert postbox.keys() == ["tw-1", "tw-1"]
