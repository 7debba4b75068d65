"""The one place where everything is built and joined; the command line and the window both start here."""

import getpass
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType

from app.credentials import Keys
from app.events import Events
from app.jobs import Job
from app.paths import Workspace
from app.services import duties, restoring
from app.services.answering import Answering
from app.services.approving import Approving
from app.services.assessing import Assessing
from app.services.attaching import Attaching
from app.services.attending import Attending
from app.services.attesting import Attesting, keyring_key
from app.services.backing_up import BackingUp, Reason
from app.services.calibrating import Calibrating
from app.services.checking import Checking
from app.services.comparing import Comparing
from app.services.composing import Composing
from app.services.concentrating import Concentrating
from app.services.configuring import Configuring
from app.services.deciding import Deciding
from app.services.delivering import Delivering
from app.services.entering import Entering
from app.services.exporting import Exporting
from app.services.flagging import Flagging
from app.services.gauging import Gauging
from app.services.importing import Importing
from app.services.inspecting import Inspecting
from app.services.keeping import Keeping
from app.services.levelling import Levelling
from app.services.limiting import Limiting
from app.services.marking import Marking
from app.services.merging import Merging
from app.services.metering import FedMetrics
from app.services.monitoring import Monitoring
from app.services.noticing import Noticing
from app.services.notifying import Notifying
from app.services.noting import Noting
from app.services.packing import Packing
from app.services.phrasing import Phrasing
from app.services.profiling import Profiling
from app.services.reaching import ways
from app.services.refreshing import Refreshing
from app.services.reminding import Reminding
from app.services.reporting import Reporting
from app.services.restoring import Restored
from app.services.reviewing import Reviewing
from app.services.ruling import Ruling
from app.services.scheduling import Duty, Scheduling
from app.services.simulating import Simulating
from app.services.sourcing import Sourcing
from app.services.staffing import Staffing
from app.services.stressing import Stressing
from app.services.structuring import Structuring
from app.services.subscribing import Subscribing
from app.services.supplying import Supplying
from app.services.surveying import Surveying
from app.services.tracing import Tracing
from app.services.tracking import Tracking
from app.services.unlocking import Unlocking
from app.services.watching import Watching
from app.services.working import Working
from app.storage import facts, schema
from app.storage.database import Database
from app.storage.histories import Histories
from app.storage.locks import Lock
from app.timetable.run import JobName

#: Who knows the time: the system's clock, a sample workspace's fixed one, or a test's.
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def _standing_at(moment: datetime) -> Clock:
    return lambda: moment


@dataclass(frozen=True)
class Program:
    """Everything the command line and the window may call."""

    workspace: Workspace
    occupancy: Lock  # no backup is restored into the workspace meanwhile
    database: Database
    events: Events
    clock: Clock
    user: str
    sample: bool  # everything in the workspace is invented and says so
    refreshing: Refreshing
    sourcing: Sourcing
    watching: Watching
    tracking: Tracking
    tracing: Tracing
    marking: Marking
    importing: Importing
    surveying: Surveying
    comparing: Comparing
    stressing: Stressing
    configuring: Configuring
    calibrating: Calibrating
    approving: Approving
    simulating: Simulating
    limiting: Limiting
    gauging: Gauging
    structuring: Structuring
    concentrating: Concentrating
    inspecting: Inspecting
    monitoring: Monitoring
    ruling: Ruling
    answering: Answering
    assessing: Assessing
    entering: Entering
    levelling: Levelling
    flagging: Flagging
    profiling: Profiling
    reviewing: Reviewing
    deciding: Deciding
    working: Working
    noting: Noting
    attaching: Attaching
    attending: Attending
    attesting: Attesting
    supplying: Supplying
    merging: Merging
    checking: Checking
    reporting: Reporting
    packing: Packing
    staffing: Staffing
    unlocking: Unlocking
    scheduling: Scheduling
    backing_up: BackingUp
    keeping: Keeping
    exporting: Exporting
    delivering: Delivering
    notifying: Notifying
    subscribing: Subscribing
    noticing: Noticing
    phrasing: Phrasing
    reminding: Reminding

    def close(self) -> None:
        """Keep the schedule no longer and give back the database."""
        self.delivering.stop()
        self.scheduling.stop()
        self.database.close()
        self.occupancy.release()

    def __enter__(self) -> "Program":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_program(
    root: Path, *, clock: Clock = system_clock, database_url: str | None = None, user: str | None = None
) -> Program:
    """Open (or make) the workspace in `root` and build every service over it; `user` acts, else who is logged in."""
    workspace = Workspace(root)
    root.mkdir(parents=True, exist_ok=True)
    occupancy = restoring.enter(workspace)
    database = Database(database_url or f"sqlite:///{workspace.database}")
    try:
        return _build(workspace, occupancy, database, clock, user or getpass.getuser())
    except BaseException:
        database.close()
        occupancy.release()
        raise


def restore_workspace(
    root: Path, file: Path, *, replace: bool = False, clock: Clock = system_clock, job: Job | None = None
) -> Restored:
    """Put a backup in the place of the workspace in `root`, which no program has open; see `restoring.restore`."""
    return restoring.restore(Workspace(root), file, at=clock(), who=getpass.getuser(), replace=replace, job=job)


def _build(workspace: Workspace, occupancy: Lock, database: Database, clock: Clock, user: str) -> Program:
    backing_up = BackingUp(database, workspace, clock)
    if schema.is_behind(database):
        backing_up.keep(Reason.MIGRATION)
    schema.prepare(database)
    with database.read() as connection:
        sample_now = facts.sample_now(connection)
    if sample_now is not None:
        clock = _standing_at(sample_now)
        backing_up = BackingUp(database, workspace, clock)
    events, histories = Events(), Histories()
    watching, surveying = Watching(database, histories, workspace, clock), Surveying(database, clock)
    assessing = Assessing(database, histories, workspace, clock)
    gauging = Gauging(database, surveying, clock)
    stressing = Stressing(database, workspace, surveying, clock)
    metered = FedMetrics(watching), surveying, assessing, gauging, (structuring := Structuring(surveying, stressing))
    monitoring = Monitoring(database, events, clock, user, metered)
    importing = Importing(database, workspace, events, clock, user, backing_up)
    reviewing = Reviewing(database, workspace, surveying, monitoring, events, clock, user)
    deciding = Deciding(database, surveying, events, clock, user)
    flagging = Flagging(database, workspace, surveying, monitoring, assessing, events, clock, user)
    refreshing = Refreshing(workspace, database, events, clock, user, keys := Keys())
    checking = Checking(database, workspace, surveying, metered, assessing, events, clock, user)
    attending = Attending(database, workspace, metered[0], monitoring, reviewing, importing, surveying, clock)
    answering = Answering(database, events, clock, user, monitoring)
    for follow in (monitoring.follow, answering.follow, checking.follow):
        events.subscribe(follow)
    daily: dict[JobName, Duty] = {
        JobName.REFRESH: duties.refresh(refreshing, watching, clock),
        JobName.CHECK: duties.check(checking),
        JobName.LISTS: duties.lists(reviewing),
        JobName.BACKUP: duties.backup(lambda: backing_up.keep_daily(clock())),
    }
    timetable = partial(duties.timetable, workspace, checking)
    subscribing, reach = Subscribing(database, events, clock, user), ways(keys)
    dice = random.Random()  # noqa: S311 - how long to wait, no secret
    composing = Composing(database, workspace, surveying, reviewing, user)
    noticing = Noticing(database, reviewing, composing, events, clock, user)
    sample = sample_now is not None
    delivering = Delivering(database, events, clock, reach, dice, noticing.letter, sample=sample)
    reminding = Reminding(database, events, clock)

    def attend() -> None:
        answering.attend()
        reminding.attend()

    profiling = Profiling(database, workspace, assessing, monitoring, surveying, flagging, clock)
    reporting = Reporting(database, watching, surveying, metered, reviewing, attending, checking, clock, user)
    return Program(
        workspace,
        occupancy,
        database,
        events,
        clock,
        user,
        sample,
        refreshing=refreshing,
        sourcing=Sourcing(workspace, database, events, clock, user, keys),
        watching=watching,
        tracking=Tracking(database, watching, clock),
        tracing=Tracing(database, histories),
        marking=Marking(workspace),
        importing=importing,
        surveying=surveying,
        comparing=Comparing(surveying),
        stressing=stressing,
        configuring=(configuring := Configuring(database, events, clock, user)),
        calibrating=Calibrating(database, configuring),
        approving=Approving(database, events, clock, user),
        simulating=Simulating(database, clock, user),
        limiting=Limiting(database, events, clock, user),
        gauging=gauging,
        structuring=structuring,
        concentrating=Concentrating(database, surveying, gauging, reviewing, monitoring, clock),
        inspecting=Inspecting(workspace, database),
        monitoring=monitoring,
        ruling=Ruling(database, monitoring, metered, clock),
        answering=answering,
        assessing=assessing,
        entering=Entering(database, events, clock, user),
        levelling=Levelling(database, events, clock, user),
        flagging=flagging,
        profiling=profiling,
        reviewing=reviewing,
        deciding=deciding,
        attaching=Attaching(database, events, clock, user),
        noting=Noting(database, surveying, events, clock, user),
        working=Working(database, reviewing, deciding, monitoring, events, clock, user),
        attending=attending,
        attesting=Attesting(database, workspace, keyring_key),
        supplying=Supplying(database, surveying, events, clock, user),
        merging=Merging(database, deciding, events, clock, user),
        checking=checking,
        reporting=reporting,
        packing=Packing(database, reporting, reviewing, profiling, stressing, surveying, keyring_key, clock, user),
        staffing=Staffing(database, events, clock, user),
        unlocking=Unlocking(database, events, clock, user),
        scheduling=Scheduling(database, events, clock, timetable, daily, sample=sample, heartbeat=attend),
        backing_up=backing_up,
        keeping=Keeping(backing_up, clock),
        exporting=Exporting(database, workspace, clock),
        delivering=delivering,
        notifying=Notifying(database, events, clock, user, keys, delivering, reach, subscribing),
        subscribing=subscribing,
        noticing=noticing,
        phrasing=Phrasing(database, workspace, reviewing, composing, events, clock, user),
        reminding=reminding,
    )
