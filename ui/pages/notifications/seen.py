"""What the page shows, asked for in one go."""

from dataclasses import dataclass

from alerts.notices import Silence
from app.bootstrap import Program
from app.jobs import Job
from app.services.configuring import Standing as Setting
from app.services.notifying import Queued, Standing
from app.storage.answers import StoredNotice
from app.storage.outbox import Reader, State

#: So much of each list is shown; the command line has all of it.
MOST = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """Channels, readers, inbox, queue, the bank's settings of the room, and how the acting person is reached."""

    standing: Standing
    inbox: tuple[StoredNotice, ...]
    queue: tuple[Queued, ...]
    settings: dict[str, object]
    me: Reader
    titles: dict[int, str]  # of the alerts in the inbox, by number, in the language spoken when it was asked for
    silences: tuple[Silence, ...]  # that hold or will
    hides: dict[int, tuple[str, ...]]  # the firing alerts that each hides now, by its number

    def of(self, *states: State) -> tuple[Queued, ...]:
        """The messages in these states, newest first."""
        return tuple(one for one in self.queue if one.message.state in states)


def fetch(program: Program, _job: Job) -> Seen:
    """Ask for all of it."""
    from app.wording.alerts import title

    alerts = program.monitoring.alerts(None)
    titles = {one.id: title(one.rule, one.labels) for one in alerts if one.id}
    hides: dict[int, list[str]] = {}
    for id, silence in program.answering.silenced(one for one in alerts if one.fires).items():
        hides.setdefault(silence.id, []).append(titles.get(id, id))
    return Seen(
        program.notifying.standing(),
        program.answering.inbox(MOST),
        program.notifying.queue((), MOST),
        {one.setting.key: one.value for one in program.configuring.all() if _mine(one)},
        program.subscribing.reader(),
        {int(id.removeprefix("A-")): text for id, text in titles.items()},
        program.answering.silences(running=True),
        {number: tuple(texts) for number, texts in hides.items()},
    )


def _mine(one: Setting) -> bool:
    return one.key.startswith("notifications.")
