"""Marking days in charts: the shipped lists, or the bank's own in their place."""

from app.liquidity import dated_events
from app.liquidity.dated_events import Events, InvalidEvents
from app.paths import Workspace
from app.refusals import Refused


class Marking:
    """Reads the workspace's `events.toml` where the bank has one."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def events(self) -> Events:
        """The lists in force; Refused "events.bad_file" names what is wrong in the bank's own."""
        own = self._workspace.events
        if not own.exists():
            return dated_events.shipped()
        try:
            return dated_events.parse(own.read_text("utf-8-sig"))
        except InvalidEvents as error:
            raise Refused("events.bad_file", file=own.name, place=error.place, problem=error.problem) from None
        except (OSError, UnicodeDecodeError):
            raise Refused("events.bad_file", file=own.name, place="", problem="toml") from None

    def events_or_shipped(self) -> tuple[Events, Refused | None]:
        """The lists in force; the shipped ones with the reason where the bank's own cannot be used."""
        try:
            return self.events(), None
        except Refused as error:
            return dated_events.shipped(), error

    @property
    def own(self) -> bool:
        """Whether the bank has a list of its own."""
        return self._workspace.events.exists()

    def copy(self) -> None:
        """Put the shipped file into the workspace, to be edited; Refused "events.file_there"."""
        own = self._workspace.events
        if own.exists():
            raise Refused("events.file_there", file=own.name)
        own.write_text(dated_events.shipped_text(), "utf-8")
