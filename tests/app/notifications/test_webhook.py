"""The webhook against a real receiver: signature and key, and every way in which it does not take a letter."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from app.notifications.delivery import Letter, Undelivered
from app.notifications.webhook import WebhookWay
from tests.app.notifications.servers import HOST, closed_port, saying, silent, webhook

AT = datetime(2026, 5, 26, 1, 0, tzinfo=UTC)
LETTER = Letter("tw-1", ("tw-1",), "", "", "", "", '{"title":"里拉"}'.encode())


def send(url: str, secret: str = "s3") -> None:
    with WebhookWay(url, secret, AT, timeout=0.5).open() as session:
        session.send(LETTER)


def fault(url: str, secret: str = "s3") -> Undelivered:
    with pytest.raises(Undelivered) as caught:
        send(url, secret)
    return caught.value


def test_the_receiver_can_check_who_sent_it_and_know_it_again() -> None:
    got: list[tuple[dict[str, str], bytes]] = []
    with webhook(lambda headers, body: got.append((headers, body)) or (204, {})) as url:  # type: ignore[func-returns-value]
        send(url)
    ((headers, body),) = got
    assert body == LETTER.body
    assert headers["Idempotency-Key"] == "tw-1"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    # As a receiver does it, from the secret alone: 2026-05-26T01:00Z is 1779757200.
    moment, _, given = headers["X-Tidewatch-Signature"].partition(",v1=")
    assert moment == "t=1779757200"
    assert given == hmac.new(b"s3", b"1779757200." + body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("status", [400, 410, 413, 422])
def test_what_will_never_be_taken(status: int) -> None:
    with webhook(lambda _h, _b: (status, {})) as url:
        error = fault(url)
    assert (error.code, error.detail, error.permanent) == ("answered", str(status), True)


@pytest.mark.parametrize("status", [301, 401, 404, 409, 425, 500, 503])
def test_what_is_tried_again(status: int) -> None:
    """A redirect is not followed: it could lead the signed body anywhere."""
    with webhook(lambda _h, _b: (status, {"Location": "http://127.0.0.1:1/"})) as url:
        error = fault(url)
    assert (error.permanent, error.everywhere, error.retry_after) == (False, False, None)


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("120", timedelta(minutes=2)),
        ("Tue, 26 May 2026 01:05:00 GMT", timedelta(minutes=5)),
        ("Mon, 25 May 2026 01:05:00 GMT", timedelta()),
        ("soon", None),
        ("\u00b2", None),
    ],
)
def test_a_receiver_says_when_to_come_again(said: str, after: timedelta | None) -> None:
    with webhook(lambda _h, _b: (429, {"Retry-After": said})) as url:
        assert fault(url).retry_after == after


def test_a_receiver_that_cannot_be_reached() -> None:
    error = fault(f"http://{HOST}:{closed_port()}/")
    assert (error.code, error.everywhere) == ("unreachable", True)
    with silent() as port:
        assert fault(f"http://{HOST}:{port}/").code == "timeout"
    with webhook(lambda _h, _b: (0, {})) as url:
        assert fault(url).code == "cut"
    with saying(b"", b"HTTP/1.1 2") as port:  # breaks off in the middle of its answer
        assert fault(f"http://{HOST}:{port}/").code == "cut"


def test_without_a_secret_nothing_is_posted() -> None:
    error = fault(f"http://{HOST}:{closed_port()}/", secret="")
    assert (error.code, error.everywhere) == ("no_secret", True)
