"""The webhook: JSON by POST, signed, with a key by which the receiver recognises what it has had."""

import hashlib
import hmac
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from app.notifications.delivery import Letter, Undelivered, clipped

if TYPE_CHECKING:
    import httpx

#: The receiver will never take this body: malformed, gone, too large, not to be processed.
_FOR_GOOD = frozenset({400, 410, 413, 415, 422})


@dataclass(frozen=True)
class WebhookWay:
    """Where the bank's receiver listens. `secret` signs; `ca_bundle` is a PEM file to trust instead of the system's."""

    url: str
    secret: str
    sent_at: datetime
    ca_bundle: str = ""
    timeout: float = 10.0

    @contextmanager
    def open(self) -> Iterator["WebhookSession"]:
        """Ready to post; nothing is asked of the receiver yet. Undelivered "no_secret", "certificate"."""
        import httpx  # a program that has no webhook does not load it

        if not self.secret:
            raise Undelivered("no_secret", everywhere=True)
        try:
            trusted = ssl.create_default_context(cafile=self.ca_bundle or None)
        except OSError as error:
            raise Undelivered("certificate", clipped(str(error)), everywhere=True) from error
        with httpx.Client(verify=trusted, timeout=self.timeout, follow_redirects=False) as client:
            yield WebhookSession(client, self.url, self.secret, self.sent_at)


@dataclass(frozen=True)
class WebhookSession:
    """Posts letters, one after the other."""

    client: "httpx.Client"
    url: str
    secret: str
    sent_at: datetime

    def send(self, letter: Letter) -> None:
        """Post one; only an answer 2xx is a receipt. The answer's body is not read."""
        import httpx

        try:
            with self.client.stream("POST", self.url, content=letter.body, headers=self._headers(letter)) as answer:
                status, headers = answer.status_code, answer.headers
        except httpx.TimeoutException as error:
            everywhere = isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout)
            raise Undelivered("timeout", everywhere=everywhere) from error
        except httpx.ConnectError as error:
            code = "certificate" if "CERTIFICATE" in str(error).upper() else "unreachable"
            raise Undelivered(code, clipped(str(error)), everywhere=True) from error
        except httpx.HTTPError as error:
            raise Undelivered("cut", clipped(str(error))) from error
        if 200 <= status < 300:
            return
        after = _retry_after(headers.get("Retry-After", ""), self.sent_at)
        raise Undelivered("answered", str(status), permanent=status in _FOR_GOOD, retry_after=after)

    def _headers(self, letter: Letter) -> dict[str, str]:
        return {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": letter.key,
            "X-Tidewatch-Signature": signature(self.secret, letter.body, self.sent_at),
        }


def signature(secret: str, body: bytes, at: datetime) -> str:
    """Give "t=<seconds since 1970>,v1=<hex>": HMAC-SHA256 of "<t>.<body>", so that no copy is played back later."""
    moment = int(at.timestamp())
    signed = f"{moment}.".encode() + body
    return f"t={moment},v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def _retry_after(text: str, now: datetime) -> timedelta | None:
    """Seconds or a date (RFC 9110, 10.2.3); None where it says nothing that can be read."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text), 10**7))
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(moment - now, timedelta())
