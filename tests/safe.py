"""A system's safe in memory, so that no test touches a real one, and a key to keep in it."""

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

KEY = "abcdefabcdefabcdefabcdefabcdef12"


class Safe(KeyringBackend):
    """The system's safe, in memory."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError
