"""PySide6-Essentials 6.12.0 drops a reference to None on every call on Python 3.11 and aborts; see the pin."""

import os
import subprocess
import sys

REPRODUCER = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
widget = QWidget()
widget.update()
before = sys.getrefcount(None)
for _ in range(200_000):
    widget.update()
print(before - sys.getrefcount(None))
"""


def test_a_call_that_returns_none_keeps_its_reference() -> None:
    # In a process of its own: the fault ends it with "none_dealloc".
    ran = subprocess.run(
        [sys.executable, "-c", REPRODUCER],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert ran.returncode == 0, ran.stderr
    assert abs(int(ran.stdout)) < 1000  # the broken release loses all 200,000
