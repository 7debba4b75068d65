"""Mail by SMTP: encrypted unless the bank says otherwise, never weaker than it was told to be."""

import base64
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum

from app.notifications.delivery import Letter, Undelivered, clipped


class Security(StrEnum):
    """How the way to the mail server is protected."""

    STARTTLS = "starttls"  # begins in clear and is encrypted before anything is said
    TLS = "tls"  # encrypted from the first byte
    NONE = "none"


@dataclass(frozen=True)
class MailWay:
    """The bank's mail server. `password` is given only where `user` is; `ca_bundle` is a PEM file to trust instead."""

    host: str
    port: int
    security: Security
    sender: str
    sent_at: datetime
    user: str = ""
    password: str = ""
    ca_bundle: str = ""
    timeout: float = 10.0

    @contextmanager
    def open(self) -> Iterator["MailSession"]:
        """Connect, encrypt, say who we are. Undelivered with `everywhere` where that is not possible.

        A password is never sent in clear, and where STARTTLS is refused nothing is sent at all.
        """
        if self.user and self.security is Security.NONE:
            raise Undelivered("password_in_clear", everywhere=True)
        server = self._connected()
        try:
            self._log_in(server)
            yield MailSession(server, self.sender, self.sent_at)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        try:
            context = ssl.create_default_context(cafile=self.ca_bundle or None)
        except OSError as error:
            raise Undelivered("certificate", clipped(str(error)), everywhere=True) from error
        try:
            if self.security is Security.TLS:
                return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=context)
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        except (OSError, smtplib.SMTPException) as error:
            raise _unreachable(error) from error
        if self.security is Security.NONE:
            return server
        try:
            server.ehlo_or_helo_if_needed()
            server.starttls(context=context)
        except (OSError, smtplib.SMTPException) as error:
            server.close()
            if isinstance(error, ssl.SSLError):
                raise _unreachable(error) from error
            raise Undelivered("starttls_refused", _said(error), everywhere=True) from error
        return server

    def _log_in(self, server: smtplib.SMTP) -> None:
        if not self.user:
            return
        try:
            if self.password.isascii() and self.user.isascii():
                server.login(self.user, self.password)
            else:
                _log_in_with_any_letters(server, self.user, self.password)
        except smtplib.SMTPServerDisconnected as error:
            raise Undelivered("cut", _said(error), everywhere=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Undelivered("login_refused", _said(error), everywhere=True) from error


@dataclass(frozen=True)
class MailSession:
    """A connection to the mail server that is ready for letters."""

    server: smtplib.SMTP
    sender: str
    sent_at: datetime

    def send(self, letter: Letter) -> None:
        """Hand one over; Undelivered "recipient_refused", "content_refused" for good, "put_off", "cut", "timeout"."""
        try:
            self.server.send_message(message(letter, self.sender, self.sent_at), self.sender, [letter.to])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _answered(code, said, "recipient_refused") from error
        except smtplib.SMTPSenderRefused as error:
            text = _text(error.smtp_error)
            raise Undelivered("sender_refused", f"{error.smtp_code} {text}", everywhere=True) from error
        except smtplib.SMTPServerDisconnected as error:
            raise Undelivered("timeout" if _took_too_long(error) else "cut", _said(error)) from error
        except smtplib.SMTPResponseException as error:
            raise _answered(error.smtp_code, error.smtp_error, "content_refused") from error
        except smtplib.SMTPException as error:
            raise Undelivered("content_refused", _said(error), permanent=True) from error
        except OSError as error:
            raise Undelivered("timeout" if _took_too_long(error) else "cut", _said(error)) from error


def message(letter: Letter, sender: str, sent_at: datetime) -> EmailMessage:
    """The letter as mail: text and HTML, the same Message-ID at every attempt, the keys of what is in it."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, letter.to, letter.subject
    made["Date"] = format_datetime(sent_at)
    made["Message-ID"] = f"<{letter.key}@tidewatch.invalid>"
    made["X-Tidewatch-Keys"] = " ".join(letter.keys)
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answering machine answers
    made.set_content(letter.text)
    made.add_alternative(letter.html, subtype="html")
    for file in letter.attachments:
        main, _, sub = file.kind.partition("/")
        made.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    return made


def _log_in_with_any_letters(server: smtplib.SMTP, user: str, password: str) -> None:
    """AUTH PLAIN in UTF-8 (RFC 4616), which smtplib's own login cannot say."""
    server.ehlo_or_helo_if_needed()
    said = base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    code, answer = server.docmd("AUTH", f"PLAIN {said}")
    if code not in (235, 503):  # 503: it knows us already
        raise smtplib.SMTPAuthenticationError(code, answer)


def _answered(code: int, said: bytes | str, refused: str) -> Undelivered:
    detail = f"{code} {_text(said)}"
    if 500 <= code < 600:
        return Undelivered(refused, detail, permanent=True)
    return Undelivered("put_off", detail)


def _unreachable(error: Exception) -> Undelivered:
    if isinstance(error, ssl.SSLError):
        return Undelivered("certificate", _said(error), everywhere=True)
    if _took_too_long(error):
        return Undelivered("timeout", everywhere=True)
    return Undelivered("unreachable", _said(error), everywhere=True)


def _took_too_long(error: BaseException | None) -> bool:
    """The library says that the connection was closed where it gave up waiting; the cause stands behind that."""
    return error is not None and (isinstance(error, TimeoutError) or _took_too_long(error.__context__))


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return clipped(str(error))


def _text(said: bytes | str) -> str:
    return clipped(said.decode("utf-8", "replace") if isinstance(said, bytes) else said)
