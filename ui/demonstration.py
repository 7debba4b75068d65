"""After `demo`: a picture of the window on the sample workspace, and the window itself where there is a display."""

import os
import subprocess
import sys
from pathlib import Path

from app.wording.sample import picture_line

#: The picture that the demonstration leaves in its output folder.
PICTURE = "window.png"
SIZE = "1440x900"
_SECONDS = 180


def leave_picture(workspace: Path, output: Path, *, quiet: bool) -> int:
    """Draw the window off screen, in a process of its own: Qt's platform cannot be changed in a running one."""
    place = output / PICTURE
    # The sample's morning is Beijing's, whatever zone this machine is in.
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TZ": "CST-8"}
    command = [sys.executable, "-m", "ui", "--workspace", str(workspace), "--size", SIZE]
    drawn = subprocess.run(  # noqa: S603 (our own interpreter and module)
        [*command, "--page", "overview", "--picture", str(place)],
        env=environment,
        stdout=subprocess.DEVNULL,
        timeout=_SECONDS,
        check=False,
    )
    if drawn.returncode == 0 and not quiet:
        sys.stdout.write(f"{picture_line(str(place))}\n")
    return 1 if drawn.returncode else 0
