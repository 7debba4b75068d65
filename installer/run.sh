#!/bin/sh
# Set Tidewatch up and show it at work on sample data: in a window, or headless where there is no display.
#   sh installer/run.sh
# TIDEWATCH_SAMPLE names another folder for the sample (default: sample/ in this folder).
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
root=$(dirname -- "$here")
sample=${TIDEWATCH_SAMPLE:-$root/sample}
sh "$here/setup.sh" run
cd "$root"

# A DISPLAY that nobody answers is no display; Qt aborts on it, so a process of its own tries.
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] &&
    .venv/bin/python -c 'from PySide6.QtGui import QGuiApplication; QGuiApplication([])' >/dev/null 2>&1; then
    exec .venv/bin/tidewatch demo --workspace "$sample/workspace" --output "$sample/output"
fi
echo "There is no display here, so the main job runs without a window."
export QT_QPA_PLATFORM=offscreen
exec .venv/bin/tidewatch demo --workspace "$sample/workspace" --output "$sample/output" --no-window
