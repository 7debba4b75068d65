import threading
from pathlib import Path

import pytest

from app.storage.locks import Busy, Lock


def test_many_share_and_one_is_alone(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    first, second = Lock(file), Lock(file)
    with pytest.raises(Busy):
        Lock(file, alone=True, patience=0)
    first.release()
    with pytest.raises(Busy):
        Lock(file, alone=True, patience=0)
    second.release()
    with Lock(file, alone=True, patience=0):
        with pytest.raises(Busy):
            Lock(file, patience=0)
        with pytest.raises(Busy):
            Lock(file, alone=True, patience=0)
    Lock(file).release()


def test_who_waits_gets_it(tmp_path: Path) -> None:
    held = Lock(tmp_path / "lock", alone=True)
    release = threading.Timer(0.2, held.release)
    release.start()
    Lock(tmp_path / "lock", patience=10).release()
    release.join()
