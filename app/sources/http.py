"""The only HTTP client: time-outs, retries that keep to Retry-After, conditional requests, proxy and certificates.

A key is put into the question here, at the last moment, and taken out of whatever is said about it afterwards.
"""

import logging
import ssl
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from types import TracebackType
from urllib.parse import urljoin

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from app.refusals import Refused
from app.settings import SourceSettings
from app.sources.source import Request, Source

# The library would log every address, a key in it included, to whoever listens at that level.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

_LONGEST_WAIT = 60.0
#: A body above this is no answer of these sources (the Board's whole release is a tenth of it).
_LARGEST = 100_000_000
#: An answer that drips in for longer than so many time-outs is given up.
_PATIENCE = 10
_MINUTE = 60.0
_AGENT = "Tidewatch (risk-monitoring desktop program)"


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer; `body` None is "unchanged since" (304), or with `nothing` that there is nothing for this span."""

    body: bytes | None
    etag: str | None
    last_modified: str | None
    nothing: bool = False


class _Again(Exception):
    """Worth another try; `wait` is what the server asked for, in seconds."""

    def __init__(self, refused: Refused, wait: float | None = None) -> None:
        super().__init__(refused.code)
        self.refused = refused
        self.wait = wait


def _back_off(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, _Again) else None
    return min(asked if asked is not None else 0.5 * 2**state.attempt_number, _LONGEST_WAIT)


@cache
def _trusted() -> ssl.SSLContext:
    """The usual certificates: to load them takes a tenth of a second, and every source trusts the same ones."""
    return httpx.create_ssl_context()


class Http:
    """One source's connection; close it, or use it in a with block."""

    def __init__(
        self,
        source: Source,
        settings: SourceSettings,
        *,
        now: Callable[[], datetime],
        sleep: Callable[[float], None] = time.sleep,
        key: str | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source = source
        self._key = key
        self._sleep, self._monotonic = sleep, monotonic
        self._slowest = settings.timeout_seconds * _PATIENCE
        self._asked: deque[float] = deque(maxlen=source.per_minute)
        self._base = (settings.base_url or source.base_url).rstrip("/") + "/"
        self._now = now
        self._retrying = Retrying(
            stop=stop_after_attempt(settings.attempts),
            wait=_back_off,
            sleep=sleep,
            retry=retry_if_exception_type(_Again),
            reraise=True,
        )
        try:
            trusted = ssl.create_default_context(cafile=settings.ca_bundle) if settings.ca_bundle else _trusted()
            self._client = httpx.Client(
                timeout=settings.timeout_seconds,
                proxy=settings.proxy,
                verify=trusted,
                follow_redirects=key is None,  # a key goes nowhere else
                headers={"User-Agent": source.agent or _AGENT},
            )
        except (OSError, ValueError, httpx.InvalidURL) as error:
            raise Refused("source.settings", source=source.id, detail=str(error)) from None

    def __enter__(self) -> "Http":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def ask(self, request: Request, etag: str | None = None, last_modified: str | None = None) -> Answer:
        """The answer to one question; Refused "source.status", "source.unreachable" or what the source makes of an
        error status, once every try has failed.
        """
        try:
            return self._retrying(self._once, request, etag, last_modified)
        except _Again as error:
            raise error.refused from None

    def _once(self, request: Request, etag: str | None, last_modified: str | None) -> Answer:
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = dict(request.headers) | {name: value for name, value in conditions.items() if value}
        params = dict(request.params)
        if self._key is not None and (wanted := self._source.key) is not None:
            if wanted.param is not None:
                params[wanted.param] = self._key
            if wanted.header is not None:
                headers[wanted.header] = self._key
        self._keep_pace()
        try:
            with self._client.stream(
                "GET", urljoin(self._base, request.path), params=params, headers=headers
            ) as response:
                body = self._body(response, request)
        except httpx.TransportError as error:
            raise _Again(self._unreachable(request, str(error) or type(error).__name__)) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._unreachable(request, str(error)) from None
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return Answer(None, etag, last_modified)
        if response.status_code in self._source.no_data:
            return Answer(None, None, None, nothing=True)
        if not response.is_success:
            refused = Refused(
                "source.status", source=self._source.id, name=request.resource, status=response.status_code
            )
            if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
                raise _Again(refused, self._asked_wait(response.headers.get("Retry-After")))
            raise self._source.explains(response.status_code, body, request.resource) or refused
        return Answer(body, response.headers.get("ETag"), response.headers.get("Last-Modified"))

    def _body(self, response: httpx.Response, request: Request) -> bytes:
        until = self._monotonic() + self._slowest
        parts, size = [], 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > _LARGEST:
                raise Refused("source.too_large", name=request.resource, most=_LARGEST)
            if self._monotonic() > until:
                raise self._unreachable(request, "too slow")
        return b"".join(parts)

    def _keep_pace(self) -> None:
        """Wait until the provider's limit of requests in a minute allows another one."""
        if self._asked.maxlen is None:
            return
        if len(self._asked) == self._asked.maxlen:
            wait = self._asked[0] + _MINUTE - self._monotonic()
            if wait > 0:
                self._sleep(wait)
        self._asked.append(self._monotonic())

    def _unreachable(self, request: Request, detail: str) -> Refused:
        said = detail.replace(self._key, "…") if self._key else detail
        return Refused("source.unreachable", source=self._source.id, name=request.resource, detail=said)

    def _asked_wait(self, header: str | None) -> float | None:
        """Retry-After in seconds; it may be a number or a date."""
        if header is None:
            return None
        if header.strip().isdigit():
            return float(header)
        try:
            moment = parsedate_to_datetime(header)
        except ValueError:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max((moment - self._now()).total_seconds(), 0.0)
