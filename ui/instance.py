"""One window a workspace: a second start brings the first one to the front and ends."""

import hashlib
import logging
import sys
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)
LOCK = "window.lock"
_SHOW, _SHOWN = b"show", b"shown"
#: How long a second start waits for the first one's answer (ms), which may be starting itself.
PATIENCE = 20_000


def command_for(workspace: Path | str) -> list[str]:
    """The command that opens another window, on this workspace: of the frozen program, or of the interpreter."""
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui"]
    return [*own, "--workspace", str(workspace)]


class Instance(QObject):
    """Holds a workspace for one window. `wanted` tells that somebody started the program on it again.

    The lock is a file in the workspace with the process's id in it: what a crash left is known as such and taken
    over, on the same machine at once. The way to the first window is a local socket named after the folder.
    """

    wanted = Signal()

    def __init__(self, workspace: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        workspace = workspace.resolve()
        workspace.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(workspace / LOCK))
        self._lock.setStaleLockTime(0)  # stale is what belongs to no living process, however old
        self._name = "tidewatch-" + hashlib.sha256(str(workspace).encode()).hexdigest()[:20]
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def take(self) -> bool:
        """Hold the workspace; False where another window does."""
        if not self._lock.tryLock(100):
            return False
        QLocalServer.removeServer(self._name)  # the socket file of a program that crashed
        if not self._server.listen(self._name):
            log.warning("a second start will not find this window: %s", self._server.serverError())
        return True

    def show_other(self, patience: int = PATIENCE) -> bool:
        """Ask the window that holds the workspace to come to the front; False where it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(patience):
            return False
        socket.write(_SHOW)
        socket.flush()
        heard = socket.waitForReadyRead(patience) and bytes(socket.readAll().data()) == _SHOWN
        socket.disconnectFromServer()
        return bool(heard)

    def release(self) -> None:
        """Give the workspace back."""
        self._server.close()
        self._lock.unlock()

    @Slot()
    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._read)
            if socket.bytesAvailable():
                self._serve(socket)

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._serve(socket)

    def _serve(self, socket: QLocalSocket) -> None:
        if bytes(socket.readAll().data()).startswith(_SHOW):
            socket.write(_SHOWN)
            socket.flush()
            self.wanted.emit()
