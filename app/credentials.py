"""The keys of the sources that want one: in the system's own safe, never in a file, a log or an address on a screen.

Where there is no such safe (a server without a desktop) an environment variable stands in, TIDEWATCH_KEY_<SOURCE>; it
counts before the safe, so that a scheduled run can be given its own.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.refusals import Refused

#: Under which name the safe keeps them; the account is the source's id.
_SERVICE = "Tidewatch"
#: The account of the key that signs where the audit trail ended; no source has this id.
_SIGNING = "audit-signing-key"


class Place(StrEnum):
    """Where a key was found."""

    SAFE = "safe"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Kept:
    """That there is a key, and where; never the key itself."""

    place: Place


def variable(source: str) -> str:
    """The environment variable that may hold the key of a source."""
    return f"TIDEWATCH_KEY_{source.upper()}"


class Keys:
    """Finds, keeps and forgets keys by source id."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._environment = environment

    def find(self, source: str) -> str | None:
        """The key of a source, for the question only; None where there is none or the safe cannot be opened."""
        given = self._environment.get(variable(source), "").strip()
        return given or _from_safe(source)

    def kept(self, source: str) -> Kept | None:
        """Whether there is a key, and where."""
        if self._environment.get(variable(source), "").strip():
            return Kept(Place.ENVIRONMENT)
        return Kept(Place.SAFE) if _from_safe(source) else None

    def keep(self, source: str, key: str) -> None:
        """Put a key into the safe; Refused "credentials.empty", "credentials.no_safe"."""
        if not key.strip() or not key.isascii() or any(char.isspace() for char in key.strip()):
            raise Refused("credentials.empty", source=source)
        self._put(source, key.strip())

    def keep_password(self, name: str, password: str) -> None:
        """The same for a password, which may hold blanks and any character; Refused "credentials.no_safe"."""
        if not password:
            raise Refused("credentials.empty", source=name)
        self._put(name, password)

    def _put(self, source: str, key: str) -> None:
        import keyring.errors

        try:
            keyring.set_password(_SERVICE, source, key)
        except keyring.errors.KeyringError:
            raise Refused("credentials.no_safe", source=source, variable=variable(source)) from None
        if _from_safe(source) != key:  # a safe that keeps nothing (the null backend) says no word
            raise Refused("credentials.no_safe", source=source, variable=variable(source))

    def forget(self, source: str) -> None:
        """Take a key out of the safe; Refused "credentials.environment" where it is given by the environment,
        "credentials.none" where there is none.
        """
        import keyring.errors

        if self._environment.get(variable(source), "").strip():
            raise Refused("credentials.environment", source=source, variable=variable(source))
        if _from_safe(source) is None:
            raise Refused("credentials.none", source=source)
        try:
            keyring.delete_password(_SERVICE, source)
        except keyring.errors.KeyringError:
            raise Refused("credentials.no_safe", source=source, variable=variable(source)) from None


def signing_key(*, make: bool = False) -> bytes | None:
    """The account's key for signing where the audit trail ended, from the safe only; `make` one where there is none.

    None where the safe cannot be opened or keeps nothing: whoever asks then signs nothing and says so.
    """
    import keyring
    import keyring.errors

    found = _from_safe(_SIGNING)
    if found is None and make:
        try:
            keyring.set_password(_SERVICE, _SIGNING, secrets.token_hex(32))
        except (keyring.errors.KeyringError, RuntimeError):
            return None
        found = _from_safe(_SIGNING)  # what another program put there meanwhile is everybody's
    return None if found is None else found.encode()


def _from_safe(source: str) -> str | None:
    import keyring.errors  # loads the system's backends: only where a source wants a key

    try:
        return keyring.get_password(_SERVICE, source) or None
    except (keyring.errors.KeyringError, RuntimeError):
        return None


def hash_password(text: str) -> str:
    """An Argon2id hash with its own salt and parameters, as text; the password itself is kept nowhere."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(text)


def one_time_password() -> str:
    """A password for one use: sixteen letters and digits that are not mistaken for each other (79 bits)."""
    drawn = [secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _place in range(16)]
    return "-".join("".join(drawn[start : start + 4]) for start in range(0, 16, 4))


def is_password(text: str, hashed: str) -> bool:
    """Whether a password is the one that was hashed; a hash that cannot be read is nobody's."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(hashed, text)
    except (VerificationError, InvalidHashError):
        return False
