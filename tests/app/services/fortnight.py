"""Two weeks of a program's life in minutes: the real workspace, refresh, check and lists, by a fake clock.

A process of its own lives a stretch of it and may kill itself in the middle of a duty; nothing is said before.
"""

import json
import os
import random
import signal
import sys
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from app.bootstrap import Program, open_program
from app.credentials import Keys
from app.jobs import Job
from app.notifications.delivery import Letter, Way
from app.series import releases
from app.series.catalogue import carried_by
from app.services import duties
from app.services.delivering import Delivering
from app.services.reaching import ways
from app.services.scheduling import Duty, Scheduling
from app.storage.outbox import Channel
from app.timetable.run import JobName, Result, Run
from app.wording.sentences import sentence
from tests.app.notifications.servers import HOST, Postbox, mail_server, webhook
from tests.app.services.reaching import reach
from tests.app.services.schedules import Clocks

NEW_YORK = ZoneInfo("America/New_York")
EVERY = timedelta(minutes=10)
DAYS = timedelta(days=40)
#: SOFR is half a point higher on these days: the rule of its jumps fires, and is over the day after.
JUMPS = frozenset({date(2026, 11, 3), date(2026, 11, 10)})
#: The webhook's receiver takes what it is given and hangs up without a word, or is out of order (New York).
HANGS_UP = ("2026-11-04T00:00", "2026-11-05T00:00")
OUT_OF_ORDER = ("2026-11-09T00:00", "2026-11-10T12:00")


def local(text: str) -> datetime:
    """A clock time of New York."""
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).astimezone(ZoneInfo("UTC"))


def answer(id: str, now: datetime) -> str:
    """What FRED shows at `now`: every value that has come out in the last weeks; millions come whole, as they do."""
    series = carried_by("fredgraph")[id]
    step = 1 if series.unit == "USD millions" else 0.01
    rows = []
    for day, instant in releases.released(series.release, now):
        if instant < now - DAYS and rows:
            break
        jump = 0.5 if id == "SOFR" and day in JUMPS else 0
        rows.append(f"{day},{(series.low + series.high) / 2 + day.toordinal() % 7 * step + jump}")
    return "\n".join([f"observation_date,{id}", *reversed(rows)]) + "\n"


def serve(clock: Callable[[], datetime]) -> ThreadingHTTPServer:
    """FRED, as of the clock; the Board is out of order all the time."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if not parts.path.startswith("/fred/"):
                self.send_error(503)
                return
            body = answer(parse_qs(parts.query)["id"][0], clock()).encode()
            tag = f'"{zlib.crc32(body)}"'
            same = self.headers.get("If-None-Match") == tag
            self.send_response(304 if same else 200)
            self.send_header("ETag", tag)
            self.send_header("Content-Length", "0" if same else str(len(body)))
            self.end_headers()
            if not same:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def point_to(url: str, root: Path) -> None:
    """Let the workspace ask that server."""
    ddp, fredgraph = ({"base_url": f"{url}/{name}", "attempts": 1} for name in ("ddp", "fred"))
    reach(root / "sources.toml", ddp=ddp, fredgraph=fredgraph)


class Received:
    """A webhook and a mail server that write down what they take, at which instant, through to the disk."""

    def __init__(self, clock: Callable[[], datetime], file: Path) -> None:
        self._clock, self._file = clock, file
        self._postbox = Postbox()
        self._postbox.taken = self._mail

    @contextmanager
    def open(self, program: Program) -> Iterator[None]:
        with webhook(self._hook) as url, mail_server(self._postbox) as port:
            for name, value in (
                ("webhook_url", url),
                ("mail_server", HOST),
                ("mail_port", str(port)),
                ("mail_security", "none"),
                ("mail_sender", "tide@bank.example"),
            ):
                program.configuring.set(f"notifications.{name}", value)
            yield

    def _hook(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        now = self._clock()
        if local(OUT_OF_ORDER[0]) <= now < local(OUT_OF_ORDER[1]):
            return 503, {}
        self._write("webhook", headers["Idempotency-Key"], [one["key"] for one in json.loads(body)["notices"]])
        return (0 if local(HANGS_UP[0]) <= now < local(HANGS_UP[1]) else 200), {}

    def _mail(self, mail: EmailMessage) -> None:
        self._write("mail", str(mail["Message-ID"]), str(mail["X-Tidewatch-Keys"]).split())

    def _write(self, channel: str, key: str, keys: list[str]) -> None:
        row = {"at": self._clock().isoformat(), "channel": channel, "letter": key, "keys": keys}
        with self._file.open("a") as file:
            file.write(json.dumps(row) + "\n")
            file.flush()
            os.fsync(file.fileno())


class Dying:
    """A channel whose process is killed when its letter has been taken, before that can be written down."""

    def __init__(self, way: Way) -> None:
        self._way = way

    @contextmanager
    def open(self) -> Iterator["Dying"]:
        with self._way.open() as session:
            self._session = session
            yield self

    def send(self, letter: Letter) -> None:
        self._session.send(letter)
        os.kill(os.getpid(), signal.SIGKILL)


def delivering_of(program: Program, clocks: Clocks, *, dies: bool) -> Delivering:
    """What empties the outbox on fake clocks, through the bank's own channels."""
    known = ways(Keys({"TIDEWATCH_KEY_WEBHOOK": "s3"}))

    def made(bank: Mapping[str, Any], now: datetime) -> Mapping[Channel, Way]:
        found = known(bank, now)
        return {channel: Dying(way) for channel, way in found.items()} if dies else found

    return Delivering(program.database, program.events, clocks, made, random.Random(7))


def dying(duty: Duty, when: str) -> Duty:
    """The duty, whose process is killed before or after its work, as by a power cut."""

    def do(runs: Sequence[Run], job: Job) -> Sequence[Result]:
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        duty(runs, job)
        os.kill(os.getpid(), signal.SIGKILL)
        return []

    return do


def schedule_of(program: Program, clocks: Clocks, dies: dict[str, str]) -> Scheduling:
    """The program's schedule on fake clocks; `dies` says of a job whether its process is killed before or after."""
    daily: dict[JobName, Duty] = {
        JobName.REFRESH: duties.refresh(program.refreshing, program.watching, clocks),
        JobName.CHECK: duties.check(program.checking),
        JobName.LISTS: duties.lists(program.reviewing),
        JobName.BACKUP: duties.backup(lambda: program.backing_up.keep_daily(clocks())),
    }
    for job, when in dies.items():
        daily[JobName(job)] = dying(daily[JobName(job)], when)
    table = partial(duties.timetable, program.workspace, program.checking)
    return Scheduling(
        program.database,
        program.events,
        clocks,
        table,
        daily,
        sample=False,
        monotonic=clocks.monotonic,
        every=EVERY.total_seconds(),
    )


def live(root: Path, began: str, ends: str, sleeps: Sequence[tuple[str, str]], dies: dict[str, str]) -> None:
    """Tick from `began` to `ends` (New York), asleep in between where `sleeps` says so."""
    clocks = Clocks(local(began))
    server = serve(clocks)
    url = f"http://127.0.0.1:{server.server_address[1]}"
    point_to(url, root)
    nights = [(local(since), local(until)) for since, until in sleeps]
    received = Received(clocks, root.parent / "received.jsonl")
    with open_program(root, clock=clocks) as program, received.open(program):
        delivering = delivering_of(program, clocks, dies=dies.pop("delivery", "") == "after")
        kept = schedule_of(program, clocks, dies)
        while clocks.now <= local(ends):
            kept.tick()
            if clocks.now.minute % 30 == 0:
                program.answering.attend()
            delivering.deliver()
            asleep = next((until for since, until in nights if since <= clocks.now < until), None)
            if asleep is not None:
                clocks.sleep_to(asleep)
            else:
                clocks.run_to(clocks.now + EVERY)
        clocks.now = local(ends)
        kept.stop()
    server.shutdown()
    server.server_close()


def follow(root: Path) -> None:
    """Tick at each instant that comes in, and at the end say what the ledger and the screen show."""
    clocks = Clocks(datetime.fromisoformat(sys.stdin.readline().strip()))
    with open_program(root, clock=clocks) as program:
        kept = schedule_of(program, clocks, {})
        print("open", flush=True)
        for line in sys.stdin:
            if line.strip() == "show":
                break
            clocks.run_to(datetime.fromisoformat(line.strip()))
            did = kept.tick()
            print(len(did), flush=True)
        status = kept.status()
        shown = [sentence(status.finding), *(sentence(one.finding) for one in status.jobs)]
        print(json.dumps([shown, [str(run) for run in kept.history(10_000)]]), flush=True)
        sys.stdin.readline()
        kept.stop()


if __name__ == "__main__" and sys.argv[2] == "follow":
    follow(Path(sys.argv[1]))
elif __name__ == "__main__":
    plan = json.loads(sys.argv[2])
    live(Path(sys.argv[1]), plan["began"], plan["ends"], plan["sleeps"], plan["dies"])
