#!/bin/sh
# Set Tidewatch up and run every check; the last line is pytest's. Arguments go to pytest.
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
exec .venv/bin/python -m pytest "$@"
