"""Files attached to items, countries and counterparties: taken in, listed, and written out where somebody says.

None is ever opened or run here, and a program or a script is not even taken in: by its name, and by how it begins.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from app.events import Events, ReviewsChanged
from app.refusals import Misused, Refused
from app.settings import ATTACHMENT_SETTINGS
from app.storage import attachments, audit, reviews, settings
from app.storage.attachments import Altered, Attachment
from app.storage.database import Database
from exposures import countries

_MEGA = 1024 * 1024
#: Endings that a desktop runs when somebody opens the file: Windows, macOS, Linux, and what runs in an interpreter.
_RUNS = frozenset(
    {
        *("bat", "chm", "cmd", "com", "cpl", "dll", "exe", "gadget", "hta", "inf", "js", "jse", "lnk", "msc", "msi"),
        *("msix", "msp", "mst", "pif", "prg", "ps1", "psm1", "reg", "scf", "scr", "sct", "shb", "sys", "url", "vb"),
        *("vbe", "vbs", "ws", "wsc", "wsf", "wsh", "xbap"),
        *("action", "app", "application", "command", "dmg", "iso", "osx", "pkg", "workflow"),
        *("appimage", "bin", "deb", "desktop", "jar", "out", "pl", "py", "pyc", "pyw", "rb", "rpm", "run", "sh"),
    }
)
#: How a program or a script begins, whatever it is called: Windows, Linux, macOS (thin and fat), a script, a shortcut.
_BEGINS = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"\x4c\x00\x00\x00\x01\x14\x02\x00",
)


@dataclass(frozen=True, slots=True)
class Damage:
    """A file whose content is gone, or is another one (`altered`)."""

    attachment: Attachment
    altered: bool


class Attaching:
    """Nothing attached is ever opened or run by the program: it is only written to a place that a person names."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime], user: str) -> None:
        self._database, self._events, self._clock, self._user = database, events, clock, user

    def add(self, subject: str, file: Path, comment: str = "") -> Attachment:
        """Attach a file to "L1-0001", "country TR" or "counterparty C-77".

        Misused "attachment.file_missing", "attachment.unknown_subject"; Refused "attachment.too_large" (before it is
        read), "attachment.runs", "attachment.empty", "attachment.cannot_read".
        """
        if not file.is_file():
            raise Misused("attachment.file_missing", file=str(file))
        if file.suffix.lower().removeprefix(".") in _RUNS:
            raise Refused("attachment.runs", file=file.name)
        most = self.most()
        try:
            with file.open("rb") as stream:
                _refuse_large(file, os.fstat(stream.fileno()).st_size, most)
                content = stream.read(most * _MEGA + 1)
        except OSError as error:
            raise Refused("attachment.cannot_read", file=file.name, why=os.strerror(error.errno or 0)) from error
        _refuse_large(file, len(content), most)  # it grew meanwhile
        if not content:
            raise Refused("attachment.empty", file=file.name)
        if content.startswith(_BEGINS):
            raise Refused("attachment.runs", file=file.name)
        now = self._clock()
        with self._database.write() as connection:
            about = _about(connection, subject)
            made = attachments.add(connection, about, file.name[-255:], content, comment.strip(), self._user, now)
            after = {"number": made.id, "name": made.name, "size": made.size, "sha256": made.sha256}
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="attachment.add",
                subject=about,
                after=after,
                reason=made.comment or None,
            )
        self._events.publish(ReviewsChanged())
        return made

    def most(self) -> int:
        """How many megabytes a file may have, as the bank set it."""
        with self._database.read() as connection:
            return int(settings.read(connection, "attachments", ATTACHMENT_SETTINGS)["most_megabytes"])

    def attachments(self, subject: str | None = None) -> tuple[Attachment, ...]:
        """Every attached file, or those of one subject, oldest first; Misused "attachment.unknown_subject"."""
        with self._database.read() as connection:
            return attachments.attachments(connection, None if subject is None else _about(connection, subject))

    def save_as(self, number: int, place: Path) -> Path:
        """Write an attached file to a place, which holds none yet; it gets no right to be run.

        Misused "attachment.unknown"; Refused "attachment.gone", "attachment.altered", "attachment.exists",
        "attachment.cannot_read".
        """
        with self._database.read() as connection:
            found = next((one for one in attachments.attachments(connection) if one.id == number), None)
            if found is None:
                raise Misused("attachment.unknown", number=number)
            try:
                content = attachments.content(connection, found)
            except Altered as error:
                code = "attachment.gone" if error.missing else "attachment.altered"
                raise Refused(code, file=found.name) from error
        target = place / Path(found.name).name if place.is_dir() else place
        try:
            with target.open("xb") as stream:
                stream.write(content)
        except FileExistsError as error:
            raise Refused("attachment.exists", file=str(target)) from error
        except OSError as error:
            raise Refused("attachment.cannot_read", file=str(target), why=os.strerror(error.errno or 0)) from error
        return target

    def verify(self) -> tuple[Damage, ...]:
        """Every attached file whose content is gone or altered."""
        damaged = []
        with self._database.read() as connection:
            for one in attachments.attachments(connection):
                try:
                    attachments.content(connection, one)
                except Altered as error:
                    damaged.append(Damage(one, not error.missing))
        return tuple(damaged)


def _refuse_large(file: Path, size: int, most: int) -> None:
    if size > most * _MEGA:
        raise Refused("attachment.too_large", file=file.name, size=size / _MEGA, most=most)


def _about(connection: Connection, subject: str) -> str:
    """A subject as it is stored; Misused "attachment.unknown_subject"."""
    kind, _space, name = subject.strip().partition(" ")
    if kind == "country" and (code := countries.resolve(name)):
        return f"country {code}"
    if kind == "counterparty" and name.strip():
        return f"counterparty {name.strip()}"
    item = subject.strip().removeprefix("item ")
    if reviews.item(connection, item) is not None:
        return f"item {item}"
    raise Misused("attachment.unknown_subject", subject=subject)
