#!/bin/sh
# Set Tidewatch up and run every check; the last line is pytest's. Arguments go to pytest.
# One worker a processor, a test file stays with one worker; `-n 0` runs everything in one process.
#   sh installer/test.sh [pytest arguments]
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
sh "$here/setup.sh" test
cd "$(dirname -- "$here")"

check() { echo "== $*"; "$@"; }
check .venv/bin/ruff check .
check .venv/bin/ruff format --check .
check .venv/bin/mypy
check .venv/bin/lint-imports
echo "== pytest"
exec .venv/bin/python -m pytest --numprocesses auto --dist loadfile "$@"
