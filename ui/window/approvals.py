"""When an approval asks for the password: it is asked, said, and the approval goes on."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.events import Event, ScheduleChanged, SeriesChanged
from app.i18n import gettext as _
from app.jobs import Job
from app.services.unlocking import Approvals, Asking
from app.storage.persons import Person
from ui.dialogs.password import PasswordDialog
from ui.tasks import Lane

if TYPE_CHECKING:
    from ui.window.window import Window


class Approver:
    """Speaks for the window; what is typed goes to a worker and nowhere else."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        window.commands.refused.connect(window.fail)
        window.bridge.happened.connect(self._happened)
        self.tell()  # answered once the window stands

    def unlock(self, code: str, again: Callable[[], None]) -> None:
        """Ask for the password, or for a first one where `code` says that none is set, or for another one where an
        administrator gave one out; then do `again` what asked.
        """
        if code in ("password.none", "password.once"):
            self._open(partial(self._set, again), new=True, has=code == "password.once", once=code == "password.once")
        else:
            self._open(partial(self._unlock, again), new=False, has=True)

    def tell(self) -> None:
        """Show who works here, in which role, and whether approvals ask for a password."""
        self._window.tasks.run(self._window, self._person, self._told, about="person")

    def set_password(self) -> None:
        """Set one's own password, or change it."""
        window = self._window
        window.tasks.run(window, self._state, self._opened)

    def _happened(self, event: Event) -> None:
        """An approval starts the idle time anew, and a role may have changed."""
        if not isinstance(event, SeriesChanged | ScheduleChanged):
            self.tell()

    def _state(self, _job: Job) -> Approvals:
        return self._window.program.unlocking.state()

    def _person(self, _job: Job) -> tuple[Person, Approvals]:
        return self._window.program.staffing.acting(), self._window.program.unlocking.state()

    def _told(self, found: tuple[Person, Approvals]) -> None:
        self._window.top.show_person(*found)
        self._window.commands.rights.take(found[0].role)

    def _opened(self, state: Approvals) -> None:
        if state.asking is Asking.ALONE:
            self._window.done(_("Nobody has written you down here, so approvals ask for no password"))
            return
        once = state.asking is Asking.ONCE
        has = once or self._window.program.user.strip().casefold() in state.having
        self._open(partial(self._set, None), new=True, has=has, once=once)

    def _open(self, go: Callable[[PasswordDialog], None], *, new: bool, has: bool, once: bool = False) -> None:
        user = self._window.program.user
        dialog = PasswordDialog(user, new=new, has=has, once=once, parent=self._window)
        dialog.accepted.connect(partial(go, dialog))
        dialog.open()

    def _unlock(self, again: Callable[[], None], dialog: PasswordDialog) -> None:
        password = dialog.given()[0]

        def work(_job: Job) -> None:
            self._window.program.unlocking.unlock(password)

        self._run(work, partial(self._was_said, again))

    def _set(self, again: Callable[[], None] | None, dialog: PasswordDialog) -> None:
        old, new = dialog.given()

        def work(_job: Job) -> None:
            self._window.program.unlocking.set_password(new, old)

        self._run(work, partial(self._was_set, again))

    def _was_said(self, again: Callable[[], None], _none: object) -> None:
        self.tell()
        again()

    def _was_set(self, again: Callable[[], None] | None, _none: object) -> None:
        self._window.done(_("Password set"))
        self.tell()
        if again is not None:
            again()

    def _run(self, work: Callable[[Job], None], done: Callable[[object], None]) -> None:
        self._window.tasks.run(self._window, work, done, lane=Lane.WRITE)
