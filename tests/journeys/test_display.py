"""The window on a real X display: what only the offscreen platform forgives shows here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="needs xvfb-run (the set-up of the tests installs it)")
def test_the_window_opens_on_an_x_display(tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    window = [sys.executable, "-m", "ui", "--workspace", str(tmp_path / "workspace"), "--size", "1440x900"]
    ran = subprocess.run(
        ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", *window, "--picture", str(picture)],
        env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1440, 900)
    colours = {image.pixel(x, y) for x in range(0, 1440, 5) for y in range(0, 900, 5)}
    assert len(colours) > 20  # a page with letters, not an empty rectangle
